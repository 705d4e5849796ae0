"""What single values of CSS do: each judge knows the values of some property, and no others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from octavo.inspection.completeness.ebook.figures import (
    MASKS,
    PALEST,
    TRANSFORMS,
    Figure,
    alpha_of,
    plain,
)
from octavo.inspection.completeness.ebook.measures import (
    LETTER,
    SMALLEST,
    Tokens,
    is_edge_on,
    is_far,
    is_narrow,
    is_outside,
    is_tiny,
    number,
    pixels,
)
from octavo.inspection.completeness.ebook.vocabulary import COLOURS, MIXTURES, SIZES, SYSTEM_FONTS

Verdict = Literal["hides", "shows", "inherits", "loose", "placed", "open"]
"""What a value does; ``loose`` and ``placed`` are those of ``position`` that move an element out
of the text, or only from its place; ``open`` leaves it to another property, or gives room."""
Judge = Callable[[Tokens], Verdict | None]
"""What says what a value does, or nothing of one that it does not know."""

_SHARES = frozenset({"em", "ex", "ch", "lh", "ic", "cap"})
"""Units of the size around, which may be nothing itself."""
_PILED = -LETTER / 2
"""Pixels between letters at which each stands on the one before it."""
_OF_INDENT = frozenset({"hanging", "each-line"})


def word_of(tokens: Tokens) -> str:
    """Return the word that a value is, or nothing."""
    return str(tokens[0].lower_value) if len(tokens) == 1 and tokens[0].type == "ident" else ""


def _told(hides: bool) -> Verdict:  # noqa: FBT001 - the one thing that it tells
    return "hides" if hides else "shows"


# --- Words --------------------------------------------------------------------------------------


def of_words(shows: str, hides: str, most: int = 1) -> Judge:
    """Return what judges a value of so many words at most."""
    hiding = frozenset(hides.split())
    known = hiding | frozenset(shows.split())

    def judged(tokens: Tokens) -> Verdict | None:
        said = {each.lower_value if each.type == "ident" else "" for each in tokens}
        return _told(bool(said & hiding)) if len(tokens) <= most and said <= known else None

    return judged


def position(tokens: Tokens) -> Verdict | None:
    """Judge a position."""
    places: dict[str, Verdict] = {
        "static": "shows",
        "absolute": "loose",
        "fixed": "loose",
        **dict.fromkeys(("relative", "sticky", "-webkit-sticky"), "placed"),
    }
    return places.get(word_of(tokens))


def colour(tokens: Tokens) -> Verdict | None:
    """Judge a colour."""
    token = tokens[0]
    if len(tokens) > 1:
        return None
    if word_of(tokens) in COLOURS:
        return "shows"
    alpha = alpha_of(token)
    if alpha is None:
        is_mixture = token.type == "function" and token.lower_name in MIXTURES
        return "shows" if is_mixture else None
    return _told(alpha < PALEST)


def fill(tokens: Tokens) -> Verdict | None:
    """Judge the colour of the letters alone."""
    return "open" if word_of(tokens) == "currentcolor" else colour(tokens)


# --- Sizes --------------------------------------------------------------------------------------


def font_size(tokens: Tokens) -> Verdict | None:
    """Judge a size of letters."""
    token = tokens[0]
    size = pixels(token)
    if len(tokens) > 1 or (size is None and word_of(tokens) not in SIZES):
        return None
    if size is None:
        return "shows" if word_of(tokens) not in {"smaller", "larger", "math"} else "inherits"
    if size < 0:
        return None
    if size < SMALLEST:
        return "hides"
    share = token.type == "percentage" or getattr(token, "lower_unit", "") in _SHARES
    return "inherits" if share else "shows"


def font(tokens: Tokens) -> Verdict | None:
    """Judge the shorthand of fonts by the size in it."""
    # The size is the first length or word of size; a number that is not 0 is a weight.
    if word_of(tokens) in SYSTEM_FONTS:
        return "shows"
    judged = ((n, font_size([each])) for n, each in enumerate(tokens))
    at, verdict = next(((n, verdict) for n, verdict in judged if verdict), (0, None))
    rest = tokens[at + 1 :]
    return verdict if rest and rest[-1].type in {"ident", "string", "function"} else None


def opacity(tokens: Tokens) -> Verdict | None:
    """Judge an opacity."""
    value = number(tokens[0])
    return None if value is None or len(tokens) > 1 else _told(value < PALEST)


def zoom(tokens: Tokens) -> Verdict | None:
    """Judge how much an element is enlarged."""
    if word_of(tokens) in {"normal", "reset"}:
        return "shows"
    value = number(tokens[0])
    return None if value is None or value < 0 or len(tokens) > 1 else _told(is_tiny(value))


def of_length(known: frozenset[str], judge: Callable[[Any], Verdict | None]) -> Judge:
    """Return what judges one length, or a word that hides nothing."""

    def judged(tokens: Tokens) -> Verdict | None:
        if word_of(tokens) in known:
            return "shows"
        return judge(tokens[0]) if len(tokens) == 1 and pixels(tokens[0]) is not None else None

    return judged


def measure(token: Any) -> Verdict | None:
    """Judge a width or a height."""
    return _told(is_narrow(token)) if token.value >= 0 else None


def least(token: Any) -> Verdict | None:
    """Judge the least width or height."""
    # A share of a height that is not known is none.
    return "shows" if is_narrow(token) or token.type == "percentage" else "open"


def aside(token: Any) -> Verdict:
    """Judge how far something is moved to a side."""
    return _told(is_outside(token))


def above(token: Any) -> Verdict:
    """Judge how much room is over something."""
    return _told(is_far(token) or (token.value < 0 and is_outside(token)))


def below(_: Any) -> Verdict:
    """Judge how much room is under something."""
    return "shows"


def spacing(token: Any) -> Verdict:
    """Judge the room between letters."""
    return _told((pixels(token) or 0.0) <= _PILED)


def indent(tokens: Tokens) -> Verdict | None:
    """Judge what a line begins with."""
    rest = [each for each in tokens if pixels(each) is None]
    known = all(each.type == "ident" and each.lower_value in _OF_INDENT for each in rest)
    if not known or len(rest) != len(tokens) - 1:
        return None
    return _told(any(is_outside(each) for each in tokens if each not in rest))


# --- Functions ----------------------------------------------------------------------------------


def of_figures(known: Mapping[str, Figure], words: str = "none") -> Judge:
    """Return what judges a row of functions and of words that hide nothing."""
    shown = frozenset(words.split())

    def judged(tokens: Tokens) -> Verdict | None:
        hides = False
        for each in tokens:
            if each.type == "function" and each.lower_name in known:
                hides = hides or known[each.lower_name](plain(each.arguments))
            elif each.type != "url" and not (each.type == "ident" and each.lower_value in shown):
                return None
        return _told(hides)

    return judged


def mask(tokens: Tokens) -> Verdict:
    """Judge what an element is seen through."""
    functions = (each for each in tokens if each.type == "function" and each.lower_name in MASKS)
    return _told(any(MASKS[each.lower_name](plain(each.arguments)) for each in functions))


def of_function(name: str) -> Judge:
    """Return what judges a property that is a transformation by itself."""

    def judged(tokens: Tokens) -> Verdict | None:
        if word_of(tokens) == "none":
            return "shows"
        known = all(number(each) is not None or pixels(each) is not None for each in tokens)
        return _told(TRANSFORMS[name](tokens)) if known and len(tokens) <= 3 else None

    return judged


def rotation(tokens: Tokens) -> Verdict | None:
    """Judge a turn."""
    if word_of(tokens) == "none":
        return "shows"
    axes = {each.lower_value for each in tokens if each.type == "ident"}
    turned = [edge for edge in map(is_edge_on, tokens) if edge is not None]
    return _told(any(turned) and bool(axes & {"x", "y"})) if turned else None
