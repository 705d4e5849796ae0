"""How long the lengths of CSS are, about, and what is too small or too far away to be seen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Tokens = Sequence[Any]

SMALLEST = 8 / 3
"""Pixels, 2 points: smaller letters cannot be read."""
LETTER = 16.0
"""Pixels of the letters of a text."""
FARTHEST = 999.0
"""Pixels; what is moved as far as this stands on no screen."""
_NARROWEST = 1.0
_SCREENS = frozenset(
    f"{size}{way}"
    for size in ("", "s", "l", "d")
    for way in ("vw", "vh", "vi", "vb", "vmin", "vmax")
)
"""Units of a hundredth of the screen."""
_PIXELS = {
    "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945,
    "em": LETTER, "rem": LETTER, "ex": 8.0, "rex": 8.0, "ch": 8.0, "rch": 8.0, "lh": 20.0,
    "rlh": 20.0, "ic": 16.0, "ric": 16.0, "cap": 11.0, "rcap": 11.0,
    **dict.fromkeys(_SCREENS, 8.0),
}  # fmt: skip
"""About how many pixels a unit is: letters have 16, screens 800."""
_TURNS = {"deg": 360.0, "grad": 400.0, "rad": 6.2832, "turn": 1.0}
"""How many of a unit make a whole turn."""
_EDGE = 0.005
"""The part of a turn from the side of a thing within which nothing of it is seen."""


def pixels(token: Any) -> float | None:
    """Return a length in pixels, a share as that of a letter; nothing if it is neither."""
    if token.type == "dimension":
        factor = _PIXELS.get(token.lower_unit)
        return None if factor is None else float(token.value * factor)
    if token.type == "percentage":
        return float(token.value * LETTER / 100)
    return 0.0 if token.type == "number" and token.value == 0 else None


def lengths(tokens: Tokens) -> list[float]:
    """Return those of the tokens that are lengths, in pixels."""
    return [length for length in map(pixels, tokens) if length is not None]


def number(token: Any) -> float | None:
    """Return a number, or a percentage as one."""
    if token.type == "percentage":
        return float(token.value / 100)
    return float(token.value) if token.type == "number" else None


def is_outside(token: Any, *, share: bool = True) -> bool:
    """Tell whether what is moved so far stands on no screen; ``share`` if 100 % is so far."""
    if token.type == "percentage":
        return bool(share and abs(token.value) >= 100)
    if token.type == "dimension" and token.lower_unit in _SCREENS:
        return bool(abs(token.value) >= 100)
    return abs(pixels(token) or 0.0) >= FARTHEST


def is_far(token: Any) -> bool:
    """Tell whether a length is far, whatever the screen, as one down the page must be."""
    of_screen = token.type == "percentage" or getattr(token, "lower_unit", "") in _SCREENS
    return not of_screen and abs(pixels(token) or 0.0) >= FARTHEST


def is_narrow(token: Any) -> bool:
    """Tell whether a box of a size has no room for a letter."""
    # A share of 1 % is how authors ask for the least that the words need.
    length = pixels(token)
    return length is not None and length <= (0.0 if token.type == "percentage" else _NARROWEST)


def is_tiny(factor: float) -> bool:
    """Tell whether letters that are so many times as large cannot be read."""
    return abs(factor) * LETTER < SMALLEST


def is_edge_on(token: Any) -> bool | None:
    """Tell whether a thing is turned with its edge to the reader; nothing if it is no angle."""
    if token.type == "number" and token.value == 0:
        return False
    whole = _TURNS.get(token.lower_unit) if token.type == "dimension" else None
    return None if whole is None else abs(token.value / whole % 0.5 - 0.25) < _EDGE


def spread(values: Tokens, times: int) -> list[Any]:
    """Return the values of so many sides: the third is like the first, the fourth the second."""
    sides = list(values)
    while len(sides) < times:
        sides.append(sides[max(0, len(sides) - 2)])
    return sides
