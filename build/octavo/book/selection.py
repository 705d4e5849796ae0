"""Which passages an edition holds, decided before anything is numbered.

A block or span of class ``only-print`` or ``only-epub`` stands in editions of that medium only,
and ``only-NAME`` in the edition that book.yaml calls ``NAME``.  What is empty without its passages
goes with them: a paragraph, a list, a note and its calls, a whole chapter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.book.texts import blocks
from octavo.diagnostics import Location, did_you_mean, error
from octavo.manuscript.syntax.descriptions import is_description
from octavo.markup import joined, walk
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.model import Edition, Manuscript, Node, Note, Source

PREFIX = "only-"
MEDIA = {"print": Medium.PDF, "epub": Medium.EPUB}
CELLS = frozenset({"td", "th"})
"""Elements that keep their place when they are empty."""


def select(manuscript: Manuscript, edition: Edition, report: Report) -> Manuscript:
    """Return the manuscript without the passages, and the files, that are for other editions."""
    project = manuscript.project
    known = frozenset({*MEDIA, *(each.name for each in project.editions)})
    for source in manuscript.sources:
        _check_names(source, known, report)
    sources = tuple(_Selection(edition).of(source) for source in manuscript.sources)
    pairs = zip(manuscript.sources, sources, strict=True)
    gone = {whole.name for whole, kept in pairs if whole.body and not kept.body}
    contents = tuple(e for e in project.contents if e.generated or e.name not in gone)
    return replace(manuscript, project=replace(project, contents=contents), sources=sources)


def _check_names(source: Source, known: frozenset[str], report: Report) -> None:
    notes = (block for note in source.notes for block in note.content)
    for element in walk(*source.body, *source.epigraph, *notes):
        for name in sorted(_editions(element) - known):
            hint = did_you_mean(name, known) or f"editions are: {', '.join(sorted(known))}"
            message = f"“{PREFIX}{name}” keeps this passage for an edition that book.yaml lacks"
            report(error("unknown-edition", message, Location(source.file, element.line), hint))


def _editions(element: Element) -> frozenset[str]:
    """Return the editions and media that an element is marked for."""
    if is_description(element):
        return frozenset({Medium.EPUB.value})  # who holds a printed book sees its figures
    if PREFIX not in element.get("class"):
        return frozenset()
    marks = (name for name in element.classes if name.startswith(PREFIX))
    return frozenset(name.removeprefix(PREFIX) for name in marks)


@dataclass(frozen=True, slots=True)
class _Selection:
    """The choice of one edition; ``emptied`` are the notes that say nothing in it."""

    edition: Edition
    emptied: frozenset[str] = frozenset()

    def of(self, source: Source) -> Source:
        notes = tuple(self._note(note) for note in source.notes)
        pairs = zip(source.notes, notes, strict=True)
        emptied = frozenset(n.label for n, kept in pairs if n.content and not kept.content)
        chosen = replace(self, emptied=emptied)
        return replace(
            source,
            body=chosen.row(source.body),
            epigraph=chosen.row(source.epigraph),
            notes=tuple(note for note in notes if note.label not in emptied),
        )

    def _note(self, note: Note) -> Note:
        return replace(note, content=self.row(note.content))

    def row(self, nodes: tuple[Element, ...]) -> tuple[Element, ...]:
        return blocks(tuple(kept for node in nodes for kept in self.kept(node)))

    def kept(self, node: Node) -> tuple[Node, ...]:
        """Return what this edition has of a node."""
        if isinstance(node, str):
            return (node,)
        if not self._wants(node):
            return ()
        children = joined(kept for child in node.children for kept in self.kept(child))
        emptied = children != node.children and not any(map(_says_something, children))
        if emptied and node.tag not in CELLS:
            return ()
        if _is_mark(node, children):
            return children
        return (node if children == node.children else replace(node, children=children),)

    def _wants(self, element: Element) -> bool:
        if element.tag == "note" and element.get("label") in self.emptied:
            return False
        wanted = _editions(element)
        return not wanted or any(self._is_meant(name) for name in wanted)

    def _is_meant(self, name: str) -> bool:
        return name == self.edition.name or MEDIA.get(name) is self.edition.medium


def _is_mark(element: Element, children: tuple[Node, ...]) -> bool:
    """Tell whether an element was there to be selected and for nothing else.

    Without it, a heading in it is the heading of its file.
    """
    marks = all(name == "class" for name, _ in element.attributes) and _editions(element)
    if not marks or len(marks) != len(element.classes):
        return False
    return element.tag == "span" or (
        element.tag == "div" and all(isinstance(c, Element) or not c.strip() for c in children)
    )


def _says_something(node: Node) -> bool:
    return bool(node.strip()) if isinstance(node, str) else True
