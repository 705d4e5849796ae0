"""A language is read the way its script runs."""

from __future__ import annotations

import pytest

from octavo.rendition.direction import direction


@pytest.mark.parametrize(
    "language", ["ar", "he-IL", "yi", "ckb", "syr", "uz-Arab", "az-Arab", "dv"]
)
def test_from_right_to_left(language: str) -> None:
    """The script decides, whether the tag names it or the language has it by itself."""
    assert direction(language) == "rtl"


@pytest.mark.parametrize(
    "language", ["en", "de-CH", "uz", "az", "he-Latn", "ku", "ja", "x-private"]
)
def test_from_left_to_right(language: str) -> None:
    """A language may be written in a script that it does not have by itself."""
    assert direction(language) == "ltr"
