"""Markdown into trees with lines.

The blocks are found by a walk over the lines (``flow``), each kind by its own rule; every line of
text then carries its number through Python-Markdown's inline patterns (``marks``, ``inline``);
the result gets its punctuation and is frozen into elements that know their lines (``tree``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from markdown import Markdown

from octavo.manuscript.syntax import (
    account,
    callouts,
    conflicts,
    containers,
    descriptions,
    formulas,
    grid,
    leaves,
    lists,
    nesting,
    raw,
    tables,
    terms,
    vocabulary,
    wording,
)
from octavo.manuscript.syntax.branch import Branch, grow
from octavo.manuscript.syntax.depth import bounded
from octavo.manuscript.syntax.flow import ANYWHERE, RULES, Flow, Rule, read
from octavo.manuscript.syntax.inline import Inline
from octavo.manuscript.syntax.ledger import Ledger, Line
from octavo.manuscript.syntax.marks import LAST_LINE, REFUSED
from octavo.manuscript.syntax.punctuation import set_punctuation
from octavo.manuscript.syntax.tree import Freezer, plant
from octavo.markup import walk
from octavo.model import Abbreviation, Element, Note

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octavo.diagnostics import Report
    from octavo.manuscript.syntax.ledger import Block

__all__ = ["House", "Parsed", "parse"]

_TAB = 4

_TABLE = Rule(tables.ROW, tables.table)
_LIST = Rule(lists.ITEM, lists.bullets)
_UNDERLINE = Rule(leaves.UNDERLINE, leaves.underline)
_BREAK = Rule(leaves.RULE, leaves.scene_break)
_DEFINITION = Rule(lists.DEFINITION, lists.definitions)
_FENCE = Rule(leaves.FENCE, leaves.fenced)
_CONFLICT = Rule(conflicts.STARTS, conflicts.conflict)
ANYWHERE.append(_TABLE)
RULES.update(
    {
        "#": (_BREAK, Rule(leaves.HEADING, leaves.heading), _LIST, _TABLE),
        ">": (
            _CONFLICT,
            Rule(containers.QUOTE, containers.quotation),
        ),
        "`": (_FENCE, _TABLE),
        "~": (_FENCE, _DEFINITION, _TABLE),
        "=": (_UNDERLINE, Rule(conflicts.HALF, conflicts.conflict, interrupts=False), _TABLE),
        "-": (_UNDERLINE, _BREAK, _LIST, _TABLE),
        "*": (Rule(terms.ABBREVIATION, terms.abbreviation), _BREAK, _LIST, _TABLE),
        "_": (_BREAK, _TABLE),
        "+": (Rule(grid.BORDER, grid.table), _LIST, _TABLE),
        **dict.fromkeys("0123456789", (_LIST, _TABLE)),
        ":": (Rule(containers.DIVISION, containers.division), _DEFINITION, _TABLE),
        "$": (Rule(formulas.STARTS, formulas.displayed), _TABLE),
        "[": (
            Rule(containers.NOTE, containers.note),
            Rule(leaves.LINK, leaves.link, interrupts=False),
            _TABLE,
        ),
        "<": (_CONFLICT, Rule(raw.STARTS, raw.block), _TABLE),
        "|": (_TABLE, Rule(leaves.VERSE, leaves.verse, interrupts=False)),
        "    ": (Rule(leaves.INDENTED, leaves.indented_code, interrupts=False),),
    }
)


@dataclass(frozen=True, slots=True)
class House:
    """What holds for all texts of a book."""

    language: str = "en"
    cites: bool = True
    """Whether the book has references, so that ``@key`` cites one."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A text's blocks and the bodies of its notes."""

    body: tuple[Element, ...]
    notes: tuple[Note, ...]
    abbreviations: tuple[Abbreviation, ...] = ()
    words: int = 0
    """How many words of the source were accounted for, as between spaces."""


def parse(text: str, first_line: int, file: str, house: House, report: Report) -> Parsed:
    """Parse Markdown; its first line is ``first_line`` of the file."""
    ledger = Ledger(file, report, house.cites, house.language)
    flow = read(Flow(_lines(text, first_line, ledger), ledger))
    md = Markdown(extensions=[Inline(ledger)])
    freezer = Freezer(ledger, [], first_line)
    beside = [*ledger.notes.items(), *ledger.abbreviations]
    inlined = partial(_inlined, md, freezer)
    rows = inlined((flow.blocks, *(body.blocks for _, body in beside)))
    body, *contents = wording.worded(rows, inlined, ledger)
    notes = [
        Note(label, content, definition.line)
        for (label, definition), content in zip(beside, contents, strict=True)
    ]
    notes, meanings = notes[: len(ledger.notes)], notes[len(ledger.notes) :]
    notes = sorted([*notes, *freezer.inline_notes], key=_by_line)
    body = descriptions.attached(body, ledger)
    body = callouts.called(tuple(bounded(block, ledger) for block in body))
    bounds = [tuple(bounded(block, ledger) for block in note.content) for note in notes]
    notes = [replace(n, content=callouts.called(b)) for n, b in zip(notes, bounds, strict=True)]
    all_blocks = (*body, *(block for note in notes for block in note.content))
    for block in all_blocks:
        nesting.check(block, ledger)
    for element in walk(*all_blocks):
        vocabulary.check(element, ledger)
        formulas.check(element, ledger)
    _tell_unused(ledger, freezer.called)
    words = account.settle(text, first_line, body, [*notes, *meanings], ledger)
    abbreviations = tuple(terms.frozen(meaning, ledger) for meaning in meanings)
    return Parsed(body, tuple(notes), abbreviations, words)


def _inlined(
    md: Markdown, freezer: Freezer, rows: Iterable[Sequence[Block | Element]]
) -> list[tuple[Element, ...]]:
    """Return rows of blocks as elements, their inline markup read and their punctuation set."""
    root = Branch("div")
    for blocks in rows:
        plant(blocks, grow(root, "div"), freezer.ready)
    md.treeprocessors["inline"].run(root)
    for section in root:
        set_punctuation(section, freezer.ledger.language)
    return [freezer.blocks(section) for section in root]


def _by_line(note: Note) -> int:
    return note.line


def _lines(text: str, first_line: int, ledger: Ledger) -> list[Line]:
    """Return the lines of a text, without tabs and characters that no book can hold."""
    written = text.expandtabs(_TAB).split("\n")
    if first_line + len(written) > LAST_LINE:
        message = f"the file has more than {LAST_LINE} lines"
        ledger.error("too-many-lines", message, LAST_LINE, "divide it into several files")
    lines: list[Line] = []
    for number, line in enumerate(written, first_line):
        found = REFUSED.search(line)
        if found:
            code = f"U+{ord(found.group()):04X}"
            message = f"this line holds the character {code}, which no book can show"
            hint = "delete it; it often comes with text copied from a PDF"
            ledger.error("private-use", message, number, hint)
        lines.append(Line(number, REFUSED.sub("\ufffd", line) if found else line))
    return lines


def _tell_unused(ledger: Ledger, called: set[str]) -> None:
    for label, note in ledger.notes.items():
        if label not in called:
            message = f"the note “{label}” is never called"
            ledger.warning("unused-note", message, note.line, f"write [^{label}] in the text")
    for label, link in ledger.links.items():
        if label not in ledger.used:
            message = f"the link “{label}” is never used"
            ledger.warning("unused-link", message, link.line, f"write [{label}] in the text")
