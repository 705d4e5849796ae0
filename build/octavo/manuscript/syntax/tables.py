"""Pipe tables, and their captions."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import attributes
from octavo.manuscript.syntax.ledger import Block, Line, joined, onwards
from octavo.manuscript.syntax.marks import line_of, marked, unmarked

if TYPE_CHECKING:
    from octavo.manuscript.syntax.flow import Flow

ROW = re.compile(r" {0,3}\S.*")
_SEPARATOR = re.compile(r" {0,3}\|? *:?-+:? *(?:[|+] *:?-+:? *)*\|? *$")
_PIPE = re.compile(
    r"\\.|(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)|\$(?=[^\s$])(?:[^\\$]|\\.)*(?<=\S)\$(?![\d$])|(\|)"
)
_CAPTION = re.compile(r" {0,3}(?:Table:|:)(?: +|$)")
_ALIGN = {(True, False): "left", (False, True): "right", (True, True): "center"}


def table(flow: Flow, at: int) -> int:
    """Read a table: a row, a line that aligns its columns, more rows, and a caption."""
    lines = flow.lines
    if at + 1 >= len(lines) or "|" not in lines[at].text + lines[at + 1].text:
        return at
    columns = _columns(lines[at + 1].text)
    head = _cells(lines[at].text)
    above = flow.paragraph and _CAPTION.match(flow.paragraph[0].text)
    if not columns or len(head) != len(columns) or (flow.paragraph and not above):
        return at
    body = list(takewhile(lambda line: "|" in line.text, onwards(lines, at + 2)))
    end = at + 2 + len(body)
    caption = _caption_above(flow)
    if caption is None:
        caption, end = _caption_below(lines, end)
    parts = [_part("thead", "th", lines[at : at + 1], columns)]
    if body:
        parts.append(_part("tbody", "td", body, columns))
    text, pairs = caption or ("", ())
    if caption:
        parts.insert(0, Block("caption", line_of(text), text=text))
    flow.add(Block("table", lines[at].number, pairs, tuple(parts)))
    return end


def _columns(text: str) -> list[str]:
    """Return the alignment of each column, or nothing if the line is no table's second."""
    if not _SEPARATOR.match(text):
        return []
    cells = text.strip().strip("|").replace("+", "|").split("|")
    return [
        _ALIGN.get((cell.strip().startswith(":"), cell.strip().endswith(":")), "none")
        for cell in cells
    ]


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
    return Block(tag, line, _attributes(tag, align), text=marked(line, text))


def _attributes(tag: str, align: str) -> attributes.Pairs:
    scope = (("scope", "col"),) if tag == "th" else ()
    return (*((("class", f"align-{align}"),) if align != "none" else ()), *scope)


def _caption_above(flow: Flow) -> tuple[str, attributes.Pairs] | None:
    """Take the caption that stands above a table."""
    if flow.paragraph:
        text = joined(flow.paragraph)
        flow.paragraph.clear()
        return _caption(text)
    last = flow.blocks[-1] if flow.blocks else None
    if isinstance(last, Block) and last.tag == "p" and _CAPTION.match(unmarked(last.text)):
        flow.blocks.pop()
        return _caption(last.text)
    return None


def _caption_below(
    lines: Sequence[Line], end: int
) -> tuple[tuple[str, attributes.Pairs] | None, int]:
    """Return the caption that stands below a table, and the line after it."""
    start = end + 1 if end < len(lines) and lines[end].blank else end
    if start >= len(lines) or not _CAPTION.match(lines[start].text):
        return None, end
    stop = start
    while stop < len(lines) and not lines[stop].blank:
        stop += 1
    return _caption(joined(lines[start:stop])), stop


def _caption(text: str) -> tuple[str, attributes.Pairs]:
    # The mark of the first line stands before the word that makes it a caption.
    cut = text.index(":") + 1
    return attributes.trailing(text[:2] + text[cut:].lstrip(" "))
