"""Which elements may stand in which: what EPUBs are refused for, and browsers silently mend.

The rules are the content models of the HTML Living Standard (4.3 to 4.11), as far as a book's
elements go.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from octavo.manuscript.syntax.figures import SHORT
from octavo.manuscript.syntax.vocabulary import INLINE
from octavo.markup import BLOCKS

if TYPE_CHECKING:
    from octavo.manuscript.syntax.ledger import Ledger
    from octavo.model import Element

_OWN = frozenset("note citation definition folio formula fault svg math".split())
"""Elements of the press, and roots of other vocabularies; they stand wherever words may."""
_HOMES: dict[str, tuple[str, ...]] = {
    "li": ("ul", "ol"),
    "dt": ("dl", "div"),
    "dd": ("dl", "div"),
    "tr": ("table", "thead", "tbody", "tfoot"),
    "td": ("tr",),
    "th": ("tr",),
    **dict.fromkeys(("caption", "colgroup", "thead", "tbody", "tfoot"), ("table",)),
    "col": ("colgroup",),
    "figcaption": ("figure",),
    SHORT: ("figure", "table"),
    "rt": ("ruby",),
    "rp": ("ruby",),
    "summary": ("details",),
}
"""Elements that stand only in some others, and those."""
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6 hgroup".split())
_SECTIONS = frozenset("article aside nav section".split())
_ENDS = frozenset({"header", "footer"})
_BARE = frozenset("ul ol dl table thead tbody tfoot tr colgroup hgroup".split())
"""Elements that hold no words, but only elements made for them."""
_WORDY = INLINE - {"a", "ins", "del"} | _HEADINGS | {"p", "pre", "summary"}
"""Elements that hold words, and no paragraphs."""
_LIKE_ABOVE = frozenset({"a", "ins", "del"})
"""Elements that hold what the one around them may hold."""
_WORDS = INLINE - _HOMES.keys() | _OWN
_PARAGRAPHS = _WORDS | (BLOCKS - _HOMES.keys()) | {"hgroup"}
_NEVER_IN: dict[str, frozenset[str]] = {
    "a": frozenset({"a"}),
    "address": _HEADINGS | _SECTIONS | _ENDS | {"address"},
    "caption": frozenset({"table"}),
    "dt": _HEADINGS | _SECTIONS | _ENDS,
    "footer": _ENDS,
    "header": _ENDS,
    "th": _HEADINGS | _SECTIONS | _ENDS,
}
"""What may not stand in an element at any depth."""
_NEEDED = {"bdo": ("dir", '"rtl"'), "data": ("value", '"…"')}
"""Attributes without which an element says nothing, and how they are written."""


_PARTS = {"details": ("summary",), "ruby": ("rt",), "hgroup": tuple(_HEADINGS)}
"""Elements that are none without a part, and that part."""


class _Place(NamedTuple):
    """Where an element stands: in what, what may stand there, and what may not."""

    name: str
    model: frozenset[str]
    never: frozenset[str]


def check(element: Element, ledger: Ledger) -> None:
    """Tell of everything in a block that may not stand where it stands."""
    place = _Place("body", _PARAGRAPHS, frozenset())
    for line, message, hint in _found(element, place):
        ledger.error("misplaced-html", message, line, hint)


def _found(element: Element, place: _Place) -> Iterator[tuple[int, str, str]]:
    name = element.tag
    if name not in place.model or name in place.never:
        where = "there" if place.name == "body" else f"in <{place.name}>"
        yield element.line, f"<{name}> may not stand {where}", _hint(name)
        return
    if name in _OWN or name == SHORT:
        return
    yield from _lacks(element)
    # A time without a date of its own is read from its words.
    plain = name == "time" and not element.get("datetime")
    inner = _Place(
        name, _OWN if plain else _model(name, place), place.never | _NEVER_IN.get(name, frozenset())
    )
    for node in element.children:
        if not isinstance(node, str):
            yield from _found(node, inner)
        elif name in _BARE and node.strip():
            told = " ".join(node.split())[:40]
            yield element.line, f"in <{name}>, “{told}” stands outside its parts", _hint("")


def _lacks(element: Element) -> Iterator[tuple[int, str, str]]:
    """Yield what an element is nothing without."""
    name = element.tag
    if name in _NEEDED and not element.get(_NEEDED[name][0]):
        attribute, value = _NEEDED[name]
        hint = f"write <{name} {attribute}={value}>"
        yield element.line, f"<{name}> says nothing without “{attribute}”", hint
    parts = _PARTS.get(name, ())
    held = [node for node in element.children if not isinstance(node, str) or node.strip()]
    tags = [node if isinstance(node, str) else node.tag for node in held]
    sought = tags[:1] if name == "details" else tags
    if parts and not {*parts, "fault"} & {*sought}:
        begins = "begin with" if name == "details" else "hold"
        message = f"<{name}> must {begins} <{min(parts)}>"
        yield element.line, message, f"write <{min(parts)}>…</{min(parts)}> in it"


def _model(name: str, place: _Place) -> frozenset[str]:
    """Return what may stand in an element."""
    if name in _LIKE_ABOVE:
        return place.model
    made_for_it = frozenset(child for child, homes in _HOMES.items() if name in homes)
    if name == "dl":
        return made_for_it | {"div", "fault"}
    if name == "hgroup":
        return _HEADINGS - {"hgroup"} | {"p", "fault"}
    if name in _BARE:
        return made_for_it | {"fault"}
    return made_for_it | (_WORDS if name in _WORDY else _PARAGRAPHS)


def _hint(name: str) -> str:
    homes = " or ".join(f"<{home}>" for home in _HOMES.get(name, ()))
    return f"put it into {homes}" if homes else "move it out, or take the tags away"
