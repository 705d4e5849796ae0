"""Laws of the proof of an index: what an entry may print for its places."""

from __future__ import annotations

import pytest

from octavo.book.locators import locators
from octavo.inspection.completeness.paper.entries import agrees


def proved(text: str, places: str, suffix: str = "n") -> bool:
    """Tell whether a text agrees with places, each written as ``page|other:word``."""
    pairs = [place.partition(":") for place in places.split()]
    words = locators(" ".join(word or "at" for _, _, word in pairs))
    pages = (frozenset(page.split("|")) for page, _, _ in pairs)
    return agrees(text, list(zip(words, pages, strict=True)), suffix)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("41", "41"),
        ("41, 42, 43", "41 42 43"),
        ("41–43", "41 42 43"),
        ("41–45", "41:from 45:to"),
        ("41–46, 48", "41:from 45:to 46 48"),
        ("43, 44", "43:at! 44"),
        ("41–45, 43", "41:from 45:to 43:at!"),
        ("42, 42n3", "42 42:atn3"),
        ("42n", "42:atn"),
        ("viii–x, 1", "viii ix x 1"),
        ("x–3", "x:from 3:to"),
        ("41", "41|42"),
        ("42", "41|42"),
    ],
)
def test_what_is_due_is_not_told(text: str, places: str) -> None:
    """Every page of a place, in order, in whichever of the forms an index has."""
    assert proved(text, places)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("42", "41"),
        ("41, 41", "41"),
        ("42, 41", "41 42"),
        ("41", "41 42"),
        ("41, 42", "41"),
        ("41–43", "41 43"),
        ("41–44", "41:from 45:to"),
        ("41–46", "41:from 45:to"),
        ("41, 45", "41:from 45:to"),
        ("42", "42:atn3"),
        ("42n4", "42:atn3"),
        ("42n3", "42"),
        ("42n3", "42 42:atn3"),
        ("fortyone", "41"),
        ("", "41"),
        ("x–4", "x:from 3:to"),
    ],
)
def test_what_is_not_due_is_told(text: str, places: str) -> None:
    """A page that is wrong, missing, too many, twice, or out of its order."""
    assert not proved(text, places)


def test_the_word_for_a_note_is_the_language_s() -> None:
    """Spaces in it are passed over, as the lines of a page break at them."""
    assert proved("42 Anm. 3", "42:atn3", " Anm. ")
    assert not proved("42 n3", "42:atn3", " Anm. ")
