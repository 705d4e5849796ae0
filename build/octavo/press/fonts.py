"""The press's typefaces: static faces made once from variable fonts, and cuts of them for EPUB.

Both editions are set in the same faces.  They are made without a clock, so that the same fonts
and the same HarfBuzz give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import uharfbuzz

from octavo.store import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from octavo.store import Store

VERSION = "1"
"""Counts the ways of making faces; a change of one makes all of them again."""

SERIF, SANS, MONO = "EB Garamond", "Octavo Sans", "JetBrains Mono"
"""The families, as stylesheets name them.

A static face is a modified version of its variable font.  The licence of Source Sans 3 reserves
the name “Source” in its first line, and its condition 3 forbids the name to modified versions:
hence “Octavo Sans”.  The licences of EB Garamond and JetBrains Mono reserve no name.  Condition 2
of all three, that each copy carry notice and licence, is met by the name table's records 0, 13
and 14, which faces and cuts keep; 4 keeps the makers' names out of advertising.
"""

FEATURES = (
    "smcp",
    "c2sc",
    "onum",
    "lnum",
    "pnum",
    "tnum",
    "sups",
    "subs",
    "frac",
    "case",
    "zero",
    "ssty",
)
"""OpenType features that stylesheets may ask for, beside those that are always on."""


@dataclass(frozen=True, slots=True)
class Face:
    """One static font: a weight and slope of a family."""

    family: str
    weight: int
    """As CSS counts it: 400 is regular, 600 semibold."""
    italic: bool
    name: str
    """The PostScript name, which also names its file."""
    data: bytes = field(repr=False)
    """TrueType, without axes."""

    @property
    def digest(self) -> str:
        """The SHA-256 of its bytes: the name by which typeset pages know it."""
        return sha256(self.data).hexdigest()


_STYLES = {
    (400, False): "Regular",
    (400, True): "Italic",
    (600, False): "SemiBold",
    (600, True): "SemiBold Italic",
}


@dataclass(frozen=True, slots=True)
class _Pattern:
    family: str
    weight: int
    italic: bool
    package: str
    file: str

    @property
    def style(self) -> str:
        return _STYLES[self.weight, self.italic]

    @property
    def name(self) -> str:
        return f"{self.family}-{_STYLES[self.weight, self.italic]}".replace(" ", "")


def _family(family: str, package: str, stem: str) -> tuple[_Pattern, ...]:
    roman, italic = f"{stem}[wght].ttf", f"{stem}-Italic[wght].ttf"
    return tuple(
        _Pattern(family, weight, slanted, package, italic if slanted else roman)
        for weight in (400, 600)
        for slanted in (False, True)
    )


_PATTERNS = (
    *_family(SERIF, "fontpkg_eb_garamond", "EBGaramond"),
    *_family(SANS, "fontpkg_source_sans_3", "SourceSans3"),
    *_family(MONO, "fontpkg_jetbrains_mono", "JetBrainsMono"),
)

# 1 January 2020 in seconds since 1904 (OpenType, `head`): any fixed date serves.
_MODIFIED = 3_660_681_600
# They describe or sign the variable font, and would be false in a static one.
_STALE_TABLES = ("STAT", "DSIG", "MVAR", "avar")
# Name records: copyright, trademark, makers, licence, and all that layout features refer to.
_OLD_NAMES = (1, 2, 3, 4, 6, 16, 17, 18, 20, 21, 22, 25)
_NOTICES = (0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17)


def faces(store: Store) -> tuple[Face, ...]:
    """Return all faces of the press: three families in regular and semibold, roman and italic."""
    sources = {(p.package, p.file): b"" for p in _PATTERNS}
    for package, file in sources:
        sources[package, file] = (files(package) / "files" / file).read_bytes()
    maker = f"faces {VERSION} uharfbuzz {uharfbuzz.__version__}"

    def face(pattern: _Pattern) -> Face:
        variable = sources[pattern.package, pattern.file]
        key = digest(maker, variable, pattern.name)
        data = store.get(key, lambda: _instance(variable, pattern))
        return Face(pattern.family, pattern.weight, pattern.italic, pattern.name, data)

    return tuple(face(pattern) for pattern in _PATTERNS)


def font_css(faces: Iterable[Face], url: Callable[[Face], str]) -> str:
    """Return the ``@font-face`` rules of the faces, with URLs as one medium has them."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; font-weight: {face.weight};'
        f" font-style: {'italic' if face.italic else 'normal'};"
        f' src: url("{url(face)}"); }}\n'
        for face in faces
    )


