"""The ledger: every block that a finished file must hold, made from the pages before they were set.

It is made without the press, from the same leaves that the press was given.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.diagnostics import Location
from octavo.inspection.completeness.folding import folded
from octavo.rendition.blocks import Block, Kind, blocks_of
from octavo.rendition.direction import direction

if TYPE_CHECKING:
    from octavo.model import Leaf, Rendition, Section
    from octavo.rendition.blocks import Way

Place = tuple[int, int]
"""Where a character stands in a section: the number of its text, and its place in that."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A block with its text as it must be found again."""

    block: Block
    want: str
    """Its own text, folded."""
    starts: tuple[tuple[int, int], ...]
    """Where in the folded text each piece of it begins, with the number of that piece."""

    def place(self, at: int) -> Place:
        """Return where in its section a character of the folded text stands."""
        start, piece = self.starts[max(0, bisect_right(self.starts, (at, 1 << 60)) - 1)]
        return piece, at - start

    def offset(self, raw: int) -> int:
        """Return where in the folded text a character of the text itself stands."""
        return len(folded(self.block.text[:raw]))


@dataclass(frozen=True, slots=True)
class Chapter:
    """The entries of one section, in order."""

    section: Section
    entries: tuple[Entry, ...]

    def location(self, entry: Entry) -> Location:
        """Return where the manuscript has a block."""
        place = self.section.location
        line = entry.block.line
        return Location(place.file, line) if line else place

    def place_of_note(self, note: Entry) -> Place:
        """Return where in the text a note is called: right before its own words."""
        inside = (e for e in self.entries if e.block.note == note.block.note and e.block.pieces)
        return min((entry.block.pieces[0][0] for entry in inside), default=0), -1


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that a book's file must hold."""

    chapters: tuple[Chapter, ...]

    @property
    def blocks(self) -> int:
        """How many blocks have text of their own."""
        return sum(bool(entry.want) for chapter in self.chapters for entry in chapter.entries)


def ledger_of(rendition: Rendition) -> Ledger:
    """Return what the file of a rendition must hold."""
    way = direction(rendition.book.metadata.language)
    return Ledger(tuple(_chapter(leaf, way) for leaf in rendition.leaves))


def _chapter(leaf: Leaf, way: Way) -> Chapter:
    return Chapter(leaf.section, tuple(map(entry_of, blocks_of(leaf.content, way))))


def entry_of(block: Block) -> Entry:
    """Return a block's entry."""
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []
    at = 0
    for place, text in block.pieces:
        piece = folded(text)
        starts.append((at, place))
        pieces.append(piece)
        at += len(piece)
    hidden = block.kind is Kind.HIDDEN
    return Entry(block, "" if hidden else "".join(pieces), tuple(starts) or ((0, 0),))
