"""What the text says beside itself: what terms mean, and what abbreviations stand for.

``[attachment]{.term def="A lasting bond."}`` defines a term where it stands, in inline Markdown;
``*[WHO]: World Health Organization`` is a line of its own (PHP Markdown Extra) that stands for
nothing where it stands.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octavo.manuscript.syntax.branch import WRAP, Branch, grow
from octavo.manuscript.syntax.ledger import Block, Body, joined
from octavo.markup import text_of, walk
from octavo.model import Abbreviation, Element

if TYPE_CHECKING:
    from octavo.manuscript.syntax.flow import Flow
    from octavo.manuscript.syntax.ledger import Ledger
    from octavo.model import Note

TERM = "term"
"""The class of a span that is a term of the glossary."""
DEFINITION = "definition"
DEFINES = "def"
"""The attribute that says what a term means."""
ABBREVIATION = re.compile(r" {0,3}\*\[([^\[\]]+)\]: *(.*)$")
_PLAIN = frozenset("em strong i b sub sup span q s small cite".split())
"""What the words of an abbreviation may be marked as: they stand where nothing can be followed."""


def defined(span: Branch) -> Branch:
    """Return a span with the definition of its term as an element in it, to be read as Markdown."""
    if TERM in span.get("class", "").split() and (written := span.attrib.pop(DEFINES, "").strip()):
        # As deep as what a bracket holds, so that both are read alike.
        grow(grow(grow(span, DEFINITION), WRAP), WRAP).text = written
    return span


def abbreviation(flow: Flow, at: int) -> int:
    """Read the line that says what an abbreviation stands for into the ledger."""
    line = flow.lines[at]
    found = ABBREVIATION.match(line.text)
    if found is None or not found[1].strip():
        return at
    flow.close()
    short, ledger = " ".join(found[1].split()), flow.ledger
    if not found[2].strip():
        message = f"nothing says what the abbreviation “{short}” stands for"
        hint = f"write *[{short}]: and the words on the same line"
        flow.add(ledger.fault("empty-abbreviation", message, line.number, line.text.strip(), hint))
        return at + 1
    text = joined([type(line)(line.number, found[2])])
    ledger.abbreviations.append((short, Body((Block("p", line.number, text=text),), line.number)))
    return at + 1


def frozen(note: Note, ledger: Ledger) -> Abbreviation:
    """Return an abbreviation, which was read as notes are; tell of what its words cannot be."""
    if any(each.tag not in _PLAIN for block in note.content for each in walk(*block.children)):
        message = f"the words that “{note.label}” stands for hold more than words"
        hint = "leave out links, notes, pictures and citations"
        ledger.error("bad-abbreviation", message, note.line, hint)
        words = " ".join(text_of(*note.content).split())
        return Abbreviation(note.label, (words,), note.line)
    content = (node for block in note.content for node in block.children)
    return Abbreviation(note.label, tuple(content), note.line)


def is_term(element: Element) -> bool:
    """Tell whether an element is a term as an author marks it."""
    return element.tag == "span" and TERM in element.classes
