"""A cover of type always fits, and an author's picture is never touched."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image as Picture

from octavo.bounds import Limits
from octavo.diagnostics import Diagnostic, Location, Severity
from octavo.model import Book, Edition, Image, Medium, Metadata, Rendition
from octavo.press.cover import (
    HEIGHT,
    SIZES,
    WIDTH,
    balanced,
    first_size,
    given_cover,
    jacket,
    typographic_cover,
)
from octavo.press.fonts import faces
from octavo.press.pdf.compositors import Bounds
from octavo.store import Store

FACES = faces(Store())
CSS = (Path(__file__).parents[2] / "templates" / "cover.css").read_text("utf-8")
PAGE = '<div class="label"><div class="frame"><h1>{}</h1></div></div><p class="foot">&#160;</p>'
PAPER, INK = (0x26, 0x41, 0x3F), (0x9A, 0x3B, 0x26)
PICTURE = Image("images/front.jpg", "image/jpeg", 1600, 2560, b"as it is")


def untyped(title: str, cover: str = "") -> Rendition:
    """Return a book of which nothing is known but its title and its cover."""
    edition = Edition("ebook", Medium.EPUB)
    book = Book(Metadata(title), edition, (), {}, {PICTURE.name: PICTURE}, cover=cover)
    return Rendition(book, (), (), (PAGE.format(title), CSS))


def made(title: str, store: Store | None = None) -> tuple[Image, list[Diagnostic]]:
    """Return the cover of a title, and what was found wrong with it."""
    found: list[Diagnostic] = []
    image = jacket(untyped(title), FACES, found.append, store)
    return image, found


def pixels(image: Image) -> Picture.Image:
    """Return a picture as Pillow opens it."""
    return Picture.open(BytesIO(image.data))


def near(one: object, other: tuple[int, int, int]) -> bool:
    """Tell whether two colours are the same but for what JPEG does."""
    assert isinstance(one, tuple)
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("title", ["Tide", "A Room with a View", "word " * 45])
def test_size(title: str) -> None:
    """Whatever the title, the cover has the size that shops ask for, and paper to its edges."""
    image, found = made(title)
    picture = pixels(image)

    assert found == []
    assert (picture.size, picture.format, picture.mode) == ((WIDTH, HEIGHT), "JPEG", "RGB")
    assert near(picture.getpixel((2, 2)), PAPER)
    assert near(picture.getpixel((WIDTH - 3, HEIGHT - 3)), PAPER)


def test_title_is_shown() -> None:
    """The title is there, in its colour, and stays within the label."""
    picture = pixels(made("A Room with a View")[0])
    coloured = [
        (x, y)
        for x in range(0, WIDTH, 4)
        for y in range(500, HEIGHT, 4)
        if near(picture.getpixel((x, y)), INK)
    ]

    assert len(coloured) > 500
    assert min(x for x, _ in coloured) > 180
    assert max(y for _, y in coloured) < HEIGHT / 2


def test_same_bytes() -> None:
    """The same title gives the same cover to the byte."""
    assert made("A Room with a View") == made("A Room with a View")


def test_title_beyond_all_measure() -> None:
    """A title that fits in no size is reported, with what to do."""
    _, found = made("interminable " * 64)

    assert {finding.code for finding in found} == {"cover-text-off-page"}
    assert "cover:" in found[0].hint


def test_missing_character() -> None:
    """A title in a script that the press has no type for is reported."""
    _, found = made("漢字")

    assert {finding.code for finding in found} == {"cover-missing-character"}


def test_no_page() -> None:
    """A rendition without a page for the cover is a mistake of the press."""
    with pytest.raises(ValueError, match="no page"):
        typographic_cover(Metadata("T"), FACES, ("", ""), Store())


def test_first_size() -> None:
    """Longer titles and longer words begin with smaller type."""
    titles = (
        "Tide",
        "A Room with a View",
        "Extraordinarily",
        "word " * 18,
        "word " * 30,
        "w " * 99,
    )

    assert [first_size(title) for title in titles] == [1, 2, 3, 4, 5, len(SIZES)]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("", 10, ()),
        ("Tide", 10, ("Tide",)),
        ("Giving Him Space to Miss You", 17, ("Giving Him Space", "to Miss You")),
        ("Giving Him Space to Miss You", 12, ("Giving", "Him Space", "to Miss You")),
        ("one two three four", 9, ("one two", "three", "four")),
        ("Incomprehensibilities abound", 9, ("Incomprehensibilities", "abound")),
    ],
)
def test_balanced(text: str, width: int, expected: tuple[str, ...]) -> None:
    """Lines are few, even, and do not end with a little word; a long word has its own."""
    assert balanced(text, width) == expected


def test_given() -> None:
    """A good picture passes without a word, untouched."""
    found: list[Diagnostic] = []

    assert given_cover(PICTURE, found.append) is PICTURE
    assert found == []


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"width": 624, "height": 1000}, "cover-too-small", Severity.ERROR),
        ({"width": 625, "height": 999}, "cover-too-small", Severity.ERROR),
        ({"width": 1000, "height": 1600}, "cover-small", Severity.WARNING),
        ({"height": 10_001}, "cover-too-large", Severity.ERROR),
        ({"media_type": "image/svg+xml"}, "cover-format", Severity.ERROR),
    ],
)
def test_unfit(changes: dict[str, object], code: str, severity: Severity) -> None:
    """A picture that a shop would refuse is reported where the book names it."""
    found: list[Diagnostic] = []
    image = replace(PICTURE, **changes)  # type: ignore[arg-type]  # any field
    place = Location("manuscript/book.yaml", 7)

    assert given_cover(image, found.append, place) is image
    assert [(f.code, f.severity, f.location) for f in found] == [(code, severity, place)]


def test_jacket() -> None:
    """A book's own picture comes before type."""
    assert jacket(untyped("Tide", PICTURE.name), FACES, print) is PICTURE


