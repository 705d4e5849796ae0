"""Listings line by line: each line of code an element, so that a stylesheet can number and wrap it.

What copies as text is the code alone: numbers, and the signs of lines that are wrapped, are the
stylesheet's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from octavo.manuscript.syntax.code import is_listing
from octavo.manuscript.syntax.listings import lines_of, without_settings
from octavo.markup import joined, text_of
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.manuscript.syntax.listings import Lines
    from octavo.model import Node

LINE = "line"
_NUMBER = "data-number"
_SHORT = 30
"""Characters of a line of code that no column is too narrow for."""
_LONG = re.compile(rf"\S{{{_SHORT},}}")


def lined(code: Element, medium: Medium) -> Element:
    """Return a listing with each line in a span that bears its number; anything else as it is.

    In print, lines that may have to be wrapped are marked as long: each has a picture behind it.
    """
    if not is_listing(code):
        return code
    (inside,) = (node for node in code.children if isinstance(node, Element))
    asked = lines_of(code)
    rows = _rows(inside.children)
    lines = tuple(
        _line(row, place, inside.line and inside.line + place - 1, asked, medium)
        for place, row in enumerate(rows, 1)
    )
    return replace(without_settings(code), children=(replace(inside, children=lines),))


def _line(row: list[Node], place: int, line: int, asked: Lines, medium: Medium) -> Element:
    is_long = medium is Medium.PDF and len(text_of(*row)) > _SHORT
    classes = (LINE, *(("lit",) if place in asked.lit else ()), *(("long",) if is_long else ()))
    row = _breakable(row) if is_long else row
    number = () if asked.start is None else ((_NUMBER, str(asked.start + place - 1)),)
    return Element("span", (("class", " ".join(classes)), *number), tuple(row), line)


def _breakable(row: list[Node]) -> list[Node]:
    """Return a line that may be broken between its pieces, where a long word stands in several.

    WeasyPrint 70 breaks a word that is longer than a line within one element, and not over two.
    """
    inside = {at for word in _LONG.finditer(text_of(*row)) for at in range(*word.span())}
    ends = accumulate(len(text_of(piece)) for piece in row)
    return [
        node
        for piece, end in zip(row, ends, strict=True)
        for node in ((piece, Element("wbr")) if {end - 1, end} <= inside else (piece,))
    ]


def _rows(nodes: tuple[Node, ...]) -> list[list[Node]]:
    """Return the nodes of each line, which its end belongs to."""
    rows: list[list[Node]] = [[]]
    for node in nodes:
        for number, piece in enumerate(_pieces(node)):
            if number:
                rows[-1].append("\n")
                rows.append([])
            if text_of(piece):
                rows[-1].append(piece)
    return [[*joined(row)] for row in rows]


def _pieces(node: Node) -> Iterator[Node]:
    """Yield what stands of a node on each line."""
    if isinstance(node, str):
        yield from node.split("\n")
    elif "\n" not in text_of(node):
        yield node
    else:
        for row in _rows(node.children):
            yield replace(node, children=_without_end(row))


def _without_end(row: list[Node]) -> tuple[Node, ...]:
    match row:
        case [*others, str(last)]:
            return joined((*others, last.removesuffix("\n")))
    return tuple(row)
