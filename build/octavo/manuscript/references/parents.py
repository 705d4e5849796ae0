"""Entries of BibTeX that take fields from others: ``crossref`` and ``xdata``."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import normalize

from octavo.diagnostics import Location, did_you_mean, error, warning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from octavo.diagnostics import Report
    from octavo.manuscript.references.scan import Entry, Field

FURTHEST = 100
"""Entries that one may take fields from, and they from others; a hostile file has no end."""
MOST_HINTS = 20
"""Unknown keys of which the nearest are looked for: each is compared with all of the file."""
PARENTS = frozenset({"crossref", "xdata"})
"""Fields that name the entries to take fields from (BibLaTeX manual 3.20, 2.4.1 and 3.13.6)."""


def numbers(entries: Iterable[Entry]) -> dict[str, int]:
    """Return the numbers of the entries by their keys; the first of two counts."""
    numbers: dict[str, int] = {}
    for number, entry in enumerate(entries):
        numbers.setdefault(entry.key, number)
    return numbers


def keys(field: Field) -> list[str]:
    """Return the keys that a field names."""
    return [key for key in re.split(r"[\s,]+", normalize("NFC", field.text)) if key]


def with_sound_parents(entries: tuple[Entry, ...], path: str, report: Report) -> tuple[Entry, ...]:
    """Return the entries, those without parents that never end."""
    by_key = {entry.key: entry for entry in reversed(entries)}
    endless = {id(entry) for entry in entries if _is_endless(entry, by_key)}
    hints: dict[str, str] = {}
    for entry in entries:
        for field in entry.fields:
            place = Location(path, field.line)
            unknown = keys(field) if field.name in PARENTS and id(entry) not in endless else []
            for key in (key for key in unknown if key not in by_key):
                message = f"“{entry.key}” takes fields from “{key}”, which is not in this file"
                if key not in hints:
                    hints[key] = did_you_mean(key, by_key) if len(hints) < MOST_HINTS else ""
                hint = hints[key] or f"add “{key}” to the file, or remove the field"
                report(warning("unknown-crossref", message, place, hint))
        if id(entry) in endless:
            message = f"the chain of entries that “{entry.key}” takes fields from has no end"
            hint = "remove the field crossref or xdata from one of them"
            report(error("circular-crossref", message, Location(path, entry.line), hint))
    return tuple(_childless(each) if id(each) in endless else each for each in entries)


def families(entries: Iterable[Entry]) -> Callable[[Entry], list[Entry]]:
    """Return what finds, for an entry with sound parents, all that it has fields from, it first."""
    by_key = {entry.key: entry for entry in reversed([*entries])}

    def family(entry: Entry) -> list[Entry]:
        named = (key for field in entry.fields if field.name in PARENTS for key in keys(field))
        inner = (family(by_key[key]) for key in named if key in by_key)
        return [entry, *(each for found in inner for each in found)]

    return family


def _is_endless(entry: Entry, by_key: dict[str, Entry]) -> bool:
    waiting, seen = [entry], 0
    while waiting:
        each = waiting.pop()
        named = [key for field in each.fields if field.name in PARENTS for key in keys(field)]
        seen += len(named)
        if seen > FURTHEST:
            return True
        waiting += [by_key[key] for key in named if key in by_key]
    return False


def _childless(entry: Entry) -> Entry:
    fields = tuple(field for field in entry.fields if field.name not in PARENTS)
    return replace(entry, fields=fields)
