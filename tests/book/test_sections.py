"""Laws of sections: ids, roles, titles, labels, numbers, parts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from octavo import manuscript as room
from octavo.book.sections import sections_of
from octavo.book.words import words
from octavo.markup import serialize
from octavo.model import Labels, Medium
from octavo.project import load

if TYPE_CHECKING:
    from tests.conftest import LittleBook, Proof

IMAGE = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def _of(book: LittleBook, *names: str, **files: str) -> Proof:
    """Return a proof of a book of these files; ``title`` and ``contents`` are written for it."""
    listed = ", ".join(f'"{name}"' for name in names)
    (book.folder / "chapter.md").unlink()
    return book.add(book_yaml=f"title: T\ncontents: [{listed}]\n", **files).proof()


def _fail(finding: object) -> None:
    pytest.fail(str(finding))


def _titled(proof: Proof) -> list[tuple[str, str]]:
    return [(s.label, s.title_text) for s in proof.rendition.book.sections if not s.generated]


def test_ids_are_names_and_no_two_are_the_same(book: LittleBook) -> None:
    """Paths that differ only in what no id may hold, or look like a counted one, stay apart."""
    names = [
        "x/a b.md",
        "x a b.md",
        "x-a-b.md",
        "x-a-b-2.md",
        "1½.md",
        "ü.md",
        "index.md",
        "…md.md",
    ]
    book.add(**{name.removesuffix(".md").replace("/", "__") + "_md": "# A\n" for name in names})

    proof = _of(book, "index", *names)

    ids = [section.id for section in proof.rendition.book.sections]
    assert len(set(ids)) == len(ids)
    assert {"x-a-b", "x-a-b-2", "x-a-b-3", "x-a-b-2-2", "s-1", "ü", "index-2", "md"} <= set(ids)


def test_ids_do_not_hang_on_how_a_disk_writes_letters(book: LittleBook) -> None:
    """A name in decomposed letters, as macOS gives them, makes the id of the composed one."""
    files = {"fu\u0308r_md": "# A\n"}  # no keyword: Python composes those

    proof = _of(book, "fu\u0308r.md", **files)

    assert "für" in [section.id for section in proof.rendition.book.sections]


def test_chapters_are_numbered_straight_through_their_parts(book: LittleBook) -> None:
    """Parts count in words, chapters in figures, appendices in letters; each for itself."""
    book.add(
        book_yaml=(
            "title: T\ncontents:\n  body:\n"
            "    - {part: p.md, chapters: [a.md, b.md]}\n    - {part: q.md, chapters: []}\n"
            "    - c.md\n  back: [appendix.md, z.md]\n"
        ),
        p_md="# P\n", q_md="# Q\n", a_md="# A\n", b_md="---\nnumbered: false\n---\n# B\n",
        c_md="# C\n", appendix_md="# Y\n", z_md="---\nrole: appendix\n---\n# Z\n",
    )  # fmt: skip

    proof = book.proof()

    sections = proof.rendition.book.sections
    assert [(s.label, s.part) for s in sections if not s.generated] == [
        ("Part One", ""), ("Chapter 1", "p"), ("", "p"), ("Part Two", ""), ("Chapter 2", ""),
        ("Appendix A", ""), ("Appendix B", ""),
    ]  # fmt: skip


def test_chapters_of_a_part_that_is_missing_do_not_move_into_another(book: LittleBook) -> None:
    """In a draft, the chapters of a part whose file is missing still stand under that part."""
    book.add(
        book_yaml=(
            "title: T\ncontents:\n  body:\n"
            "    - {part: p.md, chapters: [chapter.md]}\n    - {part: gone.md, chapters: [b.md]}\n"
        ),
        p_md="# P\n", b_md="# B\n",
    )  # fmt: skip

    proof = book.proof(draft=True)

    assert proof.section("b").part == "gone"


@pytest.mark.parametrize("head", ["---\nnumbered: false\n---\n# A\n", "# A {.unnumbered}\n"])
def test_a_chapter_may_go_without_a_number(book: LittleBook, head: str) -> None:
    """Header and heading can take a chapter's number, and the next one counts on without it."""
    assert _titled(_of(book, "a.md", "b.md", a_md=head, b_md="# B\n")) == [
        ("", "A"),
        ("Chapter 1", "B"),
    ]


def test_a_section_of_another_kind_may_take_a_number(book: LittleBook) -> None:
    """``numbered: true`` counts an introduction among the chapters."""
    text = "---\nnumbered: true\n---\n# A\n"

    assert _titled(_of(book, "introduction.md", introduction_md=text)) == [("Chapter 1", "A")]


def test_a_chapter_without_a_heading_is_called_by_its_number(book: LittleBook) -> None:
    """The number of an untitled chapter is its title, on its page as in the navigation."""
    proof = _of(book, "contents", "a.md", a_md="Text.\n")

    leaf = proof.leaf("a")
    assert leaf.title == "Chapter 1"
    assert '<span class="title">Chapter 1</span></h1>' in serialize(leaf.content)
    assert proof.findings == ()


def test_a_heading_that_is_the_number_is_not_said_twice(book: LittleBook) -> None:
    """“Chapter 1” as a heading takes the place of the label, whatever its capitals."""
    assert _titled(_of(book, "a.md", a_md="# CHAPTER 1\n\nText.\n")) == [("", "CHAPTER 1")]


def test_a_section_with_neither_title_nor_number_is_told_of(book: LittleBook) -> None:
    """The contents cannot name it, so the author hears of it; a dedication needs no name."""
    proof = _of(
        book, "dedication.md", "contents", "a.md", dedication_md="To M.\n",
        a_md="---\nnumbered: false\n---\nText.\n",
    )  # fmt: skip

    assert proof.codes == ["a.md:1 no-title"]
    assert 'href="#a"' not in serialize(proof.leaf("contents").content)