def subset(face: Face, characters: Iterable[str], features: Iterable[str] = FEATURES) -> bytes:
    """Return the face cut to some characters, and to what layout features make of them."""
    cut = uharfbuzz.SubsetInput()
    cut.unicode_set.update(ord(character) for character in characters)
    cut.layout_feature_tag_set.update(map(_tag, features))
    cut.name_id_set.update(_NOTICES)
    return _made(face.data, cut)


def characters_of(face: Face) -> frozenset[str]:
    """Return the characters that a face has a shape for."""
    return frozenset(map(chr, uharfbuzz.Face(face.data).unicodes))


def alike(faces: Iterable[Face]) -> dict[int, str]:
    """Return characters that some face shows by one glyph, each with the first of its like.

    A reader of a PDF has the glyph alone, and may take it for any of them.
    """
    first: dict[int, str] = {}
    for face in faces:
        shape = uharfbuzz.Face(face.data)
        font = uharfbuzz.Font(shape)
        of_glyph: dict[int, str] = {}
        for code in sorted(shape.unicodes):
            glyph = font.get_nominal_glyph(code)
            like = of_glyph.setdefault(glyph, first.get(code, chr(code)))
            first.setdefault(code, like)
    return {code: like for code, like in first.items() if ord(like) != code}


def _tag(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


def _made(font: bytes, cut: uharfbuzz.SubsetInput) -> bytes:
    return bytes(uharfbuzz.subset(uharfbuzz.Face(font), cut).blob.data)


def _instance(variable: bytes, pattern: _Pattern) -> bytes:
    font = uharfbuzz.Face(variable)
    whole = uharfbuzz.SubsetInput()
    whole.keep_everything()
    # Strokes of variable fonts overlap; unmarked, some renderers leave them hollow there.
    whole.flags |= uharfbuzz.SubsetFlags.SET_OVERLAPS_FLAG
    whole.drop_table_tag_set.update(map(_tag, _STALE_TABLES))
    if not whole.pin_axis_location(font, "wght", float(pattern.weight)):
        raise ValueError(pattern.file)
    return _named(_made(variable, whole), pattern)


def _named(static: bytes, pattern: _Pattern) -> bytes:
    # Imported here because it is slow to load and needed only when a face is first made.
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    font = TTFont(BytesIO(static), recalcBBoxes=False, recalcTimestamp=False)
    for record in tuple(font["name"].names):
        if record.nameID in _OLD_NAMES or record.platformID == 1:
            font["name"].names.remove(record)
    for number, text in _names(pattern).items():
        font["name"].setName(text, number, 3, 1, 0x409)
    # OS/2 fsSelection: bit 0 italic, 6 regular; 7, typographic metrics, is the font's own.
    slope = 1 if pattern.italic else 1 << 6
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & 1 << 7 | slope
    font["head"].macStyle = 2 if pattern.italic else 0
    font["head"].modified = _MODIFIED
    out = BytesIO()
    font.save(out, reorderTables=None)
    return out.getvalue()


def _names(pattern: _Pattern) -> dict[int, str]:
    # Old systems know four styles a family, so every other weight is a family of its own to them
    # (OpenType, `name`: 1 and 2 are for these, 16 and 17 say how it really is).
    slope = "Italic" if pattern.italic else "Regular"
    names = {
        1: pattern.family,
        2: slope,
        3: f"Octavo {VERSION};{pattern.name}",
        4: f"{pattern.family} {pattern.style}",
        6: pattern.name,
    }
    if pattern.weight == 400:
        return names
    weight = pattern.style.split()[0]
    return names | {1: f"{pattern.family} {weight}", 16: pattern.family, 17: pattern.style}
