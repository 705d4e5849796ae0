"""Books with indexes, made whole: what the printed pages and the EPUB say of it."""

from __future__ import annotations

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
XHTML = "{http://www.w3.org/1999/xhtml}"
FILL = "The water rose and fell, and nobody on the quay gave it much thought that year. " * 12


@dataclass(frozen=True, slots=True)
class Made:
    """Both editions of a book, as their files have it."""

    pages: dict[str, str]
    """The words of every printed page, by its folio."""
    leaves: dict[str, ET.Element]

    def page_with(self, words: str) -> int:
        """Return the page of the body on which words stand; they stand on one only."""
        (folio,) = [name for name, text in self.body() if words in text]
        return int(folio)

    def body(self) -> Iterator[tuple[str, str]]:
        """Yield the pages that no index stands on."""
        for folio, text in self.pages.items():
            if folio.isdecimal() and "Index" not in text:
                yield folio, text

    def lines(self, title: str) -> list[str]:
        """Return the lines of a printed index."""
        (page,) = [text for text in self.pages.values() if f"{title}\n" in text]
        text = re.sub(r"(?<=[,–]) ?\n", " ", page.partition(f"{title}\n")[2])
        return [line.replace("– ", "–") for line in text.splitlines() if line]

    def leaf(self, name: str) -> ET.Element:
        """Return a section of the EPUB, by its id."""
        (found,) = [leaf for path, leaf in self.leaves.items() if path.endswith(f"-{name}.xhtml")]
        return found

    def entries(self, name: str) -> list[str]:
        """Return the entries of an index in the EPUB."""
        return [own_text(item) for item in self.leaf(name).iter(f"{XHTML}li")]

    def links(self, name: str) -> Iterator[tuple[str, ET.Element]]:
        """Yield the words of every link in an index of the EPUB, and the one place it leads to."""
        for path, leaf in self.leaves.items():
            for link in leaf.iter(f"{XHTML}a") if path.endswith(f"-{name}.xhtml") else ():
                file, _, place = link.get("href", "").partition("#")
                home = self.leaves[f"EPUB/text/{file}" if file else path]
                (found,) = [element for element in home.iter() if element.get("id") == place]
                yield own_text(link), found


def own_text(element: ET.Element) -> str:
    """Return the words of an element, without those of the lists in it."""
    row = [element.text or ""]
    for child in element:
        row += ["" if child.tag == f"{XHTML}ul" else own_text(child), child.tail or ""]
    return "".join(row)


