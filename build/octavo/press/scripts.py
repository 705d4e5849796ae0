"""Faces of scripts that the design's own families lack: loaded where a text needs them, only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from octavo.book.words import words
from octavo.markup import text_of
from octavo.press.fonts import Face, faces

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.model import Rendition
    from octavo.store import Store


@dataclass(frozen=True, slots=True)
class Script:
    """A script with the family that it is set in."""

    family: str
    """As stylesheets name it."""
    package: str
    files: tuple[tuple[str, int, bool], ...]
    """Static fonts by their PostScript names, which name the files, with weight and slope."""
    signs: re.Pattern[str]
    """What finds a character of it (blocks of Unicode 16)."""

    def faces(self) -> Iterator[Face]:
        """Yield its faces, as their makers made them."""
        folder = files(self.package) / "files"
        for name, weight, italic in self.files:
            yield Face(self.family, weight, italic, name, (folder / f"{name}.ttf").read_bytes())


ARABIC = Script(
    "Amiri",
    "fontpkg_amiri",
    (
        ("Amiri-Regular", 400, False),
        ("Amiri-Italic", 400, True),
        ("Amiri-Bold", 700, False),
        ("Amiri-BoldItalic", 700, True),
    ),
    re.compile("[\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff]"),
)
SCRIPTS = (ARABIC,)


def faces_of(rendition: Rendition, store: Store) -> tuple[Face, ...]:
    """Return the faces that an edition is set in: the design's, and those of its scripts."""
    text = _text(rendition)
    others = (face for each in SCRIPTS if each.signs.search(text) for face in each.faces())
    return (*faces(store), *others)


def _text(rendition: Rendition) -> str:
    """Return all that is said in an edition, by its author and by the press."""
    book = rendition.book
    own = words(book.metadata.language)
    said = (text_of(leaf.content) for leaf in rendition.leaves)
    generated = (css for _, css in rendition.stylesheets)
    draft = own["draft"] if book.draft else ""
    return "".join((*said, *generated, *rendition.cover, book.metadata.title, draft))
