"""What functions of CSS leave nothing to be seen: those that cut, shrink, throw, turn or fade."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tinycss2.color4 import parse_color

from octavo.inspection.completeness.ebook.measures import (
    FARTHEST,
    Tokens,
    is_edge_on,
    is_narrow,
    is_outside,
    is_tiny,
    lengths,
    number,
    spread,
)

Figure = Callable[[Tokens], bool]
PALEST = 0.05


def plain(tokens: Tokens) -> list[Any]:
    """Return tokens without what only stands between them."""
    return [each for each in tokens if each.type not in {"whitespace", "comment"} and each != ","]


def alpha_of(token: Any) -> float | None:
    """Return how much of a colour there is; nothing if it is none that can be read."""
    if token.type == "function" and not plain(token.arguments):  # over which tinycss2 stumbles
        return None
    colour = parse_color(token)
    if colour is None:
        return None
    alpha = getattr(colour, "alpha", 1.0)
    return 1.0 if alpha is None else float(alpha)


def is_never(_: Tokens) -> bool:
    """Judge a function that hides nothing."""
    return False


# --- What cuts ----------------------------------------------------------------------------------


def _rectangle(arguments: Tokens) -> bool:
    sides = lengths(arguments)
    if len(sides) != 4:
        return False
    top, right, bottom, left = sides
    return bottom - top <= 1 or right - left <= 1


def _inset(arguments: Tokens) -> bool:
    rounded = (n for n, each in enumerate(arguments) if each.type == "ident")
    sides = arguments[: next(rounded, len(arguments))][:4]
    if not sides:
        return False
    top, right, bottom, left = spread(sides, 4)
    return any(
        any(is_outside(side) for side in pair) or sum(map(_share, pair)) >= 100
        for pair in ((top, bottom), (right, left))
    )


def _share(token: Any) -> float:
    return float(token.value) if token.type == "percentage" else 0.0


def _round(arguments: Tokens) -> bool:
    words = [each.lower_value if each.type == "ident" else "" for each in arguments]
    radii = arguments[: words.index("at")] if "at" in words else arguments
    return any(is_narrow(each) for each in radii)


def _polygon(arguments: Tokens) -> bool:
    values = [
        each.value for each in arguments if each.type in {"percentage", "dimension", "number"}
    ]
    return bool(values) and (len(set(values[::2])) == 1 or len(set(values[1::2])) == 1)


def _box(arguments: Tokens) -> bool:
    return any(is_narrow(each) for each in arguments[2:4])


CUTS: dict[str, Figure] = {
    "rect": _rectangle,
    "inset": _inset,
    "xywh": _box,
    "circle": _round,
    "ellipse": _round,
    "polygon": _polygon,
    **dict.fromkeys(("path", "shape", "url"), is_never),
}


# --- What transforms ----------------------------------------------------------------------------


def _shrunk(arguments: Tokens) -> bool:
    return any(is_tiny(n) for n in map(number, arguments[:2]) if n is not None)


def _thrown(arguments: Tokens) -> bool:
    # What is moved up by all of its own height may still stand on the page.
    return any(is_outside(each, share=not at) for at, each in enumerate(arguments[:2]))


def _thrown_up(arguments: Tokens) -> bool:
    return any(is_outside(each, share=False) for each in arguments[:1])


def _turned(arguments: Tokens) -> bool:
    return any(is_edge_on(each) for each in arguments[:1])


def _matrix(arguments: Tokens) -> bool:
    values = [each.value for each in arguments if each.type == "number"]
    if len(values) == 16:
        values = [values[at] for at in (0, 1, 4, 5, 12, 13)]
    if len(values) != 6:
        return False
    a, b, c, d, right, down = values
    return is_tiny(abs(a * d - b * c) ** 0.5) or max(abs(right), abs(down)) >= FARTHEST


TRANSFORMS: dict[str, Figure] = {
    **dict.fromkeys(("scale", "scalex", "scaley", "scale3d"), _shrunk),
    **dict.fromkeys(("translate", "translatex", "translate3d"), _thrown),
    "translatey": _thrown_up,
    **dict.fromkeys(("rotatex", "rotatey"), _turned),
    **dict.fromkeys(("matrix", "matrix3d"), _matrix),
    **dict.fromkeys(("rotate", "rotatez", "rotate3d", "scalez", "translatez"), is_never),
    **dict.fromkeys(("skew", "skewx", "skewy", "perspective"), is_never),
}


# --- What fades ---------------------------------------------------------------------------------


def _pale(arguments: Tokens) -> bool:
    return any(n < PALEST for n in map(number, arguments) if n is not None)


def _clear(arguments: Tokens) -> bool:
    colours = [alpha for alpha in map(alpha_of, arguments) if alpha is not None]
    return bool(colours) and max(colours) < PALEST


_FADING = "blur brightness contrast drop-shadow grayscale hue-rotate invert saturate sepia url"
FILTERS: dict[str, Figure] = {"opacity": _pale, **dict.fromkeys(_FADING.split(), is_never)}
MASKS: dict[str, Figure] = {
    f"{again}{shape}-gradient": _clear
    for again in ("", "repeating-", "-webkit-")
    for shape in ("linear", "radial", "conic")
}
