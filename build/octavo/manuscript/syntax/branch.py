"""Python-Markdown's tree, and the one class through which its patterns call ours."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.inlinepatterns import InlineProcessor
from markdown.util import STX, AtomicString

from octavo.manuscript.syntax.marks import last_line, plain

if TYPE_CHECKING:
    from octavo.manuscript.syntax.attributes import Pairs

    Branch = Element[str]
else:
    Branch = Element
Found = tuple[Branch | str, int, int]
"""What stands in place of a stretch of the text, and where that stretch begins and ends."""
Read = Callable[[re.Match[str], str, Callable[[str], str]], Found | None]
"""Read what a pattern found in a text; the last argument gives back the source of stashed marks."""

LINE = "-line"
"""The attribute for the line on which an element begins, where its own text does not say so."""
END = "-end"
"""The attribute for the last line of an element whose own text does not hold all its marks."""
WRAP = "wrap"
"""The element around text that is read after the bracket that holds it."""
TAG = "tag"
"""The element that stands for one XHTML tag until the tags are paired."""
TOLD = "told"
"""The element around a sign that is kept as text, but that the author is told of."""
FORMULA = "formula"
"""The element of a formula."""
SOURCE = "-source"
"""The attribute that keeps an element as it was written, until the tree is frozen."""
READY = "ready"
"""The element that stands for one that needs no reading: code, XHTML, a fault."""


def grow(parent: Branch, tag: str, attributes: dict[str, str] | None = None) -> Branch:
    """Add a child to a branch, and return it."""
    return SubElement(parent, tag, attributes or {})


def spanning(element: Branch, source: str) -> Branch:
    """Return an element that knows on which line its source ends."""
    line = last_line(source)
    if line:
        element.set(END, str(line))
    return element


def told(code: str, sign: str) -> Branch:
    """Return a sign as text that no pattern touches, and that is told under a code."""
    element = Branch(TOLD, {"code": code})
    element.text = AtomicString(sign)
    return element


def attributes_of(node: Branch) -> Pairs:
    """Return the attributes that an author wrote."""
    return tuple((name, plain(value)) for name, value in node.items() if name[0] != "-")


def said(node: Branch, *, cited: bool = False) -> str:
    """Return a node's text on one line, without marks and notes, with its citations if wanted."""
    return " ".join(plain("".join(_texts(node, cited=cited))).split())


def _texts(node: Branch, *, cited: bool) -> Iterator[str]:
    if node.tag in {"note", "definition"}:
        return
    if node.tag == TAG and node.get("source", "").startswith("<br"):
        yield " "
    if node.tag == FORMULA:
        yield node.get("tex", "")
        return
    if node.tag == "citation":
        yield node.get("text", "") if cited else ""
        return
    yield node.text or ""
    for child in node:
        yield from _texts(child, cited=cited)
        yield child.tail or ""


class Pattern(InlineProcessor):
    """An inline pattern of Python-Markdown that is read by a function."""

    def __init__(self, pattern: str, read: Read, written: Callable[[str], str]) -> None:
        """Keep the function, and what writes out again what stands in a text's placeholders."""
        super().__init__(pattern)
        self.read = read
        self.written = written

    def handleMatch(  # type: ignore[override]  # noqa: N802  the stubs know the old form only
        self, m: re.Match[str], data: str
    ) -> Found | tuple[None, None, None]:
        """Return what the function made of the match."""
        return self.read(m, data, self.source) or (None, None, None)

    def source(self, text: str) -> str:
        """Return text with what earlier patterns found written out again."""
        return self.written(text) if STX in text else text
