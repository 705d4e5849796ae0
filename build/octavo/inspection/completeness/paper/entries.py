"""The pages of an entry in an index, as printed: each is due, and none that is due is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from octavo.book.locators import FROM, TO, Locator
from octavo.press.pdf.numerals import Rank, rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_NUMBER = "([0-9]+|[ivxlcdm]+)"

Due = tuple[Locator, frozenset[str]]
"""What a place is to its entry, and the folios it may have: two, where it stands between pages."""


@dataclass(frozen=True, slots=True)
class _Printed:
    """A page, or a row of pages."""

    start: Rank
    end: Rank
    note: str | None

    def holds(self, pages: Sequence[Rank]) -> bool:
        """Tell whether one of the pages is among these."""
        return any(self.start <= page <= self.end for page in pages)


def agrees(text: str, due: Sequence[Due], suffix: str) -> bool:
    """Tell whether an entry prints the pages of its places, in order and none of them twice."""
    items = [_read(item, suffix) for item in text.split(",")]
    printed = [item for item in items if item]
    if len(printed) < len(items) or not all(_in_order(*pair) for pair in pairwise(printed)):
        return False
    places, notes = [*_spans(due)], [*_of_notes(due)]
    told = all(any(_covers(each, span) for each in printed) for span in places)
    noted = all(any(_is_note(each, note) for each in printed) for note in notes)
    return told and noted and all(_is_due(each, places, notes) for each in printed)


def _read(item: str, suffix: str) -> _Printed | None:
    bare, mark = "".join(item.split()), re.escape("".join(suffix.split()))
    note = f"(?:{mark}([0-9]*))?" if mark else "()"
    found = re.fullmatch(f"{_NUMBER}(?:–{_NUMBER})?{note}", bare)
    if not found:
        return None
    return _Printed(rank(found[1]), rank(found[2] or found[1]), found[3] if mark else None)


def _in_order(one: _Printed, other: _Printed) -> bool:
    return one.start <= other.start and one != other


_Span = tuple[list[Rank], list[Rank]]
"""Where a place may begin, and where it may end."""


def _spans(due: Sequence[Due]) -> Iterator[_Span]:
    """Yield the places and ranges that stand in no note."""
    begun: list[Rank] = []
    for what, folios in due:
        pages = sorted(map(rank, folios))
        if what.note is not None or not pages:
            continue
        if what.kind == FROM:
            begun = pages
        else:
            yield (begun, pages) if what.kind == TO and begun else (pages, pages)


def _of_notes(due: Sequence[Due]) -> Iterator[tuple[str, list[Rank]]]:
    for what, folios in due:
        if what.note is not None and folios:
            yield what.note, sorted(map(rank, folios))


def _covers(printed: _Printed, span: _Span) -> bool:
    return printed.note is None and printed.holds(span[0]) and printed.holds(span[1])


def _is_note(printed: _Printed, note: tuple[str, list[Rank]]) -> bool:
    return printed.note == note[0] and printed.start in note[1]


def _is_due(
    printed: _Printed, places: Sequence[_Span], notes: Sequence[tuple[str, list[Rank]]]
) -> bool:
    """Tell whether every page that is told has a place on it."""
    if printed.note is not None:
        return any(_is_note(printed, note) for note in notes)
    pages = {printed.start, printed.end}
    if printed.start[0] == printed.end[0]:
        pages |= {(printed.start[0], n) for n in range(printed.start[1], printed.end[1])}
    return all(any(begin[0] <= page <= end[-1] for begin, end in places) for page in pages)
