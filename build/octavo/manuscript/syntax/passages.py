"""A text and its tree side by side: each stretch of the source, and what came of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from octavo.manuscript.syntax.code import is_listing
from octavo.manuscript.syntax.vouchers import spelt
from octavo.markup import text_of
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from octavo.manuscript.syntax.ledger import Ledger, Link
    from octavo.model import Note

_RESUMES = ("</", "-->", "/>")
"""Signs of XHTML on whose line a block may begin that is not the line's first."""
_CITED = ("prefix", "key", "locator", "suffix")


@dataclass(slots=True)
class Passage:
    """A stretch of the source, and what came of it."""

    line: int
    lines: list[str]
    content: list[Element] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """The texts of the tree, each of which is a text of its own in the source."""
    aside: list[str] = field(default_factory=list)
    """What the tree has no place for."""
    links: dict[str, Link] = field(default_factory=dict)

    @property
    def written(self) -> str:
        """The lines as one text."""
        return "\n".join((*self.lines, ""))

    @property
    def source(self) -> str:
        """The lines as one text, its characters spelt out."""
        return spelt(self.written)

    @property
    def after(self) -> int:
        """The line behind it."""
        return self.line + len(self.lines)

    def enter(self, block: Element) -> None:
        """Take in a block and its texts."""
        self.content.append(block)
        write(block, self.texts.append)


def write(element: Element, into: Callable[[str], None]) -> None:
    """Write down the texts below an element, in order; a listing's colours do not part words."""
    if is_listing(element):
        into(spelt(text_of(element)))
        return
    if element.tag == "note":
        into(_label(element.get("label")))
    elif element.tag == "formula":
        into(spelt(element.get("tex")))
    elif element.tag == "cite":
        # What has markup stands in a child too, as the source does: in pieces.
        rows = {child.tag: child for child in element.children if isinstance(child, Element)}
        for name in _CITED:
            if name in rows:
                write(rows[name], into)
            else:
                into(element.get(name))
        return
    for child in element.children:
        if isinstance(child, Element):
            write(child, into)
        else:
            # The source is spelt out too, and code shows it as it is written.
            into(spelt(child) if element.tag == "code" else child)


def _label(label: str) -> str:
    """Return the label of a note, if an author gave it one."""
    return "" if label.startswith("^") else label


def side_by_side(
    text: str, first_line: int, body: Sequence[Element], notes: Sequence[Note], ledger: Ledger
) -> list[Passage]:
    """Put what a parse found to the passages of the text that it came from."""
    passages = _divided(text.split("\n"), first_line, body)
    starts = [passage.line for passage in passages]

    def at(line: int) -> Passage:
        return passages[max(bisect_right(starts, line) - 1, 0)]

    for block in body:
        at(_line_of(block)).enter(block)
    for note in notes:
        at(note.line).texts.append(_label(note.label))
        for block in note.content:
            at(note.line).enter(block)
    for line, aside in ledger.aside:
        at(line).aside.append(aside)
    links = [_definition(at(link.line), label, link) for label, link in ledger.links.items()]
    return passages + links


def _divided(lines: list[str], first_line: int, body: Iterable[Element]) -> list[Passage]:
    """Divide a text where its blocks begin; the first passage begins with the text."""
    begun = {_line_of(block) - first_line for block in body}
    # Where a block begins behind another's end on the same line, the two share a passage.
    cuts = {at for at in begun if 0 < at < len(lines) and not any(s in lines[at] for s in _RESUMES)}
    edges = [0, *sorted(cuts), len(lines)]
    return [Passage(first_line + start, lines[start:end]) for start, end in pairwise(edges)]


def _line_of(block: Element) -> int:
    """Return the line on which a block begins, which may be its caption's."""
    first = block.children[0] if block.tag in {"table", "figure"} and block.children else None
    return min(block.line, first.line) if isinstance(first, Element) else block.line


def _definition(passage: Passage, label: str, link: Link) -> Passage:
    """Take the definition of a link out of a passage; return it as one of its own."""
    at = link.line - passage.line
    after = at + (1 if link.title in passage.lines[at] else 2)
    # An angle bracket around the target begins no tag.
    lines = [line.replace("]: <", "]: ") for line in passage.lines[at:after]]
    own = Passage(link.line, lines, links={label: link})
    passage.lines[at:after] = [""] * len(own.lines)
    return own
