"""What the lines of named blocks are: a letter's date, a play's directions, a poem's source."""

from __future__ import annotations

from octavo.markup import with_attributes
from octavo.model import Element, Node

LINES = frozenset("source stage date salutation closing signature postscript yield".split())
"""Classes of a span that says what its whole paragraph is."""
_PLAY, _STAGE = "play", "stage"


def with_lines(element: Element) -> Element:
    """Return a paragraph with the class of the span that it is; in a play, emphasis directs."""
    match element:
        case Element(tag="p", children=(Element(tag="span") as only,)):
            named = [name for name in only.classes if name in LINES]
            return _classed(element, *named)
        case Element(tag="div") if _PLAY in element.classes:
            return _each(element)
    return element


def _each(play: Element) -> Element:
    children = tuple(_directed(node) for node in play.children)
    return Element(play.tag, play.attributes, children, play.line)


def _directed(node: Node) -> Node:
    match node:
        case Element(tag="p", children=(Element(tag="em"),)):
            return _classed(node, _STAGE)
    return node


def _classed(element: Element, *names: str) -> Element:
    if not names:
        return element
    return with_attributes(element, class_=" ".join(dict.fromkeys((*element.classes, *names))))
