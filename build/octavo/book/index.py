"""The index: marks gathered from the text, drawn up as a page.

``[term]{.index}`` marks a place under the words in the brackets, ``entry="…"`` under other words,
``entry="space!as punishment"`` under a sub-entry; ``see="…"`` and ``see-also="…"`` refer to
another entry.  In print an entry names pages, in the EPUB the sections the marks stand in.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book.texts import rewritten
from octavo.book.words import words
from octavo.markup import joined, text_of, with_attributes
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.model import Node, Section

PAGE = "index"
MARK = "index"
BETWEEN = "!"
"""Stands between an entry and its sub-entry."""


@dataclass(slots=True)
class _Entry:
    """An entry while it is gathered: the marks' ids with their sections, and what is below."""

    places: list[tuple[str, Section]] = field(default_factory=list)
    see: dict[str, None] = field(default_factory=dict)
    see_also: dict[str, None] = field(default_factory=dict)
    below: dict[str, _Entry] = field(default_factory=dict)


def gather(sections: tuple[Section, ...], medium: Medium, language: str) -> tuple[Section, ...]:
    """Return the sections with every mark an id, and the index page with its entries."""
    root = _Entry()
    marked = tuple(_marked(section, root) for section in sections)
    body = _page(root, medium, language)
    return tuple(
        replace(section, body=body) if section.generated and section.role == PAGE else section
        for section in marked
    )


def _marked(section: Section, root: _Entry) -> Section:
    count = 0

    def mark(element: Element) -> Node:
        nonlocal count
        if element.tag != "span" or MARK not in element.classes:
            return element
        count += 1
        name = element.get("id") or f"ix-{section.id}-{count}"
        entry = root
        for words_ in (element.get("entry") or text_of(element)).split(BETWEEN):
            entry = entry.below.setdefault(" ".join(words_.split()), _Entry())
        see, also = element.get("see"), element.get("see-also")
        if see:
            entry.see[see] = None
        else:
            entry.places.append((name, section))
        if also:
            entry.see_also[also] = None
        plain = with_attributes(element, entry=None, see=None, see_also=None)
        return with_attributes(plain, id=name)

    return rewritten(section, mark)


def _page(root: _Entry, medium: Medium, language: str) -> tuple[Element, ...]:
    groups: dict[str, list[Element]] = {}
    for term, entry in _sorted(root):
        item = _item(term, entry, medium, language)
        groups.setdefault(_letter(term), []).append(item)
    return tuple(
        Element("ul", (("class", "index-group"),), tuple(items)) for items in groups.values()
    )


def _item(term: str, entry: _Entry, medium: Medium, language: str) -> Element:
    own = words(language)
    parts: list[Node] = [term]
    for locator in _locators(entry, medium):
        parts += [", ", locator]
    for key, terms in (("see", entry.see), ("see-also", entry.see_also)):
        if terms:
            word = Element("em", (), (own[key],))
            parts += ["; " if entry.places else ", ", word, " " + "; ".join(terms)]
    below = tuple(_item(sub, inner, medium, language) for sub, inner in _sorted(entry))
    if below:
        parts.append(Element("ul", (), below))
    return Element("li", (), joined(parts))


def _locators(entry: _Entry, medium: Medium) -> Iterator[Element]:
    if not entry.places:
        return
    if medium is Medium.PDF:
        yield Element("folio", (("of", " ".join(name for name, _ in entry.places)),))
        return
    seen: set[str] = set()
    for name, section in entry.places:
        if section.id not in seen:
            seen.add(section.id)
            text = section.label or section.short_title
            yield Element("a", (("href", f"#{name}"),), (text,))


def _sorted(entry: _Entry) -> list[tuple[str, _Entry]]:
    return sorted(entry.below.items(), key=lambda pair: (_key(pair[0]), pair[0]))


def _key(term: str) -> str:
    """Return the term as it is filed: letters and figures only, without accents or case."""
    plain = unicodedata.normalize("NFKD", term).casefold()
    return "".join(c for c in plain if c.isalnum() or c.isspace())


def _letter(term: str) -> str:
    return _key(term)[:1]
