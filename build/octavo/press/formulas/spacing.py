"""TeX's spaces between the parts of a formula, by what they are to each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.markup import text_of
from octavo.model import Element
from octavo.rendition.operators import APPLIED, EITHER, Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

THIN, MEDIUM, THICK = 3 / 18, 4 / 18, 5 / 18
_O, _T, _M, _R = 0.0, THIN, MEDIUM, THICK
_BETWEEN: tuple[tuple[float, ...], ...] = (
    # Ord Op  Bin Rel Open Close Punct Inner: The TeXbook, chapter 18
    (_O, _T, _M, _R, _O, _O, _O, _T),
    (_T, _T, _O, _R, _O, _O, _O, _T),
    (_M, _M, _O, _O, _M, _O, _O, _M),
    (_R, _R, _O, _O, _R, _O, _O, _R),
    (_O, _O, _O, _O, _O, _O, _O, _O),
    (_O, _T, _M, _R, _O, _O, _O, _T),
    (_T, _T, _O, _T, _T, _T, _T, _T),
    (_T, _T, _M, _R, _T, _O, _T, _T),
)
_IN_SCRIPTS = frozenset(
    {(Kind.ORD, Kind.OP), (Kind.OP, Kind.ORD), (Kind.OP, Kind.OP), (Kind.CLOSE, Kind.OP)}
    | {(Kind.INNER, Kind.OP)}
)
"""Neighbours that a space parts in scripts too."""
_BEFORE_BIN = frozenset({Kind.OP, Kind.BIN, Kind.REL, Kind.OPEN, Kind.PUNCT})
_AFTER_BIN = frozenset({Kind.REL, Kind.CLOSE, Kind.PUNCT})
NO_PART = frozenset({"mspace"})
"""Elements that part others and are none."""


def parts_of(element: Element) -> tuple[Element, ...]:
    """Return the elements in an element."""
    return tuple(node for node in element.children if isinstance(node, Element))


def kinds_in(row: Sequence[Element], around: Element) -> list[Kind | None]:
    """Return what each part of a row is in it; a space is nothing."""
    applied = around.tag == "mrow" and any(text_of(e) == APPLIED for e in parts_of(around)[-1:])
    kinds: list[Kind | None] = []
    before: Kind | None = None
    for each in row:
        kind = None if each.tag in NO_PART else kind_of(each)
        if applied and each is row[-1]:
            kind = Kind.OP
        if each.tag == "mo" and text_of(each) in EITHER and kind in {Kind.OPEN, Kind.CLOSE}:
            opens = before in {None, Kind.OP, Kind.BIN, Kind.REL, Kind.OPEN, Kind.PUNCT}
            kind = kind if each.get("stretchy") == "true" else Kind.OPEN if opens else Kind.CLOSE
        if kind is Kind.BIN and (before is None or before in _BEFORE_BIN):
            kind = Kind.ORD
        kinds.append(kind)
        before = kind or before
    return _without_ends(kinds)


def _without_ends(kinds: list[Kind | None]) -> list[Kind | None]:
    """Return kinds in which no operation stands before what ends one."""
    after: Kind | None = None
    for at in range(len(kinds) - 1, -1, -1):
        if kinds[at] is Kind.BIN and after in _AFTER_BIN:
            kinds[at] = Kind.ORD
        after = kinds[at] or after
    return kinds


def between(left: Kind, right: Kind, *, script: bool) -> float:
    """Return the ems between two neighbours."""
    ems = _BETWEEN[left.value][right.value]
    return 0.0 if script and (left, right) not in _IN_SCRIPTS else ems
