"""What no XHTML of a book may hold: names that are no part of a book, scripts, far addresses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from octavo.manuscript import outward, styles
from octavo.manuscript.syntax.vocabulary import HTML, near
from octavo.markup import text_of
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.manuscript.syntax.ledger import Ledger

FOREIGN = frozenset({"svg", "math"})
"""Elements whose insides are written in a language of their own."""
_NOWHERE = frozenset("script foreignobject note citation folio fault".split())
"""Names that mean something else to a browser or to the press, and so may stand nowhere."""
_FETCHING = frozenset({"srcset", "background", "ping"})
"""Attributes that do nothing but fetch."""
_ADDRESSES = frozenset({"href", "xlink:href", "src"})
_SPANS = frozenset("colspan rowspan span".split())
_WIDEST_SPAN = 1000
"""Columns or rows of one cell (HTML Living Standard, 4.9.11, for columns)."""
_HINT = "remove it: reading systems refuse or ignore it"
_SMALLER = "write a smaller number, or fewer brackets"


class _Finding(NamedTuple):
    line: int
    what: str
    hint: str = _HINT


def tell(elements: Sequence[Element], ledger: Ledger, *, is_foreign: bool = False) -> bool:
    """Tell of everything that has no place in an author's XHTML; return whether anything has."""
    found = (one for each in elements for one in _findings(each, is_foreign=is_foreign))
    return _told(found, ledger)


def tell_name(name: str, line: int, ledger: Ledger) -> bool:
    """Tell of the name of an element that no book has; return whether it is one."""
    return _told(_of_name(name, line), ledger)


def tell_attributes(element: Element, ledger: Ledger) -> bool:
    """Tell of an element's own attributes that have no place; return whether any has none."""
    return _told(_of_attributes(element, is_foreign=False), ledger)


def _told(findings: Iterator[_Finding], ledger: Ledger) -> bool:
    found = list(findings)
    for finding in found:
        message = f"{finding.what} has no place in a book"
        ledger.error("forbidden-html", message, finding.line, finding.hint)
    return bool(found)


def _findings(element: Element, *, is_foreign: bool) -> Iterator[_Finding]:
    yield from _of_name(element.tag, element.line, is_foreign=is_foreign)
    yield from _of_attributes(element, is_foreign=is_foreign)
    if element.tag == "style" and outward.styled_from_outside(text_of(element)):
        yield _Finding(element.line, "a style that fetches something")
    inside = is_foreign or element.tag in FOREIGN
    for child in element.children:
        if isinstance(child, Element):
            yield from _findings(child, is_foreign=inside)


def _of_name(name: str, line: int, *, is_foreign: bool = False) -> Iterator[_Finding]:
    lower = name.lower()
    if lower not in _NOWHERE and (is_foreign or name in HTML):
        return
    meant = lower if lower in HTML else near(lower, HTML)
    text = f"remove it, or write \\<{name}> if it is text"
    hint = f"did you mean <{meant}>?" if meant else text
    if lower in HTML:
        hint = f"write it in lower case: <{lower}>"
    yield _Finding(line, f"the element <{name}>", hint)


def _of_attributes(element: Element, *, is_foreign: bool) -> Iterator[_Finding]:
    for name, value in element.attributes:
        lower = name.lower()
        if outward.runs(name, value):
            yield _Finding(element.line, f"a script in the attribute “{name}”")
        elif lower in _FETCHING or _fetches(lower, value, is_foreign=is_foreign):
            yield _Finding(element.line, f"the attribute “{name}”, which fetches something,")
        elif lower in _ADDRESSES and _leads_astray(element.tag, value, is_foreign=is_foreign):
            yield _Finding(element.line, f"the address in the attribute “{name}”")
        elif what := _excess(lower, value):
            yield _Finding(element.line, f"{what} in the attribute “{name}”", _SMALLER)


def _excess(name: str, value: str) -> str:
    """Return what no page can hold of what an attribute asks for."""
    if name in _SPANS and value.strip().isdecimal() and int(value.strip()[:9]) > _WIDEST_SPAN:
        return f"a number above {_WIDEST_SPAN:,}"
    found = styles.excess(value) if name == "style" else None
    return found.what if found else ""


def _fetches(name: str, value: str, *, is_foreign: bool) -> bool:
    return (is_foreign or name == "style") and outward.styled_from_outside(value)


def _leads_astray(tag: str, address: str, *, is_foreign: bool) -> bool:
    """Tell whether an address is a page of its own, or leads out of a drawing that needs it."""
    if tag == "a" or not is_foreign:
        return address.strip().lower().startswith("data:") and tag != "img"
    return outward.leads_out(address)
