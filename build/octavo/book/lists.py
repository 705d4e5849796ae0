"""The lists of figures, tables and listings, where a book has pages for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.model import Element, Medium

if TYPE_CHECKING:
    from octavo.book.numbered import Caption, Register
    from octavo.model import Section

PAGES = {"list-of-figures": "figure", "list-of-tables": "table", "list-of-listings": "listing"}
"""The generated pages, and what each lists."""


def drawn_up(
    sections: tuple[Section, ...], register: Register, medium: Medium
) -> tuple[Section, ...]:
    """Return the sections with the lists in their pages."""
    return tuple(_with_list(section, register, medium) for section in sections)


def _with_list(section: Section, register: Register, medium: Medium) -> Section:
    kind = PAGES.get(section.role) if section.generated else None
    listed = {own: each for own, each in register.captions.items() if each.kind == kind}
    if not listed:
        return section
    # Labels are as wide as the longest, so that captions stand under each other.
    width = max(len(each.label) for each in listed.values()) * 0.6 + 1
    style = (("style", f"width: {width:.1f}em"),) if medium is Medium.PDF else ()
    lines = (_line(own, each, style) for own, each in listed.items())
    return replace(
        section, body=(Element("ol", (("class", "contents-list places"),), tuple(lines)),)
    )


def _line(own: str, caption: Caption, style: tuple[tuple[str, str], ...]) -> Element:
    """Return a line of a list: the label, the caption, and in print the page."""
    label = Element("span", (("class", "label"), *style), (caption.label,))
    words = Element("span", (("class", "title"),), caption.words)
    folio = Element("folio", (("of", own),))
    return Element("li", (), (Element("a", (("href", f"#{own}"),), (label, " ", words, folio)),))
