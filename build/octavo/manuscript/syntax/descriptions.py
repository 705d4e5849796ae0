"""Long descriptions: what a figure shows, at length, for those who cannot see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.diagnostics import did_you_mean
from octavo.markup import rewrite_all, walk, with_attributes
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.manuscript.syntax.ledger import Ledger

CLASS, FOR = "description", "for"
_DESCRIBED = frozenset({"figure", "img", "table", "div"})


def is_description(element: Element) -> bool:
    """Tell whether a division describes another element."""
    return element.tag == "div" and CLASS in element.classes and bool(element.get(FOR))


def attached(body: tuple[Element, ...], ledger: Ledger) -> tuple[Element, ...]:
    """Return blocks in which what has a description says where that is."""
    found = [element for element in walk(*body) if is_description(element)]
    if not found:
        return body
    named = {e.get("id"): e for e in walk(*body) if e.get("id") and e.tag in _DESCRIBED}
    given: dict[str, str] = {}
    for description in found:
        name = description.get(FOR)
        if name not in named or name in given:
            again = "has two descriptions" if name in given else "is not in this file"
            hint = did_you_mean(name, named) or "name a figure of this file: for=fig-loop"
            message = f"this describes “{name}”, which {again}"
            ledger.error("description-of-nothing", message, description.line, hint)
        given.setdefault(name, description.get("id") or f"{CLASS}-{name}")
    pictures = {id(_shown(named[name])): own for name, own in given.items() if name in named}

    def attach(element: Element) -> Element:
        if is_description(element) and not element.get("id"):
            return with_attributes(element, id=given[element.get(FOR)])
        return element

    blocks = (_pointing(block, pictures) for block in body)
    return tuple(e for e in rewrite_all(blocks, attach) if isinstance(e, Element))


def _shown(described: Element) -> Element:
    """Return the one picture of what is described, or that itself."""
    pictures = [element for element in walk(described) if element.tag == "img"]
    return pictures[0] if len(pictures) == 1 else described


def _pointing(element: Element, pictures: dict[int, str]) -> Element:
    children = tuple(
        _pointing(node, pictures) if isinstance(node, Element) else node
        for node in element.children
    )
    made = element if children == element.children else replace(element, children=children)
    own = pictures.get(id(element))
    return with_attributes(made, aria_details=own) if own else made
