"""The container: files, what a catalogue says, and the contents, written as one EPUB by ebooklib.

ebooklib writes the package document, the NCX and the container.  It never sees inside a content
document: its own classes for these parse and indent them again, which puts spaces between words
and lower-cases SVG.  The archive is packed anew, since ebooklib stamps it with the clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.press.epub.catalogue import Statement

EPOCH = date(1980, 1, 1)
"""The date of a book without one: the first that a zip archive can hold."""

XHTML = "application/xhtml+xml"
EXTENSIONS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/gif": "gif",
    "image/webp": "webp",
}
"""How the names of pictures end, by their media types."""
_MIMETYPE = "mimetype"
_FIRST = (_MIMETYPE, "META-INF/container.xml", "EPUB/content.opf")


@dataclass(frozen=True, slots=True)
class File:
    """One file of the EPUB."""

    path: str
    """Below the package's folder; ASCII letters, digits and ``-_./`` only."""
    media_type: str
    data: bytes = field(repr=False)
    properties: tuple[str, ...] = ()
    """As the manifest has them: ``nav``, ``cover-image``, ``svg``, ``mathml``."""
    read: bool = False
    """Whether it stands in the reading order, which is the order of the files."""


@dataclass(frozen=True, slots=True)
class Point:
    """One line of the contents, and the lines below it."""

    title: str
    path: str
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Package:
    """A book as ebooklib needs to know it."""

    identifier: str
    title: str
    language: str
    modified: date
    direction: Literal["ltr", "rtl"]
    statements: tuple[Statement, ...]
    files: tuple[File, ...]
    points: tuple[Point, ...]


class _Midnight(datetime):
    """A time that ebooklib writes with four digits of the year, which not every system does."""

    def strftime(self, _format: str) -> str:
        """Return the day as ``dcterms:modified`` has it."""
        return f"{self.date().isoformat()}T00:00:00Z"


def packed(package: Package) -> bytes:
    """Return the EPUB of a package; the same package gives the same bytes."""
    loose = BytesIO()
    options = {
        "mtime": _Midnight.combine(package.modified, time(), UTC),
        "epub2_guide": False,
        "compresslevel": 0,  # it is unpacked again at once
        "raise_exceptions": True,
    }
    epub.EpubWriter(loose, _book(package), options).write()
    return _repacked(loose, package.language)


def _book(package: Package) -> epub.EpubBook:
    book = epub.EpubBook()
    book.metadata.clear()  # a random identifier and the name of the generator
    book.uid, book.title, book.language = package.identifier, package.title, package.language
    if package.direction == "rtl":
        book.set_direction("rtl")
    for statement in package.statements:
        space = None if statement.name == "meta" else "DC"
        book.add_metadata(space, statement.name, statement.text, dict(statement.attributes))
    for number, file in enumerate(package.files):
        item = epub.EpubItem(_id(file, number), file.path, file.media_type, file.data)
        item.properties = list(file.properties)
        book.add_item(item)
        if file.read:
            book.spine.append(item)
    book.add_item(epub.EpubNcx())
    book.toc = list(_contents(package.points, ""))
    return book


def _id(file: File, number: int) -> str:
    # EPUB 2 readers find the cover by this id (`meta name="cover"`).
    return "cover-image" if "cover-image" in file.properties else f"item-{number}"


def _contents(points: tuple[Point, ...], above: str) -> Iterator[object]:
    for number, point in enumerate(points, 1):
        uid = f"{above or 'point'}-{number}"
        if point.points:
            yield epub.Section(point.title, point.path), list(_contents(point.points, uid))
        else:
            yield epub.Link(point.path, point.title, uid)


def _repacked(loose: BytesIO, language: str) -> bytes:
    result = BytesIO()
    with ZipFile(loose) as source, ZipFile(result, "w") as archive:
        rest = sorted(set(source.namelist()) - set(_FIRST))
        for name in (*_FIRST, *rest):
            entry = ZipInfo(name, (EPOCH.year, EPOCH.month, EPOCH.day, 0, 0, 0))
            entry.create_system = 3  # else the archive tells on which system it was made
            entry.external_attr = 0o644 << 16
            data = source.read(name)
            if name.endswith(".opf"):
                # ebooklib has no way to say the language of the package document itself.
                data = data.replace(b"<package ", f'<package xml:lang="{language}" '.encode(), 1)
            # OCF 3.3, 4.3: the first entry is this one, and it is not compressed.
            archive.writestr(entry, data, ZIP_STORED if name == _MIMETYPE else ZIP_DEFLATED, 9)
    return result.getvalue()
