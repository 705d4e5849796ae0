"""CSL-JSON files: their items, and the lines on which these begin."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from octavo.diagnostics import Diagnostic, Location, error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Report

Item = dict[str, Any]


class _NoNumberError(ValueError):
    """A word for a number that is none, which Python writes and JSON does not know."""

    def __init__(self, written: str) -> None:
        super().__init__(written)
        self.written = written


_SPACE = re.compile(r"[ \t\n\r]*")


def items(path: str, text: str, report: Report) -> Iterator[tuple[Item, Location]]:
    """Yield the items of a file with the lines on which they begin."""
    at = _skip(text, 0)
    if text[at : at + 1] != "[":
        report(_not_a_list(Location(path, _line(text, at))))
        return
    try:
        json.loads(text)
    except json.JSONDecodeError as problem:
        message = f"the references cannot be read: {problem.msg}"
        hint = "see whether a comma, a quotation mark or a bracket is missing just before"
        report(error("bad-json", message, Location(path, problem.lineno), hint))
        return
    except (RecursionError, ValueError):
        message = "the references cannot be read: a value is too deep or too long"
        report(error("bad-json", message, Location(path), "export the file again"))
        return
    at, line, counted = _skip(text, at + 1), 1, 0
    while text[at] != "]":
        # Counted from the item before: a library of thousands would be gone through as often.
        line, counted = line + text.count("\n", counted, at), at
        item, at = _item(text, at, Location(path, line))
        if isinstance(item, Diagnostic):
            report(item)
        else:
            yield item, Location(path, line)
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at] == "," else at


def _item(text: str, at: int, place: Location) -> tuple[Item | Diagnostic, int]:
    """Return the item at a place, or what is wrong with it, and the place behind it."""
    try:
        item, end = _STRICT.raw_decode(text, at)
    except _NoNumberError as problem:
        end = _LAX.raw_decode(text, at)[1]
        found = re.compile(rf"[:,\[]\s*(?={re.escape(problem.written)})").search(text, at, end)
        line = place.line + text.count("\n", at, found.end() if found else at)
        message = f"“{problem.written[:_SHOWN]}” in a reference is no number"
        hint = "write the number, or put the word in quotation marks"
        return error("bad-json", message, Location(place.file, line), hint), end
    if isinstance(item, dict):
        return item, end
    hint = 'an item looks like {"id": "smith2020", "type": "book", "title": "…"}'
    return error("wrong-type", "a reference is not an item in braces", place, hint), end


def _finite(written: str) -> float:
    number = float(written)
    return number if isfinite(number) else _refused(written)


def _refused(written: str) -> float:
    raise _NoNumberError(written)


_LAX = json.JSONDecoder()
_STRICT = json.JSONDecoder(parse_float=_finite, parse_constant=_refused)
_SHOWN = 40
"""Characters of what somebody typed."""


def _not_a_list(place: Location) -> Diagnostic:
    return error(
        "references-not-a-list",
        "the references are not a list",
        place,
        "export them as “CSL JSON”: the file begins with [ and ends with ]",
    )


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
