"""From blocks to Python-Markdown's tree, and from that to the frozen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.diagnostics import did_you_mean
from octavo.manuscript.syntax import cited, columns, depth, figures
from octavo.manuscript.syntax.attributes import merged
from octavo.manuscript.syntax.branch import (
    END,
    LINE,
    READY,
    TAG,
    TOLD,
    WRAP,
    Branch,
    attributes_of,
    grow,
    said,
)
from octavo.manuscript.syntax.habits import SIGNS
from octavo.manuscript.syntax.marks import ANY, ESCAPE, line_of, literal, plain
from octavo.manuscript.syntax.pairing import allowed, paired
from octavo.markup import joined
from octavo.model import Element, Note

if TYPE_CHECKING:
    from octavo.manuscript.syntax.ledger import Block, Ledger

Node = Element | str
_TIGHT = "-tight"
"""An attribute that no author can write, for what a block knows of itself."""


def plant(blocks: Iterable[Block | Element], parent: Branch, ready: list[Element]) -> None:
    """Put blocks into a tree whose inline markup Python-Markdown then reads."""
    for block in blocks:
        if isinstance(block, Element):
            grow(parent, READY, {"n": str(len(ready))})
            ready.append(block)
            continue
        tight = {_TIGHT: ""} if block.tight else {}
        own = {**dict(block.attributes), LINE: str(block.line), **tight}
        node = grow(parent, block.tag, own)
        node.text = block.text or None
        plant(block.children, node, ready)


@dataclass(slots=True)
class Freezer:
    """The walk that turns a tree into frozen elements with their lines."""

    ledger: Ledger
    ready: list[Element]
    line: int
    """The line of the nearest mark so far."""
    called: set[str] = field(default_factory=set)
    inline_notes: list[Note] = field(default_factory=list)

    def blocks(self, parent: Branch) -> tuple[Element, ...]:
        """Return the blocks below a node."""
        return tuple(node for node in self.children(parent) if isinstance(node, Element))

    def children(self, node: Branch) -> tuple[Node, ...]:
        """Return a node's children and texts, its XHTML tags paired."""
        found: list[Node] = [self.text(node.text or "")]
        has_tags = False
        for child in node:
            has_tags |= child.tag == TAG
            found += self._nodes(child)
            if child.tail:
                found.append(self.text(child.tail))
        return joined(paired(found, self.ledger) if has_tags else found)

    def _nodes(self, node: Branch) -> Sequence[Node]:
        found = _KINDS.get(node.tag, Freezer.element)(self, node)
        self.line = max(self.line, int(node.get(END, 0)))
        return found

    def text(self, text: str) -> str:
        """Return text without its marks, whose lines are taken note of."""
        if text.isascii() and "\x02" not in text:
            return text
        for mark in ANY.finditer(text):
            self.line = line_of(mark.group()) or self.line
        text = ANY.sub("", text)
        return ESCAPE.sub(literal, text) if "\x02" in text else text

    def start(self, node: Branch) -> int:
        """Return the line on which a node begins."""
        self.line = int(node.get(LINE, 0)) or line_of(node.text or "") or self.line
        return self.line

    def element(self, node: Branch) -> Sequence[Node]:
        """Return a node as the element it is."""
        line = self.start(node)
        element = Element(node.tag, attributes_of(node), self.children(node), line)
        if node.get(_TIGHT) is not None:
            element = _tightened(element)
        return (allowed(element, self.ledger),)


def _wrapped(walk: Freezer, node: Branch) -> Sequence[Node]:
    return walk.children(node)


def _ready(walk: Freezer, node: Branch) -> Sequence[Node]:
    element = walk.ready[int(node.get("n", "0"))]
    walk.line = element.line
    return (element,)


