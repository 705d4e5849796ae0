"""How deep a text may be: trees are walked by recursion, here and in the engine that sets pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.markup import text_of
from octavo.model import Element, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octavo.manuscript.syntax.ledger import Ledger

DEEPEST = 60
"""Elements within each other; a book needs a dozen, and WeasyPrint gives up above 130."""
MESSAGE = f"more than {DEEPEST} elements stand inside each other here"
HINT = "take away some of the brackets, stars or tags around this text"


def bounded(element: Element, ledger: Ledger) -> Element:
    """Return a block with a fault in the place of everything in it that stands too deep."""
    return element if _depth(element) <= DEEPEST else _cut(element, DEEPEST, ledger)


def _depth(element: Element) -> int:
    depth, row = 0, [element]
    while row:
        depth += 1
        row = list(_inside(row))
    return depth


def _inside(row: Iterable[Element]) -> Iterable[Element]:
    return (node for each in row for node in each.children if isinstance(node, Element))


def _cut(element: Element, room: int, ledger: Ledger) -> Element:
    if room == 0:
        return ledger.fault("too-deep", MESSAGE, element.line, text_of(element), HINT)
    children: tuple[Node, ...] = tuple(
        _cut(node, room - 1, ledger) if isinstance(node, Element) else node
        for node in element.children
    )
    return replace(element, children=children)
