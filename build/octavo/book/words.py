"""The words that the press itself puts into a book, in the book's language.

One TOML file a language lies in ``languages/``; a language without one reads English.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

FALLBACK = "en"


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

    def __getitem__(self, key: str) -> str:
        """Return a term by its key in the TOML file."""
        return self.terms[key]

    def number(self, value: int) -> str:
        """Return a number as a word, or in figures where the language's list ends."""
        return self.numbers[value - 1] if value <= len(self.numbers) else str(value)

    def day(self, value: date) -> str:
        """Return a date as the language writes it in full."""
        month = self.months[value.month - 1]
        day = self["first-day"] if value.day == 1 else value.day
        return self["date"].format(day=day, month=month, year=value.year)


def speaks(language: str) -> bool:
    """Tell whether there is a file of words for a BCP 47 language tag."""
    return files(__package__).joinpath("languages", f"{_primary(language)}.toml").is_file()


@cache
def words(language: str) -> Words:
    """Return the words for a BCP 47 language tag, English where there are none."""
    name = _primary(language) if speaks(language) else FALLBACK
    text = files(__package__).joinpath("languages", f"{name}.toml").read_text("utf-8")
    table = tomllib.loads(text)
    return Words(
        language=name,
        terms={key: value for key, value in table.items() if isinstance(value, str)},
        numbers=tuple(table["numbers"]),
        months=tuple(table["months"]),
        titles=table["titles"],
        roles=table["roles"],
        copyright=table["copyright"],
        colophon=table["colophon"],
    )


def _primary(language: str) -> str:
    return language.split("-", maxsplit=1)[0].lower()
