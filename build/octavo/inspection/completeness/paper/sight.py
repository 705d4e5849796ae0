"""What stands on the pages: inside them, in the design's typefaces, and no glyph an empty box."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from octavo.inspection.completeness.faults import Fault

if TYPE_CHECKING:
    from octavo.diagnostics import Location
    from octavo.inspection.completeness.paper.printed import Printed
    from octavo.model import Trim
    from octavo.press.pdf.runs import Box, Piece, Run

_SLACK = 1.0
"""Points that a box may stand out by the rounding of its font's measures alone."""


def of_sight(book: Printed, faces: frozenset[str]) -> Iterator[Fault]:
    """Yield what runs off its page, is set in a font of no face, or is no glyph at all.

    ``faces`` are the PostScript names of the design's typefaces.
    """
    told: set[tuple[str, str]] = set()
    for sheet in book.sheets:
        for run in sheet.runs:
            if _outside(run.box, sheet.box):
                yield book.fault("text-off-page", location_of(book, run), run.text, run)
            for piece in run.pieces:
                name = piece.font.name
                embedded = name in faces and piece.font.program
                if not embedded and (run.section, name) not in told:
                    told.add((run.section, name))
                    place = location_of(book, run)
                    yield book.fault("foreign-font", place, run.text, run, found=name)
                if _has_no_glyph(piece):
                    yield book.fault("glyph-missing", location_of(book, run), run.text, run)


def of_size(book: Printed, trim: Trim) -> Iterator[Fault]:
    """Yield the pages of which not just the trim of the edition is seen."""
    place = book.ledger.chapters[0].section.location
    for sheet in book.sheets:
        left, bottom, right, top = sheet.box
        if abs(right - left - trim.width) > _SLACK or abs(top - bottom - trim.height) > _SLACK:
            due, found = (f"{w:g} × {h:g} points" for w, h in _sizes(sheet.box, trim))
            where = book.page(sheet.number)
            yield Fault("wrong-page-size", place, due, where, found, sheet.number)


def _sizes(box: Box, trim: Trim) -> tuple[tuple[float, float], tuple[float, float]]:
    return (trim.width, trim.height), (box[2] - box[0], box[3] - box[1])


def location_of(book: Printed, run: Run) -> Location:
    """Return where the manuscript has what a run shows."""
    for chapter in book.ledger.chapters:
        if chapter.section.id == run.section:
            numbered = (entry for entry in chapter.entries if entry.block.number == run.block)
            return next((chapter.location(e) for e in numbered), chapter.section.location)
    return book.ledger.chapters[0].section.location


def _outside(box: Box, page: Box) -> bool:
    left, bottom, right, top = box
    return (
        left < page[0] - _SLACK
        or bottom < page[1] - _SLACK
        or right > page[2] + _SLACK
        or top > page[3] + _SLACK
    )


def _has_no_glyph(piece: Piece) -> bool:
    """Tell whether a code is no glyph of its font: it shows an empty box, whatever it says."""
    return 0 in piece.codes or any(code not in piece.font.widths for code in piece.codes)
