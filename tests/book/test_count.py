"""How long a book is."""

from __future__ import annotations

from dataclasses import replace

from octavo.book.count import words_in
from octavo.diagnostics import Location
from octavo.markup import parse
from octavo.model import Element, Matter, NumberedNote, Section

PLACE = Location("one.md", 1)


def blocks(text: str) -> tuple[Element, ...]:
    return tuple(node for node in parse(text) if isinstance(node, Element))


CHAPTER = Section(
    id="one",
    role="chapter",
    matter=Matter.BODY,
    location=PLACE,
    title=("A Title",),
    epigraph=blocks("<p>One epigraph</p>"),
    body=blocks("<p>Three <em>wo</em>rds here</p><ul><li>four</li><li>– five</li></ul>"),
    notes=(NumberedNote("note-one-1", "a", "1", "call-1", blocks("<p>And a note</p>"), PLACE),),
)


def test_all_that_was_written_counts() -> None:
    """Title, epigraph, text, notes count; neighbouring blocks are two words, a dash is none."""
    assert words_in([CHAPTER]) == 2 + 2 + 5 + 3


def test_pages_of_the_press_do_not_count() -> None:
    """Contents or index say nothing that was not written elsewhere."""
    assert words_in([CHAPTER, replace(CHAPTER, generated=True)]) == words_in([CHAPTER])
