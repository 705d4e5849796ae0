"""From blocks to Python-Markdown's tree, and from that to the frozen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.diagnostics import did_you_mean
from octavo.manuscript.syntax import cited, depth
from octavo.manuscript.syntax.attributes import Pairs, merged
from octavo.manuscript.syntax.branch import END, LINE, READY, TAG, TOLD, WRAP, Branch, grow, said
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
    ready: Sequence[Element]
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
        element = Element(node.tag, _attributes(node), self.children(node), line)
        if node.get(_TIGHT) is not None:
            element = _tightened(element)
        return (allowed(element, self.ledger),)


def _wrapped(walk: Freezer, node: Branch) -> Sequence[Node]:
    return walk.children(node)


def _ready(walk: Freezer, node: Branch) -> Sequence[Node]:
    element = walk.ready[int(node.get("n", "0"))]
    walk.line = element.line
    return (element,)


def _paragraph(walk: Freezer, node: Branch) -> Sequence[Node]:
    caption = _caption(node)
    if caption is None or not said(caption):
        return walk.element(node)
    line = walk.start(node)
    walk.text(node.text or "")
    return (_figure(walk, node[0], caption, merged(_attributes(node), ()), line),)


def _caption(node: Branch) -> Branch | None:
    """Return what holds the caption of a picture that has a paragraph to itself.

    It is the picture's own text in brackets, or a line of nothing but emphasis right below it.
    """
    if [child.tag for child in node] not in (["img"], ["img", "em"]):
        return None
    around = [plain(text or "") for text in (node.text, *(child.tail for child in node))]
    if any(text.strip() for text in around) or (len(node) > 1 and "\n" not in around[1]):
        return None
    return node[-1]


_OF_FIGURE = frozenset({"id", "class", "width", "short"})
"""The attributes of a picture that are those of its figure."""


def _figure(walk: Freezer, image: Branch, words: Branch, own: Pairs, line: int) -> Element:
    pairs = _attributes(image)
    # The figure's own id and width stay its own; the picture then keeps those it was given.
    taken = dict(own).keys() - {"class"}
    outer = tuple(pair for pair in pairs if pair[0] in _OF_FIGURE - taken)
    inner = tuple(pair for pair in pairs if pair not in outer and pair[0] != "alt")
    alt = dict(pairs).get("alt")
    described = (said(image) or said(words)) if alt is None else alt
    walk.text(image.tail or "")
    caption = walk.children(words)
    children = (
        Element("img", (*inner, ("alt", described)), (), line),
        Element("figcaption", (), caption, line),
    )
    return Element("figure", merged(own, outer), children, line)


def _image(walk: Freezer, node: Branch) -> Sequence[Node]:
    line = walk.start(node)
    pairs = dict(_attributes(node))
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
            walk.ledger.put_aside(line, *(text for pair in _attributes(each) for text in pair))
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
    "p": _paragraph,
    "img": _image,
    "note": _note,
    "citation": cited.frozen,
}


def _attributes(node: Branch) -> Pairs:
    return tuple((name, plain(value)) for name, value in node.items() if name[0] != "-")


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
