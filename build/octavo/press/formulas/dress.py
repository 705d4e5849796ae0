"""MathML made ready for its drawing: every space in it TeX's, every accent as it is drawn.

What ziamath spaces by itself it spaces by a dictionary of 2001, in units a third too wide, and by
guesses; so all of that is switched off here, and the spaces are put in as the elements they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.markup import text_of, with_attributes
from octavo.model import Element
from octavo.rendition.operators import APPLIED, EITHER, Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ENGINE_EM = 1.33300267
"""What ziamath takes for an em: a pixel is a point and a third to it, the size of type is not."""
_THIN, _MEDIUM, _THICK = 3 / 18, 4 / 18, 5 / 18
_O, _T, _M, _R = 0.0, _THIN, _MEDIUM, _THICK
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
_NO_PART = frozenset({"mspace"})
_ROWS = frozenset("math mrow mstyle mtd msqrt mphantom mpadded menclose merror".split())
_SCRIPTS = frozenset("msub msup msubsup munder mover munderover".split())
_ACCENTS = {"‾": "\u0304", "¯": "\u0304", "→": "\u20d7", "^": "\u0302", "~": "\u0303"}
_STRETCHED = {"⃖": "←", "⃗": "→"}
_BAR = "―"
"""The sign for which ziamath draws a line as long as what is under it."""
_BARS = frozenset("¯‾_―")
_LONG = {"→": "⟶", "←": "⟵", "⇒": "⟹", "⇐": "⟸", "↔": "⟷", "⇔": "⟺"}
_UNDER_BAR = 0.12
"""Ems that TeX leaves on both sides of a fraction."""
_ALIGNED = "padding-"
"""What Pandoc's style of a cell says where columns are aligned and not apart."""


@dataclass(frozen=True, slots=True)
class _Size:
    """How large a part of a formula is set."""

    script: bool = False
    display: bool = False
    in_fraction: bool = False
    forced: bool = False
    """Whether a style asks for the size of a display."""

    @property
    def scripts(self) -> _Size:
        return _Size(script=True)


def dressed(math: Element) -> Element:
    """Return MathML with its spaces; what remains to be done to it is to put it into place."""
    return _dressed(math, _Size(display=math.get("display") == "block"))


def _dressed(element: Element, size: _Size) -> Element:
    make = _MAKERS.get(element.tag)
    return make(element, size) if make else _parts(element, size)


def _parts(element: Element, size: _Size) -> Element:
    return replace(element, children=tuple(_dressed(e, size) for e in _elements(element)))


def _elements(element: Element) -> Sequence[Element]:
    return tuple(node for node in element.children if isinstance(node, Element))


def _space(ems: float) -> Element:
    return Element("mspace", (("width", f"{ems / ENGINE_EM:.4f}em"),))


def _row_of(children: Iterable[Element]) -> Element:
    return Element("mrow", (), tuple(children))


# --- Rows -----------------------------------------------------------------------------------------


def _row(element: Element, size: _Size) -> Element:
    if element.get("displaystyle"):
        shown = element.get("displaystyle") == "true"
        size = replace(size, display=shown, in_fraction=not shown, forced=shown)
    row = [each for each in _elements(element) if text_of(each) != APPLIED or each.tag != "mo"]
    return replace(element, children=tuple(_spaced(row, _kinds(row, element), size)))


def _kinds(row: Sequence[Element], around: Element) -> list[Kind | None]:
    """Return what each part of a row is in it; a space is nothing."""
    applied = around.tag == "mrow" and any(text_of(e) == APPLIED for e in _elements(around)[-1:])
    kinds: list[Kind | None] = []
    before: Kind | None = None
    for each in row:
        kind = None if each.tag in _NO_PART else kind_of(each)
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


def _spaced(row: Sequence[Element], kinds: Sequence[Kind | None], size: _Size) -> list[Element]:
    made: list[Element] = []
    before: Kind | None = None
    for each, kind in zip(row, kinds, strict=True):
        if before and kind and (ems := _between(before, kind, size)):
            made.append(_space(ems))
        made.append(_dressed(each, size))
        before = kind or before
    return made


def _between(left: Kind, right: Kind, size: _Size) -> float:
    ems = _BETWEEN[left.value][right.value]
    return 0.0 if size.script and (left, right) not in _IN_SCRIPTS else ems


# --- Parts ----------------------------------------------------------------------------------------


def _sign(element: Element, _size: _Size) -> Element:
    return with_attributes(element, lspace="0", rspace="0")


def _name(element: Element, _size: _Size) -> Element:
    """Return a name of several letters as text: ziamath would set it apart."""
    text = text_of(element).strip(" \t\n")
    tag = "mtext" if element.tag == "mi" and len(text) > 1 else element.tag
    named = replace(element, tag=tag, children=(text,)) if text else Element("mrow")
    # ziamath takes some letters for operators, such as the sign of a partial derivative.
    return with_attributes(named, lspace="0", rspace="0")


