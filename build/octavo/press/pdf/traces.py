"""What a page draws that is no text, as far as its clip lets it be seen (ISO 32000-1, 8.5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING

from octavo.press.pdf.runs import around, moved

if TYPE_CHECKING:
    from octavo.press.pdf.operators import Operands
    from octavo.press.pdf.runs import Box, Matrix

Point = tuple[float, float]

STEPS = frozenset({b"m", b"l", b"c", b"v", b"y", b"re", b"W", b"W*"})
"""The operators that a path is made of."""
ENDS = frozenset({b"S", b"s", b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*", b"n"})
"""The operators that end a path; the last of them draws nothing."""
SQUARE = ((0, 0), (1, 0), (1, 1), (0, 1))
"""Where an image stands before the matrix."""
_EVEN = 1e-9
"""Points by which the steps of a curve may differ by rounding."""


def within(box: Box, clip: Box | None) -> Box:
    """Return what of a box is seen; of one that is not, the edge of the clip that is nearest."""
    if clip is None:
        return box
    left, bottom, right, top = clip
    return around(
        (min(max(x, left), right), min(max(y, bottom), top)) for x, y in (box[:2], box[2:])
    )


@dataclass(slots=True)
class Trace:
    """A path that is being drawn."""

    points: list[Point] = field(default_factory=list)
    clips: bool = False

    def step(self, name: bytes, operands: Operands, matrix: Matrix) -> None:
        """Go on with the path."""
        numbers = [float(number) for number in operands]
        if name == b"re":
            x, y, width, height = numbers
            ends = [moved(matrix, x + a * width, y + b * height) for a, b in SQUARE]
            self.points += (*ends, ends[0])
            return
        ends = [moved(matrix, x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        if name in {b"m", b"l"}:
            self.points += ends
        elif ends:
            first = [self.points[-1]] if name == b"v" else []
            last = [ends[-1]] if name == b"y" else []
            self.points += _curve(self.points[-1], *first, *ends, *last)
        else:
            self.clips = True

    def end(self, clip: Box | None) -> tuple[Box | None, Box | None]:
        """Return the box around what is seen of the path, if it has any, and the clip from now on.

        The next path begins.
        """
        drawn = within(around(self.points), clip) if self.points else None
        clips, self.points, self.clips = self.clips, [], False
        return drawn, drawn if clips and drawn else clip


def _curve(start: Point, first: Point, second: Point, end: Point) -> Iterator[Point]:
    """Yield the points where a curve turns back, across or up, and its end."""
    for a, b, c, d in zip(start, first, second, end, strict=True):
        for t in _turns(b - a, c - b, d - c):
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            x, y = (
                sum(w * n for w, n in zip(weights, along, strict=True))
                for along in zip(start, first, second, end, strict=True)
            )
            yield x, y
    yield end


def _turns(first: float, second: float, third: float) -> list[float]:
    """Return where, from 0 to 1, a curve with these steps from point to point turns back."""
    square, linear = first - 2 * second + third, second - first
    if abs(square) < _EVEN:
        turns = [-first / (2 * linear)] if linear else []
    else:
        root = sqrt(max(0.0, linear * linear - square * first))
        turns = [(sign * root - linear) / square for sign in (1, -1)]
    return [turn for turn in turns if 0 < turn < 1]
