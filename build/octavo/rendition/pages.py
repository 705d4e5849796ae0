"""What the templates make: the opening of every section, the generated pages, the cover."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from octavo.book import titles
from octavo.book.ids import heading_id
from octavo.book.texts import elements
from octavo.book.words import words
from octavo.diagnostics import error
from octavo.markup import MarkupError, parse, rewrite_all, serialize, with_attributes
from octavo.matter import ROLES
from octavo.model import Element, Medium
from octavo.rendition.filling import BOUNDS, HINT, GivenUpError, TemplateMistake, filling

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octavo.diagnostics import Report
    from octavo.model import Book, Contributor, Node, Section
    from octavo.rendition.filling import Bounds, Filling
    from octavo.rendition.templates import Templates

CODE = frozenset({"code", "kbd", "pre", "samp"})
OPENING = "opening"
COVER = "cover"
LINE = "octavo-line"
"""The attribute that carries an element's source line through a template."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the contents page, with the lines below it."""

    section: Section
    title: Markup
    label: str
    below: tuple[Listed, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What all pages of an edition are filled with: the book, its templates, and their words."""

    book: Book
    templates: Templates
    filling: Filling
    report: Report


@contextmanager
def setting_of(
    book: Book, templates: Templates, report: Report, bounds: Bounds = BOUNDS
) -> Iterator[Setting]:
    """Yield what the pages of a book are filled with, as long as they are being filled."""
    with filling(templates, _about(book), bounds) as fills:
        yield Setting(book, templates, fills, report)


def _about(book: Book) -> Mapping[str, object]:
    """Return what the templates know on every page."""
    own = words(book.metadata.language)
    return {
        "book": book.metadata,
        "edition": book.edition,
        "medium": book.edition.medium.value,
        "is_print": book.edition.medium is Medium.PDF,
        "authors": [c.name for c in book.metadata.contributors if c.role == "author"],
        "others": _others(book.metadata.contributors, own.roles),
        "words": own,
        "has_code": any(e.tag in CODE for s in book.sections for e in elements(s)),
        "contents": contents(book),
    }


def opening(section: Section, setting: Setting) -> tuple[Node, ...]:
    """Return the head of a section: label, title, subtitle, author, epigraph."""
    if section.generated and not ROLES[section.role].furniture:
        return ()
    return fill(OPENING, section, setting)


def fill(name: str, section: Section, setting: Setting) -> tuple[Node, ...]:
    """Return what a template makes of a section, as a tree whose lines are those of the section.

    A fault in a book's own template is reported with its line, and leaves a ``fault`` behind.
    """
    own = {
        "section": section,
        "heading_id": section.anchor or heading_id(section.id),
        "title": _markup(section.title),
        "epigraph": _markup(section.epigraph),
        "body": _markup(section.body),
    }
    try:
        return rewrite_all(parse(setting.filling.filled(name, own)), _with_its_line)
    except (TemplateMistake, MarkupError) as problem:
        _tell(name, problem, setting)
    except GivenUpError:
        pass  # it was told of what they were given up for
    fault = Element("fault", (("code", "template-error"),), (f"{name}.xhtml",))
    return (Element("p", (), (fault,)),)


def cover(setting: Setting) -> tuple[str, str]:
    """Return the XHTML and the CSS of the cover that is made of type; none beside a picture."""
    if setting.book.cover in setting.book.images:
        return "", ""
    sheet = setting.templates.texts[f"{COVER}.css"]
    try:
        text = setting.filling.filled(COVER, {})
        parse(text)
    except (TemplateMistake, MarkupError) as problem:
        _tell(COVER, problem, setting)
    except GivenUpError:
        pass  # as above
    else:
        return text, sheet
    return serialize(Element("h1", (), (setting.book.metadata.title,))), sheet


def _tell(name: str, problem: TemplateMistake | MarkupError, setting: Setting) -> None:
    file = f"{name}.xhtml"
    if isinstance(problem, MarkupError):
        # The result has lines of its own, which are not the template's.
        problem = TemplateMistake(f"its result is not well-formed XHTML: {problem}")
    setting.report(
        error(
            problem.code,
            f"the template “{file}” cannot be used: {problem.message}",
            setting.templates.location(file, problem.line),
            HINT,
        )
    )


def contents(book: Book) -> tuple[Listed, ...]:
    """Return the lines of the contents page: parts with their chapters below them."""
    named = [s for s in book.sections if ROLES[s.role].listed and (s.title or s.label)]
    ids = {section.id for section in named}
    below: dict[str, list[Section]] = {}
    for section in named:
        below.setdefault(section.part if section.part in ids else "", []).append(section)

    def line(section: Section) -> Listed:
        title = Markup(serialize(*titles.plain(section.title)))  # noqa: S704 - it is escaped
        return Listed(section, title, section.label, tuple(map(line, below.get(section.id, ()))))

    return tuple(map(line, below.get("", ())))


def _others(
    contributors: tuple[Contributor, ...], phrases: Mapping[str, str]
) -> list[tuple[str, str]]:
    return [
        (phrases.get(c.role, phrases["contributor"]), c.name)
        for c in contributors
        if c.role != "author"
    ]


# --- Trees through templates --------------------------------------------------------------------


def _markup(nodes: tuple[Node, ...]) -> Markup:
    marked = rewrite_all(nodes, _with_marked_line)
    return Markup(serialize(*marked))  # noqa: S704 - serialize escapes every text


def _with_marked_line(element: Element) -> Element:
    return with_attributes(element, octavo_line=str(element.line)) if element.line else element


def _with_its_line(element: Element) -> Element:
    """Return an element with its line in the manuscript, not that in the template's result."""
    line = element.get(LINE)
    plain = with_attributes(element, octavo_line=None) if line else element
    return replace(plain, line=int(line) if line.isdecimal() else 0)
