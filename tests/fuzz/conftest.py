"""What all fuzzing shares: how many inputs, how nearly right, and what may become of them.

A run of the tests tries two hundred inputs at each door, the same ones every time; ``nox -s long``
tries ten thousand new ones.  What either ever found stands as an ``@example`` beside its law.

Typefaces of an author's own are no door: none is read.
"""

from __future__ import annotations

import re
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from types import FrameType

    from octavo.diagnostics import Diagnostic

USUAL = settings(
    max_examples=200,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
LONG = settings(USUAL, max_examples=10_000, derandomize=False, print_blob=True)
settings.register_profile("long", LONG)

PATIENCE = 20
"""Seconds for one input; all take a small part of one, unless they never end."""

Test = TypeVar("Test", bound=Callable[..., None])


def fuzzed(test: Test) -> Test:
    """Try a law on as many inputs as this run is for."""
    return _chosen()(test)


def sometimes(test: Test) -> Test:
    """Try a law that is dear to try on a few of them."""
    chosen = _chosen()
    return settings(chosen, max_examples=chosen.max_examples // 20)(test)


def _chosen() -> settings:
    return LONG if settings.get_current_profile_name() == "long" else USUAL


class Hang(BaseException):
    """An input that takes too long; nothing may mistake it for a fault of the input."""


@contextmanager
def patience(seconds: int = PATIENCE) -> Iterator[None]:
    """Stop what takes too long, where the system has an alarm clock."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds} seconds")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def unsound(findings: Iterable[Diagnostic], texts: dict[str, str]) -> list[Diagnostic]:
    """Return the findings that an author could not use: without words, or without a place."""
    ends = {file: len(re.findall(r"\r\n|\r|\n", text)) + 1 for file, text in texts.items()}
    return [
        finding
        for finding in findings
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", finding.code)
        or not finding.message.strip()
        or not 0 <= finding.location.line <= ends.get(finding.location.file, -1)
    ]


# --- Nearly right inputs ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One wound of a file: what is done, where, over what length, and with what."""

    what: str
    at: int
    length: int
    piece: bytes

    def __call__(self, content: bytes) -> bytes:
        """Return the content, wounded."""
        at = self.at % (len(content) + 1)
        before, cut, after = content[:at], content[at : at + self.length], content[at:]
        rest = after[len(cut) :]
        match self.what:
            case "cut off":
                return before
            case "cut out":
                return before + rest
            case "insert":
                return before + self.piece + after
            case "replace":
                return before + self.piece + rest
            case "repeat":
                return before + cut * (2 + self.length % 60) + rest
            case _:
                flipped = bytes(byte ^ (1 << self.length % 8) for byte in cut[:1])
                return before + flipped + after[1:]


CHANGES = ("flip", "cut out", "insert", "replace", "repeat", "cut off")


def wounded(samples: Sequence[bytes], pieces: Sequence[bytes]) -> st.SearchStrategy[bytes]:
    """Return sound files with a few wounds: bits flipped, parts lost, doubled or exchanged."""
    piece = st.sampled_from(pieces) | st.binary(max_size=8)
    change = st.builds(
        Change, st.sampled_from(CHANGES), st.integers(0, 1 << 16), st.integers(0, 400), piece
    )
    changes = st.lists(change, max_size=5)
    return st.builds(
        lambda sample, wounds: reduce(lambda content, wound: wound(content), wounds, sample),
        st.sampled_from(samples),
        changes,
    )


def wounded_text(samples: Sequence[str], pieces: Sequence[str]) -> st.SearchStrategy[str]:
    """Return sound texts with a few wounds, in any letters."""
    files = wounded([s.encode() for s in samples], [p.encode() for p in pieces])
    return files.map(lambda content: content.decode(errors="replace"))
