"""Know the fonts that a finished file holds: what their codes say, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pikepdf import Array, Name

from octavo.press.pdf.operators import inflated
from octavo.press.pdf.runs import Font, UnreadablePdfError

if TYPE_CHECKING:
    from pikepdf import Object

_MAPPING = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_SINGLE = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
_LAST = 0xFFFF
"""The last code of two bytes."""
_TAG = re.compile(r"^/(?:[A-Z]{6}\+)?")


@dataclass
class Fonts:
    """The fonts of a file, each read once."""

    known: dict[tuple[int, int], Font] = field(default_factory=dict)

    def font(self, source: Object) -> Font:
        """Return a font of the file."""
        key = source.objgen
        if key == (0, 0) or key not in self.known:
            self.known[key] = _font(source)
        return self.known[key]


def _font(source: Object) -> Font:
    if source.get("/Encoding") != Name("/Identity-H"):
        raise UnreadablePdfError(f"the font {source.get('/BaseFont')} has codes of another kind")
    (descendant,) = source.DescendantFonts
    return Font(
        name=_TAG.sub("", str(source.BaseFont)),
        texts=_texts(inflated(source.ToUnicode)) if "/ToUnicode" in source else {},
        widths=dict(_widths(descendant.get("/W", Array()))),
        program=_program(descendant.FontDescriptor),
    )


def _program(descriptor: Object) -> bytes:
    return inflated(descriptor.FontFile2) if "/FontFile2" in descriptor else b""


def _texts(table: bytes) -> dict[int, str]:
    """Return what codes say (ISO 32000-1, 9.10.3)."""
    pairs = (pair for rows in _SINGLE.findall(table) for pair in _MAPPING.findall(rows))
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _widths(table: Object) -> Iterator[tuple[int, float]]:
    """Yield the glyphs of a font with their widths (ISO 32000-1, 9.7.4.3)."""
    entries = list(table)
    while entries:
        first, then, *entries = entries
        if isinstance(then, Array):
            yield from ((int(first) + at, float(width)) for at, width in enumerate(then))
        else:
            width, *entries = entries
            if not 0 <= int(first) <= int(then) <= _LAST:
                raise UnreadablePdfError("a font has widths for more glyphs than there are codes")
            yield from ((code, float(width)) for code in range(int(first), int(then) + 1))
