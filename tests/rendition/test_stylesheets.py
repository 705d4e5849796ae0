"""Laws of the press's own print stylesheet, seen on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

if TYPE_CHECKING:
    from tests.conftest import LittleBook


def height(page: pypdfium2.PdfTextPage, at: int) -> float:
    """Return the height of a character's line: as its size is, whatever its shape."""
    _, bottom, _, top = page.get_charbox(at, loose=True)
    return float(top - bottom)


def call_after(page: pypdfium2.PdfTextPage, words: str) -> int:
    """Return the place of the call of a note behind words."""
    text = page.get_text_range()
    return next(n for n in range(text.index(words), len(text)) if text[n].isdecimal())


@pytest.mark.parametrize("place", ["page", "chapter"])
@pytest.mark.parametrize(("before", "size"), [("Title", 20), ("Below", 13), ("Quoted", 10.5)])
def test_the_call_of_a_note_is_in_proportion_to_the_text_around_it(
    book: LittleBook, place: str, before: str, size: float
) -> None:
    """In a heading the call of a note is no speck: as its text to that of the body, 11 pt."""
    book.add(
        book_yaml=f"title: T\nnotes: {place}\ncontents: {{body: [chapter.md]}}\n",
        chapter_md="# Title^[A.]\n\nText.\n\n## Below^[B.]\n\n> Quoted^[C.]\n\nWords^[D.]\n",
    )
    book.octavo("pdf")
    with pypdfium2.PdfDocument(book.made("pdf")) as document:
        page = document[0].get_textpage()
        here, there = (height(page, call_after(page, words)) for words in (before, "Words"))

    assert here / there == pytest.approx(size / 11, rel=0.01)


def test_a_caption_is_not_squeezed_into_a_narrow_table(book: LittleBook) -> None:
    """A caption that a line can hold stands on one, however narrow its table is."""
    caption = "What this small table shows in the row below"
    book.add(chapter_md=f"# A\n\n| a | b |\n|---|---|\n| x | y |\n\n: {caption}\n")
    book.octavo("pdf")
    with pypdfium2.PdfDocument(book.made("pdf")) as document:
        pages = [page.get_textpage().get_text_range() for page in document]

    assert caption in "\n".join(pages).splitlines()
