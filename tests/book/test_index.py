"""Laws of the index: what is marked, how it is filed, where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.markup import serialize, text_of, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

BOOK = "title: T\ncontents: [chapter.md, index]\n"


def _page(book: LittleBook, text: str, medium: Medium = Medium.EPUB) -> str:
    book.add(book_yaml=BOOK, chapter_md=f"# A\n\n{text}\n")
    return serialize(*book.proof(medium).section("index").body)


def test_an_entry_leads_to_every_section_once_in_an_epub(book: LittleBook) -> None:
    """An EPUB has no pages: an entry names each section with a mark, and leads to the first."""
    page = _page(book, "[a]{.index} [A thing]{.index entry=a}")

    assert page == (
        '<ul class="index-group"><li>a, <a href="#chapter.mark-1">Chapter 1</a></li></ul>'
    )


def test_an_entry_asks_for_every_folio_in_print(book: LittleBook) -> None:
    """Print knows the pages only later, so an entry names the marks whose folios it wants."""
    page = _page(book, "[a]{.index} [b]{.index entry=a #mine}", Medium.PDF)

    assert '<folio of="chapter.mark-1 mine"></folio>' in page


def test_entries_are_filed_by_letters(book: LittleBook) -> None:
    """Case, accents and punctuation do not count; each letter has a group of its own."""
    terms = ("zeal", "Élan", "“eager”", "apple", "Über", "ultra", "10 rules", "Яблоко")
    text = " ".join(f"[{term}]{{.index}}" for term in terms)
    book.add(book_yaml=BOOK, chapter_md=f"# A\n\n{text}\n")

    groups = book.proof().section("index").body

    assert [[text_of(*item.children[:1]).split(",")[0] for item in walk(group) if item.tag == "li"]
            for group in groups] == [
        ["10 rules"], ["apple"], ["“eager”", "Élan"], ["Über", "ultra"], ["zeal"], ["Яблоко"],
    ]  # fmt: skip


def test_sub_entries_stand_below_and_references_behind(book: LittleBook) -> None:
    """``!`` divides entry and sub-entry, in marks as in references to them."""
    page = _page(
        book,
        '[a]{.index entry="space!as  gift"} [b]{.index see="space!as gift"}'
        ' [space]{.index see-also=b}',
    )  # fmt: skip

    assert "<li>b, <em>see</em> space: as gift</li>" in page
    assert "Chapter 1</a>; <em>see also</em> b<ul><li>as gift, " in page


def test_a_reference_to_no_entry_is_told_of(book: LittleBook) -> None:
    """Readers are never sent to an entry that is not there; the nearest is suggested."""
    book.add(book_yaml=BOOK, chapter_md="# A\n\n[absence]{.index} [b]{.index see=absense}\n")

    proof = book.proof()

    assert proof.codes == ["chapter.md:3 see-nowhere"]
    assert proof.findings[0].hint == "did you mean “absence”?"


def test_a_mark_without_words_is_told_of(book: LittleBook) -> None:
    """A mark of nothing has no entry; a mark of nothing with an entry is a place."""
    text = '# A\n\n[]{.index entry=x}\n\n[]{.index}\n\n[a]{.index entry="b!"}\n'
    book.add(book_yaml=BOOK, chapter_md=text)

    proof = book.proof(draft=True)

    assert proof.codes == ["chapter.md:5 empty-index-entry", "chapter.md:7 empty-index-entry"]
    assert "<li>x, " in serialize(*proof.section("index").body)
    assert "<li>, " not in serialize(*proof.section("index").body)


def test_marks_stand_in_titles_notes_and_other_marks(book: LittleBook) -> None:
    """Every mark is found wherever it stands, and has an id of its own."""
    text = "# [A]{.index} B\n\n[one [two]{.index}]{.index} x[^n]\n\n[^n]: [three]{.index}\n"
    book.add(book_yaml=BOOK, chapter_md=text)

    for medium in Medium:
        proof = book.proof(medium)

        section = proof.section("index")
        items = [element for element in walk(*section.body) if element.tag == "li"]
        terms = [text_of(*item.children[:1]).rstrip(", ") for item in items]
        wanted = {name for e in walk(*section.body) for name in e.get("of").split()}
        wanted |= {e.get("href")[1:] for e in walk(*section.body) if e.tag == "a"}
        there = {e.get("id") for e in walk(proof.leaf("chapter").content)}
        assert terms == ["A", "one two", "three", "two"]
        assert len(wanted) == 4
        assert wanted <= there


def test_marks_without_a_page_are_told_of(book: LittleBook) -> None:
    """A book with marks and no page `index` says so, and still reads the same."""
    book.add(book_yaml="title: T\ncontents: [chapter.md, contents]\n")
    book.add(chapter_md="# A\n\n[a]{.index}\n")

    assert book.proof().codes == ["book.yaml no-index"]


def test_what_only_an_index_reads_is_not_in_the_text(book: LittleBook) -> None:
    """Entries and references of marks are no attributes of the text."""
    book.add(book_yaml=BOOK, chapter_md="# A\n\n[a]{.index entry=b see-also=b}\n")

    text = serialize(*book.proof().section("chapter").body)

    assert text == '<p><span class="index" id="chapter.mark-1">a</span></p>'
