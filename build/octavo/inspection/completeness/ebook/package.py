"""An EPUB as a reading system opens it: its documents in the order of reading, and its files."""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import dirname, join, normpath
from urllib.parse import unquote
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from octavo.markup import MarkupError, parse, walk
from octavo.model import Element, Node

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_KIND, _EPUB = "mimetype", b"application/epub+zip"
"""What the first file says of the whole (OCF 3.3, 4.3)."""
_XHTML = "application/xhtml+xml"
_BEGINNING = re.compile(r"<(?=[A-Za-z])")
"""Where the root of a document begins, behind what is said of the document itself."""
_COMPRESSIONS = frozenset({ZIP_STORED, ZIP_DEFLATED})
"""What an EPUB may use (OCF 3.3, 4.2); the others fail in ways of their own."""
LARGEST = 256_000_000
"""Bytes of one file, unpacked; a few thousand packed ones can make as many as they like."""
LARGEST_OF_ALL = 1_000_000_000
_UNSOUND = (BadZipFile, zlib.error, EOFError, OSError, OverflowError, RuntimeError, ValueError)
"""What zipfile raises for an archive that is not sound."""


class UnreadableEbookError(ValueError):
    """A file that no reading system could open."""


@dataclass(frozen=True, slots=True)
class Document:
    """A content document."""

    path: str
    """From the root of the archive."""
    body: Element
    """Its body, as a ``section``: a block of its own."""
    opening: str = ""
    """What stands before its root, to the letter."""
    nodes: tuple[Node, ...] = ()
    """Its root, and what stands behind that."""

    @property
    def section(self) -> str:
        """The id of the section that it holds, or nothing."""
        first = (each for each in self.body.children if isinstance(each, Element))
        return next((each.get("id") for each in first), "")

    def leads_to(self, address: str) -> tuple[str, str]:
        """Return the path of the file that an address leads to, and the place in it."""
        return led(self.path, address)


@dataclass(frozen=True, slots=True)
class Ebook:
    """What a reading system has of an EPUB."""

    documents: tuple[Document, ...]
    """Those that are read, in order."""
    navigation: Document
    files: Mapping[str, bytes]
    """The files that the package declares, by their paths."""
    kinds: Mapping[str, str]
    """Their media types, as declared."""


@dataclass(slots=True)
class _Archive:
    """An archive of which only what is asked for is unpacked, each file once."""

    zip: ZipFile
    room: int
    """Bytes that may still be unpacked."""
    kept: dict[str, bytes] = field(default_factory=dict)
    names: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self.names = frozenset(self.zip.namelist())

    def read(self, path: str) -> bytes:
        if path not in self.kept:
            self.kept[path] = self._unpacked(path)
            self.room -= len(self.kept[path])
        return self.kept[path]

    def elements(self, path: str) -> tuple[Element, ...]:
        return tuple(walk(*self.parsed(path)[1]))

    def parsed(self, path: str) -> tuple[str, tuple[Node, ...]]:
        """Return what stands before the root of a file, and its nodes."""
        try:
            text = self.read(path).decode("utf-8-sig")
            root = _BEGINNING.search(text)
            start = root.start() if root else len(text)
            return text[:start], parse(text[start:])
        except UnicodeDecodeError as problem:
            raise UnreadableEbookError(f"its file “{path}” is not UTF-8 text") from problem
        except MarkupError as problem:
            message = f"its file “{path}” is not well-formed: {problem}"
            raise UnreadableEbookError(message) from problem

    def _unpacked(self, path: str) -> bytes:
        if path not in self.names:
            raise UnreadableEbookError(f"it has no “{path}”")
        if self.zip.getinfo(path).compress_type not in _COMPRESSIONS:
            raise UnreadableEbookError(f"its file “{path}” is packed as no EPUB may be")
        limit = min(LARGEST, self.room)
        try:
            with self.zip.open(path) as file:
                content = file.read(limit + 1)
        except _UNSOUND as problem:
            raise UnreadableEbookError(f"its file “{path}” is damaged") from problem
        if len(content) > limit:
            raise UnreadableEbookError(f"with its file “{path}” it is too large to be unpacked")
        return content


def opened(epub: bytes) -> Ebook:
    """Open an EPUB.

    Raises:
        UnreadableEbookError: it is no archive, or lacks what an EPUB must have, or is too large.
    """
    try:
        archive = ZipFile(BytesIO(epub))
    except _UNSOUND as problem:
        raise UnreadableEbookError("it is no EPUB, or damaged") from problem
    with archive:
        _refuse_doubles(archive.namelist())
        return _opened(_Archive(archive, LARGEST_OF_ALL))


def _refuse_doubles(names: list[str]) -> None:
    """Refuse names that are the same to some reading system (OCF 3.3, 4.2.2)."""
    known = Counter(unicodedata.normalize("NFKD", name).casefold() for name in names)
    for name, times in known.items():
        if times > 1:
            raise UnreadableEbookError(f"it has more than one file “{name}”")


def _opened(archive: _Archive) -> Ebook:
    if archive.read(_KIND) != _EPUB:
        raise UnreadableEbookError(f"its file “{_KIND}” does not say that it is an EPUB")
    if _ENCRYPTION in archive.names:
        raise UnreadableEbookError("parts of it are encrypted")
    roots = (each for each in archive.elements(_CONTAINER) if each.tag == "rootfile")
    path = next((each.get("full-path") for each in roots), "")
    package = archive.elements(path)
    items = {item.get("id"): item for item in package if item.tag == "item"}
    paths = {name: led(path, item.get("href"))[0] for name, item in items.items()}
    guides = (paths[n] for n, item in items.items() if "nav" in item.get("properties").split())
    guide = next(guides, "")
    if not guide:
        raise UnreadableEbookError("none of its files is declared as its contents")
    kinds = {paths[name]: item.get("media-type") for name, item in items.items()}
    read = [paths[name] for name in _spine(package, paths)]
    for document in (*read, guide):
        if kinds[document] != _XHTML:
            kind = kinds[document] or "nothing"
            raise UnreadableEbookError(f"its page “{document}” is declared as {kind}")
    return Ebook(
        documents=tuple(_document(each, archive) for each in read),
        navigation=_document(guide, archive),
        files={p: archive.read(p) for p in paths.values() if p in archive.names},
        kinds=kinds,
    )


def _spine(package: tuple[Element, ...], paths: Mapping[str, str]) -> Iterator[str]:
    """Yield the items that are read, each named once (EPUB 3.3, 5.7), in order."""
    refs = [element for element in package if element.tag == "itemref"]
    for name, times in Counter(ref.get("idref") for ref in refs).items():
        if name not in paths:
            raise UnreadableEbookError(f"it reads “{name}”, which it does not declare")
        if times > 1:
            raise UnreadableEbookError(f"its spine names “{paths[name]}” more than once")
    yield from (ref.get("idref") for ref in refs if ref.get("linear") != "no")


def _document(path: str, archive: _Archive) -> Document:
    opening, nodes = archive.parsed(path)
    body = next((each for each in walk(*nodes) if each.tag == "body"), Element("body"))
    section = Element("section", body.attributes, body.children, body.line)
    return Document(path, section, opening, nodes)


def led(path: str, address: str) -> tuple[str, str]:
    """Return the path that an address in a file leads to, and the place in what it leads to."""
    file, _, place = address.partition("#")
    return normpath(join(dirname(path), unquote(file))) if file else path, unquote(place)
