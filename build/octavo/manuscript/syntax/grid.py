"""Grid tables: cells with borders drawn around them, which may hold blocks and span others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from octavo.manuscript.syntax import captions, tables
from octavo.manuscript.syntax.columns import cell_attributes
from octavo.manuscript.syntax.ledger import Block, Line, onwards, source_of

if TYPE_CHECKING:
    from octavo.manuscript.syntax.flow import Flow

BORDER = re.compile(r" {0,3}\+[-=:+]+\+ *$")
_INSIDE = re.compile(r" {0,3}[+|]")
_MOST_STEPS = 500_000
"""Borders that are followed from corner to corner; a large table needs thousands."""
_REST = "\0"
"""The second place of a broad sign; no text holds it."""
_HINT = "every border begins and ends with +, and the | of a column stand below each other"


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell of the drawing: the lines and columns of its borders."""

    top: int
    left: int
    bottom: int
    right: int


def table(flow: Flow, at: int) -> int:
    """Read a grid table and its caption."""
    lines = [*takewhile(lambda line: _INSIDE.match(line.text), onwards(flow.lines, at))]
    if len(lines) < 3 or tables.in_paragraph(flow):
        return at
    found = _read(lines)
    if found is None:
        message = "the borders of this table do not meet"
        source = source_of(lines)
        fault = flow.ledger.fault("bad-grid", message, lines[0].number, source, _HINT)
        flow.add(fault)
        return at + len(lines)
    drawing, cells = found
    caption, end = captions.above(flow, tables.CAPTION), at + len(lines)
    if caption is None:
        caption, end = captions.below(flow.lines, end, tables.CAPTION)
    flow.add(tables.whole(lines[0].number, caption, [*_parts(cells, drawing, lines, flow)]))
    return end


def _read(lines: Sequence[Line]) -> tuple[list[str], list[_Cell]] | None:
    """Return a drawing and its cells, if its borders meet: as it looks, or sign by sign."""
    for signs in (_broad, str):
        drawing = _drawn(lines, signs)
        if cells := _cells(drawing):
            return drawing, cells
    return None


def _broad(text: str) -> str:
    """Return a text in which a sign that editors show as broad as two has two places."""
    return "".join(
        f"{sign}{_REST}" if east_asian_width(sign) in {"W", "F"} else sign for sign in text
    )


def _drawn(lines: Sequence[Line], signs: Callable[[str], str]) -> list[str]:
    """Return the lines of a drawing from its left border on, all of one length."""
    indent = lines[0].indent
    rows = [signs(line.text[indent:].rstrip()) for line in lines]
    width = max(map(len, rows))
    return [row.ljust(width) for row in rows]


def _cells(drawing: Sequence[str]) -> list[_Cell] | None:
    """Return the cells of a drawing, or None if its borders leave anything out."""
    corners, found = [(0, 0)], dict[tuple[int, int], _Cell]()
    last, width = len(drawing) - 1, len(drawing[0]) - 1
    steps = iter(range(_MOST_STEPS))
    while corners:
        top, left = corners.pop()
        if (top, left) in found or top == last or left == width:
            continue
        cell = next(_around(drawing, top, left, steps), None)
        if cell is None:
            continue  # the border of a cell that spans others
        found[top, left] = cell
        corners += ((cell.bottom, left), (top, cell.right))
    cells = sorted(found.values(), key=lambda cell: (cell.top, cell.left))
    area = sum((each.bottom - each.top) * (each.right - each.left) for each in cells)
    return cells if area == last * width else None


