"""What declarations of CSS make text unseen, and what only seems to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Literal

from tinycss2.color4 import parse_color

Verdict = Literal["hides", "shows", "inherits", "loose", "placed"]
"""What a value does; ``loose`` and ``placed`` are those of ``position`` that move an element out
of the text, or only from its place."""

SMALLEST = 8 / 3
"""Pixels, 2 points: smaller letters cannot be read."""
PALEST = 0.05
FARTHEST = 999.0
"""Pixels; what is moved as far as this stands on no screen."""
_NARROWEST = 1.0
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945,
    "em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "lh": 20.0, "rlh": 20.0, "ic": 16.0,
    "vw": 8.0, "vh": 8.0, "vmin": 8.0, "vmax": 8.0, "vi": 8.0, "vb": 8.0,
}  # fmt: skip
"""About how many pixels a unit is: letters have 16, screens 800."""
_WIDE: dict[str, Verdict] = {
    "inherit": "inherits",
    "unset": "inherits",
    "revert": "inherits",
    "revert-layer": "inherits",
    "initial": "shows",
}
"""The keywords that every property has (CSS Cascading and Inheritance 5, 7.3)."""

_SHARES = frozenset({"em", "ex", "ch", "lh", "ic", "cap"})
"""Units of the size around, which may be nothing itself."""

Tokens = Sequence[Any]


def verdicts(declaration: Any) -> Iterator[tuple[str, Verdict]]:
    """Yield the properties that a declaration sets, of those that can hide, and what it does."""
    name = declaration.lower_name
    tokens = [each for each in declaration.value if each.type not in {"whitespace", "comment"}]
    word = tokens[0].lower_value if len(tokens) == 1 and tokens[0].type == "ident" else ""
    if name == "all" and word in _WIDE:
        yield from ((each, _WIDE[word]) for each in _JUDGES)
    for each in _SHORT.get(name, (name,)):
        if each in _JUDGES and tokens:
            yield each, _WIDE.get(word) or _JUDGES[each](tokens)


def _words(*hiding: str, verdict: Verdict = "hides") -> Callable[[Tokens], Verdict]:
    def judged(tokens: Tokens) -> Verdict:
        return verdict if _named(tokens) & {*hiding} else "shows"

    return judged


def _named(tokens: Iterable[Any]) -> set[str]:
    return {token.lower_value for token in tokens if token.type == "ident"}


def _position(tokens: Tokens) -> Verdict:
    named = _named(tokens)
    if named & {"absolute", "fixed"}:
        return "loose"
    return "placed" if named & {"relative", "sticky", "-webkit-sticky"} else "shows"


def _pixels(token: Any) -> float | None:
    """Return a length in pixels; a share, as that of a line of letters."""
    if token.type == "dimension":
        factor = _PIXELS.get(token.lower_unit)
        return None if factor is None else token.value * factor
    if token.type == "percentage":
        return float(token.value * 0.16)
    return 0.0 if token.type == "number" and token.value == 0 else None


def _lengths(tokens: Iterable[Any]) -> list[float]:
    return [length for length in map(_pixels, tokens) if length is not None]


def _size(tokens: Tokens) -> Verdict:
    # In the shorthand the size is the first length; a number that is not 0 is a weight.
    for token in tokens:
        size = _pixels(token)
        if size is not None and size < SMALLEST:
            return "hides"
        if size is not None:
            share = token.type == "percentage" or token.lower_unit in _SHARES
            return "inherits" if share else "shows"
    return "inherits" if _named(tokens) & {"smaller", "larger"} else "shows"


def _faint(tokens: Tokens) -> Verdict:
    values = [each.value for each in tokens if each.type == "number"]
    values += [each.value / 100 for each in tokens if each.type == "percentage"]
    return "hides" if any(value < PALEST for value in values) else "shows"


def _far(tokens: Tokens) -> Verdict:
    far = any(abs(n) >= FARTHEST for n in _lengths(t for t in tokens if t.type == "dimension"))
    return "hides" if far else "shows"


def _outside(tokens: Tokens) -> Verdict:
    """Judge what a line or a box begins with: a whole width to the left is outside too."""
    outside = any(each.type == "percentage" and each.value <= -100 for each in tokens)
    return "hides" if outside else _far(tokens)


def _narrow(tokens: Tokens) -> Verdict:
    # A share of 1 % is how authors ask for the least that the words need.
    lengths = _lengths(each for each in tokens if each.type != "percentage" or each.value == 0)
    return "hides" if any(length <= _NARROWEST for length in lengths) else "shows"


def _transparent(tokens: Tokens) -> Verdict:
    colour = parse_color(tokens[0]) if len(tokens) == 1 else None
    alpha = getattr(colour, "alpha", 1.0)
    return "hides" if alpha is not None and alpha < PALEST else "shows"


def _clipped(tokens: Tokens) -> Verdict:
    functions = (each for each in tokens if each.type == "function")
    none = any(_CUTS.get(each.lower_name, _never)(each.arguments) for each in functions)
    return "hides" if none else "shows"


def _never(_: Tokens) -> bool:
    return False


def _no_rectangle(arguments: Tokens) -> bool:
    sides = _lengths(arguments)
    if len(sides) != 4:
        return False
    top, right, bottom, left = sides
    return bottom - top <= _NARROWEST or right - left <= _NARROWEST


def _no_inset(arguments: Tokens) -> bool:
    shares = [each.value if each.type == "percentage" else 0.0 for each in _before_round(arguments)]
    if not shares:
        return False
    top = shares[0]
    right = shares[1] if len(shares) > 1 else top
    bottom = shares[2] if len(shares) > 2 else top
    left = shares[3] if len(shares) > 3 else right
    return top + bottom >= 100 or left + right >= 100


def _before_round(arguments: Tokens) -> list[Any]:
    kinds = {"percentage", "dimension", "number"}
    rounded = (n for n, each in enumerate(arguments) if each.type == "ident")
    return [each for each in arguments[: next(rounded, len(arguments))] if each.type in kinds][:4]


def _no_round(arguments: Tokens) -> bool:
    return _lengths(arguments)[:1] == [0.0]


def _no_polygon(arguments: Tokens) -> bool:
    kinds = {"percentage", "dimension", "number"}
    values = [each.value for each in arguments if each.type in kinds]
    return bool(values) and (len(set(values[::2])) == 1 or len(set(values[1::2])) == 1)


def _shrunk(arguments: Tokens) -> bool:
    return any(each.type in {"number", "percentage"} and each.value == 0 for each in arguments)


def _thrown(arguments: Tokens) -> bool:
    return _far(arguments) == "hides"


_CUTS: dict[str, Callable[[Tokens], bool]] = {
    "rect": _no_rectangle,
    "inset": _no_inset,
    "circle": _no_round,
    "ellipse": _no_round,
    "polygon": _no_polygon,
    **dict.fromkeys(("scale", "scalex", "scaley", "scale3d"), _shrunk),
    **dict.fromkeys(("translate", "translatex", "translatey", "translate3d"), _thrown),
}
"""What leaves nothing of an element, by the function's name."""
_JUDGES: dict[str, Callable[[Tokens], Verdict]] = {
    "display": _words("none"),
    "visibility": _words("hidden", "collapse"),
    "content-visibility": _words("hidden"),
    "font-size": _size,
    "opacity": _faint,
    "color": _transparent,
    "text-indent": _outside,
    "clip": _clipped,
    "clip-path": _clipped,
    "transform": _clipped,
    "position": _position,
    **dict.fromkeys(("left", "right"), _outside),
    **dict.fromkeys(("top", "bottom", "margin-left", "margin-right", "margin-top"), _far),
    **dict.fromkeys(("width", "height", "max-width", "max-height"), _narrow),
    "overflow": _words("hidden", "clip"),
}
_SHORT = {
    "font": ("font-size",),
    "inset": ("left", "right", "top", "bottom"),
    "margin": ("margin-left", "margin-right", "margin-top"),
    "inset-inline-start": ("left",),
    "margin-inline-start": ("margin-left",),
    "overflow-x": ("overflow",),
    "overflow-y": ("overflow",),
    "-webkit-text-fill-color": ("color",),
    "-webkit-clip-path": ("clip-path",),
    "-webkit-transform": ("transform",),
    "-epub-text-indent": ("text-indent",),
}
"""Properties that set others of these."""
INHERITED = ("visibility", "font-size", "color", "text-indent")
WHOLE = (
    "display",
    "content-visibility",
    "opacity",
    "clip-path",
    "transform",
    "margin-left",
    "margin-right",
    "margin-top",
)
"""Those by which an element hides all that is in it, whatever that says."""
