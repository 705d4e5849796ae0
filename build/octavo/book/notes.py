"""Notes: numbered from 1 in each section, in the order in which the text first calls them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book.ids import call_id, note_id
from octavo.book.texts import blocks
from octavo.diagnostics import Location, error
from octavo.markup import Change, rewrite_all, walk, with_attributes
from octavo.model import Element, NumberedNote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Node, Note, Section, Source


def numbered(section: Section, source: Source, report: Report) -> Section:
    """Return the section with its notes numbered and every call leading to its note.

    A call becomes ``note`` with the attributes ``mark`` (what is printed), ``note`` (the id of
    the note), ``id`` (its own) and, for a second call of the same note, ``again``.
    """
    texts = {note.label: note for note in source.notes}
    called = (e.get("label") for e in walk(*section.title, *section.body) if e.tag == "note")
    order = [label for label in dict.fromkeys(called) if label in texts]
    numbers = {label: number for number, label in enumerate(order, 1)}
    call = _marking(section.id, numbers)
    for label in order:
        for finding in _nested(texts[label], source.file):
            report(finding)
    for finding in _in_epigraph(section, source.file):
        report(finding)
    return replace(
        section,
        title=rewrite_all(section.title, call),
        epigraph=blocks(rewrite_all(section.epigraph, _refused)),
        body=blocks(rewrite_all(section.body, call)),
        notes=tuple(
            _numbered(section.id, number, texts[label], source.file)
            for label, number in numbers.items()
        ),
    )


def _marking(section: str, numbers: Mapping[str, int]) -> Change:
    calls: Counter[str] = Counter()

    def call(element: Element) -> Node:
        label = element.get("label")
        if element.tag != "note" or label not in numbers:
            return element
        number = numbers[label]
        calls[label] += 1
        return with_attributes(
            element,
            mark=str(number),
            note=note_id(section, number),
            id=call_id(section, number, calls[label]),
            again=str(calls[label]) if calls[label] > 1 else None,
        )

    return call


def _numbered(section: str, number: int, note: Note, file: str) -> NumberedNote:
    name = note_id(section, number)
    return NumberedNote(name, note.label, number, note.content, Location(file, note.line))


def _nested(note: Note, file: str) -> list[Diagnostic]:
    return [
        error(
            "note-in-note",
            f"the note “{note.label}” calls another note, “{element.get('label')}”",
            Location(file, element.line or note.line),
            "put the second remark into the first note, or call it from the text",
        )
        for element in walk(*note.content)
        if element.tag == "note"
    ]


def _in_epigraph(section: Section, file: str) -> list[Diagnostic]:
    # The texts of its notes do not come with an epigraph; its labels may be those of the text.
    return [
        error(
            "note-in-epigraph",
            "an epigraph cannot call a note",
            Location(file, element.line),
            "say it in the epigraph's `source`, or in a note of the text",
        )
        for element in walk(*section.epigraph)
        if element.tag == "note"
    ]


def _refused(element: Element) -> Node:
    if element.tag != "note":
        return element
    label = (f"[^{element.get('label')}]",)
    return Element("fault", (("code", "note-in-epigraph"),), label, element.line)
