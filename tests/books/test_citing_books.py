"""Books that cite and note, made whole: what the EPUB and the printed pages say of it."""

from __future__ import annotations

import io
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pypdfium2
import pytest

from octavo.inspection.epubcheck import epubcheck

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import LittleBook

ID = "identifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
HEAD = f"title: A Little Book\n{ID}references: refs.json\n"
IBID = "chicago-notes-bibliography-subsequent-ibid"
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
PICTURE = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">'
    b'<rect width="40" height="30"/></svg>'
)
REFERENCES: tuple[dict[str, object], ...] = (
    {
        "id": "lee",
        "type": "book",
        "title": "Harbours at Night",
        "author": [{"family": "Lee", "given": "Ann"}],
        "issued": {"date-parts": [[2001]]},
        "publisher": "Quay Press",
        "publisher-place": "Leeds",
        "keyword": "sea, primary",
    },
    {
        "id": "wood",
        "type": "book",
        "title": "The Inland Ferry",
        "author": [{"family": "Wood", "given": "Tom"}, {"family": "Hart", "given": "Eva"}],
        "issued": {"date-parts": [[1998]]},
        "publisher": "Mill",
        "publisher-place": "York",
    },
    {
        "id": "hart",
        "type": "article-journal",
        "title": "Tides and Tables",
        "author": [{"family": "Hart", "given": "Eva"}],
        "issued": {"date-parts": [[2010, 5]]},
        "container-title": "Journal of Coasts",
        "volume": "12",
        "issue": "3",
        "page": "45-67",
    },
    {
        "id": "bell",
        "type": "webpage",
        "title": "Lights of the North",
        "author": [{"literal": "Board of Lights"}],
        "issued": {"date-parts": [[2020, 2, 3]]},
        "URL": "https://example.org/lights",
    },
)


@dataclass(frozen=True, slots=True)
class Made:
    """Both editions of a book, as their files have it."""

    said: str
    leaves: dict[str, ET.Element]
    pages: tuple[str, ...]

    def leaf(self, name: str) -> ET.Element:
        """Return a section of the EPUB, by its id."""
        (found,) = [leaf for path, leaf in self.leaves.items() if path.endswith(f"-{name}.xhtml")]
        return found

    def text(self, name: str) -> str:
        """Return the words of a section of the EPUB, without the ways back."""
        return text_of(self.leaf(name).find(f"{XHTML}body"))

    @property
    def print(self) -> str:
        """The words of all printed pages."""
        return "\n".join(self.pages)

    def notes(self, name: str) -> list[str]:
        """Return the notes in a section of the EPUB."""
        return [text_of(each) for each in self.leaf(name).iter(f"{XHTML}aside")]

    def of_class(self, name: str, wanted: str) -> list[str]:
        """Return the words of the elements of a class in a section of the EPUB."""
        return [text_of(e) for e in classed(self.leaf(name), wanted)]

    def target(self, path: str, link: ET.Element) -> ET.Element:
        """Return what a link in a leaf leads to; there is one such place."""
        file, _, place = link.get("href", "").partition("#")
        home = self.leaves[f"EPUB/text/{file}" if file else path]
        (found,) = [element for element in home.iter() if element.get("id") == place]
        return found

    def links(self, within: str = "") -> Iterator[tuple[ET.Element, ET.Element]]:
        """Yield every link inside the EPUB, with what it leads to.

        ``within`` is the class of what the links stand in, and then that comes instead of them.
        """
        for path, leaf in self.leaves.items():
            for outer in classed(leaf, within) if within else [leaf]:
                for link in outer.iter(f"{XHTML}a"):
                    if "://" not in link.get("href", ""):
                        yield outer if within else link, self.target(path, link)


def classed(root: ET.Element, wanted: str) -> list[ET.Element]:
    return [e for e in root.iter() if wanted in (e.get("class") or "").split()]


def text_of(element: ET.Element | None) -> str:
    """Return the words of an element, on one line, without the ways back from an entry."""
    assert element is not None
    row = [element.text or ""]
    for child in element:
        row += ["" if child.get("class") == "cited-at" else text_of(child), child.tail or ""]
    blocks = {f"{XHTML}{name}" for name in ("p", "div", "h1", "h2", "h3", "li", "aside")}
    gap = " " if element.tag in blocks else ""
    return " ".join(f"{gap}{''.join(row)}{gap}".split(" ")) if gap else "".join(row)


def bare(text: str) -> str:
    """Return a text without its spaces, and without what breaks its lines."""
    return re.sub(r"[\s\u200b\u2010\ufffe\x02]", "", text)


