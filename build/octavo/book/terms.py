"""What a book defines: the terms of its glossary, in its text, in a list, or in a file beside it.

A term is defined by a mark (``[attachment]{.term def="…"}``), in a definition list of a section
of the role ``glossary``, or in the file that ``glossary`` in book.yaml names.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING
from unicodedata import normalize

from octavo.book import titles
from octavo.book.idle import asked
from octavo.book.ids import entry_id, slug
from octavo.book.sections import with_image_names
from octavo.book.texts import elements
from octavo.diagnostics import Location, error
from octavo.manuscript import is_term
from octavo.markup import walk
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Manuscript, Node, Section, Source

PAGE = "glossary"
"""The generated page, and the role of a section that its author writes."""
DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Definition:
    """What a term means, or several that mean the same."""

    terms: tuple[tuple[Node, ...], ...]
    meanings: tuple[tuple[Node, ...], ...]
    location: Location

    @property
    def keys(self) -> tuple[str, ...]:
        """What its terms are known by."""
        return tuple(key_of(titles.text(term)) for term in self.terms)


def key_of(words: str) -> str:
    """Return a term as terms are compared: in whatever capitals and spaces."""
    return " ".join(normalize("NFC", words).casefold().split())


def named(mark: Element) -> str:
    """Return the term that a mark names: its own words, or those that it is a form of."""
    return " ".join(mark.get("of").split()) or titles.text(mark.children)


def defined_in_text(elements: Iterable[Element], file: str) -> Iterator[Definition]:
    """Yield what marks define where they stand."""
    for mark in filter(is_term, elements):
        inside = (node for node in mark.children if isinstance(node, Element))
        meanings = [node.children for node in inside if node.tag == DEFINITION]
        if written := mark.get("def"):  # in a tag of XHTML, where it is plain text
            meanings.append((written,))
        of = " ".join(mark.get("of").split())
        for meaning in meanings:
            term = (of,) if of else titles.plain(mark.children)
            yield Definition((term,), (meaning,), Location(file, mark.line))


def defined_in_lists(elements: Iterable[Element], file: str) -> Iterator[Definition]:
    """Yield what definition lists define: each run of terms with the definitions below it."""
    for element in elements:
        inside = [node for node in element.children if isinstance(node, Element)]
        rows = {"dl": inside, "div": inside}.get(element.tag, [])
        for pair in _pairs(rows):
            terms = tuple(each.children for each in pair if each.tag == "dt")
            meanings = tuple(each.children for each in pair if each.tag == "dd")
            if terms and meanings:
                yield Definition(terms, meanings, Location(file, pair[0].line))


def _pairs(row: list[Element]) -> Iterator[list[Element]]:
    pair: list[Element] = []
    for tag, run in groupby(row, key=_tag):
        if tag == "dt" and pair:
            yield pair
            pair = []
        if tag in {"dt", "dd"}:
            pair += run
    if pair:
        yield pair


def _tag(element: Element) -> str:
    return element.tag


def file_of(manuscript: Manuscript) -> tuple[Source, ...]:
    """Return the file that defines terms beside the text, if there is one."""
    name = manuscript.project.glossary.file
    return tuple(source for source in manuscript.sources if name and source.name == name)


def texts_of(manuscript: Manuscript) -> Iterator[tuple[Element, str]]:
    """Yield every element of a manuscript, with the file that it stands in."""
    for source in manuscript.sources:
        notes = (block for note in source.notes for block in note.content)
        for element in walk(*source.body, *source.epigraph, *notes):
            yield element, source.file


# --- Where they stand -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entries:
    """The terms of a book: what each means, by its key, and where its entry stands."""

    listed: tuple[Definition, ...]
    """What stands on the page that the press makes."""
    known: Mapping[str, Definition]
    """Those in sections of their authors too; of two definitions of one term, the first."""
    ids: Mapping[str, str]
    """The ids of entries; of a term without one, nothing."""

    def words(self) -> list[str]:
        """Return the terms as they are written."""
        return [titles.text(term) for each in self.known.values() for term in each.terms]


def entries_of(
    sections: tuple[Section, ...], manuscript: Manuscript, report: Report
) -> Entries | None:
    """Return the terms of a book, or None where it has none; tell of what is defined twice."""
    own = {
        s.id: [*defined_in_lists(elements(s), s.location.file)] for s in sections if is_written(s)
    }
    listed = [each for s in sections for each in defined_in_text(elements(s), s.location.file)]
    for source in file_of(manuscript):
        listed += defined_in_text(walk(*source.body), source.file)
        listed += defined_in_lists(with_image_names(source).body, source.file)
    pages = {entry.name for entry in asked(manuscript.project)}
    if not (listed or any(own.values()) or PAGE in pages):
        return None
    home = PAGE if any(map(is_page, sections)) else ""
    known: dict[str, Definition] = {}
    ids: dict[str, str] = {}
    taken: set[str] = set()
    kept: list[Definition] = []
    for section, rows in ((home, listed), *own.items()):
        for each in rows:
            if rows is listed and any(e.tag == "note" for e in walk(*_nodes(each))):
                report(_with_note(each))
            twice = [(key, known[key]) for key in each.keys if key in known]
            for key, first in twice[:1]:
                report(_twice(key, each, first))
            for key in each.keys:
                known.setdefault(key, each)
                ids.setdefault(key, _free(section, key, taken))
            if rows is listed and not twice:
                kept.append(each)
    return Entries(tuple(kept), known, ids)


def _nodes(definition: Definition) -> Iterator[Node]:
    return (node for row in (*definition.terms, *definition.meanings) for node in row)


def _free(section: str, key: str, taken: set[str]) -> str:
    """Return an id for the entry of a term, which no other entry has; none without a page."""
    if not section:
        return ""
    wanted, number = entry_id(section, slug(key)), 1
    own = wanted
    while own in taken:
        number += 1
        own = f"{wanted}-{number}"
    taken.add(own)
    return own


def is_page(section: Section) -> bool:
    """Tell whether a section is the page that the press makes."""
    return section.generated and section.role == PAGE


def is_written(section: Section) -> bool:
    """Tell whether a section is a glossary of its author's."""
    return not section.generated and section.role == PAGE


def _twice(key: str, second: Definition, first: Definition) -> Diagnostic:
    return error(
        "duplicate-term",
        f"the term “{key}” is defined twice; the first definition is {first.location}",
        second.location,
        "keep one of the two; a use needs no definition: [words]{.term}",
    )


def _with_note(definition: Definition) -> Diagnostic:
    return error(
        "note-in-definition",
        "this definition calls a note, or cites in one, which the glossary cannot show",
        definition.location,
        "say it in parentheses, or in a note of the text behind the term",
    )
