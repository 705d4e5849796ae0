"""Laws of a rendition as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.markup import serialize, text_of, walk
from octavo.model import Medium
from octavo.rendition import pages

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.model import Book


@pytest.mark.parametrize("medium", list(Medium))
def test_the_same_book_reads_the_same_every_time(book: LittleBook, medium: Medium) -> None:
    """Nothing of a rendition hangs on chance or time."""
    book.add(chapter_md="# A\n\nx[^n] [y]{.index}\n\n[^n]: N\n")

    assert book.proof(medium).rendition == book.proof(medium).rendition


def test_a_section_is_called_by_its_heading_where_one_is_shown(book: LittleBook) -> None:
    """``aria-labelledby`` names the heading, and is left out where a template shows none."""
    named = book.proof().leaf("chapter").content
    book.add(templates__opening_xhtml="<p>{{ title }}</p>")
    unnamed = book.proof().leaf("chapter").content

    assert named.get("aria-labelledby") == "chapter.heading"
    assert "chapter.heading" in {e.get("id") for e in walk(named)}
    assert unnamed.get("aria-labelledby") == ""


def test_print_has_no_words_for_reading_systems(book: LittleBook) -> None:
    """``epub:type`` and roles of sections belong to the EPUB."""
    texts = [serialize(book.proof(medium).leaf("chapter").content) for medium in Medium]

    assert ["epub:type" in text for text in texts] == [True, False]


def test_a_section_without_a_heading_has_a_name(book: LittleBook) -> None:
    """A dedication shows no heading, and documents and outlines still can name it."""
    yaml = "title: T\ncontents: [dedication.md, title-page, chapter.md]\n"

    proof = book.add(book_yaml=yaml, dedication_md="To M.\n").proof()

    assert (proof.leaf("dedication").title, proof.leaf("title-page").title) == (
        "Dedication",
        "Title Page",
    )


def test_a_draft_says_so_in_every_document(book: LittleBook) -> None:
    """Each document of a draft EPUB begins with a notice; print has it from elsewhere."""
    epub = book.proof(Medium.EPUB, draft=True).rendition
    print_ = book.proof(Medium.PDF, draft=True).rendition

    assert all("DRAFT" in text_of(leaf.content.children[0]) for leaf in epub.leaves)
    assert not any("DRAFT" in text_of(leaf.content) for leaf in print_.leaves)


def test_the_contents_are_listed_once_a_book(
    book: LittleBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book of many chapters does not list all of them again for each of them."""
    books: list[Book] = []
    contents = pages.contents

    def counted(book: Book) -> tuple[pages.Listed, ...]:
        books.append(book)
        return contents(book)

    monkeypatch.setattr(pages, "contents", counted)
    names = [f"c{number}.md" for number in range(9)]
    book.add(**{name.replace(".", "_"): "# C\n" for name in names})
    book.add(book_yaml=f"title: T\ncontents: [chapter.md, {', '.join(names)}]\n")

    book.proof()

    assert len(books) == 1
