"""Lists and definition lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from octavo.manuscript.syntax.flow import Flow, begins_block
from octavo.manuscript.syntax.ledger import Block, Line, onwards, trimmed
from octavo.manuscript.syntax.marks import line_of, marked

ITEM = re.compile(r"( {0,3})([-+*]|(?:\d{1,9}|#)[.)])(?:( +)(?=\S)| *$)")
DEFINITION = re.compile(r" {0,3}[:~] +\S")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,})")
_CODE_INDENT = 4
_HIGHEST_START = 30
"""The last day of a month but one: numbers above it seldom begin a list."""
_LEAST_INDENT = 2
"""Spaces that put a line into the item above it, whatever the width of the item's bullet."""


def bullets(flow: Flow, at: int) -> int:
    """Read a list: its items, and everything indented below them."""
    first = ITEM.match(flow.lines[at].text)
    if first is None or (flow.paragraph and not (flow.in_item and _is_first(first[2]))):
        return at
    ordered = first[2] not in "-+*"
    items: list[_Item] = []
    end = at
    while end < len(flow.lines):
        found = ITEM.match(flow.lines[end].text)
        if (
            found is None
            or (found[2] not in "-+*") is not ordered
            or _RULE.fullmatch(flow.lines[end].text)
        ):
            break
        items.append(_item(flow.lines, end, found))
        end = items[-1].end
    _check_numbers(items, flow)
    flow.add(_list(flow, at, first[2][:-1] if ordered else "", items))
    # Blank lines behind the last item belong to what follows.
    return at + sum(len(item.lines) for item in items) + sum(item.gap for item in items[:-1])


def _is_first(bullet: str) -> bool:
    """Tell whether a bullet may begin a list right below a line of text: a year may not."""
    return bullet in "-+*" or bullet[:-1] in {"1", "#"}


def _check_numbers(items: Sequence[_Item], flow: Flow) -> None:
    """Tell of numbers that no list begins with: years that begin a sentence, each on its own."""
    written = [item.bullet[:-1] for item in items]
    numbers = [int(number) for number in written if number.isdecimal()]
    if not numbers or numbers[0] <= _HIGHEST_START:
        return
    if len(numbers) == 1 or numbers != [*range(numbers[0], numbers[0] + len(numbers))]:
        message = f"“{items[0].bullet}” at the start of a line begins a list"
        bullet = f"{written[0]}\\{items[0].bullet[-1]}"
        hint = f"did you mean the year or the number {written[0]}? write {bullet}"
        flow.ledger.warning("year-as-list", message, items[0].lines[0].number, hint)


@dataclass(frozen=True, slots=True)
class _Item:
    bullet: str
    lines: Sequence[Line]
    gap: int
    """The number of blank lines below it."""
    end: int


def _list(flow: Flow, at: int, start: str, items: Sequence[_Item]) -> Block:
    inner = [flow.inner(item.lines, in_item=True) for item in items]
    gaps = any(item.gap for item in items[:-1])
    tight = not gaps and not any(each.spaced for each in inner)
    children = tuple(
        Block("li", item.lines[0].number, children=tuple(each.blocks), tight=tight)
        for item, each in zip(items, inner, strict=True)
    )
    attribute = (("start", str(int(start))),) if start not in {"", "1", "#"} else ()
    line = flow.lines[at].number
    return Block("ol" if start else "ul", line, attribute, children)


def _item(lines: Sequence[Line], at: int, marker: re.Match[str]) -> _Item:
    """Gather an item's lines, freed of its bullet and of their indentation."""
    left = len(marker[1])
    column = left + len(marker[2]) + min(len(marker[3] or " "), _CODE_INDENT)
    inside, end = indented(lines, at, column, left, ITEM)
    first = Line(lines[at].number, lines[at].text[marker.end() :])
    kept = trimmed([first, *inside])
    return _Item(marker[2], kept, end - at - len(kept), end)


def indented(
    lines: Sequence[Line], at: int, column: int, left: int, sibling: re.Pattern[str]
) -> tuple[list[Line], int]:
    """Return the lines below ``at`` that belong to an item, a definition or a note, and their end.

    ``column`` is where the first line's text begins, ``left`` where its bullet does.
    """
    inside: list[Line] = []
    depth, gap, fence = 0, False, _fence("", lines[at].text[column:])
    end = at + 1
    for line in onwards(lines, at + 1):
        indent = line.indent
        if line.blank:
            gap = True
            inside.append(Line(line.number, ""))
        elif indent >= left + _LEAST_INDENT:
            depth = depth or _depth(indent, column, left)
            inside.append(Line(line.number, line.text[min(indent, depth) :]))
            gap = False
        elif gap or fence or begins_block(line) or sibling.match(line.text):
            break
        else:
            inside.append(line)
        fence = _fence(fence, inside[-1].text)
        end += 1
    return inside, end


def _fence(open_fence: str, text: str) -> str:
    """Return the code fence that is open after a line."""
    found = _FENCE.match(text)
    if found is None:
        return open_fence
    if not open_fence:
        return found[1]
    closes = found[1].startswith(open_fence) and not text[found.end() :].strip()
    return "" if closes else open_fence


def _depth(indent: int, column: int, left: int) -> int:
    """Return how far an item's lines are indented, told from the first of them."""
    if indent <= max(column, left + _CODE_INDENT):
        return indent
    # Two old tab stops mean code in the item; anything less is measured from its text.
    return left + _CODE_INDENT if indent >= left + 2 * _CODE_INDENT else column


def definitions(flow: Flow, at: int) -> int:
    """Read one definition; its terms stand in the paragraph above it."""
    loose = flow.gap and not flow.paragraph
    terms = _terms(flow)
    last = flow.blocks[-1] if flow.blocks else None
    known = last if isinstance(last, Block) and last.tag == "dl" else None
    if not terms and known is None:
        return at
    text = flow.lines[at].text
    column = len(text) - len(text.lstrip(" :~"))
    inside, _ = indented(flow.lines, at, column, 0, DEFINITION)
    lines = trimmed([Line(flow.lines[at].number, text[column:]), *inside])
    inner = flow.inner(lines, in_item=True)
    tight = not (loose or inner.spaced)
    definition = Block("dd", lines[0].number, children=tuple(inner.blocks), tight=tight)
    new = (*(Block("dt", line_of(term), text=term) for term in terms), definition)
    if known is not None:
        flow.blocks[-1] = replace(known, children=(*known.children, *new))
        flow.gap = False
    else:
        flow.add(Block("dl", new[0].line, children=new))
    return at + len(lines)


def _terms(flow: Flow) -> list[str]:
    """Take the terms of a definition off the paragraph above it."""
    last = flow.blocks[-1] if flow.blocks else None
    if flow.paragraph:
        terms = [marked(line.number, line.text.strip()) for line in flow.paragraph]
        flow.paragraph.clear()
        return terms
    if flow.gap and isinstance(last, Block) and last.tag == "p" and not last.attributes:
        flow.blocks.pop()
        return last.text.split("\n")
    return []