def _gap(element: Element, _size: _Size) -> Element:
    width = element.get("width")
    ems = float(width[:-2]) if width.endswith("em") else 0.0
    return with_attributes(element, width=f"{ems / ENGINE_EM:.4f}em") if ems else element


def _scripts(element: Element, size: _Size) -> Element:
    base, *scripts = _elements(element)
    if element.tag in {"mover", "munder"} and scripts[0].tag == "mo":
        return _accented(element, base, scripts[0], size)
    if element.tag == "mover" and base.tag == "mo" and text_of(base) in _LONG:
        base = replace(base, children=(_LONG[text_of(base)],))
    made = (_dressed(base, size), *(_dressed(each, size.scripts) for each in scripts))
    return replace(element, children=made)


def _accented(element: Element, base: Element, accent: Element, size: _Size) -> Element:
    sign, long = text_of(accent), len(text_of(base)) > 1
    made = _dressed(base, size)
    if accent.get("accent") != "true" and sign not in _BARS:
        return replace(element, children=(made, _dressed(accent, size.scripts)))
    if long and sign in _BARS:
        drawn = Element("mo", (), (_BAR,))
    elif long or sign in "⏞⏟⏜⏝⎴⎵":
        drawn = Element("mo", (("stretchy", "true"),), (_STRETCHED.get(sign, sign),))
    elif element.tag == "munder":
        drawn = Element("mo", (), (_BAR,))
    else:
        # In a row of its own it is not stretched.
        drawn = _row_of([_sign(Element("mo", (), (_ACCENTS.get(sign, sign),)), size)])
        return with_attributes(replace(element, children=(made, drawn)), accent="true")
    own = {"accent": "true"} if element.tag == "mover" else {"accentunder": "true"}
    return with_attributes(replace(element, children=(made, _sign(drawn, size))), **own)


def _fraction(element: Element, size: _Size) -> Element:
    """Return a fraction between TeX's spaces, where ziamath leaves one on its right."""
    inner = replace(size, display=False, in_fraction=True, forced=False)
    made = replace(element, children=tuple(_dressed(e, inner) for e in _elements(element)))
    if element.get("linethickness").startswith("0"):
        made = with_attributes(made, linethickness="0.0001")
    if size.forced:
        made = with_attributes(made, displaystyle="true")
    smaller = not size.forced and (not size.display or size.script or size.in_fraction)
    surplus = _THIN * (0.7 if smaller else 1)
    bare = Element("mpadded", (("width", f"-{surplus:.4f}em"),), (made,))
    return _row_of((_space(_UNDER_BAR), bare, _space(_UNDER_BAR)))


def _table(element: Element, size: _Size) -> Element:
    """Return a table alone in a row, so that ziamath leaves no margins, with TeX's lines."""
    rows = _elements(element)
    is_aligned = any(_ALIGNED in cell.get("style") for row in rows for cell in _elements(row))
    between = "0em" if is_aligned else f"{1 / ENGINE_EM:.4f}em"
    size = replace(size, display=is_aligned and size.display, in_fraction=not is_aligned)
    made = tuple(
        Element("mtr", row.attributes, tuple(_cell(*each, size) for each in enumerate(_elements(row))))
        for row in rows
    )
    lines = f"{(0.3 if is_aligned or size.script else 0.001) / ENGINE_EM:.4f}em"
    table = replace(element, children=made)
    return _row_of([with_attributes(table, columnspacing=between, rowspacing=lines)])


def _cell(number: int, cell: Element, size: _Size) -> Element:
    row = _elements(cell)
    kinds = _kinds(row, cell)
    made = _spaced(row, kinds, size)
    first = next((kind_of(each) for each in row if each.tag not in _NO_PART), None)
    if number and _ALIGNED in cell.get("style") and first in {Kind.REL, Kind.BIN}:
        made = [_space(_THICK if first is Kind.REL else _MEDIUM), *made]
    strut = Element("mspace", (("width", "0"), *_STRUT)) if not size.script else _space(0)
    style = (("columnalign", cell.get("columnalign", "center")),)
    return Element("mtd", style, (_row_of((strut, *made)),))


_STRUT = (("height", f"{0.84 / ENGINE_EM:.4f}em"), ("depth", f"{0.36 / ENGINE_EM:.4f}em"))
"""TeX's: seven and three tenths of the distance between lines, which is 1.2 em."""
_MAKERS = {
    **dict.fromkeys(_ROWS, _row),
    **dict.fromkeys(_SCRIPTS, _scripts),
    **dict.fromkeys(("mi", "mn", "mtext", "ms"), _name),
    "mo": _sign,
    "mspace": _gap,
    "mfrac": _fraction,
    "mtable": _table,
}
