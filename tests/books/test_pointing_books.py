"""Books that refer to pages, made whole: what is printed, and that it is true."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from octavo.inspection.epubcheck import epubcheck

if TYPE_CHECKING:
    from tests.conftest import LittleBook

HEAD = "title: A Little Book\nidentifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
LINE = "A paragraph that fills some room, so that what comes behind it moves on.\n\n"
PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><path d="M1 1h9"/></svg>'
ONE = """\
# One {#sec-one}

Forward: [](#fig-end){.with-page}; the note behind it is [](#^end).

BODY
"""
TWO = """\
# Two

Back: [](#sec-one){.page}.[^end]

![The end.](x.svg){#fig-end alt="A line."}

[^end]: Here it ends.
"""


def _book(book: LittleBook, lines: int) -> LittleBook:
    (book.folder / "chapter.md").unlink(missing_ok=True)
    contents = "contents: {front: [list-of-figures], body: [one.md, two.md]}\n"
    one = ONE.replace("BODY", LINE * lines)
    return book.add(book_yaml=HEAD + contents, one_md=one, two_md=TWO, x_svg=PICTURE)


def _pages(book: LittleBook) -> list[str]:
    with pypdfium2.PdfDocument(book.made("pdf")) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


@pytest.mark.parametrize("lines", [3, 60])
def test_page_references_move_when_a_chapter_grows(book: LittleBook, lines: int) -> None:
    """A page that is named is the page that bears that number, before and behind the reference."""
    made = _book(book, lines).octavo("build")

    assert made.code == 0, made.said
    pages = _pages(book)
    (forward,) = re.findall(r"Forward: Figure\s1 on page\s(\d+)", " ".join(pages))
    (listed,) = re.findall(r"Figure 1\s?The end\.\s?(\d+)", " ".join(pages), re.IGNORECASE)
    (of_figure,) = [text for text in pages if "Figure 1. The end." in text]
    assert of_figure.startswith(f"{forward} ")
    assert listed == forward
    assert int(forward) == (3 if lines == 3 else 5)
    assert "Back: page 1." in of_figure


def test_both_editions_say_the_same_but_for_pages(book: LittleBook) -> None:
    """The EPUB has the words of every reference, no page, and no fault that EPUBCheck knows."""
    _book(book, 3).octavo("build")

    proof = book.proof()
    assert proof.findings == ()
    epub = next((book.folder / "out").glob("*.epub"))
    assert epubcheck(epub) == ()


def test_a_page_number_that_swings_is_told(book: LittleBook) -> None:
    """Seven times “viii” take a line more than seven times “ix”, and that line turns the page.

    The book ends, and is not written with a number that is not true.
    """
    (book.folder / "chapter.md").unlink()
    text = f"# Preface\n\nSee {', '.join(['[](#t){.page}'] * 7)}.\n\n"
    fitting = text + "A line.\n\n" * 266 + "[Here]{#t} it is.\n"
    swinging = text + "A line.\n\n" * 270 + "[Here]{#t} it is.\n"
    contents = "contents: {front: [preface.md], body: [one.md]}\n"
    book.add(book_yaml=HEAD + contents, one_md="# One\n\nText.\n", preface_md=fitting)

    assert book.octavo("pdf").code == 0
    last_good = book.made("pdf")
    told = book.add(preface_md=swinging).octavo("pdf")

    assert told.code == 1
    assert "preface.md:1: error" in told.said
    assert "[unsettled-page-numbers]" in told.said
    assert book.made("pdf") == last_good


@pytest.mark.parametrize("place", ["page", "chapter"])
def test_no_line_begins_with_the_call_of_a_note(book: LittleBook, place: str) -> None:
    """A call stays with what it stands behind, however the line falls."""
    endings = ("end.", "(this).", "“here!”", "word", "et al.")
    sentences = (
        f"{'x' * length} and some text that runs along until {ending}[^{length}-{at}] And so on.\n"
        f"\n[^{length}-{at}]: N.\n"
        for length in range(1, 31)
        for at, ending in enumerate(endings)
    )
    text = "# One\n\n" + "\n".join(sentences)
    book.add(book_yaml=f"{HEAD}notes: {place}\n", chapter_md=text)

    assert book.octavo("pdf").code == 0
    lines = [line for page in _lines(book) for line in page]
    assert len(lines) > 30 * len(endings)
    assert [line for line in lines if re.match(r"\W*\d+ And", line)] == []


def _lines(book: LittleBook) -> list[list[str]]:
    with pypdfium2.PdfDocument(book.made("pdf")) as pdf:
        return [page.get_textpage().get_text_range().splitlines() for page in pdf]


def test_a_mark_alone_at_the_end_of_a_section_has_a_page(book: LittleBook) -> None:
    """A paragraph that shows nothing stands on the page of what it follows."""
    contents = "contents: {body: [chapter.md], back: [index]}\n"
    book.add(book_yaml=f"{HEAD}{contents}", chapter_md="# A\n\nText.\n\n[]{.index entry=C}\n")

    made = book.octavo("pdf")

    assert made.code == 0, made.said
    assert any("C, 1" in page for page in _pages(book))
