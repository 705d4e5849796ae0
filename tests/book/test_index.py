"""Laws of the index: what is marked, how it is filed, where it leads."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from octavo.markup import serialize, text_of, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

BOOK = "title: T\ncontents: [chapter.md, index]\n"
LIST = f"{BOOK}index: index.yaml\n"


XHTML_NAMES = re.compile(r' (?:epub:type|class)="index-[a-z-]*"| id="index[^"]*"')


def _page(book: LittleBook, text: str, medium: Medium = Medium.EPUB) -> str:
    book.add(book_yaml=BOOK, chapter_md=f"# A\n\n{text}\n")
    return XHTML_NAMES.sub("", serialize(*book.proof(medium).section("index").body))


def _entries(book: LittleBook, page: str = "index") -> list[str]:
    """Return the entries of an index as an EPUB reads them, without those below them."""
    items = (e for e in walk(*book.proof().section(page).body) if e.tag == "li")
    return [text_of(*(c for c in i.children if isinstance(c, str) or c.tag != "ul")) for i in items]


def test_an_entry_leads_to_every_section_once_in_an_epub(book: LittleBook) -> None:
    """An EPUB has no pages: an entry names the section, and by number its other paragraphs."""
    page = _page(book, "[a]{.index} [A thing]{.index entry=a}\n\n[again]{.index entry=a}")

    assert page == (
        "<div><h2>A</h2><ul><li><span>a</span>, "
        '<a href="#chapter.mark-1">Chapter 1</a>, '
        '<a href="#chapter.mark-3" aria-label="Chapter 1, 2">[2]</a></li></ul></div>'
    )


def test_an_entry_asks_for_every_folio_in_print(book: LittleBook) -> None:
    """Print knows the pages only later, so an entry names the marks whose folios it wants."""
    page = _page(book, "[a]{.index}\n\n[b]{.index entry=a #mine}", Medium.PDF)

    assert '<folio of="chapter.mark-1 mine" as="at at" ranges="ranges"></folio>' in page


def test_entries_are_filed_by_letters(book: LittleBook) -> None:
    """Case, accents and punctuation do not count; each letter has a group of its own."""
    terms = ("zeal", "Élan", "“eager”", "apple", "Über", "ultra", "10 rules", "Яблоко")
    text = " ".join(f"[{term}]{{.index}}" for term in terms)
    book.add(book_yaml=BOOK, chapter_md=f"# A\n\n{text}\n")

    groups = book.proof().section("index").body

    assert [[text_of(*item.children[:1]) for item in walk(group) if item.tag == "li"]
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

    assert "<li><span>b</span>, <em>see</em> <a href=" in page
    assert ">space: as gift</a></li>" in page
    assert re.search("Chapter 1</a>; <em>see also</em> <a [^>]*>b</a><ul><li><span>as gift<", page)


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
    entries = [text_of(e) for e in walk(*proof.section("index").body) if e.tag == "li"]
    assert entries == ["b, Chapter 1", "x, Chapter 1"]


def test_only_an_entry_that_is_written_is_divided(book: LittleBook) -> None:
    """The words of the text are one entry as they stand; written twice, a sign is itself."""
    text = (
        '[Yahoo! Inc.]{.index} [Help!]{.index} [x]{.index entry="Oh!!!why not!!"}'
        ' [y]{.index see="Chalk;; a love story; Oh!!"} [z]{.index entry="Chalk; a love story"}'
    )
    listed = "Mamma Mia!!: Mamma Mia!\nWham!!:\n"
    text += "\n\nMamma Mia! and Wham! sang."
    book.add(book_yaml=LIST, index_yaml=listed, chapter_md=f"# A\n\n{text}\n")

    assert _entries(book) == [
        "Chalk; a love story, Chapter 1",
        "Help!, Chapter 1",
        "Mamma Mia!, Chapter 1",
        "Oh!",
        "why not!, Chapter 1",
        "Wham!, Chapter 1",
        "y, see Chalk; a love story; Oh!",
        "Yahoo! Inc., Chapter 1",
    ]
    assert book.proof().codes == []


def test_an_entry_that_is_too_deep_is_told_of(book: LittleBook) -> None:
    """However many levels there are; the list is told of with its own line."""
    deep = "!".join("x" * 1500)
    book.add(book_yaml=LIST, index_yaml=f"sil!: fish\n{deep[:999]}: fish\n")
    book.add(chapter_md=f'# A\n\nfish [a]{{.index entry="{deep}"}}\n')

    assert book.proof(draft=True).codes == [
        "chapter.md:3 deep-index-entry",
        "index.yaml:1 empty-index-entry",
        "index.yaml:2 deep-index-entry",
    ]


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


def test_marks_stand_at_the_end_of_headings_and_captions(book: LittleBook) -> None:
    """What follows a text in brackets is said of it, and not of the heading or table it ends."""
    text = (
        "# The [a]{.index}\n\n## Of [b]{.index}\n\n| x |\n|---|\n| y |\n\nTable: On [c]{.index}\n"
    )
    book.add(book_yaml=BOOK, chapter_md=text)

    assert _entries(book) == ["a, Chapter 1", "b, Chapter 1", "c, Chapter 1"]
    assert book.proof().section("chapter").title_text == "The a"


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


# --- What a mark may say ------------------------------------------------------------------------


def test_principal_places_are_bold(book: LittleBook) -> None:
    """A principal place is strong; of two places in one paragraph it is the one that is told."""
    page = _page(book, "[a]{.index} [b]{.index entry=a .principal}\n\n[c]{.index entry=a}")

    assert '<strong><a href="#chapter.mark-2">Chapter 1</a></strong>, <a href="#chap' in page


def test_places_are_counted_in_their_own_section(book: LittleBook) -> None:
    """Sections of one name are not one: a number says that there was a place there before."""
    names = ("a.md", "b.md")
    (book.folder / "chapter.md").unlink()
    book.add(book_yaml=f"title: T\ncontents: [{', '.join(names)}, index]\n")
    text = "# Introduction {.unnumbered}\n\n[q]{.index}[^n]\n\n[q]{.index}\n\n[^n]: [q]{.index}\n"
    for name in names:
        book.add(**{name.replace(".", "_"): text})
    one = "Introduction, [2], Introduction\u00a0n1"

    assert _entries(book) == [f"q, {one}, {one}"]


def test_each_line_of_a_list_is_a_place(book: LittleBook) -> None:
    """Marks in an item and in the list below it are two places, as in two paragraphs."""
    _page(book, "- [a]{.index}\n    - [b]{.index entry=a}\n\nx\n")

    assert _entries(book) == ["a, Chapter 1, [2]"]


def test_print_is_told_what_each_place_is(book: LittleBook) -> None:
    """Ranges, principal places and notes are told apart for the pages that are not known yet."""
    text = (
        "[a]{.index .principal}[^n]\n\n::: {.index entry=a}\nOne.\n\nTwo.\n:::\n\n"
        "[]{.index entry=a .begins} x\n\ny[]{.index entry=a .ends}\n\n[^n]: [a]{.index}\n"
    )

    page = _page(book, text, Medium.PDF)

    assert 'as="at! from to from to atn1" note="n"' in page


def test_a_marked_block_ends_behind_its_last_words(book: LittleBook) -> None:
    """The end of a range stands in the last of its blocks, and makes no block of its own."""
    text = "::: {.index entry=a}\nOne.\n\n- two\n- three\n:::\n"
    book.add(book_yaml=BOOK, chapter_md=f"# A\n\n{text}")

    body = serialize(*book.proof().section("chapter").body)

    assert '<li>three<span id="chapter.mark-1.end"></span></li></ul></div>' in "".join(
        body.split("\n")
    )
    assert '<div class="index" id="chapter.mark-1">' in body


def test_an_entry_is_filed_by_what_it_says(book: LittleBook) -> None:
    """``sort`` files an entry, and heads it; ``!`` in it files the entry above, too."""
    text = '[The Dial]{.index sort="Dial"} [x]{.index entry="1984!a" sort="Nineteen!b"} [e]{.index}'
    book.add(book_yaml=BOOK, chapter_md=f"# A\n\n{text}\n")

    heads = [text_of(e) for e in walk(*book.proof().section("index").body) if e.tag == "h2"]

    assert heads == ["D", "E", "N"]
    assert _entries(book)[0] == "The Dial, Chapter 1"


def test_an_entry_keeps_its_italics(book: LittleBook) -> None:
    """An entry reads as its first mark does, without what belongs to the text alone."""
    page = _page(book, "[*Emma*[^n]]{.index}\n\n[^n]: x\n")

    assert "<li><span><em>Emma</em></span>, " in page


@pytest.mark.parametrize(
    ("sort", "expected"),
    [("letters", ["Newark", "New Deal", "new-fangled"]), ("words", ["New Deal", "Newark"])],
)
def test_entries_are_filed_by_letters_or_words(
    book: LittleBook, sort: str, expected: list[str]
) -> None:
    """Letter by letter a space is nothing; word by word it comes before any letter."""
    book.add(book_yaml=f"{BOOK}index: {{sort: {sort}}}\n")
    book.add(chapter_md="# A\n\n[Newark]{.index} [new-fangled]{.index} [New Deal]{.index}\n")

    assert [entry.partition(",")[0] for entry in _entries(book)][: len(expected)] == expected


# --- Other indexes ------------------------------------------------------------------------------

NAMES = (
    "title: T\ncontents: [chapter.md, index, index-names]\n"
    "index: {others: {names: Index of Names}}\n"
)


def test_a_mark_stands_in_the_index_it_names(book: LittleBook) -> None:
    """``in`` puts a mark into another index, whose page has the title that book.yaml gives it."""
    book.add(book_yaml=NAMES, chapter_md="# A\n\n[Jane]{.index in=names} [a]{.index}\n")

    assert _entries(book) == ["a, Chapter 1"]
    assert _entries(book, "index-names") == ["Jane, Chapter 1"]
    assert book.proof().section("index-names").title_text == "Index of Names"
    assert book.proof().codes == []


def test_an_index_that_is_not_there_is_told_of(book: LittleBook) -> None:
    """A misspelt index is an error, and its mark stands in the book's own."""
    book.add(book_yaml=NAMES, chapter_md="# A\n\n[Jane]{.index in=name}\n")

    proof = book.proof(draft=True)

    assert proof.codes == ["chapter.md:3 unknown-index"]
    assert proof.findings[0].hint == "did you mean “names”?"
    assert "Jane" in serialize(*proof.section("index").body)


