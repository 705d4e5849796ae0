"""The archive is what every reader expects, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zipfile import ZIP_STORED

if TYPE_CHECKING:
    from tests.press.epub.conftest import Archive, Catalogued


def test_container(bound: Archive) -> None:
    """The media type comes first, bare and readable at its fixed place; no entry has a date."""
    first, *rest = bound.infolist()
    assert bound.fp is not None
    bound.fp.seek(0)
    head = bound.fp.read(58)

    assert (first.filename, first.compress_type, first.extra) == ("mimetype", ZIP_STORED, b"")
    assert head[30:] == b"mimetypeapplication/epub+zip"
    assert [entry.filename for entry in rest[:2]] == ["META-INF/container.xml", "EPUB/content.opf"]
    assert [e.filename for e in rest[2:]] == sorted(entry.filename for entry in rest[2:])
    assert {entry.date_time for entry in bound.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in bound.infolist()} == {3}


def test_manifest_is_complete(bound: Archive) -> None:
    """The manifest names every file, once."""
    hrefs = [f"EPUB/{item.get('href')}" for item in bound.package().iterfind(".//{*}item")]

    assert sorted([*hrefs, "mimetype", "META-INF/container.xml", "EPUB/content.opf"]) == sorted(
        bound.namelist()
    )


def test_reading_order(bound: Archive) -> None:
    """The cover is read first, then every leaf in its order."""
    items = {i.get("id", ""): i.get("href") for i in bound.package().iterfind(".//{*}item")}
    spine = [items[item.get("idref", "")] for item in bound.package().iterfind(".//{*}itemref")]

    assert spine == [
        "cover.xhtml",
        "text/01-title-page.xhtml",
        "text/02-contents.xhtml",
        "text/03-water.xhtml",
        "text/04-ebb.xhtml",
        "text/05-flood.xhtml",
        "text/06-bibliography.xhtml",
    ]


def test_right_to_left(catalogued: Catalogued) -> None:
    """A book in a language read from the right turns its pages that way."""
    archive = catalogued(language="he")
    (spine,) = archive.package().iterfind(".//{*}spine")

    assert spine.get("page-progression-direction") == "rtl"
    assert {page.get("dir") for _, page in archive.pages()} == {"rtl"}
