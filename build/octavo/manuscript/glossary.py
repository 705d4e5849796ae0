"""The terms of a glossary that stand in a file of their own: YAML, or definition lists in Markdown.

Both become a definition list, the one form in which a book knows them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.diagnostics import Location, error
from octavo.manuscript import syntax
from octavo.model import Element, Header, Source
from octavo.project.yamltext import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Abbreviation, Node

YAML = (".yaml", ".yml")
"""How the names of files end that hold a term and its definition as key and value."""
EXAMPLE = "attachment: A lasting bond between two people."
LIST = "dl"


def from_yaml(name: str, text: str, file: str, house: syntax.House, report: Report) -> Source:
    """Return a file of terms and their definitions, each of which is Markdown."""
    found = read_text(text, file, report, EXAMPLE)
    pieces: list[Node] = []
    abbreviations: list[Abbreviation] = []
    for term, meaning in (found.value if found else {}).items():
        line = found.line((term,)) if found else 0
        written = meaning.strip() if isinstance(meaning, str) else ""
        named, means = (syntax.parse(each, line, file, house, report) for each in (term, written))
        abbreviations += (*named.abbreviations, *means.abbreviations)
        if not means.body:
            report(_without_meaning(term, Location(file, line)))
        elif not _is_term(named.body):
            report(_no_term(term, Location(file, line)))
        else:
            pieces += (Element("dt", (), block.children, line) for block in named.body)
            pieces.append(Element("dd", (), _tight(means.body), line))
    body = (Element(LIST, (), tuple(pieces), 1),) if pieces else ()
    return Source(name, file, Header(), body, abbreviations=tuple(abbreviations))


def _is_term(blocks: tuple[Element, ...]) -> bool:
    """Tell whether blocks are words on one line, as a term is in a definition list."""
    return len(blocks) == 1 and blocks[0].tag == "p" and bool(blocks[0].children)


def _without_meaning(term: str, place: Location) -> Diagnostic:
    message = f"the definition of “{term}” is missing, or is no text"
    return error("bad-definition", message, place, f"write: {EXAMPLE}")


def _no_term(term: str, place: Location) -> Diagnostic:
    message = f"“{term}” is not read as the words of a term, but as something else"
    hint = r"write a backslash before the sign that begins it: '\- delta': its definition"
    return error("bad-definition", message, place, hint)


def check_lists(source: Source, report: Report) -> None:
    """Tell of what stands in a Markdown file of terms and is no definition list."""
    for block in _strays(source):
        message = "only terms and their definitions stand in the file of a glossary"
        hint = "write a term, and its definition below it behind “: ”"
        place = Location(source.file, block.line)
        report(error("bad-definition", message, place, hint))


def _strays(source: Source) -> Iterator[Element]:
    return (block for block in source.body if block.tag not in {LIST, "fault"})


def _tight(blocks: tuple[Element, ...]) -> tuple[Node, ...]:
    """Return what one paragraph holds without the paragraph, as a short definition in Markdown."""
    match blocks:
        case (Element(tag="p", attributes=()) as only,):
            return only.children
    return blocks
