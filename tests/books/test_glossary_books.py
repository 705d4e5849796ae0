"""Books with a glossary and abbreviations, made whole: what both files say of them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pypdfium2
import pytest

from octavo.inspection.epubcheck import epubcheck
from octavo.markup import parse, text_of, walk

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.model import Element

ID = "identifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
REFERENCES = """[{"id": "doe", "type": "book", "title": "Ties", "publisher": "Quay",
"author": [{"family": "Doe", "given": "Ann"}], "issued": {"date-parts": [[2001]]}}]"""
BOOK = f"""title: Bonds
{ID}references: refs.json
glossary: {{file: terms.yaml, pages: true}}
contents:
  front: [abbreviations, contents]
  body: [one.md, two.md]
  back: [glossary, bibliography]
"""
TERMS = """tie: Another word for a [bond]{.term}, as [@doe, p. 3] says.
protest behaviour: |
  What somebody does to be noticed.

  - It may be loud.
"""
ONE = """# On the [Bond]{.term}

{filling}A [bond]{.term def="What *ties*; see [the place](#there)."} holds.[^who]

[^who]: So says the WHO of [protest behaviour]{.term}; [@doe].

*[WHO]: World Health Organization
"""
TWO = "# Two\n\n## There {#there}\n\nA [tie]{.term} is a [bond]{.term} is a [bond]{.term}.\n"


def _made(book: LittleBook, yaml: str = BOOK, filling: str = "") -> LittleBook:
    (book.folder / "chapter.md").unlink(missing_ok=True)
    book.add(book_yaml=yaml, refs_json=REFERENCES, terms_yaml=TERMS, two_md=TWO)
    book.add(one_md=ONE.replace("{filling}", filling))
    run = book.octavo("build")
    assert run.code == 0, run.said
    assert "warning" not in run.said
    return book


def _documents(book: LittleBook) -> dict[str, Element]:
    """Return the bodies of the EPUB's documents by the ends of their names."""
    with ZipFile(io.BytesIO(book.made("epub"))) as archive:
        texts = {n: archive.read(n).decode() for n in archive.namelist() if "/text/" in n}
    bodies = {n: re.findall(r"<body.*</body>", text, re.DOTALL)[0] for n, text in texts.items()}
    declared = ("<body ", '<body xmlns:epub="e" ')
    return {
        n.split("/")[-1]: next(walk(*parse(body.replace(*declared)))) for n, body in bodies.items()
    }


def _pages(book: LittleBook) -> list[str]:
    with pypdfium2.PdfDocument(book.made("pdf")) as pdf:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in pdf]


def test_every_link_of_the_glossary_lands(book: LittleBook) -> None:
    """In the EPUB terms lead to their entries and entries back; it is valid."""
    documents = _documents(_made(book))

    ids = {f"{name}#{e.get('id')}" for name, body in documents.items() for e in walk(body)}
    links = {
        (name, href if not href.startswith("#") else name + href, e.get("role"))
        for name, body in documents.items()
        for e in walk(body)
        if (href := e.get("href")) and e.get("role") in {"doc-glossref", "doc-backlink"}
    }
    assert {href for _, href, _ in links} - ids == set()
    assert sum(role == "doc-glossref" for _, _, role in links) == 5
    (page,) = (body for name, body in documents.items() if "glossary" in name)
    terms = [text_of(e) for e in walk(page) if e.tag == "dt"]
    assert terms == ["bond", "protest behaviour", "tie"]
    (epub,) = (book.folder / "out").glob("*.epub")
    assert epubcheck(epub) == ()


@pytest.mark.parametrize("filling", ["", "Some words of no use. " * 500 + "\n\n"])
def test_print_names_the_page_of_the_first_use(book: LittleBook, filling: str) -> None:
    """The number moves with the text, and is the folio of the page that has the term."""
    pages = _pages(_made(book, filling=filling))

    glossary = next(page for page in reversed(pages) if "What somebody does" in page)
    (folio,) = re.findall(r"see the place\. \(page (\d+)\)", glossary)
    (home,) = (page for page in pages if "A bond holds." in page)
    assert re.match(rf"(?:B o n d s )?{folio} ", home)
    assert "WHO World Health Organization" in pages[0]


def test_a_definition_may_cite_in_a_style_of_notes(book: LittleBook) -> None:
    """A glossary has no notes: the source stands in the definition as it would in one."""
    yaml = BOOK.replace("references:", "citations: chicago-notes\nreferences:")

    pages = _pages(_made(book, yaml))

    glossary = next(page for page in reversed(pages) if "What somebody does" in page)
    assert "Doe" in glossary


def test_entries_stand_in_the_order_of_the_language(book: LittleBook) -> None:
    """Swedish files Å, Ä and Ö behind Z; Czech files ch behind h."""
    orders = {}
    for language, terms in (("sv", ["ö", "zebra", "å", "apa"]), ("cs", ["chata", "cena", "had"])):
        text = " ".join(f'[{term}]{{.term def="x"}}' for term in terms)
        contents = "contents: {body: [chapter.md], back: [glossary]}\n"
        book.add(
            book_yaml=f"title: T\nlanguage: {language}\n{contents}",
            chapter_md=f"# A\n\n{text}\n",
        )
        page = book.proof().section("glossary").body
        orders[language] = [text_of(e) for e in walk(*page) if e.tag == "dt"]

    assert orders == {"sv": ["apa", "zebra", "å", "ö"], "cs": ["cena", "had", "chata"]}