def made(book: LittleBook, yaml: str, **files: str | bytes) -> Made:
    """Return a book made in both editions."""
    head = "" if yaml.startswith("title:") else HEAD
    references = {"refs_json": json.dumps(REFERENCES)}
    book.add(book_yaml=head + yaml, **{**references, **files})
    (book.folder / "chapter.md").unlink()
    run = book.octavo("build")
    assert run.code == 0, run.said
    with ZipFile(io.BytesIO(book.made("epub"))) as archive:
        leaves = {
            name: ET.fromstring(archive.read(name))
            for name in archive.namelist()
            if name.startswith("EPUB/text/") and name.endswith(".xhtml")
        }
    with pypdfium2.PdfDocument(book.made("pdf")) as document:
        pages = tuple(page.get_textpage().get_text_range() for page in document)
    return Made(run.said, leaves, tuple(page.replace("\r\n", "\n") for page in pages))


def no_link_is_broken(book: Made) -> bool:
    """Tell whether all links lead somewhere, and no id is there twice in its file."""
    ids = [[e.get("id") for e in leaf.iter() if e.get("id")] for leaf in book.leaves.values()]
    return bool([*book.links()]) and all(len(each) == len(set(each)) for each in ids)


# --- Sources by chapter -------------------------------------------------------------------------

BY_CHAPTER = "citations: {bibliography: chapter}\ncontents: [one.md, two.md]\n"
TWO = {
    "one_md": "# Storms\n\nFirst [@lee, p. 3]. Then [@wood; @lee].\n",
    "two_md": "# Calm\n\nOnly @hart, and [@lee].\n",
}
LEE = "Lee, A. (2001). Harbours at Night. Quay Press."
WOOD = "Wood, T., & Hart, E. (1998). The Inland Ferry. Mill."
HART = "Hart, E. (2010). Tides and Tables. Journal of Coasts, 12(3), 45–67."


def test_each_chapter_lists_what_it_cites(book: LittleBook) -> None:
    """A chapter's list holds its own sources and no others, in both editions."""
    whole = made(book, BY_CHAPTER, **TWO)

    one, two = ([e.strip() for e in whole.of_class(name, "csl-entry")] for name in ("one", "two"))
    assert (one, two) == ([LEE, WOOD], [HART, LEE])
    first, second = (page for page in whole.pages if "Bibliography\n" in page)
    assert bare("Bibliography" + LEE + WOOD) in bare(first)
    assert bare("Bibliography" + HART + LEE) in bare(second)


def test_a_citation_leads_to_the_list_of_its_chapter(book: LittleBook) -> None:
    """The same source has an entry in each chapter, with an id of its own, that leads back."""
    whole = made(book, BY_CHAPTER, **TWO)

    ways = [
        (link.get("href"), target.get("id", ""))
        for link, target in whole.links()
        if link.get("role") == "doc-biblioref"
    ]
    assert {way for way in ways if way[1].endswith("ref-lee")} == {
        ("#one.ref-lee", "one.ref-lee"),
        ("#two.ref-lee", "two.ref-lee"),
    }
    ids = [e.get("id") for leaf in whole.leaves.values() for e in classed(leaf, "csl-entry")]
    assert len(ids) == len(set(ids)) == 4


def test_an_entry_leads_back_to_every_citation(book: LittleBook) -> None:
    """In the EPUB, each ↑ of an entry leads to a citation that leads to that entry."""
    whole = made(book, "contents: [one.md, two.md, bibliography]\n", **TWO)

    back = list(whole.links("csl-entry"))
    assert len(back) == 5
    for entry, citation in back:
        ways = [a.get("href", "") for a in citation.iter(f"{XHTML}a")]
        assert any(way.endswith(f"#{entry.get('id')}") for way in ways)
    assert "↑" not in whole.print


# --- Styles that cite in notes ------------------------------------------------------------------

NOTED = "contents: [one.md, two.md, bibliography]\n"
AGAIN = {
    "one_md": "# Storms\n\nFirst [@lee, p. 3], again [@lee, p. 3]. On [@lee, p. 5]. Other"
    " [@wood]. Back [@lee, p. 7].\n",
    "two_md": "# Calm\n\nNow [@lee]. Then [see @wood, pp. 3-5; also @lee].\n",
}


