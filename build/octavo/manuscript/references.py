"""Bibliography files: lists of CSL-JSON items."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from octavo.diagnostics import Location, error
from octavo.model import Reference
from octavo.pandoc import NOTHING_KEPT
from octavo.project.yamltext import UNWRITABLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.store import Store

Item = dict[str, Any]
_SPACE = re.compile(r"[ \t\n\r]*")
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
    store: Store = NOTHING_KEPT,  # noqa: ARG001
) -> Mapping[str, Reference]:
    """Return the items of all the files by key, and tell of every faulty one."""
    found: dict[str, Reference] = {}
    for file in files:
        for item, place in _items(file, report):
            key = _key(item)
            if _is_too_deep(item):
                hint = "export the file again"
                report(error("bad-json", "this reference is nested too deeply", place, hint))
            elif invisible := next(filter(None, map(UNWRITABLE.search, _texts(item))), None):
                code = f"U+{ord(invisible.group()):04X}"
                message = f"this reference holds the invisible character {code}"
                hint = "remove it in your reference manager, and export the file again"
                report(error("bad-json", message, place, hint))
            elif not key:
                hint = "give the item an “id”: it is what stands after the @ in the text"
                report(error("missing-id", "a reference has no “id”", place, hint))
            elif key in found:
                message = f"two references have the id “{key}”; the other is {found[key].location}"
                report(error("duplicate-reference", message, place, "rename or remove one"))
            else:
                found[key] = Reference(key, item, place)
    return found


def is_known(name: str) -> bool:
    """Tell whether a file's name says that it can be read."""
    return PurePosixPath(name).suffix.lower() == ".json"


def _items(file: File, report: Report) -> Iterator[tuple[Item, Location]]:
    """Yield the items of a file with the lines on which they begin."""
    decoder = json.JSONDecoder()
    at = _skip(file.text, 0)
    if file.text[at : at + 1] != "[":
        report(_not_a_list(Location(file.path, _line(file.text, at))))
        return
    try:
        json.loads(file.text)
    except json.JSONDecodeError as problem:
        message = f"the references cannot be read: {problem.msg}"
        hint = "see whether a comma, a quotation mark or a bracket is missing just before"
        report(error("bad-json", message, Location(file.path, problem.lineno), hint))
        return
    except (RecursionError, ValueError):
        message = "the references cannot be read: a value is too deep or too long"
        report(error("bad-json", message, Location(file.path), "export the file again"))
        return
    at, line, counted = _skip(file.text, at + 1), 1, 0
    while file.text[at] != "]":
        # Counted from the item before: a library of thousands would be gone through as often.
        line, counted = line + file.text.count("\n", counted, at), at
        place = Location(file.path, line)
        item, at = decoder.raw_decode(file.text, at)
        if isinstance(item, dict):
            yield item, place
        else:
            hint = 'an item looks like {"id": "smith2020", "type": "book", "title": "…"}'
            report(error("wrong-type", "a reference is not an item in braces", place, hint))
        at = _skip(file.text, at)
        at = _skip(file.text, at + 1) if file.text[at] == "," else at


def _not_a_list(place: Location) -> Diagnostic:
    return error(
        "references-not-a-list",
        "the references are not a list",
        place,
        "export them as “CSL JSON”: the file begins with [ and ends with ]",
    )


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
    key = item.get("id")
    # CSL-JSON lets an id be a number too.
    return str(key) if isinstance(key, str | int) and not isinstance(key, bool) else ""


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
