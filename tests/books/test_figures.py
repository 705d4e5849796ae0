"""Figures in real books: parts of one, wide ones, and those that have a page of their own."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pikepdf import Pdf

from octavo.markup import serialize
from octavo.model import Medium
from octavo.press.pdf.positions import sheets_of

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.press.pdf.runs import Run

LOOP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M2 2h56v36z"/></svg>'
PARTS = """# Pictures

[](#fig-both) has two parts, @fig-loop and @fig-knot.

::: {#fig-both layout-ncol=2}
![A loop, with a caption that is so long that it needs several lines](loop.svg){#fig-loop}

![A knot](loop.svg){#fig-knot}

Both of them.
:::
"""
TURNED = """# Tables

Before [it](#tbl-long).

| one | two |
| --- | --- |
| first [cell](#tables) | second |
| third | fourth |

Table: Across the page. {#tbl-long .landscape}

After.
"""


def runs_of(book: LittleBook) -> list[Run]:
    """Return all that stands on the pages of the PDF."""
    return [run for sheet in sheets_of(book.made("pdf")) for run in sheet.runs]


def one(runs: list[Run], words: str) -> Run:
    (found,) = (run for run in runs if words in run.text)
    return found


def test_the_parts_of_a_figure_have_letters(book: LittleBook) -> None:
    """The figure has a number, its parts letters, and references name both."""
    proof = book.add(chapter_md=PARTS, loop_svg=LOOP).proof()
    leaf = proof.leaf("chapter")

    text = "".join(re.findall(r">([^<>]+)<", serialize(leaf.content)))
    assert proof.codes == []
    assert "Figure\xa01 has two parts, Figure\xa01a and Figure\xa01b." in text
    assert "(a) A loop" in text
    assert "(b) A knot" in text
    assert "Figure 1. Both of them." in text


def test_the_parts_of_a_figure_stand_side_by_side(book: LittleBook) -> None:
    """In print two columns are two columns; both editions are proved."""
    run = book.add(chapter_md=PARTS, loop_svg=LOOP).octavo("build")
    runs = runs_of(book)

    assert run.code == 0, run.said
    left, right = one(runs, "A loop"), one(runs, "A knot")
    assert left.box[2] < right.box[0]
    assert left.box[1] <= right.box[1] + 30
    assert book.octavo("check", "--epub").said == "No errors.\n"


@pytest.mark.parametrize("count", [8, 9, 10])
def test_a_caption_with_a_note_stays_with_its_figure(book: LittleBook, count: int) -> None:
    """Parts in columns and the caption below them stand on one page, wherever that ends."""
    above = "".join(f"Paragraph {n}, of few words.\n\n" for n in range(count))
    figure = (
        "::: {#fig-g layout-ncol=2}\n![One](loop.svg)\n\n![Two](loop.svg)\n\n"
        "Before and after.[^1]\n:::\n\nSee @fig-g.\n\n[^1]: A note.\n"
    )
    size = 'viewBox="0 0 300 300" width="300" height="300"'
    loop = LOOP.replace('viewBox="0 0 60 40"', size)
    run = book.add(chapter_md=f"# P\n\n{above}{figure}", loop_svg=loop).octavo("pdf")

    assert run.code == 0, run.said
    pages = [" ".join(r.text for r in sheet.runs) for sheet in sheets_of(book.made("pdf"))]
    (parts,) = (page for page in pages if "Two" in page)
    assert "Before and after" in parts


def test_a_drawing_is_no_picture_of_dots(book: LittleBook) -> None:
    """SVG is drawn as lines in print: the file holds no image."""
    book.add(chapter_md=PARTS, loop_svg=LOOP).octavo("pdf")

    with Pdf.open(BytesIO(book.made("pdf"))) as pdf:
        kinds = {str(o.get("/Subtype")) for o in pdf.objects if hasattr(o, "read_bytes")}
    assert "/Image" not in kinds


def test_a_wide_figure_stands_out_into_the_margins(book: LittleBook) -> None:
    """It is wider than the measure, and nothing of it leaves the page."""
    book.add(chapter_md="# One\n\n![Wide](loop.svg){.wide}\n", loop_svg=LOOP)
    run = book.octavo("build")

    assert run.code == 0, run.said
    (picture,) = (r for r in runs_of(book) if r.generated == "picture")
    assert picture.box[0] == pytest.approx(60 - 18)


@pytest.mark.parametrize("before", ["", "Text.\n\n[]{#x}"])
def test_a_landscape_table_has_a_page_turned(book: LittleBook, before: str) -> None:
    """Its words run up the page, alone on it; the links on it and to it find their places."""
    run = book.add(chapter_md=TURNED + before).octavo("build")

    assert run.code == 0, run.said
    runs = [r for r in runs_of(book) if r.section]
    first = one(runs, "first")
    turned = {r.page for r in runs if r.pieces and r.pieces[0].matrix[1] > 0}
    assert turned == {first.page} == {r.page for r in runs if "fourth" in r.text}
    assert one(runs, "After.").page == first.page + 1
    assert one(runs, "third").box[0] > first.box[2] - 1
    cell = one(runs, "cell").box
    with Pdf.open(BytesIO(book.made("pdf"))) as pdf:
        (link,) = pdf.pages[first.page].Annots
        assert [float(edge) for edge in link.Rect] == pytest.approx(cell, abs=4)


def test_a_landscape_figure_is_as_it_is_in_the_epub(book: LittleBook) -> None:
    """Nothing is turned on a screen."""
    proof = book.add(chapter_md=TURNED).proof(Medium.EPUB)

    assert proof.codes == []
    assert "rotate" not in "".join(css for _, css in proof.rendition.stylesheets)


def test_the_proof_finds_turned_lines_that_stand_in_the_wrong_order(book: LittleBook) -> None:
    """Rows of a turned table are held to their order as those of any other."""
    text = "# One\n\n::: landscape\nThe first one.\n\nThe second one.\n:::\n"
    css = ".landscape { display: flex; flex-direction: column-reverse }"
    run = book.add(chapter_md=text, templates__book_css=css).octavo("pdf")

    assert run.code == 1
    assert "text-out-of-order" in run.said
