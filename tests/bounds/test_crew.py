"""Laws of work within bounds: it ends, whatever is asked, and leaves nothing behind.

The worker of most tests runs Python that it is given: its state is ``exec`` or ``eval``, and what
it calls is ``operator.call``.
"""

from __future__ import annotations

import operator
import os
import signal
import subprocess
import sys
import time
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import pytest

from octavo.bounds import Crew, Limits, Stop, WorkerFailed
from octavo.markup import DEEPEST, parse
from octavo.press.pdf.paginate import _folio

LONG = 60.0
"""Seconds that no call here takes, unless something is wrong."""
SMALL = Limits(memory=500_000_000, answer=1_000_000)
linux = pytest.mark.skipif(sys.platform != "linux", reason="one step may take all it wants")
posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")


def crew(state: Any = eval, size: int = 1, limits: Limits = SMALL) -> Crew[Any]:
    """Return a crew whose benches are one value."""
    return Crew(nullcontext, state, size, limits)


@pytest.mark.parametrize("size", [1, 3])
def test_every_argument_has_its_result(size: int) -> None:
    """Results know their place, however many workers there are and whoever is first."""
    with crew(7, size) as workers:
        results = dict(workers.each(operator.mul, range(9), [LONG] * 9))

    assert results == {at: 7 * at for at in range(9)}


def test_the_longest_work_goes_first() -> None:
    """What takes longest is not begun last, when nobody is left to share the wait."""
    with crew([]) as workers:
        list(workers.each(operator.iconcat, ["a", "b", "c"], [LONG, LONG + 2, LONG + 1]))
        done = workers.call(operator.iconcat, "", LONG)

    assert done == ["b", "c", "a"]


STOPS = {
    "a loop": ("while True: pass", Stop.SLOW),
    "a loop outside Python": ("import itertools; -1 in itertools.count()", Stop.SLOW),
    "much memory at once": ("b'x' * 10**10", Stop.LARGE),
    "much memory in pieces": ("kept = []\nwhile True: kept.append(bytearray(10**6))", Stop.LARGE),
    "an end": ("import os; os._exit(3)", Stop.BROKEN),
    "a crash": ("import ctypes; ctypes.string_at(0)", Stop.BROKEN),
    "an exception of a library": ("import json; json.loads('{')", Stop.BROKEN),
}


@posix
@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=linux if "at once" in each else ()) for each in STOPS]
)
def test_what_cannot_end_well_is_ended(name: str) -> None:
    """Whatever a call does, it comes back with a reason, and the next one finds a worker."""
    code, reason = STOPS[name]
    seconds = 1.0 if reason is Stop.SLOW else LONG

    with crew(exec) as workers:
        before = workers.call(operator.call, "pass", LONG)
        result = workers.call(operator.call, code, seconds)
        after = workers.call(operator.call, "pass", LONG)

    assert (before, result, after) == (None, reason, None)


@linux
def test_the_system_keeps_the_limit_of_memory() -> None:
    """Where the system can, it refuses what is too much before it is taken."""
    with crew() as workers:
        asked = "__import__('resource').getrlimit(__import__('resource').RLIMIT_AS)"

        assert workers.call(operator.call, asked, LONG) == (SMALL.memory, SMALL.memory)


def test_a_result_has_a_greatest_length() -> None:
    """A result may be short of its worker's memory, and still be too much for the press."""
    with crew() as workers:
        lengths = [workers.call(operator.call, f"b'x' * {size}", LONG) for size in (9**6, 10**6)]

    assert [len(each) for each in lengths if isinstance(each, bytes)] == [9**6]
    assert lengths[1] is Stop.LARGE


