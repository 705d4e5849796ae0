"""The indexes: marks gathered from the text, drawn up as pages.

1. *terms*: the words of the list that lies beside the text become marks where they stand;
2. *marks*: every mark gets an id, and says what it is to which entry of which index;
3. *entries*: the marks become entries and entries below them, ranges their two ends;
4. *checks*: what would send a reader nowhere, or to half of the places, is told;
5. *drawn*: each index becomes a page: pages in print, in the EPUB the sections marks stand in.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book.indexing import checks, terms
from octavo.book.indexing.drawn import Page, drawn
from octavo.book.indexing.entries import entries_of
from octavo.book.indexing.marks import marks_of
from octavo.model import page_of

if TYPE_CHECKING:
    from octavo.book.indexing.entries import Entry
    from octavo.book.indexing.marks import Mark
    from octavo.diagnostics import Report
    from octavo.model import Edition, Manuscript, Section

ROLE = "index"


def gather(
    sections: tuple[Section, ...], manuscript: Manuscript, edition: Edition, report: Report
) -> tuple[Section, ...]:
    """Return the sections with every mark an id, and the pages of the indexes with their entries.

    ``manuscript`` is the whole one: a term that only another edition has is not missing.
    """
    project = manuscript.project
    listed = terms.known(manuscript, report)
    sections = terms.marked(sections, listed, manuscript, report)
    marked: list[Section] = []
    marks: list[Mark] = []
    for section in sections:
        whole, own = marks_of(section, report)
        marked.append(whole)
        marks += own
    marks = checks.of_known_indexes(marks, project, report)
    indexes = entries_of(marks, listed, report)
    checks.of_pages(indexes, marked, project, report)
    for root in indexes.values():
        checks.of_entries(root, report)
    return tuple(_with_entries(section, indexes, manuscript, edition) for section in marked)


def _with_entries(
    section: Section, indexes: dict[str, Entry], manuscript: Manuscript, edition: Edition
) -> Section:
    if not (section.generated and section.role == ROLE):
        return section
    project = manuscript.project
    name = next((name for name in indexes if page_of(name) == section.id), None)
    if name is None:
        return section
    page = Page(section.id, edition.medium, project.metadata.language, project.indexing)
    return replace(section, body=drawn(indexes[name], page))
