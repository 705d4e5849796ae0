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
        ("callout-1.1", "explained-1.1"),
        ("callout-1.2", "explained-1.2"),
        ("", "explained-1.1"),
        ("explained-1.1", "callout-1.1"),
        ("explained-1.2", "callout-1.2"),
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
