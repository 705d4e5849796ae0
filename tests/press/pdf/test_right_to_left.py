"""Text that runs from right to left: indents, glyphs and the letters they stand for, the page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from octavo.model import Trim
from octavo.press.pdf.engine import Options, typesetting
from octavo.press.pdf.engine.righttoleft import shared
from octavo.press.pdf.geometry import geometry_of, page_rule
from octavo.press.scripts import ARABIC

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.press.fonts import Face
    from octavo.press.pdf.evidence import Layout

STYLE = "@page { size: 200pt 100pt; margin: 10pt } p { font: 10pt/14pt Amiri; direction: rtl }"


DRAWING = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 20">
<path d="M0 0H80V20H0z"/></svg>"""


def laid_out(
    text: str,
    style: str,
    options: Options | None = None,
    images: Mapping[str, bytes] | None = None,
) -> Layout:
    """Lay out a paragraph that is read from right to left."""
    made: tuple[Face, ...] = tuple(ARABIC.faces())
    root = fromstring(f'<html lang="ar"><head/><body><p>{text}</p></body></html>')
    with typesetting(made, options) as engine:
        return engine.lay_out(root, (("", STYLE + style),), images or {})


def right_end(layout: Layout) -> float:
    """Return how far right the text of the first page reaches."""
    page = pypdfium2.PdfDocument(layout.pdf)[0]
    text = page.get_textpage()
    return max(float(text.get_charbox(at)[2]) for at in range(text.count_chars()))


def test_an_indent_stands_where_the_line_begins() -> None:
    """The first line stands back from the right; WeasyPrint by itself leaves the left free."""
    flush, indented = (right_end(laid_out("النهر", f"p {{ text-indent: {n}pt }}")) for n in (0, 20))
    left = laid_out("النهر", "p { text-indent: 20pt }", Options(right_to_left=False))

    assert flush - indented == pytest.approx(20, abs=0.5)
    assert right_end(left) == pytest.approx(flush, abs=0.5)


@pytest.mark.parametrize("style", ["", "img { display: block }", "img { float: right }"])
def test_a_picture_that_knows_only_its_proportions_is_as_wide_as_the_page(style: str) -> None:
    """It stands between the margins, in a line or not; WeasyPrint by itself ends with an error."""
    body = '<p><img alt="" src="a.svg"/></p>'

    made = laid_out(body, style, images={"a.svg": DRAWING})
    (picture,) = pypdfium2.PdfDocument(made.pdf)[0].get_objects((FPDF_PAGEOBJ_PATH,))
    assert picture.get_bounds() == pytest.approx((16, 38, 184, 80), abs=0.5)
    if not style:
        with pytest.raises(AttributeError):
            laid_out(body, style, Options(right_to_left=False), {"a.svg": DRAWING})


def test_joined_letters_are_not_spaced() -> None:
    """Arabic among spaced capitals keeps together; Latin is spaced."""
    style = "p { letter-spacing: 5pt; direction: ltr }"
    arabic, latin = (
        (right_end(laid_out(text, style)), right_end(laid_out(text, "p { direction: ltr }")))
        for text in ("النهر", "river")
    )

    assert arabic[0] == pytest.approx(arabic[1], abs=0.5)
    assert latin[0] > latin[1] + 15


def test_letters_with_marks_are_said_each_once() -> None:
    """What is copied from the file has every letter and mark, though glyphs share a letter."""
    text = "ورتّب صُفَّت سهلًا"

    (use,) = laid_out(text, "").fonts
    said = "".join(letters for _, _, letters in use.glyphs)
    assert set(text) - {" "} <= set(said)
    assert all(letters for _, _, letters in use.glyphs)


@pytest.mark.parametrize(
    ("letters", "glyphs", "parts"),
    [
        ("ب", 1, ["ب"]),
        ("بُ", 2, ["ب", "ُ"]),
        ("\u064e\u0651", 2, ["\u0651", "\u064e"]),  # the shadda is set first
        ("لا", 2, ["لا", ""]),
        ("ب\u064e\u0651", 2, ["ب", "\u0651\u064e"]),
    ],
)
def test_glyphs_share_letters(letters: str, glyphs: int, parts: list[str]) -> None:
    """A letter and its marks have a glyph each, or the marks one, or all of them one."""
    assert list(shared(letters, glyphs)) == parts


def test_a_book_from_right_to_left_is_bound_at_the_right() -> None:
    """Its recto has the gutter at the right, and its verso is moved the other way."""
    left, right = (geometry_of(Trim(396, 612), way) for way in ("ltr", "rtl"))

    assert "margin: 54pt 60pt 68pt 51pt" in page_rule(right)
    assert (right.recto_left, right.verso_left) == (left.verso_left, left.recto_left)
    assert right.verso_shift == -left.verso_shift == 9
