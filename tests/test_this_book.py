"""The finished files of this repository's book, read as a shop or a printer reads them."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from octavo.cli import main
from octavo.inspection.epubcheck import epubcheck

ROOT = Path(__file__).parents[1]
XHTML = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
BOOK = "Giving Him Space to Miss You"
NOTE = re.compile(r"^\[\^([^]]+)\]:\s*(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Made:
    """The files of one build."""

    epub: Path
    pdf: Path


def build(folder: Path) -> Made:
    """Build a copy of the book in a folder, and return its files."""
    shutil.copytree(ROOT / "manuscript", folder / "manuscript")
    shutil.copytree(ROOT / "templates", folder / "templates")
    result = CliRunner().invoke(main, ["build", str(folder)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    (epub,) = (folder / "out").glob("*.epub")
    (pdf,) = (folder / "out").glob("*.pdf")
    return Made(epub, pdf)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return build(tmp_path_factory.mktemp("press"))


@pytest.fixture(scope="module")
def pages(made: Made) -> list[str]:
    """The text of every page of the PDF; a word broken at a line's end is joined again."""
    with pypdfium2.PdfDocument(made.pdf) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return [re.sub("[\u0002\ufffe](?:\r?\n)?", "", text) for text in texts]


@pytest.fixture(scope="module")
def chapters(made: Made) -> dict[str, ET.Element]:
    """The content documents of the EPUB, by the ids of their sections."""
    with zipfile.ZipFile(made.epub) as package:
        names = [name for name in package.namelist() if "/text/" in name]
        trees = [ET.fromstring(package.read(name)) for name in names]
    sections = [tree.find(f"{XHTML}body/{XHTML}section") for tree in trees]
    return {section.get("id", ""): section for section in sections if section is not None}


def outline(pdf: Path) -> list[tuple[str, int]]:
    """Return the titles of the outline and the pages, from 0, that they lead to."""
    with pypdfium2.PdfDocument(pdf) as document:
        marks = [(mark.get_title(), mark.get_dest()) for mark in document.get_toc()]
        return [(title, dest.get_index()) for title, dest in marks if dest]


def labels(pdf: Path) -> list[str]:
    """Return the folios of the pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [document.get_page_label(page) for page in range(len(document))]


def squeezed(text: str) -> str:
    """Return the letters and figures of a text alone."""
    return "".join(c for c in text.casefold() if c.isalnum())


def letters(text: str) -> Counter[str]:
    """Count the letters of a text; figures differ between the editions (notes, pages)."""
    return Counter(c for c in text.casefold() if c.isalpha())


# --- Validators ---------------------------------------------------------------------------------


def test_epubcheck_finds_nothing(made: Made) -> None:
    """EPUBCheck has no message of any grade."""
    assert epubcheck(made.epub) == ()


def test_the_pdf_is_sound(made: Made) -> None:
    """qpdf, inside pikepdf, finds no fault in the file."""
    with pikepdf.open(made.pdf) as pdf:
        assert pdf.check_pdf_syntax() == []


@pytest.mark.skipif(not shutil.which("pdffonts"), reason="poppler-utils is not installed")
def test_every_font_is_embedded_and_none_is_a_fallback(made: Made) -> None:
    """pdffonts shows only the design's faces, each embedded, subset and once."""
    listed = subprocess.run(
        ["pdffonts", made.pdf],  # noqa: S607 - found above
        check=True,
        capture_output=True,
        text=True,
    )
    rows = [line.split() for line in listed.stdout.splitlines()[2:]]
    names = [row[0].partition("+")[2] for row in rows]

    assert all(row[-5:-2] == ["yes", "yes", "yes"] for row in rows)
    assert len(names) == len(set(names))
    assert {name.split("-")[0] for name in names} <= {"EBGaramond", "OctavoSans", "JetBrainsMono"}


def test_two_builds_in_two_folders_are_the_same_bytes(made: Made, tmp_path: Path) -> None:
    """Building again, elsewhere, gives the same EPUB and the same PDF."""
    again = build(tmp_path)

    assert again.epub.read_bytes() == made.epub.read_bytes()
    assert again.pdf.read_bytes() == made.pdf.read_bytes()


# --- Nothing lost -------------------------------------------------------------------------------


def test_every_note_is_in_the_pdf_once(pages: list[str]) -> None:
    """The opening words of each note's text stand on one page, once."""
    text = squeezed("".join(pages))
    notes = written_notes()

    assert len(notes) >= 10
    assert [name for name, words in notes.items() if text.count(words) != 1] == []


def test_every_note_is_in_the_epub_once(chapters: dict[str, ET.Element]) -> None:
    """The EPUB has an aside for every note of the manuscript, and no other."""
    asides = [
        squeezed("".join(aside.itertext()).partition(".")[2])
        for section in chapters.values()
        for aside in section.iter(f"{XHTML}aside")
        if aside.get(EPUB_TYPE) == "footnote"
    ]
    notes = written_notes()

    assert len(asides) == len(notes)
    assert [n for n, words in notes.items() if sum(a.startswith(words) for a in asides) != 1] == []


