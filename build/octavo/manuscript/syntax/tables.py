"""Pipe tables, and their captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import captions
from octavo.manuscript.syntax.columns import cell_attributes
from octavo.manuscript.syntax.ledger import Block, Line, onwards
from octavo.manuscript.syntax.marks import line_of, marked

if TYPE_CHECKING:
    from octavo.manuscript.syntax.captions import Caption
    from octavo.manuscript.syntax.flow import Flow

"""The words of a caption, and the attributes of its table."""
ROW = re.compile(r" {0,3}\S.*")
_SEPARATOR = re.compile(r" {0,3}\|? *:?-+:? *(?:[|+] *:?-+:? *)*\|? *$")
_PIPE = re.compile(
    r"\\.|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\$(?=[^\s$])(?:[^\\$]|\\.)*(?<=\S)\$(?![\d$])|(\|)"
)
CAPTION = re.compile(r" {0,3}(?:Table:|:)(?: +|$)")
LONG = 72
"""Characters of a line from which a table takes the whole measure, as Pandoc has it."""
_ALIGN = {(True, False): "left", (False, True): "right", (True, True): "center"}


def table(flow: Flow, at: int) -> int:
    """Read a table: a row, a line that aligns its columns, more rows, and a caption."""
    lines = flow.lines
    if at + 1 >= len(lines) or "|" not in lines[at].text + lines[at + 1].text:
        return at
    columns = _columns(lines[at + 1].text)
    head = _cells(lines[at].text)
    if not columns or len(head) != len(columns) or in_paragraph(flow):
        return at
    body = list(takewhile(lambda line: "|" in line.text, onwards(lines, at + 2)))
    end = at + 2 + len(body)
    caption = captions.above(flow, CAPTION)
    if caption is None:
        caption, end = captions.below(lines, end, CAPTION)
    parts = [_part("thead", "th", lines[at : at + 1], columns)]
    dashes = [len(cell) for cell in _dashes(lines[at + 1].text)]
    longest = max(len(line.text) for line in lines[at : at + 2 + len(body)])
    if len({*dashes}) > 1 and longest > LONG:
        parts.insert(0, widths(dashes, lines[at].number))
    if body:
        parts.append(_part("tbody", "td", body, columns))
    flow.add(whole(lines[at].number, caption, parts))
    return end


def whole(line: int, caption: Caption | None, parts: Sequence[Block]) -> Block:
    """Return a table of its parts and its caption."""
    text, pairs = caption or ("", ())
    head = (Block("caption", line_of(text), text=text),) if caption else ()
    return Block("table", line, pairs, (*head, *parts))


def _columns(text: str) -> list[str]:
    """Return the alignment of each column, or nothing if the line is no table's second."""
    if not _SEPARATOR.match(text):
        return []
    return [alignment(cell) for cell in _dashes(text)]


def _dashes(text: str) -> list[str]:
    cells = text.strip().strip("|").replace("+", "|").split("|")
    return [cell.strip() for cell in cells]


def alignment(dashes: str) -> str:
    """Return how a column is aligned whose dashes have colons at their ends."""
    return _ALIGN.get((dashes.startswith(":"), dashes.endswith(":")), "none")


def widths(shares: Sequence[int], line: int) -> Block:
    """Return columns that share the measure."""
    whole = sum(shares)
    styles = (f"width: {100 * share / whole:.4g}%" for share in shares)
    columns = (Block("col", line, (("style", style),)) for style in styles)
    return Block("colgroup", line, children=tuple(columns))


def _cells(text: str) -> list[str]:
    """Split a row at its pipes; a pipe in code, in a formula or behind a backslash is no border."""
    text = text.strip()
    cuts = [found.start() for found in _PIPE.finditer(text) if found[2]]
    edges = [-1, *cuts, len(text)]
    cells = [text[left + 1 : right].strip() for left, right in pairwise(edges)]
    if cuts and cuts[0] == 0:
        cells = cells[1:]
    return cells[:-1] if cuts and cuts[-1] == len(text) - 1 and len(cells) > 1 else cells


def _part(tag: str, cell: str, lines: Sequence[Line], columns: list[str]) -> Block:
    rows = tuple(_row(cell, line, columns) for line in lines)
    return Block(tag, lines[0].number, children=rows)


def _row(tag: str, line: Line, columns: list[str]) -> Block:
    """Return a row with a cell for every column, and for every cell that is one too many.

    A cell that says nothing heads nothing, so it is a ``td`` in the head too.
    """
    cells = _cells(line.text)
    cells += [""] * (len(columns) - len(cells))
    aligned = [*columns, *["none"] * (len(cells) - len(columns))]
    return Block(
        "tr",
        line.number,
        children=tuple(
            _cell(tag if cell else "td", line.number, align, cell)
            for cell, align in zip(cells, aligned, strict=True)
        ),
    )


def _cell(tag: str, line: int, align: str, text: str) -> Block:
    return Block(tag, line, cell_attributes(tag, align), text=marked(line, text))


def in_paragraph(flow: Flow) -> bool:
    """Tell whether a line carries on a paragraph that is no caption."""
    return bool(flow.paragraph) and not CAPTION.match(flow.paragraph[0].text)
