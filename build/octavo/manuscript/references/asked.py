"""Entries of BibTeX as Pandoc is asked for them, and what it says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from octavo import pandoc
from octavo.diagnostics import Location, error, warning
from octavo.manuscript.references.bibwords import TONGUES
from octavo.manuscript.references.parents import PARENTS, keys, numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from octavo.diagnostics import Report
    from octavo.manuscript.references.scan import Entry, Field
    from octavo.store import Store

Item = dict[str, Any]
TRIES = 5
"""How often Pandoc is asked again without the entry that it stopped at."""
BATCH = 1000
"""Entries that it is asked for at once: it goes through all of them for each that takes fields
from another."""
_FORMULA = re.compile(r"(?<!\\)\$([^$\n]*)\$")
_PLAIN = (
    (re.compile(r"\\[{}%&#_]|[\d\s.,+/=-]+"), r"\g<0>"),
    (re.compile(r"_(?:\{([^{}\\]+)\}|(\w))"), r"\\textsubscript{\1\2}"),
    (re.compile(r"\^(?:\{([^{}\\]+)\}|(\w))"), r"\\textsuperscript{\1\2}"),
)
"""Formulas that are text, and what to write for them in LaTeX."""
_STOPPED = re.compile(r"\(line (\d+), column")


@dataclass(frozen=True, slots=True)
class _Asked:
    """The text for Pandoc, and the line on which each entry begins in it."""

    text: str
    lines: tuple[int, ...]

    @classmethod
    def of(cls, entries: Iterable[tuple[int, Entry]], places: dict[str, int]) -> _Asked:
        """Write entries anew, under keys that any letter may have stood in."""
        texts: list[str] = []
        lines: list[int] = []
        line = 1
        for number, entry in entries:
            fields = "".join(_written(each, places) for each in entry.fields)
            texts.append(
                f"@{_kind(entry)}{{k{number},\n{fields}{_options(entry)}{_tongue(entry)}}}\n"
            )
            lines.append(line)
            line += texts[-1].count("\n")
        return cls("".join(texts), tuple(lines))


_ONE_NAME = frozenset({"publisher", "institution", "organization", "school", "eventtitle"})
"""Fields that are one name, of which Pandoc would part the “and”, or take the capitals away."""


def _kind(entry: Entry) -> str:
    """Return what an entry is: a work without a kind that has a journal stands in it."""
    in_journal = entry.get("journal") or entry.get("journaltitle")
    kind = "article" if entry.kind == "misc" and in_journal else entry.kind
    return "inproceedings" if kind == "conference" else kind  # an old name, which Pandoc forgot


def _options(entry: Entry) -> str:
    """Return the field that keeps “van der” with “Berg”, as BibTeX does, unless told otherwise.

    What stands behind a given name, as in “Goethe, Johann Wolfgang von”, Pandoc parts all the same.
    """
    own = entry.get("options")
    return "" if "useprefix" in own else f"options = {{{own},useprefix=true}},\n"


_TAG = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*")


def _tongue(entry: Entry) -> str:
    """Return the field for the language of a title, which most programs write as another."""
    if entry.get("langid") or entry.get("hyphenation"):
        return ""
    name = re.sub(r"[{}]", "", entry.get("language")).strip().casefold()
    known = TONGUES.get(name) or TONGUES.get(name.removeprefix("lang"))
    tag = known or (name.replace("_", "-") if _TAG.fullmatch(name) else "")
    return f"langid = {{{tag}}},\n" if tag else ""


def _written(each: Field, places: dict[str, int]) -> str:
    source = _without_math(each.source)
    if each.name in PARENTS:
        names = (f"k{places[key]}" for key in keys(each) if key in places)
        source = f"{{{','.join(names)}}}"
    elif each.name in _ONE_NAME:
        source = f"{{{{{source[1:-1]}}}}}"
    elif each.name == "type" and "\\" not in source:
        source = f"{{{re.sub('[{}]', '', source[1:-1])}}}"
    return f"{each.name} = {source},\n"


def _without_math(source: str) -> str:
    """Return a value with the plain formulas in it as text: CSL-JSON knows none."""
    return _FORMULA.sub(_as_text, source)


def _as_text(formula: re.Match[str]) -> str:
    found = ((plain.fullmatch(formula[1]), text) for plain, text in _PLAIN)
    return next((match.expand(text) for match, text in found if match), formula[0])


def answers(entries: tuple[Entry, ...], path: str, report: Report, store: Store) -> dict[str, Item]:
    """Return what Pandoc makes of the entries; one that it stops at is told of, and left out."""
    asking = _Asking(dict(enumerate(entries)), numbers(entries), Location(path), report, store)
    said: dict[str, Item] = {}
    for first in range(0, len(entries), BATCH):
        answer = asking.answer(range(first, min(first + BATCH, len(entries))))
        if answer is None:
            return {}
        said |= answer
    asking.tell_lost(said)
    return said


@dataclass(slots=True)
class _Asking:
    """All that is asked about one file, a batch at a time."""

    left: dict[int, Entry]
    places: dict[str, int]
    file: Location
    report: Report
    store: Store
    tries: int = TRIES
    told: set[str] = field(default_factory=set)

    def answer(self, wanted: Iterable[int]) -> dict[str, Item] | None:
        """Return what Pandoc makes of a batch; None if it will not say anything."""
        while self.tries:
            batch = self.with_parents(wanted)
            asked = _Asked.of(batch.items(), self.places)
            try:
                answer = pandoc.items(asked.text, "biblatex", store=self.store)
            except pandoc.PandocError as problem:
                if not self.blames(problem, asked, batch):
                    return None
                continue
            for remark in answer.warnings:
                if remark not in self.told:
                    self.told.add(remark)
                    self.report(warning("references-remark", remark, self.file))
            return {str(item["id"]): item for item in answer.items}
        message = "the references cannot be read: too many entries have faults"
        self.report(error("bad-bibtex", message, self.file, "mend those that are told of first"))
        return None

    def with_parents(self, wanted: Iterable[int]) -> dict[int, Entry]:
        """Return entries by their numbers, with all that they take fields from."""
        found: dict[int, Entry] = {}
        waiting = list(wanted)
        while waiting:
            number = waiting.pop()
            if number in found or number not in self.left:
                continue
            entry = found[number] = self.left[number]
            named = (key for each in entry.fields if each.name in PARENTS for key in keys(each))
            waiting += [self.places[key] for key in named if key in self.places]
        return dict(sorted(found.items()))

    def blames(
        self, problem: pandoc.PandocError, asked: _Asked, batch: Mapping[int, Entry]
    ) -> bool:
        """Tell why Pandoc stopped; the entry that it was at, if it says so, is then left out."""
        blamed = _blamed(problem, asked, batch)
        if blamed is None:
            self.report(error(problem.code, problem.message, self.file, problem.hint))
            return False
        self.tries -= 1
        entry = self.left.pop(blamed)
        hint = "compare its fields with those of an entry that works"
        message = f"the entry “{entry.key}” cannot be read: {_reason(problem)}"
        self.report(error("bad-bibtex", message, Location(self.file.file, entry.line), hint))
        return True

    def tell_lost(self, said: Mapping[str, Item]) -> None:
        """Tell of entries that Pandoc says nothing of."""
        for number, entry in self.left.items():
            if f"k{number}" not in said and entry.kind != "xdata":
                message = f"the entry “{entry.key}” is lost on the way through Pandoc"
                hint = "compare its fields with those of an entry that works"
                place = Location(self.file.file, entry.line)
                self.report(error("bad-bibtex", message, place, hint))


def _blamed(problem: pandoc.PandocError, asked: _Asked, batch: Mapping[int, Entry]) -> int | None:
    """Return the number of the entry that Pandoc stopped at, if it says so."""
    place = _STOPPED.search(problem.message)
    if place is None:
        return None
    begun = [n for n, line in zip(batch, asked.lines, strict=True) if line <= int(place[1])]
    return begun[-1] if begun else None


def _reason(problem: pandoc.PandocError) -> str:
    return problem.message.rpartition("):")[2].strip()[:200]
