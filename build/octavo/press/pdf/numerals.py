"""The numbers of pages: small roman ones before the body, and their order among all others."""

from __future__ import annotations

_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)
Rank = tuple[int, int]
"""The kind of a number, roman before arabic, and its value."""


def roman(number: int) -> str:
    """Return a number in small roman numerals."""
    letters = ""
    for value, numeral in _ROMAN:
        letters += numeral * (number // value)
        number %= value
    return letters


def rank(folio: str) -> Rank:
    """Return the place of a folio among all folios of a book; what is none comes last."""
    if folio.isdecimal():
        return 1, int(folio)
    value, rest = 0, folio
    for worth, numeral in _ROMAN:
        while rest.startswith(numeral):
            value, rest = value + worth, rest.removeprefix(numeral)
    return (2, 0) if rest or not folio else (0, value)


def follows(one: Rank, other: Rank) -> bool:
    """Tell whether a page is the next after another, or the same."""
    return one[0] == other[0] and one[1] <= other[1] + 1
