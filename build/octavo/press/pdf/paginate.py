"""Know which page is which: where sections begin, which pages are blank, what folio each bears.

Folios are roman in the front matter and arabic from 1 at the first section of the body; the back
matter runs on.  Page references are literals in the text, so sections are set again until every
literal is the folio that it should be.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.diagnostics import Diagnostic, Report, error
from octavo.matter import ROLES, Side
from octavo.model import Matter
from octavo.press.pdf.numerals import roman
from octavo.press.pdf.typeset import holes

if TYPE_CHECKING:
    from octavo.model import Leaf, Section
    from octavo.press.pdf.typeset import Typeset

PLACEHOLDER = "00"
"""What stands for a folio before any is known; as wide as most."""
_NO_FOLIO = "?"
ROUNDS = 8


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the book: its folio, and which page of which section it shows."""

    folio: str
    section: int = -1
    """The place of the section among the leaves; -1 for a blank page."""
    number: int = 0
    """The page of that section, from 0."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The book page by page."""

    pages: tuple[Page, ...]
    starts: tuple[int, ...]
    """For each section, its first page, from 0."""
    body: int
    """The page, from 0, on which arabic folios begin."""


_BLANK = (-1, 0)
Setter = Callable[[Sequence[Mapping[str, str]]], Sequence["Typeset"]]
"""Sets all sections, each with the folios given for its holes."""


def paginate(sections: Sequence[Section], counts: Sequence[int], least: Sequence[int] = ()) -> Plan:
    """Lay sections of so many pages one after the other; page 0 is the first recto.

    Blank pages fill up a section that has fewer than its ``least``.
    """
    slots: list[tuple[int, int]] = []
    starts: list[int] = []
    body = None
    for place, (section, count) in enumerate(zip(sections, counts, strict=True)):
        opens_body = body is None and section.matter is not Matter.FRONT
        side = Side.RECTO if opens_body else ROLES[section.role].side
        if side is not Side.NEXT and (len(slots) % 2 == 1) != (side is Side.VERSO):
            slots.append(_BLANK)
        if opens_body:
            body = len(slots)
        starts.append(len(slots))
        slots.extend((place, number) for number in range(count))
        slots.extend([_BLANK] * (least[place] - count if least else 0))
    slots.extend([_BLANK] * (len(slots) % 2))
    body = len(slots) if body is None else body
    pages = (Page(_folio(at, body), *slot) for at, slot in enumerate(slots))
    return Plan(tuple(pages), tuple(starts), body)


def _folio(page: int, body: int) -> str:
    return str(page - body + 1) if page >= body else roman(page + 1)


# --- Page references ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Settled:
    """The book with every page reference filled in."""

    plan: Plan
    sections: tuple[Typeset, ...]


def settle(leaves: Sequence[Leaf], set_sections: Setter, report: Report) -> Settled:
    """Set the sections until each page reference is the folio of the page it refers to.

    A section whose references change its own length back and forth keeps the length of its longer
    form, blank pages after it; one that still does not come to rest keeps that form as it is.
    """
    rests = [_Rest(holes(leaf.content)) for leaf in leaves]
    for _ in range(ROUNDS):
        sections = set_sections([rest.literals() for rest in rests])
        plan = paginate(
            [leaf.section for leaf in leaves],
            [made.pages for made in sections],
            [rest.least for rest in rests],
        )
        folios = folios_of(plan, sections)
        moved = [rest.take(folios, made.pages) for rest, made in zip(rests, sections, strict=True)]
        if not any(moved):
            break
    for leaf, rest in zip(leaves, rests, strict=True):
        for name in rest.unknown(folios):
            report(_on_no_page(leaf.section, name))
        if rest.differs(folios):
            report(_unsettled(leaf.section))
    return Settled(plan, tuple(sections))


def folios_of(plan: Plan, sections: Sequence[Typeset]) -> dict[str, str]:
    """Return the folio of the page on which each id begins."""
    folios: dict[str, str] = {}
    for start, section in zip(plan.starts, sections, strict=True):
        for anchor in section.anchors:
            folios.setdefault(anchor.id, plan.pages[start + anchor.page].folio)
    return folios


class _Rest:
    """How one section comes to rest: the forms it has had, and the length it must not go below."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.least = 0
        self.frozen = False
        self._wanted = wanted
        self._now = self._set = (PLACEHOLDER,) * len(wanted)
        self._lengths: dict[tuple[str, ...], int] = {}

    def literals(self) -> dict[str, str]:
        """Return what to print in the section's holes."""
        return dict(zip(self._wanted, self._now, strict=True))

    def unknown(self, folios: Mapping[str, str]) -> list[str]:
        """Return the ids that are on no page, once each."""
        return [name for name in dict.fromkeys(self._wanted) if name not in folios]

    def differs(self, folios: Mapping[str, str]) -> bool:
        """Tell whether a literal that was set is not the folio it should be."""
        return self._set != self._due(folios)

    def take(self, folios: Mapping[str, str], pages: int) -> bool:
        """Learn how long the section was and what its folios are; tell if it must be set again."""
        self._set = self._now
        self._lengths[self._now] = pages
        due, longest = self._due(folios), max(self._lengths.values())
        if self.frozen or due == self._now:
            return False
        if due not in self._lengths:
            self._now = due
        elif self.least < longest:
            self.least, self._now = longest, due
        else:
            self.frozen = True
            self._now = max(self._lengths, key=lambda form: (self._lengths[form], form))
        return True

    def _due(self, folios: Mapping[str, str]) -> tuple[str, ...]:
        return tuple(folios.get(name, _NO_FOLIO) for name in self._wanted)


def _on_no_page(section: Section, name: str) -> Diagnostic:
    return error(
        "page-not-found",
        f"“{section.title_text or section.id}” prints the page number of “{name}”,"
        " which is not in the printed book",
        section.location,
        "give the place that name, or take the reference away",
    )


def _unsettled(section: Section) -> Diagnostic:
    return error(
        "unsettled-page-numbers",
        f"in “{section.title_text or section.id}”, a page number moves the place it names to"
        " another page each time it is filled in, so that none is right",
        section.location,
        "add or cut a few words near its page references, or refer to the place without its page",
    )
