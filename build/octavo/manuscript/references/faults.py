"""What can be wrong with a BibTeX file, in words for its author."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.diagnostics import Diagnostic, Location, Severity, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable

SHOWN = 40
"""Characters of what somebody typed; a file without its line ends is one line."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file, on one of its lines."""

    line: int
    message: str
    hint: str
    code: str = "bad-bibtex"
    severity: Severity = Severity.ERROR

    def at(self, file: str) -> Diagnostic:
        """Return the finding for a file."""
        place = Location(file, self.line)
        return Diagnostic(self.severity, self.code, self.message, place, self.hint)


def of(key: str) -> str:
    """Return what to call an entry."""
    return f"the entry “{_cut(key)}”" if key else "an abbreviation (@string)"


def no_sign(line: int, written: str) -> Fault:
    """Tell of an entry without its ``@``."""
    message = f"what begins with “{_cut(written)}” looks like an entry, but lacks the sign @"
    return Fault(line, message, f"if it is one, write: @{_cut(written)}")


def bad_string(line: int) -> Fault:
    """Tell of an abbreviation that cannot be read."""
    return Fault(line, "this abbreviation cannot be read", 'write: @string{acm = "The Publisher"}')


def no_key(line: int, kind: str) -> Fault:
    """Tell of an entry that cannot be cited."""
    hint = f"write one after the brace, with a comma: @{_cut(kind)}{{smith2020,"
    return Fault(line, "this entry has no key by which the text could cite it", hint)


def bad_key(line: int, key: str, rest: str) -> Fault:
    """Tell of a key that goes on with what no key may hold."""
    message = f"after the key “{_cut(key)}” stands “{_cut(rest.strip())}” where a comma belongs"
    return Fault(line, message, 'a key has no spaces, braces or any of the signs " # % \\ = ,')


def no_comma(line: int, key: str, after: str) -> Fault:
    """Tell of a comma that is missing behind a key or a field."""
    where = f"after the key “{_cut(after)}”" if after else f"after this field of “{_cut(key)}”"
    return Fault(line, f"a comma is missing {where}", "put a comma at the end of the line")


def no_end(line: int, key: str) -> Fault:
    """Tell of an entry that the next one, or the end of the file, cuts short."""
    message = f"{of(key)} never ends: its last brace is missing, or one of a field"
    return Fault(line, message, "count the braces of its fields: each { needs a }")


def no_brace(line: int, key: str, name: str) -> Fault:
    """Tell of a value without its closing brace."""
    field = f"the field “{_cut(name)}”" if name else "this block"
    message = f"{field} of {of(key)} is never closed" if key else f"{field} is never closed"
    return Fault(line, message, "add the missing } at the end of the field")


def no_quote(line: int, key: str, name: str) -> Fault:
    """Tell of a value without its closing quotation mark."""
    message = f"the field “{_cut(name)}” of {of(key)} has no closing quotation mark"
    return Fault(line, message, 'add the missing ", or write the value in braces: {…}')


def no_equals(line: int, key: str, name: str) -> Fault:
    """Tell of a field without its equals sign."""
    message = f"“{_cut(name)}” in {of(key)} has no = and so no value"
    return Fault(line, message, "write a field so: title = {Its Title},")


def no_value(line: int, key: str, name: str) -> Fault:
    """Tell of a field without a value."""
    message = f"the field “{_cut(name)}” of {of(key)} has no value"
    return Fault(line, message, f"write {_cut(name)} = {{…}}, or remove the line")


def stray(line: int, key: str, sign: str) -> Fault:
    """Tell of something that stands where a field or the end belongs."""
    message = f"in {of(key)} stands “{sign}” where a field, or the entry’s end, belongs"
    return Fault(line, message, "see whether a brace or a comma just before is one too many")


def closed_too_early(line: int, key: str) -> Fault:
    """Tell of fields behind the end of their entry."""
    message = f"{of(key)} ends on this line, but goes on behind it"
    return Fault(line, message, "remove the } that is one too many on this line or just above")


def too_deep(line: int, key: str) -> Fault:
    """Tell of braces in braces without end."""
    return Fault(line, f"braces in {of(key)} are nested too deeply", "remove those without need")


def too_long(line: int, key: str) -> Fault:
    """Tell of a value that would fill the memory."""
    return Fault(line, f"a value of {of(key)} is too long", "shorten it, or remove the field")


def too_many(line: int) -> Fault:
    """Tell that no more faults are told."""
    return Fault(line, "there are more faults than are told here", "is it a BibTeX file?")


def undefined(line: int, key: str, word: str, known: Iterable[str]) -> Fault:
    """Tell of a word that stands for nothing."""
    message = f"“{_cut(word)}” in {of(key)} is no abbreviation, and is printed as it stands"
    hint = did_you_mean(word[:SHOWN].lower(), known)
    hint = hint or f"write it in braces: {{{_cut(word)}}}, or define it with @string"
    return Fault(line, message, hint, "undefined-abbreviation", Severity.WARNING)


def _cut(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
