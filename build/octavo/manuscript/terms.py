"""The list of terms for the indexes: a YAML file that lies beside the text.

An entry's name, and behind it the words that mark it: one, a list, or ``words`` in a group with
``see``, ``see-also``, ``sort`` and ``in``.  An entry without anything is marked by its own name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.diagnostics import Location, did_you_mean, error
from octavo.manuscript.paths import checked, path_of, written
from octavo.model import Term
from octavo.project.yamltext import read_text

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.project.yamltext import Path, Text, Value

KEYS = ("words", "see", "see-also", "sort", "in")
_OTHERS = ("see", "see-also")
"""Keys that may have several entries."""
_HINT = "write the words that mark it: silence: [silence, silences]"


def read(text: str, file: str, report: Report) -> tuple[Term, ...]:
    """Return the terms of a list in its order; what is wrong is told, and left out."""
    listed = read_text(text, file, report)
    if listed is None:
        return ()
    reader = _Reader(listed, file, report)
    found = (reader.term(entry, value) for entry, value in listed.value.items())
    return tuple(term for term in found if term)


class _Reader:
    """One list while it is read."""

    def __init__(self, listed: Text, file: str, report: Report) -> None:
        self.listed = listed
        self.file = file
        self.report = report

    def place(self, path: Path) -> Location:
        return Location(self.file, self.listed.line(path))

    def term(self, entry: str, value: Value) -> Term | None:
        """Return an entry with what stands behind its name, if it has one."""
        at = self.place((entry,))
        path = checked(path_of(entry), at, self.report)
        if not path:
            return None
        own, name = path[-1], written(path)
        if value is None:
            return Term(name, at, ((own, at),))
        if not isinstance(value, dict):
            return Term(name, at, self.words((entry,), value))
        for key in value:
            if key not in KEYS:
                hint = did_you_mean(key, KEYS) or f"the keys here are: {', '.join(KEYS)}"
                message = f"“{key}” says nothing of a term"
                self.report(error("unknown-key", message, self.place((entry, key)), hint))
        words = self.words((entry, "words"), value.get("words"))
        # Who only refers to another entry has no words to look for.
        if "words" not in value and not value.get("see"):
            words = ((own, at),)
        return Term(
            name,
            at,
            words,
            see=self.text((entry, "see"), value.get("see")),
            see_also=self.text((entry, "see-also"), value.get("see-also")),
            sort=self.text((entry, "sort"), value.get("sort")),
            index=self.text((entry, "in"), value.get("in")),
        )

    def words(self, path: Path, value: Value) -> tuple[tuple[str, Location], ...]:
        """Return one word or several, each with its place."""
        if isinstance(value, list):
            pairs = [((*path, at), each) for at, each in enumerate(value)]
        else:
            pairs = [(path, value)] if value is not None else []
        found = ((self.text(at, each), self.place(at)) for at, each in pairs)
        return tuple(dict.fromkeys(pair for pair in found if pair[0]))

    def text(self, path: Path, value: Value) -> str:
        """Return a text; of several entries to refer to, all on one line."""
        if isinstance(value, list) and path[-1] in _OTHERS:
            return "; ".join(filter(None, (self.text((*path, 0), each) for each in value)))
        if isinstance(value, str):
            return " ".join(value.split())
        if value is not None:
            message = f"the term “{path[0]}” should have text here"
            self.report(error("wrong-kind", message, self.place(path), _HINT))
        return ""
