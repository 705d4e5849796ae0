"""Pagination: which page is which, and page references that come to rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

from octavo.model import Matter, Section
from octavo.press.pdf.evidence import Anchor
from octavo.press.pdf.numerals import roman
from octavo.press.pdf.paginate import paginate, settle
from octavo.press.pdf.typeset import Typeset

if TYPE_CHECKING:
    from tests.press.pdf.conftest import Maker

    from octavo.diagnostics import Diagnostic

FRONT, BODY, BACK = Matter.FRONT, Matter.BODY, Matter.BACK


@pytest.fixture
def section(make: Maker) -> Callable[[str, Matter], Section]:
    """Return a maker of sections that differ only in what pagination asks."""
    return lambda role, matter: make.leaf(role, role, matter, "").section


def test_rectos_are_odd_and_the_copyright_page_is_a_verso(
    section: Callable[[str, Matter], Section],
) -> None:
    """Sections begin on the side that their role demands; a blank page is put in where needed."""
    sections = [
        section("title-page", FRONT),
        section("copyright", FRONT),
        section("preface", FRONT),
    ]

    plan = paginate(sections, [1, 1, 3])

    assert plan.starts == (0, 1, 2)
    assert paginate(sections, [2, 1, 3]).starts == (0, 3, 4)


def test_the_body_begins_on_a_recto_with_an_arabic_1(
    section: Callable[[str, Matter], Section],
) -> None:
    """Front matter counts in roman, the body from 1 on a recto, and the back matter runs on."""
    sections = [section("preface", FRONT), section("chapter", BODY), section("afterword", BACK)]

    plan = paginate(sections, [3, 1, 1])

    assert [page.folio for page in plan.pages] == ["i", "ii", "iii", "iv", "1", "2", "3", "4"]
    assert plan.starts == (0, 4, 6)
    assert plan.body == 4


def test_the_book_ends_on_a_verso(section: Callable[[str, Matter], Section]) -> None:
    """A leaf of paper has two sides, so the number of pages is even."""
    plan = paginate([section("chapter", BODY)], [3])

    assert [page.section for page in plan.pages] == [0, 0, 0, -1]


def test_a_book_without_body_is_roman_throughout(
    section: Callable[[str, Matter], Section],
) -> None:
    """Without a section of the body no arabic folio is needed."""
    plan = paginate([section("preface", FRONT)], [2])

    assert [page.folio for page in plan.pages] == ["i", "ii"]


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "i"), (4, "iv"), (9, "ix"), (14, "xiv"), (48, "xlviii"), (99, "xcix")],
)
def test_roman_numerals(number: int, numeral: str) -> None:
    """Numerals subtract before five and ten, and nowhere else."""
    assert roman(number) == numeral


def made(pages: int, **anchors: int) -> Typeset:
    """Return a section that has so many pages, with its anchors on them."""
    places = tuple(Anchor(name, page, 0, 0) for name, page in anchors.items())
    return Typeset(b"", pages, places, (), (), ())


Forms = Sequence[Mapping[str, str]]
"""For each section, the folios that it is to print."""


def test_every_literal_is_the_folio_it_stands_for(make: Maker) -> None:
    """Sections are set again until what they print is where things are."""
    leaves = (
        make.leaf("contents", "contents", FRONT, '<p><folio of="end"/></p>'),
        make.leaf("c1", "chapter", BODY, ""),
    )
    asked: list[dict[str, str]] = []

    def setter(forms: Forms) -> list[Typeset]:
        asked.extend(map(dict, forms))
        return [made(1), made(5, end=4)]

    findings: list[Diagnostic] = []
    settle(leaves, setter, findings.append)

    assert [each for each in asked if each] == [{"end": "00"}, {"end": "5"}]
    assert findings == []


def test_a_section_that_swings_keeps_the_length_of_its_longer_form(make: Maker) -> None:
    """Blank pages fill up the shorter form, so that what follows stays where it is printed."""
    leaves = (
        make.leaf("c1", "chapter", BODY, '<p><folio of="c2"/></p>'),
        make.leaf("c2", "chapter", BODY, ""),
    )

    def setter(forms: Forms) -> list[Typeset]:
        return [made(1) if forms[0]["c2"] == "5" else made(4), made(1, c2=0)]

    findings: list[Diagnostic] = []
    settled = settle(leaves, setter, findings.append)

    assert settled.plan.pages[settled.plan.starts[1]].folio == "5"
    assert [page.section for page in settled.plan.pages] == [0, -1, -1, -1, 1, -1]
    assert findings == []


def test_a_section_that_never_rests_is_frozen_and_reported(make: Maker) -> None:
    """Where no literal can be true, the pages come to an end, and the author is told."""
    leaves = (make.leaf("c1", "chapter", BODY, '<p><folio of="end"/></p>'),)

    def setter(forms: Forms) -> list[Typeset]:
        return [made(2, end=0 if forms[0]["end"] == "2" else 1)]

    findings: list[Diagnostic] = []
    settle(leaves, setter, findings.append)

    told = [(each.code, each.severity) for each in findings]
    assert told == [("unsettled-page-numbers", "error")]


def test_the_page_of_an_unknown_place_is_an_error(make: Maker) -> None:
    """A page number that cannot be known is reported, and is never left out in silence."""
    leaves = (make.leaf("c1", "chapter", BODY, '<p><folio of="nowhere"/></p>'),)
    findings: list[Diagnostic] = []

    settle(leaves, lambda _: [made(1)], findings.append)

    assert [(each.code, each.severity) for each in findings] == [("page-not-found", "error")]
