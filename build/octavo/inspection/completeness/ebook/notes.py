"""The notes of an EPUB: each is called as often as it should be, and leads back to a call."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.markup import text_of, walk

if TYPE_CHECKING:
    from octavo.inspection.completeness.ebook.page import Page
    from octavo.inspection.completeness.faults import Fault
    from octavo.model import Element, NumberedNote

_Place = tuple[str, str]
"""The path of a document, and an id in it."""


@dataclass(frozen=True, slots=True)
class _Call:
    place: _Place
    mark: str


@dataclass(slots=True)
class Notes:
    """The calls and the notes of all documents: a note may stand in another than its calls."""

    wanted: Counter[str] = field(default_factory=Counter)
    """How often each note should be called, by its id."""
    calls: dict[_Place, list[_Call]] = field(default_factory=dict)
    notes: dict[_Place, list[Element]] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Sequence[Page]) -> Notes:
        """Gather what the documents hold."""
        found = cls()
        for page in pages:
            wanted = (e.get("href")[1:] for e in walk(page.leaf.content) if _is_call(e))
            found.wanted.update(wanted)
            found.read(page)
        return found

    def read(self, page: Page) -> None:
        """Gather what one document holds."""
        path = page.document.path
        for element in walk(page.document.body):
            if _is_call(element):
                call = _Call((path, element.get("id")), text_of(element))
                self.calls.setdefault(_target(page, element), []).append(call)
            elif element.get("epub:type") == "footnote":
                self.notes.setdefault((path, element.get("id")), []).append(element)

    def faults(self, page: Page) -> Iterator[Fault]:
        """Yield the notes of a document that no call leads to, or that lead to no call."""
        for note in page.leaf.section.notes:
            place = page.document.path, note.id
            called, stands = self.calls.get(place, ()), self.notes.get(place, ())
            if [call.mark for call in called] != [note.mark] * max(1, self.wanted[note.id]):
                yield _fault(page, "note-not-called", note)
            backs = [e for e in walk(*stands) if e.get("role") == "doc-backlink"]
            ends = {call.place for call in called}
            if len(stands) != 1 or len(backs) != 1 or _target(page, backs[0]) not in ends:
                yield _fault(page, "note-not-linked", note)


def _fault(page: Page, code: str, note: NumberedNote) -> Fault:
    about = " ".join(word for block in note.content for word in text_of(block).split())
    # A note in the page for all of them was written elsewhere.
    return replace(page.fault(code, about, 0, note.mark), location=note.location)


def _is_call(element: Element) -> bool:
    return element.get("epub:type") == "noteref"


def _target(page: Page, link: Element) -> _Place:
    return page.document.leads_to(link.get("href"))
