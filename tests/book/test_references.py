"""Laws of citations in the text: keys, pages, and what happens when none can be rendered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from octavo.book import citation
from octavo.markup import serialize, text_of, walk
from octavo.model import Medium
from octavo.pandoc import PandocError

if TYPE_CHECKING:
    from tests.conftest import LittleBook

ITEMS = json.dumps(
    [
        {
            "id": key,
            "type": "book",
            "title": key.title(),
            "author": [{"family": key.title()}],
            "issued": {"date-parts": [[2001]]},
            "publisher": "Quay",
        }
        for key in ("lee", "wood")
    ]
)
BOOK = "title: T\nreferences: r.json\ncontents: [chapter.md, bibliography]\n"


@pytest.fixture
def citing(book: LittleBook) -> LittleBook:
    return book.add(book_yaml=BOOK, r_json=ITEMS)


def test_citations_stand_in_the_order_of_the_text(citing: LittleBook) -> None:
    """Each rendering is put where its citation was: title, text, notes."""
    citing.add(chapter_md="# A [@lee]\n\nx [@wood] y[^n]\n\n[^n]: z @lee\n")

    section = citing.proof().section("chapter")

    assert "Lee" in serialize(*section.title)
    assert "Wood" in serialize(*section.body)
    assert "Lee" in serialize(*section.notes[0].content)


def test_citations_lead_to_the_list_only_where_there_is_one(citing: LittleBook) -> None:
    """Without a page for the bibliography, citations are no links, and the author is told."""
    citing.add(chapter_md="# A\n\nx [@lee; @wood]\n")
    linked = citing.proof().section("chapter").body

    citing.add(book_yaml=BOOK.replace(", bibliography", ", contents"))
    proof = citing.proof()

    assert 'href="#bibliography.ref-lee"' in serialize(*linked)
    assert "href" not in serialize(*proof.section("chapter").body)
    assert proof.codes == ["book.yaml:3 no-bibliography"]


def test_unknown_and_unused_keys_are_told_of(citing: LittleBook) -> None:
    """An unknown key is an error in its line, with the nearest; an unused one a warning."""
    citing.add(chapter_md="# A\n\nx\n\ny [@leee]\n")

    proof = citing.proof(draft=True)

    assert proof.codes == [
        "chapter.md:5 undefined-key",
        "r.json:1 unused-reference",
        "r.json:1 unused-reference",
    ]
    assert proof.findings[0].hint == "did you mean “lee”? (in r.json:1)"
    assert '<mark class="fault">' in serialize(proof.leaf("chapter").content)


@pytest.mark.parametrize("medium", list(Medium))
def test_a_draft_shows_what_could_not_be_rendered(
    citing: LittleBook, medium: Medium, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the engine fails, each citation is a fault with its source, and nothing else is."""

    def fail(*_: object) -> None:
        raise PandocError("pandoc-failed", "it failed", "try again")

    citing.add(chapter_md="# A\n\nx [@lee, p. 3] y @wood\n")
    monkeypatch.setattr(citation, "cite", fail)

    proof = citing.proof(medium, draft=True)

    text = serialize(proof.leaf("chapter").content)
    assert proof.codes == ["book.yaml pandoc-failed"]
    assert text.count('class="fault"') == 2
    assert "[@lee, p. 3]" in text
    assert "<citation" not in text


def test_a_citation_that_a_style_prints_as_nothing_is_an_error(citing: LittleBook) -> None:
    """Nothing is left out in silence: its line is told, and a draft shows what was written."""
    chapter = "# A\n\nx @lee\n\ny [-@lee] @wood\n"
    citing.add(book_yaml=f"{BOOK}citations: mla\n", chapter_md=chapter)

    proof = citing.proof(draft=True)

    assert proof.codes == ["chapter.md:5 empty-citation"]
    assert "[-@lee]" in serialize(proof.leaf("chapter").content)


def test_a_bibliography_of_nothing_is_no_page(citing: LittleBook) -> None:
    """A book that cites nothing has no empty page."""
    assert [s.id for s in citing.proof().rendition.book.sections] == ["chapter"]


NOTES = f"{BOOK}language: en\ncitations: chicago-notes\n"
WORKS = json.dumps(
    [
        {"id": "jr", "type": "book", "title": "A letter", "author": [{"literal": "M. King Jr."}]},
        {"id": "ed", "type": "book", "title": "Twelve essays", "editor": [{"literal": "E. Schor"}]},
        {"id": "none", "type": "book", "title": "The book of common prayer"},
    ]
)


