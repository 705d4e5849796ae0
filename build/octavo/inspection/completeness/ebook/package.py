"""An EPUB as a reading system opens it: its documents in the order of reading, and its files."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from zipfile import BadZipFile, ZipFile

from octavo.markup import parse, walk
from octavo.model import Element

_CONTAINER = "META-INF/container.xml"
_BEGINNING = re.compile(r"<(?=[A-Za-z])")
"""Where the root of a document begins, behind what is said of the document itself."""
_UNREADABLE = (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
"""What zipfile raises for an archive that is not sound, and our own parser for a text."""


class UnreadableEbookError(ValueError):
    """A file that no reading system could open."""


@dataclass(frozen=True, slots=True)
class Document:
    """A content document."""

    path: str
    """From the root of the archive."""
    body: Element
    """Its body, as a ``section``: a block of its own."""

    @property
    def section(self) -> str:
        """The id of the section that it holds, or nothing."""
        first = (each for each in self.body.children if isinstance(each, Element))
        return next((each.get("id") for each in first), "")

    def leads_to(self, address: str) -> tuple[str, str]:
        """Return the path of the file that an address leads to, and the place in it."""
        return _led(self.path, address)


@dataclass(frozen=True, slots=True)
class Ebook:
    """What a reading system has of an EPUB."""

    documents: tuple[Document, ...]
    """Those that are read, in order."""
    navigation: Document
    files: Mapping[str, bytes]
    """The files that the package declares, by their paths."""


def opened(epub: bytes) -> Ebook:
    """Open an EPUB.

    Raises:
        UnreadableEbookError: it is no archive, or lacks what an EPUB must have.
    """
    try:
        with ZipFile(BytesIO(epub)) as archive:
            return _opened({name: archive.read(name) for name in archive.namelist()})
    except _UNREADABLE as problem:
        raise UnreadableEbookError(str(problem)) from problem
    except KeyError as problem:
        raise UnreadableEbookError(f"it has no {problem}") from problem


def _opened(archive: Mapping[str, bytes]) -> Ebook:
    path = next((each.get("full-path") for each in _all(archive[_CONTAINER], "rootfile")), "")
    items = {item.get("id"): item for item in _all(archive[path], "item")}
    paths = {name: _led(path, item.get("href"))[0] for name, item in items.items()}
    spine = (ref for ref in _all(archive[path], "itemref") if ref.get("linear") != "no")
    guides = (paths[n] for n, item in items.items() if "nav" in item.get("properties").split())
    guide = next(guides, "of its files as its contents")
    return Ebook(
        documents=tuple(_document(paths[ref.get("idref")], archive) for ref in spine),
        navigation=_document(guide, archive),
        files={place: archive[place] for place in paths.values() if place in archive},
    )


def _document(path: str, archive: Mapping[str, bytes]) -> Document:
    body = next(_all(archive[path], "body"), Element("body"))
    return Document(path, Element("section", body.attributes, body.children, body.line))


def _all(xml: bytes, tag: str) -> Iterator[Element]:
    text = xml.decode("utf-8-sig")
    root = _BEGINNING.search(text)
    nodes = parse(text[root.start() :]) if root else ()
    return (element for element in walk(*nodes) if element.tag == tag)


def _led(path: str, address: str) -> tuple[str, str]:
    file, _, place = address.partition("#")
    return normpath(join(dirname(path), unquote(file))) if file else path, unquote(place)
