"""The blocks of a leaf: what the press labels on paper, and the proof looks for in the files.

A block is an element that begins lines of its own, a note, or a page reference; its text is what
stands in it and in no block inside it.  Blocks are numbered from 1 in each leaf, so that no change
of another section changes a label.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from itertools import count
from typing import TYPE_CHECKING, Literal

from octavo.markup import BLOCKS
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.model import Node

Way = Literal["ltr", "rtl"]
LABEL = "data-b"
"""The attribute that carries a block's number to the layout engine."""
PICTURE = "\ufffc"
"""What a picture, a drawing or a formula counts as in the text of its block (Unicode's own
character for an object that stands in text)."""
NOTE_CLASS = "octavo-note"
"""The class of the press's own notes in print, which no Markdown makes: an author may write
``note``."""
FOREIGN = frozenset({"svg", "math"})
"""Roots whose subtrees have vocabularies of their own and are left as they are."""
_OBJECTS = FOREIGN | {"img"}
_HEADS = frozenset({"thead", "tfoot"})


class Kind(StrEnum):
    """What rules hold for a block."""

    BODY = "body"
    NOTE = "note"
    """Stands at the foot of a page, or at the end of a document."""
    HEAD = "head"
    """The head of a table, repeated on each of its pages."""
    FOLIO = "folio"
    """The numbers of pages, which are known only when all are made."""
    HIDDEN = "hidden"
    """Declared as not to be shown, by the attribute ``hidden``."""


@dataclass(frozen=True, slots=True)
class Block:
    """A block of a leaf, as it should stand in the finished file."""

    number: int
    kind: Kind
    tag: str
    line: int
    """The line of the source, or of the nearest element around it that has one."""
    pieces: tuple[tuple[int, str], ...] = ()
    """Its own text, each picture as U+FFFC, in pieces with their places in the leaf; empty where
    all text is in blocks below."""
    note: str = ""
    """The id of the note that it is or stands in."""
    mark: str = ""
    """What stands at the call of the note and before it, where the block is the note itself."""
    of: tuple[str, ...] = ()
    """The ids whose pages a folio names."""
    kinds: tuple[str, ...] = ()
    """What each of them is in an index (:mod:`octavo.book.locators`); none elsewhere."""
    suffix: str = ""
    """What stands between a page and the number of a note on it."""
    before: tuple[str, ...] = ()
    """The words of which one stands before the numbers of a folio, if any does."""
    marks: tuple[tuple[str, int], ...] = ()
    """Ids inside it, each with the number of characters of the text before it."""
    way: Way = "ltr"
    """Which way it is read."""

    @property
    def text(self) -> str:
        """Its own text."""
        return "".join(text for _, text in self.pieces)


_WAYS: dict[str, Way] = {"ltr": "ltr", "rtl": "rtl"}


@dataclass(slots=True)
class _Open:
    """A block while its element is walked."""

    block: Block
    pieces: list[tuple[int, str]] = field(default_factory=list)
    marks: list[tuple[str, int]] = field(default_factory=list)
    length: int = 0

    def add(self, place: int, text: str) -> None:
        self.pieces.append((place, text))
        self.length += len(text)

    def closed(self) -> Block:
        return replace(self.block, pieces=tuple(self.pieces), marks=tuple(self.marks))


def is_block(element: Element) -> bool:
    """Tell whether an element is a block of its own."""
    is_note = NOTE_CLASS in element.classes and element.tag == "span"
    return element.tag in BLOCKS or element.tag in {"section", "folio"} or is_note


def labelled(content: Element) -> Element:
    """Return a leaf's content with its blocks' numbers in :data:`LABEL` attributes."""
    return _labelled(content, count(1))


def _labelled(element: Element, numbers: Iterator[int]) -> Element:
    own = ((LABEL, str(next(numbers))),) if is_block(element) else ()
    children = element.children
    if element.tag not in _OBJECTS:
        children = tuple(
            _labelled(child, numbers) if isinstance(child, Element) else child for child in children
        )
    return replace(element, attributes=(*element.attributes, *own), children=children)


def blocks_of(content: Element, way: Way = "ltr") -> tuple[Block, ...]:
    """Return the blocks of a leaf's content in the order of their numbers."""
    walk = _Walk()
    walk.element(content, _Open(Block(0, Kind.BODY, "", 0, way=way)))
    return tuple(sorted(walk.finished, key=_number))


def _number(block: Block) -> int:
    return block.number


@dataclass(slots=True)
class _Walk:
    """A walk through a leaf: the blocks that ended so far, and the counts of what was met."""

    finished: list[Block] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=partial(count, 1))
    places: Iterator[int] = field(default_factory=count)

    def element(self, element: Element, around: _Open) -> None:
        opened = is_block(element)
        here = _Open(_begun(element, around.block, next(self.numbers))) if opened else around
        if name := element.get("id"):
            here.marks.append((name, here.length))
        if element.tag in _OBJECTS:
            here.add(next(self.places), PICTURE)
        else:
            for child in element.children:
                self.child(child, here)
        if opened:
            self.finished.append(here.closed())

    def child(self, child: Node, here: _Open) -> None:
        if isinstance(child, str):
            here.add(next(self.places), child)
        else:
            self.element(child, here)


def _begun(element: Element, around: Block, number: int) -> Block:
    note = element.get("id") if NOTE_CLASS in element.classes else around.note
    return Block(
        number=number,
        kind=_kind(element, around, note),
        tag=element.tag,
        line=element.line or around.line,
        note=note,
        mark=element.get("data-mark") if NOTE_CLASS in element.classes else "",
        of=tuple(element.get("of").split()),
        kinds=tuple(element.get("as").split()),
        suffix=element.get("note"),
        before=tuple(filter(None, (element.get("one"), element.get("many")))),
        way=_WAYS.get(element.get("dir"), around.way),
    )


def _kind(element: Element, around: Block, note: str) -> Kind:
    if around.kind is Kind.HIDDEN or any(name == "hidden" for name, _ in element.attributes):
        return Kind.HIDDEN
    if element.tag == "folio":
        return Kind.FOLIO
    if note:
        return Kind.NOTE
    return Kind.HEAD if element.tag in _HEADS or around.kind is Kind.HEAD else Kind.BODY
