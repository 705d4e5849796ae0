"""Pictures: what they are, and what is refused."""

from __future__ import annotations

import struct
import zlib
from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Raster

from octavo.manuscript.pictures import PictureError, name_of, picture

if TYPE_CHECKING:
    from tests.conftest import LittleBook


def _raster(form: str, width: int = 4, height: int = 3) -> bytes:
    out = BytesIO()
    Raster.new("RGB", (width, height), "red").save(out, form)
    return out.getvalue()


def _huge_png(side: int) -> bytes:
    """Return a PNG that says how many pixels square it is, and holds almost nothing."""
    head = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = (
        struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        for chunk in (head, b"IDAT" + zlib.compress(b""), b"IEND")
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("PNG", "image/png"), ("JPEG", "image/jpeg"), ("GIF", "image/gif"), ("WEBP", "image/webp")],
)
def test_a_picture_is_known_by_its_bytes(form: str, media_type: str) -> None:
    """Kind and size come from what the file holds, whatever its name says."""
    image = picture("cat.bin", _raster(form))

    assert (image.media_type, image.width, image.height) == (media_type, 4, 3)


XMLNS = 'xmlns="http://www.w3.org/2000/svg"'
DTD = "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"
SIZES = {
    'width="40" height="30"': (40, 30),
    'width="1in" height="2.54cm"': (96, 96),
    'viewBox="0 0 200 100"': (200, 100),
    'viewBox="0,0,200,100" width="50"': (50, 25),
    'viewBox="0 0 200 100" height="50px"': (100, 50),
    'width="100%" height="100%" viewBox="0 0 8 6"': (8, 6),
    'width="1.2.3" viewBox="0 0 8 6"': (8, 6),
    'width="." viewBox="0 0 8 6"': (8, 6),
    'width="1e400" height="1e-400" viewBox="0 0 8 6"': (8, 6),
    "": (300, 150),
}


@pytest.mark.parametrize("attributes", SIZES)
def test_an_svg_has_the_size_it_states(attributes: str) -> None:
    """Width and height win over the view box, which fills in what is missing."""
    drawing = f"<svg {XMLNS} {attributes}><g/></svg>"

    image = picture("a.svg", drawing.encode())

    assert image.media_type == "image/svg+xml"
    assert (image.width, image.height) == pytest.approx(SIZES[attributes])


def test_an_svg_with_the_doctype_of_a_drawing_program_is_fine() -> None:
    """The DOCTYPE that programs write is read over; nothing is fetched for it."""
    head = f'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "{DTD}">'

    assert picture("a.svg", f'{head}<svg {XMLNS} width="1" height="2"/>'.encode()).height == 2


def test_what_a_drawing_holds_itself_is_its_own() -> None:
    """Its parts, pictures and fonts embedded in it, and links of a reader, reach nowhere."""
    within = b64encode(_raster("PNG")).decode()
    inside = (
        '<style>@font-face {src: url("data:font/woff,x")} .a {fill: url(#g)}</style>'
        '<use href="#a" fill="url(#g)"/>'
        f'<image href="data:image/png;base64,{within}"/>'
        '<a href="https://example.com/"><text>url</text></a>'
    )

    assert picture("a.svg", f'<svg {XMLNS} width="3" height="2">{inside}</svg>'.encode()).width == 3


OUTWARD = {
    "a file": '<image href="photo.png"/>',
    "a file in the older way": '<use xmlns:l="http://www.w3.org/1999/xlink" l:href="b.svg#a"/>',
    "a file on the net": '<image href="https://example.com/a.png"/>',
    "a fill": '<path fill="url(b.svg#g)"/>',
    "a style": '<path style="fill: url(b.svg#g)"/>',
    "a style in disguise": '<path style="fill: u\\72l(b.svg#g)"/>',
    "an imported style": "<style>@import 'a.css';</style>",
    "a font": "<style>@font-face {src: url(a.woff)}</style>",
    "another base": '<g xml:base="https://example.com/"/>',
    "a page": "<foreignObject><p/></foreignObject>",
}


@pytest.mark.parametrize("what", OUTWARD)
def test_a_drawing_that_reaches_out_is_refused_with_its_line(what: str) -> None:
    """A drawing that needs anything beside itself would be shown without it."""
    with pytest.raises(PictureError) as refused:
        picture("a.svg", f"<svg {XMLNS}>\n{OUTWARD[what]}</svg>".encode())

    assert refused.value.code == "svg-reaches-out"
    assert "its line 2" in refused.value.message


