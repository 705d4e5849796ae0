"""Names of people in BibTeX, and what cannot be meant as it is read.

A name has at most two commas, ``von Family, Jr., Given``, and the next begins behind ``and``.
"""

from __future__ import annotations

import re
from typing import NamedTuple

SHOWN = 40
"""Characters of a name that are repeated."""
_TOKEN = re.compile(r"\\?[{}]|\s+and\s+|\s+\\?&\s+|;\s+|,", re.IGNORECASE)
_JOINS = frozenset("&;")
"""Signs by which other programs join names."""
_AFTER_FAMILY = re.compile(r"(?:Jr|Sr|Jun|Sen)\.?|I{2,3}|IV|VI{0,3}", re.IGNORECASE)
"""What follows a family's name in BibTeX, and ends a name elsewhere; a lone *I* is an initial."""
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s~-]*)+")
_NAMED_PART = re.compile(r"\s*\w+\s*=")
"""A part that says what it is, as BibLaTeX's extended names do: ``family=Smith``."""


class Fault(NamedTuple):
    """What is wrong with a name, and what to do."""

    message: str
    hint: str


def fault(written: str) -> Fault | None:
    """Return what is wrong with the first name of a field that is none, if one surely is."""
    return next(filter(None, map(_fault, _names(written))), None)


def _names(written: str) -> list[tuple[list[str], str]]:
    """Return the parts of each name between its commas, and a sign that joins it to another."""
    names: list[tuple[list[str], str]] = []
    depth, start, parts, sign = 0, 0, list[str](), ""
    for found in _TOKEN.finditer(written):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if depth or found[0].endswith(("{", "}")):
            continue
        if found[0].strip(" \t\n\\") in _JOINS:
            sign = sign or found[0].strip(" \t\n\\")
            continue
        parts.append(written[start : found.start()].strip())
        start = found.end()
        if found[0] != ",":
            names.append((parts, sign))
            parts, sign = [], ""
    return [*names, ([*parts, written[start:].strip()], sign)]


def _fault(name: tuple[list[str], str]) -> Fault | None:
    parts, sign = name
    whole = ", ".join(parts)
    shown = whole if len(whole) <= SHOWN else f"{whole[:SHOWN]}…"
    if all(map(_NAMED_PART.match, parts)):
        return None
    if sign:
        hint = "write “and” between two people; put the name of a body in braces: {…}"
        return Fault(f"“{sign}” joins no names in BibTeX, and “{shown}” is read as one", hint)
    if len(parts) > 3:
        hint = "write “and” between two people: Smith, J. and Jones, B."
        return Fault(f"“{shown}” has more commas than a name may have, and is read as one", hint)
    if len(parts) == 3 and _AFTER_FAMILY.fullmatch(parts[2]):
        hint = f"write: {parts[0]}, {parts[2]}, {parts[1]}"
        return Fault(f"“{parts[2]}” in “{shown}” is read as a given name", hint)
    if len(parts) == 3 and (not parts[2] or _INITIALS.fullmatch(parts[1])):
        hint = "write one comma, behind the family’s name, and “and” between two people"
        return Fault(f"“{parts[1]}” in “{shown}” is not read as a given name", hint)
    return None