def test_an_index_without_a_page_is_told_of(book: LittleBook) -> None:
    """Each index needs its own page in contents, and a page needs its index."""
    yaml = NAMES.replace(", index-names]", "]")
    book.add(book_yaml=yaml, chapter_md="# A\n\n[Jane]{.index in=names}\n")
    assert book.proof().codes == ["book.yaml no-index"]
    book.add(book_yaml="title: T\ncontents: [chapter.md, index-names]\n", chapter_md="# A\n\nx\n")

    proof = book.proof(draft=True)

    assert proof.codes == ["book.yaml:2 unknown-page"]
    assert proof.findings[0].hint == "write: index: {others: {names: Index of Names}}"
    book.add(book_yaml=NAMES.replace("index-names]", "index-name]"))
    assert "did you mean “index-names”?" in [each.hint for each in book.proof(draft=True).findings]


def test_a_book_without_contents_has_all_its_indexes(book: LittleBook) -> None:
    """Pages that nobody named stand where books have them, other indexes behind the first."""
    book.add(book_yaml="title: T\nindex: {others: {names: Index of Names}}\n")
    book.add(chapter_md="# A\n\n[Jane]{.index in=names} [a]{.index}\n")

    ids = [section.id for section in book.proof().rendition.book.sections]

    assert ids[-2:] == ["index", "index-names"]


