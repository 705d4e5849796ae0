"""What is wrong with a manuscript, said as values: where, what, and what to do about it.

A stage that meets an author's mistake sends a :class:`Diagnostic` to the :data:`Report` it was
given and goes on, so that one run shows every mistake.  Exceptions are left to bugs and to
projects that cannot be loaded at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How bad a finding is: an error stops the book, a warning is shown, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in the book's sources: a POSIX path below the book's root, and a line from 1."""

    file: str
    line: int = 0
    """Zero means the file as a whole."""

    def __str__(self) -> str:
        """Return ``file:line``, the form that editors and terminals turn into a link."""
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: how bad, its code in words, what is wrong, where, and what to do."""

    severity: Severity
    code: str
    message: str
    location: Location
    hint: str = ""


Report = Callable[[Diagnostic], None]
"""Where a stage sends what it finds."""


def error(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    """Return a finding that keeps the book from being made."""
    return Diagnostic(Severity.ERROR, code, message, location, hint)


def warning(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    """Return a finding that the author should look at, and that stops nothing."""
    return Diagnostic(Severity.WARNING, code, message, location, hint)


def note(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    """Return a finding that only informs."""
    return Diagnostic(Severity.NOTE, code, message, location, hint)


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the findings stops the book."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings once each, by file and line, in the order an author mends them."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.location))


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean “…”?`` for the known word nearest to a misspelt one, or nothing."""
    nearest = get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean “{nearest[0]}”?" if nearest else ""


def as_text(finding: Diagnostic) -> str:
    """Return a finding as a terminal shows it: place, severity, message, code, then the hint."""
    first = f"{finding.location}: {finding.severity}: {finding.message} [{finding.code}]"
    return f"{first}\n    {finding.hint}" if finding.hint else first


def as_json(finding: Diagnostic) -> dict[str, object]:
    """Return a finding as a JSON object for editors and scripts."""
    return asdict(finding)
