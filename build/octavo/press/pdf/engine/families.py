"""What text is set in: families of the design, whatever a stylesheet or a drawing asks for.

CSS lets a text be set in one of many families, and in any at all where none of them is at hand.
Here each has its stand-in, always the same; and what is not at hand is told.
"""

from __future__ import annotations

import logging
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from weasyprint.text import fonts as text_fonts

from octavo.press.fonts import MONO, SANS, SERIF
from octavo.press.pdf.evidence import FontUse, line_of
from octavo.press.pdf.remarks import FAMILY
from octavo.press.scripts import SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_AT_HAND = {
    **{family.casefold(): family for family in (SERIF, SANS, MONO)},
    **{script.family.casefold(): script.family for script in SCRIPTS},
    **dict.fromkeys(("serif", "ui-serif", "math"), SERIF),
    **dict.fromkeys(("sans-serif", "ui-sans-serif", "system-ui"), SANS),
    **dict.fromkeys(("monospace", "ui-monospace"), MONO),
}
"""The families of the design, by their names and by those of CSS (CSS Fonts 4, 2.1.4)."""
_LOG = logging.getLogger("weasyprint")


class _InFamilies:
    """A style that names other families, and is otherwise the one it stands for."""

    __slots__ = ("families", "style")

    def __init__(self, style: Any, families: Sequence[str]) -> None:
        self.style, self.families = style, families

    def __getitem__(self, name: str) -> Any:
        return self.families if name == "font_family" else self.style[name]


def in_families_of_the_design(describe: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the description of a font so that it asks for what is at hand."""

    @wraps(describe)
    def described(style: Any) -> Any:
        return describe(_InFamilies(style, _at_hand(style["font_family"]) or (SERIF,)))

    return described


def telling(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the drawing of a text so that a family is told that the design lacks."""

    @wraps(draw)
    def told(stream: Any, box: Any, *arguments: Any) -> Any:
        names = box.style["font_family"]
        # A drawing's names still have what they were quoted in.
        named = (" ".join(name.split()).strip("\"' ") for name in names)
        first = next(filter(None, named), "")
        if first and not _at_hand(names):
            # The words of a drawing come from no element.
            _LOG.warning(FAMILY, first, line_of(box) if hasattr(box, "element") else 0)
        return draw(stream, box, *arguments)

    return told


def _at_hand(names: Sequence[str]) -> tuple[str, ...]:
    folded = (name.strip().casefold() for name in names)
    return tuple(_AT_HAND[name] for name in folded if name in _AT_HAND)


def font_uses(document: Any) -> Iterator[FontUse]:
    """Yield the faces that a document is drawn in, with their glyphs."""
    fonts = sorted(document.fonts.values(), key=lambda font: font.hash)
    for font in fonts:
        face = sha256(text_fonts.get_hb_object_data(font.hb_face)).hexdigest()
        shown = sorted(gid for gid in font.to_unicode if gid < font.glyph_count)
        glyphs = tuple((gid, font.widths[gid], font.to_unicode[gid]) for gid in shown)
        yield FontUse(font.hash, face, glyphs)
