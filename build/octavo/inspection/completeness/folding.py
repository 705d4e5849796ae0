"""Fold text to what must be the same on paper and in the manuscript: letters, signs, figures.

White space, capitals, ligatures, soft hyphens and the marks of direction may differ; all hyphens
are one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

_DROPPED = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\ufeff"
    + "".join(map(chr, (*range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070))))
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
"""What shows nothing: default ignorable code points (Unicode 16, DerivedCoreProperties)."""
_HYPHENS = "\u2010\u2011\u2012\ufe63\uff0d"
HYPHEN = "-"
_FOLDED: dict[int, str] = {
    **dict.fromkeys(map(ord, _DROPPED), ""),
    **dict.fromkeys(map(ord, _HYPHENS), HYPHEN),
}


def folded(text: str) -> str:
    """Return what of a text must be found again."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).translate(_FOLDED)
    return "".join(text.casefold().split())


def merged(text: str, same: Mapping[int, str]) -> str:
    """Return folded text with signs of one shape made one sign."""
    return text.translate(same)
