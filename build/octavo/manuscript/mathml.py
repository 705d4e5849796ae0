"""Pandoc's MathML as readers show it best: its accents, and its bold letters."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.markup import rewrite_all, text_of, with_attributes
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.model import Node

_SIDES = {"mover": "accent", "munder": "accentunder"}
"""The attributes that keep an accent at its size (MathML Core, 3.4.2)."""
_STRETCHED = frozenset("\u0302\u0303‾¯→_⃖⃗")
"""Accents that are as long as what they stand on, where that is more than a letter."""
_OVER_MANY = {"¯": "‾", "⃖": "←", "⃗": "→"}
_OVER_ONE = dict(
    zip("\u0300\u0301\u0302\u0303\u0306\u0307\u0308\u030a\u030c", "`´ˆ˜˘˙¨˚ˇ", strict=True)
)
"""Combining accents, which readers set askew, and the same standing alone."""
_UPRIGHT = {ord(old) + n: ord(new) + n for old, new in (("𝑨", "𝐀"), ("𝒂", "𝐚")) for n in range(26)}
"""Bold italic letters, and the same upright."""
_BOLD_ITALIC = re.compile(r"\\(?:boldsymbol|bm|mathbf(?:it|sfit)|mathbit|symbf(?:it)?)(?![A-Za-z])")


def readable(shown: tuple[Node, ...], tex: str) -> tuple[Node, ...]:
    """Return what Pandoc makes of a formula, mended; ``tex`` is what it was made of."""
    if "\\mathbf" in tex and not _BOLD_ITALIC.search(tex):
        shown = rewrite_all(shown, _upright)
    return rewrite_all(shown, _mended)


def _mended(element: Element) -> Element:
    """Return an element without a line of Pandoc's answer, its accent as readers draw accents."""
    element = replace(element, line=0)
    match element:
        case Element(tag="mover" | "munder", children=(Element() as base, Element(tag="mo") as mo)):
            return _accented(element, base, mo) if mo.get("accent") == "true" else element
    return element


def _accented(element: Element, base: Element, mo: Element) -> Element:
    sign, long = text_of(mo), len(text_of(base)) > 1
    shown = (_OVER_MANY if long else _OVER_ONE).get(sign, sign)
    mo = replace(mo, children=(shown,))
    if sign in _STRETCHED:
        mo = with_attributes(mo, stretchy="true" if long else "false")
    whole = replace(element, children=(base, mo))
    return with_attributes(whole, **{_SIDES[element.tag]: "true"})


def _upright(element: Element) -> Element:
    """Return an element in bold upright, which Pandoc slants: ``mathbf`` is ``bm`` to it."""
    if element.get("mathvariant") != "bold-italic":
        return element
    children = (c.translate(_UPRIGHT) if isinstance(c, str) else c for c in element.children)
    plain = replace(element, children=tuple(children))
    return with_attributes(plain, mathvariant="bold")
