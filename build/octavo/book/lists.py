"""The lists of figures, tables and listings, where a book has pages for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.model import Element

if TYPE_CHECKING:
    from octavo.book.numbered import Caption, Register
    from octavo.model import Section

PAGES = {"list-of-figures": "figure", "list-of-tables": "table", "list-of-listings": "listing"}
"""The generated pages, and what each lists."""


def drawn_up(sections: tuple[Section, ...], register: Register) -> tuple[Section, ...]:
    """Return the sections with the lists in their pages."""
    return tuple(_with_list(section, register) for section in sections)


def _with_list(section: Section, register: Register) -> Section:
    kind = PAGES.get(section.role) if section.generated else None
    lines = [_line(own, each) for own, each in register.captions.items() if each.kind == kind]
    if not lines:
        return section
    return replace(
        section, body=(Element("ol", (("class", "contents-list places"),), tuple(lines)),)
    )


def _line(own: str, caption: Caption) -> Element:
    """Return a line of a list: the label, the caption, and in print the page."""
    label = Element("span", (("class", "label"),), (caption.label,))
    words = Element("span", (("class", "title"),), caption.words)
    folio = Element("folio", (("of", own),))
    return Element("li", (), (Element("a", (("href", f"#{own}"),), (label, " ", words, folio)),))
