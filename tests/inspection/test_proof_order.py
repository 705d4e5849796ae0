"""The ledger and the order of the text, with pages that are made up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from octavo.diagnostics import Location
from octavo.inspection.completeness.ledger import Chapter, Ledger, entry_of
from octavo.inspection.completeness.paper.folios import of_references
from octavo.inspection.completeness.paper.order import of_order
from octavo.inspection.completeness.paper.printed import Printed, of_text, printed
from octavo.markup import parse
from octavo.model import Element, Matter, Section
from octavo.press.pdf.runs import Font, Piece, Run, Sheet
from octavo.rendition.blocks import blocks_of

WIDTH = 5.0
"""Points of a made-up letter."""
Line = tuple[int, str, float, float]
"""Block, text, and where it stands: points from the left, and from the head."""


def ledger(html: str) -> Ledger:
    (content,) = parse(f'<section id="s">{html}</section>')
    assert isinstance(content, Element)
    section = Section("s", "chapter", Matter.BODY, Location("s.md"))
    return Ledger((Chapter(section, tuple(map(entry_of, blocks_of(content)))),))


def page(number: int, *lines: Line) -> Sheet:
    runs = (_run(number, turn, line) for turn, line in enumerate(lines))
    return Sheet(number, str(number + 1), (0, 0, 400, 600), tuple(runs))


def _run(number: int, turn: int, line: Line) -> Run:
    block, text, x, y = line
    font = Font("Made-Up", dict(enumerate(text)), {}, b"")
    offsets = tuple(WIDTH * at for at in range(len(text) + 1))
    piece = Piece(font, 10, tuple(range(len(text))), offsets, (1, 0, 0, 1, x, 600 - y))
    return Run(number, "s", block, "", (piece,), None, turn)


def book(html: str, *pages: Sheet) -> Printed:
    return printed(pages, ledger(html), lambda text: text)


def faults(made: Printed) -> list[tuple[str, str]]:
    return [(fault.code, fault.about) for fault in (*of_text(made), *of_order(made))]


TWO = "<p>one</p><p>two</p>"
TABLE = (
    "<table><thead><tr><th>head</th></tr></thead>"
    "<tbody><tr><td>a b</td><td>c d</td></tr></tbody></table>"
)


@pytest.mark.parametrize(
    "lines",
    [
        [(2, "one", 0, 10), (3, "two", 0, 24)],
        [(2, "one", 0, 500), (3, "two", 200, 10)],  # the next column
        [(2, "one", 0, 500), (3, "two", 30, 10)],  # a narrow one
        [(2, "one", 0, 14), (3, "two", 0, 10)],  # a larger letter on the same line
    ],
)
def test_text_goes_down_or_to_the_next_column(lines: list[Line]) -> None:
    """What stands lower, or beside the text before it, stands in its place."""
    assert faults(book(TWO, page(0, *lines))) == []


@pytest.mark.parametrize(
    "lines",
    [
        [(3, "two", 0, 10), (2, "one", 0, 24)],  # in the file
        [(2, "one", 0, 24), (3, "two", 0, 10)],  # on paper
        [(2, "one", 0, 24), (3, "two", 9, 10)],  # with an indent
    ],
)
def test_text_that_goes_back_is_out_of_order(lines: list[Line]) -> None:
    """Neither in the file nor on paper does a paragraph stand before the one before it."""
    assert [code for code, _ in faults(book(TWO, page(0, *lines)))] == ["text-out-of-order"]


def test_a_short_line_makes_no_column() -> None:
    """What moves up must stand beside all that is lower, not beside the last line alone."""
    html = "<p>one</p><p>a long line i two</p>"
    wide: Line = (3, "a long line ", 0, 38)
    lines: list[Line] = [(2, "one", 0, 10), wide, (3, "i ", 0, 52), (3, "two", 14, 24)]

    assert faults(book(html, page(0, *lines))) == [("text-out-of-order", "two")]


def test_a_row_goes_on_to_the_left_of_a_cell_that_spans_it() -> None:
    """The cell at the right may be taller than its row; a paragraph may not."""
    html = "<table><tr><td>a</td><td>tall cell</td></tr><tr><td>b</td></tr></table>"
    lines: list[Line] = [
        (4, "a", 0, 10),
        (5, "tall ", 50, 10),
        (5, "cell", 50, 40),
        (7, "b", 0, 30),
    ]

    assert faults(book(html, page(0, *lines))) == []
    assert faults(book(html.replace("td", "p"), page(0, *lines))) != []


def test_a_paragraph_on_an_earlier_page_is_out_of_order() -> None:
    """Beginnings are compared from page to page."""
    made = book(TWO, page(0, (3, "two", 0, 10)), page(1, (2, "one", 0, 10)))

    assert [code for code, _ in faults(made)] == ["text-out-of-order"]


def test_the_cells_of_a_row_may_go_on_side_by_side() -> None:
    """The second cell begins on the first page, before the first cell ends on the second one."""
    first = page(0, (5, "head", 0, 10), (8, "a", 0, 30), (9, "c", 50, 30))
    second = page(1, (5, "head", 0, 10), (8, "b", 0, 30), (9, "d", 50, 30))

    assert faults(book(TABLE, first, second)) == []


def test_the_head_of_a_table_is_whole_on_each_of_its_pages() -> None:
    """A head that is repeated in part is missing there."""
    first = page(0, (5, "head", 0, 10), (8, "a b", 0, 30), (9, "c d", 50, 30))
    second = page(1, (5, "he", 0, 10))

    assert faults(book(TABLE, first, second)) == [("text-missing", "ad")]


def test_what_is_hidden_must_not_be_there() -> None:
    """A block that is declared hidden is not missing, but stray where it stands."""
    html = '<p>one</p><p hidden="hidden">two</p>'

    assert faults(book(html, page(0, (2, "one", 0, 10)))) == []
    assert faults(book(html, page(0, (2, "one", 0, 10), (3, "two", 0, 24)))) == [
        ("text-stray", "two")
    ]


def test_an_item_goes_on_after_the_list_inside_it() -> None:
    """The tail of an item stands after what stands between, and not before it."""
    html = "<ul><li>one<ul><li>two</li></ul>three</li></ul>"
    lines: list[Line] = [(3, "one", 0, 10), (5, "two", 9, 24), (3, "three", 0, 38)]

    assert faults(book(html, page(0, *lines))) == []
    assert faults(book(html, page(0, lines[0], lines[2], lines[1]))) == [
        ("text-out-of-order", "three")
    ]


@pytest.mark.parametrize(("number", "wrong"), [("1", []), ("2", ["wrong-page-number"])])
def test_a_place_begins_with_the_first_text_in_it(number: str, wrong: list[str]) -> None:
    """The page of a box is that of the paragraph at its head, whatever the box says later."""
    html = '<div id="d"><p>one</p>tail</div><p>See <folio of="d"/></p>'
    pages = (
        page(0, (3, "one", 0, 10)),
        page(1, (2, "tail", 0, 10), (4, "See ", 0, 24), (5, number, 20, 24)),
    )

    assert [fault.code for fault in of_references(book(html, *pages))] == wrong


def test_text_of_no_block_is_stray() -> None:
    """What the ledger does not know has no place on the page."""
    made = book(TWO, page(0, (2, "one", 0, 10), (3, "two", 0, 24), (9, "nine", 0, 38)))

    assert faults(made) == [("text-stray", "nine")]


def test_places_lead_back_to_the_text() -> None:
    """A character of folded text is found in its own piece of the source."""
    (chapter,) = ledger("<p>One <em>Two</em> three</p>").chapters
    entry = chapter.entries[1]

    assert (entry.want, entry.place(0), entry.place(4), entry.place(6)) == (
        "onetwothree",
        (0, 0),
        (1, 1),
        (2, 0),
    )
    assert entry.offset(len("One Tw")) == 5


def test_what_is_drawn_apart_is_held_to_no_place() -> None:
    """A float may be drawn before the text that it follows, and stand above it."""
    late, early = _run(0, 1, (2, "one", 0, 24)), _run(0, 0, (3, "two", 0, 10))
    in_flow = Sheet(0, "1", (0, 0, 400, 600), (early, late))
    apart = replace(in_flow, runs=(replace(early, outside=1), late))

    assert [code for code, _ in faults(book(TWO, in_flow))] == ["text-out-of-order"]
    assert faults(book(TWO, apart)) == []


def test_the_call_of_a_note_stands_where_the_note_is_written() -> None:
    """A number that the text does not call at its place is out of order, unless drawn apart."""
    html = '<p>one<span class="octavo-note" id="n" data-mark="1">note</span> two</p>'
    call = replace(_run(0, 2, (3, "1", 40, 10)), generated="footnote-call")
    text = (_run(0, 0, (2, "one", 0, 10)), _run(0, 1, (2, " two", 20, 10)))
    note = _run(0, 3, (3, "note", 0, 500))
    sheet = Sheet(0, "1", (0, 0, 400, 600), (*text, call, note))
    apart = replace(sheet, runs=(*text, replace(call, outside=1), note))

    assert [code for code, _ in faults(book(html, sheet))] == ["text-out-of-order"]
    assert faults(book(html, apart)) == []
