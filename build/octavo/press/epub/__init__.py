"""The EPUB: a rendition, the faces it is set in and a cover come in; one file comes out."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from octavo.book.count import words_in
from octavo.markup import text_of
from octavo.model import Artifact
from octavo.press.epub.addresses import refuse_addresses
from octavo.press.epub.catalogue import identifier, statements
from octavo.press.epub.documents import document, files_of, plan
from octavo.press.epub.navigation import cover_files, nav, points
from octavo.press.epub.package import EPOCH, File, Package, packed
from octavo.press.fonts import font_css, subset
from octavo.press.formulas.typeface import DRAWN
from octavo.rendition.direction import direction

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.model import Image, Rendition
    from octavo.press.fonts import Face

_FONT_STYLE = "styles/fonts.css"
# What stylesheets may generate, and readers type into notes, beside the characters of the text.
_ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0\u00ad–—‘’‚“”„…•·§¶†‡′″«»‹›×−")


def bind(rendition: Rendition, faces: tuple[Face, ...], cover: Image, report: Report) -> Artifact:
    """Make the EPUB of a rendition, in memory.

    1. Give every leaf and every picture its file, and find where every id lies.
    2. Cut the faces that the stylesheets name to the characters that the book uses.
    3. Write each leaf as a document, its links and pictures led to their files.
    4. Write the navigation and the catalogue's statements.
    5. Pack all of it: the cover first, then the leaves in order.

    What is wrong is reported; the file is worth keeping only if nothing of it is an error.
    """
    book, metadata = rendition.book, rendition.book.metadata
    layout = plan(rendition)
    styles = _styles(rendition, faces)
    linked = tuple(file.path for file in styles)
    refuse_addresses(rendition.stylesheets, report)
    language = metadata.language
    documents = (document(leaf, layout, language, linked, report) for leaf in rendition.leaves)
    contents = points(rendition, layout)
    leaves = tuple(leaf.content for leaf in rendition.leaves)
    package = Package(
        identifier=identifier(metadata),
        title=metadata.title,
        language=language,
        modified=metadata.date or EPOCH,
        direction=direction(language),
        statements=tuple(statements(metadata, book.edition.isbn, leaves)),
        files=(
            *cover_files(cover, metadata),
            nav(rendition, contents, layout),
            *documents,
            *styles,
            *_fonts(rendition, faces),
            *files_of(book.images, layout),
        ),
        points=contents,
    )
    return Artifact(book.edition, packed(package), words_in(book.sections))


def _named(rendition: Rendition, faces: tuple[Face, ...]) -> tuple[Face, ...]:
    css = "".join(text for _, text in rendition.stylesheets)
    return tuple(face for face in faces if face.family in css)


def _styles(rendition: Rendition, faces: tuple[Face, ...]) -> tuple[File, ...]:
    rules = font_css(_named(rendition, faces), lambda face: f"../{_font_path(face)}")
    sheets = ((_FONT_STYLE, rules), *((_sheet(n), css) for n, css in rendition.stylesheets))
    return tuple(File(path, "text/css", css.encode()) for path, css in sheets if css)


def _sheet(name: str) -> str:
    return f"styles/{name.removesuffix('.css')}.css"


def _font_path(face: Face) -> str:
    return f"fonts/{face.name}.ttf"


def _fonts(rendition: Rendition, faces: tuple[Face, ...]) -> tuple[File, ...]:
    named = _named(rendition, faces)
    characters = _characters(rendition) if named else ()
    return tuple(File(_font_path(face), "font/ttf", subset(face, characters)) for face in named)


def _characters(rendition: Rendition) -> tuple[str, ...]:
    text = "".join(text_of(leaf.content) for leaf in rendition.leaves)
    css = "".join(text for _, text in rendition.stylesheets)
    escaped = (int(code, 16) for code in re.findall(r"\\([0-9A-Fa-f]{2,6})", css))
    # Stylesheets may change the case of letters, and readers slant those of formulas.
    used = {
        *text,
        *DRAWN,
        *text.upper(),
        *text.lower(),
        *css,
        *(chr(c) for c in escaped if c <= sys.maxunicode),
    }
    return tuple(sorted(used | _ALWAYS))
