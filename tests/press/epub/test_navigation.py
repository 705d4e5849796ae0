"""Every way of finding a place in the book leads there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.press.epub.conftest import METADATA

from octavo.press.epub.navigation import cover_files

if TYPE_CHECKING:
    from xml.etree import ElementTree as ET

    from tests.press.epub.conftest import Archive

    from octavo.model import Image

TYPE = "{http://www.idpf.org/2007/ops}type"


def outline(listing: ET.Element) -> list[object]:
    """Return a nested list of links as nested lists of their texts."""
    lines: list[object] = []
    for line in listing:
        lines.append("".join(line[0].itertext()))
        lines.extend(outline(each) for each in line[1:])
    return lines


def test_contents(bound: Archive) -> None:
    """The contents name what is listed, chapters below their part; display pages are not."""
    page = bound.tree("EPUB/nav.xhtml")
    toc, landmarks = page.iterfind(".//{*}nav")

    assert toc.get(TYPE) == "toc"
    assert outline(toc[1]) == ["Part One", ["Ebb & Flow", "Flood"], "Works"]
    assert landmarks.get("hidden") == "hidden"


def test_landmarks(bound: Archive) -> None:
    """The landmarks lead to cover, title page, contents, first page of the body and sources."""
    page = bound.tree("EPUB/nav.xhtml")
    _, landmarks = page.iterfind(".//{*}nav")

    assert [(a.get(TYPE), a.get("href")) for a in landmarks.iterfind(".//{*}a")] == [
        ("cover", "cover.xhtml"),
        ("titlepage", "text/01-title-page.xhtml"),
        ("toc", "text/02-contents.xhtml"),
        ("bodymatter", "text/03-water.xhtml"),
        ("bibliography", "text/06-bibliography.xhtml"),
    ]


def test_old_contents(bound: Archive) -> None:
    """Readers of EPUB 2 find the same contents."""
    ncx = bound.tree("EPUB/toc.ncx")
    names = [text.text for text in ncx.iterfind(".//{*}text")]

    assert names == ["Salt & Tide", "Part One", "Ebb & Flow", "Flood", "Works"]


def test_cover(bound: Archive, cover: Image) -> None:
    """The cover is a page with a described picture, known as such to old and new readers."""
    (picture,) = bound.tree("EPUB/cover.xhtml").iterfind(".//{*}img")
    (item,) = (i for i in bound.package().iterfind(".//{*}item") if i.get("id") == "cover-image")
    (old,) = (m for m in bound.package().iterfind(".//{*}meta") if m.get("name") == "cover")

    assert picture.get("alt") == "Cover: Salt & Tide"
    assert picture.get("role") == "doc-cover"
    assert (item.get("href"), item.get("properties")) == ("cover.jpg", "cover-image")
    assert old.get("content") == "cover-image"
    assert bound.read("EPUB/cover.jpg") == cover.data


def test_the_cover_is_described_as_its_language_writes_it(cover: Image) -> None:
    """In French a colon has a no-break space before it."""
    page, _, _ = cover_files(cover, replace(METADATA, language="fr"))

    assert f'alt="Couverture\u00a0: {METADATA.title.replace("&", "&amp;")}"' in page.data.decode()
