"""Know where the text stands on the page: margins, measure and lines for any trim.

The proportions are those of the digest book (5.5 by 8.5 inches): the gutter is the wider side
margin, because a glued book hides some of it, and the foot is wider than the head.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from octavo.model import Trim

LEADING = 14.0
"""From one line of the text to the next, in points."""
_INNER = 60 / 396
_OUTER = 51 / 396
_TEXT_HEIGHT = 0.8
_HEAD_SHARE = 4 / 9
"""The part of the upright margins that stands above the text."""
_LONGEST = 360.0
"""Thirty picas, about 80 letters of 11-point type: a longer line loses the reader's eye."""

_EDGE, _GUTTER = 24.0, 42.0
"""What a wide figure leaves free at the outer edge and in the gutter, in points: printers ask for
18 points at the edge, and a glued book of 300 pages for 36 in the gutter."""
TURNED = "octavo-turned"
"""The name of the pages that are set across and turned when the book is assembled."""

_LINES_BESIDE_PICTURE = 6
_LINES_BESIDE_NOTES = 4


@dataclass(frozen=True, slots=True)
class Geometry:
    """The page and the text block on it, in points."""

    width: float
    height: float
    inner: float
    """The gutter: the left margin of a recto, but the right one in a book bound at the right."""
    outer: float
    top: float
    bottom: float
    measure: float
    lines: int
    leading: float = LEADING
    direction: Literal["ltr", "rtl"] = "ltr"
    """Which way the book is read; one read from right to left is bound at the right."""

    @property
    def recto_left(self) -> float:
        """The left margin of a recto."""
        return self.inner if self.direction == "ltr" else self.outer

    @property
    def verso_left(self) -> float:
        """The left margin of a verso."""
        return self.outer if self.direction == "ltr" else self.inner

    @property
    def verso_shift(self) -> float:
        """How far right a page set as a recto is moved to become a verso; mostly negative."""
        return self.verso_left - self.recto_left

    @property
    def overhang(self) -> float:
        """How far what is wide stands out of the measure on each side, recto or verso."""
        return max(0.0, min(self.outer - _EDGE, self.inner - _GUTTER))


def geometry_of(trim: Trim, direction: Literal["ltr", "rtl"] = "ltr") -> Geometry:
    """Return the page that a trim size makes, its text a whole number of lines high."""
    inner, outer = _to_half(trim.width * _INNER), _to_half(trim.width * _OUTER)
    surplus = max(0.0, trim.width - inner - outer - _LONGEST)
    inner += _to_half(surplus * _INNER / (_INNER + _OUTER))
    outer = max(outer, trim.width - inner - _LONGEST)
    lines = round(trim.height * _TEXT_HEIGHT / LEADING)
    upright = trim.height - lines * LEADING
    top = _to_half(upright * _HEAD_SHARE)
    return Geometry(
        width=trim.width,
        height=trim.height,
        inner=inner,
        outer=outer,
        top=top,
        bottom=upright - top,
        measure=trim.width - inner - outer,
        lines=lines,
        direction=direction,
    )


def page_rule(geometry: Geometry) -> str:
    """Return the ``@page`` rule of the neutral position: every page a recto.

    A picture leaves room for its caption, so that they stay together on a page.
    The notes of a page leave room for some lines of text.  Without a limit WeasyPrint sets notes
    that were moved from earlier pages over the page's edge, however many they are.
    A page across has its head where the gutter of a recto is, so that it is read from the right.
    """
    sides = (geometry.top, geometry.verso_left, geometry.bottom, geometry.recto_left)
    margin = " ".join(f"{side:g}pt" for side in sides)
    size = f"{geometry.width:g}pt {geometry.height:g}pt"
    notes = (geometry.lines - _LINES_BESIDE_NOTES) * geometry.leading
    beside = _LINES_BESIDE_PICTURE * geometry.leading
    pictures = geometry.lines * geometry.leading - beside
    across = (geometry.inner, geometry.top, geometry.outer, geometry.bottom)
    turned = " ".join(f"{side:g}pt" for side in across)
    wide = geometry.overhang
    return (
        f":root {{ --overhang: -{wide:g}pt; --wide: {geometry.measure + 2 * wide:g}pt }}\n"
        f"@page {TURNED} {{ size: {geometry.height:g}pt {geometry.width:g}pt; margin: {turned} }}\n"
        f".landscape {{ page: {TURNED} }}\n"
        f".landscape img {{ max-height: {geometry.measure - beside:g}pt }}\n"
        f"@page {{ size: {size}; margin: {margin}; @footnote {{ max-height: {notes:g}pt }} }}\n"
        f"img {{ max-height: {pictures:g}pt }}\n"
    )


def _to_half(points: float) -> float:
    """Round to half a point, as a ruler does."""
    return round(points * 2) / 2
