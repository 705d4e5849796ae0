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

from octavo.inspection.epubcheck import epubcheck
from octavo.model import Image, Metadata, Rendition
from octavo.press.epub import bind

if TYPE_CHECKING:
    from tests.press.epub.conftest import Archive, Beginning

    from octavo.press.fonts import Face


@pytest.mark.slow
def test_epubcheck(
    rendition: Rendition, typefaces: tuple[Face, ...], cover: Image, tmp_path: Path
) -> None:
    """EPUBCheck says nothing, but that fonts are embedded, which it always mentions."""
    file = tmp_path / "book.epub"
    file.write_bytes(bind(rendition, typefaces, cover).data)

    assert epubcheck(file) == ()


@pytest.mark.slow
def test_epubcheck_of_the_least(cover: Image, rendition: Rendition, tmp_path: Path) -> None:
    """EPUBCheck says nothing of a book that is a title and one page."""
    book = replace(rendition.book, metadata=Metadata("Bare"), images={})
    leaf = rendition.leaves[0]
    file = tmp_path / "book.epub"
    file.write_bytes(bind(Rendition(book, (leaf,), ()), (), cover).data)

    assert epubcheck(file) == ()


def test_same_bytes(rendition: Rendition, typefaces: tuple[Face, ...], cover: Image) -> None:
    """Bound twice, it is the same file."""
    assert bind(rendition, typefaces, cover) == bind(rendition, typefaces, cover)


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