@pytest.fixture
def noting(book: LittleBook) -> LittleBook:
    return book.add(book_yaml=NOTES, r_json=WORKS)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("So says @jr.", "So says M. King Jr.1"),
        ("As @ed shows.", "As E. Schor1 shows."),
        ("As @none says.", "As The Book of Common Prayer1 says."),
        ("In @ed's book.", "In E. Schor’s1 book."),
        ('"Why?" [@jr]. So.', "“Why?”1 So."),
        ("It ended [@jr], they say.", "It ended,1 they say."),
    ],
)
def test_a_sentence_goes_on_around_its_note(noting: LittleBook, written: str, printed: str) -> None:
    """Names are whole, stops stand once, and the call stands where a copy editor puts it."""
    noting.add(chapter_md=f"# A\n\n{written}\n")

    content = noting.proof().leaf("chapter").content
    assert text_of(next(e for e in walk(content) if e.tag == "p" and e.line)) == printed


@pytest.mark.parametrize("style", ["chicago-notes", "apa", "ieee"])
def test_a_citation_within_a_link_is_no_link(citing: LittleBook, style: str) -> None:
    """Links cannot stand in each other (HTML Living Standard, 4.5.1)."""
    yaml = f"{BOOK}citations: {style}\n"
    citing.add(book_yaml=yaml, chapter_md="# A\n\n[see @lee [p. 3]](https://example.org) @wood\n")

    content = citing.proof().leaf("chapter").content

    inside = (e for link in walk(content) if link.tag == "a" for e in walk(*link.children))
    assert [e.tag for e in inside if e.tag == "a"] == []


def test_an_epigraph_cites_in_its_own_line(noting: LittleBook) -> None:
    """It has no notes: a style of notes prints the source where it stands."""
    noting.add(chapter_md="---\nepigraph: Words [@jr].\n---\n# A\n\nText [@ed; @none].\n")

    shown = text_of(*noting.proof().section("chapter").epigraph)

    assert "A Letter" in shown


def test_a_note_counts_where_it_is_called(citing: LittleBook) -> None:
    """Numbers follow the text, notes in their places."""
    yaml = f"{BOOK}citations: ieee\n"
    citing.add(book_yaml=yaml, chapter_md="# A\n\nx[^n] y [@wood]\n\n[^n]: See [@lee].\n")

    section = citing.proof().section("chapter")

    assert "[2]" in text_of(*section.body)
    assert "[1]" in text_of(*section.notes[0].content)


def test_what_another_edition_cites_is_not_unused(citing: LittleBook) -> None:
    """A reference is unused only if nothing cites it in any edition."""
    citing.add(chapter_md="# A\n\nx @lee\n\n::: only-epub\ny @wood\n:::\n")

    assert citing.proof(Medium.PDF).codes == []


def test_signs_have_no_numbers_to_refer_to(citing: LittleBook) -> None:
    """A style that says “(n 3)” needs notes with numbers."""
    yaml = f"{BOOK}citations: oscola\nnotes: {{numbers: symbols}}\n"
    citing.add(book_yaml=yaml, chapter_md="# A\n\nx [@lee; @wood]\n")

    assert citing.proof().codes == ["book.yaml:4 no-note-numbers"]


def test_a_heading_without_sources_is_told(citing: LittleBook) -> None:
    """A type that no source has is likely misspelt; the types that there are are named."""
    yaml = f"{BOOK}citations:\n  groups: [{{title: Letters, types: letter}}, Others]\n"
    citing.add(book_yaml=yaml, chapter_md="# A\n\nx [@lee; @wood]\n")

    (told,) = citing.proof().findings

    assert told.code == "empty-group"
    assert told.hint == "the types of your sources are: book"


PAGED = "title: T\nreferences: r.json\ncontents: [chapter.md,\n  %s]\n"
IDLE = {
    "citations: {bibliography: chapter,\n  uncited: true}\n": ("notes", [5]),
    "citations: {style: apa,\n  full-again: true}\n": ("bibliography", [5]),
    "citations: {style: ieee,\n  full-again: true}\n": ("bibliography", [5]),
    "citations: {bibliography: chapter}\n": ("bibliography", [4]),
    "notes: page\n": ("notes", [4]),
    "notes: {place: chapter}\n": ("notes", [4]),
    "citations: chicago-notes\n": ("notes, bibliography", []),
}


@pytest.mark.parametrize("yaml", IDLE)
def test_a_setting_that_does_nothing_is_told(citing: LittleBook, yaml: str) -> None:
    """What one line of book.yaml takes from another is said at the line without effect."""
    page, lines = IDLE[yaml]
    text = "# A\n\nx [@lee; @wood] y[^n]\n\n[^n]: Note.\n"
    citing.add(book_yaml=PAGED % page + yaml, chapter_md=text)

    idle = [each for each in citing.proof().findings if each.code == "idle-setting"]

    assert [each.location.line for each in idle] == lines


