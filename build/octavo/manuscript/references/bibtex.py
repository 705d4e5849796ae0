"""BibTeX and BibLaTeX files: what they say, by way of Pandoc, with the line of every entry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from octavo import pandoc
from octavo.diagnostics import Location, did_you_mean, error, warning
from octavo.manuscript.references.bibwords import FIELDS, KINDS, RAW
from octavo.manuscript.references.parents import PARENTS, keys, numbers, with_sound_parents
from octavo.manuscript.references.scan import Entry, Field, scan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octavo.diagnostics import Report
    from octavo.store import Store

Item = dict[str, Any]
TRIES = 5
"""How often Pandoc is asked again without the entry that it stopped at."""
KEPT = {"title": "title", "author": "author", "editor": "editor", "url": "URL", "doi": "DOI"}
"""Fields whose loss nobody would notice before it is printed, and what CSL calls them."""
DATES = {"issued": ("date", "year"), "accessed": ("urldate",), "original-date": ("origdate",)}
"""What CSL calls a date, and the fields that it comes from."""
_FORMULA = re.compile(r"(?<!\\)\$([^$\n]*)\$")
_PLAIN = (
    (re.compile(r"\\[{}%&#_]|[\d\s.,+/=-]+"), r"\g<0>"),
    (re.compile(r"_(?:\{([^{}\\]+)\}|(\w))"), r"\\textsubscript{\1\2}"),
    (re.compile(r"\^(?:\{([^{}\\]+)\}|(\w))"), r"\\textsuperscript{\1\2}"),
)
"""Formulas that are text, and what to write for them in LaTeX."""
_STOPPED = re.compile(r"\(line (\d+), column")
_PERCENT = re.compile(r"(?<!\\)%")
_LINK = re.compile(r"\\(?:url|href)\b")


def items(path: str, text: str, report: Report, store: Store) -> Iterator[tuple[Item, Location]]:
    """Yield the sources of a BibTeX or BibLaTeX file with the lines on which they begin."""
    found = scan(text)
    for fault in found.faults:
        report(fault.at(path))
    entries = with_sound_parents(found.entries, path, report)
    for entry in entries:
        _doubt(entry, path, report)
    said = _said(entries, path, report, store)
    for number, entry in enumerate(entries):
        if entry.kind == "xdata":
            continue
        place = Location(path, entry.line)
        if (item := said.get(f"k{number}")) is not None:
            _restore(item, entry, place, report)
            yield {**item, "id": entry.key}, place


# --- What Pandoc is asked -------------------------------------------------------------------------


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
            fields = "".join(_written(field, places) for field in entry.fields)
            texts.append(f"@{entry.kind}{{k{number},\n{fields}}}\n")
            lines.append(line)
            line += texts[-1].count("\n")
        return cls("".join(texts), tuple(lines))


_ONE_NAME = frozenset({"publisher", "institution", "organization", "school"})
"""Fields in which “and” is part of a firm's name; Pandoc would write a semicolon for it."""


def _written(field: Field, places: dict[str, int]) -> str:
    source = _without_math(field.source)
    if field.name in PARENTS:
        names = (f"k{places[key]}" for key in keys(field) if key in places)
        source = f"{{{','.join(names)}}}"
    elif field.name in _ONE_NAME:
        source = f"{{{{{source[1:-1]}}}}}"
    elif field.name == "type" and "\\" not in source:
        source = f"{{{re.sub('[{}]', '', source[1:-1])}}}"
    return f"{field.name} = {source},\n"


def _without_math(source: str) -> str:
    """Return a value with the plain formulas in it as text: CSL-JSON knows none."""
    return _FORMULA.sub(_as_text, source)


def _as_text(formula: re.Match[str]) -> str:
    found = ((plain.fullmatch(formula[1]), text) for plain, text in _PLAIN)
    return next((match.expand(text) for match, text in found if match), formula[0])


