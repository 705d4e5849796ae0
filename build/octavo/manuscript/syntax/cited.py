"""Citations as they stand in the frozen tree, and what their authors are told of them.

The prefix, the place and the suffix of a work are attributes of its ``cite`` element, in plain
words; a prefix or suffix that has markup is there a second time, as a child of that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import locators
from octavo.manuscript.syntax.citations import cut
from octavo.manuscript.syntax.foreign import DOUBT, DOUBTS
from octavo.markup import joined, text_of
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.manuscript.syntax.branch import Branch
    from octavo.manuscript.syntax.ledger import Ledger
    from octavo.manuscript.syntax.tree import Freezer
    from octavo.model import Node

SYNTAX, MALFORMED = "citation-syntax", "locator-malformed"
REASONS = {
    "missing-key": (
        "“{}” looks like a citation, but no key follows the “@”",
        "write the key right behind it: [@key, p. 3]; or \\@ if this is no citation",
    ),
    "empty-part": (
        "in the citation “{}” a semicolon has no work on one of its sides",
        "take the semicolon away, or write the work: [@one; @two]",
    ),
    "keyless-part": (
        "“{}” names no work, so nothing of its bracket is read as a citation",
        "write a comma for the semicolon, or \\; or the key of the work: [@one; see also @two]",
    ),
    "unclosed": (
        "the citation “{}” begins here and never ends",
        "write ] where it ends, in the same paragraph; or \\[ if it is none",
    ),
    "two-works": (
        "two works stand in one part of a citation; the second is “{}”",
        "write a semicolon between them: [@one; see also @two]",
    ),
    "note-inside": (
        "a note is called within a citation: “{}”",
        "call it behind the citation’s bracket",
    ),
    "latex": (
        "“{}” is LaTeX, and is printed as it stands",
        "write [@key, p. 3] for it; or @key [p. 3] where the author is part of the sentence",
    ),
}
"""Why a citation cannot be read, and what to do."""
KEPT = frozenset("em strong code s sub sup".split())
"""Markup that a citation keeps; of ``span``, only small capitals."""
_UNKEPT = "of this markup within a citation only the words are kept"
_UNKEPT_HINT = (
    "write it in the text; a citation may have emphasis, code, small capitals and the like"
)

_PLACE_HINT = "write the place without it; styles print places in their own way"


def frozen(walk: Freezer, node: Branch) -> Sequence[Node]:
    """Return a citation, or a fault with its source if it cannot be read."""
    line = walk.start(node)
    own = tuple((name, walk.text(value)) for name, value in node.items() if name[0] != "-")
    if reason := node.get("-wrong"):
        message, hint = _said(reason, node.get("-quoted", ""))
        return (walk.ledger.fault(SYNTAX, message, line, dict(own)["text"], hint),)
    if doubt := node.get(DOUBT):
        message, hint = DOUBTS[doubt]
        quoted = message.replace("{}", cut(dict(own)["text"]))
        walk.ledger.warning("doubtful-citation", quoted, line, hint)
    return (Element("citation", own, tuple(_cite(walk, cite) for cite in node), line),)


def _said(reason: str, quoted: str) -> tuple[str, str]:
    """Return why a citation cannot be read, with the author's own words, and what to do."""
    message, hint = REASONS[reason]
    return message.replace("{}", cut(quoted)), hint


def _cite(walk: Freezer, node: Branch) -> Element:
    line = walk.line
    prefix = _trimmed(_row(walk, node[0]), start=True)
    after = _bared_place(walk, _row(walk, node[1]))
    head = after[0] if after and isinstance(after[0], str) else ""
    language = walk.ledger.language
    if problem := locators.complaint(text_of(*after), language):
        walk.ledger.warning(MALFORMED, problem.message, line, problem.hint)
    place, rest = locators.located(head, language)
    suffix = _trimmed(joined((rest, *after[1:])) if head else after, start=False)
    own = (
        *((name, walk.text(value)) for name, value in node.items()),
        ("prefix", text_of(*prefix)),
        ("locator", place.strip()),
        ("suffix", text_of(*suffix)),
    )
    rows = (("prefix", prefix), ("suffix", suffix))
    marked = ((name, row) for name, row in rows if any(isinstance(each, Element) for each in row))
    return Element("cite", own, tuple(Element(name, (), row, line) for name, row in marked), line)


def _bared_place(walk: Freezer, after: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a suffix whose place is in plain words; of markup around one, the author is told."""
    at = next((at for at, node in enumerate(after) if isinstance(node, Element)), len(after))
    language = walk.ledger.language
    if at == len(after) or locators.located(text_of(*after[:at]), language).locator:
        return after
    words = text_of(*after[: at + 1])
    place = locators.located(words, language)
    if not place.locator or place.suffix.strip():
        return after
    walk.ledger.warning("citation-markup", _UNKEPT, walk.line, _PLACE_HINT)
    return joined((words, *after[at + 1 :]))


def _row(walk: Freezer, node: Branch) -> tuple[Node, ...]:
    """Return the words of a prefix or suffix, with the markup that a citation keeps."""
    return joined(_kept(walk.children(node), walk.line, walk.ledger))


def _kept(nodes: Iterable[Node], line: int, ledger: Ledger) -> Iterator[Node]:
    for node in nodes:
        if isinstance(node, str):
            yield re.sub(r"\s*[\n\r]\s*", " ", node)
        elif reason := _REFUSED.get(node.tag):
            message, hint = _said(reason, node.get("text") or _called(node))
            ledger.error(SYNTAX, message, node.line or line, hint)
            yield node.get("text")
        elif node.tag in KEPT or "smallcaps" in node.classes:
            ledger.put_aside(line, *(text for pair in node.attributes for text in pair))
            own = (("class", "smallcaps"),) if node.tag == "span" else ()
            inside = joined(_kept(node.children, line, ledger))
            yield replace(node, attributes=own, children=inside)
        else:
            yield from _bared(node, line, ledger)


def _bared(node: Element, line: int, ledger: Ledger) -> Iterator[Node]:
    """Yield the words of an element that has no place in a citation."""
    ledger.put_aside(line, *(text for pair in node.attributes for text in pair))
    if node.tag == "br":
        yield " "
    elif node.tag != "fault":  # which has been told
        ledger.warning("citation-markup", _UNKEPT, node.line or line, _UNKEPT_HINT)
    yield node.get("alt")
    yield from _kept(node.children, line, ledger)


def _called(note: Element) -> str:
    """Return how the author called a note."""
    label = note.get("label")
    return "^[…]" if label.startswith("^") else f"[^{label}]"


_REFUSED = {"citation": "two-works", "note": "note-inside"}


def _trimmed(nodes: Sequence[Node], *, start: bool) -> tuple[Node, ...]:
    """Return a row without white space at its end, and at its start too if wanted."""
    row = list(nodes)
    if row and start and isinstance(row[0], str):
        row[0] = row[0].lstrip()
    if row and isinstance(row[-1], str):
        row[-1] = row[-1].rstrip()
    return joined(row)