def test_a_note_style_says_ibid_and_short_forms(book: LittleBook) -> None:
    """“Ibid.” after the same source, the short form later; and in print as in the EPUB."""
    whole = made(book, f"citations: {IBID}\n{NOTED}", **AGAIN)

    assert [note.strip() for note in whole.notes("one")] == [
        "1. Ann Lee, Harbours at Night (Quay Press, 2001), 3.",
        "2. Ibid.",
        "3. Ibid., 5.",
        "4. Tom Wood and Eva Hart, The Inland Ferry (Mill, 1998).",
        "5. Lee, Harbours at Night, 7.",
    ]
    assert bare(" ".join(whole.notes("one"))) in bare(whole.print)


@pytest.mark.parametrize(
    ("again", "first"),
    [
        ("true", "1. Ann Lee, Harbours at Night (Quay Press, 2001)."),
        ("false", "1. Lee, Harbours at Night."),
    ],
)
def test_each_chapter_names_a_source_in_full_again(
    book: LittleBook, again: str, first: str
) -> None:
    """A source of the chapter before is named in full once more, if that is asked."""
    made_so = f"citations: {{style: {IBID}, full-again: {again}}}\n{NOTED}"
    whole = made(book, made_so, **AGAIN)

    assert whole.notes("two")[0].strip() == first
    assert bare(first) in bare(whole.pages[2])


OWN_NOTES = {
    "A remark, with [@bell] and @wood [p. 9].": "A remark, with (Board of Lights, “Lights of the"
    " North,” February 3, 2020, https://example.org/lights) and Tom Wood and Eva Hart, The Inland"
    " Ferry (Mill, 1998), 9.",
    "As @wood [p. 9] say; it is.": "As Wood and Hart (The Inland Ferry (Mill, 1998), 9) say; it"
    " is.",
    "In @lee's book.": "In Lee’s (Harbours at Night (Quay Press, 2001)) book.",
    "See @lee [p. 9]; and @wood.": "See Ann Lee, Harbours at Night (Quay Press, 2001), 9; and Tom"
    " Wood and Eva Hart, The Inland Ferry (Mill, 1998).",
    "See @hart, and [@hart, and more].": "See Eva Hart, “Tides and Tables,” Journal of Coasts 12,"
    " no. 3 (2010): 45–67, and (ibid., and more).",
    "[@lee; @wood]": "Ann Lee, Harbours at Night (Quay Press, 2001); Tom Wood and Eva Hart, The"
    " Inland Ferry (Mill, 1998).",
    "[@lee].": "Ann Lee, Harbours at Night (Quay Press, 2001).",
    "[@lee, p. 3]; but see [@wood].": "Ann Lee, Harbours at Night (Quay Press, 2001), 3; but see"
    " (Tom Wood and Eva Hart, The Inland Ferry (Mill, 1998)).",
    "[@lee] A remark.": "Ann Lee, Harbours at Night (Quay Press, 2001). A remark.",
    "See [@lee, p. 3] for it.": "See (Ann Lee, Harbours at Night (Quay Press, 2001), 3) for it.",
}


@pytest.mark.parametrize("written", OWN_NOTES)
def test_a_citation_in_an_own_note_is_part_of_it(book: LittleBook, written: str) -> None:
    """It makes no note in the note; it stands in parentheses where the note does not begin so."""
    whole = made(
        book,
        f"citations: {IBID}\ncontents: [one.md, bibliography]\n",
        one_md=f"# One\n\nText.[^a]\n\n[^a]: {written}\n",
    )

    assert [note.strip() for note in whole.notes("one")] == [f"1. {OWN_NOTES[written]}"]
    assert bare(f"1. {OWN_NOTES[written]}") in bare(whole.print)


def test_the_same_source_in_the_next_own_note_is_ibid(book: LittleBook) -> None:
    """Where “ibid.” begins a note, it has a capital, and its stop is not doubled."""
    whole = made(
        book,
        f"citations: {IBID}\ncontents: [one.md, bibliography]\n",
        one_md="# One\n\nA.[^a] B.[^b] C.[^c]\n\n[^a]: [@lee]\n\n[^b]: [@lee].\n\n"
        "[^c]: [@lee], as said; see [@lee, p. 4].\n",
    )

    assert [note.strip() for note in whole.notes("one")[1:]] == [
        "2. Ibid.",
        "3. Ibid., as said; see (ibid., 4).",
    ]


def test_a_name_in_the_sentence_stays_before_its_note(book: LittleBook) -> None:
    """Of a citation that is part of the sentence, the author's name stays in the text."""
    whole = made(
        book,
        f"citations: {IBID}\ncontents: [one.md, bibliography]\n",
        one_md="# One\n\nThen @wood [p. 4] wrote.\n",
    )

    assert "Then Wood and Hart1 wrote." in whole.text("one").replace("Tom ", "").replace("Eva ", "")
    assert "The Inland Ferry (Mill, 1998), 4." in whole.notes("one")[0]
    assert bare("Then Tom Wood and Eva Hart1 wrote.") in bare(whole.print)


