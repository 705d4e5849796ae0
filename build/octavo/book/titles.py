"""Titles as other places show them: in the contents, the navigation, the outline, the heads."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book.words import words
from octavo.markup import rewrite_all, text_of, with_attributes
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.model import Node, Section

LEFT_OUT = frozenset({"note", "definition", "fault", "folio"})
CITATION = "citation"
NARRATIVE = "narrative"
"""The mode and the class of a citation that is part of the sentence."""
KEPT = frozenset({"class", "lang"})
WHOLE = frozenset({"formula", "math", "svg"})
"""Elements that mean nothing without all that they hold."""
LABEL, HEADING_NUMBER = "caption-label", "section-number"
"""The classes of the numbers that the press puts before captions and headings."""


def plain(title: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a title for a list: no notes, citations, links, ids or faults; pictures in words.

    Formulas stay as they are, and references until they are said, without their pages.
    """
    return rewrite_all(title, _listed, WHOLE)


def retitled(before: Section, section: Section) -> Section:
    """Return a section with the words of its title, of which the press has put some in place."""
    if section.title == before.title:
        return section
    words = text(section.title)
    own = before.short_title != before.title_text
    return replace(section, title_text=words, short_title=before.short_title if own else words)


def text(title: tuple[Node, ...]) -> str:
    """Return the words of a title, on one line."""
    return " ".join(text_of(*plain(title)).split())


def labelled(section: Section, name: str, language: str) -> str:
    """Return a section's title with its label before it: ``Secret 1. Create a Sense of Mystery``.

    ``name`` is what a section without a title of its own is called.
    """
    if section.label and section.title_text:
        return f"{section.label}{words(language)['separator']}{section.title_text}"
    return section.label or section.title_text or name


def _listed(element: Element) -> Node | tuple[Node, ...]:
    if element.tag in LEFT_OUT or _is_aside(element) or is_number(element):
        return ()
    if element.tag == "reference":
        return with_attributes(element, form=None)
    if element.tag == "img":
        return element.get("alt")
    if element.tag == "br":
        return " "
    kept = tuple((name, value) for name, value in element.attributes if name in KEPT)
    if element.tag in {"a", CITATION} or (
        element.tag in {"span", "dfn"} and _says_nothing(element)
    ):
        return element.children
    return Element(element.tag, kept, element.children, element.line)


def is_number(element: Element) -> bool:
    """Tell whether an element is a number that the press put before a caption or a heading."""
    return not element.line and not {LABEL, HEADING_NUMBER}.isdisjoint(element.classes)


def _is_aside(element: Element) -> bool:
    """Tell whether an element is a citation in parentheses, before or after it is rendered."""
    if element.tag == CITATION:
        return element.get("mode") != NARRATIVE
    return CITATION in element.classes and NARRATIVE not in element.classes


def _says_nothing(span: Element) -> bool:
    """Tell whether an element is there for index, glossary or bibliography only."""
    if span.tag == "dfn" and not span.classes:
        return False  # an author's own
    return not span.get("lang") and set(span.classes) <= {"index", "term", CITATION, NARRATIVE}
