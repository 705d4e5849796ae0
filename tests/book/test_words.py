"""The press's own words: the same keys in every language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import octavo.book
from octavo.book.notes import Series
from octavo.book.numbering import Count
from octavo.book.words import speaks, words
from octavo.matter import ROLES, Numbering
from octavo.model import Labels
from octavo.project import CONTRIBUTOR_ROLES

FOLDER = Path(octavo.book.__file__).parent / "languages"
FILES = sorted(path.stem for path in FOLDER.glob("*.toml"))
LANGUAGES = [name for name in FILES if "-" not in name]
REGIONS = [name for name in FILES if "-" in name]
LATIN = re.compile(r"[A-Za-z]{3}")


def read(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))


def keys(table: Mapping[str, object], above: str = "") -> set[str]:
    inner = (keys(v, f"{above}{k}.") for k, v in table.items() if isinstance(v, Mapping))
    return {f"{above}{key}" for key in table}.union(*inner)


def leaves(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, Mapping):
            yield from leaves(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", str(value)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_the_same_keys(language: str) -> None:
    """A word that English has, every other language has too."""
    assert keys(read(language)) == keys(read("en"))


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_says_only_what_differs(region: str) -> None:
    """Its keys are its language's, and their words are others."""
    own, above = read(region), read(region.partition("-")[0])

    assert keys(own) - keys(above) == set()
    assert [key for key, word in leaves(own) if (key, word) in set(leaves(above))] == []
    assert words(region).titles["index"] == words("pt").titles["index"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_series_is_counted(language: str) -> None:
    """Every form has one place for its number; lists, ranges and dates have theirs."""
    own = words(language)
    forms = [f for forms in own.places.values() for f in (forms.one, forms.many)]

    assert {form.count("{}") for form in forms} == {1}
    assert [own[key].count("{}") for key in ("on-page", "on-pages", "range")] == [1, 1, 2]
    assert len(own.months) == 12
    assert len(own.numbers) == 20
    assert "2" in own.day(date(2026, 11, 2))


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_nothing_is_left_in_english(language: str) -> None:
    """A language with letters of its own says nothing in Latin ones but names."""
    names = ("Octavo", "Markdown", "WeasyPrint", "EB Garamond", "JetBrains Mono", "Copyright")

    said = "".join(word for key, word in leaves(read(language)) if key != "letters")
    for name in names:
        said = said.replace(name, "")
    assert LATIN.findall(re.sub(r"\{\w*\}", "", said)) == []


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


@pytest.mark.parametrize(
    ("language", "labels"),
    [
        ("en", "Part Two|Chapter 2|Appendix B"),
        ("de", "Teil Zwei|Kapitel 2|Anhang B"),
        ("fr", "Partie II|Chapitre 2|Annexe B"),
        ("es", "Segunda parte|Capítulo 2|Apéndice B"),
        ("it", "Parte seconda|Capitolo 2|Appendice B"),
        ("pt", "Segunda parte|Capítulo 2|Apêndice B"),
        ("nl", "Deel twee|Hoofdstuk 2|Bijlage B"),
        ("pl", "Część druga|Rozdział 2|Dodatek B"),
        ("sv", "Del två|Kapitel 2|Bilaga B"),
        ("ja", "第二部|第2章|付録B"),
        ("ar", "الباب الثاني|الفصل 2|الملحق ب"),
    ],
)
def test_parts_chapters_and_appendices_are_named(language: str, labels: str) -> None:
    """The label of a section has word and number in the order of its language."""
    count = Count(words(language), Labels(), Series("book"))
    series: tuple[Numbering, ...] = ("part", "chapter", "appendix")

    made = [(count.next(each), count.next(each)) for each in series]

    assert "|".join(second for _, (second, _) in made) == labels


def test_a_label_of_ones_own_may_hold_the_number() -> None:
    """``第{}講`` has the number inside; a word alone has it behind; no word, the number alone."""
    count = Count(words("ja"), Labels("", "第{}講", "巻"), Series("book"))
    series: tuple[Numbering, ...] = ("part", "chapter", "appendix")

    assert [count.next(each)[0] for each in series] == ["一", "第1講", "巻 A"]


def test_the_first_day_of_a_month_is_written_as_the_language_has_it() -> None:
    """French and Italian count it; English does not."""
    first = date(2026, 5, 1)

    assert [words(tag).day(first) for tag in ("en", "it", "pt-BR", "ja")] == [
        "1 May 2026",
        "1º maggio 2026",
        "1º de maio de 2026",
        "2026年5月1日",
    ]
    assert words("fr").day(first) == "1er\u00a0mai 2026"


def test_numbers_are_listed() -> None:
    """A list ends in the language's word for and."""
    assert words("en").listed(["1", "2", "5"]) == "1, 2 and 5"
    assert words("de").listed(["1"]) == "1"
    assert words("ja").listed(["1", "2"]) == "1、2"
    assert words("fr").places["figure"].label.format(3) == "Figure 3"
