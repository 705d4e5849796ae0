"""The proof of composition: what the manuscript says stands in the leaves, whole and in order.

The files are proved against the leaves; here the leaves are, against the trees of the parser.
What an edition leaves out by design is left out, and what the press puts in the place of citations
only has to be there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.book import noted
from octavo.book.bibliography import PAGE as BIBLIOGRAPHY
from octavo.book.citation import reference_id
from octavo.book.citing import style_for
from octavo.book.endnotes import PAGE
from octavo.book.ids import composed, entry_id, section_ids
from octavo.book.pointing import pointed
from octavo.book.selection import select
from octavo.book.words import words
from octavo.diagnostics import Location
from octavo.inspection.completeness.composition.definitions import lost_definitions
from octavo.inspection.completeness.composition.reading import (
    FAULT,
    Reading,
    after_its_mark,
    whole,
    without_faults,
)
from octavo.inspection.completeness.faults import Fault
from octavo.inspection.completeness.folding import folded
from octavo.inspection.completeness.rows import Passage, differences
from octavo.markup import text_of, walk
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Leaf, Manuscript, Node, Note, NumberedNote, Rendition, Source

_WORDLESS = "a line, a cell or an item without words"


def lost_in_composition(manuscript: Manuscript, rendition: Rendition) -> tuple[Fault, ...]:
    """Return what the leaves lack of the manuscript, or have otherwise than it does."""
    chosen = pointed(select(manuscript, rendition.book.edition, _unheard))
    chosen = noted.placed(chosen, style_for(chosen, _unheard))
    placed = _placed(chosen)
    leaves = {leaf.section.id: leaf for leaf in rendition.leaves}
    pages = [_Page(source, leaves[name], rendition) for name, source in placed if name in leaves]
    return (
        *_of_sections(placed, rendition),
        *(fault for page in pages for fault in page.faults()),
        *_of_references(pages, chosen, rendition),
        *lost_definitions(chosen, manuscript, rendition),
    )


def marked_faults(rendition: Rendition) -> Iterator[Fault]:
    """Yield the marks of faults that stand in a book that is no draft; nobody has told of them."""
    if rendition.book.draft:
        return
    for leaf in rendition.leaves:
        for element in walk(leaf.content):
            if element.tag == "mark" and "fault" in element.classes:
                place = Location(leaf.section.location.file, element.line)
                yield Fault("fault-marked", place, text_of(element), _where(rendition))


def _unheard(_finding: Diagnostic) -> None:
    """Say nothing: composing has told it already."""


def _placed(manuscript: Manuscript) -> list[tuple[str, Source]]:
    """Return the sources that sections are made of, each with its section's id, in order."""
    project = manuscript.project
    ids = section_ids(project)
    sources = {source.name: source for source in manuscript.sources}
    named = (
        ("copyright", project.copyright_note)
        if entry.generated and entry.name == "copyright"
        else (ids.get(composed(entry.name), ""), "" if entry.generated else entry.name)
        for entry in project.contents
    )
    return [(section, sources[name]) for section, name in named if name in sources]


def _of_sections(placed: Sequence[tuple[str, Source]], rendition: Rendition) -> Iterator[Fault]:
    """Yield the sources of which there is no leaf, or more than one, or one out of its place."""
    sources = dict(placed)
    wanted = [Passage(name, "", source.name) for name, source in placed]
    found = [
        Passage(name, "", sources[name].name)
        for leaf in rendition.leaves
        for name in (leaf.section.id,)
        if name in sources
    ]
    for each in differences(wanted, found):
        code = "section-out-of-order" if each.code == "text-out-of-order" else each.code
        place = Location(sources[each.kind].file)
        yield Fault(code, place, each.about, _where(rendition))


def _where(rendition: Rendition) -> str:
    return f"in the edition “{rendition.book.edition.name}”"