# --- Notes at the end ---------------------------------------------------------------------------

ENDING = {
    "one_md": "# Storms\n\nAlpha.[^a] Beta.[^b] Again.[^a]\n\n"
    + "Words that fill the page, one after the other.\n\n" * 60
    + "Last.[^c]\n\n[^a]: Note of alpha.\n\n"
    "[^b]: Note of beta.\n\n    Its second paragraph.\n\n    - Its list\n\n[^c]: Note of last.\n",
    "two_md": "# Calm\n\nGamma.[^a]\n\n[^a]: Note of gamma.\n",
}
NOTE_WORDS = ("of alpha", "of beta", "second paragraph", "Its list", "of last", "of gamma")


@pytest.mark.parametrize("place", ["page", "chapter", "book"])
def test_the_words_of_a_note_stand_there_once(book: LittleBook, place: str) -> None:
    """Wherever notes stand, each is there once in each edition, and all its blocks with it."""
    whole = made(book, f"notes: {place}\ncontents: [one.md, two.md, notes]\n", **ENDING)

    epub = "".join(whole.text(path[13:-6]) for path in whole.leaves)
    assert [epub.count(words) for words in NOTE_WORDS] == [1] * len(NOTE_WORDS)
    assert [whole.print.count(words) for words in NOTE_WORDS] == [1] * len(NOTE_WORDS)


@pytest.mark.parametrize("place", ["page", "chapter", "book"])
def test_a_call_leads_to_its_note_and_the_note_back(book: LittleBook, place: str) -> None:
    """The way back leads to the first call; a second call of the note leads to it too."""
    whole = made(book, f"notes: {place}\ncontents: [one.md, two.md, notes]\n", **ENDING)

    calls = [(a, note) for a, note in whole.links() if a.get(EPUB_TYPE) == "noteref"]
    assert [a.text for a, _ in calls] == ["1", "2", "1", "3", "1"]
    assert {note.get("id") for _, note in calls} == {
        *("one.note-1", "one.note-2", "one.note-3", "two.note-1"),
    }
    back = {note.get("id"): first for note, first in whole.links("note-text")}
    for call, note in calls:
        assert back[note.get("id")].text == call.text
    assert no_link_is_broken(whole)


def test_endnotes_of_a_chapter_follow_its_text(book: LittleBook) -> None:
    """They stand under a heading of their own, before the sources of the chapter."""
    files = {**ENDING, "two_md": "# Calm\n\nGamma [@lee].[^a]\n\n[^a]: Note of gamma.\n"}
    whole = made(
        book,
        "notes: chapter\ncitations: {bibliography: chapter}\ncontents: [one.md, two.md]\n",
        **files,
    )

    order = ["Gamma", "Notes", "1. Note of gamma.", "Bibliography", "Lee, A."]
    for text in (whole.text("two"), whole.pages[-1] or whole.pages[-2]):
        places = [text.index(words) for words in order]
        assert places == sorted(places)


def test_endnotes_of_the_book_name_chapter_and_pages(book: LittleBook) -> None:
    """A heading leads to the chapter; print has the pages of its calls, the EPUB has none."""
    whole = made(book, "notes: book\ncontents: [one.md, two.md, notes]\n", **ENDING)

    heads = list(whole.leaf("notes").iter(f"{XHTML}h2"))
    assert [text_of(h).strip() for h in heads] == ["Chapter 1. Storms", "Chapter 2. Calm"]
    assert [h[0].get("href") for h in heads] == ["01-one.xhtml#one", "02-two.xhtml#two"]
    first, last, second = (page_of(whole, words) for words in ("Alpha.1", "Last.3", "Gamma.1"))
    assert first < last < second
    assert f"Chapter 1. Storms\nPages {first}–{last}\n" in whole.print
    assert f"Chapter 2. Calm\nPage {second}\n" in whole.print
    assert classed(whole.leaf("notes"), "note-pages") == []


def page_of(whole: Made, words: str) -> int:
    (page,) = [number for number, text in enumerate(whole.pages, 1) if words in text]
    return page


# --- Their numbers ------------------------------------------------------------------------------


def test_notes_are_numbered_through_the_book(book: LittleBook) -> None:
    """The second chapter goes on where the first ends, in both editions."""
    whole = made(book, "notes: {numbers: book}\ncontents: [one.md, two.md]\n", **ENDING)

    assert whole.notes("two")[0].strip() == "4. Note of gamma."
    assert "Gamma.4" in whole.text("two")
    assert page_of(whole, "Gamma.4") == page_of(whole, "4. Note of gamma.")


