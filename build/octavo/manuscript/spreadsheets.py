"""Spreadsheets: a picture whose file is CSV is the table that the file holds (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.diagnostics import Location, error, warning
from octavo.manuscript.pictures import name_of
from octavo.manuscript.syntax import columns
from octavo.manuscript.syntax.attributes import merged
from octavo.manuscript.syntax.marks import REFUSED
from octavo.manuscript.syntax.vocabulary import is_sheet
from octavo.markup import rewrite_all
from octavo.model import Element, Node, Source

if TYPE_CHECKING:
    from octavo.diagnostics import Report

MOST_ROWS, MOST_CELLS = 5_000, 50_000
_SIGNS = (",", ";", "\t")
_NAMED = {"tab": "\t", "comma": ",", "semicolon": ";"}
_SPREADSHEET = "see how a spreadsheet program shows the file, and export it again as CSV in UTF-8"
_CAPTIONED = "give it a paragraph of its own: ![Caption](data.csv)"

Open = Callable[[str, Location], tuple[str, str] | None]
"""Return the text of a file and its name for locations, or None after telling why it has none."""


class _SheetError(Exception):
    """A file that is no table: what is wrong, and on which of its lines."""

    def __init__(self, message: str, line: int, hint: str = _SPREADSHEET) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.hint = hint


def with_tables(source: Source, language: str, open_: Open, report: Report) -> Source:
    """Return a source with the tables in the place of the pictures whose files are CSV."""
    desk = _Desk(source, language, open_, report)
    in_notes = (block for note in source.notes for block in note.content)
    if not any(map(desk.shows_sheets, (*source.body, *source.epigraph, *in_notes))):
        return source
    return replace(
        source,
        body=desk.blocks(source.body),
        epigraph=desk.blocks(source.epigraph),
        notes=tuple(replace(note, content=desk.blocks(note.content)) for note in source.notes),
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the tables of one source are made."""

    source: Source
    language: str
    open: Open
    report: Report

    def shows_sheets(self, element: Element) -> bool:
        """Tell whether an element is a picture whose file is CSV, or holds one."""
        inside = (node for node in element.children if isinstance(node, Element))
        return _is_sheet(element) or any(map(self.shows_sheets, inside))

    def blocks(self, blocks: tuple[Element, ...]) -> tuple[Element, ...]:
        """Return blocks with their tables."""
        return tuple(node for node in rewrite_all(blocks, self.set) if isinstance(node, Element))

    def set(self, element: Element) -> Node:
        """Return an element, or the table in its place."""
        match element:
            case Element(tag="figure", children=(Element() as picture, *caption)) if _is_sheet(
                picture
            ):
                return self.table(element, picture, tuple(caption))
            case Element(tag="p", children=(Element() as picture,)) if _is_sheet(picture):
                return self.table(element, picture, ())
        for node in element.children:
            if isinstance(node, Element) and _is_sheet(node):
                message = f"the table “{node.get('src')}” stands in the midst of a line"
                self.report(error("table-in-line", message, self.place(node), _CAPTIONED))
        if any(isinstance(node, Element) and _is_sheet(node) for node in element.children):
            children = (
                _fault(n) if isinstance(n, Element) and _is_sheet(n) else n
                for n in element.children
            )
            return replace(element, children=tuple(children))
        return element

    def place(self, element: Element) -> Location:
        """Return where the source has an element."""
        return Location(self.source.file, element.line)

    def table(self, around: Element, picture: Element, caption: tuple[Node, ...]) -> Element:
        """Return the table that a picture's file holds, or a fault."""
        name = name_of(self.source.name, picture.get("src"))
        opened = self.open(name, self.place(picture))
        if opened is None:
            return _fault(picture)
        text, file = opened
        try:
            rows = [*_rows(text, picture.get("delimiter"))]
        except _SheetError as problem:
            where = Location(file, problem.line)
            self.report(error("bad-csv", problem.message, where, problem.hint))
            return _fault(picture)
        self.check(picture)
        return self.arranged(around, picture, caption, rows)

    def check(self, picture: Element) -> None:
        """Tell of a description that nobody needs: a table is read itself."""
        if picture.get("alt"):
            message = "the attribute “alt” does nothing here: a table is read itself"
            self.report(warning("unknown-attribute", message, self.place(picture), "take it out"))

    def arranged(
        self, around: Element, picture: Element, caption: tuple[Node, ...], rows: list[list[str]]
    ) -> Element:
        """Return rows as a table with its caption, and what its attributes ask of its columns."""
        line = picture.line
        own = tuple(p for p in picture.attributes if p[0] not in {"src", "alt", "delimiter"})
        head = tuple(_of_table(node) for node in caption if isinstance(node, Element))
        aligned = [_alignment(column) for column in zip(*rows[1:], strict=True)]
        parts = tuple(
            _part(tag, cell, some, aligned, line)
            for tag, cell, some in (("thead", "th", rows[:1]), ("tbody", "td", rows[1:]))
            if some
        )
        table = Element("table", merged(around.attributes, own), (*head, *parts), line)

        def tell(message: str, hint: str) -> None:
            self.report(warning("bad-columns", message, self.place(picture), hint))

        return columns.arranged(table, self.language, tell)


