"""What is drawn and is no text: its box is that of what is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.press.pdf.positions import sheets_of
from octavo.press.pdf.runs import PICTURE, times
from octavo.press.pdf.traces import Trace, within

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.press.pdf.runs import Box, Matrix

UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)
TURNED: Matrix = (0, 1, -1, 0, 0, 0)
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100">
<path d="%s" fill="none" stroke="black"/></svg>"""


def box_of(path: str, matrix: Matrix = UPRIGHT) -> tuple[float, ...] | None:
    """Return the box around a path, written as a page has it."""
    trace = Trace()
    for step in path.split("; "):
        *operands, name = step.encode().split()
        trace.step(name, operands, matrix)
    return trace.end(None)[0]


@pytest.mark.parametrize(
    ("path", "box"),
    [
        ("0 0 m; 0 100 100 100 100 0 c", (0, 0, 100, 75)),
        ("0 0 m; 0 100 100 0 v", (0, 0, 100, 400 / 9)),
        ("0 0 m; 100 100 100 0 y", (0, 0, 100, 400 / 9)),
        ("0 0 m; 10 10 20 20 30 30 c", (0, 0, 30, 30)),
        ("0 0 m; 10 30 20 30 30 0 c", (0, 0, 30, 22.5)),
        ("5 6 10 20 re", (5, 6, 15, 26)),
    ],
)
def test_a_curve_is_as_large_as_it_is_drawn(path: str, box: tuple[float, ...]) -> None:
    """The points that pull at a curve are not on it."""
    assert box_of(path) == pytest.approx(box)


def test_a_box_has_four_corners() -> None:
    """Turned by an eighth, it is as wide as it is from corner to corner."""
    eighth = (0.5, 0.5, -0.5, 0.5, 0.0, 0.0)

    assert box_of("0 0 2 2 re", eighth) == (-1, 0, 1, 2)
    assert box_of("0 0 2 4 re", times(TURNED, UPRIGHT)) == (-4, 0, 0, 2)


def test_a_clip_holds_what_is_drawn_after_it() -> None:
    """A clip within another is the part that both leave; what is outside stands at its edge."""
    trace = Trace()
    clip: Box | None = None
    for box in (b"0 0 10 10", b"5 5 10 10"):
        trace.step(b"re", box.split(), UPRIGHT)
        trace.step(b"W", [], UPRIGHT)
        _, clip = trace.end(clip)

    assert [within(box, clip) for box in ((0, 0, 99, 99), (0, 6, 7, 20), (20, 20, 30, 30))] == [
        (5, 5, 10, 10),
        (5, 6, 7, 10),
        (10, 10, 10, 10),
    ]


@pytest.mark.parametrize("path", ["M10 10 L 900 50", "M10 10C900 0 900 100 10 90", "M-900 5H10"])
def test_a_drawing_may_go_past_its_own_edge(path: str, book: LittleBook) -> None:
    """It is cut off there, on the paper as on a screen, and stands where the picture does."""
    text = "# One\n\n![A line.](a.svg)\n"

    built = book.add(a_svg=DRAWING % path, chapter_md=text).octavo("pdf")
    assert built.code == 0, built.said
    (sheet,) = (s for s in sheets_of(book.made("pdf")) for r in s.runs if r.generated == PICTURE)
    (picture,) = (run for run in sheet.runs if run.generated == PICTURE)
    assert sheet.box[0] < picture.box[0] < picture.box[2] < sheet.box[2]


def test_a_picture_past_the_edge_of_the_page_is_told(book: LittleBook) -> None:
    """The picture's own clip goes with it."""
    book.add(a_svg=DRAWING % "M10 10H190", chapter_md="# One\n\n![A line.](a.svg)\n")

    built = book.add(templates__book_css="figure { transform: translateX(250pt) }").octavo("pdf")
    assert built.code == 1
    assert "text-off-page" in built.said
