"""Books of code, whole: what is on the pages and in the EPUB, and what copies from them."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

from octavo.press.pdf.positions import sheets_of

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.press.pdf.runs import Run

LETTERS = re.compile(r"\s+")
WORD = "x" * 120
LONG = "\n".join(f"    step_{n} = compute({n})  # remark {n}" for n in range(120))


def _runs(book: LittleBook) -> list[Run]:
    result = book.octavo("pdf")
    assert result.code == 0, result.said
    return [run for sheet in sheets_of(book.made("pdf")) for run in sheet.runs]


def _code(runs: list[Run]) -> list[Run]:
    return [run for run in runs if any("Mono" in p.font.name for p in run.pieces)]


LINES = (
    f"url = '{WORD}'",
    f"f({WORD}(1).{WORD}[2])",
    f"        return {WORD}.{WORD}",
    "call(" + ", ".join(f"argument_{n}" for n in range(40)) + ")",
)


@pytest.mark.parametrize("options", ["python", "python {.numbered highlight=1}", "text"])
def test_no_line_of_code_runs_off_the_page(book: LittleBook, options: str) -> None:
    """Long words of one colour or of many are wrapped, and the proof finds all of them."""
    listings = "".join(
        f"```{options}\n{line}\n```\n\n- item\n\n  ```{options}\n  {line}\n  ```\n\n* * *\n\n"
        for line in LINES
    )
    book.add(chapter_md=f"# A\n\n{listings}\nThe end.\n")

    runs = _code(_runs(book))

    text = LETTERS.sub("", "".join(run.text for run in runs if not run.generated))
    assert text == LETTERS.sub("", "".join(2 * line for line in LINES))


def test_code_is_in_proportion_to_what_stands_around_it(book: LittleBook) -> None:
    """It is as much smaller than the text in a heading or a note as it is in a paragraph."""
    text = "# A `title()`\n\n## A `head()`\n\nSome `text()` <kbd>a<kbd>key</kbd></kbd>.^[`note()`]"
    book.add(chapter_md=f"{text}\n\n> - `quote()`\n\n```text\nlisting\n```\n")

    sizes: dict[str, float] = {}
    for run in _runs(book):
        for piece in (each for each in run.pieces if "Mono" in each.font.name):
            size = round(piece.box[3] - piece.box[1], 1)
            sizes[piece.text] = max(size, sizes.get(piece.text, 0))  # titles stand in lists too
    around = {"title()": 20, "head()": 13, "text()": 11, "key": 11, "note()": 9, "quote()": 10.5}
    assert sizes["listing"] == sizes["text()"] == pytest.approx(8.4, abs=0.05)
    assert {name: sizes[name] for name in around} == {
        name: pytest.approx(size * 8.4 / 11, abs=0.06) for name, size in around.items()
    }


def test_numbers_stand_beside_the_lines(book: LittleBook) -> None:
    """They are the stylesheet’s, end at one edge, and do not touch the code."""
    lines = "\n".join(f"line {n}" for n in range(12))
    book.add(chapter_md=f"# A\n\n```text {{.numbered start=95}}\n{lines}\n```\n")

    runs = _code(_runs(book))

    numbers = [run for run in runs if run.generated == "before"]
    assert [run.text for run in numbers] == [*map(str, range(95, 107))]
    assert len({round(run.box[2], 1) for run in numbers}) == 1
    assert max(r.box[2] for r in numbers) < min(r.box[0] for r in runs if not r.generated)


def test_a_long_listing_is_broken_between_lines(book: LittleBook) -> None:
    """Its caption stays with the first lines, and no line of it stands alone on a page."""
    above = "\n\n".join(["A paragraph of one line."] * 19)
    for count in range(5):
        more = "\n\n".join(["Another."] * count)
        listing = f'```python {{#lst-a caption="A caption"}}\ndef steps():\n{LONG}\n```'
        book.add(chapter_md=f"# A\n\n{above}\n\n{more}\n\n{listing}\n")

        runs = _runs(book)

        caption = next(run for run in runs if "A caption" in run.text)
        pages = [run.page for run in _code(runs) if run.text.strip()]
        assert pages[0] == caption.page
        assert min(pages.count(page) for page in pages) > 1


def test_a_book_with_callouts_is_a_valid_epub(book: LittleBook) -> None:
    """Captions, numbers, callouts and their links are XHTML that EPUBCheck accepts."""
    book.add(
        chapter_md='# A\n\n```python {#lst-a caption="A [caption](#lst-a)[^n]" .numbered}\n'
        "a = 1  # <1>\nb = 2  # <2> <1>\n```\n\n1. A\n2. B\n\n[^n]: N\n"
    )

    result = book.octavo("build")

    assert result.code == 0, result.said
    assert book.octavo("check", "--epub").said == "No errors.\n"
    with ZipFile(BytesIO(book.made("epub"))) as epub:
        names = [name for name in epub.namelist() if name.endswith("chapter.xhtml")]
        text = epub.read(names[0]).decode()
    assert 'data-number="1"' in text
    assert text.count('class="callout"') == 3