@dataclass(frozen=True, slots=True)
class _Page:
    """A source, and the leaf of its section."""

    source: Source
    leaf: Leaf
    rendition: Rendition

    @property
    def heading(self) -> Element | None:
        """The heading that gave the section its title."""
        if self.leaf.section.generated:
            return None
        return next((block for block in self.source.body if block.tag == "h1"), None)

    @property
    def title(self) -> tuple[Node, ...]:
        """The title, as the source has it."""
        header = (self.source.header.title,) if self.source.header.title else ()
        return (self.heading.children if self.heading else ()) or header

    @property
    def body(self) -> tuple[Element, ...]:
        """The text below the title."""
        heading = self.heading
        return tuple(block for block in self.source.body if block is not heading)

    def notes(self) -> Iterator[tuple[Note, NumberedNote | None]]:
        """Yield the notes that the text calls, each with what the section made of it."""
        texts = {note.label: note for note in self.source.notes}
        made = self.made()
        called = (e.get("label") for e in walk(*self.title, *self.body) if e.tag == "note")
        return (
            (texts[label], made.get(label)) for label in dict.fromkeys(called) if label in texts
        )

    def made(self) -> dict[str, NumberedNote]:
        """Return the notes of the source by their labels, in whichever section they stand."""
        sections = self.rendition.book.sections
        notes = (note for section in sections for note in section.notes)
        return {note.label: note for note in notes if note.location.file == self.source.file}

    def reading(self) -> Reading:
        """Begin to read what the source says."""
        marks = {label: note.mark for label, note in self.made().items()}
        own = words(self.rendition.book.metadata.language)
        return Reading(self.source.name, marks, own["writing-space"])

    def fault(self, code: str, about: str, line: int, found: str = "") -> Fault:
        """Return a fault of this page."""
        place = Location(self.source.file, line)
        return Fault(code, place, about or _WORDLESS, _where(self.rendition), found)

    def faults(self) -> Iterator[Fault]:
        """Yield what is wrong with the leaf."""
        found = Reading()
        found.row(self.leaf.content.children)
        if not self.leaf.section.generated:
            yield from _of_opening(self, found.passages)
        yield from _of_text(self, found.passages)
        yield from _of_notes(self, [*found.notes, *self.in_their_page()])

    def in_their_page(self) -> Iterator[Element]:
        """Yield the notes of the source that stand in the page for the notes of the book."""
        own = {note.id for note in self.made().values()}
        for leaf in self.rendition.leaves:
            if leaf.section.generated and leaf.section.role == PAGE:
                found = Reading()
                found.row(leaf.content.children)
                yield from (note for note in found.notes if note.get("id") in own)


def _of_opening(page: _Page, found: Sequence[Passage]) -> Iterator[Fault]:
    """Yield what no passage of the template shows: title, subtitle, author."""
    header = page.source.header
    reading = page.reading()
    for nodes in (page.title, (header.subtitle,), (header.author,)):
        reading.row((Element("p", (), nodes),))
    # A template has no lines; what stands in place of a fault is no template's.
    shown = [folded(each.key) for each in found if not each.line]
    for each in reading.passages:
        if not any(folded(each.key) in text or FAULT in text for text in shown):
            yield page.fault("opening-missing", each.text, page.leaf.section.location.line)


def _of_text(page: _Page, found: Sequence[Passage]) -> Iterator[Fault]:
    """Yield where epigraph and text are not those of the source, or something stands between."""
    reading = page.reading()
    if not page.leaf.section.generated:
        reading.row(page.source.epigraph)
    before = len(reading.passages)
    reading.row(page.body)
    own = [place for place, each in enumerate(found) if each.line]
    yield from _told(page, reading.passages, [found[place] for place in own])
    text = own[before:]
    between = set(range(text[0], text[-1])).difference(own) if text else ()
    for place in sorted(between):
        if found[place].key.strip(FAULT):
            yield page.fault("text-stray", found[place].text, found[place - 1].line)


def _told(page: _Page, wanted: Sequence[Passage], found: Sequence[Passage]) -> Iterator[Fault]:
    for each in differences(wanted, without_faults(wanted, found)):
        yield page.fault(each.code, each.about, each.line, each.found)


def _of_notes(page: _Page, found: Sequence[Element]) -> Iterator[Fault]:
    """Yield the notes that are not those of the source, once each."""
    left = [(note.get("id"), note) for note in found]
    for note, made in page.notes():
        name = made.id if made else ""
        stands = [each for own, each in left if own == name]
        left = [(own, each) for own, each in left if own != name]
        want = whole(page.reading(), note.content, note.line)
        have = [whole(Reading(), after_its_mark(made, each), note.line) for each in stands]
        yield from _told(page, [want], have)
    for _, extra in left:
        yield page.fault("text-stray", text_of(extra), extra.line)


def _of_references(
    pages: Sequence[_Page], manuscript: Manuscript, rendition: Rendition
) -> Iterator[Fault]:
    """Yield the works that the text cites and its list of sources lacks."""
    if rendition.book.draft:
        return
    by_chapter = manuscript.project.citing.bibliography == "chapter"
    lists = [leaf.content for leaf in rendition.leaves if leaf.section.role == BIBLIOGRAPHY]
    for page in pages if by_chapter or lists else ():
        home = page.leaf.section.id if by_chapter else BIBLIOGRAPHY
        listed = {e.get("id") for e in walk(*([page.leaf.content] if by_chapter else lists))}
        notes = (block for note, _ in page.notes() for block in note.content)
        for cited in walk(*page.title, *page.body, *page.source.epigraph, *notes):
            key = cited.get("key")
            known = cited.tag == "cite" and key in manuscript.references
            if known and entry_id(home, reference_id(key)) not in listed:
                yield page.fault("text-missing", f"@{key}", cited.line)
