"""Notes: numbered from 1 in each section, in the order in which the text first calls them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book.texts import blocks
from octavo.diagnostics import Location, error
from octavo.markup import Change, rewrite_all, walk, with_attributes
from octavo.model import Element, NumberedNote

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    call = _marking(section.id, marks)
    for label in order:
        _refuse_calls_within(texts[label], source.file, report)
    return replace(
        section,
        title=rewrite_all(section.title, call),
        epigraph=blocks(rewrite_all(section.epigraph, call)),
        body=blocks(rewrite_all(section.body, call)),
        notes=tuple(
            _numbered(section.id, number, texts[label], source.file)
            for number, label in enumerate(order, 1)
        ),
    )


def _marking(section: str, marks: Mapping[str, str]) -> Change:
    calls: Counter[str] = Counter()

    def call(element: Element) -> Node:
        label = element.get("label")
        if element.tag != "note" or label not in marks:
            return element
        mark = marks[label]
        calls[label] += 1
        again = "" if calls[label] == 1 else f"-{calls[label]}"
        name = f"call-{section}-{mark}{again}"
        note = note_id(section, mark)
        return with_attributes(element, mark=mark, note=note, id=name, again=again or None)

    return call


def _numbered(section: str, number: int, note: Note, file: str) -> NumberedNote:
    name = note_id(section, str(number))
    return NumberedNote(name, note.label, number, note.content, Location(file, note.line))


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
