"""CSL-JSON files: their items, and the lines on which these begin."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from octavo.diagnostics import Location, error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Diagnostic, Report

Item = dict[str, Any]
_SPACE = re.compile(r"[ \t\n\r]*")


def items(path: str, text: str, report: Report) -> Iterator[tuple[Item, Location]]:
    """Yield the items of a file with the lines on which they begin."""
    decoder = json.JSONDecoder()
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
        place = Location(path, line)
        item, at = decoder.raw_decode(text, at)
        if isinstance(item, dict):
            yield item, place
        else:
            hint = 'an item looks like {"id": "smith2020", "type": "book", "title": "…"}'
            report(error("wrong-type", "a reference is not an item in braces", place, hint))
        at = _skip(text, at)
        at = _skip(text, at + 1) if text[at] == "," else at


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