# --- A list of terms ----------------------------------------------------------------------------


def test_terms_mark_their_words_wherever_they_stand(book: LittleBook) -> None:
    """Whole words as they are written, once a paragraph, across emphasis and line ends."""
    text = (
        "Silence and *silent\ntreatment*, silences. More silence.\n\nunsilence silenced\n\n"
        "x[^n]\n\n`silence`\n\n[^n]: silence\n"
    )
    listed = "still: silent\nsilence: [silence, silences, Silence]\nmute: silent treatment\n"
    text += "\nA silent one.\n"
    book.add(book_yaml=LIST, index_yaml=listed, chapter_md=f"# A silence\n\n{text}")

    assert _entries(book) == [
        "mute, Chapter 1",
        "silence, Chapter 1, [2], Chapter 1\u00a0n1",
        "still, Chapter 1",
    ]
    text = serialize(*book.proof().section("chapter").body)
    assert text.count('class="index"') == 3
    assert book.proof().codes == []


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("[a-b, a]", "a-bx", "Chapter 1"),
        ("[C++]", "C++, not C+", "Chapter 1"),
        ("[it's]", "it’s", "Chapter 1"),
        ("[one two]", "one\u00a0two", "Chapter 1"),
        ("[don]", "don't", "Chapter 1"),
        ("[éa]", "x éa", "Chapter 1"),
    ],
)
def test_a_term_is_found_as_it_may_be_written(
    book: LittleBook, words: str, text: str, found: str
) -> None:
    """Signs belong to words; apostrophes and spaces may be of any kind."""
    book.add(book_yaml=LIST, index_yaml=f"x: {words}\n", chapter_md=f"# A\n\n{text}\n")

    assert _entries(book) == [f"x, {found}"]


