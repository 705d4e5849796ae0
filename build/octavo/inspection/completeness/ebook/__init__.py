"""The proof of an EPUB: its documents hold the ledger's blocks, once, whole, in order and seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.inspection.completeness.ebook.hiding import hidden_by_rules
from octavo.inspection.completeness.ebook.notes import Notes
from octavo.inspection.completeness.ebook.package import UnreadableEbookError, opened
from octavo.inspection.completeness.ebook.page import Page
from octavo.inspection.completeness.ebook.rules import hides_itself
from octavo.inspection.completeness.ebook.sheets import of_sheets
from octavo.inspection.completeness.ebook.tree import Ways, differing
from octavo.inspection.completeness.faults import Fault
from octavo.inspection.completeness.folding import folded
from octavo.inspection.completeness.ledger import entry_of, ledger_of
from octavo.inspection.completeness.rows import Passage, differences
from octavo.markup import text_of, walk
from octavo.matter import ROLES
from octavo.rendition.blocks import FOREIGN, Kind, blocks_of

if TYPE_CHECKING:
    from octavo.inspection.completeness.ebook.package import Document, Ebook
    from octavo.inspection.completeness.ledger import Entry
    from octavo.model import Element, Image, Leaf, Node, Rendition
    from octavo.press.fonts import Face

_OF_SECTIONS = {"text-out-of-order": "section-out-of-order"}


def prove_ebook(epub: bytes, rendition: Rendition, faces: tuple[Face, ...]) -> tuple[Fault, ...]:
    """Return what is wrong with a finished EPUB, held against what it was made of."""
    try:
        ebook = opened(epub)
    except UnreadableEbookError as problem:
        place = rendition.book.edition.location
        return (Fault("unreadable-file", place, "", found=str(problem)),)
    documents = {each.section: each for each in reversed(ebook.documents)}
    chapters = zip(rendition.leaves, ledger_of(rendition).chapters, strict=True)
    pages = [
        Page(leaf, chapter, documents[leaf.section.id])
        for leaf, chapter in chapters
        if leaf.section.id in documents
    ]
    ways, notes = Ways.of(ebook, rendition), Notes.of(pages)
    return (
        *_of_sections(ebook, rendition),
        *(fault for page in pages for fault in _of_page(page, ebook, rendition, ways, notes)),
        *of_sheets(pages, ebook, rendition, faces),
        *hidden_by_rules(pages, rendition),
        *_of_navigation(ebook, rendition),
    )


def _of_page(
    page: Page, ebook: Ebook, rendition: Rendition, ways: Ways, notes: Notes
) -> Iterator[Fault]:
    """Yield what is wrong with a document: what its blocks tell, or else its first difference."""
    faults = (
        *_of_text(page),
        *_of_sight(page),
        *notes.faults(page),
        *_of_pictures(page, ebook, rendition.book.images),
    )
    yield from faults or differing(page, rendition, ways)


# --- The text -----------------------------------------------------------------------------------


def _of_sections(ebook: Ebook, rendition: Rendition) -> Iterator[Fault]:
    """Yield the sections that are missing, doubled, or out of order, and documents of none."""
    known = {leaf.section.id: leaf for leaf in rendition.leaves}
    wanted = [Passage(name, "", leaf.title) for name, leaf in known.items()]
    found = [
        Passage(name, "", known[name].title if name in known else _words(each.body))
        for each in ebook.documents
        for name in (each.section,)
        # A cover says nothing in words.
        if name in known or _words(each.body)
    ]
    for each in differences(wanted, found):
        code = _OF_SECTIONS.get(each.code, each.code)
        leaf = known.get(each.kind)
        place = leaf.section.location if leaf else rendition.book.edition.location
        yield Fault(code, place, each.about, "in the EPUB", each.found)


def _words(*nodes: Node) -> str:
    return " ".join(word for node in nodes for word in text_of(node).split())


def _of_text(page: Page) -> Iterator[Fault]:
    around = Passage(page.document.body.tag, "", "")
    wanted = [around, *map(_passage, page.chapter.entries)]
    found = [_passage(entry_of(block)) for block in blocks_of(page.document.body)]
    for each in differences(wanted, found):
        yield page.fault(each.code, each.about or f"<{each.kind}>", each.line, each.found)


def _passage(entry: Entry) -> Passage:
    block = entry.block
    key = folded(block.text) if block.kind is Kind.HIDDEN else entry.want
    return Passage(block.tag, key, block.text, block.line)


def _of_sight(page: Page) -> Iterator[Fault]:
    """Yield what the file hides, though nothing says that it should be hidden."""
    hidden = Counter(map(_words, _hidden(page.document.body)))
    hidden.subtract(map(_words, _hidden(page.leaf.content)))
    for words in (+hidden).elements():
        key = folded(words)
        entries = (entry for entry in page.chapter.entries if entry.want)
        within = (e.block.line for e in entries if e.want in key or key in e.want)
        yield page.fault("text-invisible", words, next(within, 0))


def _hidden(root: Element) -> Iterator[Element]:
    return filter(hides_itself, walk(root))


# --- Pictures -----------------------------------------------------------------------------------


def _of_pictures(page: Page, ebook: Ebook, images: Mapping[str, Image]) -> Iterator[Fault]:
    """Yield the pictures that are not those of the manuscript, or not described as there."""
    wanted, found = _pictures(page.leaf.content), _pictures(page.document.body)
    if len(wanted) != len(found):
        return  # the blocks tell of it
    for want, have in zip(wanted, found, strict=True):
        if want.tag == "img":
            yield from _of_picture(page, want, have, ebook, images)
        said = _described(have)
        if folded(_described(want)) != folded(said):
            code = "text-changed" if said else "text-missing"
            yield page.fault(code, _described(want), want.line, said)


def _of_picture(
    page: Page, want: Element, have: Element, ebook: Ebook, images: Mapping[str, Image]
) -> Iterator[Fault]:
    name = want.get("src")
    path, _ = page.document.leads_to(have.get("src"))
    if name.startswith("data:") and have.get("src") == name:
        return
    if path not in ebook.files:
        yield page.fault("picture-missing", name, want.line)
    elif name in images and ebook.files[path] != images[name].data:
        yield page.fault("picture-changed", name, want.line, path)


def _pictures(root: Element) -> list[Element]:
    return [element for element in walk(root) if element.tag in {"img", *FOREIGN}]


def _described(picture: Element) -> str:
    """Return what a picture says to who cannot see it."""
    return picture.get("alt") if picture.tag == "img" else text_of(picture)


# --- Finding one's way --------------------------------------------------------------------------


def _of_navigation(ebook: Ebook, rendition: Rendition) -> Iterator[Fault]:
    """Yield the sections that the contents of the file do not list, once and in order."""
    sections = {document.path: document.section for document in ebook.documents}
    listed = _listed(rendition.leaves, frozenset(sections.values()))
    language = rendition.book.metadata.language
    names = [titles.labelled(leaf.section, leaf.title, language) for leaf in listed]
    pairs = zip(listed, names, strict=True)
    wanted = [Passage(leaf.section.id, folded(name), name) for leaf, name in pairs]
    links = [(sections.get(path, ""), name) for path, name in _lines(ebook.navigation)]
    found = [Passage(section, folded(name), name) for section, name in links if section]
    places = {leaf.section.id: leaf.section.location for leaf in listed}
    for each in differences(wanted, found):
        code = _OF_SECTIONS.get(each.code, each.code)
        place = places.get(each.kind, rendition.book.edition.location)
        yield Fault(code, place, each.about, f"in {ebook.navigation.path}", each.found)


def _listed(leaves: Sequence[Leaf], standing: frozenset[str]) -> list[Leaf]:
    """Return the leaves that contents name, of those that have a document."""
    listed = [leaf for leaf in leaves if ROLES[leaf.section.role].listed]
    # A book of display pages only must list something too (EPUB 3.3, 5.4.1).
    return [leaf for leaf in listed or leaves if leaf.section.id in standing]


def _lines(guide: Document) -> Iterator[tuple[str, str]]:
    """Yield the files that the contents lead to, each with what they call it."""
    for contents in _seen(guide.body):
        if contents.tag == "nav" and "toc" in contents.get("epub:type").split():
            for link in _seen(contents):
                if link.tag == "a":
                    yield guide.leads_to(link.get("href"))[0], text_of(link)


def _seen(element: Element) -> Iterator[Element]:
    """Yield an element and those in it, but for what hides itself."""
    if not hides_itself(element):
        yield element
        for child in element.children:
            if not isinstance(child, str):
                yield from _seen(child)
