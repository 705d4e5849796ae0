"""Tables that do not fit their pages: too wide ones get smaller type, too long ones may part."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor
from typing import TYPE_CHECKING

from octavo.markup import with_attributes
from octavo.model import Element
from octavo.rendition.blocks import LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.press.pdf.evidence import Layout

SMALLEST = 8.0
"""Points below which a table is not read with ease."""
_STEPS = 2
"""Sizes between one point and the next."""


@dataclass(frozen=True, slots=True)
class Relief:
    """What a table is allowed that the design does not give it."""

    size: float = 0.0
    """Points of its type; zero for the design's own."""
    parts: bool = False
    """Whether it may go on on another page; or its caption would stay behind alone."""

    @property
    def style(self) -> str:
        """What the table itself says of it."""
        size = f"--size: {self.size:g}pt; font-size: {self.size:g}pt" if self.size else ""
        return "; ".join(filter(None, (size, "break-inside: auto" if self.parts else "")))


def further(layout: Layout, given: Mapping[int, Relief]) -> dict[int, Relief]:
    """Return the relief for tables that have too little, by their numbers; none if none helps."""
    found = {number: replace(given.get(number, Relief()), parts=True) for number in layout.stranded}
    for number, size, share in layout.crowded:
        if size > SMALLEST:
            before = found.get(number) or given.get(number, Relief())
            fitting = min(floor(size * share * _STEPS) / _STEPS, size - 1 / _STEPS)
            found[number] = replace(before, size=max(SMALLEST, fitting))
    return {number: relief for number, relief in found.items() if relief != given.get(number)}


def relieved(content: Element, given: Mapping[int, Relief]) -> Element:
    """Return the content of a leaf with tables of these numbers relieved."""
    children = tuple(
        relieved(node, given) if isinstance(node, Element) else node for node in content.children
    )
    made = replace(content, children=children)
    relief = given.get(int(content.get(LABEL) or 0))
    if relief is None:
        return made
    own = content.get("style").rstrip("; ")
    return with_attributes(made, style="; ".join(filter(None, (own, relief.style))))
