"""Laws of the order in which languages file words; the rows were compared with ICU 78."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from octavo.book import indexing
from octavo.book.indexing.filing import filing

ALPHABETS = tomllib.loads(
    (Path(indexing.__file__).parent / "alphabets.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("language", "row"),
    [
        ("en", "cafe Cafe café Café cafes"),
        ("en-GB", "resume Resume résumé Résumé resumed"),
        ("de", "Apfel Äpfel Ast Ofen Öl über Uhr"),
        ("fr", "cote coté côte côté œuf ongle"),
        ("sv", "apa vas webb zebra ål ände öra"),
        ("fi", "yksi zeta åbo äiti öljy"),
        ("da", "abe zebra æble øl år Aarhus"),
        ("nb", "ape zebra ære øl år"),
        ("cs", "cena čas datum had hora chata idea rok řeka sad šaty žena"),
        ("sk", "auto äther cena hora chata"),
        ("es", "nube ñandú oso"),
        ("pl", "kot las łan łza mak"),
        ("hu", "cukor csak dal dzseki gomba gyár"),
        ("tr", "çay dağ ırmak ışık iş"),
        ("uk", "вага гора ґанок день єдиний"),
        ("ru", "еда ёлка ель жук"),
        ("vi", "ăn ấm ba đi"),
        ("el", "άλφα βήτα γάμμα"),
    ],
)
def test_words_stand_as_in_a_dictionary(language: str, row: str) -> None:
    """Letters first, then accents, then capitals; some languages have letters of their own."""
    words = row.split()

    assert sorted(words, key=filing(language).key) == words


def test_signs_and_figures_come_first_and_figures_by_value() -> None:
    """A sign stands before a figure, ten behind nine, and letters behind both."""
    row = ["&", "9 lives", "10 rules", "1984", "a", "“b”", "c"]

    assert sorted(row, key=filing("en").key) == row


def test_letters_go_on_over_spaces_up_to_a_comma() -> None:
    """A parenthesis comes before a comma, and both before any letter (Chicago Manual, 15)."""
    letters = ["new (adj.)", "new, the", "Newark", "New Deal", "new-fangled", "news"]
    words = ["new (adj.)", "new, the", "New Deal", "Newark", "new-fangled", "news"]

    assert sorted(letters, key=filing("en").key) == letters
    assert sorted(words, key=filing("en", by_words=True).key) == words


@pytest.mark.parametrize(
    ("language", "term", "head"),
    [
        ("en", "“eager”", "E"),
        ("en", "Élan", "E"),
        ("en", "10 rules", ""),
        ("en", "&c.", "C"),
        ("en", "…", ""),
        ("en", "Яблоко", "Я"),
        ("sv", "Åland", "Å"),
        ("cs", "chata", "Ch"),
        ("tr", "istanbul", "İ"),
        ("tr", "Irak", "I"),
        ("de", "Ärger", "A"),
        ("da", "Aarhus", "Å"),
    ],
)
def test_each_letter_has_its_head(language: str, term: str, head: str) -> None:
    """An entry stands under the letter that its language begins it with; signs under none."""
    assert filing(language).head(term) == head


@pytest.mark.parametrize("language", sorted(ALPHABETS))
def test_no_alphabet_has_a_letter_twice(language: str) -> None:
    """Each letter has one place, and each word one order."""
    letters = [form for letter in ALPHABETS[language].split() for form in letter.split("=")]

    assert len(letters) == len(set(letters))
    assert all(letter == letter.casefold() for letter in letters)


def test_figures_are_filed_by_their_value_however_many_they_are() -> None:
    """Zeros before them count nothing, nor does whose figures they are."""
    figures = ["1" + "0" * 5000, "10", "9" * 5000, "٩", "08", "7"]

    filed = sorted(figures, key=filing("en").key)

    assert filed == ["7", "08", "٩", "10", "9" * 5000, "1" + "0" * 5000]