def test_signs_begin_anew_doubled_and_trebled(book: LittleBook) -> None:
    """After ¶ come ** and ††, after ¶¶ comes ***; a sign has no point behind it."""
    calls = " ".join(f"Word{at}[^{at}]" for at in range(13))
    texts = "".join(f"[^{at}]: Note {at}.\n\n" for at in range(13))
    whole = made(
        book,
        "notes: {numbers: symbols}\ncontents: [one.md]\n",
        one_md=f"# One\n\n{calls}\n\n{texts}",
    )

    signs = ["*", "†", "‡", "§", "‖", "¶", "**", "††", "‡‡", "§§", "‖‖", "¶¶", "***"]
    notes = [f"{sign} Note {at}." for at, sign in enumerate(signs)]
    assert [note.strip() for note in whole.notes("one")] == notes
    assert [a.text for a, _ in whole.links() if a.get(EPUB_TYPE) == "noteref"] == signs
    assert "\n".join(notes) in whole.print
    assert bare("".join(f"Word{at}{sign}" for at, sign in enumerate(signs))) in bare(whole.print)


EVERYWHERE = (
    "# Title[^t]\n\n## Head[^h]\n\n- Item[^l]\n\n| Top[^th] | b |\n|---|---|\n| Cell[^td] | d |\n\n"
    "![Caption[^f]](p.svg)\n\n> Quote[^q]\n\nTerm\n\n: Meaning[^d]\n\n"
    + "".join(
        f"[^{label}]: Note {label}.\n\n" for label in ("t", "h", "l", "th", "td", "f", "q", "d")
    )
)
CITED_EVERYWHERE = re.sub(r"\[\^\w+\]", " [@lee]", EVERYWHERE.partition("[^t]: ")[0])
PLACES = ("Title", "Head", "Item", "Top", "Cell", "Caption", "Quote", "Meaning")


@pytest.mark.parametrize("place", ["page", "chapter", "book"])
@pytest.mark.parametrize("text", [EVERYWHERE, CITED_EVERYWHERE], ids=["notes", "citations"])
def test_notes_stand_in_titles_tables_captions_and_lists(
    book: LittleBook, place: str, text: str
) -> None:
    """A note may be called from anywhere; it is numbered in the order of the text."""
    whole = made(
        book,
        f"citations: {IBID}\nnotes: {place}\ncontents: [one.md, notes, bibliography]\n",
        one_md=text,
        p_svg=PICTURE,
    )

    calls = [link for link, _ in whole.links() if link.get(EPUB_TYPE) == "noteref"]
    assert [link.text for link in calls] == [str(number) for number in range(1, 9)]
    for number, words in enumerate(PLACES, 1):
        assert f"{words}{number}" in whole.text("one")
        assert re.search(rf"{words}\s?{number}\b", whole.print)
    assert len(whole.notes("notes" if place == "book" else "one")) == len(PLACES)


# --- Lists of sources ---------------------------------------------------------------------------

GROUPS = """citations:
  uncited: true
  groups: [{title: Primary, keywords: [primary]}, {title: The Web, types: webpage}%s]
contents: [one.md, bibliography]
"""
CITES_LEE = {"one_md": "# One\n\nA [@lee].\n"}


def test_sources_stand_under_headings_by_keyword_and_type(book: LittleBook) -> None:
    """The first heading that fits takes a source, and a title alone takes the rest."""
    whole = made(book, GROUPS % ", {title: Other}", **CITES_LEE)

    order = ["Primary", "Lee, A.", "The Web", "Board of Lights.", "Other", "Hart, E.", "Wood, T."]
    for text in (whole.text("bibliography"), whole.pages[2]):
        places = [text.index(words) for words in order]
        assert places == sorted(places)
    assert "warning" not in whole.said


def test_a_source_without_a_heading_is_listed_and_told(book: LittleBook) -> None:
    """What fits no group stands behind all of them, with a warning of its line."""
    whole = made(book, GROUPS % ", {title: Books, types: book}", **CITES_LEE)

    assert whole.of_class("bibliography", "csl-entry")[-1].startswith(" Hart, E. (2010).")
    assert re.findall(r"refs\.json:\d+: warning: “(\w+)”.*\[ungrouped-reference\]", whole.said) == [
        "hart"
    ]


