"""Words over words: signs of two rows in one place, or of one row set one over another.

Of a sign only what stands on its line and within its width counts, so that tails under the line,
overhangs, kerning and marks over letters are no fault however tightly a page is set.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise, repeat
from operator import lt, sub
from typing import TYPE_CHECKING, TypeVar

from octavo.inspection.completeness.paper.ink.letters import ink_of, size_of
from octavo.inspection.completeness.paper.ink.stencil import pieces_of
from octavo.inspection.completeness.paper.sight import location_of
from octavo.press.pdf.runs import around, moved

if TYPE_CHECKING:
    from octavo.inspection.completeness.faults import Fault
    from octavo.inspection.completeness.paper.printed import Printed
    from octavo.press.pdf.runs import Box, Font, Piece, Run, Sheet

T = TypeVar("T")
_PART = 1 / 3
"""The part of the smaller of two letters that the other may stand over."""
_PART_UNDER_SIGN = 1 / 4
"""The part of a letter that a sign may stand over, such as a comma of the line above."""
_PILED = 0.5
"""The part of its width that a letter has to itself, at the least, before the next one begins."""
_BACKDROP = 4.0
"""How many times as large as the words over it type is a backdrop: a chapter's pale number."""
_LETTER = 0.75
"""The height of a letter above its line, in ems; only to find what is worth a closer look."""
_TOUCH = 0.5
"""Points by which rows may meet that only touch."""
_SHELF = 12.0
"""Points of a page's height that are searched at a time."""


@dataclass(frozen=True, slots=True)
class _Body:
    """What a sign has to itself on the page."""

    piece: Piece
    box: Box
    is_letter: bool
    """Whether it is a letter or a figure."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of glyphs on its page, and a box that meets those of rows with letters over it."""

    run: Run
    piece: Piece
    box: Box


def of_overprint(book: Printed) -> Iterator[Fault]:
    """Yield each run with letters over those of an earlier run, or over others of its own."""
    shapes = _Shapes()
    for sheet in book.sheets:
        for later, earlier in _overprinted(sheet, shapes):
            place, found = location_of(book, later), earlier.text.strip()
            yield book.fault("text-overprinted", place, later.text.strip(), later, found=found)


def _overprinted(sheet: Sheet, shapes: _Shapes) -> Iterator[tuple[Run, Run]]:
    """Yield each run that is drawn over another one, or over itself, with that one."""
    rows = [_row(run, piece) for run in sheet.runs for piece in pieces_of(run)]
    under = {row.run.turn: row.run for row in rows if shapes.is_piled(row.piece)}
    for row, other in _near(rows, sheet.box):
        earlier, later = sorted((row.run, other.run), key=_turn)
        if later.turn not in under and shapes.meet(row.piece, other.piece):
            under[later.turn] = earlier
    for run in sheet.runs:
        if run.turn in under:
            yield run, under[run.turn]


def _turn(run: Run) -> int:
    return run.turn


def _row(run: Run, piece: Piece) -> _Row:
    ends = min(piece.offsets), max(piece.offsets)
    left, bottom, right, top = _box(piece, ends, (0.0, _LETTER * piece.size))
    return _Row(run, piece, (left, bottom, right - _TOUCH, top - _TOUCH))


def _box(piece: Piece, across: tuple[float, float], up: tuple[float, float]) -> Box:
    return around(moved(piece.matrix, x, y) for x in across for y in up)


