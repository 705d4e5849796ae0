"""Laws of notes: numbers, calls, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.markup import serialize, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.model import Section

IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
PLACES = {
    "the title": "# A[^n]\n\nText.\n",
    "a heading": "# A\n\n## B[^n]\n",
    "a table": "# A\n\n| a | b |\n| --- | --- |\n| c[^n] | d |\n",
    "a caption": "# A\n\n![a *b*[^n]](s.svg)\n",
    "a list": "# A\n\n1. a[^n]\n",
    "a quotation": "# A\n\n> a[^n]\n",
    "a definition": "# A\n\na[^n]\n: b\n",
    "a link": "# A\n\n[a[^n]](https://example.org)\n",
}


def _calls(section: Section) -> list[tuple[str, str, str]]:
    elements = walk(*section.title, *section.body)
    calls = (element for element in elements if element.tag == "note")
    return [(call.get("id"), call.get("note"), call.get("mark")) for call in calls]


@pytest.mark.parametrize("text", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("medium", list(Medium))
def test_a_note_may_be_called_anywhere(book: LittleBook, text: str, medium: Medium) -> None:
    """Wherever a note is called, its text comes into the book once, and no fault."""
    book.add(chapter_md=f"{text}\n[^n]: What the note says.\n", s_svg=IMAGE)

    proof = book.proof(medium)

    shown = serialize(proof.leaf("chapter").content)
    assert proof.codes == []
    assert shown.count("What the note says.") == 1
    assert 'class="fault"' not in shown


def test_notes_are_numbered_in_the_order_of_their_first_call(book: LittleBook) -> None:
    """Texts may stand in any order; a second call has the number of the first, and its own id."""
    book.add(chapter_md="# A[^c]\n\nx[^b] y[^a] z[^b]\n\n[^a]: A\n\n[^b]: B\n\n[^c]: C\n")

    section = book.proof().section("chapter")

    marks = [(note.label, note.mark) for note in section.notes]
    assert marks == [("c", "1"), ("b", "2"), ("a", "3")]
    assert _calls(section) == [
        ("chapter.call-1", "chapter.note-1", "1"),
        ("chapter.call-2", "chapter.note-2", "2"),
        ("chapter.call-3", "chapter.note-3", "3"),
        ("chapter.call-2.2", "chapter.note-2", "2"),
    ]


def test_every_section_counts_for_itself(book: LittleBook) -> None:
    """The same label in two files means two notes, and each is number 1."""
    text = "# A\n\nx[^n] y[^n]\n\n[^n]: N\n"
    yaml = "title: T\ncontents: [a.md, a-1.md, chapter.md]\n"

    proof = book.add(book_yaml=yaml, a_md=text, **{"a-1_md": text + "\nz^[M]\n"}).proof()

    a, other = proof.section("a"), proof.section("a-1")
    ids = [name for section in (a, other) for name, _, _ in _calls(section)]
    assert (len(a.notes), len(other.notes)) == (1, 2)
    assert len(set(ids)) == len(ids)


def test_a_note_in_a_note_is_refused(book: LittleBook) -> None:
    """A page's foot has no foot of its own: the author is told, and a draft shows the place."""
    book.add(chapter_md="# A\n\nx[^a]\n\n[^a]: A[^b]\n\n[^b]: B\n")

    for medium in Medium:
        proof = book.proof(medium, draft=True)

        assert "chapter.md:5 note-in-note" in proof.codes
        assert "[b]" in serialize(proof.leaf("chapter").content)


def test_an_epigraph_calls_no_note(book: LittleBook) -> None:
    """A note of an epigraph is refused, and never taken for another that the text calls."""
    book.add(chapter_md='---\nepigraph: "a^[lost]"\n---\n# A\n\nx^[kept]\n')

    proof = book.proof()

    assert proof.codes == ["chapter.md:2 note-in-epigraph"]
    assert serialize(*proof.section("chapter").epigraph).count("<note") == 0


@pytest.mark.parametrize("medium", list(Medium))
def test_a_note_without_text_breaks_nothing(book: LittleBook, medium: Medium) -> None:
    """An empty note is told of, and a draft is still made."""
    book.add(chapter_md="# A\n\nx[^a]\n\n[^a]:\n")

    assert "chapter.md:5 empty-note" in book.proof(medium, draft=True).codes
