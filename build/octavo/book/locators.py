"""What an index says of each place it names, as the attribute ``as`` of its ``folio`` has it.

One word an id: ``at`` a place, ``from`` and ``to`` the ends of a range; ``!`` behind it for a
principal place, and ``n`` with the number of the note that the place stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

AT, FROM, TO = "at", "from", "to"
_WORD = re.compile(rf"({AT}|{FROM}|{TO})(!?)(?:n(\d*))?")


@dataclass(frozen=True, slots=True)
class Locator:
    """What one id is to its entry."""

    kind: str = AT
    principal: bool = False
    note: str | None = None
    """The number of the note; nothing where its mark is none, None outside of notes."""

    def __str__(self) -> str:
        """Return the word."""
        note = "" if self.note is None else f"n{self.note if self.note.isdecimal() else ''}"
        return f"{self.kind}{'!' if self.principal else ''}{note}"


def locators(written: str) -> Iterator[Locator]:
    """Yield what the words of an attribute mean."""
    for kind, principal, number in map(_parts, written.split()):
        yield Locator(kind, bool(principal), number)


def _parts(word: str) -> tuple[str, str, str | None]:
    found = _WORD.fullmatch(word)
    return (found[1], found[2], found[3]) if found else (AT, "", None)
