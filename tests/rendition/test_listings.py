"""Laws of listings as XHTML: each line an element of its own, and no sign of the code changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.markup import serialize, text_of, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.model import Element

SIEVE = '''def sieve(limit):
    """Yield primes.

    All of them.
    """
    yield 2  # and so on, up to a limit that is not yet known
'''


def _listing(book: LittleBook, markdown: str, medium: Medium = Medium.EPUB) -> Element:
    """Return the first listing of a chapter."""
    book.add(chapter_md=f"# A\n\n{markdown}\n")
    (code,) = (e for e in walk(book.proof(medium).leaf("chapter").content) if e.tag == "pre")
    return code


def _lines(code: Element) -> list[Element]:
    return [element for element in walk(code) if "line" in element.classes]


@pytest.mark.parametrize("medium", [*Medium])
def test_a_listing_is_its_lines_and_its_text_is_the_code(book: LittleBook, medium: Medium) -> None:
    """Line by line, with the source's own numbers, and nothing added or lost between them."""
    code = _listing(book, f"```python\n{SIEVE}```", medium)

    assert text_of(code) == SIEVE.removesuffix("\n")
    assert [text_of(line) for line in _lines(code)] == SIEVE.removesuffix("\n").splitlines(True)
    assert [line.line for line in _lines(code)] == [*range(4, 10)]


def test_a_colour_goes_on_over_the_ends_of_lines(book: LittleBook) -> None:
    """A string of several lines is one on each of them."""
    code = _listing(book, f"```python\n{SIEVE}```")

    texts = [serialize(*line.children) for line in _lines(code)][1:5]
    assert texts == [
        '    <span class="sd">"""Yield primes.</span>\n',
        "\n",
        '<span class="sd">    All of them.</span>\n',
        '<span class="sd">    """</span>\n',
    ]


def test_lines_bear_their_numbers_where_they_are_asked_for(book: LittleBook) -> None:
    """The numbers are attributes, which nobody copies; settings do not reach the reader."""
    code = _listing(book, '``` {.numbered start=9 highlight="2"}\na\nb\n```')

    assert code.attributes == (("class", "code numbered"),)
    assert [line.get("data-number") for line in _lines(code)] == ["9", "10"]
    assert [line.classes for line in _lines(code)] == [("line",), ("line", "lit")]


def test_a_start_asks_for_numbers(book: LittleBook) -> None:
    """What begins at ten is numbered."""
    code = _listing(book, "``` {start=10}\na\n```")

    assert [line.get("data-number") for line in _lines(code)] == ["10"]


def test_a_huge_range_takes_no_memory(book: LittleBook) -> None:
    """Lines that a listing does not have are not counted."""
    code = _listing(book, '``` {highlight="1-999999"}\na\nb\n```')

    assert [line.classes for line in _lines(code)] == 2 * [("line", "lit")]


def test_in_print_a_line_that_may_wrap_is_known(book: LittleBook) -> None:
    """A stylesheet marks where it goes on; short lines need no such mark."""
    code = _listing(book, f"```python\n{SIEVE}```", Medium.PDF)

    assert ["long" in line.classes for line in _lines(code)] == [False] * 5 + [True]


def test_what_an_author_wrote_as_xhtml_is_left_alone(book: LittleBook) -> None:
    """A ``pre`` of an author’s own has no lines."""
    code = _listing(book, "<pre>a\nb</pre>")

    assert serialize(code) == "<pre>a\nb</pre>"


def test_a_long_word_of_many_colours_may_be_broken_in_print(book: LittleBook) -> None:
    """WeasyPrint breaks no word over two elements, so it is given places to break at."""
    code = _listing(book, f"```python\nf(1).a({'x' * 40})\n```", Medium.PDF)

    (line,) = _lines(code)
    assert sum(e.tag == "wbr" for e in walk(line)) == len(line.children) // 2 == 8
    assert text_of(line) == f"f(1).a({'x' * 40})"
