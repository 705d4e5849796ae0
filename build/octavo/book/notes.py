"""Notes: numbered in the order in which the text first calls them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from octavo.book.ids import call_id, note_id
from octavo.book.texts import blocks
from octavo.book.titles import CITATION
from octavo.diagnostics import Location, error
from octavo.markup import Change, rewrite_all, text_of, walk, with_attributes
from octavo.model import Element, NumberedNote

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Node, Note, Section, Source


SIGNS = "*†‡§‖¶"
"""The signs that call notes where no numbers do, in their order (The Chicago Manual of Style, 17th
edition, 3.79); for the seventh note, the first is doubled."""


@dataclass
class Series:
    """How the notes of a book are numbered, section by section."""

    numbers: Literal["chapter", "book", "symbols"] = "chapter"
    count: int = 0
    """Of the notes so far."""

    def marks(self, labels: Iterable[str]) -> dict[str, str]:
        """Return the marks of a section's notes, by their labels in the order of their calls."""
        before = self.count if self.numbers == "book" else 0
        marks = {label: self._mark(number) for number, label in enumerate(labels, before + 1)}
        self.count += len(marks)
        return marks

    def _mark(self, number: int) -> str:
        if self.numbers != "symbols":
            return str(number)
        times, sign = divmod(number - 1, len(SIGNS))
        return SIGNS[sign] * (times + 1)


def numbered(section: Section, source: Source, series: Series, report: Report) -> Section:
    """Return the section with its notes numbered and every call leading to its note.

    A call becomes ``note`` with the attributes ``mark`` (what is printed), ``note`` (the id of
    the note), ``id`` (its own) and, for a second call of the same note, ``again``.
    """
    texts = {note.label: note for note in source.notes}
    called = (e.get("label") for e in walk(*section.title, *section.body) if e.tag == "note")
    order = [label for label in dict.fromkeys(called) if label in texts]
    marks = series.marks(order)
    call = _marking(section.id, marks)

    for label in order:
        for finding in _nested(texts[label], source.file):
            report(finding)
    for finding in _in_epigraph(section, source.file):
        report(finding)
    return replace(
        section,
        title=parted(rewrite_all(section.title, call)),
        epigraph=blocks(rewrite_all(section.epigraph, _refused)),
        body=blocks(rewrite_all(section.body, call)),
        notes=tuple(
            _numbered(section.id, number, mark, texts[label], source.file)
            for number, (label, mark) in enumerate(marks.items(), 1)
        ),
    )


def opening_of(note: tuple[Node, ...]) -> tuple[Node, str]:
    """Return what a note begins with, and the text behind it in its first paragraph."""
    match note:
        case (Element(tag="p", children=(first, *others)), *_):
            return first, text_of(*others)
    return "", ""


def parted(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a row with a thin space between calls that touch: 8 and 9 would read as 89."""
    pairs = zip(nodes, (*nodes[1:], ""), strict=False)
    rows = (
        (one, _THIN) if _is_raised(one, -1) and _is_raised(other, 0) else (one,)
        for one, other in pairs
    )
    return tuple(node for row in rows for node in row)


_THIN = "\u202f"
"""A space that no line is broken at."""


def _is_raised(node: Node, end: int) -> bool:
    """Tell whether one end of a node is raised: it is a call, or a citation by number."""
    if isinstance(node, str):
        return False
    if CITATION in node.classes and node.children:
        return _is_raised(node.children[end], end)
    return node.tag in {"note", "sup"}


def _marking(section: str, marks: Mapping[str, str]) -> Change:
    calls: Counter[str] = Counter()
    numbers = {label: number for number, label in enumerate(marks, 1)}

    def call(element: Element) -> Node:
        label = element.get("label")
        if element.tag != "note" or label not in numbers:
            children = parted(element.children)
            return element if children == element.children else replace(element, children=children)
        number = numbers[label]
        calls[label] += 1
        return with_attributes(
            element,
            mark=marks[label],
            note=note_id(section, number),
            id=call_id(section, number, calls[label]),
            again=str(calls[label]) if calls[label] > 1 else None,
        )

    return call


def _numbered(section: str, number: int, mark: str, note: Note, file: str) -> NumberedNote:
    return NumberedNote(
        id=note_id(section, number),
        label=note.label,
        mark=mark,
        call=call_id(section, number),
        content=note.content,
        location=Location(file, note.line),
    )


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
