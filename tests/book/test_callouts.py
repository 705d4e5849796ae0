"""Laws of callouts: what is marked in a listing leads to what explains it, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.markup import walk

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.model import Element

LISTING = "```\na <1>\nb <2> <1>\n```\n\n1. A\n2. B\n\n"


def _links(book: LittleBook) -> list[Element]:
    tree = book.proof().leaf("chapter").content
    return [element for element in walk(tree) if "callout" in element.classes]


def test_callouts_and_explanations_lead_to_each_other(book: LittleBook) -> None:
    """A callout that stands twice is led back to where it stands first."""
    book.add(chapter_md=f"# A\n\n{LISTING}")

    links = _links(book)

    ids = {link.get("id") for link in links} - {""}
    assert [link.get("href")[1:] in ids for link in links] == 5 * [True]
    pairs = [
        (link.get("id").partition(".")[2], link.get("href").partition(".")[2]) for link in links
    ]
    assert pairs == [
        ("callout-3.1", "explained-3.1"),
        ("callout-3.2", "explained-3.2"),
        ("", "explained-3.1"),
        ("explained-3.1", "callout-3.1"),
        ("explained-3.2", "callout-3.2"),
    ]


def test_each_listing_has_callouts_of_its_own(book: LittleBook) -> None:
    """Two listings of a chapter, and of two chapters, count from 1; their ids are not the same."""
    book.add(
        book_yaml="title: T\ncontents: [chapter.md, other.md]\n",
        chapter_md=f"# A\n\n{LISTING}\n\nText.\n\n{LISTING}",
        other_md=f"# B\n\n{LISTING}",
    )

    proof = book.proof()

    ids = [e.get("id") for leaf in proof.rendition.leaves for e in walk(leaf.content)]
    named = [each for each in ids if ".callout-" in each or ".explained-" in each]
    assert len(named) == len({*named}) == 12
    assert "duplicate-id" not in " ".join(proof.codes)


def test_a_listing_may_stand_in_an_explanation(book: LittleBook) -> None:
    """An explanation may hold a listing with callouts of its own, and each leads to its own."""
    inner = "".join(f"   {line}\n" if line else "\n" for line in LISTING.split("\n"))
    book.add(chapter_md=f"# A\n\n```\na <1>\nb <2>\n```\n\n1. A\n\n{inner}\n2. B\n")

    links = _links(book)

    leads = {link.get("id"): link.get("href")[1:] for link in links if link.get("id")}
    assert book.proof().codes == []
    assert len(links) == 9
    assert len(leads) == 8
    assert all(leads[leads[each]] == each for each in leads)


def test_listings_beside_each_other_have_callouts_of_their_own(book: LittleBook) -> None:
    """Cells of a grid share their lines, and their callouts do not share their ids."""
    cell = ("```   ", "a <1> ", "```   ", "      ", "1. A  ")
    rows = "\n".join(f"| {line} | {line} |" for line in cell)
    border = "+--------+--------+"
    book.add(chapter_md=f"# A\n\n{border}\n{rows}\n{border}\n")

    ids = [link.get("id") for link in _links(book)]

    assert len(ids) == len({*ids}) == 4


def test_a_class_of_the_authors_own_is_no_callout(book: LittleBook) -> None:
    """Words that an author calls so are words."""
    book.add(chapter_md="# A\n\nSome [words]{.callout}.\n")

    (words,) = _links(book)

    assert words.tag == "span"