@pytest.mark.parametrize("contents", ["", "contents: [chapter.md]\n"])
def test_the_usual_pages_are_nobodys_setting(citing: LittleBook, contents: str) -> None:
    """Pages for notes and sources that no line asks for are not told."""
    yaml = f"title: T\nreferences: r.json\n{contents}citations: {{bibliography: chapter}}\n"
    yaml += "notes: page\n"
    citing.add(book_yaml=yaml, chapter_md="# A\n\nx [@lee; @wood] y[^n]\n\n[^n]: Note.\n")

    assert citing.proof().codes == []


@pytest.mark.parametrize(("unused", "lines"), [(5, [2, 3, 4, 5, 6]), (6, [2])])
def test_a_library_is_not_told_source_by_source(
    citing: LittleBook, unused: int, lines: list[int]
) -> None:
    """Five unused sources are told one by one; more, in one line at the first of them."""
    items = [{"id": f"k{number}", "type": "book"} for number in range(unused, -1, -1)]
    library = "[" + ",\n".join(map(json.dumps, items)) + "]"
    citing.add(chapter_md=f"# A\n\nx @k{unused}\n", r_json=library)

    told = [each for each in citing.proof().findings if each.code == "unused-reference"]

    assert [each.location.line for each in told] == lines
    if unused > 5:
        summary = "6 of 7 sources are cited by nothing: “k5”, “k4”, “k3” …"
        assert told[0].message == summary


BARE = {
    "[barthes_camera_1981]": True,
    "(barthes_camera_1981, p. 3)": True,
    "[-barthes_camera_1981: so]": True,
    "[barthes_camera_1981; plain]": True,
    "*x (camelKey)*": True,
    "[barthes2004, p. 3]": True,  # by the reader of the text
    "(see barthes_camera_1981)": False,
    "(barthes_camera)": False,
    "`(barthes_camera_1981)`": False,
    "[barthes_camera_1981](https://example.org)": False,
    "(plain, p. 3) (WHO) (1984)": False,
}


@pytest.mark.parametrize("written", BARE)
def test_a_key_without_its_sign_is_told(citing: LittleBook, written: str) -> None:
    """Once, in its line, where a bracket begins with it; a word of a sentence may be a key too."""
    keys = ("barthes_camera_1981", "camelKey", "barthes2004", "plain", "WHO", "1984")
    items = [{"id": key, "type": "book", "title": key} for key in keys]
    text = f"# A\n\nx *y\nz* `c`\ne\n{written}\n"
    citing.add(chapter_md=text, r_json=json.dumps(items))

    codes = [code for code in citing.proof().codes if "doubtful" in code]

    assert codes == (["chapter.md:6 doubtful-citation"] if BARE[written] else [])


def test_a_key_without_its_sign_is_told_wherever_it_stands(citing: LittleBook) -> None:
    """In titles, epigraphs, tables, lists and notes."""
    text = "---\nepigraph: Words (k_1).\n---\n# A (k_1)\n\nx[^n]\n\n- (k_1)\n\n[^n]: (k_1)\n"
    citing.add(chapter_md=text, r_json='[{"id": "k_1", "type": "book", "title": "T"}]')

    codes = [code for code in citing.proof().codes if "doubtful" in code]

    assert codes == [f"chapter.md:{line} doubtful-citation" for line in (2, 4, 8, 10)]


def test_a_source_without_a_heading_is_told_once(citing: LittleBook) -> None:
    """However many chapters list it."""
    yaml = (
        "title: T\nreferences: r.json\ncontents: [one.md, two.md]\n"
        "citations: {bibliography: chapter, groups: [{title: Reports, types: report}]}\n"
    )
    text = "x [@lee; @wood]\n"
    citing.add(book_yaml=yaml, one_md=f"# One\n\n{text}", two_md=f"# Two\n\n{text}")

    assert citing.proof().codes.count("r.json:1 ungrouped-reference") == 2


def test_a_reference_that_cannot_be_read_is_told_in_its_line(citing: LittleBook) -> None:
    """The engine names it by its number; the author finds it by file and line."""
    bad = '[{"id": "lee", "type": "book", "title": "T"},\n{"id": "wood", "author": "Wood"}]'
    citing.add(chapter_md="# A\n\nx [@lee; @wood]\n", r_json=bad)

    assert "r.json:2 bad-reference" in citing.proof(draft=True).codes


def test_a_missing_page_is_told_where_book_yaml_needs_it(citing: LittleBook) -> None:
    """At ``contents``, which lacks it, and at ``notes``, which asks for it."""
    yaml = "title: T\nreferences: r.json\ncontents:\n  - chapter.md\n  - contents\nnotes: book\n"
    text = "# A\n\nx [@lee; @wood] y[^n]\n\n[^n]: Note.\n"
    citing.add(book_yaml=yaml, chapter_md=text)

    codes = citing.proof(draft=True).codes

    assert codes == ["book.yaml:5 no-bibliography", "book.yaml:6 no-notes-page"]
