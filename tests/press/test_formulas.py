"""Formulas in print: drawn in outlines, on the baseline, in the size and colour of the text."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, Self
from zipfile import ZipFile

import pytest
import uharfbuzz

from octavo.bounds import Stop
from octavo.markup import parse, serialize, walk
from octavo.model import Medium
from octavo.press import fonts, formulas
from octavo.press.formulas import draughtsman
from octavo.press.formulas.draughtsman import SCALE, UndrawnError, drawing
from octavo.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import LittleBook

    from octavo.model import Element

_PDF = Medium.PDF
FORMULA = "<mrow><mi>a</mi><mo>=</mo><mfrac><mi>b</mi><mi>c</mi></mfrac></mrow>"


@pytest.fixture(autouse=True)
def _desk() -> Iterator[None]:
    with draughtsman.at_desk(None):
        yield


def _silent(_finding: object) -> None:
    """Say nothing."""


def math(inside: str, display: str = "inline") -> Element:
    """Return a formula."""
    return next(walk(*parse(f'<math display="{display}">{inside}</math>')))


def measures(inside: str, display: str = "inline") -> tuple[float, float, float]:
    """Return a drawing's width, height and place on the line, in ems."""
    style = drawing(math(inside, display)).get("style")
    found = [float(n) for n in re.findall(r": (-?[\d.]+)em", style)]
    return found[0], found[1], found[2]


def test_a_letter_stands_on_the_line() -> None:
    """Small letters are as high as the text's, and those with a tail hang below the line."""
    _, height, below = measures("<mi mathvariant='normal'>x</mi>")
    _, _, tail = measures("<mi>y</mi>")

    assert height == pytest.approx(0.405, abs=0.01)
    assert below == pytest.approx(0, abs=0.01)
    assert tail < -0.15


def test_letters_agree_with_the_text() -> None:
    """The size of formulas follows from the two typefaces (see SCALE)."""
    face = next(face for face in fonts.faces(Store()) if face.family == fonts.SERIF)
    font = uharfbuzz.Font(uharfbuzz.Face(face.data))
    letter = font.get_glyph_extents(font.get_nominal_glyph(ord("x")))

    assert letter is not None
    assert letter.y_bearing / 1000 == pytest.approx(0.473 * SCALE, abs=0.01)


def test_a_fraction_stands_around_the_axis() -> None:
    """A display is larger than what stands in a line, and both are around the same axis."""
    _, line, low = measures(FORMULA)
    _, display, lower = measures(FORMULA, "block")

    assert display > line
    assert line / 2 + low == pytest.approx(display / 2 + lower, abs=0.1)


def test_the_ink_is_that_of_the_text() -> None:
    """No formula brings a colour along that would print on a plate of its own."""
    drawn = drawing(math(FORMULA))

    fills = {each.get("fill") for each in walk(*drawn.children)}
    assert fills == {"currentColor"}
    assert {each.tag for each in walk(drawn)} <= {"svg", "path", "rect"}


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("<mi>a</mi><mi>b</mi>", "<mi>a</mi><mo>+</mo><mi>b</mi>"),
        ("<mi>−</mi><mi>b</mi>", "<mi>a</mi><mo>−</mo><mi>b</mi>"),
        (
            "<msub><mi>x</mi><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow></msub>",
            "<mi>x</mi><mi>i</mi><mo>=</mo><mn>1</mn>",
        ),
    ],
)
def test_spaces_are_those_of_tex(narrow: str, wide: str) -> None:
    """An operation has its spaces, a sign before a number has none, and scripts have none."""
    assert measures(narrow)[0] < measures(wide)[0] - 0.2


def test_a_relation_has_more_space_than_an_operation() -> None:
    """Five eighteenths of an em on both sides, and four (The TeXbook, chapter 18)."""
    equal = measures("<mi>a</mi><mo>≡</mo><mi>b</mi>")[0]
    alone = measures("<mi>a</mi><mi mathvariant='normal'>≡</mi><mi>b</mi>")[0]

    assert equal - alone == pytest.approx(2 * 5 / 18 * SCALE, abs=0.01)


@pytest.mark.parametrize(
    ("inside", "about"),
    [
        ("<mi>漢</mi>", "U\\+6F22"),
        ("<mglyph/>", "<mglyph> cannot be drawn"),
        ("<mfrac><mi>a</mi></mfrac>", "<mfrac> has 2 parts, and here it has 1"),
        ("<mover><mi>a</mi></mover>", "<mover> has 2 parts, and here it has 1"),
        ("<msub></msub>", "<msub> has 2 parts, and here it has 0"),
        ("<msqrt/>", "a form that cannot be drawn"),
        ('<mspace width="1,5em"/>', "a form that cannot be drawn"),
        ("a", "“a” stands outside <mi>"),
        ("<mfrac>" * 150 + "<mi>a</mi>" + "<mi>b</mi></mfrac>" * 150, "nests too many things"),
    ],
)
def test_what_cannot_be_drawn_is_refused(inside: str, about: str) -> None:
    """Nothing is drawn in part, or with a box in place of a letter."""
    with pytest.raises(UndrawnError, match=about):
        drawing(math(inside))


