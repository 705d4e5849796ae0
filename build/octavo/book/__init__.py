"""Room 2: from what was written to what one edition says.

:func:`compose` selects the passages of the edition, and then only looks things up:

1. *select*: what is marked for other editions is left out;
2. *sections*: every entry of ``contents`` becomes a section with its role, label and number, its
   notes are numbered in the order of their first call, and its callouts linked;
3. *define*: terms lead to the glossary, which is drawn up; then figures and their like are numbered
   as they come, and abbreviations explained;
4. *cite*: citations are rendered in the book's style, once, and the reference list drawn up;
5. *index*: marks are gathered and the index drawn up;
6. *list*: the lists of figures and their like are drawn up;
7. *place*: notes that stand at the end of chapters or of the book go there;
8. *connect*: ids are made unique in the book and links lead to them;
9. generated pages with nothing to show are left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.book import (
    abbreviations,
    callouts,
    crossref,
    endnotes,
    glossary,
    indexing,
    lists,
    noted,
    numbered,
    references,
    terms,
)
from octavo.book.bibliography import Citations
from octavo.book.citing import cited_in, style_for
from octavo.book.naming import voice_of
from octavo.book.pointing import pointed
from octavo.book.sections import sections_of
from octavo.book.selection import select
from octavo.book.texts import elements, rewritten
from octavo.book.words import FALLBACK, speaks
from octavo.diagnostics import warning
from octavo.model import Book, Element
from octavo.pandoc import NOTHING_KEPT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.diagnostics import Report
    from octavo.model import Edition, Image, Manuscript, Section
    from octavo.store import Store

__all__ = ["compose"]

DRAWN_UP = frozenset(
    {"notes", "bibliography", "index", terms.PAGE, abbreviations.PAGE, *lists.PAGES}
)
"""Generated pages that may turn out to have nothing to show."""


def compose(
    manuscript: Manuscript,
    edition: Edition,
    report: Report,
    *,
    draft: bool = False,
    store: Store = NOTHING_KEPT,
) -> Book:
    """Return what one edition says: its sections in order, numbered and connected."""
    project = manuscript.project
    _check_language(manuscript, report)
    chosen = pointed(select(manuscript, edition, report))
    style = style_for(chosen, report)
    chosen = noted.placed(chosen, style)
    sections = callouts.linked(sections_of(chosen, report))
    sections = glossary.drawn_up(sections, chosen, manuscript, edition.medium, report)
    sections, register = numbered.number(sections, project)
    sections = abbreviations.drawn_up(sections, manuscript, edition.medium, report)
    within = Citations(chosen, edition.medium, style, report, store, cited_in(manuscript))
    sections = references.cite(sections, within)
    sections = indexing.gather(sections, manuscript, edition, report)
    sections = lists.drawn_up(sections, register, edition.medium)
    sections = endnotes.gathered(sections, project, edition.medium, report)
    sections = tuple(_with_pictures(section, chosen.images) for section in sections)
    wanted = tuple(s for s in sections if s.body or not (s.generated and s.role in DRAWN_UP))
    wanted, targets = crossref.connect(wanted, chosen, register, voice_of(edition, project), report)
    return Book(
        metadata=project.metadata,
        edition=edition,
        sections=wanted,
        targets=targets,
        images=_shown(wanted, manuscript.images, project.cover),
        cover=project.cover,
        draft=draft,
        noting=project.noting,
    )


def _check_language(manuscript: Manuscript, report: Report) -> None:
    language = manuscript.project.metadata.language
    if not speaks(language):
        report(
            warning(
                "untranslated-language",
                f"Octavo's own words (Contents, Notes …) are not translated into “{language}” yet",
                manuscript.project.book_file,
                f"they will be in “{FALLBACK}”; `labels` in book.yaml sets those of numbers",
            )
        )


def _with_pictures(section: Section, images: Mapping[str, Image]) -> Section:
    """Put a fault in the place of every picture that could not be read; reading reported it."""

    def replaced(element: Element) -> Element:
        if element.tag != "img" or element.get("src") in images:
            return element
        return Element("fault", (("code", "missing-image"),), (element.get("src"),), element.line)

    return rewritten(section, replaced)


def _shown(
    sections: tuple[Section, ...], images: Mapping[str, Image], cover: str
) -> dict[str, Image]:
    names = {e.get("src") for s in sections for e in elements(s) if e.tag == "img"}
    return {name: images[name] for name in sorted(names | {cover}) if name in images}
