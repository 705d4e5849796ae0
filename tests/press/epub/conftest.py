"""A tiny rendition that holds one of everything an EPUB must carry."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Protocol
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from PIL import Image as Picture

from octavo.diagnostics import Diagnostic, Location, Report
from octavo.markup import parse
from octavo.matter import ROLES
from octavo.model import (
    Book,
    Contributor,
    Edition,
    Element,
    Image,
    Leaf,
    Matter,
    Medium,
    Metadata,
    Rendition,
    Section,
    Series,
    Target,
)
from octavo.press.epub import bind
from octavo.press.fonts import Face, faces
from octavo.store import Store

METADATA = Metadata(
    title="Salt & Tide",
    subtitle="A Coast in Nine Walks",
    contributors=(Contributor("Ines Moreau"), Contributor("Tom Beck", "translator")),
    language="en-GB",
    date=date(2024, 3, 9),
    rights="© 2024 Ines Moreau",
    publisher="Low Water Press",
    identifier="urn:uuid:6f1c1f0e-5f0a-4a53-9d3a-1f6f0c2b7a11",
    subjects=("Walking",),
    description="Nine walks & what the sea leaves.",
    keywords=("coast", "tides"),
    series=Series("Edges", "2"),
)
CHAPTER = (
    '<section id="ebb" epub:type="chapter" role="doc-chapter" aria-labelledby="ebb-title">'
    '<h1 id="ebb-title">Ebb &amp; Flow</h1>'
    '<p>Salt<em>y</em><strong>air</strong><a epub:type="noteref" role="doc-noteref"'
    ' href="#note-ebb-1" id="call-ebb-1">1</a> as in <a href="#map">the map</a>'
    ' and <a href="#flood">the flood</a>.</p>'
    '<figure><img src="maps/The Bay.png" alt="A bay with one pier."/></figure>'
    '<svg viewBox="0 0 10 10" role="img" aria-label="A wave"><linearGradient id="deep">'
    '<stop offset="0"/></linearGradient><path d="M0 5 Q5 0 10 5" fill="url(#deep)"/></svg>'
    '<aside id="note-ebb-1" epub:type="footnote" role="doc-footnote"><p>Twice a day. '
    '<a role="doc-backlink" href="#call-ebb-1">Back</a></p></aside></section>'
)

LEAVES = (
    ("title-page", Matter.FRONT, "", "Title Page", '<section id="title-page"><p>S</p></section>'),
    (
        "contents",
        Matter.FRONT,
        "",
        "Contents",
        (
            '<section id="contents" epub:type="toc" role="doc-toc" aria-label="Contents">'
            '<h1>Contents</h1><ol><li><a href="#ebb">Ebb</a></li></ol></section>'
        ),
    ),
    (
        "part",
        Matter.BODY,
        "",
        "Part One",
        (
            '<section id="water" epub:type="part" role="doc-part" aria-label="Part One">'
            "<h1>Water</h1></section>"
        ),
    ),
    ("chapter", Matter.BODY, "water", "Ebb & Flow", CHAPTER),
    (
        "chapter",
        Matter.BODY,
        "water",
        "Flood",
        (
            '<section id="flood" epub:type="chapter" role="doc-chapter" aria-label="Flood">'
            '<h1>Flood</h1><p id="map">A map, see <a href="#ebb">before</a>.</p></section>'
        ),
    ),
    (
        "bibliography",
        Matter.BACK,
        "",
        "Works",
        (
            '<section id="bibliography" epub:type="bibliography" role="doc-bibliography"'
            ' aria-label="Works"><h1>Works</h1><p>None.</p></section>'
        ),
    ),
)


class Archive(ZipFile):
    """An EPUB, opened for questions."""

    def tree(self, name: str) -> ET.Element:
        """Return a document of the package."""
        return ET.fromstring(self.read(name))

    def package(self) -> ET.Element:
        """Return the package document."""
        return self.tree("EPUB/content.opf")

    def pages(self) -> Iterator[tuple[str, ET.Element]]:
        """Yield every content document with its path."""
        for name in self.namelist():
            if name.endswith(".xhtml"):
                yield name, self.tree(name)

    def texts(self, tag: str) -> list[str]:
        """Return what the elements of one name in the package document say."""
        return [element.text or "" for element in self.package().iterfind(f".//{{*}}{tag}")]

    def meta(self, name: str) -> list[str]:
        """Return the values of a property."""
        lines = self.package().iterfind(".//{*}meta")
        return [line.text or "" for line in lines if line.get("property") == name]


def refuse(finding: Diagnostic) -> None:
    """Fail: nothing is wrong with the book."""
    raise AssertionError(finding)


class Beginning(Protocol):
    """Bind the book, or another, with another first leaf."""

    def __call__(
        self, markup: str, other: Rendition | None = None, report: Report = refuse
    ) -> Archive:
        """Return the EPUB."""


Catalogued = Callable[..., Archive]


def a_leaf(role: str, matter: Matter, part: str, title: str, markup: str) -> Leaf:
    """Return a leaf of the section that a piece of XHTML holds."""
    (content,) = parse(markup)
    assert isinstance(content, Element)
    section = Section(
        content.get("id"),
        role,
        matter,
        Location(f"{role}.md"),
        title=(title,),
        title_text=title,
        part=part,
    )
    assert role in ROLES
    return Leaf(section, content, title)


def picture(width: int = 20, height: int = 32, kind: str = "PNG") -> bytes:
    """Return a plain picture of a size in pixels."""
    out = BytesIO()
    Picture.new("RGB", (width, height), (200, 190, 170)).save(out, kind)
    return out.getvalue()


@pytest.fixture
def rendition() -> Rendition:
    """Return one of everything."""
    leaves = tuple(a_leaf(*leaf) for leaf in LEAVES)
    targets = {name: Target(name, name) for name in ("ebb", "flood", "water")}
    image = Image("maps/The Bay.png", "image/png", 20, 32, picture())
    book = Book(
        metadata=METADATA,
        edition=Edition("ebook", Medium.EPUB, isbn="978-3-16-148410-0"),
        sections=tuple(leaf.section for leaf in leaves),
        targets=targets | {"map": Target("map", "flood")},
        images={image.name: image},
    )
    style = 'body { font-family: "EB Garamond", serif; }\nh1 { font-variant: small-caps; }\n'
    return Rendition(book, leaves, (("book", style),))


@pytest.fixture
def cover() -> Image:
    """Return a plain cover."""
    return Image("cover.jpg", "image/jpeg", 625, 1000, picture(625, 1000, "JPEG"))


@pytest.fixture(scope="session")
def typefaces() -> tuple[Face, ...]:
    """Return all faces of the press."""
    return faces(Store())


@pytest.fixture
def bound(rendition: Rendition, typefaces: tuple[Face, ...], cover: Image) -> Archive:
    """Return the EPUB of the rendition, opened."""
    return Archive(BytesIO(bind(rendition, typefaces, cover, refuse).data))


@pytest.fixture
def catalogued(rendition: Rendition, cover: Image) -> Catalogued:
    """Return what binds the book with some of its metadata changed."""

    def bound(**changes: object) -> Archive:
        metadata = replace(METADATA, **changes)  # type: ignore[arg-type]  # any field
        book = replace(rendition.book, metadata=metadata)
        return Archive(BytesIO(bind(replace(rendition, book=book), (), cover, refuse).data))

    return bound


@pytest.fixture
def beginning(rendition: Rendition, cover: Image) -> Beginning:
    """Return what binds the book with another first leaf."""

    def bound(markup: str, other: Rendition | None = None, report: Report = refuse) -> Archive:
        (content,) = parse(markup)
        assert isinstance(content, Element)
        whole = other or rendition
        first = replace(whole.leaves[0], content=content)
        changed = replace(whole, leaves=(first, *whole.leaves[1:]))
        return Archive(BytesIO(bind(changed, (), cover, report).data))

    return bound
