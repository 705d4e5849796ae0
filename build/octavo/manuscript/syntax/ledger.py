"""What one parse knows: its file, what it defines, and whom it tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octavo.diagnostics import Location, error, warning
from octavo.manuscript.syntax.marks import marked
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octavo.diagnostics import Report
    from octavo.manuscript.syntax.attributes import Pairs


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file, or what is left of it inside a container."""

    number: int
    text: str

    @property
    def blank(self) -> bool:
        """Tell whether the line holds nothing but spaces."""
        return not self.text or self.text.isspace()

    @property
    def indent(self) -> int:
        """The number of spaces before the text."""
        return len(self.text) - len(self.text.lstrip(" "))


@dataclass(frozen=True, slots=True)
class Block:
    """A block of the text before its inline markup is read."""

    tag: str
    line: int
    attributes: Pairs = ()
    children: tuple[Block | Element, ...] = ()
    text: str = ""
    """Inline Markdown, with marks."""
    tight: bool = False
    """A list item or definition whose paragraphs are not set apart."""


@dataclass(frozen=True, slots=True)
class Link:
    """The definition of a reference link."""

    target: str
    title: str
    attributes: Pairs
    line: int


@dataclass(frozen=True, slots=True)
class Body:
    """The definition of a note."""

    blocks: tuple[Block | Element, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Where a parse writes down what the whole file needs to know."""

    file: str
    report: Report
    cites: bool = True
    """Whether the book has references, without which ``@word`` is a name like any other."""
    language: str = "en"
    links: dict[str, Link] = field(default_factory=dict)
    notes: dict[str, Body] = field(default_factory=dict)
    abbreviations: list[tuple[str, Body]] = field(default_factory=list)
    """What abbreviations stand for, in the order of the file."""
    used: set[str] = field(default_factory=set)
    """Labels of links that the text uses."""
    colonless: dict[str, int] = field(default_factory=dict)
    """Lines that begin with a note's label as its text would, by that label."""
    wrong: set[int] = field(default_factory=set)
    """Lines of which an error has been told."""
    aside: list[tuple[int, str]] = field(default_factory=list)
    """Texts that the tree has no place for, and the lines on which they stand."""

    def error(self, code: str, message: str, line: int, hint: str = "") -> None:
        """Tell of an author's mistake."""
        self.wrong.add(line)
        self.report(error(code, message, Location(self.file, line), hint))

    def warning(self, code: str, message: str, line: int, hint: str = "") -> None:
        """Tell of what an author should look at."""
        self.report(warning(code, message, Location(self.file, line), hint))

    def put_aside(self, line: int, *texts: str) -> None:
        """Take note of texts that will not be in the tree, so that no one looks for them there."""
        self.aside.extend((line, text) for text in texts)

    def fault(self, code: str, message: str, line: int, source: str, hint: str = "") -> Element:
        """Tell of a mistake, and return what a draft shows in its place."""
        self.error(code, message, line, hint)
        return Element("fault", (("code", code),), (source,) if source else (), line)


def joined(lines: Sequence[Line]) -> str:
    """Return a paragraph's lines as inline Markdown, each with its mark."""
    return "\n".join(marked(line.number, line.text.lstrip()) for line in lines).rstrip()


def source_of(lines: Sequence[Line]) -> str:
    """Return lines as they were written."""
    return "\n".join(line.text for line in lines)


def onwards(lines: Sequence[Line], at: int) -> Iterator[Line]:
    """Yield the lines from one on; most readers stop soon, and a slice would copy them all."""
    return (lines[number] for number in range(at, len(lines)))


def trimmed(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines without the blank ones at their end; the first stays."""
    end = len(lines)
    while end > 1 and lines[end - 1].blank:
        end -= 1
    return lines[:end]


def normal(label: str) -> str:
    """Return a link's or note's label as labels are compared."""
    return " ".join(label.split()).casefold()
