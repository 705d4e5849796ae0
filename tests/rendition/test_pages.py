"""Laws of the pages that templates make, and of what a book's own template may do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from octavo.markup import parse, serialize, text_of, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

FAULTS = {
    "a syntax error": ("<p>\n{% if %}</p>", 2, "Expected an expression"),
    "an undefined variable": ("<p>\n\n{{ nosuch }}</p>", 3, "nosuch"),
    "a value that is not there": ("{{ book.nosuch.x }}", 1, "nosuch"),
    "a division by nothing": ("\n{{ 1 / 0 }}", 2, "division by zero"),
    "a way out of the sandbox": ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
    "a way out by a format": ('{{ "{0.__class__}".format(book) }}', 1, "unsafe"),
    "an include": ("{% include 'other.xhtml' %}", 1, "loader"),
    "a macro without an end": ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", 1, "recursion"),
    "a row that is too long": ("{% for i in range(1000000) %}{% endfor %}", 1, "Range too big"),
    "a change of the book": ("{{ authors.append('x') }}", 1, "unsafe"),
    "a filter on the wrong thing": ("{{ book|dictsort }}", 1, "items"),
}
MALFORMED = {"an open element": "<p>", "an entity": "<p>&nosuch;</p>", "an attribute": "<p a>x</p>"}


@pytest.mark.parametrize("name", FAULTS)
def test_a_faulty_template_is_told_of_with_its_line(book: LittleBook, name: str) -> None:
    """Whatever a template does wrong is an error in its own file, and a draft shows the place."""
    text, line, words = FAULTS[name]
    book.add(templates__opening_xhtml=text)

    proof = book.proof(draft=True)

    (finding,) = {f for f in proof.findings if f.code == "template-error"}
    assert (finding.location.file, finding.location.line) == ("templates/opening.xhtml", line)
    assert words in finding.message
    assert "[template-error] opening.xhtml" in text_of(proof.leaf("chapter").content)


@pytest.mark.parametrize("name", MALFORMED)
@pytest.mark.parametrize("template", ["opening", "title-page", "cover"])
def test_a_result_that_is_not_well_formed_is_told_of(
    book: LittleBook, template: str, name: str
) -> None:
    """What a template makes has to be well-formed, and the cover is no exception."""
    book.add(**{f"templates__{template}_xhtml": MALFORMED[name]})

    proof = book.proof(draft=True)

    assert proof.codes == [f"templates/{template}.xhtml template-error"]
    assert parse(proof.rendition.cover[0])


def test_texts_of_the_book_are_no_markup(book: LittleBook) -> None:
    """What book.yaml says is text, whatever characters it holds."""
    book.add(book_yaml='title: "A <b> & {{ C }}"\nsubtitle: "<script>"\n')

    proof = book.proof()

    assert "A <b> & {{ C }}<script>" in text_of(proof.leaf("title-page").content).replace("\n", "")
    assert {"b", "script"} & {
        e.tag for leaf in proof.rendition.leaves for e in walk(leaf.content)
    } == set()


def test_lines_of_titles_and_epigraphs_are_those_of_the_file(book: LittleBook) -> None:
    """What a template passes on keeps its line; what it makes itself has none."""
    book.add(chapter_md="---\nepigraph:\n  text: An *old* word\n---\n\n# A *B*\n\nText.\n")

    opening = book.proof().leaf("chapter").content.children[0]

    assert [(e.tag, e.line) for e in walk(opening) if e.line] == [("em", 6), ("p", 3), ("em", 3)]
    assert "octavo-line" not in serialize(opening)


def test_the_head_of_a_section_says_all_of_its_header(book: LittleBook) -> None:
    """Subtitle and author are shown though there is no title, as over a dedication."""
    book.add(
        book_yaml="title: T\ncontents: [dedication.md, chapter.md]\n",
        dedication_md="---\nsubtitle: S\nauthor: W\n---\n\nTo M.\n",
    )

    text = serialize(book.proof().leaf("dedication").content)
    assert re.findall(r">(\w.*?)</p>", text) == ["S", "W", "To M."]


@pytest.mark.parametrize(
    ("also", "said"),
    [
        ("", ["First published 1 August 2026"]),
        ("edition: Second edition", ["Second edition, 1 August 2026"]),
        ("version: '1.2'", ["Version 1.2, 1 August 2026"]),
        ("edition: New\nversion: '2'", ["New, 1 August 2026", "Version 2"]),
        ("language: fr\nsubtitle: S", ["Première publication 1er\u00a0août 2026"]),
    ],
)
def test_the_date_on_the_copyright_page_says_what_it_is_of(
    book: LittleBook, also: str, said: list[str]
) -> None:
    """A date stands with the edition or the version that came out then, and never bare."""
    book.add(book_yaml=f"title: T\ndate: 2026-08-01\n{also}\ncontents: [copyright, chapter.md]\n")

    page = book.proof().leaf("copyright").content

    first, *rest = [text_of(e).strip() for e in walk(page) if e.tag == "p"]
    assert rest == said
    assert first == ("T\u00a0: S" if "subtitle" in also else "T")


def test_the_contents_page_names_parts_with_their_chapters(book: LittleBook) -> None:
    """Chapters stand below their part, display pages are not named, labels are kept."""
    yaml = (
        "title: T\ncontents:\n  front: [title-page, contents, dedication.md]\n"
        "  body: [{part: p.md, chapters: [chapter.md]}, z.md]\n"
    )
    book.add(book_yaml=yaml, dedication_md="M.\n", p_md="# P\n", z_md="# Z\n")

    page = book.proof(Medium.PDF).leaf("contents").content

    (listing,) = (e for e in walk(page) if e.get("class") == "contents-list")
    assert [(e.get("of")) for e in walk(page) if e.tag == "folio"] == ["p", "chapter", "z"]
    assert [len([e for e in walk(item) if e.tag == "a"]) for item in listing.children
            if not isinstance(item, str)] == [2, 1]  # fmt: skip


def test_a_part_that_is_not_named_hides_no_chapter(book: LittleBook) -> None:
    """A part whose role is that of a display page leaves its chapters in the contents."""
    yaml = "title: T\ncontents: {front: [contents], body: [{part: p.md, chapters: [chapter.md]}]}\n"
    book.add(book_yaml=yaml, p_md="---\nrole: epigraph\n---\n# P\n")

    assert 'href="#chapter"' in serialize(book.proof().leaf("contents").content)


def test_a_cover_of_type_is_made_only_without_a_picture(book: LittleBook) -> None:
    """A faulty cover template is of no concern where book.yaml names a picture."""
    book.add(
        book_yaml="title: T\ncover: c.svg\n",
        c_svg='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        templates__cover_xhtml="{{ nosuch }}",
    )

    proof = book.proof()

    assert proof.rendition.cover == ("", "")
    assert proof.codes == []