def _of_table(node: Element) -> Element:
    return replace(node, tag="caption") if node.tag == "figcaption" else node


def _is_sheet(element: Element) -> bool:
    return element.tag == "img" and is_sheet(element.get("src"))


def _fault(picture: Element) -> Element:
    return Element("fault", (("code", "bad-csv"),), (picture.get("src"),), picture.line)


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the rows of a file; empty lines are none.

    Raises:
        _SheetError: the file is no table, or too large a one.
    """
    if found := REFUSED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise _SheetError(f"this line holds the character U+{ord(found.group()):04X}", line)
    sign = _NAMED.get(delimiter, delimiter) or _delimiter(text)
    if len(sign) != 1 or sign in '\n"':
        raise _SheetError(f"“{delimiter}” does not part cells", 1, "write delimiter=;")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    width = cells = count = 0
    try:
        for row in reader:
            if not any(cell.strip() for cell in row) and len(row) < max(2, width):
                continue
            width = width or len(row)
            count, cells = count + 1, cells + len(row)
            if len(row) != width:
                message = f"this row has {len(row)} cells, and the first row has {width}"
                raise _SheetError(message, reader.line_num)
            if count > MOST_ROWS or cells > MOST_CELLS:
                message = f"the file has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells"
                raise _SheetError(message, reader.line_num, "show a part of it, or divide it")
            yield [cell.strip() for cell in row]
    except csv.Error as problem:
        message = f"this line cannot be read as CSV: {problem}"
        raise _SheetError(message, max(1, reader.line_num)) from problem
    if not count:
        raise _SheetError("the file holds no table", 1)


def _delimiter(text: str) -> str:
    """Return the sign that stands most often in the first line, outside quotes; else the comma."""
    outside = text.lstrip("\n").partition("\n")[0].split('"')[::2]
    return max(_SIGNS, key=lambda sign: sum(piece.count(sign) for piece in outside))


def _alignment(column: tuple[str, ...]) -> str:
    """Return ``right`` for a column of numbers."""
    said = [cell for cell in column if cell]
    return "right" if said and all(map(columns.is_number, said)) else "none"


def _part(tag: str, cell: str, rows: list[list[str]], aligned: list[str], line: int) -> Element:
    made = (_row(cell, row, aligned or ["none"] * len(row), line) for row in rows)
    return Element(tag, (), tuple(made), line)


def _row(cell: str, row: list[str], aligned: list[str], line: int) -> Element:
    cells = []
    for text, align in zip(row, aligned, strict=True):
        name = cell if text else "td"
        own = columns.cell_attributes(name, align)
        cells.append(Element(name, own, (text,) if text else (), line))
    return Element("tr", (), tuple(cells), line)
