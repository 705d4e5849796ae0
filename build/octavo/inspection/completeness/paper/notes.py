"""The notes of a printed book: each called once, numbered once, and not before its call."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from octavo.inspection.completeness.folding import folded

if TYPE_CHECKING:
    from octavo.inspection.completeness.faults import Fault
    from octavo.inspection.completeness.ledger import Chapter, Entry
    from octavo.inspection.completeness.paper.printed import Printed
    from octavo.press.pdf.runs import Run


def of_notes(book: Printed) -> Iterator[Fault]:
    """Yield the notes whose numbers are wrong, or that stand before the page of their call."""
    for chapter in book.ledger.chapters:
        for entry in chapter.entries:
            if entry.block.mark:
                yield from _of_note(book, chapter, entry)


def _of_note(book: Printed, chapter: Chapter, note: Entry) -> Iterator[Fault]:
    calls = book.calls(chapter, note)
    runs = _runs_of(book, chapter, note)
    if [folded(run.text) for run in calls] != [folded(note.block.mark)]:
        yield _fault("note-not-called", book, chapter, note)
    if not runs:  # its text is told of as missing, and its number is with it
        return
    every = book.generated.get((chapter.section.id, note.block.number), ())
    markers = [run for run in every if run.generated == "footnote-marker"]
    numbers = ["".join(c for c in folded(run.text) if c != ".") for run in markers]
    if numbers != [folded(note.block.mark)]:
        yield _fault("note-not-numbered", book, chapter, note)
    if calls and runs[0].page < calls[0].page:
        yield _fault("note-before-call", book, chapter, note)


def _runs_of(book: Printed, chapter: Chapter, note: Entry) -> list[Run]:
    inside = (entry for entry in chapter.entries if entry.block.note == note.block.note)
    return [tile.run for entry in inside for tile in book.tiles(chapter, entry)]


def _fault(code: str, book: Printed, chapter: Chapter, note: Entry) -> Fault:
    runs = _runs_of(book, chapter, note)
    at = runs[0] if runs else next(iter(book.calls(chapter, note)), None)
    inside = (entry for entry in chapter.entries if entry.block.note == note.block.note)
    words = " ".join(entry.block.text for entry in inside)
    return book.fault(code, chapter.location(note), words, at, found=note.block.mark)