def written_notes() -> dict[str, str]:
    """Return the first line of every note of the manuscript, squeezed, by file and label."""
    found = {}
    for path in sorted((ROOT / "manuscript").glob("*.md")):
        for label, first in NOTE.findall(path.read_text("utf-8")):
            plain = re.sub(r"\[([^]]*)\](?:\([^)]*\)|\{[^}]*\})", r"\1", first)
            found[f"{path.name}:{label}"] = squeezed(plain)
    return found


def test_both_editions_say_the_same(
    made: Made, pages: list[str], chapters: dict[str, ET.Element]
) -> None:
    """Every section has the same letters in print, without its running heads, as in the EPUB.

    Print says besides on which page a figure stands.
    """
    places = [*outline(made.pdf), ("", len(pages))]
    folios = labels(made.pdf)
    compared = 0
    for (title, first), (_, end) in pairwise(places):
        section = section_titled(chapters, title)
        if section is None or section.get("id") in {"contents", "index", "colophon"}:
            continue
        printed: Counter[str] = Counter()
        for page in range(first, end):
            heads = set() if page == first else heads_of(section)
            text = without_furniture(pages[page], folios[page], heads)
            printed += letters(re.sub(r"(?<=\d)\s+on\s+page\s+\d+", "", text))
        expected = letters("".join(section.itertext())) + drawn(section)
        assert printed == expected, title
        compared += 1
    assert compared >= 14


def drawn(section: ET.Element) -> Counter[str]:
    """Count the letters inside the drawings of a section, which print sets as text."""
    sources = (image.get("src", "") for image in section.iter(f"{XHTML}img"))
    names = [source.partition("images/")[2] for source in sources if source.endswith(".svg")]
    trees = (ET.parse(ROOT / "manuscript" / name).getroot() for name in names)
    texts = (text for tree in trees for text in tree.iter("{http://www.w3.org/2000/svg}text"))
    return sum((letters("".join(text.itertext())) for text in texts), Counter())


def section_titled(chapters: dict[str, ET.Element], title: str) -> ET.Element | None:
    for section in chapters.values():
        heading = section.find(f".//{XHTML}h1")
        if heading is not None and squeezed("".join(heading.itertext())) == squeezed(title):
            return section
    return None


def heads_of(section: ET.Element) -> set[str]:
    """Return what a running head of a section may say, squeezed."""
    title = section.find(f".//{XHTML}h1//{XHTML}span[@class='title']")
    own = "".join(title.itertext()) if title is not None else ""
    file = ROOT / "manuscript" / f"{section.get('id')}.md"
    text = file.read_text("utf-8") if file.is_file() else ""
    short = re.search(r"^short-title: (.*)$", text, re.MULTILINE)
    return {squeezed(head) for head in (BOOK, own, short[1] if short else own)}


def without_furniture(text: str, folio: str, heads: set[str]) -> str:
    """Take the folio and the running head, which stand on lines of their own, off a page."""
    lines = [line for line in text.splitlines() if line.strip() != folio]
    head = next((line for line in lines if squeezed(line) in heads), None)
    if head is not None:
        lines.remove(head)
    return "\n".join(lines)


# --- Everything leads somewhere -----------------------------------------------------------------


def test_the_contents_page_names_the_right_pages(made: Made, pages: list[str]) -> None:
    """The number on the contents page is the folio of the page where the section begins."""
    starts = outline(made.pdf)
    folios = labels(made.pdf)
    at = next(page for title, page in starts if title == "Contents")
    listed = squeezed(pages[at] + pages[at + 1])
    checked = [title for title, page in starts if squeezed(title) + folios[page] in listed]

    assert len(checked) == 15
    for title, page in starts:
        assert squeezed(title.split(". ", 1)[-1])[:20] in squeezed(pages[page]), title


def test_every_folio_is_printed_on_its_page(made: Made, pages: list[str]) -> None:
    """A page with a running head or a folio bears the folio that the viewer shows."""
    folios = labels(made.pdf)
    bearing = [
        (n, t)
        for n, t in enumerate(pages)
        if re.search(r"^\W*(?:[ivxl]+|\d+)\W*$", t, re.MULTILINE)
    ]

    assert len(bearing) > 40
    assert [
        n for n, text in bearing if folios[n] not in [line.strip() for line in text.splitlines()]
    ] == []


def test_every_link_of_the_pdf_lands(made: Made) -> None:
    """Every link inside the PDF names a destination that exists; the others go to the web."""
    with pikepdf.open(made.pdf) as pdf:
        tree = pikepdf.NameTree(pdf.Root.Names.Dests)
        names = set(tree)
        wanted = [
            annotation
            for page in pdf.pages
            for annotation in page.get("/Annots", [])
            if annotation.get("/Subtype") == "/Link"
        ]
        inside = [
            str(a.Dest if "/Dest" in a else a.A.D) for a in wanted if "/Dest" in a or "/D" in a.A
        ]
        outside = [str(a.A.URI) for a in wanted if "/A" in a and "/URI" in a.A]

    assert len(inside) > 60
    assert [name for name in inside if name not in names] == []
    assert [uri for uri in outside if not uri.startswith("https://")] == []


