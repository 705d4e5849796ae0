"""Columns of a table: cells that head their rows, and numbers aligned on their decimal signs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.markup import text_of, with_attributes
from octavo.model import Element, Node

if TYPE_CHECKING:
    from octavo.manuscript.syntax.attributes import Pairs
    from octavo.manuscript.syntax.branch import Branch
    from octavo.manuscript.syntax.tree import Freezer

DECIMAL = "decimal"
"""The attribute that names the columns of numbers: ``2,3``; and that of their cells."""
ROW_HEADS = "row-heads"
_POINT = frozenset("ar en he hi ja ko th zh".split())
"""Languages that write a point before the tenths; the others write a comma."""
_NUMBER = re.compile(r"[^\w]{0,3}(?:\d[\d\s.,'’]*)?\d")
"""A number behind its signs: minus, plus, currency."""
_BEHIND = re.compile(r"\s?[^\d\s]{0,8}")
"""A sign or a unit behind a number."""
_ROWS = frozenset({"thead", "tbody", "tfoot"})

_MOST = 1000
"""Rows or columns that a cell may span, as HTML has it."""

Tell = Callable[[str, str], None]
"""Told what is wrong with a table, and what to do."""
_HINT = f"number the columns from 1, with commas between them: {DECIMAL}=2,3"


def table(walk: Freezer, node: Branch) -> Sequence[Node]:
    """Return a table with what its attributes ask of its columns."""

    def tell(message: str, hint: str) -> None:
        walk.ledger.warning("bad-columns", message, line, hint)

    line = walk.start(node)
    made = walk.element(node)
    language = walk.ledger.language
    return [arranged(e, language, tell) if isinstance(e, Element) else e for e in made]


def arranged(table: Element, language: str, tell: Tell) -> Element:
    """Return a table whose cells say what its own attributes ask of its columns."""
    if ROW_HEADS in table.classes:
        table = _each_row(table, {"tbody"}, _headed)
    asked = table.get(DECIMAL)
    if not asked or table.tag != "table":
        return table
    wanted = {int(number) - 1 for number in asked.replace(",", " ").split() if number.isdecimal()}
    placed = [*_placed(table)]
    count = max((column + 1 for column, _, _ in placed), default=0)
    if not wanted or not all(n.isdecimal() for n in asked.replace(",", " ").split()):
        tell(f"“{asked}” names no columns", _HINT)
    elif not all(0 <= column < count for column in wanted):
        tell(f"the table has {count} columns, and “{asked}” names another", _HINT)
    sign = "." if language.partition("-")[0].lower() in _POINT else ","
    pads = _pads([each for each in placed if each[0] in wanted], sign)
    return _each_row(table, _ROWS, lambda row: _padded(row, pads))


# --- Heads of rows --------------------------------------------------------------------------------


def _headed(row: Element) -> Element:
    """Return a row whose first cell heads it, if it says anything."""
    match row.children:
        case (Element(tag="td") as first, *others) if text_of(first).strip():
            scope = "rowgroup" if first.get("rowspan") else "row"
            head = with_attributes(replace(first, tag="th"), scope=scope)
            return replace(row, children=(head, *others))
    return row


def _each_row(
    table: Element, parts: Iterable[str], change: Callable[[Element], Element]
) -> Element:
    def changed(node: Node) -> Node:
        if not isinstance(node, Element):
            return node
        if node.tag == "tr":
            return change(node)
        return replace(node, children=tuple(map(changed, node.children)))

    return replace(
        table,
        children=tuple(
            changed(node) if isinstance(node, Element) and node.tag in parts else node
            for node in table.children
        ),
    )


def cell_attributes(tag: str, align: str) -> Pairs:
    """Return the attributes of a cell in a column that is aligned so."""
    scope = (("scope", "col"),) if tag == "th" else ()
    return (*((("class", f"align-{align}"),) if align != "none" else ()), *scope)


def is_number(text: str) -> bool:
    """Tell whether a cell says a number."""
    found = _NUMBER.match(text)
    return found is not None and _BEHIND.fullmatch(text[found.end() :]) is not None


# --- Decimals -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Figure:
    """A number in a cell: what it has behind the units, and what stands behind it."""

    fraction: str
    behind: str


def _figure(cell: Element, sign: str) -> _Figure | None:
    """Return the number that a cell is, if it is one; notes are called behind it."""
    text = text_of(cell).strip()
    found = _NUMBER.match(text)
    behind = text[found.end() :] if found else ""
    if found is None or not is_number(text):
        return None
    _, point, tenths = found.group().rpartition(sign)
    return _Figure(point + tenths if point else "", behind)


def _placed(table: Element) -> Iterator[tuple[int, str, Element]]:
    """Yield every cell with its column from 0, and the part of the table that it stands in."""
    for part in (node for node in table.children if isinstance(node, Element)):
        taken: dict[int, int] = {}
        for row in part.children if part.tag in _ROWS else ():
            if isinstance(row, Element):
                yield from ((column, part.tag, cell) for column, cell in _in_row(row, taken))


def _in_row(row: Element, taken: dict[int, int]) -> Iterator[tuple[int, Element]]:
    """Yield a row's cells with their columns; ``taken`` counts the rows that others reach into."""
    held = {at for at, rows in taken.items() if rows}
    for at in held:
        taken[at] -= 1
    column = 0
    for cell in (node for node in row.children if isinstance(node, Element)):
        while column in held:
            column += 1
        yield column, cell
        for at in range(column, column + _count(cell, "colspan")):
            taken[at] = _count(cell, "rowspan") - 1
        column += _count(cell, "colspan")


def _count(cell: Element, name: str) -> int:
    value = cell.get(name)
    return min(max(1, int(value)), _MOST) if value.isdecimal() else 1


def _pads(cells: Iterable[tuple[int, str, Element]], sign: str) -> dict[int, str]:
    """Return what each cell lacks behind its number to end where the longest ends, by identity."""
    pads: dict[int, str] = {}
    found: dict[int, list[tuple[Element, _Figure]]] = {}
    for column, part, cell in cells:
        pads[id(cell)] = ""
        figure = _figure(cell, sign) if part != "thead" else None
        if figure:
            found.setdefault(column, []).append((cell, figure))
    for numbers in found.values():
        places = max(len(figure.fraction) for _, figure in numbers)
        behind = max((figure.behind for _, figure in numbers), key=len)
        full = sign + "0" * (places - 1) if places else ""
        for cell, figure in numbers:
            lacks = full[len(figure.fraction) :]
            pads[id(cell)] = lacks + ("" if figure.behind else behind)
    return pads


def _padded(row: Element, pads: dict[int, str]) -> Element:
    """Return a row whose cells in columns of numbers say what they lack."""
    children = tuple(
        with_attributes(node, data_decimal=pads[id(node)])
        if isinstance(node, Element) and id(node) in pads
        else node
        for node in row.children
    )
    return replace(row, children=children)
