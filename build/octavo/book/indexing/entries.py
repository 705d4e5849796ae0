"""The entries of each index: marks by their words, ranges by their two ends."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book.locators import AT, FROM, TO
from octavo.diagnostics import error
from octavo.manuscript.paths import BETWEEN, parted, path_of, paths_of, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octavo.book.indexing.marks import Mark, Place
    from octavo.diagnostics import Diagnostic, Location, Report
    from octavo.manuscript.paths import Path
    from octavo.model import Node, Term


@dataclass(slots=True)
class Entry:
    """An entry while it is gathered: its places, what it refers to, and what is below it."""

    shown: tuple[Node, ...] = ()
    """Its words as they are printed."""
    sort: str = ""
    """What it is filed by, if not by its words."""
    marks: list[Location] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    see: dict[Path, Location] = field(default_factory=dict)
    see_also: dict[Path, Location] = field(default_factory=dict)
    below: dict[str, Entry] = field(default_factory=dict)
    _paragraphs: dict[tuple[str, int], int] = field(default_factory=dict)
    """Which place is that of a paragraph."""

    def add(self, place: Place) -> None:
        """Add a place, unless its paragraph has one; of the two, the principal one stands."""
        paragraph = (place.section.id, place.block)
        at = None if place.end else self._paragraphs.setdefault(paragraph, len(self.places))
        if at is None or at == len(self.places):
            self.places.append(place)
        elif place.principal and not self.places[at].principal:
            self.places[at] = replace(self.places[at], id=place.id, principal=True)

    def has(self, path: Path) -> bool:
        """Tell whether there is an entry of a path below this one."""
        if not path:
            return True
        inner = self.below.get(path[0])
        return inner is not None and inner.has(path[1:])

    def at(self, path: Path) -> Entry:
        """Return the entry of a path below this one, made where there is none."""
        entry = self
        for term in path:
            entry = entry.below.setdefault(term, Entry((term,)))
        return entry

    def every(self, path: Path = ()) -> Iterator[tuple[Path, Entry]]:
        """Yield all entries below this one, each with its path."""
        for term, inner in self.below.items():
            yield (*path, term), inner
            yield from inner.every((*path, term))


def entries_of(marks: Iterable[Mark], terms: Iterable[Term], report: Report) -> dict[str, Entry]:
    """Return the entries of every index that has any, by the index's name."""
    indexes: dict[str, Entry] = {}
    for mark in _with_ends(marks, report):
        _enter(indexes.setdefault(mark.index, Entry()), mark)
    for term in terms:
        root = indexes.setdefault(term.index, Entry())
        path = path_of(term.entry)
        # What marks no place and refers to nothing is no entry; that it is so has been told.
        if term.see or term.see_also or root.has(path):
            _describe(root, path, term)
    return {name: root for name, root in indexes.items() if root.below}


def _enter(root: Entry, mark: Mark) -> None:
    entry = root.at(mark.path)
    if not entry.marks:
        entry.shown = mark.shown
    entry.marks.append(mark.location)
    if mark.place:
        entry.add(mark.place)
    _sort(root, mark.path, mark.sort)
    for path in mark.see:
        entry.see.setdefault(path, mark.location)
    for path in mark.see_also:
        entry.see_also.setdefault(path, mark.location)


def _describe(root: Entry, path: Path, term: Term) -> None:
    entry = root.at(path)
    entry.marks.append(term.location)
    _sort(root, path, term.sort)
    for other in paths_of(term.see):
        entry.see.setdefault(other, term.location)
    for other in paths_of(term.see_also):
        entry.see_also.setdefault(other, term.location)


def _sort(root: Entry, path: Path, keyed: str) -> None:
    """Note what an entry is filed by; ``!`` divides what its own entry above is filed by."""
    keys = parted(keyed, BETWEEN) if keyed else []
    for length, key in zip(range(len(path), 0, -1), reversed(keys), strict=False):
        entry = root.at(path[:length])
        entry.sort = entry.sort or key.strip()


# --- Ranges -------------------------------------------------------------------------------------


def _with_ends(marks: Iterable[Mark], report: Report) -> Iterator[Mark]:
    """Yield the marks, each pair of a beginning and an end as one."""
    row = list(marks)
    open_at: dict[tuple[str, Path], list[int]] = {}
    for at, mark in enumerate(row):
        begun = open_at.setdefault((mark.index, mark.path), [])
        if mark.kind == FROM:
            begun.append(at)
        elif mark.kind == TO and begun and mark.place:
            start = row[begun[-1]]
            if start.place:
                end = replace(start.place, end=mark.place.id, end_section=mark.place.section)
                row[begun.pop()] = replace(start, kind=AT, place=end)
                row[at] = replace(mark, place=None)  # what it refers to, it still does
        elif mark.kind == TO:
            report(_never_begins(mark))
    for at in sorted(at for begun in open_at.values() for at in begun):
        report(_never_ends(row[at]))
    yield from row


def _never_ends(mark: Mark) -> Diagnostic:
    return error(
        "range-without-end",
        f"the range of “{spelt(mark.path)}” that begins here never ends",
        mark.location,
        f'mark where it does: []{{.index entry="{written(mark.path)}" .ends}}',
    )


def _never_begins(mark: Mark) -> Diagnostic:
    return error(
        "range-without-beginning",
        f"the range of “{spelt(mark.path)}” that ends here has not begun before",
        mark.location,
        f'mark where it does: []{{.index entry="{written(mark.path)}" .begins}}',
    )


def spelt(path: Path) -> str:
    """Return an entry as a reference names it (Chicago Manual of Style, 18th ed., chapter 15)."""
    return ": ".join(path)