def _said(entries: tuple[Entry, ...], path: str, report: Report, store: Store) -> dict[str, Item]:
    """Return what Pandoc makes of the entries; one that it stops at is told of, and left out."""
    left = dict(enumerate(entries))
    places = numbers(entries)
    for _ in range(TRIES):
        asked = _Asked.of(left.items(), places)
        try:
            answer = pandoc.items(asked.text, "biblatex", store=store) if left else pandoc.Items([])
        except pandoc.PandocError as problem:
            blamed = _blamed(problem, asked, left)
            if blamed is None:
                report(error(problem.code, problem.message, Location(path), problem.hint))
                return {}
            entry = left.pop(blamed)
            hint = "compare its fields with those of an entry that works"
            message = f"the entry “{entry.key}” cannot be read: {_reason(problem)}"
            report(error("bad-bibtex", message, Location(path, entry.line), hint))
            continue
        for remark in answer.warnings:
            report(warning("references-remark", remark, Location(path)))
        said = {str(item["id"]): item for item in answer.items}
        _tell_lost(left, said, path, report)
        return said
    message = "the references cannot be read: too many entries have faults"
    report(error("bad-bibtex", message, Location(path), "mend those that are told of first"))
    return {}


def _blamed(problem: pandoc.PandocError, asked: _Asked, left: dict[int, Entry]) -> int | None:
    """Return the number of the entry that Pandoc stopped at, if it says so."""
    place = _STOPPED.search(problem.message)
    if place is None:
        return None
    begun = [n for n, line in zip(left, asked.lines, strict=True) if line <= int(place[1])]
    return begun[-1] if begun else None


def _reason(problem: pandoc.PandocError) -> str:
    return problem.message.rpartition("):")[2].strip()[:200]


def _tell_lost(left: dict[int, Entry], said: dict[str, Item], path: str, report: Report) -> None:
    for number, entry in left.items():
        if f"k{number}" not in said and entry.kind != "xdata":
            message = f"the entry “{entry.key}” is lost on the way through Pandoc"
            hint = "compare its fields with those of an entry that works"
            report(error("bad-bibtex", message, Location(path, entry.line), hint))


# --- What Pandoc passes over in silence -----------------------------------------------------------


def _doubt(entry: Entry, path: str, report: Report) -> None:
    if entry.kind not in KINDS:
        message = f"“@{entry.kind}” of “{entry.key}” is no kind of entry"
        hint = did_you_mean(entry.kind, sorted(KINDS)) or "write @misc for whatever has no kind"
        report(warning("unknown-type", message, Location(path, entry.line), hint))
    first: dict[str, Field] = {}
    for field in entry.fields:
        place = Location(path, field.line)
        before = first.setdefault(field.name, field)
        if before.source != field.source:
            message = f"“{entry.key}” has two fields “{field.name}”, of which the last counts"
            hint = f"remove one; the other stands on line {before.line}"
            report(warning("duplicate-field", message, place, hint))
        if _hides(field):
            message = f"what follows the sign % in “{field.name}” of “{entry.key}” is left out"
            report(warning("percent-sign", message, place, "write \\% for a percent sign"))
    for field in entry.fields:
        meant = "" if field.name in FIELDS else _meant(field.name)
        if meant and meant not in first:
            message = f"the field “{field.name}” of “{entry.key}” means nothing, and is left out"
            place = Location(path, field.line)
            report(warning("unknown-field", message, place, f"did you mean “{meant}”?"))


def _hides(field: Field) -> bool:
    """Tell whether a percent sign in a field begins a remark of LaTeX, which nobody means."""
    if field.name in RAW or _LINK.search(field.source):
        return False
    return bool(_PERCENT.search(field.source))


def _meant(name: str) -> str:
    """Return the field that a name is a slip of: one letter more, less, other, or exchanged."""
    slips = (field for field in sorted(FIELDS) if abs(len(field) - len(name)) <= 1)
    return next((field for field in slips if len(name) > 3 and _is_slip(name, field)), "")


def _is_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    exchanged = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or exchanged


def _restore(item: Item, entry: Entry, place: Location, report: Report) -> None:
    """Put back what Pandoc lost: a date in words; and tell of a field that it could not read."""
    for name, fields in DATES.items():
        written = next(filter(None, map(entry.get, fields)), "")
        if written and not item.get(name, {}).get("date-parts"):
            item[name] = {"literal": re.sub(r"[{}]", "", written)}
    for field, name in KEPT.items():
        if entry.get(field).strip() and not item.get(name) and not entry.get("editortype"):
            message = f"the field “{field}” of “{entry.key}” cannot be read, and is left out"
            hint = "look for a $, a backslash or a brace that is one too many, or too few"
            report(warning("lost-field", message, place, hint))
