"""Emphasis: which stars and low lines belong together, and the elements that they make.

The rules are CommonMark's (0.31.2, 6.2), but for two: a star may open or close beside any sign
that is not white space, and three signs are emphasis inside of strong emphasis.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.manuscript.syntax.branch import Branch, grow

if TYPE_CHECKING:
    from octavo.manuscript.syntax.branch import Found

OPENS = r"[*_]"
_RUN = re.compile(r"\*+|_+")
_TAGS = {1: "em", 2: "strong"}

_Key = tuple[str, bool, int]
"""What decides, of a run that closes, which others it may belong to."""


@dataclass(slots=True)
class _Run:
    """What is left of a row of equal signs."""

    sign: str
    start: int
    end: int
    length: int
    """How many there were."""
    opens: bool
    closes: bool

    def fits(self, closing: _Run) -> bool:
        """Tell whether a run may close what this one opens."""
        if self.sign != closing.sign:
            return False
        if not (self.closes or closing.opens) or closing.length % 3 == 0 == self.length % 3:
            return True
        return (self.length + closing.length) % 3 != 0


@dataclass(frozen=True, slots=True)
class _Pair:
    """Signs that belong together: where they and what they hold begin and end."""

    start: int
    inner: int
    close: int
    end: int


class Emphasis:
    """Read what stars and low lines emphasize, one outermost element after the other."""

    def __init__(self) -> None:
        """Start without a text."""
        self._text = ""
        self._at = 0
        self._found: list[Found] = []

    def read(self, m: re.Match[str], data: str, _source: Callable[[str], str]) -> Found | None:
        """Return the next element at a sign or after it, with its place in the text."""
        if data is not self._text or m.start() <= self._at:
            self._text, self._found = data, [*_elements(data, _pairs(data))][::-1]
        self._at = m.start()
        return self._found.pop() if self._found else None


def stretches(text: str) -> list[tuple[int, int]]:
    """Return from where to where a text is emphasized."""
    return [(pair.start, pair.end) for pair in _pairs(text)]


def _runs(text: str) -> Iterator[_Run]:
    for found in _RUN.finditer(text):
        start, end = found.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        opens = bool(after) and not after.isspace()
        closes = bool(before) and not before.isspace()
        if found.group()[0] == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        yield _Run(found.group()[0], start, end, end - start, opens, closes)


def _pairs(text: str) -> list[_Pair]:
    """Return the signs of a text that belong together, in the order in which they open."""
    pairs: list[_Pair] = []
    waiting: list[_Run] = []
    # Below these heights nothing fits a run of that kind: no run is looked at twice for it.
    lowest: dict[_Key, int] = {}
    for run in _runs(text):
        while run.closes and run.start < run.end:
            key = (run.sign, run.opens, run.length % 3)
            heights = range(len(waiting) - 1, lowest.get(key, 0) - 1, -1)
            height = next((n for n in heights if waiting[n].fits(run)), None)
            if height is None:
                lowest[key] = len(waiting)
                break
            pairs.append(_paired(waiting[height], run))
            del waiting[height + (waiting[height].start < waiting[height].end) :]
            lowest = {kind: min(low, len(waiting)) for kind, low in lowest.items()}
        if run.opens and run.start < run.end:
            waiting.append(run)
    return sorted(pairs, key=lambda pair: pair.start)


def _paired(opening: _Run, closing: _Run) -> _Pair:
    """Take the signs of one element off two runs."""
    most = min(opening.end - opening.start, closing.end - closing.start)
    size = 1 if most in {1, 3} else 2
    opening.end -= size
    closing.start += size
    return _Pair(opening.end, opening.end + size, closing.start - size, closing.start)


def _elements(text: str, pairs: list[_Pair]) -> Iterator[Found]:
    """Yield the outermost elements, each with all that are in it."""
    above: list[tuple[Branch, _Pair]] = []
    at = 0
    for pair in (*pairs, None):
        while above and (pair is None or pair.start >= above[-1][1].close):
            element, closed = above.pop()
            _add(element, text[at : closed.close])
            at = closed.end
            if not above:
                yield element, closed.start, closed.end
        if pair is None:
            return
        if above:
            _add(above[-1][0], text[at : pair.start])
        tag = _TAGS[pair.inner - pair.start]
        above.append((grow(above[-1][0], tag) if above else Branch(tag), pair))
        at = pair.inner


def _add(element: Branch, text: str) -> None:
    if len(element):
        element[-1].tail = text
    else:
        element.text = text
