"""Callouts of listings and their explanations, which lead to each other."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book.ids import callout_id, explained_id
from octavo.book.texts import rewritten
from octavo.manuscript.syntax.callouts import CALLOUT, ITEM, LIST
from octavo.markup import text_of, with_attributes

if TYPE_CHECKING:
    from octavo.model import Element, Section


def linked(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections with links from callouts to explanations, and back to the first."""
    return tuple(rewritten(section, _Linking(section.id).change) for section in sections)


@dataclass(slots=True)
class _Linking:
    """One section while its callouts are met: those of a listing, then those of its list."""

    section: str
    list: int = 1
    """Which list of explanations comes next."""
    called: set[int] = field(default_factory=set)
    """The numbers met in the listing before it."""

    def change(self, element: Element) -> Element:
        """Return an element, which is a link now if it is a callout."""
        if element.tag == "ol" and LIST in element.classes:
            self.list += 1
            self.called.clear()
        if element.tag != "span" or CALLOUT not in element.classes:
            return element
        number = int(text_of(element))
        call = callout_id(self.section, self.list, number)
        explained = explained_id(self.section, self.list, number)
        if ITEM in element.classes:
            own, to = explained, call
        else:
            own, to = ("" if number in self.called else call), explained
            self.called.add(number)
        return with_attributes(replace(element, tag="a"), href=f"#{to}", id=own or None)
