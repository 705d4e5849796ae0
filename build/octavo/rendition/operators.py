"""What the signs of a formula are to the signs around them: operations, relations, brackets.

The kinds are TeX's (The TeXbook, chapter 17); which sign is of which kind, Unicode's (UTR 25).
"""

from __future__ import annotations

from enum import Enum

from octavo.markup import text_of
from octavo.model import Element


class Kind(Enum):
    """How a part of a formula stands among others (The TeXbook, chapter 17)."""

    ORD = 0
    OP = 1
    BIN = 2
    REL = 3
    OPEN = 4
    CLOSE = 5
    PUNCT = 6
    INNER = 7


OPEN, CLOSE = Kind.OPEN, Kind.CLOSE
APPLIED = "\u2061"
"""The invisible sign between a function's name and what it is applied to."""
EITHER = frozenset("|∣‖∥")
"""Brackets that open and close alike."""
_BIN = frozenset("+-−±∓×÷·⋅∗*∘∙∪∩⊎⊓⊔∧∨⊕⊖⊗⊘⊙†‡⋆⋄∖≀△▽◁▷⨿⊲⊳⊴⊵⋉⋊⋋⋌⊼⊻∸∔⊞⊟⊠⊡")
_REL = frozenset("=<>≠≤≥≡∼≃≅≈≍≐∝∈∉∋⊂⊃⊆⊇⊄⊅⊈⊉⊊⊋⊏⊐⊑⊒≪≫≺≻≼≽⊢⊣⊨⊩⊥∥∣∤∦:≔≕∷≜≝≟⋈⌢⌣⋮⩽⩾≦≧≨≩≮≯≰≱≲≳∽≁≉≢∌")
_LARGE = frozenset("∑∏∐∫∬∭⨌∮∯∰∱∲∳⋀⋁⋂⋃⨀⨁⨂⨃⨄⨅⨆")
_ARROWS = ((0x2190, 0x21FF), (0x27F0, 0x27FF), (0x2900, 0x297F))
_PUNCT = frozenset(",;")
_SCRIPTED = frozenset("msub msup msubsup munder mover munderover mmultiscripts".split())
_AROUND = frozenset("mrow mstyle mpadded".split())
_NAMES = frozenset({"mi", "mtext"})
_SIGN_KINDS = (
    (_BIN, Kind.BIN),
    (_REL, Kind.REL),
    (_LARGE, Kind.OP),
    (_PUNCT, Kind.PUNCT),
)


def kind_of(element: Element) -> Kind:
    """Return what an element is among its neighbours, as far as it tells by itself."""
    inside = [node for node in element.children if isinstance(node, Element)]
    if element.tag == "mo":
        return _of_sign(element)
    if element.tag == "mfrac":
        return Kind.INNER
    if element.tag in _SCRIPTED and inside:
        return _of_base(element, inside)
    return _of_row(inside) if element.tag in _AROUND and inside else Kind.ORD


def _of_base(element: Element, inside: list[Element]) -> Kind:
    base = inside[0]
    if _is_accented(element, inside):
        return Kind.ORD
    is_named = element.tag in {"munder", "munderover"} and base.tag in _NAMES
    return Kind.OP if is_named and len(text_of(base)) > 1 else kind_of(base)


def _of_row(inside: list[Element]) -> Kind:
    if len(inside) == 1:
        return kind_of(inside[0])
    if text_of(inside[-1]) == APPLIED:
        return Kind.OP
    return Kind.INNER if _is_bracket(inside[0]) else Kind.ORD


def _is_accented(element: Element, inside: list[Element]) -> bool:
    return element.tag in {"mover", "munder"} and inside[-1].get("accent") == "true"


def _is_bracket(element: Element) -> bool:
    return element.tag == "mo" and element.get("stretchy") == "true"


def _of_sign(mo: Element) -> Kind:
    sign = text_of(mo).strip()
    form = mo.get("form")
    if mo.get("fence") == "true" or mo.get("stretchy") in {"true", "false"}:
        if form == "prefix":
            return Kind.OPEN
        if form == "postfix":
            return Kind.CLOSE
    if len(sign) == 1 and any(first <= ord(sign) <= last for first, last in _ARROWS):
        return Kind.REL
    return next((kind for signs, kind in _SIGN_KINDS if sign in signs), Kind.ORD)