@pytest.mark.parametrize("head", ['<!DOCTYPE svg SYSTEM "a.dtd">', '<?xml-stylesheet href="a"?>'])
def test_a_drawing_needs_no_file_above_it(head: str) -> None:
    """A style sheet or a document type of its own would have to be fetched."""
    with pytest.raises(PictureError) as refused:
        picture("a.svg", f"{head}<svg {XMLNS}/>".encode())

    assert refused.value.code == "svg-reaches-out"


def test_colours_that_few_programs_read_are_refused() -> None:
    """A picture in sixteen bits of grey is not left to each program's own way of reading it."""
    out = BytesIO()
    Raster.new("I;16", (4, 3)).save(out, "PNG")

    with pytest.raises(PictureError) as refused:
        picture("a.png", out.getvalue())

    assert refused.value.code == "image-mode"


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_common_colours_are_read(mode: str) -> None:
    """Black and white, grey, palettes and colours, with and without transparency."""
    out = BytesIO()
    Raster.new(mode, (4, 3)).save(out, "PNG")

    assert picture("a.png", out.getvalue()).height == 3


BROKEN = {
    "nothing": ("a.png", b"", "broken-image"),
    "text": ("a.png", b"not a picture", "broken-image"),
    "a cut PNG": ("a.png", _raster("PNG", 64, 64)[:-30], "broken-image"),
    "a cut JPEG": ("a.jpg", _raster("JPEG", 64, 64)[:-200], "broken-image"),
    "a TIFF": ("a.tif", _raster("TIFF"), "broken-image"),
    "too many pixels": ("a.png", _huge_png(20_000), "image-too-large"),
    "a few too many pixels": ("a.png", _huge_png(10_001), "image-too-large"),
    "an SVG that is not closed": ("a.svg", b"<svg><g></svg>", "broken-image"),
    "an SVG that is a page": ("a.svg", b"<html/>", "broken-image"),
    "an SVG of entities": (
        "a.svg", b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>', "broken-image",
    ),
    "an SVG with a script": ("a.svg", f"<svg {XMLNS}><script/></svg>".encode(), "forbidden-html"),
    "an SVG that listens": ("a.svg", f'<svg {XMLNS} onload="x()"/>'.encode(), "forbidden-html"),
    "an SVG that does not say so": ("a.svg", b"<svg/>", "broken-image"),
}  # fmt: skip


@pytest.mark.parametrize("what", BROKEN)
def test_what_is_no_picture_is_refused_in_words(what: str) -> None:
    """A picture that cannot be used is refused with its name, a code and a hint."""
    name, content, code = BROKEN[what]

    with pytest.raises(PictureError) as refused:
        picture(name, content)

    assert refused.value.code == code
    assert name in refused.value.message
    assert refused.value.hint


@pytest.mark.parametrize(
    ("source", "written", "name"),
    [
        ("a.md", "cat.png", "cat.png"),
        ("a.md", "./img/my%20cat.png", "img/my cat.png"),
        ("part/a.md", "cat.png", "part/cat.png"),
        ("part/a.md", "../img/cat.png", "img/cat.png"),
        ("a.md", "../cat.png", "../cat.png"),
        ("part/a.md", "../../../cat.png", "../../cat.png"),
        ("a.md", "/etc/cat.png", "/etc/cat.png"),
        ("a.md", "cat.svg#eye", "cat.svg"),
    ],
)
def test_a_picture_is_named_from_the_file_that_shows_it(
    source: str, written: str, name: str
) -> None:
    """A path is relative to its Markdown file; one that leaves the folder still says so."""
    assert name_of(source, written) == name


def test_a_picture_inside_a_drawing_is_looked_at(book: LittleBook) -> None:
    """What a drawing embeds is printed, and held to what every picture is held to."""
    raster = _raster("PNG", 8, 4)
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'
        '<image href="data:image/png;base64,{}" width="8" height="4"/></svg>'
    )
    book.add(chapter_md="# A\n\n![A drawing](a.svg)\n")

    book.add(a_svg=drawing.format(b64encode(raster).decode()))
    whole = book.octavo("build")
    book.add(a_svg=drawing.format(b64encode(raster[:50]).decode()))
    cut = book.octavo("check")

    assert whole.code == 0, whole.said
    assert "chapter.md:3: error: the image “a.svg” cannot be read" in cut.said
