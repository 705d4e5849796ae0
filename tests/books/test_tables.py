"""Tables in real books: over several pages, with notes, with numbers, and too wide ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.press.pdf.positions import sheets_of

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.press.pdf.runs import Run

ROWS = "".join(f"| {1900 + at} | {at % 7}.{at % 9} |\n" for at in range(75))
LONG = f"""# Tables

| Year | Rain[^head] |
| --- | ---: |
{ROWS}
Table: Rain through the years.[^caption] {{#tbl-rain .row-heads}}

[^head]: In inches.

[^caption]: From the almanac.
"""
NOTED = """# Tables

| One[^head] | Two |
| --- | --- |
| three[^cell] | four |

[^head]: Of the head.

[^cell]: Of the cell.
"""
DECIMALS = """# Tables

| What | How much |
| --- | --- |
| a | 12 |
| b | 3.75 |
| c | 101.5 |

Table: Numbers {decimal=2}
"""


def runs_of(book: LittleBook) -> list[Run]:
    """Return the text on the pages of the PDF."""
    return [run for sheet in sheets_of(book.made("pdf")) for run in sheet.runs if run.section]


def holding(runs: list[Run], words: str) -> list[Run]:
    return [run for run in runs if run.text.strip() == words]


def build(book: LittleBook, text: str, command: str = "pdf") -> list[Run]:
    """Build a book of one chapter, and return what stands on its pages."""
    run = book.add(chapter_md=text).octavo(command)

    assert run.code == 0, run.said
    return runs_of(book)


def test_a_table_of_three_pages_has_its_head_on_each(book: LittleBook) -> None:
    """The head is repeated, the caption is not, and stands above the first row."""
    runs = build(book, LONG, "build")

    pages = sorted({run.page for at in range(75) for run in holding(runs, str(1900 + at))})
    assert len(pages) == 3
    assert [run.page for run in holding(runs, "Year")] == pages
    (caption,) = (run for run in runs if "Rain through the years" in run.text)
    assert caption.page == holding(runs, "1900")[0].page == pages[0]


def test_notes_of_a_table_stand_where_they_can(book: LittleBook) -> None:
    """A cell's note stands at the page's foot; that of a head, which is repeated, below it all."""
    runs = build(book, NOTED)

    (head,) = (run for run in runs if "Of the head." in run.text)
    (cell,) = (run for run in runs if "Of the cell." in run.text)
    assert holding(runs, "four")[0].box[1] > head.box[3] > cell.box[3]
    assert cell.box[1] < 100


def test_notes_of_a_repeated_head_stand_below_the_whole_table(book: LittleBook) -> None:
    """However many pages the table has, the note stands once, behind the last row."""
    runs = build(book, LONG)

    (note,) = (run for run in runs if "In inches." in run.text)
    assert note.page == holding(runs, "1974")[0].page


def test_the_note_of_a_turned_head_is_on_the_turned_page(book: LittleBook) -> None:
    """What stands below a table on a page of its own does not begin the next."""
    text = LONG.replace(".row-heads", ".landscape .row-heads") + "\nText behind.\n"
    runs = build(book, text)

    (note,) = (run for run in runs if "In inches." in run.text)
    assert note.page == holding(runs, "1974")[0].page
    assert note.pieces[0].matrix[1] > 0


def test_numbers_are_aligned_on_the_point_and_copied_as_they_are(book: LittleBook) -> None:
    """Units stand below units, and the page holds no sign that the manuscript has not."""
    runs = build(book, DECIMALS)

    whole, parts, half = (holding(runs, text)[0] for text in ("12", "3.75", "101.5"))
    width = (whole.box[2] - whole.box[0]) / 2
    assert parts.box[0] + width == pytest.approx(whole.box[2], abs=0.1)
    assert half.box[0] + 3 * width == pytest.approx(whole.box[2], abs=0.1)


@pytest.mark.parametrize(("letters", "size"), [(14, 9.5), (20, 8.5), (22, 8.0)])
def test_a_wide_table_is_set_in_smaller_type(book: LittleBook, letters: int, size: float) -> None:
    """A table wider than the text shrinks until it fits, though never below eight points."""
    word = "m" * letters
    runs = build(book, f"# One\n\n| a | b |\n|---|---|\n| {word} | {word} |\n")

    sizes = [run.pieces[0].size * run.pieces[0].matrix[0] for run in holding(runs, word)]
    assert sizes == pytest.approx([size, size], abs=0.01)


def test_no_caption_stands_alone(book: LittleBook) -> None:
    """A table of a few tall rows, longer than a page, begins right below its caption."""
    cell = "nothing that was written may be lost " * 25
    rows = "".join(f"| {at} | {cell} |\n" for at in range(5))
    runs = build(book, f"# One\n\n| a | b |\n|---|---|\n{rows}\nTable: A tall one.\n")

    (caption,) = (run for run in runs if "A tall one." in run.text)
    assert holding(runs, "0")[0].page == caption.page


def test_a_table_that_is_too_wide_at_eight_points_is_an_error(book: LittleBook) -> None:
    """What runs over the edge of the page is told, as ever."""
    word = "m" * 40
    run = book.add(chapter_md=f"# One\n\n| a | b |\n|---|---|\n| {word} | {word} |\n").octavo("pdf")

    assert run.code == 1
    assert "text-off-page" in run.said


def test_a_grid_table_is_proved_in_both_editions(book: LittleBook) -> None:
    """Cells with blocks, cells that span others, and a foot stand whole on page and screen."""
    text = """# One

+-----------+-------------------+
| Head over | both              |
+===========+===================+
| - a list  | A paragraph.      |
| - of two  |                   |
|           | Another one.      |
+-----------+-------------------+
| A cell across two columns     |
+===========+===================+
| Sum       | 12                |
+===========+===================+

Table: Cells. {#tbl-cells}
"""
    runs = build(book, text, "build")

    assert book.octavo("check", "--epub").said == "No errors.\n"
    assert [run.text for run in runs if "Another one." in run.text]
