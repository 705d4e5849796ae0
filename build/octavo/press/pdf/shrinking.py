"""Tables too wide for their page: how small their type is set, and no smaller."""

from __future__ import annotations

from dataclasses import replace
from math import floor
from typing import TYPE_CHECKING

from octavo.markup import with_attributes
from octavo.model import Element
from octavo.rendition.blocks import LABEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FULL = 9.5
"""Points of the type in a table, as the design has it."""
SMALLEST = 8.0
"""Points below which a table is not read with ease."""
_STEPS = 2
"""Sizes between one point and the next."""


def narrower(crowded: Iterable[tuple[int, float]], sizes: Mapping[int, float]) -> dict[int, float]:
    """Return new sizes for the tables that need one; none for those that are at the smallest."""
    found: dict[int, float] = {}
    for number, share in crowded:
        before = found.get(number, sizes.get(number, FULL))
        size = floor(before * share * _STEPS) / _STEPS
        if sizes.get(number) != SMALLEST:
            found[number] = max(SMALLEST, min(size, before - 1 / _STEPS))
    return found


def shrunk(content: Element, sizes: Mapping[int, float]) -> Element:
    """Return the content of a leaf with tables of these numbers in smaller type."""
    children = tuple(
        shrunk(node, sizes) if isinstance(node, Element) else node for node in content.children
    )
    made = replace(content, children=children)
    size = sizes.get(int(content.get(LABEL) or 0))
    if size is None:
        return made
    style = f"{content.get('style').rstrip('; ')}; --size: {size:g}pt; font-size: {size:g}pt"
    return with_attributes(made, style=style.lstrip("; "))