def _image(walk: Freezer, node: Branch) -> Sequence[Node]:
    line = walk.start(node)
    pairs = dict(attributes_of(node))
    described = said(node, cited=True)
    if pairs.setdefault("alt", described) != described != "":
        walk.ledger.put_aside(line, described)
        walk.ledger.warning("two-descriptions", _TWO_DESCRIPTIONS[0], line, _TWO_DESCRIPTIONS[1])
    walk.children(node)
    for each in node.iter():
        if each.tag in _IN_IMAGE and each is not node:
            walk.ledger.error("link-in-image", _IN_IMAGE[each.tag], line, _OUT_OF_IMAGE)
        elif each.tag in _LOOKS:
            # A description is text: what says how its words look is of no use.
            walk.ledger.put_aside(line, *(text for pair in attributes_of(each) for text in pair))
    return (Element("img", tuple(pairs.items()), (), line),)


def _note(walk: Freezer, node: Branch) -> Sequence[Node]:
    label, line = node.get("label", ""), walk.line
    if len(node):
        label = f"^{len(walk.inline_notes) + 1}"
        # The label is taken before the text is read: a note may hold another.
        walk.inline_notes.append(Note(label, (), line))
        at = len(walk.inline_notes) - 1
        content = Element("p", (), walk.children(node), line)
        walk.inline_notes[at] = Note(label, (content,), line)
    elif label not in walk.ledger.notes:
        colonless = walk.ledger.colonless.get(label)
        missing = f"put a colon behind it on line {colonless}" if colonless else "write its text"
        hint = did_you_mean(label, walk.ledger.notes) or f"{missing}: [^{label}]: …"
        message = f"no note is called “{label}”"
        return (walk.ledger.fault("undefined-note", message, line, f"[^{label}]", hint),)
    walk.called.add(label)
    return (Element("note", (("label", label),), (), line),)


def _told(walk: Freezer, node: Branch) -> Sequence[Node]:
    code, line, sign = node.get("code", ""), walk.start(node), walk.text(node.text or "")
    if code in SIGNS:
        walk.ledger.warning(code, SIGNS[code][0], line, SIGNS[code][1])
        return (sign,)
    message, hint = _BROKEN_OFF[code]
    return (walk.ledger.fault(code, message, line, sign, hint),)


def _tag(walk: Freezer, node: Branch) -> Sequence[Node]:
    return (Element(TAG, (("source", plain(node.get("source", ""))),), (), walk.line),)


_BROKEN_OFF = {
    "unclosed-note": (
        "a note begins here and never ends",
        "write ] where the note ends, in the same paragraph; or \\^[ if it is none",
    ),
    "too-deep": (depth.MESSAGE, depth.HINT),
}
"""What to say of a sign that is left as a fault, by its code."""

_TWO_DESCRIPTIONS = (
    "this picture has two descriptions, and the one in the brackets appears nowhere",
    "keep one; or give the picture a paragraph of its own, where the brackets hold its caption",
)
_IN_IMAGE = {
    "note": "a note is called in the description of a picture, where no reader can follow it",
    "a": "a link stands in the description of a picture, where no reader can follow it",
    "definition": "a term is defined in the description of a picture, where it is no term",
    "img": "a picture stands in the description of another, where no reader can see it",
}
_LOOKS = frozenset({"span", "code", TAG})
_OUT_OF_IMAGE = "write it in the text; or give the picture a paragraph of its own, and a caption"

_KINDS = {
    WRAP: _wrapped,
    READY: _ready,
    TAG: _tag,
    TOLD: _told,
    "p": figures.paragraph,
    "div": figures.division,
    "table": columns.table,
    "img": _image,
    "note": _note,
    "citation": cited.frozen,
}


def _tightened(item: Element) -> Element:
    """Return a list item whose paragraphs are not set apart, though their words are."""
    children: list[Node] = []
    pairs = item.attributes
    for above, child in zip((None, *item.children), item.children, strict=False):
        if isinstance(child, Element) and child.tag == "p":
            if isinstance(above, Element) and above.tag == "p":
                children.append("\n")
            children += child.children
            pairs = merged(pairs, child.attributes)
        else:
            children.append(child)
    return replace(item, attributes=pairs, children=joined(children))
