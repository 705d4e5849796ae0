"""Callouts: marks at the ends of lines of code, and the list right behind that explains them.

The marks are AsciiDoc's: ``<1>``, behind the sign of a remark if the language wants one.  They are
read where their numbers are those of the list, ten on a line at most, and are code anywhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from octavo.manuscript.syntax.code import is_listing
from octavo.markup import joined, rewrite_all, text_of, walk, with_attributes
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from octavo.model import Node

CALLOUT, LIST = "callout", "callouts"
ITEM = "item"
"""The class of the number before an explanation, beside the callout's."""
_MARKS = re.compile(
    r"(?<! )(?: +|^)(?:(?:\#|//|--|;+|%+|<!--|/\*|\(\*) *)?"
    r"(?P<numbers><\d{1,2}>(?: *<\d{1,2}>){0,9})"
    r"(?: *(?:-->|\*/|\*\)))? *$",
)
_ANY = re.compile(r"<\d{1,2}>")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class _Mark:
    """From where to where in a listing's text some callouts are written, and their numbers."""

    start: int
    end: int
    numbers: tuple[int, ...]
    line: int


def called(blocks: tuple[Element, ...]) -> tuple[Element, ...]:
    """Return blocks with the callouts of their listings, where a list explains them."""
    if not any(_ANY.search(text_of(each)) for each in walk(*blocks) if is_listing(each)):
        return blocks
    inner = rewrite_all(blocks, lambda e: replace(e, children=_row(e.children)))
    return tuple(node for node in _row(inner) if isinstance(node, Element))


def _row(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Return a row of nodes with the callouts of each listing that a list comes right behind."""
    row = [*nodes]
    places = [at for at, node in enumerate(row) if not isinstance(node, str) or node.strip()]
    for here, there in pairwise(places):
        match row[here], row[there]:
            case Element() as listing, Element(tag="ol", attributes=()) as explained:
                row[here], row[there] = _matched(listing, explained)
    return tuple(row)


def _matched(listing: Element, explained: Element) -> tuple[Element, Element]:
    """Return a listing and the list behind it, with callouts if the two belong together."""
    code = next((each for each in (listing, *_inside(listing)) if is_listing(each)), None)
    marks = [*_marks(code)] if code else []
    items = [*_inside(explained)]
    numbers = {number for mark in marks for number in mark.numbers}
    if code is None or not items or numbers != {*range(1, len(items) + 1)}:
        return listing, explained
    (text,) = _inside(code)
    called = replace(text, children=_with_calls(text.children, marks))
    made = replace(code, children=(called,))
    if code is not listing:
        made = replace(listing, children=tuple(made if e is code else e for e in listing.children))
    own = tuple(_numbered(item, number) for number, item in enumerate(items, 1))
    return made, with_attributes(replace(explained, children=own), class_=LIST)


def _inside(element: Element) -> Iterator[Element]:
    return (node for node in element.children if isinstance(node, Element))


def _marks(code: Element) -> Iterator[_Mark]:
    start = 0
    for line, text in enumerate(text_of(code).split("\n"), next(_inside(code)).line):
        if found := _MARKS.search(text):
            numbers = tuple(map(int, _NUMBER.findall(found["numbers"])))
            yield _Mark(start + found.start(), start + found.end(), numbers, line)
        start += len(text) + 1


def _with_calls(nodes: Iterable[Node], marks: Sequence[_Mark]) -> tuple[Node, ...]:
    """Return the pieces of a listing with callouts in the place of their marks."""
    made: list[Node] = []
    due, end = 0, 0
    for node in nodes:
        text = text_of(node)
        start, end = end, end + len(text)
        at = start
        while due < len(marks) and marks[due].start < end:
            mark = marks[due]
            if mark.start >= start:
                made += [_part(node, text[at - start : mark.start - start]), *_calls(mark)]
            at = min(mark.end, end)
            if mark.end > end:
                break  # it goes on in the next piece
            due += 1
        made.append(_part(node, text[at - start :]))
    return joined(node for node in made if text_of(node))


def _part(node: Node, text: str) -> Node:
    return text if isinstance(node, str) else replace(node, children=(text,))


def _calls(mark: _Mark) -> Iterator[Node]:
    for number in mark.numbers:
        yield " "
        yield Element("span", (("class", CALLOUT),), (str(number),), mark.line)


def _numbered(item: Element, number: int) -> Element:
    """Return an explanation with its number at its head, as text that links can lead to."""
    head = Element("span", (("class", f"{CALLOUT} {ITEM}"),), (str(number),), item.line)
    match item.children:
        case (Element(tag="p") as first, *others):
            first = replace(first, children=(head, " ", *first.children))
            return replace(item, children=(first, *others))
    return replace(item, children=(head, " ", *item.children))