def test_only_the_first_heading_of_a_file_is_its_title(book: LittleBook) -> None:
    """Text before it and every further ``# Heading`` are told of, and nothing is lost."""
    proof = _of(book, "a.md", a_md="Before.\n\n# A\n\nText.\n\n# B\n\n::: {.box}\n# C\n:::\n")

    assert proof.codes == [
        "a.md:1 text-before-title", "a.md:7 heading-not-title", "a.md:10 heading-not-title",
    ]  # fmt: skip
    assert [block.tag for block in proof.section("a").body] == ["p", "p", "h1", "div"]


def test_a_title_in_a_list_has_its_words_only(book: LittleBook) -> None:
    """Notes, links, marks, parentheses and faults stay out; pictures give their words."""
    title = (
        "# A *B* [C](#a)[^n] [D]{.index} [E]{lang=de} ![F](f.svg) [@k] [G](#no)<br/>H {#x}\n"
        "\n[^n]: N\n"
    )
    book.add(f_svg=IMAGE, r_json='[{"id": "k", "type": "book", "title": "K"}]')
    yaml = "title: T\nreferences: r.json\ncontents: [contents, a.md, index, bibliography]\n"

    proof = book.add(book_yaml=yaml, a_md=title).proof()

    words = "A B C D E F G H"
    line = serialize(proof.leaf("contents").content)
    assert proof.section("a").title_text == proof.leaf("a").title == words
    assert proof.section("a").short_title == words
    assert (
        '<span class="title">A <em>B</em> C D <span lang="de" xml:lang="de">E</span> F  G H</span>'
    ) in line.replace("\n", "")


def test_a_citation_that_is_part_of_a_title_stays_in_it(book: LittleBook) -> None:
    """``@key`` in a heading is read as words, so the navigation has it too."""
    item = '[{"id":"k","type":"book","title":"K","author":[{"family":"Lee"}]}]'
    yaml = "title: T\nreferences: r.json\ncontents: [a.md, bibliography]\n"

    proof = book.add(book_yaml=yaml, r_json=item, a_md="# What @k Saw\n").proof()

    assert proof.section("a").title_text == "What Lee (n.d.) Saw"
    assert proof.leaf("a").title == proof.section("a").short_title == "What Lee (n.d.) Saw"


def test_a_heading_keeps_its_language_and_classes(book: LittleBook) -> None:
    """What an author writes on a title's heading is on the title, its name on the heading."""
    proof = _of(book, "a.md", a_md="# A {#x .grand lang=fr}\n")

    text = serialize(proof.leaf("a").content)
    assert '<h1 id="x">' in text
    assert '<span class="grand" lang="fr" xml:lang="fr">A</span>' in text


def test_an_unknown_role_leaves_the_one_of_the_name(book: LittleBook) -> None:
    """A misspelt role is told of with the nearest one, and the file's own name counts."""
    proof = _of(
        book, "preface.md", "a.md", a_md="# A\n", preface_md="---\nrole: forward\n---\n# P\n"
    )

    assert [f.hint for f in proof.findings] == ["did you mean “foreword”?"]
    assert proof.section("preface").role == "preface"


def test_the_copyright_note_is_a_section_like_any_other(book: LittleBook) -> None:
    """Notes, links and pictures of the copyright note come into the book."""
    book.add(
        book_yaml="title: T\ncopyright-note: n/c.md\ncontents: [copyright, chapter.md]\n",
        n__c_md="By law.[^n] ![Seal](s.svg) [Here](../chapter.md).\n\n[^n]: Which.\n",
        n__s_svg=IMAGE,
    )

    proof = book.proof()

    text = serialize(proof.leaf("copyright").content)
    assert proof.codes == []
    assert list(proof.rendition.book.images) == ["n/s.svg"]
    assert 'href="#chapter"' in text
    assert 'id="copyright.note-1"' in text


def test_pictures_of_an_epigraph_are_found(book: LittleBook) -> None:
    """An epigraph in a subfolder shows the picture that lies beside it."""
    text = '---\nepigraph: "![Star](s.svg)"\n---\n# A\n'

    proof = _of(book, "x/a.md", x__a_md=text, x__s_svg=IMAGE.decode())

    assert 'src="x/s.svg"' in serialize(proof.leaf("x-a").content)
    assert proof.codes == []


@pytest.mark.parametrize(
    ("labels", "label", "number"),
    [
        (Labels(), "Chapter 1", "1"),
        (Labels(chapter="Secret"), "Secret 1", "1"),
        (Labels(chapter=""), "1", "1"),
        (Labels(unnumbered=frozenset({"chapter"})), "", ""),
    ],
)
def test_a_book_says_what_stands_before_its_numbers(
    book: LittleBook, labels: Labels, label: str, number: str
) -> None:
    """None is the language's own word, an empty one the number alone; a series may have neither."""
    project = load(book.folder, _fail)
    assert project is not None
    manuscript = room.read(replace(project, labels=labels), _fail)

    sections = sections_of(manuscript, _fail)

    (chapter,) = (section for section in sections if not section.generated)
    assert (chapter.label, chapter.number) == (label, number)


def test_letters_run_on_after_z() -> None:
    """Appendices are A to Z, then AA."""
    assert [words("en").letter(n) for n in (1, 26, 27, 52, 53, 703)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "AAA",
    ]


def test_both_editions_have_the_same_sections(book: LittleBook) -> None:
    """A book without passages for one edition says the same in both."""
    ids = [[s.id for s in book.proof(medium).rendition.book.sections] for medium in Medium]

    assert ids[0] == ids[1]