def test_what_annotates_a_formula_is_not_drawn() -> None:
    """Of what an author has in two ways, MathML and TeX, the first is shown."""
    tex = '<annotation encoding="application/x-tex">a</annotation>'

    annotated = drawing(math(f"<semantics>{FORMULA}{tex}</semantics>"))

    assert annotated == drawing(math(FORMULA))


def test_brackets_are_as_tall_as_what_is_in_them() -> None:
    """Those that stretch do, and those that must not do not."""
    fence = '<mo stretchy="{0}" form="prefix">(</mo>{1}<mo stretchy="{0}" form="postfix">)</mo>'
    _, plain, _ = measures(fence.format("true", "<mi>x</mi>"), "block")
    _, tall, _ = measures(fence.format("true", FORMULA), "block")
    _, bare, _ = measures(FORMULA, "block")

    assert plain < tall
    assert tall >= bare


def test_deep_fractions_take_their_time_once() -> None:
    """A continued fraction of twelve steps is drawn, where its time would double with each."""
    deep = "<mfrac><mn>1</mn>" * 12 + "<mi>x</mi>" + "</mfrac>" * 12

    assert measures(deep, "block")[1] > 3


def test_the_same_formula_is_the_same_drawing() -> None:
    """A drawing depends on the formula alone, whatever was drawn before it."""
    first = serialize(drawing(math(FORMULA)))
    drawing(math("<msqrt><mi>x</mi></msqrt>", "block"))

    assert serialize(drawing(math(FORMULA))) == first


def test_a_formula_is_drawn_once(book: LittleBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the store has is not drawn again, and what stands twice is drawn once."""
    book.add(chapter_md="# One\n\nA $x+z_{17}$ and $x+z_{17}$.\n")
    asked: list[int] = []
    made = formulas._made

    def counted(wanted: list[str]) -> Iterator[tuple[str, str]]:
        asked.append(len(wanted))
        return made(wanted)

    monkeypatch.setattr(formulas, "_made", counted)
    rendition = book.proof(medium=_PDF).rendition

    for _ in range(2):
        store = Store(book.folder.parent / "store")
        drawn = formulas.drawn(rendition, store, _silent)

    assert asked == [1]
    assert sum(e.tag == "svg" for leaf in drawn.leaves for e in walk(leaf.content)) == 2


def test_a_formula_that_takes_too_long_is_given_up(
    book: LittleBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hostile formula keeps the press busy for its seconds, and is told with its line."""
    found: list[str] = []
    book.add(chapter_md="# One\n\nA $x+z_{18}$.\n")
    monkeypatch.setattr(formulas, "Crew", _Slow)

    formulas.drawn(
        book.proof(medium=_PDF).rendition,
        Store(),
        lambda each: found.append(f"{each.location} {each.code}"),
    )

    assert found == ["chapter.md:3 formula-not-drawn"]


class _Slow:
    """A crew that finishes nothing."""

    def __init__(self, *_: object) -> None:
        pass

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def each(self, _work: object, wanted: list[str], _: object) -> Iterator[tuple[int, Stop]]:
        return ((at, Stop.SLOW) for at in range(len(wanted)))


def test_print_says_where_a_formula_is_too_wide(book: LittleBook) -> None:
    """A formula that would stand in the margin is an error with its line, and its TeX."""
    terms = " + ".join(f"a_{{{n}}} x^{{{n}}}" for n in range(20))
    book.add(chapter_md=f"# One\n\nText.\n\n$$\n{terms}\n$$\n")

    run = book.octavo("pdf")

    assert run.code == 1
    assert "chapter.md:5: error: the formula “a_{0} x^{0} + " in run.said
    assert "[formula-off-page]" in run.said


def test_the_typeface_goes_into_an_epub_with_formulas(book: LittleBook) -> None:
    """Few readers bring a typeface for formulas along; a book without any needs none."""

    def names() -> list[str]:
        assert book.octavo("epub").code == 0
        return ZipFile(BytesIO(book.made("epub"))).namelist()

    without = names()
    book.add(chapter_md="# One\n\nA $\\sqrt{x}$.\n")

    assert set(names()) - set(without) == {"EPUB/fonts/STIXTwoMath-Regular.ttf"}
