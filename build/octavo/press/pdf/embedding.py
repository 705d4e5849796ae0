"""Embed each face once in a whole book, cut to the glyphs that all its pages show.

WeasyPrint keeps glyph numbers when it cuts a face for one section, so the sections' glyphs can be
united, the original face cut once, and one font put in the place of all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from math import ceil, floor
from typing import TYPE_CHECKING

import uharfbuzz
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pikepdf import Object

    from octavo.press.fonts import Face
    from octavo.press.pdf.evidence import FontUse

_DROPPED = ("GSUB", "GPOS", "GDEF", "BASE", "DSIG", "name", "post", "cmap", "OS/2", "STAT", "gasp")
"""Tables that a TrueType program inside a PDF does without (ISO 32000-1, 9.9)."""
_SYMBOLIC, _ITALIC, _FIXED_PITCH = 1 << 2, 1 << 6, 1 << 0
"""Flags of a font descriptor (ISO 32000-1, table 123)."""
_SILENT = "\u200d"
"""What a glyph says whose letters another one says: a joiner, which shows nothing and parts no
word.  Of a code that says nothing at all, readers say the sign that has its number."""
_BATCH = 100
"""A CMap maps at most this many codes in one operator (Adobe 5014, CMapName 1.0)."""


@dataclass(slots=True)
class _Glyphs:
    """The glyphs of one face shown anywhere, with advances and texts of their first showing."""

    advances: dict[int, float] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def add(self, use: FontUse) -> None:
        for number, advance, text in use.glyphs:
            self.advances.setdefault(number, advance)
            self.texts.setdefault(number, text)


def embed(pdf: Pdf, uses: Iterable[FontUse], faces: Iterable[Face]) -> dict[str, Object]:
    """Put the faces that are shown into the PDF; return each font object by its face's digest."""
    shown: dict[str, _Glyphs] = {}
    for use in uses:
        shown.setdefault(use.face, _Glyphs()).add(use)
    known = {face.digest: face for face in faces}
    return {
        digest: pdf.make_indirect(_font(pdf, known[digest], shown[digest]))
        for digest in sorted(shown, key=lambda each: known[each].name)
    }


def share(fonts: Object, uses: Iterable[FontUse], embedded: Mapping[str, Object]) -> None:
    """Make a resource dictionary's fonts those of the whole book."""
    for use in uses:
        fonts[f"/{use.resource}"] = embedded[use.face]


def _font(pdf: Pdf, face: Face, glyphs: _Glyphs) -> Dictionary:
    program = _cut(face.data, glyphs.advances)
    name = Name(f"/{_tag(program)}+{face.name}")
    descendant = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(
            Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
        ),
        CIDToGIDMap=Name.Identity,
        DW=0,
        W=_widths(glyphs.advances),
        FontDescriptor=pdf.make_indirect(_descriptor(pdf, face, name, program, glyphs)),
    )
    return Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(descendant)]),
        ToUnicode=Stream(pdf, _to_unicode(glyphs.texts)),
    )


def _cut(font: bytes, glyphs: Iterable[int]) -> bytes:
    cut = uharfbuzz.SubsetInput()
    cut.glyph_set.update((0, *glyphs))
    cut.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
    cut.flags |= uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    tables = (int.from_bytes(table.encode(), "big") for table in _DROPPED)
    cut.drop_table_tag_set.update(tables)
    return bytes(uharfbuzz.subset(uharfbuzz.Face(font), cut).blob.data)


def _tag(program: bytes) -> str:
    """Return the six letters that tell one cut of a face from another."""
    return "".join(chr(65 + byte % 26) for byte in sha256(program).digest()[:6])


def _descriptor(pdf: Pdf, face: Face, name: Name, program: bytes, glyphs: _Glyphs) -> Dictionary:
    shape = uharfbuzz.Face(face.data)
    font = uharfbuzz.Font(shape)
    scale = 1000 / shape.upem
    extents = font.get_font_extents("ltr")
    capital = font.get_metric_position_with_fallback(uharfbuzz.OTMetricsTag.CAP_HEIGHT)
    same_advance = len(glyphs.advances) > 1 and len(set(glyphs.advances.values())) == 1
    return Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        FontFamily=String(face.family),
        Flags=_SYMBOLIC | _ITALIC * face.italic | _FIXED_PITCH * same_advance,
        FontBBox=Array(_box(font, glyphs.advances, scale)),
        ItalicAngle=round(font.get_style_value(uharfbuzz.StyleTag.SLANT_ANGLE)),
        Ascent=round(extents.ascender * scale),
        Descent=round(extents.descender * scale),
        CapHeight=round(capital * scale),
        StemV=round(50 + (face.weight / 65) ** 2),  # no table says it: the usual estimate
        FontFile2=Stream(pdf, program, Length1=len(program)),
    )


def _box(font: uharfbuzz.Font, glyphs: Iterable[int], scale: float) -> list[int]:
    """Return the box around all glyphs shown: left, bottom, right, top."""
    inks = [ink for glyph in glyphs if (ink := font.get_glyph_extents(glyph))]
    if not inks:
        return [0, 0, 0, 0]
    return [
        floor(min(ink.x_bearing for ink in inks) * scale),
        floor(min(ink.y_bearing + ink.height for ink in inks) * scale),
        ceil(max(ink.x_bearing + ink.width for ink in inks) * scale),
        ceil(max(ink.y_bearing for ink in inks) * scale),
    ]


def _widths(advances: Mapping[int, float]) -> Array:
    """Return runs of neighbouring glyphs: first number, then their advances."""
    widths = Array()
    ordered = enumerate(sorted(advances))
    for _, run in groupby(ordered, key=lambda pair: pair[1] - pair[0]):
        numbers = [number for _, number in run]
        widths.append(numbers[0])
        widths.append(Array([advances[number] for number in numbers]))
    return widths


_CMAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
{mappings}endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def _to_unicode(texts: Mapping[int, str]) -> bytes:
    lines = [
        f"<{number:04x}> <{(text or _SILENT).encode('utf-16-be').hex()}>"
        for number, text in sorted(texts.items())
    ]
    batches = (lines[start : start + _BATCH] for start in range(0, len(lines), _BATCH))
    mappings = "".join(
        f"{len(batch)} beginbfchar\n" + "\n".join(batch) + "\nendbfchar\n" for batch in batches
    )
    return _CMAP.format(mappings=mappings).encode("ascii")
