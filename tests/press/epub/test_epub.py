"""The EPUB holds exactly what the rendition says, and validators have nothing to say of it."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont
from tests.press.epub.conftest import refuse

from octavo.inspection.epubcheck import epubcheck
from octavo.model import Image, Metadata, Rendition
from octavo.press.epub import bind

if TYPE_CHECKING:
    from tests.press.epub.conftest import Archive, Beginning

    from octavo.diagnostics import Diagnostic
    from octavo.press.fonts import Face


@pytest.mark.slow
def test_epubcheck(
    rendition: Rendition, typefaces: tuple[Face, ...], cover: Image, tmp_path: Path
) -> None:
    """EPUBCheck says nothing, but that fonts are embedded, which it always mentions."""
    file = tmp_path / "book.epub"
    file.write_bytes(bind(rendition, typefaces, cover, refuse).data)

    assert epubcheck(file) == ()


@pytest.mark.slow
def test_epubcheck_of_the_least(cover: Image, rendition: Rendition, tmp_path: Path) -> None:
    """EPUBCheck says nothing of a book that is a title and one page."""
    book = replace(rendition.book, metadata=Metadata("Bare"), images={})
    leaf = rendition.leaves[0]
    file = tmp_path / "book.epub"
    file.write_bytes(bind(Rendition(book, (leaf,), ()), (), cover, refuse).data)

    assert epubcheck(file) == ()


def test_same_bytes(rendition: Rendition, typefaces: tuple[Face, ...], cover: Image) -> None:
    """Bound twice, it is the same file."""
    assert bind(rendition, typefaces, cover, refuse) == bind(rendition, typefaces, cover, refuse)


def test_every_link_lands(bound: Archive) -> None:
    """Every address of every page is a file of the archive, and every fragment an id in it."""
    documents = dict(bound.pages())
    links = [
        (name, link)
        for name, page in documents.items()
        for element in page.iter()
        for attribute in ("href", "src")
        if (link := element.get(attribute))
    ]
    for name, link in links:
        path, _, fragment = link.partition("#")
        target = normpath(join(dirname(name), path)) if path else name

        assert target in bound.namelist()
        assert not fragment or fragment in {e.get("id") for e in documents[target].iter()}
    assert len(links) == 30


def test_styles_land(bound: Archive) -> None:
    """Every address in a stylesheet is a file of the archive."""
    css = bound.read("EPUB/styles/fonts.css").decode()
    fonts = re.findall(r'url\("([^"]+)"\)', css)

    assert len(fonts) == 4
    assert {normpath(join("EPUB/styles", font)) for font in fonts} <= set(bound.namelist())


def test_fonts(bound: Archive) -> None:
    """Fonts that the styles name are cut to the book's characters, small capitals included."""
    name = "EPUB/fonts/EBGaramond-Regular.ttf"
    font = TTFont(BytesIO(bound.read(name)))
    shapes = {chr(code) for code in font.getBestCmap()}

    assert set("Twice a day. SALTEBB") <= shapes
    assert "Ж" not in shapes
    assert "smcp" in {r.FeatureTag for r in font["GSUB"].table.FeatureList.FeatureRecord}
    assert not any("JetBrains" in each or "OctavoSans" in each for each in bound.namelist())


def test_pictures(bound: Archive, rendition: Rendition) -> None:
    """Pictures are carried as they are, under names that every reader can open."""
    assert bound.read("EPUB/images/maps/The-Bay.png") == next(
        image.data for image in rendition.book.images.values()
    )


def test_pictures_of_like_names(rendition: Rendition, beginning: Beginning) -> None:
    """Pictures whose names differ only in case or in strange letters stay two pictures."""
    names = ("a b.png", "a-b.png", "a-B.png", "A-B.png")
    images = {name: Image(name, "image/png", 1, 1, name.encode()) for name in names}
    shown = "".join(f'<img src="{name}" alt="x"/>' for name in names)
    book = replace(rendition.book, images=images)
    archive = beginning(f"<section>{shown}</section>", replace(rendition, book=book))
    paths = [name for name in archive.namelist() if name.startswith("EPUB/images/")]

    assert len({path.casefold() for path in paths}) == 4
    assert {archive.read(path).decode() for path in paths} == set(names)


def test_a_picture_is_named_by_its_kind(rendition: Rendition, beginning: Beginning) -> None:
    """A PNG that its author called .jpg is a .png in the EPUB, where validators read names."""
    image = Image("scan.JPG", "image/png", 20, 32, b"a PNG")
    book = replace(rendition.book, images={image.name: image})
    shown = '<section><img src="scan.JPG" alt="x"/></section>'
    archive = beginning(shown, replace(rendition, book=book))

    assert archive.read("EPUB/images/scan.png") == b"a PNG"
    assert b'src="../images/scan.png"' in archive.read("EPUB/text/01-title-page.xhtml")


@pytest.mark.parametrize(
    ("rule", "address"),
    [
        ("p { background: url(http://example.org/a.png) }", "http://example.org/a.png"),
        ("p { background: url('paper.png') }", "paper.png"),
        ("@media screen { p { background: URL(file:///a.png) } }", "file:///a.png"),
        ('@import "more.css";', "more.css"),
        ("@font-face { font-family: X; src: url(x.ttf) }", "x.ttf"),
    ],
)
def test_a_stylesheet_asks_for_nothing(
    rendition: Rendition, cover: Image, rule: str, address: str
) -> None:
    """Whatever a stylesheet would fetch is an error, on its line, since the EPUB has it not."""
    said: list[Diagnostic] = []
    bind(replace(rendition, stylesheets=(("book", f"\n{rule}"),)), (), cover, said.append)

    assert [(each.code, str(each.location)) for each in said] == [
        ("address-in-stylesheet", "templates/book.css:2")
    ]
    assert f"“{address}”" in said[0].message


def test_a_stylesheet_may_hold_what_it_shows(rendition: Rendition, cover: Image) -> None:
    """Data addresses, references within the page and names of vocabularies fetch nothing."""
    style = (
        "@namespace epub url(http://www.idpf.org/2007/ops); p { background: url(data:image/png,);"
        ' filter: url("#blur"); content: "http://example.org" }'
    )

    bind(replace(rendition, stylesheets=(("book", style),)), (), cover, refuse)
