"""Laws of addresses that stand in the text: where they break, and that nothing of them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest

from octavo.markup import parse, serialize, text_of, walk
from octavo.model import Element, Medium
from octavo.rendition.addresses import broken_as_address

if TYPE_CHECKING:
    from tests.conftest import LittleBook

LONG = "https://www.example.org/some/very-long/path_of~words/that.wander?lang=en&year=2020#part%207"


def link(text: str) -> Element:
    return Element("a", (("href", "x"),), (text,))


def pieces(text: str) -> str:
    """Return an address with a bar at each place where it may break."""
    shown = serialize(*broken_as_address(link(text)).children)
    for tag in ("<span>", "</span>"):
        shown = shown.replace(tag, "")
    return shown.replace("<wbr/>", "|").replace("&amp;", "&")


@pytest.mark.parametrize(
    "broken",
    [
        "https://|doi|.org|/10|.1177|/0146",
        "doi:|10|.1177|/a|-b|_c",
        "http://|a|.org|/b|~c|,d|?e|=|f|&|g|#h|%20i",
        "www|.a|.org:|80",
        "10|.1177|/0146",
        "HTTPS://|A|.ORG",
    ],
)
def test_an_address_breaks_after_colons_and_before_other_signs(broken: str) -> None:
    """The Chicago Manual of Style, 17th edition, 14.18."""
    assert pieces(broken.replace("|", "")) == broken


@pytest.mark.parametrize("broken", ["https://|a|.org|/b/", "https://|a|.org|/?x", "doi:"])
def test_signs_that_stand_together_are_not_parted(broken: str) -> None:
    """No line begins with the last sign of an address, or between two signs."""
    assert pieces(broken.replace("|", "")) == broken


@pytest.mark.parametrize(
    "text", ["a page", "https://a.org and more", "10.5", "see www.a.org", "and/or", "doi"]
)
def test_what_is_no_address_is_left_alone(text: str) -> None:
    """Only the text of a link that is an address whole is broken as one."""
    assert broken_as_address(link(text)) == link(text)
    assert broken_as_address(Element("code", (), (LONG,))) == Element("code", (), (LONG,))


def test_a_link_keeps_its_address_its_classes_and_its_line() -> None:
    """Where the link leads is not touched."""
    (plain,) = parse(f'<a href="{"x" * 40}" class="own">https://a.org/b</a>', 7)
    assert isinstance(plain, Element)
    made = broken_as_address(plain)

    assert made.get("href") == "x" * 40
    assert made.classes == ("own", "address")
    assert made.line == plain.line


@pytest.mark.parametrize("medium", list(Medium))
def test_both_media_mark_the_breaks_of_text_and_notes(book: LittleBook, medium: Medium) -> None:
    """Addresses in the text and in its notes are seen to."""
    book.add(chapter_md=f"# A\n\nSee <{LONG}>.[^n]\n\n[^n]: Or <{LONG}>.\n")
    links = [
        element
        for element in walk(book.proof(medium).leaf("chapter").content)
        if "address" in element.classes
    ]

    assert [text_of(each) for each in links] == [LONG, LONG]


def test_the_printed_lines_end_where_an_address_may_break(book: LittleBook) -> None:
    """Wherever in a line it begins, no hyphen comes in, nothing is lost, and the proof is quiet."""
    text = "\n\n".join(f"{'So ' * count}<{LONG}>." for count in range(1, 18))
    book.add(chapter_md=f"# A\n\n{text}\n")
    run = book.octavo("build")
    with pypdfium2.PdfDocument(book.made("pdf")) as document:
        lines = [line for page in document for line in page.get_textpage().get_text_range().split()]
    parts = pieces(LONG).split("|")
    starts = {"".join(parts[:count]) for count in range(1, len(parts))}
    broken = [line for line in lines if line.startswith("http") and line != f"{LONG}."]

    assert run.code == 0, run.said
    assert "".join(lines).count(f"{LONG}.") == 17
    assert len(set(broken)) > 5
    assert set(broken) <= starts