def test_a_longer_term_that_is_not_there_hides_no_other(book: LittleBook) -> None:
    """Where a word only begins like a term, other terms may stand in it, behind a hyphen."""
    listed = "U-boat crew: U-boat crew\nboat: boat\n"
    text = "The U-boat sank.\n\nA U-boat crew."
    book.add(book_yaml=LIST, index_yaml=listed, chapter_md=f"# A\n\n{text}\n")

    assert _entries(book) == ["boat, Chapter 1", "U-boat crew, Chapter 1"]
    assert book.proof().codes == []


def test_a_term_may_say_all_that_a_mark_can(book: LittleBook) -> None:
    """Sub-entries, references, sort keys and indexes stand in the list as in the text."""
    listed = (
        "space!as gift: {words: gift, sort: b}\nlonging: {see: space}\nspace:\n"
        "A Jane: {in: names, words: Jane, sort: Jane}\nquiet: {words: [hush], see-also: [space]}\n"
    )
    yaml = NAMES.replace("{others", "{terms: index.yaml, others")
    book.add(book_yaml=yaml, index_yaml=listed, chapter_md="# A\n\nJane, gift, space, hush\n")

    assert _entries(book) == [
        "longing, see space",
        "quiet, Chapter 1; see also space",
        "space, Chapter 1",
        "as gift, Chapter 1",
    ]
    assert _entries(book, "index-names") == ["A Jane, Chapter 1"]
    assert book.proof().codes == []


def test_a_term_that_stands_nowhere_is_told_of(book: LittleBook) -> None:
    """Each word of the list has its line; what another edition says is not missing."""
    listed = "a:\n  - here\n  - nowhere\nb: only printed\n"
    text = "here [only printed]{.only-print}\n"
    book.add(book_yaml=LIST, index_yaml=listed, chapter_md=f"# A\n\n{text}")

    assert book.proof().codes == ["index.yaml:3 unused-term"]


def test_a_term_stands_where_another_does_too(book: LittleBook) -> None:
    """A word that stands only in longer terms is in the text; either apostrophe will do."""
    listed = "a: [still life, still, life]\nb: [it's, it’s]\nc: [so-so, so, sos]\n"
    book.add(
        book_yaml=LIST, index_yaml=listed, chapter_md="# A\n\nStill: a still life, so-so, it's\n"
    )

    assert book.proof().codes == ["index.yaml:3 unused-term"]
    assert _entries(book) == ["a, Chapter 1", "b, Chapter 1", "c, Chapter 1"]


