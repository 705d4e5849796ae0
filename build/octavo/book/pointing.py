"""References: what an author points to with ``[](#fig-loop)`` or ``@fig-loop``.

They are found before anything is numbered; what each says is known when everything is
(:mod:`~octavo.book.naming`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book.texts import written
from octavo.manuscript.outward import is_outward
from octavo.manuscript.syntax.vocabulary import FORMS
from octavo.markup import BLOCKS, walk, with_attributes
from octavo.model import Element
from octavo.series import place_named

if TYPE_CHECKING:
    from collections.abc import Container

    from octavo.model import Manuscript, Node, Source

WITH_PAGE = "with-page"
_PAGED = frozenset({"page", WITH_PAGE})
"""Those that add a page to an author's own words."""
_ENDED = re.compile(r"(?:\w{4}\.|[?!…])[”’»\"')\]]*\s+$")
"""What ends a sentence; the stop of a short word may be that of an abbreviation."""
_SHOWN = frozenset({"img", "svg", "math", "formula", "note", "citation", "fault"})
"""What a link may show besides words."""


def pointed(manuscript: Manuscript) -> Manuscript:
    """Return the manuscript with its references as such: links without words, keys of places."""
    sources = (_pointed(source, manuscript.references) for source in manuscript.sources)
    return replace(manuscript, sources=tuple(sources))


def _pointed(source: Source, references: Container[str]) -> Source:
    def found(element: Element) -> Node:
        if element.tag == "a":
            return _of_link(element)
        if element.tag == "citation":
            return _of_keys(element, references)
        return _opening_sentences(element)

    return written(source, found)


def _of_link(link: Element) -> Element:
    """Return a link as a reference, if the press is to find its words or its page."""
    href = link.get("href")
    form = next((name for name in link.classes if name in FORMS), "")
    says = any(isinstance(node, str) and node.strip() for node in _every(link))
    if not href or is_outward(href) or (says and form not in _PAGED):
        return link
    return _reference([href], form=form, children=link.children if says else (), line=link.line)


def _every(link: Element) -> list[Node]:
    elements = list(walk(link))
    shown = [element.tag for element in elements if element.tag in _SHOWN]
    return [*shown, *(node for element in elements for node in element.children)]


def _of_keys(citation: Element, references: Container[str]) -> Element:
    """Return a citation as a reference, if its keys name places and no sources."""
    cites = [each for each in citation.children if isinstance(each, Element)]
    keys = [each.get("key") for each in cites]
    places = [place_named(key) for key in keys]
    if not all(places) or any(key in references for key in keys):
        return citation
    locator = cites[-1].get("locator")
    return _reference(
        [f"#{place}" for place in places],
        form="number" if cites[0].get("mode") == "suppress-author" else "",
        before=cites[0].get("prefix"),
        after=(f", {locator}" if locator else "") + cites[-1].get("suffix"),
        capital="yes" if keys[0][:1].isupper() else "",
        line=citation.line,
    )


def _opening_sentences(element: Element) -> Element:
    """Return an element whose references begin with a capital where a sentence begins."""
    if not any(_is_reference(child) for child in element.children):
        return element
    before = "" if element.tag in BLOCKS else "x"
    children: list[Node] = []
    for child in element.children:
        opens = not before.strip() or _ENDED.search(before)
        if isinstance(child, Element) and _is_reference(child) and opens:
            children.append(with_attributes(child, capital="yes"))
        else:
            children.append(child)
        before = child if isinstance(child, str) else "x"
    return replace(element, children=tuple(children))


def _is_reference(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "reference"


def _reference(to: list[str], *, line: int, children: tuple[Node, ...] = (), **own: str) -> Element:
    links = " ".join(href.replace(" ", "%20") for href in to)
    pairs = tuple((name, value) for name, value in own.items() if value)
    return Element("reference", (("to", links), *pairs), children, line)
