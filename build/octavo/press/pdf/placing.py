"""Where a typeset page stands in the book: as it is, moved to a verso, or turned on its side."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from octavo.press.pdf.runs import around, moved

if TYPE_CHECKING:
    from octavo.press.pdf.geometry import Geometry
    from octavo.press.pdf.runs import Matrix

_SLACK = 1.0
"""Points by which a page's size may differ by rounding."""


def is_across(box: Iterable[Any], geometry: Geometry) -> bool:
    """Tell whether a page of that box was set across, to be turned."""
    _, _, width, height = map(float, box)
    sizes = (width - geometry.height, height - geometry.width, geometry.width - geometry.height)
    return abs(sizes[0]) < _SLACK and abs(sizes[1]) < _SLACK < abs(sizes[2])


@dataclass(frozen=True, slots=True)
class Placing:
    """How the pages of a book are placed, by their numbers from 0."""

    width: float
    verso_shift: float
    across: frozenset[int]
    """The pages that are set across: they are turned a quarter to the left."""

    def matrix(self, page: int) -> Matrix:
        """Return what moves a point of a typeset page to its place in the book."""
        shift = self.verso_shift * (page % 2)
        return (
            (0, 1, -1, 0, self.width + shift, 0) if page in self.across else (1, 0, 0, 1, shift, 0)
        )

    def operator(self, page: int) -> bytes:
        """Return the operator of a page that places what follows."""
        if page % 2 == 0 and page not in self.across:
            return b"\n"
        return b" %b cm\n" % " ".join(f"{n:g}" for n in self.matrix(page)).encode()

    def point(self, page: int, x: float, y: float) -> tuple[float, float]:
        """Return where a point of a typeset page stands in the book."""
        return moved(self.matrix(page), x, y)

    def rectangle(self, page: int, edges: list[float]) -> list[float]:
        """Return where a rectangle of a typeset page stands in the book."""
        left, bottom, right, top = edges
        corners = ((left, bottom), (right, top))
        return [round(edge, 3) for edge in around(self.point(page, *corner) for corner in corners)]
