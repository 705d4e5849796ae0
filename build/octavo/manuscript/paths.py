"""How an entry of an index is written on one line: ``space!as punishment``.

``!`` stands between an entry and its sub-entry, and ``;`` between two entries that are referred
to; written twice, each stands for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.diagnostics import error

if TYPE_CHECKING:
    from octavo.diagnostics import Location, Report

BETWEEN = "!"
OTHER = ";"
DEEPEST = 5
"""Levels of entries; few indexes have more than three."""
_HELD = "\0"
"""What no text can hold stands for a sign that stands for itself."""

Path = tuple[str, ...]
"""An entry by its words, and those of the entries above it."""


def path_of(written: str) -> Path:
    """Return the entry that is written on one line."""
    return tuple(" ".join(term.split()) for term in parted(written, BETWEEN))


def paths_of(written: str) -> tuple[Path, ...]:
    """Return the entries that a reference names."""
    return tuple(path_of(each) for each in parted(written, OTHER) if each.strip())


def written(path: Path) -> str:
    """Return an entry as an author writes it."""
    return BETWEEN.join(term.replace(BETWEEN, BETWEEN * 2) for term in path)


def parted(text: str, sign: str) -> list[str]:
    """Return the pieces between a sign and the next; where it stands twice it parts nothing."""
    held = text.replace(sign * 2, _HELD).split(sign)
    return [piece.replace(_HELD, sign) for piece in held]


def checked(path: Path, location: Location, report: Report) -> Path:
    """Return an entry as an index can have it, and tell of what it cannot."""
    kept = tuple(filter(None, path))
    if kept != path:
        message = "an entry of the index has no words to stand there"
        hint = 'write them, in brackets or as entry="…"; “!!” stands for one that is part of them'
        report(error("empty-index-entry", message, location, hint))
    if len(kept) > DEEPEST:
        message = f"this entry is {len(kept)} levels deep, and an index has {DEEPEST} at most"
        hint = "leave out some “!”; “!!” stands for one that is part of the words"
        report(error("deep-index-entry", message, location, hint))
    return kept[:DEEPEST]
