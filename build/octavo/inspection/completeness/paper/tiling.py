"""Lay the runs of a block along its text: they must cover it, once, in order.

No two texts are aligned as wholes: a run either goes on where the one before it ended, or it is
wrong, and what is said of it is about that line alone.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.inspection.completeness.folding import HYPHEN, folded

if TYPE_CHECKING:
    from octavo.press.pdf.runs import Run

Same = Callable[[str], str]
"""Makes signs of one shape in the fonts one sign."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A run in its place in the folded text of its block."""

    run: Run
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where runs and text disagree."""

    code: str
    start: int
    """Where in the folded text."""
    wanted: str
    found: str = ""
    run: Run | None = None
    """The run that is wrong, or the one before what is missing."""


@dataclass(frozen=True, slots=True)
class Tiling:
    """The runs of a block, laid along its text."""

    tiles: tuple[Tile, ...]
    gaps: tuple[Gap, ...]
    weak: int = 0
    """Lines of which only the letters were proved, not their order."""


def tiled(want: str, runs: Sequence[Run], same: Same) -> Tiling:
    """Lay runs along a folded text, in the order they were drawn, or else as they are read."""
    found = _laid(want, runs, same)
    if not found.gaps:
        return found
    # What is drawn apart from its neighbours, such as a float, may still stand in its place.
    others = (_laid(want, order(want, runs, same), same) for order in (_woven, _in_reading_order))
    return next((other for other in others if not other.gaps), found)


def _woven(want: str, runs: Sequence[Run], same: Same) -> list[Run]:
    """Put what was drawn apart from the text where it goes on with it; each layer stays in turn."""
    layers = [[run for run in runs if run.outside == layer][::-1] for layer in _layers(runs)]
    order: list[Run] = []
    at = 0
    while any(layers):
        waiting = [layer for layer in layers if layer]
        lengths = [_fit(want, at, folded(layer[-1].text), same)[0] for layer in waiting]
        chosen = next((n for n, length in enumerate(lengths) if length is not None), 0)
        order.append(waiting[chosen].pop())
        at += lengths[chosen] or 0
    return order


def _layers(runs: Sequence[Run]) -> list[int]:
    return sorted({run.outside for run in runs})


def _in_reading_order(_want: str, runs: Sequence[Run], _same: Same) -> list[Run]:
    return sorted(runs, key=_as_read)


def _as_read(run: Run) -> tuple[int, float, float]:
    return run.page, -round(run.baseline), run.box[0]


def _laid(want: str, runs: Sequence[Run], same: Same) -> Tiling:
    tiles: list[Tile] = []
    gaps: list[Gap] = []
    at = weak = 0
    for run in runs:
        text = folded(run.text)
        length, nearly = _fit(want, at, text, same)
        if length is None:
            gap, length = _gap(want, at, text, run, tiles)
            gaps.append(gap)
            at = gap.start + (len(gap.wanted) if gap.code == "text-missing" else 0)
        weak += nearly
        tiles.append(Tile(run, at, min(at + length, len(want))))
        at = tiles[-1].end
    if at < len(want):
        gaps.append(Gap("text-missing", at, want[at:], "", tiles[-1].run if tiles else None))
    return Tiling(tuple(tiles), tuple(gaps), weak)


def _fit(want: str, at: int, text: str, same: Same) -> tuple[int | None, bool]:
    """Return how far a run reaches from a place where it fits, and if only its letters do."""
    for form in _forms(text):
        if want.startswith(form, at):
            return len(form), False
    for form in _forms(text):
        part = want[at : at + len(form)]
        if same(part) == same(form):
            return len(form), False
        if is_right_to_left(part) and sorted(part) == sorted(form):
            return len(form), True
    return None, False


def _forms(text: str) -> Iterator[str]:
    yield text
    if text.endswith(HYPHEN):  # a word was broken at the end of the line
        yield text[:-1]


def is_right_to_left(text: str) -> bool:
    """Tell whether any of a text runs to the left."""
    # A line is drawn from left to right, whatever its direction.
    return any(unicodedata.bidirectional(letter) in {"R", "AL"} for letter in text)


def _gap(want: str, at: int, text: str, run: Run, tiles: Sequence[Tile]) -> tuple[Gap, int]:
    """Return what is wrong with a run that does not fit, and how much of the text it takes."""
    before = tiles[-1].run if tiles else run
    for form in _forms(text):
        if (later := want.find(form, at)) >= 0:
            return Gap("text-missing", at, want[at:later], "", before), len(form)
    for form in _forms(text):
        if form in want[:at]:
            return Gap("text-doubled", at, form, "", run), 0
    if at >= len(want):
        return Gap("text-stray", at, text, "", run), 0
    taken = _shared_end(want, at, text)
    return Gap("text-changed", at, want[at : at + taken], run.text, run), taken


def _shared_end(want: str, at: int, text: str) -> int:
    """Return how many letters of the text a changed run stands for, judged by its last letters."""
    for letters in (4, 3):
        ending = text[-letters:]
        near = want.find(ending, at, at + len(text) + 40)
        if near >= 0:
            return near + len(ending) - at
    return min(len(text), len(want) - at)