def made(book: LittleBook, yaml: str, **files: str) -> Made:
    """Return a book made in both editions, in which the press finds nothing wrong."""
    book.add(book_yaml=f"title: A Little Book\n{ID}{yaml}", **files)
    if "chapter_md" not in files:
        (book.folder / "chapter.md").unlink()
    run = book.octavo("build")
    assert run.code == 0, run.said
    assert ": warning" not in run.said
    (epub,) = (book.folder / "out").glob("*.epub")
    (pdf,) = (book.folder / "out").glob("*.pdf")
    assert epubcheck(epub) == ()
    with pypdfium2.PdfDocument(pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
        folios = [document.get_page_label(number) for number in range(len(document))]
    clean = (re.sub("[\u0002\ufffe](?:\r?\n)?", "", text).replace("\r", "") for text in texts)
    with ZipFile(epub) as package:
        names = [name for name in package.namelist() if "/text/" in name]
        leaves = {name: ET.fromstring(package.read(name)) for name in names}
    return Made(dict(zip(folios, clean, strict=True)), leaves)


ONE = f"""# One

The [tides]{{.index}} were first. {FILL}

{FILL}

{FILL}

The tides were second. {FILL}

{FILL}

The [tides]{{.index}} were third.[^lamp] [Ann Lee]{{.index in=names entry="Lee, Ann"}} saw them.

[^lamp]: A [lamp]{{.index}} was lit. {FILL}

::: {{.index entry="harbours!in winter"}}
The harbour froze. {FILL}

{FILL}

{FILL}

{FILL} The harbour thawed.
:::

The storms began.[]{{.index entry=storms .begins}} {FILL}
"""
TWO = f"""# Two

The tides were [all]{{.index entry=tides .principal}}. {FILL}

The lamp in the text was [another]{{.index entry=lamp}}. {FILL}

{FILL}

The storms ended.[]{{.index entry=storms .ends}} {FILL}

[Gales]{{.index see="storms; tides"}} are [storms]{{.index see-also=tides}} too, says
[Tom Wood]{{.index in=names entry="Wood, Tom"}}, and [7 winds]{{.index}} blow.
"""
YAML = """contents:
  body: [one.md, two.md]
  back: [index, index-names]
index:
  terms: terms.yaml
  others: {names: Index of Names}
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A book with all that an index can have."""
    from tests.conftest import LittleBook  # noqa: PLC0415

    little = LittleBook(tmp_path_factory.mktemp("whole") / "book").add(chapter_md="# x")
    return made(little, YAML, one_md=ONE, two_md=TWO, terms_yaml="tides: tides were second\n")


def test_an_entry_tells_the_pages_its_words_stand_on(whole: Made) -> None:
    """Three pages in a row are one range; the principal page stands alone, once."""
    first, second, third = (whole.page_with(f"were {n}") for n in ("first", "second", "third"))
    principal = whole.page_with("were all")
    assert (second, third) == (first + 1, first + 2)

    assert f"tides, {first}–{third}, {principal}" in whole.lines("Index")


def test_a_range_goes_from_its_beginning_to_its_end(whole: Made) -> None:
    """Blocks that are marked together, and a pair of marks in two files, are ranges."""
    froze, thawed = whole.page_with("harbour froze"), whole.page_with("harbour thawed")
    began, ended = whole.page_with("storms began"), whole.page_with("storms ended")
    assert froze < thawed
    assert began < ended
    last = whole.page_with("Gales")

    lines = whole.lines("Index")

    assert lines[lines.index("harbours") + 1] == f"in winter, {froze}–{thawed}"
    assert any(line.startswith(f"storms, {began}–{max(ended, last)}; see also") for line in lines)


def test_a_mark_in_a_note_tells_the_note(whole: Made) -> None:
    """A page of a note has its number behind it (The Chicago Manual of Style, 15.34)."""
    note, text = whole.page_with("lamp was lit"), whole.page_with("lamp in the text")

    assert f"lamp, {note}n1, {text}" in whole.lines("Index")
    assert "lamp, Chapter 1\u00a0n1, Chapter 2" in whole.entries("index")


def test_figures_come_first_and_letters_have_heads(whole: Made) -> None:
    """Entries without a letter have no heading."""
    lines = whole.lines("Index")

    assert lines[0].startswith("7 winds, ")
    assert [line for line in lines if len(line) == 1] == ["G", "H", "L", "S", "T"]


def test_each_index_has_its_own_entries(whole: Made) -> None:
    """Names stand in the index of names, under its own title, and nowhere else."""
    page = whole.page_with("Ann Lee")

    assert whole.lines("Index of Names")[:2] == ["L", f"Lee, Ann, {page}"]
    assert whole.entries("index-names") == ["Lee, Ann, Chapter 1", "Wood, Tom, Chapter 2"]
    assert not any("Wood" in entry for entry in whole.entries("index"))


def test_every_link_of_an_index_lands(whole: Made) -> None:
    """A link to a section leads to the mark in it, a link to an entry to that entry."""
    landed = list(whole.links("index"))

    assert {own_text(there) for words, there in landed if words == "storms"} == {
        next(entry for entry in whole.entries("index") if entry.startswith("storms"))
    }
    assert ("[2]", "tides were second") in [(words, own_text(there)) for words, there in landed]
    assert ("Chapter 2", "all") in [(words, own_text(there)) for words, there in landed]
    assert len(list(whole.links("index-names"))) == 2


def test_an_entry_refers_to_others(whole: Made) -> None:
    """*See* stands in place of places, *see also* behind them."""
    entries = whole.entries("index")

    assert "Gales, see storms; tides" in entries
    assert "storms, Chapter 1–Chapter 2, Chapter 2; see also tides" in entries


def test_ranges_can_be_left_undone(book: LittleBook) -> None:
    """Pages in a row stay single where the book says so; what is marked as a range is one."""
    text = "\n\n".join(f"[x]{{.index}} here. {FILL}\n\n{FILL}\n\n{FILL}" for _ in range(3))
    ranged = f"::: {{.index entry=y}}\n{FILL}\n\n{FILL}\n\n{FILL}\n\n{FILL}\n:::\n"
    yaml = "contents: [chapter.md, index]\nindex: {ranges: false}\n"

    pages = made(book, yaml, chapter_md=f"# A\n\n{text}\n\n{ranged}").pages

    (index,) = ["".join(text.split()) for text in pages.values() if "Index" in text]
    assert re.search(r"x,1,2,3Yy,\d–\d$", index)


@pytest.mark.parametrize(
    ("language", "terms", "heads"),
    [
        ("sv", "äpple zebra ö ål orm apa", "A O Z Å Ä Ö"),
        ("cs", "cizí chata čas hora řeka rok ihned", "C Č H Ch I R Ř"),
        ("de", "Zebra Äpfel Apfel über Uhr", "A U Z"),
    ],
)
def test_entries_stand_as_the_language_has_them(
    book: LittleBook, language: str, terms: str, heads: str
) -> None:
    """Letters of a language have a place and a heading of their own, in both editions."""
    text = " ".join(f"[{term}]{{.index}}" for term in terms.split())
    yaml = f"language: {language}\ncontents: [chapter.md, index]\nlabels: {{chapter: K}}\n"
    book.add(book_yaml=f"title: T\n{ID}{yaml}", chapter_md=f"# A\n\n{text}\n")
    run = book.octavo("build")
    assert run.code == 0, run.said

    with ZipFile(next((book.folder / "out").glob("*.epub"))) as package:
        (name,) = [name for name in package.namelist() if name.endswith("-index.xhtml")]
        leaf = ET.fromstring(package.read(name))

    assert [own_text(head) for head in leaf.iter(f"{XHTML}h2")] == heads.split()