def _around(drawing: Sequence[str], top: int, left: int, steps: Iterator[int]) -> Iterator[_Cell]:
    """Yield the cells whose borders begin at a corner, the smallest first, while steps are left."""
    for right in range(left + 1, len(drawing[0])):
        sign = drawing[top][right]
        if sign == "+":
            for bottom, _ in zip(range(top + 1, len(drawing)), steps, strict=False):
                if drawing[bottom][right] not in "|+" or drawing[bottom][left] not in "|+":
                    break
                ends = drawing[bottom][left] + drawing[bottom][right]
                if ends == "++" and not drawing[bottom][left:right].strip("+-=:"):
                    if bottom == top + 1:
                        return  # two borders with no line of text between them
                    yield _Cell(top, left, bottom, right)
        elif sign not in "-=:":
            return


def _parts(
    cells: Sequence[_Cell], drawing: Sequence[str], lines: Sequence[Line], flow: Flow
) -> Iterator[Block]:
    """Yield the columns, the head, the body and the foot."""
    edges = sorted({edge for cell in cells for edge in (cell.left, cell.right)})
    tops = sorted({edge for cell in cells for edge in (cell.top, cell.bottom)})
    if edges[-1] + 1 > tables.LONG:
        shares = [right - left for left, right in pairwise(edges)]
        yield tables.widths(shares, lines[0].number)
    doubled = [top for top in tops if _is_doubled(drawing[top])]
    head = next((top for top in doubled if 0 < top < tops[-1]), 0)
    ends = doubled[-1:] == [tops[-1]]
    foot = max((top for top in doubled[:-1] if top > head), default=tops[-1]) if ends else tops[-1]
    sheet = _Sheet(edges, tops, _alignments(edges, drawing[head]), lines, drawing, flow)
    for name, first, last in (("thead", 0, head), ("tbody", head, foot), ("tfoot", foot, tops[-1])):
        rows = [top for top in tops if first <= top < last]
        inside = [sheet.row("th" if name == "thead" else "td", top, cells) for top in rows]
        if inside:
            yield Block(name, inside[0].line, children=tuple(inside))


def _is_doubled(border: str) -> bool:
    return border.startswith(("+=", "+:=")) and not border.strip("+=: ")


def _alignments(edges: Sequence[int], border: str) -> list[str]:
    """Return the alignment of each column, which the border below the head says."""
    pieces = pairwise(edges)
    return [tables.alignment(border[left + 1 : right]) for left, right in pieces]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A drawing while its cells are read."""

    edges: list[int]
    tops: list[int]
    aligned: list[str]
    lines: Sequence[Line]
    drawing: Sequence[str]
    flow: Flow

    def row(self, tag: str, top: int, cells: Sequence[_Cell]) -> Block:
        """Return the row of the cells that begin at a border."""
        inside = (self.cell(tag, cell) for cell in cells if cell.top == top)
        return Block("tr", self.lines[top + 1].number, children=tuple(inside))

    def cell(self, tag: str, cell: _Cell) -> Block:
        """Return a cell: one paragraph gives its text, and cells that span others say so."""
        inside = slice(cell.left + 1, cell.right)
        lines = [
            Line(self.lines[n].number, self.drawing[n][inside].replace(_REST, "").rstrip())
            for n in range(cell.top + 1, cell.bottom)
        ]
        indent = min((line.indent for line in lines if not line.blank), default=0)
        lines = [replace(line, text=line.text[indent:]) for line in lines]
        blocks = tuple(self.flow.inner(lines).blocks)
        column = self.edges.index(cell.left)
        across = self.edges.index(cell.right) - column
        down = self.tops.index(cell.bottom) - self.tops.index(cell.top)
        own = (*_span("colspan", across), *_span("rowspan", down))
        name = tag if blocks else "td"
        pairs = (*cell_attributes(name, self.aligned[column]), *own)
        if name == "th" and across > 1:
            pairs = tuple((key, "colgroup" if key == "scope" else value) for key, value in pairs)
        match blocks:
            case (Block(tag="p", attributes=()) as only,):
                return replace(only, tag=name, attributes=pairs)
        return Block(name, lines[0].number, pairs, blocks)


def _span(name: str, count: int) -> tuple[tuple[str, str], ...]:
    return ((name, str(count)),) if count > 1 else ()