@posix
def test_memory_is_watched_where_the_limit_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system that ignores the limit on memory (macOS) has the worker watch itself."""
    lawless = "import resource\nresource.setrlimit = lambda *_: None\nresource.mine = True\n"
    (tmp_path / "sitecustomize.py").write_text(lawless, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    piecemeal = "kept = []\nwhile True: kept.append(bytearray(10**6))"

    with crew(exec) as workers:
        limited = workers.call(operator.call, "import resource; assert resource.mine", LONG)
        result = workers.call(operator.call, piecemeal, LONG)

    assert (limited, result) == (None, Stop.LARGE)


def test_an_earlier_call_spoils_no_later_one() -> None:
    """A call that fails in a worker that has worked before is tried in one that has not."""
    first = "import builtins; builtins.spoilt = True"
    second = "import builtins, os; os._exit(1) if hasattr(builtins, 'spoilt') else None"

    with crew(exec) as workers:
        results = [workers.call(operator.call, code, LONG) for code in (first, second)]

    assert results == [None, None]


def test_a_mistake_of_the_press_is_an_exception() -> None:
    """What the press's own functions raise is raised, with the worker's traceback."""
    with crew("no number") as workers, pytest.raises(WorkerFailed, match="in _folio"):
        workers.call(_folio, 1, LONG)


def test_a_bench_that_cannot_be_set_up_is_an_exception() -> None:
    """Without a worker nothing can be done, and the reason is told."""
    bench: Any = int

    with (
        Crew(bench, "no number", limits=SMALL) as workers,
        pytest.raises(WorkerFailed, match="int"),
    ):
        workers.call(operator.call, "", LONG)


def test_what_a_worker_prints_harms_nobody() -> None:
    """A library that prints does not speak between the worker and the press."""
    with crew(exec) as workers:
        noise = "import os; os.write(1, b'noise'); print('noise', flush=True)"
        results = [workers.call(operator.call, noise, LONG) for _ in range(2)]

    assert results == [None, None]


def test_trees_as_deep_as_they_may_be_travel() -> None:
    """The deepest text that can be read can be sent to a worker."""
    text = "<i>" * DEEPEST + "</i>" * DEEPEST

    with crew(parse(text)) as workers:
        assert workers.call(operator.eq, parse(text), LONG) is True


def test_trees_too_deep_are_a_reason_and_no_exception() -> None:
    """Deeper than Python can send, a text is refused like one that the engine cannot set."""
    deep: tuple[Any, ...] = ()
    for _ in range(100_000):
        deep = (deep,)

    with crew() as workers:
        assert workers.call(operator.call, deep, LONG) is Stop.BROKEN


def test_nothing_is_imported_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker is started in a stranger's book as safely as anywhere."""
    monkeypatch.chdir(tmp_path)
    for name in ("octavo", "pickle", "struct", "site", "operator", "resource"):
        Path(f"{name}.py").write_text("open('imported', 'w').close()", "utf-8")

    with crew() as workers:
        result = workers.call(operator.call, "__import__('os').getcwd()", LONG)

    assert Path(str(result)).resolve() == tmp_path.resolve()
    assert not Path("imported").exists()


# --- What is left -------------------------------------------------------------------------------

HANGING = """
import operator
from contextlib import suppress, nullcontext
from octavo.bounds import Crew
with Crew(nullcontext, exec, 2) as crew:
    print(crew.call(operator.call, "pass", 60.0), flush=True)
    hang = "import os; open({place!r} + str(os.getpid()), 'w').close()\\n"
    list(crew.each(operator.call, [hang + "while True: pass"] * 2, [60.0] * 2))
"""


def test_no_worker_outlives_its_crew() -> None:
    """Where the context ends, idle workers and busy ones are gone, and waited for."""
    with crew(size=2) as workers:
        asked = ["__import__('os').getpid()"] * 2
        found = {pid for _, pid in workers.each(operator.call, asked, [LONG] * 2)}

    assert not [pid for pid in found if _alive(int(str(pid)))]


@posix
@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_the_press(way: signal.Signals, tmp_path: Path) -> None:
    """However the press ends, and whatever its workers are doing, they end with it."""
    code = HANGING.format(place=f"{tmp_path}/")
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as press:
        _until(lambda: len(list(tmp_path.iterdir())) == 2)
        _stopped(press, way)
    pids = [int(path.name) for path in tmp_path.iterdir()]

    _until(lambda: not any(map(_alive, pids)))


def _stopped(press: subprocess.Popen[bytes], way: signal.Signals) -> None:
    """Stop a program; Python may not hear the first signal, as where it falls into a destructor."""
    for _ in range(int(LONG)):
        press.send_signal(way)
        with suppress(subprocess.TimeoutExpired):
            press.wait(1)
            return
    press.wait(1)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return _state(pid) != "Z"


def _state(pid: int) -> str:
    """Return a program's state where the system shows it: one that ended may not be waited for."""
    status = Path(f"/proc/{pid}/stat")
    return status.read_text("utf-8").rpartition(")")[2].split()[0] if status.exists() else ""


def _until(true: Any) -> None:
    """Wait until something is true; fail if it never is."""
    deadline = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)
