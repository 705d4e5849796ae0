"""MathML made ready for its drawing: every space in it TeX's, every accent as it is drawn.

What ziamath spaces by itself it spaces by a dictionary of 2001, in units a third too wide, and by
guesses; so all of that is switched off here, and the spaces are put in as the elements they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.markup import text_of, with_attributes
from octavo.model import Element
from octavo.press.formulas.spacing import MEDIUM, NO_PART, THICK, THIN, between, kinds_in, parts_of
from octavo.rendition.operators import APPLIED, Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ENGINE_EM = 1.33300267
"""What ziamath takes for an em: a pixel is a point and a third to it, the size of type is not."""
_ROWS = frozenset("math mrow mstyle mtd msqrt mphantom mpadded menclose merror".split())
_SCRIPTS = frozenset("msub msup msubsup munder mover munderover".split())
_ACCENTS = dict(
    zip(
        "`´ˆ˜˘˙¨˚ˇ‾¯→^~",
        "\u0300\u0301\u0302\u0303\u0306\u0307\u0308\u030a\u030c\u0304\u0304\u20d7\u0302\u0303",
        strict=True,
    )
)
"""Accents that stand alone, and those that the typeface knows the places of."""
_STRETCHED = {"⃖": "←", "⃗": "→"}
_BAR = "―"
"""The sign for which ziamath draws a line as long as what is under it."""
_BARS = frozenset("¯‾_―")
_LONG = {"→": "⟶", "←": "⟵", "⇒": "⟹", "⇐": "⟸", "↔": "⟷", "⇔": "⟺"}
_FENCES = frozenset("()[]{}|∣‖∥⟨⟩⌈⌉⌊⌋")
"""Signs that are as tall as what they stand around (MathML Core, appendix B)."""
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
    return replace(element, children=tuple(_dressed(e, size) for e in parts_of(element)))


def _space(ems: float) -> Element:
    return Element("mspace", (("width", f"{ems / ENGINE_EM:.4f}em"),))


def _row_of(children: Iterable[Element]) -> Element:
    return Element("mrow", (), tuple(children))


# --- Rows -----------------------------------------------------------------------------------------


def _row(element: Element, size: _Size) -> Element:
    if element.get("displaystyle"):
        shown = element.get("displaystyle") == "true"
        size = replace(size, display=shown, in_fraction=not shown, forced=shown)
    row = [each for each in parts_of(element) if text_of(each) != APPLIED or each.tag != "mo"]
    return replace(element, children=tuple(_spaced(row, kinds_in(row, element), size)))


def _spaced(row: Sequence[Element], kinds: Sequence[Kind | None], size: _Size) -> list[Element]:
    made: list[Element] = []
    before: Kind | None = None
    for each, kind in zip(row, kinds, strict=True):
        if before and kind and (ems := between(before, kind, script=size.script)):
            made.append(_space(ems))
        made.append(_dressed(each, size))
        before = kind or before
    return made


# --- Parts ----------------------------------------------------------------------------------------


def _sign(element: Element, _size: _Size) -> Element:
    given = element.get("stretchy") or ("true" if text_of(element).strip() in _FENCES else "false")
    return with_attributes(element, lspace="0", rspace="0", stretchy=given)


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
    base, *scripts = parts_of(element)
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
        drawn = Element("mo", (), (_STRETCHED.get(sign, sign),))
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
    made = replace(element, children=tuple(_dressed(e, inner) for e in parts_of(element)))
    if element.get("linethickness").startswith("0"):
        made = with_attributes(made, linethickness="0.0001")
    if size.forced:
        made = with_attributes(made, displaystyle="true")
    smaller = not size.forced and (not size.display or size.script or size.in_fraction)
    surplus = THIN * (0.7 if smaller else 1)
    bare = Element("mpadded", (("width", f"-{surplus:.4f}em"),), (made,))
    return _row_of((_space(_UNDER_BAR), bare, _space(_UNDER_BAR)))


def _table(element: Element, size: _Size) -> Element:
    """Return a table alone in a row, so that ziamath leaves no margins, with TeX's lines."""
    rows = parts_of(element)
    is_aligned = any(_ALIGNED in cell.get("style") for row in rows for cell in parts_of(row))
    between = "0em" if is_aligned else f"{1 / ENGINE_EM:.4f}em"
    size = replace(size, display=is_aligned and size.display, in_fraction=not is_aligned)
    made = tuple(
        Element(
            "mtr", row.attributes, tuple(_cell(*each, size) for each in enumerate(parts_of(row)))
        )
        for row in rows
    )
    lines = f"{(0.3 if is_aligned or size.script else 0.001) / ENGINE_EM:.4f}em"
    table = replace(element, children=made)
    return _row_of([with_attributes(table, columnspacing=between, rowspacing=lines)])


def _cell(number: int, cell: Element, size: _Size) -> Element:
    row = parts_of(cell)
    kinds = kinds_in(row, cell)
    made = _spaced(row, kinds, size)
    first = next((kind_of(each) for each in row if each.tag not in NO_PART), None)
    if number and _ALIGNED in cell.get("style") and first in {Kind.REL, Kind.BIN}:
        made = [_space(THICK if first is Kind.REL else MEDIUM), *made]
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
