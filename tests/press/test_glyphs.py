"""Characters that no face has are told, and marked, before a page is set."""

from __future__ import annotations

from octavo.diagnostics import Diagnostic, Location
from octavo.markup import parse, serialize
from octavo.model import (
    Book,
    Edition,
    Element,
    Leaf,
    Matter,
    Medium,
    Metadata,
    Rendition,
    Section,
)
from octavo.press.glyphs import OF_SCRIPT, marked

PLACE = Location("one.md", 1)


def rendition(text: str) -> Rendition:
    """Return a book of one section."""
    (content,) = parse(text)
    assert isinstance(content, Element)
    section = Section("one", "chapter", Matter.BODY, PLACE)
    book = Book(Metadata("A Book"), Edition("p", Medium.PDF), (section,), {}, {})
    return Rendition(book, (Leaf(section, content, "One"),), ())


def test_a_character_without_a_shape_is_told_with_its_line_and_marked() -> None:
    """The error names character, file and line; a draft shows a fault in its place."""
    said: list[Diagnostic] = []

    made = marked(
        rendition("<section>\n<p>ab☃c<em>☃</em></p></section>"), frozenset("abc"), said.append
    )

    assert [(each.code, each.location) for each in said] == [
        ("missing-character", Location("one.md", 2)),
        ("missing-character", Location("one.md", 2)),
    ]
    assert "U+2603" in said[0].message
    fault = '<mark class="fault">[missing-character] U+2603</mark>'
    assert serialize(made.leaves[0].content) == (
        f"<section>\n<p>ab{fault}c<em>{fault}</em></p></section>"
    )


def test_what_has_no_shape_needs_none() -> None:
    """Spaces, soft hyphens, joiners and line ends are never missing."""
    whole = rendition("<section><p>a\u00a0\u202f\u00ad\u200d\tb\n</p></section>")
    said: list[Diagnostic] = []

    made = marked(whole, frozenset("ab"), said.append)

    assert said == []
    assert made == whole


def test_letters_of_another_script_are_told_with_what_can_be_done() -> None:
    """A letter that print has no face for has a hint of its own; a sign can be replaced."""
    said: list[Diagnostic] = []

    marked(rendition("<section><p>漢☃</p></section>"), frozenset("a"), said.append)

    assert [each.hint == OF_SCRIPT for each in said] == [True, False]
