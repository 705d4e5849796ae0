"""Be a worker: make the calls that a crew asks for, and end when too much memory is taken."""

from __future__ import annotations

import os
import pickle
import struct
import sys
import threading
import time
import traceback
from collections import deque
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import SimpleQueue
from typing import IO, TYPE_CHECKING, Any

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from types import TracebackType

PRESS = Path(__file__).parents[1]
"""The package that mistakes of the press are made in."""
FULL = 77
"""The exit code of a worker that has taken too much memory."""
MADE, RAISED = True, False
"""What an answer begins with: a result follows, or a traceback."""
_LENGTH = struct.Struct(">Q")
_BLINK = 0.05
"""Seconds between two looks at the memory."""


class TooLongError(Exception):
    """A message longer than it may be."""


def send(stream: IO[bytes], message: bytes) -> None:
    """Write a message, its length before it."""
    stream.write(_LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes], most: int = sys.maxsize) -> bytes:
    """Read a message of at most so many bytes.

    Raises:
        EOFError: nobody is writing any more.
        TooLongError: the message is longer, and was not read.
    """
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    if length > most:
        raise TooLongError
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    read = stream.read(length)
    if len(read) < length:
        raise EOFError
    return read


def serve() -> None:
    """Set up the bench that the first message names, and make one call after the other."""
    questions, answers = _streams()
    sys.excepthook = partial(_confess, answers)
    threading.excepthook = lambda _: os._exit(FULL)  # threads here fail for want of memory alone
    bench, stock, memory = pickle.loads(receive(questions))  # noqa: S301 - from our own press
    _bound(memory)
    asked: SimpleQueue[bytes] = SimpleQueue()
    # Before all else: whatever this worker is doing, it ends with the press that it works for.
    threading.Thread(target=_listen, args=(questions, asked), daemon=True).start()
    with bench(stock) as state:
        send(answers, pickle.dumps((MADE, None)))
        sys.excepthook = partial(_confess_ours, answers)
        while True:
            function, argument = pickle.loads(asked.get())  # noqa: S301 - as above
            send(answers, pickle.dumps((MADE, function(state, argument))))


def _streams() -> tuple[IO[bytes], IO[bytes]]:
    """Return the way in and the way out, which a library that prints no longer reaches."""
    inward, outward = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    return inward, outward


def _listen(questions: IO[bytes], asked: SimpleQueue[bytes]) -> None:
    """Pass questions on; end, whatever is being done, when the press that asks has ended."""
    with suppress(EOFError):
        while True:
            asked.put(receive(questions))
    os._exit(0)


def _confess(
    answers: IO[bytes],
    kind: type[BaseException],
    problem: BaseException,
    _trace: TracebackType | None,
) -> None:
    """Tell of an exception that nothing caught, and end."""
    if issubclass(kind, MemoryError):
        os._exit(FULL)
    if issubclass(kind, Exception):
        told: tuple[bool, Any] = (RAISED, "".join(traceback.format_exception(problem)))
        send(answers, pickle.dumps(told))
    os._exit(1)


def _confess_ours(
    answers: IO[bytes],
    kind: type[BaseException],
    problem: BaseException,
    trace: TracebackType | None,
) -> None:
    """Tell of a mistake of the press; what a library raises over a strange text is a crash."""
    last = "" if trace is None else deque(traceback.walk_tb(trace), 1)[0][0].f_code.co_filename
    if Path(last).is_relative_to(PRESS) or issubclass(kind, MemoryError):
        _confess(answers, kind, problem, trace)
    os._exit(1)


def _bound(memory: int) -> None:
    """Let this program take no more memory than so many bytes."""
    if sys.platform != "win32":
        with suppress(ValueError, OSError):  # macOS knows this limit, but does not keep it
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        threading.Thread(target=_watch, args=(_taken() + memory,), daemon=True).start()


def _watch(most: int) -> None:
    """End this program once it has taken more: not all systems keep the limit that is set."""
    while _taken() <= most:
        time.sleep(_BLINK)
    os._exit(FULL)


def _taken() -> int:
    """Return the most bytes that this program has had in memory."""
    if sys.platform == "win32":
        return 0
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
