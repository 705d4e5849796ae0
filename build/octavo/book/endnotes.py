"""Notes that stand at the end of a chapter or of the book, where they are looked up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.book.bibliography import CLASS as SOURCES
from octavo.book.words import words
from octavo.diagnostics import error
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.model import Project, Section

PAGE = "notes"
"""The generated page that holds the notes of the book."""
PLACE = "endnote"
"""The element that stands in a text where a note of its section does; ``note`` is its id."""
CLASS = "endnotes"


def gathered(
    sections: tuple[Section, ...], project: Project, medium: Medium, report: Report
) -> tuple[Section, ...]:
    """Return the sections with their notes where the book wants them.

    At the foot of the page there is nothing to do: a note stands where it is called.
    """
    if project.noting.place == "chapter":
        heading = words(project.metadata.language).titles[PAGE]
        return tuple(_with_own(section, heading) for section in sections)
    if project.noting.place == "book" and any(section.notes for section in sections):
        return _with_page(sections, project, medium, report)
    return sections


def _with_own(section: Section, heading: str) -> Section:
    """Return a section with its notes behind its text."""
    if not section.notes:
        return section
    head = Element("h2", (), (heading,))
    box = Element("div", (("class", CLASS),), (head, *_places(section)))
    # A list of sources comes last, as it does in a book.
    at = len(section.body) - sum(_is_list(block) for block in section.body[-1:])
    return replace(section, body=(*section.body[:at], box, *section.body[at:]))


def _is_list(block: Element) -> bool:
    """Tell whether a block is the press's own: an author's has a line."""
    return SOURCES in block.classes and not block.line


def _with_page(
    sections: tuple[Section, ...], project: Project, medium: Medium, report: Report
) -> tuple[Section, ...]:
    """Return the sections with all their notes in the page for them."""
    if not any(_is_page(section) for section in sections):
        report(
            error(
                "no-notes-page",
                "notes stand at the end of the book, but `contents` has no page `notes` for them",
                project.noting.location,
                "add `notes` to `contents: back:` in book.yaml",
            )
        )
        heading = words(project.metadata.language).titles[PAGE]
        return tuple(_with_own(section, heading) for section in sections)
    body = tuple(block for section in sections for block in _group(section, project, medium))
    notes = tuple(note for section in sections for note in section.notes)
    return tuple(
        replace(section, body=body, notes=notes)
        if _is_page(section)
        else replace(section, notes=())
        for section in sections
    )


def _is_page(section: Section) -> bool:
    return section.generated and section.role == PAGE


def _group(section: Section, project: Project, medium: Medium) -> tuple[Element, ...]:
    """Return the notes of a section, under its name and the pages that call them."""
    if not section.notes:
        return ()
    language = project.metadata.language
    name = titles.labelled(section, section.id, language)
    link = Element("a", (("href", f"#{section.id}"),), (name,))
    head = Element("h2", (), (link,))
    pages = (_pages(section, language),) if medium is Medium.PDF else ()
    return (Element("div", (("class", CLASS),), (head, *pages, *_places(section))),)


def _pages(section: Section, language: str) -> Element:
    own = words(language)
    first, last = section.notes[0].call, section.notes[-1].call
    span = (("of", f"{first} {last}"), ("one", own["page"]), ("many", own["pages"]))
    return Element("p", (("class", "note-pages"),), (Element("folio", span),))


def _places(section: Section) -> tuple[Element, ...]:
    return tuple(Element(PLACE, (("note", note.id),)) for note in section.notes)
