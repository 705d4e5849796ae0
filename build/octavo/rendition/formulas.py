"""What each medium makes of a formula: MathML, in print in pieces that a line may end between."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, TypeGuard

from octavo.markup import joined, walk
from octavo.model import Element, Medium
from octavo.rendition.operators import CLOSE, OPEN, Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octavo.model import Node

LONG, LONGER = 12, 16
"""Signs of a formula from which on a line may end behind a relation, and behind an operation."""
_FIRST, _LAST = re.compile(r"\w+"), re.compile(r"\w+$")
_PIECES = (("class", "formula-pieces"), ("dir", "ltr"))
"""Of a span whose pieces stand from left to right in any language."""
_UNBROKEN = (("class", "unbroken"),)
_SIGNS = frozenset({"mi", "mn", "mo", "mtext"})


def set_formula(formula: Element, medium: Medium) -> Node | tuple[Node, ...]:
    """Return what a formula is in a medium: one in a line is MathML, or a span of pieces of it."""
    (math,) = (node for node in formula.children if isinstance(node, Element))
    if formula.get("display") == "block":
        return Element("span", (("class", "formula"),), (math,), formula.line)
    if medium is Medium.EPUB:
        return math
    pieces = tuple(_pieces(math))
    if len(pieces) == 1:
        return math
    row = joined(node for piece in pieces for node in (piece, " "))[:-1]
    return Element("span", _PIECES, row, formula.line)


def unbroken(element: Element) -> Element:
    """Return an element in whose lines no formula is parted from letters that it touches."""
    nodes = element.children
    if not any(map(_is_math, nodes)) or len(nodes) == 1:
        return element
    row: list[Node] = []
    for node in nodes:
        above = row[-1] if row else ""
        if _is_math(node):
            before = _LAST.search(above) if isinstance(above, str) else None
            if before:
                row[-1] = before.string[: before.start()]
            word = (before.group(),) if before else ()
            row.append(Element("span", _UNBROKEN, (*word, node)))
        elif isinstance(node, str) and _is_word(above):
            touched = _FIRST.match(node)
            end = touched.end() if touched else 0
            row[-1] = replace(above, children=joined((*above.children, node[:end])))
            row.append(node[end:])
        else:
            row.append(node)
    return replace(element, children=joined(map(_bare, row)))


def _is_math(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "math"


def _is_word(node: Node) -> TypeGuard[Element]:
    return isinstance(node, Element) and node.attributes == _UNBROKEN


def _bare(node: Node) -> Node:
    """Return a formula that touches no letters as it was."""
    if _is_word(node) and len(node.children) == 1:
        return node.children[0]
    return node


def _pieces(math: Element) -> Iterator[Element]:
    """Yield a formula in pieces, each but the last ending with a relation or an operation."""
    row = _row(math)
    signs = sum(element.tag in _SIGNS for element in walk(math))
    ends = {Kind.REL} if signs >= LONG else set()
    ends |= {Kind.BIN} if signs >= LONGER else set()
    start = depth = 0
    for at, element in enumerate(row[:-1]):
        kind = kind_of(element)
        depth += (kind is OPEN) - (kind is CLOSE)
        if kind in ends and depth == 0 and start < at:
            yield replace(math, children=row[start : at + 1])
            start = at + 1
    yield replace(math, children=row[start:]) if start else math


def _row(math: Element) -> tuple[Element, ...]:
    """Return the elements of a formula that stand in a row."""
    row: Sequence[Node] = math.children
    if len(row) == 1 and isinstance(row[0], Element) and row[0].tag == "mrow":
        row = row[0].children
    return tuple(node for node in row if isinstance(node, Element))
