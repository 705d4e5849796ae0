"""Laws of citations in the text: keys, pages, and what happens when none can be rendered."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from octavo.book import citation
from octavo.markup import serialize
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

    assert 'href="#ref-lee"' in serialize(*linked)
    assert "href" not in serialize(*proof.section("chapter").body)
    assert proof.codes == ["book.yaml no-bibliography"]


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