def test_a_book_without_sources_may_list_them_all(book: LittleBook) -> None:
    """With ``uncited`` and an empty file of references there is nothing to list, and no fault."""
    yaml = "citations: {uncited: true}\ncontents: [one.md, bibliography]\n"
    whole = made(book, yaml, refs_json="[]", one_md="# One\n\nText.\n")

    assert [path for path in whole.leaves if "bibliography" in path] == []


@pytest.mark.parametrize(("uncited", "listed"), [("true", 4), ("false", 1)])
def test_sources_that_nothing_cites_are_listed_if_asked(
    book: LittleBook, uncited: str, listed: int
) -> None:
    """With ``uncited`` the whole bibliography is printed, and nothing is called unused."""
    yaml = f"citations: {{uncited: {uncited}}}\ncontents: [one.md, bibliography]\n"
    whole = made(book, yaml, **CITES_LEE)

    entries = whole.of_class("bibliography", "csl-entry")
    assert len(entries) == listed
    assert bare("".join(entries)) in bare(whole.print)
    assert whole.said.count("unused-reference") == 4 - listed


NUMERIC = "# One\n\nFirst [@lee], then [@wood; @hart]. And “so” [@lee].\n"
BY_NAME = (
    "# One\n\nAs @hart [p. 45] shows, so does @wood. In @lee's book, and *see* @bell"
    " [p. 2; @lee].\n"
)
NAMED = {
    "vancouver": "As Hart (1) shows, so does Wood and Hart (2). In Lee’s (3) book, and see Board of"
    " Lights (3,4).",
    "ieee": "As Hart [1, p. 45] shows, so does Wood and Hart [2]. In Lee’s [3] book, and see Board"
    " of Lights [3], [4, p. 2].",
    "nature": "As Hart1 shows, so does Wood and Hart.2 In Lee’s3 book, and see Board of Lights.3,4",
    "ama": "As Hart1(p45) shows, so does Wood and Hart.2 In Lee’s3 book, and see Board of"
    " Lights.3,4(p2)",
    "iso690-numeric": "As Hart (1, p. 45) shows, so does Wood and Hart (2). In Lee’s (3) book, and"
    " see Board of Lights (3, 4, p. 2).",
}


@pytest.mark.parametrize("style", NAMED)
def test_a_name_in_the_sentence_stays_before_its_number(book: LittleBook, style: str) -> None:
    """Where a style says numbers alone, a citation in a sentence is the name and the number."""
    whole = made(book, f"citations: {style}\ncontents: [one.md, bibliography]\n", one_md=BY_NAME)

    assert NAMED[style] in whole.text("one").replace("\xa0", " ")
    assert bare(NAMED[style]) in bare(whole.print)
    assert len(list(whole.links("csl-entry"))) == 5


NUMBERED = {
    "vancouver": ("First (1), then (2,3). And “so” (1).", "1.", "2.", "3."),
    "ieee": ("First [1], then [2], [3]. And “so” [1].", "[1]", "[2]", "[3]"),
    "nature": ("First,1 then.2,3 And “so”.1", "1.", "2.", "3."),
}


@pytest.mark.parametrize("style", NUMBERED)
def test_numbers_stand_in_the_text_and_in_the_list(book: LittleBook, style: str) -> None:
    """Sources are numbered in the order of the text, in a column of their own in the list."""
    whole = made(book, f"citations: {style}\ncontents: [one.md, bibliography]\n", one_md=NUMERIC)

    text, *numbers = NUMBERED[style]
    assert text in whole.text("one")
    assert bare(text) in bare(whole.print)
    margins = whole.of_class("bibliography", "csl-left-margin")
    assert [margin.strip() for margin in margins] == numbers
    assert len(classed(whole.leaf("bibliography"), "csl-numbered")) == len(numbers)
    for number, author in zip(numbers, ("Lee", "Wood", "Hart"), strict=True):
        lines = [line for line in whole.pages[2].split("\n") if line.startswith(number)]
        assert [author in line for line in lines] == [True]


def test_raised_numbers_stand_behind_the_punctuation(book: LittleBook) -> None:
    """No space is before them, and they are raised."""
    whole = made(book, "citations: nature\ncontents: [one.md, bibliography]\n", one_md=NUMERIC)

    raised = [text_of(sup) for sup in whole.leaf("one").iter(f"{XHTML}sup")]
    assert raised == ["1", "2,3", "1"]
    assert "First,1" in whole.print


IN_A_ROW = (
    "# One\n\nTwo together [@lee] [@wood]. Own before [^a] [@hart]. Own after [@lee][^b].\n\n"
    "[@lee]. So it begins.\n\n[^a]: Note.\n\n[^b]: Other.\n"
)
ROWS = {
    "nature": "Two together.1 2 Own before.1 3 Own after.1 2",
    "chicago-notes": "Two together.1 2 Own before.3 4 Own after.5 6",
}


