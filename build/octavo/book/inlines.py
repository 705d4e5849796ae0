"""Pandoc's inline tree as XHTML, and back: one table from its elements to ours.

Only what citeproc yields is known.  Nothing is dropped: an element without a counterpart leaves
its text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, urlsplit

from octavo.manuscript.outward import SCHEMES
from octavo.markup import joined, text_of, walk
from octavo.model import Element, Node

Tree = dict[str, Any]
"""A node of Pandoc's tree: ``t`` is its type, ``c`` what it holds."""

WRAPPERS = {
    "Emph": ("em", ""),
    "Strong": ("strong", ""),
    "Superscript": ("sup", ""),
    "Subscript": ("sub", ""),
    "Strikeout": ("s", ""),
    "SmallCaps": ("span", "smallcaps"),
    "Underline": ("span", "underline"),
}
"""Pandoc's plain inline elements: our tag and class."""
MARKS = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
"""English marks; for other languages citeproc writes the locale's own marks as text."""
WEB = SCHEMES & {"http", "https"}
"""What an entry may link to; any other address is printed and leads nowhere."""
URL_SAFE = "!#$%&'()*+,/:;=?@~"
"""RFC 3986: what may stand in path and query, and ``%`` of what is already encoded."""
DOI = "https://doi.org/"


def inlines(trees: Iterable[Tree]) -> tuple[Node, ...]:
    """Return a row of Pandoc's inline elements as text and elements of ours."""
    return joined(node for tree in trees for node in INLINES[tree["t"]](tree))


_SPACE: Tree = {"t": "Space"}


def trees(nodes: Iterable[Node]) -> list[Tree]:
    """Return text and elements of ours as Pandoc's inline elements; of others, the content."""
    return [tree for node in nodes for tree in _trees(node)]


def _trees(node: Node) -> list[Tree]:
    if isinstance(node, str):
        # Split at ordinary white space only: a no-break space is part of its word.
        pieces = (piece for piece in re.split(r"([ \t\r\n]+)", node) if piece)
        return [{"t": "Str", "c": each} if each.strip(" \t\r\n") else _SPACE for each in pieces]
    if node.tag == "code":
        return [{"t": "Code", "c": [["", [], []], text_of(node)]}]
    kind = next((k for k, (tag, name) in WRAPPERS.items() if _is(node, tag, name)), "")
    inside = trees(node.children)
    return [{"t": kind, "c": inside}] if kind else inside


def _is(element: Element, tag: str, name: str) -> bool:
    return element.tag == tag and (not name or name in element.classes)


def reference_id(key: str) -> str:
    """Return the id of a reference's entry: ``ref-`` and the key, as an XML name without colons.

    Any character that a name cannot hold becomes its code point between underscores.
    """
    # An underscore that could be read as the beginning of such a code is written as one itself,
    # so that two keys never share an id.
    unsafe = r"[^A-Za-z0-9_.-]|_(?=[0-9a-f]+_)"
    return "ref-" + re.sub(unsafe, lambda found: f"_{ord(found[0]):x}_", key)


def _wrapped(tree: Tree) -> tuple[Node, ...]:
    tag, name = WRAPPERS[tree["t"]]
    return (Element(tag, (("class", name),) if name else (), inlines(tree["c"])),)


def _quoted(tree: Tree) -> tuple[Node, ...]:
    opening, closing = MARKS[tree["c"][0]["t"]]
    return (opening, *inlines(tree["c"][1]), closing)


def _span(tree: Tree) -> tuple[Node, ...]:
    (_identifier, classes, _pairs), content = tree["c"]
    # “nocase” only told citeproc to leave capitals alone.
    names = " ".join(name for name in classes if name != "nocase")
    inside = inlines(content)
    return (Element("span", (("class", names),), inside),) if names else inside


def _link(tree: Tree) -> tuple[Node, ...]:
    _attributes, content, (target, _title) = tree["c"]
    inside = inlines(content)
    if target.startswith("#ref-"):
        href = "#" + reference_id(target.removeprefix("#ref-"))
        return _to_its_entry(href, inside)
    href = _address(target)
    return (Element("a", (("href", href),), inside),) if href else inside


def _to_its_entry(href: str, inside: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a citation as a link, up to the first link in it: one cannot stand in another."""
    own = (at for at, node in enumerate(inside) if any(e.tag == "a" for e in _elements(node)))
    end = next(own, len(inside))
    link = Element("a", (("href", href), ("role", "doc-biblioref")), inside[:end])
    return (link, *inside[end:]) if end else inside


def _elements(node: Node) -> Iterable[Element]:
    return walk(node) if isinstance(node, Element) else ()


def _address(target: str) -> str:
    """Return a web address in RFC 3986's characters, or nothing if it is none."""
    try:
        parts = urlsplit(target)
        _ = parts.port  # read for its check: citeproc makes “https://javascript:…” of a bad URL
    except ValueError:
        return ""
    if parts.scheme.lower() not in WEB or not parts.hostname:
        return ""
    # “#” is a character of a DOI like any other; in an address it would begin a fragment.
    return quote(target, safe=URL_SAFE.replace("#", "") if target.startswith(DOI) else URL_SAFE)


INLINES: dict[str, Callable[[Tree], tuple[Node, ...]]] = {
    **dict.fromkeys(WRAPPERS, _wrapped),
    "Str": lambda tree: (tree["c"],),
    "Space": lambda _: (" ",),
    "SoftBreak": lambda _: (" ",),
    "LineBreak": lambda _: (Element("br"),),
    "Quoted": _quoted,
    "Cite": lambda tree: inlines(tree["c"][1]),
    "Span": _span,
    "Link": _link,
    "Code": lambda tree: (Element("code", (), (tree["c"][1],)),),
    "Math": lambda tree: (tree["c"][1],),
    "RawInline": lambda tree: (tree["c"][1],),
}
"""How each of Pandoc's inline elements becomes ours; what citeproc cannot yield is not here."""
