"""What the templates make: the opening of every section, and the generated pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from octavo.book.words import words
from octavo.diagnostics import error
from octavo.markup import MarkupError, parse, rewrite_all, serialize
from octavo.matter import ROLES
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Book, Contributor, Node, Section
    from octavo.rendition.templates import Templates

OPENING = "opening"
COVER = "cover"
SANDBOX = ImmutableSandboxedEnvironment(
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the contents page, with the lines below it."""

    section: Section
    title: Markup
    label: str
    below: tuple[Listed, ...] = ()


def opening(section: Section, book: Book, templates: Templates, report: Report) -> tuple[Node, ...]:
    """Return the head of a section: label, title, subtitle, author, epigraph."""
    if section.generated and not ROLES[section.role].furniture:
        return ()
    return fill(OPENING, section, book, templates, report)


def fill(
    name: str, section: Section, book: Book, templates: Templates, report: Report
) -> tuple[Node, ...]:
    """Return what a template makes of a section, as a tree.

    A fault in a book's own template is reported with its line, and leaves a ``fault`` behind.
    """
    text = _filled(name, _context(section, book), templates, report)
    try:
        return parse(text)
    except MarkupError as problem:
        why = f"its result is not well-formed XHTML: {problem.message}"
        report(_faulty(name, why, templates))
    return (Element("fault", (("code", "template-error"),), (name,)),)


def cover(book: Book, templates: Templates, report: Report) -> tuple[str, str]:
    """Return the XHTML and the CSS of the cover that is made of type."""
    return _filled(COVER, _about(book), templates, report), templates.texts[f"{COVER}.css"]


def _filled(name: str, context: dict[str, object], templates: Templates, report: Report) -> str:
    file = f"{name}.xhtml"
    line = 0
    try:
        return SANDBOX.from_string(templates.texts[file]).render(context).strip()
    except TemplateSyntaxError as problem:
        why, line = problem.message or "syntax error", problem.lineno
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as problem:
        why = str(problem)
    report(_faulty(name, why, templates, line))
    return f"<p>{file}</p>"


def _faulty(name: str, why: str, templates: Templates, line: int = 0) -> Diagnostic:
    file = f"{name}.xhtml"
    return error(
        "template-error",
        f"the template “{file}” cannot be used: {why}",
        templates.location(file, line),
        "compare it with the template of the same name that comes with Octavo",
    )


def _context(section: Section, book: Book) -> dict[str, object]:
    return _about(book) | {
        "section": section,
        "title": _markup(section.title),
        "epigraph": _markup(section.epigraph),
        "body": _markup(section.body),
        "contents": contents(book),
    }


def _about(book: Book) -> dict[str, object]:
    own = words(book.metadata.language)
    return {
        "book": book.metadata,
        "edition": book.edition,
        "medium": book.edition.medium.value,
        "is_print": book.edition.medium is Medium.PDF,
        "authors": [c.name for c in book.metadata.contributors if c.role == "author"],
        "others": _others(book.metadata.contributors, own.roles),
        "words": own,
    }


def contents(book: Book) -> tuple[Listed, ...]:
    """Return the lines of the contents page: parts with their chapters below them."""
    listed = [s for s in book.sections if ROLES[s.role].listed]

    def line(section: Section) -> Listed:
        below = tuple(line(s) for s in listed if s.part == section.id)
        return Listed(section, _markup(_plain(section.title)), section.label, below)

    return tuple(line(s) for s in listed if not s.part)


def _others(
    contributors: tuple[Contributor, ...], phrases: Mapping[str, str]
) -> list[tuple[str, str]]:
    return [
        (phrases.get(c.role, phrases["contributor"]), c.name)
        for c in contributors
        if c.role != "author"
    ]


def _plain(title: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a title for a list: without notes, links and ids."""

    def change(element: Element) -> Node | tuple[Node, ...]:
        if element.tag in {"note", "fault"}:
            return ()
        if element.tag == "a":
            return element.children
        kept = tuple(pair for pair in element.attributes if pair[0] in {"class", "lang"})
        return Element(element.tag, kept, element.children, element.line)

    return rewrite_all(title, change)


def _markup(nodes: tuple[Node, ...]) -> Markup:
    return Markup(serialize(*nodes))  # noqa: S704 - serialize escapes every text
