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

    from octavo.diagnostics import Report
    from octavo.model import Node

YAML = (".yaml", ".yml")
"""How the names of files end that hold a term and its definition as key and value."""
EXAMPLE = "attachment: A lasting bond between two people."
LIST = "dl"


def from_yaml(name: str, text: str, file: str, house: syntax.House, report: Report) -> Source:
    """Return a file of terms and their definitions, each of which is Markdown."""
    found = read_text(text, file, report, EXAMPLE)
    pieces: list[Node] = []
    for term, meaning in (found.value if found else {}).items():
        line = found.line((term,)) if found else 0
        if not isinstance(meaning, str):
            place = Location(file, line)
            message = f"the definition of “{term}” is missing, or is no text"
            report(error("bad-definition", message, place, f"write: {EXAMPLE}"))
            continue
        named = syntax.parse(term, line, file, house, report).body
        pieces += (Element("dt", (), block.children, line) for block in named)
        means = syntax.parse(meaning.strip(), line, file, house, report).body
        pieces.append(Element("dd", (), _tight(means), line))
    body = (Element(LIST, (), tuple(pieces), 1),) if pieces else ()
    return Source(name, file, Header(), body)


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
