"""The elements, classes and attributes that a book may have, and those meant to be one."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from octavo.diagnostics import did_you_mean
from octavo.markup import BLOCKS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octavo.manuscript.syntax.ledger import Ledger
    from octavo.model import Element

INLINE = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q rp rt ruby s samp small"
    " span strong sub sup time u var wbr".split()
)
"""Elements of XHTML that stand in a line of text."""
HTML = INLINE | BLOCKS - {"main"} | frozenset("col colgroup hgroup math summary svg".split())
"""All elements of XHTML that an author may write; a page's only ``main`` is not one of them."""
CLASSES = frozenset(
    "smallcaps underline index term principal begins ends write only-print only-epub decorative"
    " numbered unnumbered pull-quote caution exercise"
    " landscape full-page row-heads".split()
)
"""Classes whose misspelling changes the book; any other word is a class of the author's own."""
FORMS = ("page", "with-page", "number", "title")
"""The classes of a link that say what stands in its place, or behind it."""
NEAR = 0.8
"""How alike two words are that differ in a letter or two; own classes must not be suspected."""
ONLY = "only-"
"""Classes that begin so name an edition, and are checked where the editions are known."""
MARKS = {
    "index": frozenset({"entry", "see", "see-also", "sort", "in"}),
    "term": frozenset({"def", "of"}),
    "write": frozenset({"lines"}),
}
"""The attributes of the spans, and of the blocks, that are more than their words."""
PICTURE = frozenset({"src", "alt", "width", "height"})
SHEET = frozenset({"decimal", "delimiter"})
"""The attributes that a picture has besides where its file is a table."""
_SHEETS = (".csv", ".tsv")
ANYWHERE = frozenset(
    "id class lang xml:lang dir title role style hidden translate epub:type".split()
)
_ANY = re.compile("(?:data|aria)-.*")
SIZE = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?P<unit>%|px|pt|pc|in|cm|mm|em|rem)?")
"""A width or height: a number, and a unit of CSS or a share of the text's width."""


def check(element: Element, ledger: Ledger) -> None:
    """Tell of classes, attributes, sizes and links of an element that will do nothing."""
    for name in element.classes:
        if meant := _nearest_class(name):
            message = f"the class “{name}” has no meaning of its own"
            ledger.warning("unknown-class", message, element.line, f"did you mean “{meant}”?")
    known = _attributes_of(element)
    for name in _unknown(element, known) if known else ():
        hint = did_you_mean(name, known) or f"it may have {', '.join(sorted(known))}"
        message = f"the attribute “{name}” does nothing here"
        ledger.warning("unknown-attribute", message, element.line, hint)
    if element.tag in {"img", "figure"}:
        _check_size(element, ledger)
    if element.tag == "a" and not element.get("href", "#").strip():
        hint = "write [text](chapter.md), or the words without brackets"
        ledger.error("empty-link", "this link names no target", element.line, hint)


def is_sheet(address: str) -> bool:
    """Tell whether a picture's file is a table."""
    return address.partition("#")[0].lower().endswith(_SHEETS)


def near(name: str, known: Iterable[str]) -> str:
    """Return the known name that differs from a name in no more than a letter or two, if any."""
    return next(iter(get_close_matches(name, sorted(known), 1, NEAR)), "")


def _nearest_class(name: str) -> str:
    if name in CLASSES or name in FORMS or name.startswith(ONLY) or len(name) < len("index") - 1:
        return ""
    return near(name, CLASSES)


def _attributes_of(element: Element) -> frozenset[str]:
    """Return the attributes that an element may have of its own, or none if it may have any."""
    if element.tag == "img":
        return PICTURE | SHEET if is_sheet(element.get("src")) else PICTURE
    marks = (MARKS[name] for name in element.classes if name in MARKS)
    return frozenset().union(*marks) if element.tag in {"span", "div"} else frozenset()


def _unknown(element: Element, known: frozenset[str]) -> Iterator[str]:
    names = (name for name, _ in element.attributes)
    return (n for n in names if n not in known | ANYWHERE and not _ANY.fullmatch(n))


def _check_size(element: Element, ledger: Ledger) -> None:
    for name in ("width", "height"):
        value = element.get(name)
        if value and not SIZE.fullmatch(value.strip()):
            message = f"“{value}” is not a {name}"
            hint = f"write {name}=60%, or a number with in, cm, mm, pt or px: {name}=3in"
            ledger.warning("bad-size", message, element.line, hint)
