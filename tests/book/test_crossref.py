"""Laws of ids and links: one place an id, one place a link."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from octavo.book.ids import slug
from octavo.markup import is_name, serialize, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook, Proof

REFERENCE = '[{"id": "k", "type": "document", "title": "K", "issued": {"date-parts": [[2001]]}}]'


def _links(proof: Proof, section: str) -> list[str]:
    elements = walk(*proof.section(section).title, *proof.section(section).body)
    return [element.get("href") for element in elements if element.tag == "a"]


def _ids(proof: Proof) -> list[str]:
    elements = (e for leaf in proof.rendition.leaves for e in walk(leaf.content))
    return [element.get("id") for element in elements if element.get("id")]


def _files(book: LittleBook, **files: str) -> LittleBook:
    """Add files, and a book.yaml that lists them; in their names a slash is ``__``."""
    (book.folder / "chapter.md").unlink()
    names = ", ".join(f'"{name.removesuffix("_md").replace("__", "/")}.md"' for name in files)
    return book.add(book_yaml=f"title: T\ncontents: [{names}]\n", **files)


@pytest.mark.parametrize(
    ("href", "leads"),
    [
        ("c%20d.md", "#x-c-d"),
        ("<c d.md>", "#x-c-d"),
        ("./%C3%BCber.md#mitte", "#x-über--mitte"),
        ("über.md#mitte", "#x-über--mitte"),
        ("u\u0308ber.md#mitte", "#x-über--mitte"),
        ("../y/a.md", "#y-a"),
        ("../y/a.md#here", "#here"),
        ("a.md#the-words", "#x-a--the-words"),
        ("#the-words", "#x-a--the-words"),
        ("#here", "#here"),
        ("#title-of-a", "#x-a"),
        ("../y/a.md#other", "#y-a"),
        ("#mitte", "#x-über--mitte"),
        ("https://example.org/a.md#x", "https://example.org/a.md#x"),
        ("mailto:a@example.org", "mailto:a@example.org"),
    ],
)
def test_a_link_leads_to_its_place(book: LittleBook, href: str, leads: str) -> None:
    """Files are found from the file that links, in any spelling; places in it by id or words."""
    files = {
        "x__a_md": f"# Title of A\n\n## The Words\n\n[link]({href})\n",
        "x__c d_md": "# C\n",
        "x__über_md": "# U\n\n## Mitte\n",
        "y__a_md": "# Other\n\n[]{#here}\n",
    }

    proof = _files(book, **files).proof()

    assert _links(proof, "x-a") == [leads]
    assert proof.codes == []


@pytest.mark.parametrize(
    ("href", "hint"),
    [
        ("#heer", "did you mean “here”?"),
        ("bb.md", "did you mean “b.md”?"),
        ("b.md#here", "b.md has no place “#here”"),
        ("www.example.org", "write https://www.example.org"),
        ("#again", "several files have a heading of these words: write the file too, x.md#again"),
        ("#", "write the name of a place behind the “#”"),
    ],
)
def test_a_link_that_leads_nowhere_is_told_of(book: LittleBook, href: str, hint: str) -> None:
    """No link is guessed at: a place in another file than the one named is none."""
    text = "## Again\n"
    _files(
        book, a_md=f"# A\n\n[]{{#here}} [link]({href})\n", b_md=f"# B\n\n{text}",
        c_md=f"# C\n\n{text}",
    )  # fmt: skip

    proof = book.proof()

    assert proof.codes == ["a.md:3 dangling-link"]
    assert proof.findings[0].hint == hint
    assert '<mark class="fault">' in serialize(proof.leaf("a").content)


def test_an_id_goes_before_words(book: LittleBook) -> None:
    """A place that its author named is meant, though a heading before it has the same words."""
    proof = _files(book, a_md="# A\n\n## Here\n\n[]{#here} [link](#here)\n").proof()

    assert _links(proof, "a") == ["#here"]


def test_no_id_stands_twice_in_a_book(book: LittleBook) -> None:
    """Headings of the same words, counted words, notes, marks and files never share an id."""
    text = (
        "# A\n\n## A\n\n## A\n\n## A 2\n\n### --\n\n### ½\n\nx[^n] y[^n] [z]{.index} ^[M]\n"
        "\n## A 2\n\n# A\n\n::: {.box}\n## A\n:::\n\n> ## A\n\n[^n]: N\n"
    )
    files = {"a": text, "a-1": text, "a--a": text, "note-a-1": text, "heading-a": text}

    for medium in Medium:
        proof = _files(book.add(chapter_md=""), **{f"{k}_md": v for k, v in files.items()}).proof(
            medium
        )

        assert [name for name, times in Counter(_ids(proof)).items() if times > 1] == []
        assert [name for name in _ids(proof) if not is_name(name)] == []


@pytest.mark.parametrize(
    ("own", "code"),
    [
        ("b", "duplicate-id"),
        ("anchor", "duplicate-id"),
        ("a.heading", "reserved-id"),
        ("b.note-1", "reserved-id"),
        ("b.call-1", "reserved-id"),
        ("1st", "malformed-id"),
        ("a²", "malformed-id"),
    ],
)
@pytest.mark.parametrize("place", ["## A {#%s}", "[a]{#%s}", "![A](s.svg){#%s}"])
def test_an_id_that_is_taken_or_is_none_is_told_of(
    book: LittleBook, own: str, code: str, place: str
) -> None:
    """An author's id is never that of a section, of a heading, or one that the press makes."""
    book.add(s_svg='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    _files(book, a_md=f"# A\n\n{place % own}\n", b_md="# B {#anchor}\n\nx^[N]\n")

    proof = book.proof(draft=True)

    assert proof.codes == [f"a.md:3 {code}"]
    assert max(Counter(_ids(proof)).values()) == 1


def test_titles_of_one_name_are_told_of(book: LittleBook) -> None:
    """The name on a title is held to the same law as any other."""
    proof = _files(book, a_md="# A {#x}\n", b_md="# B {#x}\n", c_md="# C {#1}\n").proof(draft=True)

    assert proof.codes == ["b.md:1 duplicate-id", "c.md:1 malformed-id"]
    assert max(Counter(_ids(proof)).values()) == 1


def test_a_place_of_the_bibliography_is_no_place_of_the_author(book: LittleBook) -> None:
    """An id that the bibliography gives to an entry cannot be an author's too."""
    yaml = "title: T\nreferences: r.json\ncontents: [chapter.md, bibliography]\n"
    text = "# A\n\n[a]{#bibliography.ref-k} [@k]\n"
    book.add(book_yaml=yaml, r_json=REFERENCE, chapter_md=text)

    proof = book.proof(draft=True)

    assert [finding.code for finding in proof.findings] == ["duplicate-id"]
    assert max(Counter(_ids(proof)).values()) == 1


def test_an_entry_of_the_bibliography_is_no_file(book: LittleBook) -> None:
    """A file, or a place, may be called as an entry would be in another book."""
    yaml = "title: T\nreferences: r.json\ncontents: [ref-k.md, bibliography]\n"
    book.add(book_yaml=yaml, r_json=REFERENCE, **{"ref-k_md": "# A\n\n[a]{#ref-j} [@k]\n"})

    proof = book.proof()

    assert {"ref-k", "ref-j", "bibliography.ref-k"} <= {*_ids(proof)}


def test_headings_in_notes_and_boxes_are_places_too(book: LittleBook) -> None:
    """A heading can be linked by its words wherever it stands."""
    text = "# A\n\nx[^n] [1](#in-a-note) [2](#in-a-box)\n\n::: {.box}\n## In a Box\n:::\n"
    note = "\n[^n]:\n    ## In a Note\n\n    N\n"

    proof = _files(book, a_md=text + note).proof()

    assert _links(proof, "a") == ["#a--in-a-note", "#a--in-a-box"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What’s lost, and found?", "whats-lost-and-found"),
        ("U\u0308ber 1½ Dinge", "über-1-dinge"),
        ("हिन्दी में", "हिन्दी-में"),
        ("…", "section"),
        ("self-love_2", "self-love_2"),
    ],
)
def test_words_make_a_name(text: str, name: str) -> None:
    """Letters, marks and figures of any script stay, in one Unicode form; the rest goes."""
    assert slug(text) == name
    assert is_name(f"x--{slug(text)}")


def test_a_long_book_is_connected_in_one_walk(book: LittleBook) -> None:
    """Each of hundreds of links finds its place, though every file has the same headings."""
    body = "".join(f"## Part {n}\n\n[a](#part-{n}) [b](f1.md#part-{n})\n\n" for n in range(40))
    files = {f"f{n}_md": f"# F {n}\n\n{body}" for n in range(12)}

    proof = _files(book, **files).proof()

    assert proof.codes == []
    assert _links(proof, "f7")[-2:] == ["#f7--part-39", "#f1--part-39"]
