"""XHTML tags among inline text: each pair becomes an element, a stray one a fault."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import forbidden, raw
from octavo.manuscript.syntax.branch import TAG
from octavo.markup import MarkupError, joined, parse, serialize
from octavo.model import Element

if TYPE_CHECKING:
    import re

    from octavo.manuscript.syntax.ledger import Ledger

Node = Element | str


def paired(nodes: Sequence[Node], ledger: Ledger) -> Sequence[Node]:
    """Return nodes with each pair of XHTML tags made an element."""
    stack: list[tuple[Element, str, list[Node]]] = []
    out: list[Node] = []
    drawings = 0
    for node in nodes:
        into = stack[-1][2] if stack else out
        found = _tag(node)
        if found is None or isinstance(node, str):
            into.append(node)
        elif found[4]:
            into += _made(node, node.get("source"), (), ledger, is_foreign=drawings > 0)
        elif not found[1]:
            stack.append((node, found[2], []))
            drawings += found[2] in forbidden.FOREIGN
        elif stack and stack[-1][1] == found[2]:
            opening, name, inside = stack.pop()
            drawings -= name in forbidden.FOREIGN
            source = f"{opening.get('source')}</{name}>"
            into = stack[-1][2] if stack else out
            into += _made(opening, source, tuple(inside), ledger, is_foreign=drawings > 0)
        else:
            into.append(_unpaired(node, ledger))
    for opening, _, inside in stack:
        out += [_unpaired(opening, ledger), *inside]
    return out


def allowed(element: Element, ledger: Ledger) -> Element:
    """Return an element, or its source as a fault if its attributes have no place in a book."""
    return _fault(element) if forbidden.tell_attributes(element, ledger) else element


def _fault(element: Element) -> Element:
    source = serialize(replace(element, children=())).removesuffix(f"</{element.tag}>")
    children = (source, *element.children)
    return Element("fault", (("code", "forbidden-html"),), children, element.line)


def _tag(node: Node) -> re.Match[str] | None:
    """Return the parts of the XHTML tag that a node stands for, if it stands for one."""
    if isinstance(node, str) or node.tag != TAG:
        return None
    return raw.TAG.fullmatch(node.get("source"))


def _made(
    tag: Element, source: str, children: tuple[Node, ...], ledger: Ledger, *, is_foreign: bool
) -> tuple[Node, ...]:
    """Return the element of a tag, or a fault and the text it holds."""
    try:
        made = parse(source, tag.line)
    except MarkupError as problem:
        said = raw.reason(problem)
        fault = ledger.fault("malformed-html", said, tag.line, tag.get("source"), raw.HINT)
        return fault, *children
    (element,) = (node for node in made if isinstance(node, Element))
    # The elements in it have been looked at when their own tags were paired.
    own = replace(element, children=tuple(node for node in children if isinstance(node, str)))
    is_refused = forbidden.tell((own,), ledger, is_foreign=is_foreign)
    element = replace(element, children=joined(children))
    return (_fault(element) if is_refused else element,)


def _unpaired(tag: Element, ledger: Ledger) -> Element:
    source = tag.get("source")
    found = raw.TAG.fullmatch(source)
    if found and forbidden.tell_name(found[2], tag.line, ledger):
        return Element("fault", (("code", "forbidden-html"),), (source,), tag.line)
    what = "closes nothing" if source.startswith("</") else "is never closed"
    message = f"{source} {what} within its paragraph"
    return ledger.fault("malformed-html", message, tag.line, source, raw.HINT)
