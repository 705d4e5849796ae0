"""Laws of what an index prints for the places of an entry."""

from __future__ import annotations

import pytest

from octavo.markup import text_of
from octavo.model import Element, Node
from octavo.press.pdf.located import located
from octavo.press.pdf.numerals import rank, roman


def printed(places: str, *, ranges: bool = True, note: str = "n") -> str:
    """Return what is printed for places, each written as ``page`` or ``page:word``."""
    pairs = [place.partition(":") for place in places.split()]
    folios = {f"p{at}": page for at, (page, _, _) in enumerate(pairs)}
    element = Element(
        "folio",
        (
            ("of", " ".join(folios)),
            ("as", " ".join(word or "at" for _, _, word in pairs)),
            ("note", note),
            *((("ranges", "ranges"),) if ranges else ()),
        ),
    )
    return "".join(
        f"*{text_of(n)}*" if _is_bold(n) else text_of(n) for n in located(element, folios)
    )


def _is_bold(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "strong"


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ("41", "41"),
        ("41 41 41", "41"),
        ("41 42", "41, 42"),
        ("41 42 43", "41–43"),
        ("41 42 43 45 46", "41–43, 45, 46"),
        ("43 9 42 41", "9, 41–43"),
        ("viii ix x 1 2", "viii–x, 1, 2"),
        ("x 1 2 3", "x, 1–3"),
        ("41:from 45:to", "41–45"),
        ("41:from 41:to", "41"),
        ("41:from 42:to", "41–42"),
        ("41:from 45:to 43 46", "41–46"),
        ("41:from 45:to 43:from 48:to", "41–48"),
        ("x:from 3:to", "x–3"),
        ("43:at! 43 44", "*43*, 44"),
        ("41 42:at! 43", "41, *42*, 43"),
        ("41:from! 45:to! 43", "*41–45*, 43"),
        ("42:atn3 42:atn4 42", "42, 42n3, 42n4"),
        ("42:atn 41 42:atn", "41, 42n"),
        ("42:atn1 42:at!n1 42:atn1", "*42n1*"),
        ("43:atn10 43:atn9 44", "43n9, 43n10, 44"),
        ("00 00", "00"),
        ("?", "?"),
    ],
)
def test_pages_are_told_in_order_and_once(places: str, expected: str) -> None:
    """Rows of three and what is marked as a range are ranges; bold and notes stand alone."""
    assert printed(places) == expected


@pytest.mark.parametrize(
    ("places", "expected"), [("41 42 43", "41, 42, 43"), ("41:from 43:to 44", "41–43, 44")]
)
def test_pages_in_a_row_may_stay_single(places: str, expected: str) -> None:
    """Without ranges, only what is marked as one is one."""
    assert printed(places, ranges=False) == expected


def test_a_language_has_its_own_word_for_a_note() -> None:
    """Between the page and the note's number; where the note has none, nothing hangs behind."""
    assert printed("42:atn3 43:atn", note=" Anm. ") == "42 Anm. 3, 43 Anm."


@pytest.mark.parametrize("number", [1, 4, 9, 14, 40, 99, 1987])
def test_roman_numbers_are_read_as_they_are_written(number: int) -> None:
    """The order of front pages is that of their numbers, and before all others."""
    assert rank(roman(number)) == (0, number) < rank("1")
