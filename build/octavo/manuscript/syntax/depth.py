"""How deep a text may be: trees are walked by recursion, here and in the engine that sets pages."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from markdown.util import AtomicString

from octavo.manuscript.syntax.branch import Branch, told
from octavo.markup import text_of
from octavo.model import Element, Node

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octavo.manuscript.syntax.ledger import Ledger

DEEPEST = 60
"""Elements within each other; a book needs a dozen, and WeasyPrint gives up above 130."""
MESSAGE = f"more than {DEEPEST} elements stand inside each other here"
HINT = "take away some of the brackets, stars or tags around this text"
_BRANCHES = 3 * DEEPEST
"""Branches within each other: a bracket's element takes three, two of which vanish later."""


def shear(root: Branch) -> None:
    """Cut off what stands too deep in a tree to be read on, and leave its text in its place."""
    row = [root]
    for _ in range(_BRANCHES):
        row = [child for branch in row for child in branch]
    for branch in row:
        if len(branch):
            sign = told("too-deep", "".join(branch.itertext()))
            branch.text, branch[:] = AtomicString(""), [sign]


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
