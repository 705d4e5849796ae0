"""Know how to work within bounds: calls made in programs of their own, which can be stopped.

What a stranger wrote may keep a layout engine or a template busy for ever, eat all memory, or
crash, and nothing inside a program can stop that.  So it is worked on by a :class:`Crew` outside,
and what comes back is a result, or the reason why there is none.

A worker is Python, started bare.  ``multiprocessing`` would not do: what it starts looks for its
modules in the current folder first, and that may be a stranger's book.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from octavo.bounds.overseer import Limits, Overseer, Stop, WorkerFailed

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from types import TracebackType

__all__ = ["LIMITS", "Crew", "Limits", "Stop", "WorkerFailed"]

LIMITS = Limits()

State = TypeVar("State")
Argument = TypeVar("Argument")
Result = TypeVar("Result")


class Crew(Generic[State]):
    """Workers at equal benches; they start with the context, and end with it.

    What they call must be functions at the head of a module, and what these take and give must
    pickle.  How many workers there are, and which of them makes a call, changes no result.
    """

    def __init__(
        self,
        bench: Callable[[Argument], AbstractContextManager[State]],
        stock: Argument,
        size: int = 1,
        limits: Limits = LIMITS,
    ) -> None:
        """Take on so many workers, each to work in a context that it makes of the stock."""
        self._threads = ThreadPoolExecutor(size, "crew")
        # Pickled in a thread, which has called no function yet: what is given may be deep.
        opening = self._threads.submit(pickle.dumps, (bench, stock, limits.memory)).result()
        self._overseers = [Overseer(opening, limits) for _ in range(size)]
        self._idle: SimpleQueue[Overseer] = SimpleQueue()

    def __enter__(self) -> Self:
        """Start the workers, without waiting for them."""
        for overseer in self._overseers:
            self._idle.put(overseer)
            self._threads.submit(overseer.start)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers, whatever they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for overseer in self._overseers:
            overseer.close()
        self._threads.shutdown()
        for overseer in self._overseers:
            overseer.sweep()

    def each(
        self,
        function: Callable[[State, Argument], Result],
        arguments: Sequence[Argument],
        seconds: Sequence[float],
    ) -> Iterator[tuple[int, Result | Stop]]:
        """Yield the place and the result of each argument as they come; the longest go first.

        Raises:
            WorkerFailed: the press itself raised an exception.
        """
        longest_first = sorted(range(len(arguments)), key=lambda at: -seconds[at])
        asked = {
            self._threads.submit(self._ask, (function, arguments[at]), seconds[at]): at
            for at in longest_first
        }
        for future in as_completed(asked):
            yield asked[future], future.result()

    def call(
        self, function: Callable[[State, Argument], Result], argument: Argument, seconds: float
    ) -> Result | Stop:
        """Return the result of one argument; see :meth:`each`."""
        ((_, result),) = self.each(function, (argument,), (seconds,))
        return result

    def _ask(self, question: tuple[Any, Any], seconds: float) -> Any:
        overseer = self._idle.get()
        try:
            return overseer.ask(question, seconds)
        finally:
            self._idle.put(overseer)
