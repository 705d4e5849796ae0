"""CSV files as tables: what becomes of them, and what is told of those that are none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.markup import serialize, walk
from octavo.press.pdf.positions import sheets_of

if TYPE_CHECKING:
    from tests.conftest import LittleBook

RAIN = 'Month,Rain,Note\nMay,12.5,wet\nJune,3,"dry, mostly"\n'
SHOWN = (
    "# One\n\n![Rain by *month*](data/rain.csv){#tbl-rain decimal=2 .row-heads}\n\nSee @tbl-rain.\n"
)


def table_of(book: LittleBook, text: str = SHOWN) -> str:
    """Return the one table of the chapter as XHTML."""
    proof = book.add(chapter_md=text).proof()
    assert proof.codes == []
    (table,) = (e for e in walk(proof.leaf("chapter").content) if e.tag == "table")
    return serialize(table)


def test_a_csv_file_is_a_table(book: LittleBook) -> None:
    """The first row heads the columns; caption, number and attributes are those of any table."""
    table = table_of(book.add(data__rain_csv=RAIN))

    assert table == (
        '<table id="tbl-rain" class="row-heads" data-decimal="2"><caption>'
        '<span class="caption-label">Table 1. </span>Rain by <em>month</em></caption><thead><tr>'
        '<th scope="col">Month</th><th class="align-right" scope="col" data-decimal="">Rain</th>'
        '<th scope="col">Note</th></tr></thead><tbody><tr><th scope="row">May</th>'
        '<td class="align-right" data-decimal="" dir="ltr">12.5</td><td>wet</td></tr>'
        '<tr><th scope="row">June</th><td class="align-right" data-decimal=".0" dir="ltr">3</td>'
        "<td>dry, mostly</td></tr></tbody></table>"
    )


def test_an_epigraph_may_show_a_table(book: LittleBook) -> None:
    """A picture whose file is CSV is a table wherever pictures may stand."""
    text = "---\nepigraph: |\n  ![](data/rain.csv)\n---\n\n# One\n\nText.\n"

    table = table_of(book.add(data__rain_csv=RAIN), text)

    assert table.startswith("<table><thead>")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("data__rain_csv", "\ufeffA;B\r\n1,5;x\r\n\r\n2;y\r\n"),
        ("data__rain_csv", "A\tB\n1,5\tx\n2\ty\n"),
        ("data__rain_csv", 'A,B\n"1,5",x\n2,y'),
        ("data__rain_csv", '"A",B\n"1,5","x"\n2,y\n\n'),
    ],
)
def test_what_parts_cells_is_found(book: LittleBook, name: str, text: str) -> None:
    """Commas, semicolons or tabs, whichever the first line has; byte order marks are no text."""
    table = table_of(book.add(**{name: text}), "# One\n\n![T](data/rain.csv)\n")

    cells = [e for e in table.replace("<t", "\n<t").split("\n") if e.startswith(("<td", "<th "))]
    assert [cell.partition(">")[2].partition("<")[0] for cell in cells] == "A B 1,5 x 2 y".split()


def test_a_table_without_a_caption(book: LittleBook) -> None:
    """Empty brackets make a table without a caption."""
    table = table_of(book.add(data__rain_tsv="A\tB\n1\tx\n"), "# One\n\n![](data/rain.tsv)\n")

    assert table.startswith("<table><thead>")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("A,B\n1,2\n1,2,3\n", 3, "this row has 3 cells, and the first row has 2"),
        ('A,B\n1,"2\n', 2, "cannot be read as CSV"),
        ("", 1, "the file holds no table"),
        ("A\n1\x01\n", 2, "U+0001"),
        (b"A\n\xff\n", 2, "not UTF-8"),
        ("A\n" + "1\n" * 5001, 5001, "more than 5,000 rows"),
    ],
)
def test_a_file_that_is_no_table_is_told_with_its_line(
    book: LittleBook, text: str | bytes, line: int, words: str
) -> None:
    """The mistake is in the CSV, and so is the line that is named."""
    proof = book.add(data__rain_csv=text, chapter_md="# One\n\n![T](data/rain.csv)\n").proof()

    (found,) = proof.findings
    assert str(found.location) == f"data/rain.csv:{line}"
    assert words in found.message


def test_a_file_that_is_not_there(book: LittleBook) -> None:
    """A missing file is told where it is asked for, with the name that may be meant."""
    book.add(data__rain_csv=RAIN, chapter_md="# One\n\n![T](data/rian.csv)\n")

    (found,) = book.proof().findings

    assert (found.code, str(found.location)) == ("missing-file", "chapter.md:3")
    assert "data/rain.csv" in found.hint


def test_a_table_in_a_line_is_an_error(book: LittleBook) -> None:
    """A table has a paragraph of its own."""
    book.add(data__rain_csv=RAIN, chapter_md="# One\n\nText ![T](data/rain.csv) text.\n")

    assert book.proof().codes == ["chapter.md:3 table-in-line"]


def test_the_words_of_a_csv_file_are_proved(book: LittleBook) -> None:
    """Both editions hold every word of it, and the count of words counts them."""
    run = book.add(data__rain_csv=RAIN, chapter_md=SHOWN).octavo("build")

    assert run.code == 0, run.said
    texts = [run.text for sheet in sheets_of(book.made("pdf")) for run in sheet.runs]
    assert {"May", "12.5", "wet", "June", "3", "dry, mostly"} <= {text.strip() for text in texts}


@pytest.mark.parametrize("caption", ["Heights ($M$)", "Of *it*.^[A note.]", "So [x]{.term}"])
def test_nothing_is_told_of_a_description_that_nobody_wrote(book: LittleBook, caption: str) -> None:
    """A caption is no description of a table, whatever stands in it."""
    text = f"# One\n\n![{caption}](rain.csv){{#tbl-h short='*H*'}}\n\nSee @tbl-h.\n"
    proof = book.add(rain_csv=RAIN, chapter_md=text).proof()

    assert "unknown-attribute" not in {each.code for each in proof.findings}
    assert not any(e.tag == "short" for e in walk(proof.leaf("chapter").content))
