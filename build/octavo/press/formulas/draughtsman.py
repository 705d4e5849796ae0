"""Draw a formula: MathML in, an SVG drawing with its baseline out; only here is ziamath known.

The letters are outlines of STIX Two Math, which ziamath brings along (SIL Open Font License 1.1),
at the size at which its small letters are as high as EB Garamond's.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import replace
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element as Tree

from ziamath.config import config
from ziamath.nodes.mrow import Mrow
from ziamath.zmath import Math, loadedfonts

from octavo.markup import parse, rewrite, serialize, text_of, walk
from octavo.model import Element
from octavo.press.formulas.dress import dressed
from octavo.press.formulas.spacing import parts_of
from octavo.press.pdf.evidence import FORMULA

if TYPE_CHECKING:
    from collections.abc import Iterator

VERSION = "4"
"""Counts the ways of drawing; a change of one draws all formulas again."""
MADE_BY = f"{VERSION} {version('ziamath')} {version('ziafont')}"
"""All that decides how a formula is drawn."""
SCALE = 0.86
"""Of the letters: EB Garamond's are 0.405 em high, STIX Two's 0.473."""
_EM = 100.0
"""The units of a drawing to the em of its letters."""
_PLACES = 3
_KNOWN = frozenset(
    "math mrow mi mn mo mtext ms mspace msub msup msubsup munder mover munderover mfrac msqrt mroot"
    " mtable mtr mtd menclose mpadded mphantom mstyle merror".split()
)
_TOKENS = frozenset("mi mn mo mtext ms".split())
_PARTS = {
    **dict.fromkeys(("mfrac", "mroot", "msub", "msup", "munder", "mover"), 2),
    **dict.fromkeys(("msubsup", "munderover"), 3),
}
"""How many parts an element has that tells them by their places (MathML Core, 3.3 and 3.4)."""
_UNSEEN = frozenset("\u2061\u2062\u2063\u2064\u200b\u2009\u2003\xa0 \n\t")
_HEIGHT = "_get_height_nostretch"
"""The method of a row that is mended here."""
_SVG = "http://www.w3.org/2000/svg"
_FORMS = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)
"""What ziamath raises at elements and measures that it does not expect."""


class UndrawnError(Exception):
    """A formula that cannot be drawn, and why."""


@contextmanager
def at_desk(_stock: None) -> Iterator[None]:
    """Set ziamath up: plain paths, and no remarks of its own."""
    config.svg2 = False
    config.precision = _PLACES
    logging.getLogger().setLevel(logging.CRITICAL)
    measured = getattr(Mrow, _HEIGHT)

    def seldom(row: Any, line: list[Tree], **named: Any) -> tuple[float, float]:
        # ziamath draws every row twice, to know how tall its brackets are to be; without any, a
        # fraction eight deep would take a minute.
        signs = (sign for part in line for sign in part.iter("mo"))
        has_brackets = any(sign.get("stretchy") == "true" for sign in signs)
        return measured(row, line, **named) if has_brackets else (0.0, 0.0)

    setattr(Mrow, _HEIGHT, seldom)
    try:
        yield None
    finally:
        setattr(Mrow, _HEIGHT, measured)


def draw(_desk: None, markup: str) -> str:
    """Return a formula's drawing, both as text; or, behind a sign, why there is none."""
    try:
        return serialize(drawing(next(walk(*parse(markup)))))
    except UndrawnError as problem:
        return f"!{problem}"


def drawing(math: Element) -> Element:
    """Return a formula as an ``svg`` that stands on the line's baseline, in ems of its text.

    Raises:
        UndrawnError: it has what cannot be drawn.
    """
    shown = next(walk(*rewrite(math, _meant)))
    _refuse(shown)
    try:
        drawn = Math(_tree(dressed(shown)), size=_EM, margin=0)
        paths = tuple(_element(each) for each in drawn.svgxml())
    except RecursionError as problem:
        raise UndrawnError("it nests too many things in each other") from problem
    except _FORMS as problem:
        raise UndrawnError("it has a form that cannot be drawn") from problem
    box = drawn.node.bbox
    left, right = min(0.0, box.xmin), max(box.xmax, drawn.node.xadvance())
    width, height = max(right - left, 1.0), max(box.ymax - box.ymin, 1.0)
    style = (
        f"width: {_ems(width)}; height: {_ems(height)}; vertical-align: {_ems(box.ymin)};"
        " overflow: visible"  # the tails of slanted letters
    )
    view = " ".join(_number(n) for n in (left, -box.ymax, width, height))
    attributes = (("class", FORMULA), ("viewBox", view), ("style", style))
    return Element("svg", (("xmlns", _SVG), *attributes), paths)


def _meant(element: Element) -> Element:
    """Return an element, or what is shown of one with annotations (MathML Core, 3.6)."""
    if element.tag != "semantics":
        return element
    return next(iter(parts_of(element)), replace(element, tag="mrow"))


def _refuse(math: Element) -> None:
    """Raise what is wrong with a formula that ziamath would draw in part."""
    for element in walk(math):
        name, parts = element.tag, len(parts_of(element))
        if name not in _KNOWN:
            raise UndrawnError(f"<{name}> cannot be drawn")
        if parts != _PARTS.get(name, parts):
            raise UndrawnError(f"<{name}> has {_PARTS[name]} parts, and here it has {parts}")
        _refuse_text(element)


def _refuse_text(element: Element) -> None:
    """Raise what is wrong with the text that stands in an element itself."""
    text = "".join(node for node in element.children if isinstance(node, str))
    if element.tag not in _TOKENS and text.strip():
        raise UndrawnError(f"“{text.strip()}” stands outside <mi>, <mn>, <mo> and <mtext>")
    font = loadedfonts["default"]
    for sign in text_of(element) if element.tag in _TOKENS else ():
        if sign not in _UNSEEN and not font.glyphindex(sign):
            code = f"U+{ord(sign):04X}"
            raise UndrawnError(f"its typeface has no shape for “{sign}” ({code})")


def _tree(element: Element) -> Tree:
    tree = Tree(element.tag, {k: v for k, v in element.attributes if not k.startswith("xmlns")})
    for child in element.children:
        if isinstance(child, Element):
            tree.append(_tree(child))
        elif element.tag in _TOKENS:
            tree.text = (tree.text or "") + child
    return tree


def _element(tree: Tree) -> Element:
    """Return a shape of a drawing, in the colour of the text."""
    kept = ((k, v) for k, v in tree.attrib.items() if k not in {"fill", "id"})
    children = tuple(_element(child) for child in tree)
    fill = tree.get("fill", "currentColor")
    colour = "currentColor" if fill in {"black", "currentColor"} else fill
    return Element(tree.tag.rpartition("}")[2], (*kept, ("fill", colour)), children)


def _ems(units: float) -> str:
    return f"{_number(units / _EM * SCALE)}em"


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")
