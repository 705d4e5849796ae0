"""Formulas in the two media: where a line may end in one, and what stays together."""

from __future__ import annotations

import pytest

from octavo.markup import parse, serialize, text_of, walk
from octavo.model import Element, Medium
from octavo.rendition.formulas import set_formula, unbroken
from octavo.rendition.operators import Kind, kind_of

A, PLUS, IS = "<mi>a</mi>", "<mo>+</mo>", "<mo>=</mo>"
OPEN, CLOSE = (
    '<mo stretchy="false" form="prefix">(</mo>',
    '<mo stretchy="false" form="postfix">)</mo>',
)
SUM = PLUS.join([A] * 8)


def formula(inside: str, display: str = "inline") -> Element:
    """Return a formula as the manuscript has it."""
    math = f'<math display="{display}"><mrow>{inside}</mrow></math>'
    return Element("formula", (("display", display),), parse(math))


def pieces(inside: str) -> list[str]:
    """Return the pieces of a formula in print, as letters."""
    made = set_formula(formula(inside), Medium.PDF)
    assert isinstance(made, Element)
    maths = (element for element in walk(made) if element.tag == "math")
    return [text_of(math) for math in maths]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f"{A}{IS}{A}{PLUS}{A}", ["a=a+a"]),
        (f"{A}{IS}{SUM}", ["a=", *["a+"] * 7, "a"]),
        (f"{A}{IS}{OPEN}{SUM}{CLOSE}", ["a=", "(a+a+a+a+a+a+a+a)"]),
        (f"<mrow>{SUM}</mrow>", ["a+a+a+a+a+a+a+a"]),
    ],
)
def test_a_line_may_end_in_a_long_formula(inside: str, expected: list[str]) -> None:
    """It ends behind a relation or an operation, as TeX ends it, and never inside brackets."""
    assert pieces(inside) == expected


def test_pieces_are_all_of_a_formula() -> None:
    """A space parts them, at which the line may end; nothing is added or lost."""
    made = set_formula(formula(f"{A}{IS}{SUM}"), Medium.PDF)

    assert isinstance(made, Element)
    assert [n for n in made.children if isinstance(n, str)] == [" "] * 8
    assert serialize(*made.children).count(PLUS) == 7


def test_an_epub_has_a_formula_whole() -> None:
    """There, the reading system ends the lines."""
    made = set_formula(formula(f"{A}{IS}{SUM}"), Medium.EPUB)

    assert isinstance(made, Element)
    assert made.tag == "math"


@pytest.mark.parametrize("medium", list(Medium))
def test_a_displayed_formula_is_never_parted(medium: Medium) -> None:
    """It has lines of its own, and says itself where they end."""
    made = set_formula(formula(f"{A}{IS}{SUM}", "block"), medium)

    assert isinstance(made, Element)
    assert (made.classes, len(made.children)) == (("formula",), 1)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the <math/>th time", 'the <span class="unbroken"><math></math>th</span> time'),
        ("a non<math/> b", 'a <span class="unbroken">non<math></math></span> b'),
        ("H<math/>O", '<span class="unbroken">H<math></math>O</span>'),
        ("x (<math/>), <math/> y", "x (<math></math>), <math></math> y"),
        ("<math/>", "<math></math>"),
    ],
)
def test_a_formula_stays_with_the_letters_it_touches(before: str, after: str) -> None:
    """No line ends between a formula and the rest of its word."""
    whole = Element("p", (), parse(before))

    assert serialize(*unbroken(whole).children) == after


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<mo>+</mo>", Kind.BIN),
        ("<mo>≤</mo>", Kind.REL),
        ("<mo>⟹</mo>", Kind.REL),
        ("<mo>∑</mo>", Kind.OP),
        ("<mo>,</mo>", Kind.PUNCT),
        (OPEN, Kind.OPEN),
        (CLOSE, Kind.CLOSE),
        ("<mi>x</mi>", Kind.ORD),
        ("<mfrac><mi>a</mi><mi>b</mi></mfrac>", Kind.INNER),
        ("<munder><mi>lim</mi><mi>n</mi></munder>", Kind.OP),
        ("<msup><mo>=</mo><mi>n</mi></msup>", Kind.REL),
        ('<mover><mo>=</mo><mo accent="true">ˆ</mo></mover>', Kind.ORD),
        ("<mrow><mi>sin</mi><mo>\u2061</mo></mrow>", Kind.OP),
        ("<mrow><mo>=</mo></mrow>", Kind.REL),
        ('<mrow><mo stretchy="true" form="prefix">(</mo><mi>a</mi></mrow>', Kind.INNER),
        ("<mrow></mrow>", Kind.ORD),
    ],
)
def test_what_a_part_is_among_others(markup: str, kind: Kind) -> None:
    """The kinds are TeX's; a script, a sign over or a row changes nothing about its base."""
    assert kind_of(next(walk(*parse(markup)))) is kind
