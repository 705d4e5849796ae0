"""Room 3: from what an edition says to how it reads.

:func:`render` makes one leaf of XHTML of every section: its opening and the generated pages from
the templates, its text from the tree with what the medium asks for (:mod:`~.xhtml`).  It is a
pure function of the book and the templates, and knows nothing of pages or packages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.book.words import words
from octavo.matter import ROLES
from octavo.model import Element, Leaf, Medium, Rendition
from octavo.rendition import xhtml
from octavo.rendition.pages import cover, fill, opening
from octavo.rendition.templates import STYLESHEETS, Templates

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.model import Book, Node, Section

__all__ = ["Templates", "render"]


def render(book: Book, templates: Templates, report: Report) -> Rendition:
    """Return the book as it reads in its edition's medium."""
    medium = book.edition.medium
    leaves = tuple(_leaf(section, book, templates, report) for section in book.sections)
    names = (*STYLESHEETS[medium], *((templates.OWN,) if templates.own_style else ()))
    sheets = tuple((name.removesuffix(".css"), templates.texts[name]) for name in names)
    return Rendition(book, leaves, sheets, cover(book, templates, report))


def _leaf(section: Section, book: Book, templates: Templates, report: Report) -> Leaf:
    medium = book.edition.medium
    inner: list[Node] = []
    if book.draft and medium is Medium.EPUB:
        # Print has the word across every page; here it stands at the head of every document.
        own = words(book.metadata.language)
        notice = f"{own['draft']}: {own['draft-notice']}"
        inner.append(Element("p", (("class", "draft"),), (notice,)))
    inner += opening(section, book, templates, report)
    if templates.has(section.role) and section.generated:
        inner += fill(section.role, section, book, templates, report)
    else:
        inner += section.body
    content = Element("section", xhtml.section_attributes(section, medium), tuple(inner))
    content = xhtml.for_medium(content, section, book)
    return Leaf(section, content, section.title_text or _own_name(section, book))


def _own_name(section: Section, book: Book) -> str:
    """Return the name of a section that shows no heading, such as a dedication."""
    titles = words(book.metadata.language).titles
    return titles.get(ROLES[section.role].term, book.metadata.title)
