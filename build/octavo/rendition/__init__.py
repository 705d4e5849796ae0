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
from octavo.rendition.filling import BOUNDS, Bounds
from octavo.rendition.lead_in import with_lead_in
from octavo.rendition.pages import cover, fill, opening, setting_of
from octavo.rendition.templates import STYLESHEETS, Templates

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.model import Book, Node, Section
    from octavo.rendition.pages import Setting

__all__ = ["Bounds", "Templates", "render"]


def render(book: Book, templates: Templates, report: Report, bounds: Bounds = BOUNDS) -> Rendition:
    """Return the book as it reads in its edition's medium."""
    with setting_of(book, templates, report, bounds) as setting:
        leaves = tuple(_leaf(section, setting) for section in book.sections)
        front = cover(setting)
    own = (templates.OWN,) if templates.own_style else ()
    names = (*STYLESHEETS[book.edition.medium], *own)
    sheets = tuple((name.removesuffix(".css"), templates.texts[name]) for name in names)
    return Rendition(book, leaves, sheets, front)


def _leaf(section: Section, setting: Setting) -> Leaf:
    book = setting.book
    inner: list[Node] = [*_draft_notice(book), *opening(section, setting)]
    if setting.templates.has(section.role) and section.generated:
        inner += fill(section.role, section, setting)
    else:
        inner += with_lead_in(section.body) if section.role == "chapter" else section.body
    attributes = xhtml.section_attributes(section, tuple(inner), book.edition.medium)
    content = xhtml.for_medium(Element("section", attributes, tuple(inner)), section, book)
    return Leaf(section, content, section.title_text or _own_name(section, book))


def _draft_notice(book: Book) -> tuple[Node, ...]:
    """Return what stands at the head of a draft's documents; print has a word on every page."""
    if not book.draft or book.edition.medium is not Medium.EPUB:
        return ()
    own = words(book.metadata.language)
    notice = f"{own['draft']}{own['colon']}{own['draft-notice']}"
    return (Element("p", (("class", "draft"),), (notice,)),)


def _own_name(section: Section, book: Book) -> str:
    """Return the name of a section that shows no heading, such as a dedication."""
    titles = words(book.metadata.language).titles
    return titles.get(ROLES[section.role].term, book.metadata.title)
