"""Citations in the text, and the lists of what they cite.

Checks every key against the references, lets the citation engine render the citations of the book
or of each chapter in one go, and puts each rendering in its place and the sources where they are
listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from octavo.book import bibliography, terms, titles
from octavo.book.bibliography import Citations, Lists
from octavo.book.citation import Group, Rendering
from octavo.book.citing import rendered
from octavo.book.copyedit import stopped, unstopped
from octavo.book.idle import check_settings
from octavo.book.keys import check_keys
from octavo.book.noted import ALONE, NAME, OWN
from octavo.book.notes import opening_of, parted
from octavo.book.texts import rewritten
from octavo.diagnostics import Location, error, warning
from octavo.markup import rewrite_all, walk
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Manuscript, Node, NumberedNote, Section


def cite(sections: tuple[Section, ...], within: Citations) -> tuple[Section, ...]:
    """Return the sections with citations rendered and their sources listed."""
    citing = within.manuscript.project.citing
    check_settings(within)
    scopes = tuple(map(_Scope.of, sections))
    check_keys([group for scope in scopes for group in scope.groups], within)
    if not (citing.uncited or any(scope.groups for scope in scopes)):
        return sections
    if _refers(within) and within.manuscript.project.noting.numbers == "symbols":
        within.report(_no_numbers(within))
    if citing.bibliography == "chapter":
        return tuple(_with_own_list(scope, within) for scope in scopes)
    return _with_page(scopes, within)


def _with_own_list(scope: _Scope, within: Citations) -> Section:
    """Return a section that lists its sources at its end."""
    made = rendered(scope.groups, within)
    lists = Lists(within, scope.section.id)
    section = scope.cited(made.citations, lists, linked=True)
    return lists.below(section, made.sources)


def _with_page(scopes: Sequence[_Scope], within: Citations) -> tuple[Section, ...]:
    """Return the sections, the sources of all of them in the page for these."""
    groups = tuple(group for scope in scopes for group in scope.groups)
    book = rendered(groups, within, uncited=within.manuscript.project.citing.uncited)
    has_page = any(bibliography.is_page(scope.section) for scope in scopes)
    if book.sources and not (has_page or within.style.is_note):
        within.report(_no_page(within.manuscript))
    lists, made = Lists(within), iter(book.citations)
    result = []
    for scope in scopes:
        own = tuple(islice(made, len(scope.groups)))
        if scope.groups and _begins_anew(within):
            own = rendered(scope.groups, within).citations
        result.append(scope.cited(own, lists, linked=has_page))
    return lists.on_their_page(tuple(result), book.sources)


def _begins_anew(within: Citations) -> bool:
    """Tell whether each chapter names its sources in full again, where it is asked or has to.

    A style that refers to notes by their numbers means those of the chapter, if they begin anew.
    """
    project = within.manuscript.project
    by_chapter = _refers(within) and project.noting.numbers != "book"
    return within.style.is_note and (project.citing.full_again or by_chapter)


def _refers(within: Citations) -> bool:
    """Tell whether a style refers to notes by their numbers: *(n 3)*."""
    return within.style.is_note and "first-reference-note-number" in within.style.csl


# --- In their places ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scope:
    """A section, and the citations in it in the order of the text."""

    section: Section
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, section: Section) -> _Scope:
        """Gather the citations of a section, those of a note where the text first calls it.

        A name before a note belongs to the citation in the note.
        """
        file = section.location.file
        notes = {note.id: note for note in section.notes}
        defined = section.body if terms.is_page(section) else ()
        apart = {id(each) for each in walk(*section.epigraph, *defined)}
        groups: list[Group] = []
        for each in walk(*section.title, *section.epigraph, *section.body):
            if _cites(each) and not each.get(NAME):
                home = APART if id(each) in apart else ""
                groups.append(Group(each, home, location=Location(file, each.line)))
            elif note := notes.pop(each.get("note"), None):
                groups += _groups_of(note)
        return cls(section, tuple(groups))

    def cited(self, renderings: tuple[Rendering, ...], lists: Lists, *, linked: bool) -> Section:
        """Return the section with its citations rendered; ``linked`` to their sources, or not."""
        # The text is rewritten first, and then the notes in their order.
        ranks = {note.id: rank for rank, note in enumerate(self.section.notes, 1)}
        pairs = zip(self.groups, renderings, strict=True)
        ordered = sorted(pairs, key=lambda pair: ranks.get(pair[0].note, 0))
        of_notes = {group.element.get(OWN): made for group, made in ordered if group.own}
        waiting = iter(ordered)

        def render(element: Element) -> Node:
            if element.tag == "a":  # no link stands in another
                return replace(element, children=rewrite_all(element.children, _unlinked))
            if not _cites(element):
                return _with_single_stops(element, lists.language)
            if label := element.get(NAME):
                return _span(element, of_notes[label].text)
            group, made = next(waiting)
            nodes = made.note or made.text if group.own else made.text
            nodes = rewrite_all(nodes, lists.led if linked else _unlinked)
            span = _span(group.element, nodes, is_note=group.own)
            has_entry = linked and not element.get(ALONE)
            return lists.called(span, group, self.section.id) if has_entry else span

        cited = rewritten(self.section, render)
        if cited.title != self.section.title:
            cited = replace(cited, title=parted(cited.title))
        return titles.retitled(self.section, cited)


APART = "epigraph"
"""Where a citation stands that cannot be a note: it is printed as one is in a note."""


def _groups_of(note: NumberedNote) -> Iterator[Group]:
    number = int(note.mark) if note.mark.isdecimal() else 0
    first, after = opening_of(note.content)
    for each in filter(_cites, walk(*note.content)):
        own, place = bool(each.get(OWN)), Location(note.location.file, each.line)
        opens = each is first and not own
        yield Group(each, note.id, number, own, place, opens, after if opens else "")


def _with_single_stops(element: Element, language: str) -> Element:
    """Return an element in which a citation and its sentence share one stop, in its right place."""
    row: list[Node] = []
    for node in element.children:
        last = row[-1] if row else ""
        if isinstance(node, str) and isinstance(last, Element) and _is_rendered(last):
            own = unstopped(last.children) if node.startswith(".") else last.children
            row[-1:] = stopped((replace(last, children=own), node), language)
        else:
            row.append(node)
    children = parted(tuple(row))
    return element if children == element.children else replace(element, children=children)


def _is_rendered(element: Element) -> bool:
    return titles.CITATION in element.classes


def _cites(element: Element) -> bool:
    return element.tag == "citation"


def _span(citation: Element, nodes: tuple[Node, ...], *, is_note: bool = False) -> Element:
    in_sentence = citation.get("mode") == titles.NARRATIVE and not is_note
    mode = f" {titles.NARRATIVE}" if in_sentence else ""
    return Element("span", (("class", f"{titles.CITATION}{mode}"),), nodes, citation.line)


def _unlinked(element: Element) -> Node | tuple[Node, ...]:
    return element.children if element.get("role") == "doc-biblioref" else element


# --- What is wrong ------------------------------------------------------------------------------


def _no_numbers(within: Citations) -> Diagnostic:
    return error(
        "no-note-numbers",
        f"the style “{within.style.title}” refers to notes by their numbers, and these have signs",
        within.manuscript.project.citing.location,
        "take `numbers: symbols` out of `notes`, or another style",
    )


def _no_page(manuscript: Manuscript) -> Diagnostic:
    return warning(
        "no-bibliography",
        "the text cites sources, but `contents` has no `bibliography` page to list them",
        max(entry.location for entry in manuscript.project.contents),
        "add `bibliography` to `contents: back:` in book.yaml",
    )
