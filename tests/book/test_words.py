"""The press's own words: the same keys in every language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

import octavo.book
from octavo.book.words import speaks, words
from octavo.matter import ROLES
from octavo.project import CONTRIBUTOR_ROLES

FOLDER = Path(octavo.book.__file__).parent / "languages"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def keys(table: Mapping[str, object], above: str = "") -> set[str]:
    inner = (keys(v, f"{above}{k}.") for k, v in table.items() if isinstance(v, Mapping))
    return {f"{above}{key}" for key in table}.union(*inner)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    """A word that English has, every other language has too."""
    own = tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8"))
    english = tomllib.loads((FOLDER / "en.toml").read_text("utf-8"))

    assert keys(own) == keys(english)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_has_a_name(language: str) -> None:
    """Each kind of section and each kind of contributor has a word."""
    own = words(language)

    assert {role.term for role in ROLES.values() if role.term} - set(own.titles) == set()
    assert set(CONTRIBUTOR_ROLES) - set(own.roles) == set()


def test_a_language_tag_finds_its_language() -> None:
    """A region does not matter, and a language without a file reads English."""
    assert words("de-CH").titles["contents"] == "Inhalt"
    assert words("xx").titles["contents"] == "Contents"
    assert (speaks("en-GB"), speaks("xx")) == (True, False)


def test_numbers_go_on_in_figures() -> None:
    """A part beyond the language's list is numbered in figures."""
    own = words("en")

    assert (own.number(2), own.number(len(own.numbers) + 1)) == ("Two", "21")


def test_a_date_reads_as_its_language_writes_it() -> None:
    """The first of a month is an ordinal in French, and in no other language here."""
    first, eleventh = date(2026, 8, 1), date(2026, 8, 11)

    assert words("fr").day(first) == "1er\u00a0août 2026"
    assert words("fr").day(eleventh) == "11\u00a0août 2026"
    assert (words("en").day(first), words("de").day(first)) == ("1 August 2026", "1. August 2026")