def test_mistakes_in_a_list_of_terms_are_told_with_their_line(book: LittleBook) -> None:
    """A misspelt key, and a group where words should be, are errors of the list."""
    listed = "a: {wrds: x}\nb:\n  words: {x: y}\nc: {words: q, in: nams}\n"
    book.add(book_yaml=LIST, index_yaml=listed, chapter_md="# A\n\na q\n")

    assert book.proof(draft=True).codes == [
        "index.yaml:1 unknown-key",
        "index.yaml:3 wrong-kind",
        "index.yaml:4 unknown-index",
    ]


# --- What is wrong with an index ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("[]{.index entry=a .begins} x", ["3 range-without-end"]),
        ("[]{.index entry=a .ends} x", ["3 range-without-beginning"]),
        ("[a]{.index}\n\n[a]{.index see=b} [b]{.index}", ["5 see-and-places"]),
        ("[a]{.index see=b}\n\n[b]{.index see=a}", ["3 see-circular", "5 see-circular"]),
        ("[a]{.index see-also=a}", ["3 see-circular"]),
        ("[a]{.index see=b}\n\n[b]{.index see=c} [c]{.index}", ["3 see-onward"]),
        ("[a]{.index see=b}\n\n[b]{.index see=c} [c]{.index} [b]{.index}", ["5 see-and-places"]),
        ("[Silence]{.index}\n\n[silence]{.index}\n\n[silence]{.index}", ["3 index-spellings"]),
        ("[self worth]{.index} [self-worth]{.index}", ["3 index-spellings"]),
        ("[U.N.]{.index}\n\n[UN]{.index}\n\n[un]{.index}\n\n[UN]{.index}", ["3 index-spellings"]),
        ("[C]{.index} [C++]{.index} [C#]{.index}", []),
        (" ".join(f"[]{{.index entry='{sign}'}}" for sign in "+ - -> = - . ... s".split()), []),
        ("[gate]{.index}\n\n[gates]{.index}\n\n[gate]{.index}", ["5 index-plural"]),
        ("[a]{.index see-also=b}\n\n[b]{.index see-also=a}", []),
    ],
)
def test_what_misleads_a_reader_is_told(book: LittleBook, text: str, codes: list[str]) -> None:
    """Ranges with one end, references in a circle, entries that are one in two: with their line."""
    book.add(book_yaml=BOOK, chapter_md=f"# A\n\n{text}\n")

    assert book.proof(draft=True).codes == [f"chapter.md:{code}" for code in codes]


def test_spellings_of_one_entry_are_told_once(book: LittleBook) -> None:
    """All of them are named, and the most frequent is what they should be."""
    text = " ".join(f"[{each}]{{.index}}\n\n" for each in ("U.N.", "UN", "un", "UN"))
    book.add(book_yaml=BOOK, chapter_md=f"# A\n\n{text}\n")

    (finding,) = book.proof().findings

    assert finding.message == "the index has “U.N.”, “un” and “UN”"
    assert finding.hint == 'if they are the same, write entry="UN" here'


def test_either_end_of_a_range_may_refer_to_others(book: LittleBook) -> None:
    """What a mark says of its entry holds, whatever place it marks."""
    text = (
        "[b]{.index}[]{.index entry=a .begins}\n\n[c]{.index}"
        "[]{.index entry=a .ends see-also=b sort=z}\n\n[]{.index entry=a see-also=c}\n"
    )
    book.add(book_yaml=BOOK, chapter_md=f"# A\n\n{text}\n")

    assert _entries(book) == [
        "b, Chapter 1",
        "c, Chapter 1",
        "a, Chapter 1, [2]; see also b; c",
    ]
    assert book.proof().codes == []


def test_a_range_may_end_in_another_file(book: LittleBook) -> None:
    """A beginning and an end are a pair by their entry and index, wherever they stand."""
    book.add(book_yaml="title: T\ncontents: [chapter.md, two.md, index]\n")
    book.add(chapter_md="# A\n\nx[]{.index entry=a .begins}\n")
    book.add(two_md="# B\n\nx[]{.index entry=a .ends}\n")

    assert _entries(book) == ["a, Chapter 1–Chapter 2"]
    assert book.proof().codes == []
