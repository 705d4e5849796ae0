"""The order of the text: in the file as in the manuscript, and down the page as in the file."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from typing import TYPE_CHECKING

from octavo.inspection.completeness.paper.tiling import is_right_to_left
from octavo.press.pdf.runs import PICTURE
from octavo.rendition.blocks import Kind

if TYPE_CHECKING:
    from octavo.inspection.completeness.faults import Fault
    from octavo.inspection.completeness.ledger import Chapter, Entry, Place
    from octavo.inspection.completeness.paper.printed import Printed
    from octavo.press.pdf.runs import Run

_LINE = 0.5
"""Points by which baselines and ends of runs may differ by rounding."""
_LEVEL = 5.0
"""Points that a line may stand above the one before it: raised figures, larger letters."""
_CELLS = frozenset({"td", "th"})
_SPACE = 4.0
"""Points that a space at the end of a line may stand out into the next column or cell."""


@dataclass(frozen=True, slots=True)
class _Stop:
    """One run in the order of the text."""

    place: Place
    run: Run
    entry: Entry
    begins: bool = False
    """Whether its block begins with it."""


def of_order(book: Printed) -> Iterator[Fault]:
    """Yield every run that does not stand in its place.

    Text and notes are two streams: a note stands at the foot of its page, whatever follows its
    call.  Floats and whatever else is drawn apart stand where the design puts them, and heads of
    tables are repeated.
    """
    yield from _of_sections(book)
    for chapter in book.ledger.chapters:
        for in_notes in (False, True):
            yield from _of_stream(
                book, chapter, sorted(_stops(book, chapter, in_notes=in_notes), key=_drawn)
            )


def _drawn(stop: _Stop) -> tuple[int, int]:
    return stop.run.page, stop.run.turn


def _stops(book: Printed, chapter: Chapter, *, in_notes: bool) -> Iterator[_Stop]:
    for entry in chapter.entries:
        kind = entry.block.kind
        if kind is Kind.HEAD or (kind is Kind.NOTE) != in_notes:
            continue
        for tile in book.tiles(chapter, entry):
            if not tile.run.outside:
                yield _Stop(
                    entry.place(tile.start), tile.run.upright, entry, begins=tile.start == 0
                )
    if not in_notes:
        for entry in chapter.entries:
            if entry.block.mark:
                for run in book.calls(chapter, entry):
                    if not run.outside:
                        yield _Stop(chapter.place_of_note(entry), run.upright, entry)


def _of_stream(book: Printed, chapter: Chapter, stops: Sequence[_Stop]) -> Iterator[Fault]:
    # The engine draws a picture after the text around it: it is held to its page alone.
    lines = [stop for stop in stops if stop.run.generated != PICTURE]
    kept: list[_Stop] = []
    wrong: list[_Stop] = []
    for _, page in groupby(lines, key=_page):
        _sift([*page], kept, wrong)
    # From page to page only beginnings are compared: the cells of a row may go on side by side.
    _sift([stop for stop in kept if stop.begins], [], wrong)
    for stop in wrong:
        yield _out_of_order(book, chapter, stop)
    for _, page in groupby(kept, key=_page):
        for stop in _moved_up([*page]):
            yield _out_of_order(book, chapter, stop)
    kept.sort(key=_place)
    for picture in (stop for stop in stops if stop.run.generated == PICTURE):
        next_at = bisect_right(kept, picture.place, key=_place)
        around = [stop.run.page for stop in kept[max(0, next_at - 1) : next_at + 1]]
        if around and not min(around) <= picture.run.page <= max(around):
            yield _out_of_order(book, chapter, picture)


def _sift(stops: Sequence[_Stop], kept: list[_Stop], wrong: list[_Stop]) -> None:
    """Add the stops that follow each other to those that are kept, the others to the wrong ones."""
    in_place = _longest_rise([stop.place for stop in stops])
    kept += (stops[at] for at in in_place)
    wrong += (stops[at] for at in sorted(set(range(len(stops))) - set(in_place)))


def _page(stop: _Stop) -> int:
    return stop.run.page


def _place(stop: _Stop) -> Place:
    return stop.place


def _moved_up(stops: Sequence[_Stop]) -> Iterator[_Stop]:
    """Yield what stands higher on its page than what comes before it, and not beside it."""
    for at, (above, below) in enumerate(pairwise(stops), 1):
        if _is_before(below, above):
            yield below
        if _is_lower(above, below):
            lower = (stop for stop in stops[:at] if _is_lower(stop, below))
            if not all(_is_beside(stop, below) for stop in lower):
                yield below


def _is_before(stop: _Stop, other: _Stop) -> bool:
    """Tell whether a run stands left of another on the same line, where both run to the right."""
    run, before = stop.run, other.run
    on_line = abs(run.baseline - before.baseline) < _LINE
    leftward = any(map(is_right_to_left, (run.text, before.text)))
    leftward |= "rtl" in {stop.entry.block.way, other.entry.block.way}
    return on_line and not leftward and run.box[2] <= before.box[0] + _LINE


def _is_lower(before: _Stop, stop: _Stop) -> bool:
    return stop.run.baseline - before.run.baseline > _LEVEL


def _is_beside(before: _Stop, stop: _Stop) -> bool:
    """Tell whether a run begins the next column, or a cell beside a taller one."""
    if before.run.box[2] - _SPACE <= stop.run.box[0]:
        return True
    in_cells = {before.entry.block.tag, stop.entry.block.tag} <= _CELLS
    return in_cells and stop.run.box[2] - _SPACE <= before.run.box[0]


def _longest_rise(places: Sequence[Place]) -> list[int]:
    """Return which of some places make the longest row that never falls."""
    if all(a <= b for a, b in pairwise(places)):
        return list(range(len(places)))
    tails: list[Place] = []
    ends: list[int] = []
    before: list[int] = []
    for at, place in enumerate(places):
        length = bisect_right(tails, place)
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1] = [place]
        ends[length : length + 1] = [at]
    row = ends[-1:]
    while before[row[-1]] >= 0:
        row.append(before[row[-1]])
    return row[::-1]


def _out_of_order(book: Printed, chapter: Chapter, stop: _Stop) -> Fault:
    place = chapter.location(stop.entry)
    return book.fault("text-out-of-order", place, stop.run.text.strip(), stop.run)


def _of_sections(book: Printed) -> Iterator[Fault]:
    """Yield the sections that do not follow each other as the manuscript has them."""
    first: dict[str, Run] = {}
    order: list[str] = []
    for sheet in book.sheets:
        for run in sheet.runs:
            if run.section and [run.section] != order[-1:]:
                order.append(run.section)
            if run.section:
                first.setdefault(run.section, run)
    known = [chapter for chapter in book.ledger.chapters if chapter.section.id in first]
    for chapter, name in zip_longest(known, order):
        if chapter is None or chapter.section.id != name:
            section = (chapter or known[-1]).section
            title = section.title_text or section.id
            run = first[section.id]
            yield book.fault("section-out-of-order", section.location, title, run)
            return