def test_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cover is made once, and what was found wrong with it is said every time."""
    first = made("漢字", Store(tmp_path))
    monkeypatch.setattr("octavo.press.cover._set", None)

    assert made("漢字", Store(tmp_path)) == first
    assert first[1]


def test_made_again_by_other_tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A cover is kept for the WeasyPrint, Pango, HarfBuzz and hooks that it was set with."""
    store = Store(tmp_path)
    made("Tide", store)
    monkeypatch.setattr("octavo.press.cover._set", lambda *_: b"[]\nanother")
    kept = made("Tide", store)[0]
    monkeypatch.setattr("octavo.press.pdf.engine.HOOKS", "another")

    assert kept.data != b"another"
    assert made("Tide", store)[0].data == b"another"


def test_kept_for_its_title_only(tmp_path: Path) -> None:
    """Another title, or another style, is another cover."""
    store = Store(tmp_path)
    page = (PAGE.format("Tide"), CSS)
    plain = (PAGE.format("Tide"), CSS.replace("#26413f", "#402020"))
    covers = [typographic_cover(Metadata("Tide"), FACES, each, store) for each in (page, plain)]

    assert len({image.data for image, _ in covers} | {made("Ebb", store)[0].data}) == 3


@pytest.mark.parametrize(
    ("css", "bounds", "code"),
    [
        (".label::before { content: '" + "x " * 10**6 + "' }", Bounds(seconds=1), "too-slow"),
        ("", Bounds(seconds=60, limits=Limits(answer=100)), "too-large"),
    ],
)
def test_given_up(tmp_path: Path, css: str, bounds: Bounds, code: str) -> None:
    """A cover that cannot be set within bounds is an error, and is not kept."""
    store, found = Store(tmp_path), list[Diagnostic]()
    rendition = replace(untyped("Tide"), cover=(PAGE.format("Tide"), css))

    image = jacket(rendition, FACES, found.append, store, bounds)

    assert [(each.code, each.severity) for each in found] == [(f"cover-{code}", Severity.ERROR)]
    assert pixels(image).size == (WIDTH, HEIGHT)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