@pytest.mark.parametrize("style", ROWS)
def test_calls_in_a_row_are_no_decimals(book: LittleBook, style: str) -> None:
    """They stand behind one stop, apart from each other; at the head of a paragraph it stays."""
    whole = made(book, f"citations: {style}\ncontents: [one.md, bibliography]\n", one_md=IN_A_ROW)

    assert ROWS[style] in whole.text("one").replace("\u202f", " ")
    assert bare(ROWS[style]) in bare(whole.print)
    assert re.search(r"\s\d\. So it begins", whole.text("one"))


# --- Languages ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "text"),
    [
        (
            "apa",
            "„Zitat“ (Lee, 2001, S. 33), (Wood & Hart, 1998, S. 3–5); Wood und Hart (1998, S. 4).",
        ),
        (
            "iso690-author-date-de",
            "„Zitat“ (Lee 2001, S. 33), (Wood, Hart 1998, S. 3–5); Wood, Hart (1998, S. 4).",
        ),
    ],
)
def test_a_german_book_cites_in_german(book: LittleBook, style: str, text: str) -> None:
    """Labels, “und”, dates, quotation marks and headings are German, in both editions."""
    whole = made(
        book,
        f"title: Häfen\nlanguage: de\n{ID}references: refs.json\ncitations: {style}\n"
        "notes: book\ncontents: [one.md, notes, bibliography]\n",
        one_md='# Eins\n\n"Zitat" [@lee, S. 33], [@wood, S. 3-5]; @wood [S. 4].\n\n'
        "Mehr.[^a]\n\n[^a]: Siehe [@bell].\n",
    )

    assert text in whole.text("one").replace("\xa0", " ")
    assert bare(text) in bare(whole.print)
    for words in ("Anmerkungen", "Kapitel 1. Eins", "Literatur", "Februar"):
        assert words in whole.text("notes") + whole.text("bibliography")
        assert words in whole.print
    assert "Seite 1\n" in whole.print


FRENCH = f"title: Ports\nlanguage: fr\n{ID}references: refs.json\ncitations: {IBID}\n"


def test_a_french_book_calls_its_notes_before_the_punctuation(book: LittleBook) -> None:
    """Calls stand before comma and point, quotations in « » with narrow spaces, all in French."""
    whole = made(
        book,
        f"{FRENCH}notes: book\ncontents: [one.md, notes, bibliography]\n",
        one_md='# Un\n\nIl dit "bonjour" [@lee, p. 33], et plus [@wood, p. 3].\n\n'
        "Voir @wood [p. 4].\n",
    )

    text = "Il dit «\u202fbonjour\u202f»1, et plus2."
    assert text in whole.text("one")
    assert bare(text) in bare(whole.print)
    assert "Wood et Hart" in whole.text("one").replace("Tom ", "").replace("Eva ", "")
    for words in ("Notes", "Chapitre 1. Un", "Bibliographie", "Tom Wood et Eva Hart"):
        assert words in whole.text("notes") + whole.text("bibliography")
        assert words in whole.print
    assert re.search(r"Page\s1\n", whole.print)


def test_a_french_book_has_french_words_of_its_own(book: LittleBook) -> None:
    """Parts, dates, contents and the colophon read French, and nothing is left in English."""
    whole = made(
        book,
        f"{FRENCH}date: 2026-08-11\ncontents:\n  front: [copyright, contents]\n"
        "  body: [{part: part.md, chapters: [one.md]}]\n  back: [bibliography, colophon]\n",
        part_md="# Le nord\n",
        one_md="# Un\n\nTexte [@lee].\n",
    )

    assert "untranslated-language" not in whole.said
    for words in ("Partie I", "Sommaire", "Chapitre 1", "11\xa0août 2026", "composé en"):
        assert words in " ".join(whole.text(path[13:-6]) for path in whole.leaves)
        assert bare(words).casefold() in bare(whole.print).casefold()


# --- The same in both ---------------------------------------------------------------------------


