"""Ids and links: every id stands once in the book, and every link leads somewhere.

A link in a manuscript may name a file (``secret-4.md``), a place in a file
(``secret-4.md#loop``), a place in the same file or anywhere in the book (``#loop``), or the web.
An id that an author wrote is kept as it is; a heading without one gets an id made of its words,
which is known by those words inside its own file and as ``SECTION--words`` in the book.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.book.captions import CAPTIONS
from octavo.book.ids import slug, words_id
from octavo.book.numbered import heading_number
from octavo.book.places import Places
from octavo.book.texts import blocks, rewritten
from octavo.diagnostics import Location
from octavo.manuscript.outward import is_outward
from octavo.markup import rewrite_all, text_of, with_attributes
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.book.naming import Voice
    from octavo.book.numbered import Register
    from octavo.diagnostics import Report
    from octavo.model import Manuscript, Node, Section, Target

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
NO_TEXT_IN = frozenset("br col colgroup dl hr img ol svg table tbody tfoot thead tr ul".split())
"""Elements that cannot hold the mark of a fault, which stands after them."""


def connect(
    sections: tuple[Section, ...],
    manuscript: Manuscript,
    register: Register,
    voice: Voice,
    report: Report,
) -> tuple[tuple[Section, ...], Mapping[str, Target]]:
    """Return the sections with unique ids and resolved links, and every place a link may go.

    What is numbered is known from the register; references speak with the voice.
    """
    places = Places(sections, manuscript.project, register)
    anchored = [_with_anchor(section, places, report) for section in sections]
    named = [_with_ids(section, places, report) for section in anchored]
    for section in named:
        # A heading in the text has the first right to its words, then the section's own.
        places.name(section.id, slug(section.title_text), section.id)
    linked = (_with_links(section, places, voice, report) for section in named)
    return tuple(linked), places.targets


def _with_anchor(section: Section, places: Places, report: Report) -> Section:
    if not section.anchor:
        return section
    if finding := places.objection(section.anchor, section.location):
        report(finding)
        mark = _fault(finding.code, f"#{section.anchor}", section.location.line)
        return replace(section, anchor="", title=(*section.title, mark))
    places.add(section.anchor, section.id, titles.plain(section.title), section.location)
    return section


def _with_ids(section: Section, places: Places, report: Report) -> Section:
    times: Counter[str] = Counter()

    def identify(element: Element) -> Node | tuple[Node, ...]:
        own = element.get("id")
        # The id of a note's call was made by the press, and nothing but the note leads there.
        if element.tag == "note" or not (own or element.tag in HEADINGS):
            return element
        location = Location(section.location.file, element.line)
        title = titles.plain(_named_by(element))
        if own and (finding := places.objection(own, location)):
            report(finding)
            return _marked(with_attributes(element, id=None), finding.code, f"#{own}")
        final = own or _words_id(section.id, slug(titles.text(title)), times, places)
        places.add(final, section.id, title, location, heading_number(element))
        return with_attributes(element, id=final)

    return rewritten(section, identify)


def _named_by(element: Element) -> tuple[Node, ...]:
    """Return what names a place: its caption, or its own words."""
    inside = (child for child in element.children if isinstance(child, Element))
    return next((child.children for child in inside if child.tag in CAPTIONS), element.children)


def _words_id(section: str, words: str, times: Counter[str], places: Places) -> str:
    """Return the id of a heading by its words, with a number where they come again."""
    while True:
        times[words] += 1
        short = words if times[words] == 1 else f"{words}-{times[words]}"
        final = words_id(section, short)
        if final not in places.targets:
            places.name(section, short, final)
            return final


def _with_links(section: Section, places: Places, voice: Voice, report: Report) -> Section:
    """Return a section whose links lead to ids, and whose references are said."""

    def linked(nodes: tuple[Node, ...], home: str, file: str) -> tuple[Node, ...]:
        return rewrite_all(nodes, _Linking(home, file, places, voice, report).resolve)

    file = section.location.file
    notes = (
        replace(
            note,
            content=blocks(
                linked(note.content, places.home(note.id, section.id), note.location.file)
            ),
        )
        for note in section.notes
    )
    made = replace(
        section,
        title=linked(section.title, section.id, file),
        epigraph=blocks(linked(section.epigraph, section.id, file)),
        body=blocks(linked(section.body, section.id, file)),
        notes=tuple(notes),
    )
    return titles.retitled(section, made)


@dataclass(frozen=True, slots=True)
class _Linking:
    """A text of a section while its links are resolved."""

    section: str
    file: str
    places: Places
    voice: Voice
    report: Report

    def resolve(self, element: Element) -> Node | tuple[Node, ...]:
        """Return what stands for an element: links lead to ids, references say what they mean."""
        if element.tag == "reference":
            return self._said(element)
        href = element.get("href")
        if element.tag != "a" or not href:
            return element
        # No link stands in another, and a reference in a list of captions is one.
        link = replace(element, children=rewrite_all(element.children, _unlinked))
        if is_outward(href):
            return link
        if target := self._leading(href, element.line):
            return with_attributes(link, href=f"#{target.id}")
        mark = _fault("dangling-link", href, element.line)
        return Element("span", (), (*link.children, mark), element.line)

    def _said(self, reference: Element) -> Node | tuple[Node, ...]:
        links = reference.get("to").split(" ")
        targets = [self._leading(href, reference.line) for href in links]
        known = [self._in_words(target) for target in targets if target]
        if len(known) == len(links):
            return self.voice.said(reference, known)
        return _fault("dangling-link", " ".join(links), reference.line)

    def _leading(self, href: str, line: int) -> Target | None:
        """Return where a link leads, or nothing after telling that it leads nowhere."""
        final = self.places.destination(self.section, href)
        if not final:
            self.report(self.places.dangling(self.section, href, Location(self.file, line)))
        return self.places.targets.get(final)

    def _in_words(self, target: Target) -> Target:
        """Return a target in whose title references are words."""

        def worded(element: Element) -> Node:
            if element.tag != "reference":
                return element
            finals = [
                self.places.destination(target.section, href)
                for href in element.get("to").split(" ")
            ]
            known = [self.places.targets[final] for final in finals if final]
            said = self.voice.said(element, known) if len(known) == len(finals) else ()
            return text_of(*said)

        return replace(target, title=rewrite_all(target.title, worded))


def _unlinked(element: Element) -> Node | tuple[Node, ...]:
    return element.children if element.tag == "a" else element


def _marked(element: Element, code: str, text: str) -> Node | tuple[Node, ...]:
    mark = _fault(code, text, element.line)
    if element.tag in NO_TEXT_IN:
        return (element, mark)
    return replace(element, children=(*element.children, mark))


def _fault(code: str, text: str, line: int) -> Element:
    return Element("fault", (("code", code),), (text,), line)
