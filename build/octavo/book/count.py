"""How long a book is: the words that were written, the same in every edition that says them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book.endnotes import PAGE
from octavo.markup import BLOCKS, rewrite_all, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octavo.model import Element, Node, Section


def words_in(sections: Iterable[Section]) -> int:
    """Count the words of titles, epigraphs, text and notes.

    Of generated pages nothing counts but the notes of other sections.
    """
    return sum(_count(*_texts(section)) for section in sections)


def _texts(section: Section) -> tuple[Node, ...]:
    notes = tuple(element for note in section.notes for element in note.content)
    if section.generated:
        return notes if section.role == PAGE else ()
    return (*section.title, " ", *section.epigraph, *section.body, *notes)


def _count(*nodes: Node) -> int:
    words = text_of(*rewrite_all(nodes, _apart)).split()
    return sum(any(map(str.isalnum, word)) for word in words)


def _apart(element: Element) -> Element:
    """Put white space around a block, which may begin where another ends."""
    if element.tag not in BLOCKS:
        return element
    return replace(element, children=(" ", *element.children, " "))
