"""Callouts: marks at the ends of lines of code, and the list right behind that explains them.

The marks are AsciiDoc's: ``<1>``, behind the sign of a remark if the language wants one.  They are
read where their numbers are those of the list, ten on a line at most, and are code anywhere else.
"""

from __future__ import annotations

import re
from collections import Counter
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
PAIR, AGAIN = "data-pair", "data-again"
"""Of each number, the name of the listing and its list; and of one that the listing had before."""
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
    met = Counter[int]()
    inner = rewrite_all(blocks, lambda e: replace(e, children=_row(e.children, met)))
    return tuple(node for node in _row(inner, met) if isinstance(node, Element))


def _row(nodes: Sequence[Node], met: Counter[int]) -> tuple[Node, ...]:
    """Return a row of nodes with the callouts of each listing that a list comes right behind."""
    row = [*nodes]
    places = [at for at, node in enumerate(row) if not isinstance(node, str) or node.strip()]
    for here, there in pairwise(places):
        match row[here], row[there]:
            case Element() as listing, Element(tag="ol", attributes=()) as explained:
                row[here], row[there] = _matched(listing, explained, met)
    return tuple(row)


def _matched(listing: Element, explained: Element, met: Counter[int]) -> tuple[Element, Element]:
    """Return a listing and the list behind it, with callouts if the two belong together.

    Their name is the listing's line, which no other text of the file has; ``met`` counts the pairs
    of each line, which cells may share.
    """
    code = next((each for each in (listing, *_inside(listing)) if is_listing(each)), None)
    marks = [*_marks(code)] if code else []
    items = [*_inside(explained)]
    numbers = {number for mark in marks for number in mark.numbers}
    if code is None or not items or numbers != {*range(1, len(items) + 1)}:
        return listing, explained
    (text,) = _inside(code)
    met[code.line] += 1
    pair = f"{code.line}-{met[code.line]}" if met[code.line] > 1 else f"{code.line}"
    called = replace(text, children=_with_calls(text.children, marks, pair))
    made = replace(code, children=(called,))
    if code is not listing:
        made = replace(listing, children=tuple(made if e is code else e for e in listing.children))
    own = tuple(_numbered(item, number, pair) for number, item in enumerate(items, 1))
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


def _with_calls(nodes: Iterable[Node], marks: Sequence[_Mark], pair: str) -> tuple[Node, ...]:
    """Return the pieces of a listing with callouts in the place of their marks."""
    made: list[Node] = []
    called = set[int]()
    due, end = 0, 0
    for node in nodes:
        text = text_of(node)
        start, end = end, end + len(text)
        at = start
        while due < len(marks) and marks[due].start < end:
            mark = marks[due]
            if mark.start >= start:
                made.append(_part(node, text[at - start : mark.start - start]))
                made += _calls(mark, pair, called)
            at = min(mark.end, end)
            if mark.end > end:
                break  # it goes on in the next piece
            due += 1
        made.append(_part(node, text[at - start :]))
    return joined(node for node in made if text_of(node))


def _part(node: Node, text: str) -> Node:
    return text if isinstance(node, str) else replace(node, children=(text,))


def _calls(mark: _Mark, pair: str, called: set[int]) -> Iterator[Node]:
    """Yield the callouts of a mark, and keep their numbers."""
    for number in mark.numbers:
        again = ((AGAIN, ""),) if number in called else ()
        called.add(number)
        yield " "
        own = (("class", CALLOUT), (PAIR, pair), *again)
        yield Element("span", own, (str(number),), mark.line)


def _numbered(item: Element, number: int, pair: str) -> Element:
    """Return an explanation with its number at its head, as text that links can lead to."""
    own = (("class", f"{CALLOUT} {ITEM}"), (PAIR, pair))
    head = Element("span", own, (str(number),), item.line)
    match item.children:
        case (Element(tag="p") as first, *others):
            first = replace(first, children=(head, " ", *first.children))
            return replace(item, children=(first, *others))
    return replace(item, children=(head, " ", *item.children))