def test_every_link_of_the_epub_lands_and_ids_are_unique(made: Made) -> None:
    """Every href of every content document names a file and an id that exist."""
    with zipfile.ZipFile(made.epub) as package:
        names = set(package.namelist())
        trees = {n: ET.fromstring(package.read(n)) for n in names if n.endswith(".xhtml")}
    ids = {
        name: [e.get("id", "") for e in tree.iter() if e.get("id")] for name, tree in trees.items()
    }
    broken = [
        (name, href)
        for name, tree in trees.items()
        for element in tree.iter(f"{XHTML}a")
        if not (href := element.get("href", "")).startswith("https://")
        and not lands(name, href, ids)
    ]

    assert [name for name, found in ids.items() if len(found) != len(set(found))] == []
    assert broken == []


def lands(name: str, href: str, ids: dict[str, list[str]]) -> bool:
    path, _, fragment = href.partition("#")
    target = os.path.normpath(os.path.join(os.path.dirname(name), path)) if path else name  # noqa: PTH118, PTH120
    return target in ids and (not fragment or fragment in ids[target])


def test_chapters_open_on_a_recto_and_blank_pages_are_blank(made: Made, pages: list[str]) -> None:
    """Every section of the outline begins on an odd page; the page before is full or blank."""
    starts = outline(made.pdf)

    assert [title for title, page in starts if page % 2 and title != "Copyright"] == []
    assert len(pages) % 2 == 0


def test_the_text_is_printed_in_black_ink_alone(made: Made) -> None:
    """No page asks for an RGB colour, but for the two with a drawing: SVG knows only RGB."""
    with pikepdf.open(made.pdf) as pdf:
        coloured = [
            page.label
            for page in pdf.pages
            if {str(op.operator) for op in pikepdf.parse_content_stream(page)} & {"rg", "RG"}
        ]

    assert len(coloured) == 2


def test_the_epub_is_a_zip_as_readers_want_it(made: Made) -> None:
    """``mimetype`` comes first, stored, and says what the file is (OCF 3.3, 4.2)."""
    with zipfile.ZipFile(io.BytesIO(made.epub.read_bytes())) as package:
        first = package.infolist()[0]

        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert package.read(first) == b"application/epub+zip"


# --- The index ----------------------------------------------------------------------------------

MARK = re.compile(r"\[([^]]+)\]\{\.index([^}]*)\}")
ENTRY = re.compile(r'entry="([^"]*)"')
FOLIOS = r"[0-9ivxl]+(?:(?:, ?|–)[0-9ivxl]+)*"


def marks() -> dict[str, set[str]]:
    """Return the words that mark each entry of the index, as the manuscript has them."""
    found: dict[str, set[str]] = {}
    for file in sorted((ROOT / "manuscript").glob("*.md")):
        for words, rest in MARK.findall(file.read_text("utf-8")):
            entry = ENTRY.search(rest)
            found.setdefault(entry[1] if entry else words.replace("--", "–"), set()).add(words)
    return found


def test_the_words_of_every_mark_stand_on_the_page_that_the_index_tells(
    made: Made, pages: list[str]
) -> None:
    """Every entry is printed; each of its pages has the words of a mark, and each mark a page."""
    page_of = dict(zip(labels(made.pdf), map(squeezed, pages), strict=True))
    start = next(
        at for at, text in enumerate(pages) if re.search(r"^Index\s*$", text, re.MULTILINE)
    )
    index = re.sub(r"\s*\r?\n", "\n", "\n".join(pages[start : start + 2]))
    known = marks()
    assert len(known) > 40

    for entry, words in known.items():
        term = re.escape(entry.rpartition("!")[2]).replace(r"\ ", r"\s")
        found = re.search(rf"^[A-Z]?{term},\s({FOLIOS})", index, re.MULTILINE)
        assert found, entry
        told = [page_of[folio] for folio in re.split(", ?|–", found[1])]
        assert all(any(squeezed(word) in text for word in words) for text in told), entry
        assert all(any(squeezed(word) in text for text in told) for word in words), entry


def test_every_link_of_the_index_lands_on_a_mark(made: Made) -> None:
    """A link leads to one element of the EPUB, and to the words of a mark for its entry."""
    with zipfile.ZipFile(made.epub) as package:
        names = [name for name in package.namelist() if "/text/" in name]
        leaves = {Path(name).name: ET.fromstring(package.read(name)) for name in names}
    (index,) = [leaf for name, leaf in leaves.items() if name.endswith("-index.xhtml")]
    known = {entry.rpartition("!")[2]: words for entry, words in marks().items()}
    landed = 0

    for item in index.iter(f"{XHTML}li"):
        term = "".join(item[0].itertext())
        for link in (child for child in item if child.tag == f"{XHTML}a"):
            file, _, place = link.get("href", "").partition("#")
            (there,) = [e for e in leaves[file].iter() if e.get("id") == place]
            words = {word.replace("--", "–") for word in known[term]}
            assert " ".join("".join(there.itertext()).split()) in words
            landed += 1
    assert landed >= len(known)
