"""The words that the press itself puts into a book, in the book's language.

One TOML file a language lies in ``languages/``; a language without one reads English.  A file of a
region (``pt-br``) holds what is said otherwise there.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from importlib.resources.abc import Traversable

FALLBACK = "en"
PLACE = "{}"
"""What stands in a form for the number."""


@dataclass(frozen=True, slots=True)
class Forms:
    """How the language names a numbered place, with ``{}`` for its number, or for several."""

    one: str
    many: str

    @property
    def label(self) -> str:
        """The form of one where it opens a line, a caption or a sentence: with a capital."""
        return capital(self.one)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: ``terms`` by key, and tables of them by the table's name."""

    language: str
    terms: Mapping[str, str]
    numbers: tuple[str, ...]
    months: tuple[str, ...]
    titles: Mapping[str, str]
    roles: Mapping[str, str]
    copyright: Mapping[str, str]
    colophon: Mapping[str, str]
    places: Mapping[str, Forms]
    """By series: ``figure``, ``chapter``, ``page`` …, as they stand within a sentence."""

    def __getitem__(self, key: str) -> str:
        """Return a term by its key in the TOML file."""
        return self.terms[key]

    def number(self, value: int) -> str:
        """Return a number as a word, or in figures where the language's list ends."""
        if value <= len(self.numbers):
            return self.numbers[value - 1]
        return self["number-beyond"].format(value)

    def letter(self, value: int) -> str:
        """Return A to Z, then AA, AB …, in the language's letters, for a count from 1."""
        alphabet, letters = self["letters"], ""
        while value:
            value, rest = divmod(value - 1, len(alphabet))
            letters = alphabet[rest] + letters
        return letters

    def listed(self, numbers: Sequence[str]) -> str:
        """Return several numbers as a list: ``1, 2 and 5``."""
        *before, last = numbers
        return self["list-next"].join(before) + (self["list-last"] if before else "") + last

    def day(self, value: date) -> str:
        """Return a date as the language writes it in full."""
        month = self.months[value.month - 1]
        day = self["first-day"] if value.day == 1 else value.day
        return self["date"].format(day=day, month=month, year=value.year)


def capital(text: str) -> str:
    """Return a text with a capital at its head, and the rest as it is."""
    return text[:1].upper() + text[1:]


def speaks(language: str) -> bool:
    """Tell whether there is a file of words for a BCP 47 language tag."""
    return _file(_primary(language)).is_file()


@cache
def words(language: str) -> Words:
    """Return the words for a BCP 47 language tag, English where there are none."""
    name = _primary(language) if speaks(language) else FALLBACK
    table = tomllib.loads(_file(name).read_text("utf-8"))
    region = _file(language.lower())
    if language.lower() != name and region.is_file():
        table = _over(table, tomllib.loads(region.read_text("utf-8")))
    return Words(
        language=name,
        terms={key: value for key, value in table.items() if isinstance(value, str)},
        numbers=tuple(table["numbers"]),
        months=tuple(table["months"]),
        titles=table["titles"],
        roles=table["roles"],
        copyright=table["copyright"],
        colophon=table["colophon"],
        places={series: Forms(**forms) for series, forms in table["places"].items()},
    )


def _over(table: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    tables = {k: {**table[k], **v} if isinstance(v, dict) else v for k, v in other.items()}
    return {**table, **tables}


def _file(name: str) -> Traversable:
    return files(__package__).joinpath("languages", f"{name}.toml")


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()
