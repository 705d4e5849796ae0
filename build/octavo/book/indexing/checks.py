"""What is wrong with an index: references that lead nowhere, and entries that are one in two."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from unicodedata import category

from octavo.book.indexing.entries import spelt
from octavo.diagnostics import did_you_mean, error, note, warning
from octavo.manuscript.paths import written
from octavo.model import page_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from octavo.book.indexing.entries import Entry
    from octavo.book.indexing.marks import Mark
    from octavo.diagnostics import Diagnostic, Location, Report
    from octavo.manuscript.paths import Path
    from octavo.model import Project, Section

_ENDINGS = ("s", "es")
"""What makes one of several, in enough languages to be asked about."""
_PASSED_OVER = "'’.\N{SOFT HYPHEN}"
"""What two spellings of an entry may differ in, besides spaces and hyphens: all other signs may be
what tells one entry from another, as *C++* and *C#*."""


def of_known_indexes(marks: Sequence[Mark], project: Project, report: Report) -> list[Mark]:
    """Return the marks, those for an index that there is not put into the book's own."""
    known = {"", *(name for name, _ in project.indexing.others)}
    result = []
    for mark in marks:
        if mark.index not in known:
            report(no_such_index(mark.index, known, mark.location))
        result.append(mark if mark.index in known else replace(mark, index=""))
    return result


def no_such_index(name: str, known: set[str], location: Location) -> Diagnostic:
    """Return what to say of the name of an index that book.yaml does not have."""
    hint = did_you_mean(name, known - {""}) or (
        f"name it in book.yaml: index: {{others: {{{name}: Index of {name.title()}}}}}"
    )
    return error("unknown-index", f"there is no index “{name}”", location, hint)


def of_pages(
    indexes: Mapping[str, Entry], sections: Sequence[Section], project: Project, report: Report
) -> None:
    """Warn of every index that no page of the book shows."""
    standing = {section.id for section in sections if section.generated}
    for name, root in indexes.items():
        page = page_of(name)
        if root.below and page not in standing:
            message = f"the text has marks for the index, but `contents` has no `{page}` page"
            hint = f"add `{page}` to `contents: back:` in book.yaml"
            report(warning("no-index", message, project.book_file, hint))


def of_entries(root: Entry, report: Report) -> None:
    """Tell of what would mislead a reader of an index."""
    known = dict(root.every())
    for path, entry in known.items():
        for other, location in (*entry.see.items(), *entry.see_also.items()):
            if finding := _of_reference(path, other, known, location):
                report(finding)
        report_all(_of_see(path, entry, known), report)
    for entry in (root, *known.values()):
        report_all(_of_spellings(entry), report)


def report_all(findings: Iterator[Diagnostic], report: Report) -> None:
    """Send every finding."""
    for finding in findings:
        report(finding)


def _of_reference(
    path: Path, other: Path, known: Mapping[Path, Entry], location: Location
) -> Diagnostic | None:
    """Return what is wrong with where a reference leads, if anything is."""
    name = spelt(other)
    if other not in known:
        hint = did_you_mean(name, map(spelt, known)) or "mark a place for it"
        message = f"the index sends its reader to “{name}”, which it does not have"
        return warning("see-nowhere", message, location, hint)
    if other == path:
        message = f"the entry “{name}” sends its reader to itself"
        return warning("see-circular", message, location, "name another entry, or none")
    return None


def _of_see(path: Path, entry: Entry, known: Mapping[Path, Entry]) -> Iterator[Diagnostic]:
    """Yield what is wrong with an entry that sends its reader elsewhere."""
    if entry.see and entry.places:
        message = f"the entry “{spelt(path)}” has places of its own, and sends its reader elsewhere"
        hint = "write see-also, or mark those places for the other entry"
        yield warning("see-and-places", message, next(iter(entry.see.values())), hint)
        return
    for other, location in entry.see.items():
        there = known.get(other)
        if other == path or there is None or there.places or there.below or not there.see:
            continue
        if _leads_back(path, other, known):
            message = f"“{spelt(path)}” and “{spelt(other)}” send their reader to each other"
            yield warning("see-circular", message, location, "mark places for one of them")
        else:
            message = f"“{spelt(path)}” sends its reader to “{spelt(other)}”, which sends them on"
            hint = f'name where it leads: see="{written(next(iter(there.see)))}"'
            yield warning("see-onward", message, location, hint)


def _leads_back(path: Path, other: Path, known: Mapping[Path, Entry]) -> bool:
    seen: set[Path] = set()
    waiting = [other]
    while waiting:
        here = waiting.pop()
        if here == path:
            return True
        if here in known and here not in seen:
            seen.add(here)
            waiting += known[here].see
    return False


# --- Spellings ----------------------------------------------------------------------------------


def _of_spellings(entry: Entry) -> Iterator[Diagnostic]:
    """Yield entries at one level that may be the same."""
    alike: dict[str, list[str]] = {}
    for term in entry.below:
        if bare := _bare(term):
            alike.setdefault(bare, []).append(term)
    for bare, terms in alike.items():
        if len(terms) > 1:
            yield warning("index-spellings", *_alike(entry, terms))
        for ending in _ENDINGS:
            if several := alike.get(bare + ending):
                yield note("index-plural", *_alike(entry, [terms[0], several[0]]))


def _alike(entry: Entry, terms: list[str]) -> tuple[str, Location, str]:
    """Return message, place and hint for some entries, at the first mark of the rarest."""
    *others, common = sorted(terms, key=lambda term: len(entry.below[term].marks))
    rare = entry.below[others[0]]
    inner = (each.marks for _, each in rare.every())
    place = (rare.marks or next(filter(None, inner)))[0]
    named = ", ".join(f"“{term}”" for term in others)
    message = f"the index has {named} and “{common}”"
    return message, place, f'if they are the same, write entry="{written((common,))}" here'


def _bare(term: str) -> str:
    """Return an entry without what may differ between two spellings of it."""
    return "".join(
        sign
        for sign in term.casefold()
        if not sign.isspace() and sign not in _PASSED_OVER and category(sign) != "Pd"
    )