@dataclass(slots=True)
class _Shapes:
    """The shapes and the widths of a file's glyphs, each font asked once and only if need be."""

    inks: dict[int, Mapping[int, Box]] = field(default_factory=dict)
    """By the identity of the font."""
    dues: dict[tuple[int, float], Mapping[int, float]] = field(default_factory=dict)
    """What each glyph has to itself, by the identity of the font and its size."""

    def ink(self, font: Font) -> Mapping[int, Box]:
        """Return the box around the shape of each sign."""
        if id(font) not in self.inks:
            known = ink_of(font).items()
            self.inks[id(font)] = {code: box for code, box in known if _is_sign(font, code)}
        return self.inks[id(font)]

    def due(self, piece: Piece) -> Mapping[int, float]:
        """Return how much of a row each glyph has to itself."""
        key = id(piece.font), piece.size
        if key not in self.dues:
            part = _PILED * piece.size / 1000
            self.dues[key] = {code: part * width for code, width in piece.font.widths.items()}
        return self.dues[key]

    def is_piled(self, piece: Piece) -> bool:
        """Tell whether a letter of a row begins where the one before it still has its place."""
        due, starts = self.due(piece), piece.offsets
        steps = map(sub, starts[1:], starts)
        if not any(map(lt, steps, map(due.get, piece.codes, repeat(0.0)))):
            return False
        # Marks stand back as well, and quotation marks close up: letters alone may be in order.
        letters = [
            (start, start + due[code])
            for start, code in zip(starts, piece.codes, strict=False)
            if due.get(code) and _is_letter(piece.font, code)
        ]
        return any(then < end for (_, end), (then, _) in pairwise(letters))

    def meet(self, one: Piece, other: Piece) -> bool:
        """Tell whether letters of two rows stand in one place, and neither is a backdrop."""
        small, large = sorted((size_of(one), size_of(other)))
        if large >= _BACKDROP * small:
            return False
        bodies = [(body.box, body) for piece in (one, other) for body in self.bodies(piece)]
        return any(
            a.piece is not b.piece and _is_over(a, b) for (_, a), (_, b) in _meetings(bodies)
        )

    def bodies(self, piece: Piece) -> Iterator[_Body]:
        """Yield what stands of each sign of a row above its line and within its width."""
        ink, widths, size = self.ink(piece.font), piece.font.widths, piece.size
        for code, start in zip(piece.codes, piece.offsets, strict=False):
            if code in ink:
                left, bottom, right, top = ink[code]
                left, right = max(left, 0.0), min(right, widths.get(code, 0.0) / 1000)
                bottom = max(bottom, 0.0)
                if left < right and bottom < top:
                    across = start + left * size, start + right * size
                    box = _box(piece, across, (bottom * size, top * size))
                    yield _Body(piece, box, _is_letter(piece.font, code))


def _is_sign(font: Font, code: int) -> bool:
    """Tell whether a glyph has a place of its own, as marks over letters and spaces have not."""
    kinds = (unicodedata.category(sign)[0] for sign in font.texts.get(code, ""))
    return any(kind not in {"M", "Z"} for kind in kinds)


def _is_letter(font: Font, code: int) -> bool:
    return any(map(str.isalnum, font.texts.get(code, "")))


def _is_over(one: _Body, other: _Body) -> bool:
    """Tell whether two signs have so much room in common that a letter is hidden.

    A comma that lies under a letter of the next line hides little of it.
    """
    across = min(one.box[2], other.box[2]) - max(one.box[0], other.box[0])
    up = min(one.box[3], other.box[3]) - max(one.box[1], other.box[1])
    areas = [_area(each.box) for each in (one, other)]
    letters = [_area(each.box) for each in (one, other) if each.is_letter]
    if len(letters) == 1:
        return across * up > _PART_UNDER_SIGN * letters[0]
    return across * up > _PART * (min(letters) if letters else max(areas))


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


# --- Neighbours ---------------------------------------------------------------------------------


def _near(rows: Iterable[_Row], page: Box) -> Iterator[tuple[_Row, _Row]]:
    """Yield the rows whose boxes meet on the page, some of them more than once."""
    shelves: dict[int, list[tuple[Box, _Row]]] = {}
    for row in rows:
        bottom, top = max(row.box[1], page[1]), min(row.box[3], page[3])
        for at in range(int(bottom // _SHELF), int(top // _SHELF) + 1):
            shelves.setdefault(at, []).append((row.box, row))
    for shelf in shelves.values():
        for (_, row), (_, other) in _meetings(shelf):
            yield row, other


def _meetings(boxed: list[tuple[Box, T]]) -> Iterator[tuple[tuple[Box, T], tuple[Box, T]]]:
    """Yield what meets what, from the left to the right."""
    begun: list[tuple[Box, T]] = []
    for item in sorted(boxed, key=_left):
        left, bottom, _, top = item[0]
        begun = [other for other in begun if other[0][2] > left]
        for other in begun:
            if other[0][1] < top and bottom < other[0][3]:
                yield other, item
        begun.append(item)


def _left(item: tuple[Box, object]) -> float:
    return item[0][0]
