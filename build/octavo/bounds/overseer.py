"""Oversee one worker: hire it, ask it, time it, and hire the next if it has to be ended."""

from __future__ import annotations

import pickle
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from threading import Event, Lock, Timer
from typing import Any

from octavo.bounds.worker import FULL, MADE, TooLongError, receive, send

_SERVE = "from octavo.bounds.worker import serve; serve()"


class Stop(StrEnum):
    """Why there is no result."""

    SLOW = "slow"
    LARGE = "large"
    BROKEN = "broken"
    """The worker crashed, a library raised an exception, or something ended the worker."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What each worker may take; seconds are given with each call, since works differ in size."""

    memory: int = 2_500_000_000
    """Bytes in all, of which Python and a layout engine need a tenth.  Windows knows no limit."""
    answer: int = 1_000_000_000
    """Bytes of one result."""
    start: float = 300
    """Seconds until a worker is ready, on the slowest of machines."""


class WorkerFailed(RuntimeError):
    """A mistake of the press that showed in a worker; the message is the worker's traceback."""


class Overseer:
    """Who sees that there is always a worker, but never one that cannot be stopped."""

    def __init__(self, opening: bytes, limits: Limits) -> None:
        """Hire nobody yet; the opening is a worker's first message."""
        self._opening = opening
        self._limits = limits
        self._program: subprocess.Popen[bytes] | None = None
        self._fresh = True
        self._closed = False
        self._starting, self._closing = Lock(), Lock()

    def start(self) -> None:
        """See that there is a worker, and that it is ready."""
        with self._starting:
            if self._program is None and self._hired():
                answer = self._answer(self._opening, self._limits.start)
                if isinstance(answer, Stop) and not self._closed:
                    raise WorkerFailed(f"a worker did not start: {answer}")
                self._fresh = True

    def ask(self, question: tuple[Any, Any], seconds: float) -> Any:
        """Return the result of a function with its argument, or why there is none."""
        try:
            pickled = pickle.dumps(question)
        except RecursionError:
            return Stop.BROKEN  # elements stand deeper in each other than functions may call
        self.start()
        fresh = self._fresh
        answer = self._answer(pickled, seconds)
        if isinstance(answer, Stop) and answer is not Stop.SLOW and not fresh:
            # What it did before may have filled or hurt it; the next one has done nothing yet.
            self.start()
            answer = self._answer(pickled, seconds)
        return answer

    def close(self) -> None:
        """End the worker, and let none follow."""
        with self._closing:
            self._closed = True
            if self._program is not None:
                self._program.kill()

    def sweep(self) -> None:
        """Leave nothing of the worker behind, once nobody asks it any more."""
        if self._program is not None:
            _end(self._program)

    def _hired(self) -> bool:
        with self._closing:
            if not self._closed:
                # With -P nothing is imported from the current folder.
                self._program = subprocess.Popen(
                    [sys.executable, "-P", "-c", _SERVE],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                )
        return not self._closed

    def _answer(self, message: bytes, seconds: float) -> Any:
        """Return the answer to a message, or why there is none, and then no worker either."""
        program = self._program
        if program is None:
            return Stop.BROKEN
        self._fresh = False
        answer = _exchange(program, message, seconds, self._limits.answer)
        if isinstance(answer, Stop):
            self._program = None
            return answer
        kind, value = pickle.loads(answer)  # noqa: S301 - from our own worker
        if kind is not MADE:
            raise WorkerFailed(value)
        return value


def _exchange(
    program: subprocess.Popen[bytes], message: bytes, seconds: float, most: int
) -> bytes | Stop:
    """Send a message and return the answer, or end the program and tell why."""
    if program.stdin is None or program.stdout is None:
        raise ValueError("a worker is spoken to through pipes")
    late = Event()

    def give_up() -> None:
        late.set()
        program.kill()

    clock = Timer(seconds, give_up)
    clock.start()
    try:
        send(program.stdin, message)
        return receive(program.stdout, most)
    except TooLongError:
        _end(program)
        return Stop.LARGE
    except (EOFError, OSError):
        code = _end(program)
        if late.is_set():
            return Stop.SLOW
        return Stop.LARGE if code == FULL else Stop.BROKEN
    finally:
        clock.cancel()


def _end(program: subprocess.Popen[bytes]) -> int:
    """End a program, if it has not ended, and return its exit code."""
    program.kill()
    for stream in (program.stdin, program.stdout):
        with suppress(OSError):  # what was not sent cannot be sent any more
            if stream is not None:
                stream.close()
    return program.wait()
