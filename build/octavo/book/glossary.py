"""The glossary: what the terms of a book mean, drawn up as a page.

Where a book defines nothing, ``term`` is a class like any other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.book.indexing.filing import filing
from octavo.book.linking import Linking
from octavo.book.terms import entries_of, is_page, key_of, named, texts_of
from octavo.book.texts import blocks
from octavo.book.words import words
from octavo.diagnostics import Location, warning
from octavo.manuscript import is_term
from octavo.markup import BLOCKS, rewrite_all
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.book.terms import Definition, Entries
    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Manuscript, Node, Section

CLASS = "glossary"
WAY = "used-at"
"""The class of what leads from an entry to its term in the text."""


def drawn_up(
    sections: tuple[Section, ...],
    chosen: Manuscript,
    whole: Manuscript,
    medium: Medium,
    report: Report,
) -> tuple[Section, ...]:
    """Return the sections with their terms led to their entries, and the glossary in its page.

    ``chosen`` is what the edition holds of the ``whole`` manuscript.
    """
    entries = entries_of(sections, chosen, report)
    if entries is None:
        return sections
    for finding in _doubts(entries, sections, whole):
        report(finding)
    linking = Linking(entries, medium, report)
    linked = tuple(map(linking.section, sections))
    return tuple(_with_entries(s, linking, chosen) if is_page(s) else s for s in linked)


def _with_entries(page: Section, linking: Linking, manuscript: Manuscript) -> Section:
    """Return the page with its entries, in the order of the language."""
    listed = linking.entries.listed
    if not listed:
        return page
    alphabet = filing(manuscript.project.metadata.language)
    ordered = sorted(listed, key=lambda each: alphabet.key(_name(each)))
    rows = (row for each in ordered for row in _entry(each, linking, manuscript))
    body = (Element("dl", (("class", CLASS), *linking.says("glossary")), tuple(rows)),)
    files = sorted({each.location.file for each in listed})
    if len(files) == 1:  # its lines tell where what is wrong in it stands
        return replace(page, body=body, location=Location(files[0], 1))
    return replace(page, body=blocks(rewrite_all(body, _without_line)))


def _name(definition: Definition) -> str:
    return titles.text(definition.terms[0])


def _without_line(element: Element) -> Element:
    return replace(element, line=0)


def _entry(each: Definition, linking: Linking, manuscript: Manuscript) -> Iterator[Element]:
    """Yield a term, or several, and what it means, with the way back to where it is used."""
    file = each.location.file
    for term, key in zip(each.terms, each.keys, strict=True):
        words = linking.meaning(titles.plain(term), file)
        yield linking.headed(Element("dt", (), words), linking.entries.ids[key])
    # The first use of all of them, where several terms mean the same.
    uses = [use for key, use in linking.first.items() if key in each.keys][:1]
    *before, last = (linking.meaning(content, file) for content in each.meanings)
    ways = [way for use in uses for way in _ways(use, linking.medium, manuscript)]
    for content in (*before, _followed(last, ways)):
        yield Element("dd", linking.says("glossdef"), content)


def _ways(use: str, medium: Medium, manuscript: Manuscript) -> Iterator[Node]:
    """Yield what leads from an entry to the first use of its term: a link, or in print the page."""
    project = manuscript.project
    around = (("class", WAY),)
    if medium is Medium.EPUB:
        back = words(project.metadata.language)["back-to-text"]
        pairs = (("href", f"#{use}"), ("role", "doc-backlink"), ("title", back))
        yield " "
        yield Element("span", around, (Element("a", pairs, ("\u2191",)),))
    elif project.glossary.pages:
        page = Element("reference", (("to", f"#{use}"), ("form", "page")))
        yield " "
        yield Element("span", around, ("(", page, ")"))


def _followed(content: tuple[Node, ...], ways: list[Node]) -> tuple[Node, ...]:
    """Return a definition with the ways back behind its last words."""
    match content:
        case (*before, Element(tag="p") as last):
            return (*before, replace(last, children=(*last.children, *ways)))
        case (*_, Element() as last) if last.tag in BLOCKS and ways:
            return (*content, Element("p", (), tuple(ways)))
    return (*content, *ways)


# --- What is doubtful -----------------------------------------------------------------------------


def _doubts(
    entries: Entries, sections: tuple[Section, ...], whole: Manuscript
) -> Iterator[Diagnostic]:
    """Yield what to say of definitions that no term leads to, or that stand nowhere."""
    if entries.listed and not any(map(is_page, sections)):
        message = "the book defines terms, but `contents` has no `glossary` page to list them"
        hint = "add `glossary` to `contents: back:` in book.yaml"
        yield warning("no-glossary", message, whole.project.book_file, hint)
    used = {key_of(named(each)) for each, _ in texts_of(whole) if is_term(each)}
    for each in dict.fromkeys(entries.known.values()) if used else ():
        if used.isdisjoint(each.keys):
            message = f"the term “{_name(each)}” is defined and never used"
            hint = f"mark it where the text has it: [{_name(each)}]{{.term}}"
            yield warning("unused-term", message, each.location, hint)
