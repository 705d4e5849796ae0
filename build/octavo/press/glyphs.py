"""Characters that no typeface of the design has: found before a page is set, with their lines."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.diagnostics import Location, error
from octavo.markup import joined
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octavo.diagnostics import Diagnostic
    from octavo.model import Leaf, Node, Rendition

CODE = "missing-character"
MESSAGE = "the book's typefaces have no shape for the character “{about}” (U+{code:04X})"
HINT = "replace it, or write the word in letters that the typefaces have"
OF_SCRIPT = (
    "print has Latin, Greek, Cyrillic and Arabic letters: write the word in these, or let the book"
    " be an EPUB alone (`editions` in book.yaml), where a reading system has letters of its own"
)
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""General categories without a shape of their own: controls, joiners, spaces."""


def marked(
    rendition: Rendition, shown: frozenset[str], report: Callable[[Diagnostic], None]
) -> Rendition:
    """Report every character outside ``shown``, and return the rendition with faults for them.

    A draft shows the fault where the character would have left a gap.
    """
    leaves = tuple(_marked(leaf, shown, report) for leaf in rendition.leaves)
    return replace(rendition, leaves=leaves)


def _marked(leaf: Leaf, shown: frozenset[str], report: Callable[[Diagnostic], None]) -> Leaf:
    def inside(element: Element, above: int) -> Element:
        if element.tag == "math":
            return element  # drawn in a typeface of its own
        line = element.line or above
        parts = (
            (inside(child, line),) if isinstance(child, Element) else pieces(child, line)
            for child in element.children
        )
        return replace(element, children=joined(node for part in parts for node in part))

    def pieces(text: str, line: int) -> Iterator[Node]:
        start = 0
        for place, character in enumerate(text):
            if not (character in shown or unicodedata.category(character) in UNSEEN):
                yield text[start:place]
                yield fault(character, line)
                start = place + 1
        yield text[start:]

    def fault(character: str, line: int) -> Node:
        code = ord(character)
        place = leaf.section.location
        place = Location(place.file, line) if line else place
        hint = OF_SCRIPT if unicodedata.category(character) == "Lo" else HINT
        report(error(CODE, MESSAGE.format(about=character, code=code), place, hint))
        return Element("mark", (("class", "fault"),), (f"[{CODE}] U+{code:04X}",), line)

    return replace(leaf, content=inside(leaf.content, 0))
