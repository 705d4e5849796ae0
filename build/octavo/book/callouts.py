"""Callouts of listings and their explanations, which lead to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.book.ids import callout_id, explained_id
from octavo.book.texts import rewritten
from octavo.manuscript.syntax.callouts import AGAIN, CALLOUT, ITEM, PAIR
from octavo.markup import text_of
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.model import Section


def linked(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections with links from callouts to explanations, and back to the first."""
    return tuple(_linked(section) for section in sections)


def _linked(section: Section) -> Section:
    def link(element: Element) -> Element:
        pair = element.get(PAIR)
        if not pair or CALLOUT not in element.classes:
            return element
        call = callout_id(section.id, pair, text_of(element))
        explained = explained_id(section.id, pair, text_of(element))
        own, to = (explained, call) if ITEM in element.classes else (call, explained)
        kept = dict(element.attributes)
        is_first = kept.pop(AGAIN, None) is None
        del kept[PAIR]
        kept |= {"href": f"#{to}"} | ({"id": own} if is_first else {})
        return Element("a", tuple(kept.items()), element.children, element.line)

    return rewritten(section, link)
