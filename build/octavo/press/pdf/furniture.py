"""Know what stands around the text: running heads, folios, and DRAFT across a draft.

All of it is set as one document of literal text, page under page with the book's own, and laid
under the text as an artifact (ISO 32000-1, 14.8.2.2), so that no reader takes it for text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element as Tree
from xml.etree.ElementTree import SubElement

from octavo.book.words import words
from octavo.diagnostics import Location, error
from octavo.matter import ROLES
from octavo.press import glyphs
from octavo.press.pdf.evidence import HEAD
from octavo.press.pdf.findings import OF_SHEETS, finding, of_sheet
from octavo.rendition.direction import spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Diagnostic
    from octavo.model import Book
    from octavo.press.pdf.engine import Engine
    from octavo.press.pdf.evidence import Layout
    from octavo.press.pdf.geometry import Geometry
    from octavo.press.pdf.paginate import Plan

SHEET = "furniture"
"""The name of the stylesheet that says how furniture looks."""


@dataclass(frozen=True, slots=True)
class Strip:
    """What one page bears around its text."""

    page: int
    """Which page of the book, from 0."""
    head: str = ""
    folio: str = ""
    draft: str = ""
    """The word across the page of a draft."""
    source: Location = Location("book.yaml")
    """Where the head is written."""

    @property
    def side(self) -> str:
        """``recto`` or ``verso``."""
        return "verso" if self.page % 2 else "recto"


def strips(plan: Plan, book: Book) -> tuple[Strip, ...]:
    """Return what the pages bear, leaving out those that bear nothing."""
    every = (_strip(plan, book, at) for at in range(len(plan.pages)))
    return tuple(strip for strip in every if strip.head or strip.folio or strip.draft)


def _strip(plan: Plan, book: Book, at: int) -> Strip:
    page = plan.pages[at]
    draft = words(book.metadata.language)["draft"] if book.draft else ""
    if page.section < 0 or not ROLES[book.sections[page.section].role].furniture:
        return Strip(at, draft=draft)
    section = book.sections[page.section]
    book_file = Location(book.edition.location.file)
    heads = (
        (section.short_title or section.title_text, section.location),
        (book.metadata.title, book_file),
    )
    head, source = heads[at % 2] if page.number else ("", book_file)
    return Strip(at, head, page.folio, draft, source)


@dataclass(frozen=True, slots=True)
class Around:
    """All that the furniture of a book depends on but for its faces: one page for each strip."""

    strips: tuple[Strip, ...]
    language: str
    stylesheet: str
    geometry: Geometry


def set_furniture(engine: Engine, around: Around) -> Layout:
    """Set the strips, one page each, in their order."""
    root = Tree("html", spoken(around.language))
    SubElement(root, "head")
    body = SubElement(root, "body")
    for strip in around.strips:
        sheet = SubElement(body, "div", {"class": f"sheet {strip.side}"})
        for name, text in (
            ("draft", strip.draft),
            (f"head {HEAD}", strip.head),
            ("folio", strip.folio),
        ):
            if text:
                SubElement(sheet, "p", {"class": name}).text = text
    sheets = (("", placing(around.geometry)), (SHEET, around.stylesheet))
    return engine.lay_out(root, sheets, {})


def findings_of(shown: tuple[Strip, ...], book: Book, layout: Layout) -> Iterator[Diagnostic]:
    """Yield what is wrong with the furniture, each where its words are written."""
    book_file, sheet = Location(book.edition.location.file), of_sheet(SHEET)
    if layout.pages != len(shown):
        message = "the stylesheet of the running heads makes more or fewer pages than there are"
        yield error("furniture-off-page", message, sheet, "leave the height of “.sheet” as it was")
    too_long = {each.about for each in layout.problems if each.code == "long-running-head"}
    titles = "".join(section.title_text for section in book.sections)
    for problem in layout.problems:
        if problem.code == "text-off-page" and problem.about in too_long:
            continue
        if problem.code == glyphs.CODE and problem.about in titles:
            continue  # it is told where the title stands in the text
        if problem.code in _OF_STYLE:
            yield finding(problem, replace(sheet, line=problem.line))
            continue
        sources = (strip.source for strip in shown if _says(strip.head, problem.about))
        for source in dict.fromkeys(sources) or (book_file,):
            found = finding(problem, source)
            of_title = problem.about in too_long and source == book_file
            yield replace(found, hint=_OF_TITLE) if of_title else found


_OF_STYLE = OF_SHEETS | {"image-not-loaded", "picture-off-page"}
_OF_TITLE = "shorten the book's `title`: what follows a colon can be its `subtitle`"


def _says(head: str, about: str) -> bool:
    return head == about or (len(about) == 1 and about in head)


def placing(geometry: Geometry) -> str:
    """Return the CSS that puts ``.head``, ``.folio`` and ``.draft`` on ``.recto`` and ``.verso``.

    The head stands half a line above the text, which keeps it half an inch from the trim
    (IngramSpark's margin), and the folio one line below it.
    """
    g = geometry
    head = g.top - 1.5 * g.leading
    foot = g.height - g.bottom + g.leading
    return f"""
        @page {{ size: {g.width:g}pt {g.height:g}pt; margin: 0 }}
        html, body, p {{ margin: 0; padding: 0 }}
        .sheet {{ position: relative; height: {g.height - 1:g}pt; break-before: page }}
        .sheet:first-child {{ break-before: auto }}
        .head, .folio {{ position: absolute; width: {g.measure:g}pt; height: {g.leading:g}pt;
            line-height: {g.leading:g}pt; text-align: center; white-space: nowrap }}
        .head {{ top: {head:g}pt }}
        .folio {{ top: {foot:g}pt }}
        .recto > .head, .recto > .folio {{ left: {g.recto_left:g}pt }}
        .verso > .head, .verso > .folio {{ left: {g.verso_left:g}pt }}
        .draft {{ position: absolute; top: {g.height * 0.4:g}pt; width: {g.width:g}pt;
            text-align: center; font-size: {g.width * 0.22:g}pt; line-height: 1;
            color: device-cmyk(0 0 0 0.15); transform: rotate(-45deg) }}
    """
