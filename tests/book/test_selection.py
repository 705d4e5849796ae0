"""Laws of passages for one edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.markup import serialize, text_of
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

EPUB, PDF = Medium.EPUB, Medium.PDF
BOOK = "title: T\ncontents: [contents, a.md, b.md]\n"


def _body(book: LittleBook, text: str, medium: Medium) -> str:
    """Return the body of a chapter of this text in an edition, as XHTML on one line."""
    body = book.add(chapter_md=f"# A\n\n{text}\n").proof(medium).section("chapter").body
    return serialize(*body).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "epub", "pdf"),
    [
        ("a [b]{.only-print}[c]{.only-epub}", "<p>a c</p>", "<p>a b</p>"),
        ("::: only-print\nb\n:::", "", "<p>b</p>"),
        ("[b]{.only-paperback}", "", "<p>b</p>"),
        ("[b]{.only-print .only-epub}", "<p>b</p>", "<p>b</p>"),
        ("- a\n- [b]{.only-print}", "<ul><li>a</li></ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("> [b]{.only-print}", "", "<blockquote><p>b</p></blockquote>"),
        (
            "[b]{.only-print .big}",
            "",
            '<p><span class="only-print big">b</span></p>',
        ),
        (
            "## B {.only-print}",
            "",
            '<h2 class="only-print" id="chapter--b">B</h2>',
        ),
    ],
)
def test_an_edition_has_its_own_passages(book: LittleBook, text: str, epub: str, pdf: str) -> None:
    """A passage stands where it is meant to; what is empty without it goes, as does its mark."""
    assert (_body(book, text, EPUB), _body(book, text, PDF)) == (epub, pdf)


def test_an_empty_cell_keeps_its_place(book: LittleBook) -> None:
    """A table has its columns in every edition, and a cell that was empty stays."""
    text = _body(book, "| a | b |\n| --- | --- |\n| [c]{.only-print} | d |\n|  | e |", EPUB)

    assert text.count("<td") == 4


def test_a_note_for_one_edition_takes_its_calls_with_it(book: LittleBook) -> None:
    """No number is left behind where the whole note is for another edition, and none is skipped."""
    text = "# A\n\na[^p] b[^n]\n\n[^p]: ::: only-print\n    P\n    :::\n\n[^n]: N\n"
    book.add(chapter_md=text.replace("[^p]: :::", "[^p]:\n    :::"))

    epub, pdf = (book.proof(medium).section("chapter") for medium in (EPUB, PDF))

    assert [(n.label, n.mark) for n in epub.notes] == [("n", "1")]
    assert [(n.label, n.mark) for n in pdf.notes] == [("p", "1"), ("n", "2")]
    assert serialize(*epub.body).count("<note") == 1


def test_a_note_called_only_in_a_passage_is_numbered_only_there(book: LittleBook) -> None:
    """Notes are counted after the passages are chosen."""
    book.add(chapter_md="# A\n\n[a[^p]]{.only-print} b[^n]\n\n[^p]: P\n\n[^n]: N\n")

    epub, pdf = (book.proof(medium).section("chapter") for medium in (EPUB, PDF))

    assert [n.label for n in epub.notes] == ["n"]
    assert [n.label for n in pdf.notes] == ["p", "n"]


def test_a_chapter_for_one_edition_leaves_no_trace_in_the_other(book: LittleBook) -> None:
    """An edition without a chapter's text has no such section, line of contents, or number."""
    book.add(book_yaml=BOOK, a_md="::: only-print\n# A\n\nText.\n:::\n", b_md="# B\n")

    epub, pdf = book.proof(EPUB), book.proof(PDF)

    assert [s.id for s in epub.rendition.book.sections] == ["contents", "b"]
    assert epub.section("b").label == "Chapter 1"
    assert "Chapter 2" in text_of(pdf.leaf("contents").content)
    assert pdf.section("a").title_text == "A"


def test_chapters_outlive_their_part(book: LittleBook) -> None:
    """The chapters of a part that an edition lacks stand in the contents by themselves."""
    yaml = "title: T\ncontents: {front: [contents], body: [{part: a.md, chapters: [b.md]}]}\n"
    book.add(book_yaml=yaml, a_md="::: only-print\n# A\n:::\n", b_md="# B\n")

    epub = book.proof(EPUB)

    assert epub.section("b").part == ""
    assert 'href="#b"' in serialize(epub.leaf("contents").content)


def test_an_epigraph_is_chosen_too(book: LittleBook) -> None:
    """Passages of an epigraph are for their edition like any others."""
    book.add(chapter_md='---\nepigraph: "a [b]{.only-print}"\n---\n# A\n')

    texts = [text_of(*book.proof(m).section("chapter").epigraph).strip() for m in (EPUB, PDF)]

    assert texts == ["a", "a b"]


def test_a_passage_for_no_edition_is_told_of(book: LittleBook) -> None:
    """A misspelt edition would lose the passage everywhere, so it is an error with a hint."""
    book.add(chapter_md="# A\n\na[^n]\n\n[b]{.only-prnt}\n\n[^n]: [c]{.only-hardback}\n")

    findings = book.proof().findings

    assert [(f.location.line, f.code) for f in findings[:2]] == [
        (5, "unknown-edition"),
        (7, "unknown-edition"),
    ]
    assert findings[0].hint == "did you mean “print”?"


def test_a_place_in_a_passage_is_not_in_the_other_edition(book: LittleBook) -> None:
    """A link to a place that an edition lacks is an error there, and none where the place is."""
    book.add(chapter_md="# A\n\n[here](#x)\n\n::: only-print\n## B {#x}\n:::\n")

    assert book.proof(PDF).codes == []
    assert book.proof(EPUB).codes == ["chapter.md:3 dangling-link"]
