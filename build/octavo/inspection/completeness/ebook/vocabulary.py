"""The words of CSS by which the proof knows a value, and the many names of one property."""

from __future__ import annotations

DISPLAYS = (
    "block inline flow flow-root inline-block run-in list-item contents math"
    " flex inline-flex -webkit-box -webkit-inline-box -webkit-flex -webkit-inline-flex"
    " grid inline-grid grid-lanes inline-grid-lanes table inline-table table-row table-cell"
    " table-caption table-row-group table-header-group table-footer-group"
    " ruby ruby-base ruby-text ruby-base-container ruby-text-container block-ruby"
)
"""Words of ``display`` that show (CSS Display 3 and 4)."""
SIZES = frozenset(
    "xx-small x-small small medium large x-large xx-large xxx-large smaller larger math".split()
)
SYSTEM_FONTS = frozenset("caption icon menu message-box small-caption status-bar".split())
WIDTHS = frozenset(
    "auto none min-content max-content fit-content stretch -webkit-fill-available"
    " -webkit-max-content -webkit-min-content -webkit-fit-content -moz-available"
    " -moz-max-content -moz-min-content -moz-fit-content contain".split()
)
COLOURS = frozenset(
    "accentcolor accentcolortext activetext buttonborder buttonface buttontext canvas canvastext"
    " field fieldtext graytext highlight highlighttext linktext mark marktext selecteditem"
    " selecteditemtext visitedtext windowtext window -webkit-link -webkit-activelink".split()
)
"""Colours of the system (CSS Color 4, 6.2 and A)."""
MIXTURES = frozenset(
    "color-mix contrast-color light-dark device-cmyk alpha rgb rgba hsl hsla hwb lab lch oklab"
    " oklch color".split()
)
"""Functions of colours; what those come to that mix others is not known."""
UNSURE = frozenset(
    "var calc env attr min max clamp round mod rem abs sign sin cos tan asin acos atan atan2 pow"
    " sqrt hypot log exp if calc-size anchor anchor-size random toggle fit-content".split()
)
"""Functions that come to what only a reading system knows."""


def _sides(name: str) -> tuple[str, ...]:
    return tuple(f"{name}{side}" for side in ("top", "right", "bottom", "left"))


SIDES: dict[str, tuple[str, ...]] = {
    "font": ("font-size",),
    "inset": _sides(""),
    "margin": _sides("margin-"),
    "padding": _sides("padding-"),
    "overflow": ("overflow-x", "overflow-y"),
    "inset-inline": ("left", "right"),
    "inset-block": ("top", "bottom"),
    **{f"{each}-inline": (f"{each}-left", f"{each}-right") for each in ("margin", "padding")},
    **{f"{each}-block": (f"{each}-top", f"{each}-bottom") for each in ("margin", "padding")},
}
"""Properties that set others, in the order of their values."""
_WAYS = {"inline-start": "left", "inline-end": "right", "block-start": "top", "block-end": "bottom"}
OTHER_NAMES: dict[str, str] = {
    **{f"inset-{way}": side for way, side in _WAYS.items()},
    **{
        f"{each}-{way}": f"{each}-{side}"
        for each in ("margin", "padding")
        for way, side in _WAYS.items()
    },
    **{
        f"{most}{way}-size": f"{most}{size}"
        for most in ("", "max-", "min-")
        for way, size in (("inline", "width"), ("block", "height"))
    },
    "overflow-inline": "overflow-x",
    "overflow-block": "overflow-y",
    "mask": "mask-image",
    "-webkit-mask": "mask-image",
    "-webkit-mask-image": "mask-image",
    "-epub-text-indent": "text-indent",
    "-ms-transform": "transform",
    **{f"-webkit-{each}": each for each in ("clip-path", "filter", "opacity", "transform")},
}
"""Names of a property beside its own; what hangs on the way of writing goes as in English."""