@pytest.mark.parametrize("style", ["apa", IBID, "modern-language-association", "ieee", "nature"])
def test_citations_and_sources_read_the_same_in_both_editions(book: LittleBook, style: str) -> None:
    """Every citation and every entry of the EPUB is in the printed book, word for word."""
    whole = made(
        book,
        f"citations: {style}\ncontents: [one.md, two.md, bibliography]\n",
        one_md=f"# Storms\n\nSo @bell [p. 2], [-@hart, p. 9].[^a]\n\n{AGAIN['one_md'][10:]}\n\n"
        "[^a]: With [see @lee, chap. 2, and more; @wood].\n",
        two_md=AGAIN["two_md"],
    )

    pages = bare(whole.print)
    texts = [t for name in ("one", "two") for t in whole.of_class(name, "citation")]
    entries = whole.of_class("bibliography", "csl-entry")
    assert len(texts) >= 10
    assert len(entries) == 4
    assert [text for text in (*texts, *entries) if bare(text) not in pages] == []


@pytest.mark.slow
@pytest.mark.parametrize(
    "yaml",
    [
        BY_CHAPTER + "notes: chapter\n",
        f"citations: {IBID}\nnotes: book\ncontents: [one.md, two.md, notes, bibliography]\n",
        "citations: ieee\nnotes: {numbers: symbols}\ncontents: [one.md, two.md, bibliography]\n",
    ],
)
def test_epubcheck_finds_nothing(book: LittleBook, yaml: str) -> None:
    """Books that cite and note in all ways are valid."""
    made(book, yaml, one_md=f"{AGAIN['one_md']}\n{ENDING['one_md'][10:]}", two_md=AGAIN["two_md"])

    (file,) = (book.folder / "out").glob("*.epub")
    assert epubcheck(file) == ()


# --- Mistakes -----------------------------------------------------------------------------------

GOOD = "contents: [one.md, bibliography]\n"
STYLE = (
    '<?xml version="1.0"?>\n<style xmlns="http://purl.org/net/xbiblio/csl"\n version="1.0"'
    ' class="in-text">\n<info><title>x</title>\n</style>\n'
)
BIB = "@book{wood, title={X}, year=2001}\n\n@book{lee, author={Lee, title={Y}}\n"
MISTAKES: dict[str, tuple[str, dict[str, str], tuple[str, ...]]] = {
    "a key that nothing has": (
        HEAD + GOOD,
        {"one_md": "# One\n\nText.\n\nSo [@harrt].\n"},
        ("one.md:5: error:", "“harrt”", "did you mean “hart”? (in refs.json:1)", "[undefined-key]"),
    ),
    "one key in two files": (
        HEAD.replace("refs.json", "[refs.json, more.bib]") + GOOD,
        {"more_bib": "\n@book{lee, title={X}, year=2001}\n"},
        ("more.bib:2: error:", "“lee”", "refs.json:1", "[duplicate-reference]"),
    ),
    "a broken .bib": (
        HEAD.replace("refs.json", "more.bib") + GOOD,
        {"more_bib": BIB},
        ("more.bib:3: error:", "“lee”", "never ends", "[bad-bibtex]"),
    ),
    "a style that there is not": (
        HEAD + "citations: chicgo-author-date\n" + GOOD,
        {},
        ("book.yaml:4: error:", "did you mean “chicago-author-date”?", "[style-not-found]"),
    ),
    "a citation of which nothing is left": (
        HEAD + "citations: modern-language-association\n" + GOOD,
        {"one_md": "# One\n\nLee [@lee].\n\nHart says so [-@hart].\n"},
        ("one.md:5: error:", "prints nothing", "[empty-citation]"),
    ),
    "a style of the book's own that is broken": (
        HEAD + "citations: mine.csl\n" + GOOD,
        {"mine_csl": STYLE},
        ("mine.csl:5: error:", "well-formed", "[bad-style]"),
    ),
    "a style file that is not there": (
        HEAD + "citations: mine.csl\n" + GOOD,
        {},
        ("book.yaml:4: error:", "“mine.csl”", "[missing-file]"),
    ),
    "notes at the end of a book without a page for them": (
        HEAD + "notes: book\n" + GOOD,
        {"one_md": "# One\n\nText [@lee].[^a]\n\n[^a]: Note.\n"},
        ("book.yaml", "error:", "add `notes` to `contents: back:`", "[no-notes-page]"),
    ),
}


@pytest.mark.parametrize("case", MISTAKES)
def test_a_mistake_in_citing_is_named_with_its_place(book: LittleBook, case: str) -> None:
    """The build fails with the file, the line and what to do, and writes nothing."""
    yaml, files, words = MISTAKES[case]
    references = json.dumps(REFERENCES)
    book.add(book_yaml=yaml, **{"refs_json": references, **CITES_LEE, **files})

    run = book.octavo("build")

    assert run.code == 1
    assert [word for word in words if word not in run.said] == [], run.said
    assert not (book.folder / "out").exists()
