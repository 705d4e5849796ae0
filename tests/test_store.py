"""The store changes how long things take, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from octavo.store import Store, digest

MANY_WRITES = """
import sys
from pathlib import Path
from octavo.store import Store
store = Store(Path(sys.argv[1]))
for number in range(300):
    wanted = str(number % 7).encode() * 50_000
    assert store.get(f"key {number % 7}", lambda: wanted) == wanted
"""


def counted(content: bytes) -> tuple[Callable[[], bytes], list[bytes]]:
    """Return something that makes the content, and the list of what it made."""
    made: list[bytes] = []

    def make() -> bytes:
        made.append(content)
        return content

    return make, made


def entries(folder: Path) -> list[Path]:
    """Return all files below a folder."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def test_makes_once(tmp_path: Path) -> None:
    """A thing is made once, and every store on the same folder knows it."""
    make, made = counted(b"page")

    first = Store(tmp_path).get("key", make)
    second = Store(tmp_path).get("key", make)

    assert (first, second) == (b"page", b"page")
    assert made == [b"page"]


def test_empty_content(tmp_path: Path) -> None:
    """An empty thing is kept like any other."""
    make, made = counted(b"")
    Store(tmp_path).get("key", make)

    assert Store(tmp_path).get("key", make) == b""
    assert made == [b""]


@pytest.mark.parametrize("damaged", [b"", b"short", b"\0" * 500])
def test_damage(tmp_path: Path, damaged: bytes) -> None:
    """A damaged entry is made again, and is whole from then on."""
    make, made = counted(b"page")
    store = Store(tmp_path)
    store.get("key", make)
    entries(tmp_path)[0].write_bytes(damaged)

    assert [store.get("key", make), store.get("key", make)] == [b"page", b"page"]
    assert len(made) == 2


def test_one_flipped_bit(tmp_path: Path) -> None:
    """The smallest damage is noticed."""
    make, made = counted(b"page")
    store = Store(tmp_path)
    store.get("key", make)
    (entry,) = entries(tmp_path)
    raw = entry.read_bytes()
    entry.write_bytes(raw[:-1] + bytes([raw[-1] ^ 1]))

    assert store.get("key", make) == b"page"
    assert len(made) == 2


def test_entry_of_another_key(tmp_path: Path) -> None:
    """An entry that was put in another's place is not taken for it."""
    store = Store(tmp_path)
    store.get("one", lambda: b"1")
    (one,) = entries(tmp_path)
    store.get("two", lambda: b"2")
    (two,) = set(entries(tmp_path)) - {one}
    two.write_bytes(one.read_bytes())

    assert store.get("two", lambda: b"2") == b"2"


@pytest.mark.parametrize("key", ["../../outside", "/etc/name", "a" * 5000, "", "snow\u2603\n"])
def test_any_key(tmp_path: Path, key: str) -> None:
    """Any text is a key, and none leads out of the folder."""
    folder = tmp_path / "store"
    Store(folder).get(key, lambda: b"page")

    assert len(entries(folder)) == 1
    assert entries(tmp_path) == entries(folder)


def test_no_folder() -> None:
    """Without a folder everything is made each time."""
    make, made = counted(b"page")
    store = Store()

    assert [store.get("key", make), store.get("key", make)] == [b"page", b"page"]
    assert len(made) == 2


def test_folder_that_cannot_be(tmp_path: Path) -> None:
    """Where nothing can be written, everything still works."""
    (tmp_path / "file").write_text("in the way")

    assert Store(tmp_path / "file" / "store").get("key", lambda: b"page") == b"page"


def test_failure_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that fills up while writing leaves no half-written file behind."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)

    assert Store(tmp_path).get("key", lambda: b"page") == b"page"
    assert entries(tmp_path) == []


def test_two_processes(tmp_path: Path) -> None:
    """Two processes on one store never see each other's half-written things."""
    command = (sys.executable, "-c", MANY_WRITES, str(tmp_path))
    running = [subprocess.Popen(command) for _ in range(2)]

    assert [process.wait() for process in running] == [0, 0]
    assert len(entries(tmp_path)) == 7


def test_prune(tmp_path: Path) -> None:
    """What was longest unused is forgotten first, and only as much as must be."""
    store = Store(tmp_path)
    for number, name in enumerate(("used", "old", "new")):
        before = set(entries(tmp_path))
        store.get(name, lambda: b"x" * 100)
        (entry,) = set(entries(tmp_path)) - before
        os.utime(entry, ns=(number, number))
    store.get("used", lambda: b"never made")

    store.prune(2 * 140)

    kept = {name: store.get(name, lambda: b"again") for name in ("old", "used", "new")}
    assert kept == {"old": b"again", "used": b"x" * 100, "new": b"x" * 100}


def test_digest_knows_parts() -> None:
    """A hash depends on where its parts end, and on their order."""
    assert len({digest("ab", "c"), digest("a", "bc"), digest("c", "ab"), digest("abc")}) == 4
    assert digest("é") == digest("é".encode())
