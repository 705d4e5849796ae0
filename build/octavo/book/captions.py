"""Captions: where the number of a figure, a table, an equation or a theorem stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.book.titles import LABEL
from octavo.markup import with_attributes
from octavo.model import Element
from octavo.series import CAPTIONED, series_of

if TYPE_CHECKING:
    from octavo.model import Node

CAPTIONS = frozenset({"figcaption", "caption"})
"""The elements that are captions."""
EQUATION = "equation"
TITLE = "statement-title"
"""The class of the title of a theorem, at the head of its first paragraph."""


@dataclass(frozen=True, slots=True)
class Label:
    """What a caption begins with: *Figure 3*, or *(a)* for a part of a figure."""

    text: str
    is_part: bool = False


def captioned(element: Element, label: Label, separator: str) -> Element:
    """Return an element with its label in its caption, or where it has none, at its head."""
    if element.tag == "div":
        is_equation = series_of(element.get("id")) == EQUATION
        return _equation(element, label) if is_equation else _statement(element, label)
    has_caption = any(isinstance(e, Element) and e.tag in CAPTIONS for e in element.children)
    if has_caption:
        children = tuple(_headed(node, label, separator) for node in element.children)
    elif element.tag == "table":
        children = (Element("caption", (), (_span(label.text),)), *element.children)
    else:
        children = (*element.children, Element("figcaption", (), (_span(label.text),)))
    return replace(element, children=children)


def is_statement(element: Element) -> bool:
    """Tell whether an element is a theorem or its like."""
    return element.tag == "div" and series_of(element.get("id")) not in {*CAPTIONED, EQUATION, ""}


def _headed(node: Node, label: Label, separator: str) -> Node:
    if not isinstance(node, Element) or node.tag not in CAPTIONS:
        return node
    between = " " if label.is_part else separator
    return replace(node, children=(_span(f"{label.text}{between}"), *node.children))


def _equation(box: Element, label: Label) -> Element:
    span = Element("span", (("class", f"{LABEL} equation-number"),), (label.text,))
    return replace(box, children=(*box.children, span))


def _statement(box: Element, label: Label) -> Element:
    """Return a theorem or its like with its name at its head: *Theorem 3 (Pythagoras)*."""
    named = with_attributes(box, title=None, caption=None)
    match named.children:
        case (Element(tag="p") as first, *others):
            first = replace(first, children=_named(first.children, label))
            return replace(named, children=(first, *others))
    return replace(named, children=(Element("p", (), _named((), label)), *named.children))


def _named(words: tuple[Node, ...], label: Label) -> tuple[Node, ...]:
    """Return the words of a theorem with its label, around the title if they have one."""
    match words:
        case (Element() as title, *others) if TITLE in title.classes:
            opens, closes = (f"{label.text} (", "). ") if label.text else ("", ". ")
            before = (_span(opens),) if opens else ()
            return (*before, title, _span(closes), *others)
    return (_span(f"{label.text}. "), *words) if label.text else words


def _span(text: str) -> Element:
    return Element("span", (("class", LABEL),), (text,))
