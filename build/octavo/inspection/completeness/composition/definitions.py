"""The proof of the pages of terms and abbreviations: what the manuscript defines stands there.

Such a page is in an order of its own, so each entry is looked for as a whole, and only once.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from octavo.book import abbreviations, terms
from octavo.book.abbreviations import known_in
from octavo.book.terms import Definition, defined_in_lists, defined_in_text, file_of
from octavo.inspection.completeness.composition.reading import Reading, whole
from octavo.inspection.completeness.faults import Fault
from octavo.markup import walk
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octavo.inspection.completeness.rows import Passage
    from octavo.model import Manuscript, Rendition, Source


def lost_definitions(
    chosen: Manuscript, manuscript: Manuscript, rendition: Rendition
) -> Iterator[Fault]:
    """Yield the definitions that their page lacks or has otherwise, and what else it has.

    ``chosen`` is what the edition holds of the manuscript; abbreviations hold for all of it.
    """
    if not rendition.book.draft:
        yield from _of_page(terms.PAGE, _defined(chosen), chosen, rendition)
        yield from _of_page(abbreviations.PAGE, _abbreviated(manuscript), chosen, rendition)


def _of_page(
    page: str,
    wanted: Iterable[tuple[str, Definition]],
    manuscript: Manuscript,
    rendition: Rendition,
) -> Iterator[Fault]:
    entry = next((e for e in manuscript.project.contents if e.generated and e.name == page), None)
    if entry is None:
        return
    leaves = (leaf for leaf in rendition.leaves if leaf.section.generated)
    lists = (e for leaf in leaves if leaf.section.role == page for e in walk(leaf.content))
    drawn = (e for e in lists if not e.line and page in {*e.classes})
    standing = [_passage("", each) for each in defined_in_lists(_rows(drawn), "")]
    left = Counter(each.key for each in standing)
    where = f"in the edition “{rendition.book.edition.name}”"
    for name, each in wanted:
        passage = _passage(name, each)
        if left[passage.key]:
            left[passage.key] -= 1
        else:
            yield Fault("text-missing", each.location, passage.text, where)
    for passage in standing:
        if left[passage.key]:
            left[passage.key] -= 1
            yield Fault("text-stray", entry.location, passage.text, where)


def _rows(lists: Iterable[Element]) -> Iterator[Element]:
    """Yield the lists of a page, or the boxes that part their entries."""
    for each in lists:
        boxes = [e for e in each.children if isinstance(e, Element) and e.tag == "div"]
        yield from boxes or [each]


def _passage(name: str, definition: Definition) -> Passage:
    """Return an entry as it is read, in a file of that name or on a page."""
    row = [
        *(Element("dt", (), term) for term in definition.terms),
        *(Element("dd", (), meaning) for meaning in definition.meanings),
    ]
    return whole(Reading(name), row, definition.location.line)


def _defined(manuscript: Manuscript) -> Iterator[tuple[str, Definition]]:
    """Yield what a manuscript defines beside its own glossaries, with the names of the files."""
    for source in manuscript.sources:
        yield from ((source.name, each) for each in defined_in_text(_elements(source), source.file))
    for source in file_of(manuscript):
        yield from ((source.name, each) for each in defined_in_lists(source.body, source.file))


def _elements(source: Source) -> Iterator[Element]:
    notes = (block for note in source.notes for block in note.content)
    return walk(*source.body, *source.epigraph, *notes)


def _abbreviated(manuscript: Manuscript) -> Iterator[tuple[str, Definition]]:
    for short, each in known_in(manuscript).items():
        yield "", Definition(((short,),), (each.told.content,), each.location)
