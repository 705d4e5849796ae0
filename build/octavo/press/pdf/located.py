"""What an index prints for the places of an entry: pages, ranges of pages, and notes on pages.

Three or more pages in a row are one range, where the book wants that; two are not (as makeindex
has it).  No page is told twice, but as a principal place or as that of a note.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.book.locators import FROM, TO, locators
from octavo.markup import joined
from octavo.model import Element
from octavo.press.pdf.numerals import Rank, follows, rank

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octavo.model import Node

_LEAST = 3
"""Pages in a row that are a range."""


@dataclass(frozen=True, slots=True)
class _Run:
    """One or more pages in a row, by the ids of the places on the first and the last."""

    first: str
    last: str
    start: Rank
    end: Rank
    ranged: bool = False
    """Whether the text goes on from the first to the last."""
    principal: bool = False
    note: str | None = None

    @property
    def order(self) -> tuple[Rank, Rank, int]:
        """What it stands by among its entry's pages: before the notes on its first."""
        number = -1 if self.note is None else int(self.note or 0)
        return self.start, (0, 0) if self.note is None else (1, number), not self.principal


def located(element: Element, folios: Mapping[str, str]) -> tuple[Node, ...]:
    """Return the numbers of the pages that a ``folio`` of an index asks for, as links."""
    runs = list(_runs(element, folios))
    # Of those in one note the principal one, or else the first: it comes last, and stands.
    in_notes = sorted((r for r in reversed(runs) if r.note is not None), key=lambda r: r.principal)
    notes = {(run.start, run.note): run for run in in_notes}
    principal = _in_rows((r for r in runs if r.note is None and r.principal), ranges=False)
    taken = {run.start for run in principal if run.start == run.end}
    plain = (r for r in runs if r.note is None and not r.principal)
    plain = (run for run in plain if run.ranged or run.start not in taken)
    rows = _in_rows(plain, ranges=bool(element.get("ranges")))
    every = sorted([*principal, *rows, *notes.values()], key=lambda run: run.order)
    suffix = element.get("note")
    shown = (_shown(run, suffix, folios) for run in every)
    return joined(node for each in shown for node in (", ", *each))[1:]


def _runs(element: Element, folios: Mapping[str, str]) -> Iterator[_Run]:
    """Yield the places of an entry, each range as one."""
    begun = None
    for name, what in zip(element.get("of").split(), locators(element.get("as")), strict=True):
        here = rank(folios[name])
        if what.kind == TO and begun:
            # What ends before it begins, as placeholders may, is where it begins.
            last = replace(begun, last=name, end=here) if here > begun.start else begun
            yield replace(last, ranged=last.end > last.start)
        elif what.kind == FROM:
            begun = _Run(name, name, here, here, principal=what.principal)
        else:
            yield _Run(name, name, here, here, principal=what.principal, note=what.note)


def _in_rows(runs: Iterator[_Run], *, ranges: bool) -> list[_Run]:
    """Return runs in order: those that overlap are one, and if wanted those that follow."""
    # The longest first of those that begin on one page, and of equals that of the text's order.
    waiting = sorted(runs, key=lambda run: (run.start, (-run.end[0], -run.end[1])))
    merged: list[_Run] = []
    for run in waiting:
        last = merged[-1] if merged else None
        if last and run.start <= last.end:
            if run.end > last.end:
                merged[-1] = replace(last, last=run.last, end=run.end)
        else:
            merged.append(run)
    return list(_rowed(merged)) if ranges else merged


def _rowed(runs: list[_Run]) -> Iterator[_Run]:
    """Yield runs, rows of pages as one where they are long enough."""
    rows: list[list[_Run]] = []
    for run in runs:
        if rows and follows(run.start, rows[-1][-1].end):
            rows[-1].append(run)
        else:
            rows.append([run])
    for row in rows:
        if len(row) >= _LEAST or any(run.ranged for run in row):
            yield replace(row[0], last=row[-1].last, end=row[-1].end, ranged=True)
        else:
            yield from row


def _shown(run: _Run, suffix: str, folios: Mapping[str, str]) -> tuple[Node, ...]:
    note = "" if run.note is None else f"{suffix}{run.note}".rstrip()
    nodes: tuple[Node, ...] = (_link(run.first, folios[run.first] + note),)
    if run.end != run.start:
        ends = (*nodes, "–", _link(run.last, folios[run.last]))
        nodes = (Element("span", (("class", "page-range"),), ends),)
    return (Element("strong", (), nodes),) if run.principal else nodes


def _link(name: str, words: str) -> Element:
    return Element("a", (("href", f"#{name}"),), (words,))
