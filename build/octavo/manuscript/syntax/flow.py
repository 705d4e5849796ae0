"""The walk over a container's lines: blocks by their first line, paragraphs by default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.manuscript.syntax.attributes import LIST, Pairs, merged, parse
from octavo.manuscript.syntax.habits import look
from octavo.manuscript.syntax.ledger import Block, Ledger, Line, joined, source_of

if TYPE_CHECKING:
    from re import Pattern

    from octavo.model import Element

DEEPEST = 24
"""Containers within containers; a book needs five, and a hostile text could exhaust the stack."""


@dataclass(slots=True)
class Flow:
    """A container's lines while they are read, and the blocks found so far."""

    lines: list[Line]
    """Its own; what was read is taken out of them where the rest of a line is read again."""
    ledger: Ledger
    depth: int = 0
    in_item: bool = False
    blocks: list[Block | Element] = field(default_factory=list)
    paragraph: list[Line] = field(default_factory=list)
    """The lines of the paragraph that has not ended yet."""
    gap: bool = False
    """Whether a blank line stands before the next block."""
    spaced: bool = False
    """Whether a blank line stands between two of the blocks."""
    closed: dict[str, set[int]] | None = None
    """Lines on which XHTML begins that ends, by its name, once some was found that does not."""
    conflicts_end: bool = False
    """Whether no line further down ends what git left."""

    def add(self, *blocks: Block | Element) -> None:
        """Close the paragraph and put blocks after it."""
        self.close()
        for block in blocks:
            self.spaced |= self.gap and bool(self.blocks)
            self.gap = False
            self.blocks.append(block)

    def close(self) -> None:
        """Turn the lines of the open paragraph into a block."""
        if not self.paragraph:
            return
        lines, self.paragraph = self.paragraph, []
        if not self.in_item:
            look(lines, self.ledger)
        pairs = _block_attributes(lines[-1])
        if pairs and len(lines) > 1:
            self.add(Block("p", lines[0].number, pairs, text=joined(lines[:-1])))
        elif pairs and self.blocks:
            last = self.blocks[-1]
            self.blocks[-1] = replace(last, attributes=merged(last.attributes, pairs))
        else:
            self.add(Block("p", lines[0].number, text=joined(lines)))

    def inner(self, lines: Sequence[Line], *, in_item: bool = False) -> Flow:
        """Read the lines of a container inside this one."""
        flow = Flow(list(lines), self.ledger, self.depth + 1, in_item)
        if flow.depth <= DEEPEST:
            return read(flow)
        message = f"more than {DEEPEST} lists, quotations or divisions stand within each other"
        line = lines[0].number if lines else 1
        hint = "take away some of the signs before the text of this line"
        flow.blocks.append(self.ledger.fault("too-deep", message, line, source_of(lines), hint))
        return flow


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of block: how its first line looks, and how it is read."""

    starts: Pattern[str]
    read: Callable[[Flow, int], int]
    """Read the block at a line; return the line after it, or the same line if it is none."""
    interrupts: bool = True
    """Whether it may stand right below a line of text."""


def _block_attributes(line: Line) -> Pairs:
    """Return the attributes of a line like ``{: .class}``, which are those of its block."""
    text = line.text.strip()
    found = LIST.fullmatch(text) if text.startswith("{:") else None
    return (parse(found[1]) or ()) if found else ()


RULES: dict[str, tuple[Rule, ...]] = {}
"""The rules to try, by the first character of a line; filled by the package."""
ANYWHERE: list[Rule] = []
"""The rules for lines that begin with any other character."""


def read(flow: Flow) -> Flow:
    """Read all lines of a flow into its blocks."""
    at = 0
    while at < len(flow.lines):
        line = flow.lines[at]
        if line.blank:
            flow.close()
            flow.gap = True
            at += 1
            continue
        after = _block(flow, at, line)
        if after == at:
            flow.paragraph.append(line)
            after += 1
        at = after
    flow.close()
    return flow


def _block(flow: Flow, at: int, line: Line) -> int:
    text = line.text
    first = "    " if text.startswith("    ") else text.lstrip(" ")[0]
    for rule in RULES.get(first, ANYWHERE):
        if (rule.interrupts or not flow.paragraph) and rule.starts.match(text):
            after = rule.read(flow, at)
            if after > at:
                return after
    return at


def begins_block(line: Line) -> bool:
    """Tell whether a line begins a block, and so cannot carry on a paragraph above it."""
    if line.text.startswith("    "):
        return False
    first = line.text.lstrip(" ")[:1]
    return any(rule.starts.match(line.text) for rule in RULES.get(first, ()) if rule.interrupts)
