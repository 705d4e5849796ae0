"""Bibliography files: CSL as JSON or YAML, BibTeX and BibLaTeX."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from octavo.diagnostics import Location, error, warning
from octavo.manuscript.references import bibtex, csljson, cslyaml, dates
from octavo.manuscript.references.doubts import doubts
from octavo.model import Reference
from octavo.pandoc import NOTHING_KEPT
from octavo.project.yamltext import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from octavo.diagnostics import Diagnostic, Report
    from octavo.store import Store

__all__ = ["File", "doubts", "is_known", "read"]

Item = dict[str, Any]
LONGEST = 20_000_000
"""Characters of one file; twenty thousand sources, each with half a page about it."""
_CODES = {
    ".json": "bad-json", ".yaml": "bad-yaml", ".yml": "bad-yaml", ".bib": "bad-bibtex",
}  # fmt: skip
"""The kinds of files, by suffix, and what a fault of one is called."""
_DEEPEST = 20
"""Levels of nesting in an item; CSL-JSON needs five, and no program reads any number."""


@dataclass(frozen=True, slots=True)
class File:
    """One bibliography file: its path below the book's root, and its text."""

    path: str
    text: str


def read(
    files: Iterable[File],
    report: Report,
    store: Store = NOTHING_KEPT,
    published: date | None = None,
) -> Mapping[str, Reference]:
    """Return the items of all the files by key, and tell of every faulty or doubtful one.

    ``published`` is the book's own date; without it, no source can be known to be of the future.
    """
    found: dict[str, Reference] = {}
    for file in files:
        for item, place in _items(file, report, store):
            key = _key(item)
            problem = _problem(item, key, place) or _twice(item, place, found.get(key))
            if problem:
                report(problem)
            else:
                found[key] = Reference(key, item, place)
    for doubt in doubts(found, published):
        report(doubt)
    return {key: replace(each, item=_dated(each.item)) for key, each in found.items()}


def _dated(item: Mapping[str, object]) -> Item:
    """Return an item in which no date is impossible."""
    sound = {name: dates.possible(item[name]) for name in dates.DATES if name in item}
    return {name: sound.get(name, value) for name, value in item.items() if sound.get(name, True)}


def is_known(name: str) -> bool:
    """Tell whether a file's name says that it can be read."""
    return _suffix(name) in _CODES


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _items(file: File, report: Report, store: Store) -> Iterator[tuple[Item, Location]]:
    text = file.text.removeprefix("\ufeff")
    if len(text) > LONGEST:
        message = f"this references file has more than {LONGEST // 1_000_000} million characters"
        hint = "export only the sources that the book cites"
        report(error("references-too-long", message, Location(file.path), hint))
        return iter(())
    match _suffix(file.path):
        case ".bib":
            return bibtex.items(file.path, text, report, store)
        case ".yaml" | ".yml":
            return cslyaml.items(file.path, text, report, store)
        case _:
            return csljson.items(file.path, text, report)


def _problem(item: Item, key: str, place: Location) -> Diagnostic | None:
    """Return why an item cannot be cited, if it cannot."""
    bad = _CODES[_suffix(place.file)]
    if _is_too_deep(item):
        hint = "export the file again"
        return error(bad, "this reference is nested too deeply", place, hint)
    if invisible := next(filter(None, map(UNWRITABLE.search, _texts(item))), None):
        code = f"U+{ord(invisible.group()):04X}"
        message = f"this reference holds the invisible character {code}"
        hint = "remove it in your reference manager, and export the file again"
        return error(bad, message, place, hint)
    if not key:
        hint = "give the item an “id”: it is what stands after the @ in the text"
        return error("missing-id", "a reference has no “id”", place, hint)
    return None


def _twice(item: Item, place: Location, first: Reference | None) -> Diagnostic | None:
    """Return what to say of an item whose key another one has."""
    if first is None:
        return None
    if {**item, "id": first.key} == {**first.item, "id": first.key}:
        message = f"the reference “{first.key}” already stands at {first.location}, word for word"
        return warning("repeated-reference", message, place, "remove one of the two")
    message = f"two references have the id “{first.key}”; the other is {first.location}"
    return error("duplicate-reference", message, place, "rename or remove one")


def _is_too_deep(item: object) -> bool:
    level = [item]
    for _ in range(_DEEPEST):
        level = [inner for value in level for inner in _inside(value)]
    return bool(level)


def _inside(value: object) -> Iterable[object]:
    """Return what a value holds."""
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def _texts(item: object) -> Iterator[str]:
    """Yield every key and every text of an item."""
    waiting = [item]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value


def _key(item: Item) -> str:
    # Zotero exports the key that authors cite by beside an id of its own.
    key = item.get("citation-key") or item.get("id")
    # CSL-JSON lets an id be a number too.
    written = str(key) if isinstance(key, str | int) and not isinstance(key, bool) else ""
    return normalize("NFC", written)
