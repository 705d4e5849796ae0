"""What is wrong with the shape of a book.yaml, in words for its author."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import ValidationError

from octavo.diagnostics import Diagnostic, Location, Report, did_you_mean, error
from octavo.project.group import GROUP, PLAIN, Shape
from octavo.project.shape import LEVELS, PART, BookShape

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from octavo.project.yamltext import Path, Text, Value

GIVEN: dict[type, str] = {
    str: "text", list: "a list", dict: "a group of keys", type(None): "nothing"
}  # fmt: skip
WANTED: dict[str, tuple[str, str]] = {
    "string_type": ("text", "if it holds a colon or begins with a sign, put it in quotes"),
    "tuple_type": ("a list", "write it so: [first, second]"),
    "model_type": ("a group of keys", "write each key on a line of its own, indented"),
    "dict_type": ("a group of keys", "write each key on a line of its own, indented"),
}
"""What the validator's types of error ask for, and how an author writes that."""
EXAMPLES = {
    "title": "write: title: My Book",
    "name": "write: {name: Jane Doe, role: author}",
    "format": "write: format: epub, or: format: pdf",
    "part": PART,
    "contents": "write: contents: [one.md, two.md]",
    "editions": "write: ebook: {format: epub}",
}
"""How a key that is missing or wrongly filled is written."""
ELSEWHERE = {
    "author": "write: contributors: [Jane Doe]",
    "authors": "write: contributors: [Jane Doe, John Doe]",
    "editor": "write: contributors: [{name: Jane Doe, role: editor}]",
    "translator": "write: contributors: [{name: Jane Doe, role: translator}]",
    "lang": "write: language: en-US",
    "year": "write: date: 2026-11-22",
    "copyright": "write: rights: © 2026 Jane Doe",
    "license": "write: rights: © 2026 Jane Doe",
    "bibliography": "write: references: references.json",
    "chapters": "write: contents: [one.md, two.md]",
    "toc": "write: contents: [one.md, two.md]",
    "page-size": "write: trim: 5.5x8.5in, under an edition",
    "size": "write: trim: 5.5x8.5in, under an edition",
    "uuid": "write: identifier: urn:uuid: and the UUID",
}
"""Keys that other programs have, and how book.yaml says the same."""


NAMED: dict[str | int, tuple[str, str]] = {
    "editions": ("an edition", "use letters, digits and hyphens: large-print"),
    "index": ("an index", "use small letters, digits and hyphens: names"),
}
"""What has names that the author gives, by the key it stands under."""


def checked(text: Text, file: str, report: Report) -> tuple[BookShape, Text]:
    """Validate book.yaml; what is wrong is reported and left out, so that the rest goes on."""
    first = True
    while True:
        try:
            return BookShape.model_validate(text.value), text
        except ValidationError as problem:
            found = problem.errors(include_url=False)
        if first:  # later rounds ask again for what the first left out
            for finding in _findings(found, text, file):
                report(finding)
            first = False
        text = text.without({_existing(_path(item), text.value) for item in found})
        if "title" not in text.value:
            text = replace(text, value={**text.value, "title": "Untitled"})


def _findings(found: list[ErrorDetails], text: Text, file: str) -> Iterator[Diagnostic]:
    unknown = (_path(item) for item in found if item["type"] == "extra_forbidden")
    hints = {path: _meant(path) for path in unknown}
    meant = {(path[:-1], hint) for path, hint in hints.items()}
    for item in found:
        path = _path(item)
        if item["type"] == "missing" and (path[:-1], f"did you mean “{path[-1]}”?") in meant:
            continue  # the unknown key's hint says it
        code, message, hint = _said(item, path, hints.get(path, ""))
        yield error(code, message, Location(file, text.line(path)), hint)


def _said(item: ErrorDetails, path: Path, meant: str) -> tuple[str, str, str]:
    """Return code, message and hint for one of the validator's errors."""
    kind, context, key = item["type"], item.get("ctx", {}), _key(path)
    if "message" in context:
        return kind, f"{_place(path)}: {context['message']}", context["hint"]
    if kind == "missing":
        return "missing-key", f"{_place(path)} is missing", EXAMPLES.get(key, "")
    if kind == "extra_forbidden":
        return "unknown-key", f"{_place(path)} is no key of book.yaml", meant
    if kind == "string_too_short":
        return "missing-key", f"{_place(path)} is empty", EXAMPLES.get(key, "")
    if kind == "string_pattern_mismatch":
        what, hint = NAMED[path[0]]
        return "bad-name", f"“{key}” cannot be the name of {what}", hint
    wanted, hint = WANTED.get(kind, ("written otherwise", ""))
    given = GIVEN.get(type(item["input"]), "something else")
    message = f"{_place(path)} should be {wanted}, but it is {given}"
    hint = hint if item["input"] is not None else "write something there, or remove the line"
    example = path if len(path) == 1 or path[0] == "editions" else ()
    return "wrong-kind", message, EXAMPLES.get(_group(example), hint)


def _meant(path: Path) -> str:
    """Return what to do about an unknown key."""
    key, level = _key(path), LEVELS.get(_group(path[:-1]), BookShape)
    levels: dict[str, type[Shape]] = {"": BookShape, **LEVELS}
    homes = [name for name, at in levels.items() if at is not level and key in at.known()]
    if near := did_you_mean(key.lower(), level.known()):
        return near
    if homes:
        place = f"under “{homes[-1]}”" if homes[-1] else "at the left margin"
        return f"“{key}” is written {place}"
    return ELSEWHERE.get(key.lower(), f"the keys here are: {', '.join(level.known())}")


def _place(path: Path) -> str:
    """Return a path as an author reads it: “role” in item 2 of “contributors”."""
    *around, name = path
    place = f"item {name + 1}" if isinstance(name, int) else f"“{name}”"
    link = "of" if isinstance(name, int) else "in"
    return f"{place} {link} {_place(tuple(around))}" if around else place


def _key(path: Path) -> str:
    return next((name for name in reversed(path) if isinstance(name, str)), "")


def _group(path: Path) -> str:
    """Return the name of the group of keys that a path leads to; an edition has its own."""
    return "editions" if path[:1] == ("editions",) else _key(path)


def _path(item: ErrorDetails) -> Path:
    """Return where in book.yaml an error lies, without the validator's own marks."""
    # The last word of a fault in a key is “[key]”, which may be the name of another key.
    place = item["loc"][:-1] if item["type"] == "string_pattern_mismatch" else item["loc"]
    return tuple(name for name in place if name not in {PLAIN, GROUP})


def _existing(path: Path, value: Value) -> Path:
    """Return the longest beginning of a path that book.yaml has."""
    for length, name in enumerate(path):
        here = isinstance(value, dict) and name in value
        if not here and not (isinstance(value, list) and isinstance(name, int)):
            return path[:length]
        value = value[name]  # type: ignore[index]  # checked just above
    return path
