"""The letters of a run: where on the page each of them stands, and whether its font draws it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from math import sqrt
from typing import TYPE_CHECKING

import uharfbuzz

from octavo.inspection.completeness.folding import folded
from octavo.press.pdf.runs import around, moved

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octavo.press.pdf.runs import Box, Font, Piece

_SMALLEST = 2.0
"""Points: half the smallest type that was ever sold, and too small to be read."""
_DESCENT, _ASCENT = -0.25, 0.75
"""The height of a letter, in ems from the baseline."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A glyph on a page."""

    text: str
    box: Box
    is_drawn: bool
    """Whether it has a shape, and a size that can be read."""

    @property
    def is_space(self) -> bool:
        """Whether it parts words."""
        return bool(self.text) and not folded(self.text)


@dataclass(slots=True)
class Fonts:
    """The fonts of a file, each asked once which of its glyphs have no shape."""

    known: dict[int, frozenset[int]] = field(default_factory=dict)
    """By the identity of the font."""

    def bare(self, font: Font) -> frozenset[int]:
        """Return the codes that say something, and that the font draws nothing for."""
        if id(font) not in self.known:
            self.known[id(font)] = frozenset(_bare(font))
        return self.known[id(font)]

    def draw(self, pieces: Iterable[Piece]) -> bool:
        """Tell whether all letters of some rows have a shape, and a size that can be read."""
        return all(
            size_of(piece) >= _SMALLEST and self.bare(piece.font).isdisjoint(piece.codes)
            for piece in pieces
        )

    def words(self, pieces: Iterable[Piece]) -> Iterator[tuple[Letter, ...]]:
        """Yield the words of some rows; a word in two fonts is two."""
        for piece in pieces:
            for is_space, word in groupby(self.letters(piece), lambda letter: letter.is_space):
                if not is_space:
                    yield tuple(word)

    def letters(self, piece: Piece) -> Iterator[Letter]:
        """Yield the letters of a row."""
        is_large, bare = size_of(piece) >= _SMALLEST, self.bare(piece.font)
        low, high = _DESCENT * piece.size, _ASCENT * piece.size
        for code, ends in zip(piece.codes, pairwise(piece.offsets), strict=True):
            box = around(moved(piece.matrix, x, y) for x in ends for y in (low, high))
            yield Letter(piece.font.texts.get(code, ""), box, is_large and code not in bare)


def size_of(piece: Piece) -> float:
    """Return how large a row is on the page, in points."""
    a, b, c, d, _, _ = piece.matrix
    return abs(piece.size) * sqrt(abs(a * d - b * c))


def ink_of(font: Font) -> dict[int, Box]:
    """Return the box around the shape of each glyph that has one and a text; ems from its start."""
    face = uharfbuzz.Face(font.program)
    shapes, em = uharfbuzz.Font(face), face.upem
    found = {code: shapes.get_glyph_extents(code) for code in font.texts}
    return {
        code: (
            box.x_bearing / em,
            (box.y_bearing + box.height) / em,
            (box.x_bearing + box.width) / em,
            box.y_bearing / em,
        )
        for code, box in found.items()
        if box and box.width and box.height
    }


def _bare(font: Font) -> Iterator[int]:
    shapes = ink_of(font)
    return (code for code, text in font.texts.items() if folded(text) and code not in shapes)
