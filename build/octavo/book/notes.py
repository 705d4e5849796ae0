"""Notes: numbered from 1 in each section, in the order in which the text first calls them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book.texts import blocks
from octavo.diagnostics import Location, error
from octavo.markup import rewrite_all, walk, with_attributes
from octavo.model import Element, NumberedNote

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.model import Node, Note, Section, Source


def numbered(section: Section, source: Source, report: Report) -> Section:
    """Return the section with its notes numbered and every call leading to its note.

    A call becomes ``note`` with the attributes ``mark`` (what is printed), ``note`` (the id of
    the note), ``id`` (its own) and, for a second call of the same note, ``again``.
    """
    texts = {note.label: note for note in source.notes}
    called = [e for e in walk(*section.title, *section.epigraph, *section.body) if e.tag == "note"]
    order = dict.fromkeys(e.get("label") for e in called if e.get("label") in texts)
    marks = {label: str(number) for number, label in enumerate(order, 1)}
    calls: Counter[str] = Counter()

    def call(element: Element) -> Node:
        label = element.get("label")
        if element.tag != "note" or label not in marks:
            return element
        calls[label] += 1
        again = "" if calls[label] == 1 else f"-{calls[label]}"
        return with_attributes(
            element,
            mark=marks[label],
            note=note_id(section.id, marks[label]),
            id=f"call-{section.id}-{marks[label]}{again}",
            again=again or None,
        )

    for label in order:
        _refuse_calls_within(texts[label], source.file, report)
    return replace(
        section,
        title=rewrite_all(section.title, call),
        epigraph=blocks(rewrite_all(section.epigraph, call)),
        body=blocks(rewrite_all(section.body, call)),
        notes=tuple(
            NumberedNote(
                id=note_id(section.id, marks[label]),
                label=label,
                number=int(marks[label]),
                content=texts[label].content,
                location=Location(source.file, texts[label].line),
            )
            for label in order
        ),
    )


def note_id(section: str, mark: str) -> str:
    """Return the id of a section's note."""
    return f"note-{section}-{mark}"


def _refuse_calls_within(note: Note, file: str, report: Report) -> None:
    for element in walk(*note.content):
        if element.tag == "note":
            report(
                error(
                    "note-in-note",
                    f"the note “{note.label}” calls another note, “{element.get('label')}”",
                    Location(file, element.line or note.line),
                    "put the second remark into the first note, or call it from the text",
                )
            )
