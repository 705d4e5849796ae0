"""Citations in the text, and the lists of what they cite.

Checks every key against the references, lets the citation engine render the citations of the book
or of each chapter in one go, and puts each rendering in its place and the sources where they are
listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from octavo.book import bibliography, citation, titles
from octavo.book.bibliography import Citations, Lists
from octavo.book.citation import Group, Rendering
from octavo.book.citing import rendered
from octavo.book.noted import NAME, OWN, opening_of
from octavo.book.texts import rewritten
from octavo.diagnostics import Location, did_you_mean, error, warning
from octavo.markup import rewrite_all, walk
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Manuscript, Node, Reference, Section


def cite(sections: tuple[Section, ...], within: Citations) -> tuple[Section, ...]:
    """Return the sections with citations rendered and their sources listed."""
    citing = within.manuscript.project.citing
    scopes = tuple(map(_Scope.of, sections))
    _check_keys(scopes, within)
    if not (citing.uncited or any(scope.groups for scope in scopes)):
        return sections
    if citing.bibliography == "chapter":
        return tuple(_with_own_list(scope, within) for scope in scopes)
    return _with_page(scopes, within)


def _with_own_list(scope: _Scope, within: Citations) -> Section:
    """Return a section that lists its sources at its end."""
    made = rendered(scope.groups, within)
    lists = Lists(within, f"{scope.section.id}.")
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
    refers = "first-reference-note-number" in within.style.csl
    by_chapter = refers and project.noting.numbers != "book"
    return within.style.is_note and (project.citing.full_again or by_chapter)


# --- In their places ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Scope:
    """A section, and the citations in it in the order of the text."""

    section: Section
    groups: tuple[Group, ...]

    @classmethod
    def of(cls, section: Section) -> _Scope:
        """Gather the citations of a section; a name before a note belongs to that in the note."""
        text = (*section.title, *section.epigraph, *section.body)
        file = section.location.file
        groups = [
            Group(each, location=Location(file, each.line))
            for each in walk(*text)
            if _cites(each) and not each.get(NAME)
        ]
        for note in section.notes:
            number = int(note.mark) if note.mark.isdecimal() else 0
            first, after = opening_of(note.content)
            file = note.location.file
            for each in filter(_cites, walk(*note.content)):
                own, place = bool(each.get(OWN)), Location(file, each.line)
                opens = each is first and not own
                told = after if opens else ""
                groups.append(Group(each, note.id, number, own, place, opens, told))
        return cls(section, tuple(groups))

    def cited(self, renderings: tuple[Rendering, ...], lists: Lists, *, linked: bool) -> Section:
        """Return the section with its citations rendered; ``linked`` to their sources, or not."""
        pairs = [*zip(self.groups, renderings, strict=True)]
        of_notes = {group.element.get(OWN): made for group, made in pairs if group.own}
        waiting = iter(pairs)

        def render(element: Element) -> Node:
            if not _cites(element):
                return element
            if label := element.get(NAME):
                return _span(element, of_notes[label].text)
            group, made = next(waiting)
            nodes = made.note or made.text if group.own else made.text
            nodes = rewrite_all(nodes, lists.led if linked else _unlinked)
            span = _span(group.element, nodes, is_note=group.own)
            return lists.called(span, group, self.section.id) if linked else span

        return _retitled(self.section, rewritten(self.section, render))


def _cites(element: Element) -> bool:
    return element.tag == "citation"


def _span(citation: Element, nodes: tuple[Node, ...], *, is_note: bool = False) -> Element:
    in_sentence = citation.get("mode") == titles.NARRATIVE and not is_note
    mode = f" {titles.NARRATIVE}" if in_sentence else ""
    return Element("span", (("class", f"{titles.CITATION}{mode}"),), nodes, citation.line)


def _unlinked(element: Element) -> Node | tuple[Node, ...]:
    return element.children if element.get("role") == "doc-biblioref" else element


def _retitled(before: Section, section: Section) -> Section:
    """Return a section with the words of its title, which a citation may be part of."""
    if section.title == before.title:
        return section
    text = titles.text(section.title)
    own = before.short_title != before.title_text
    return replace(section, title_text=text, short_title=before.short_title if own else text)


# --- What is wrong ------------------------------------------------------------------------------


def _check_keys(scopes: Sequence[_Scope], within: Citations) -> None:
    references, report = within.manuscript.references, within.report
    cited: set[str] = set()
    for scope in scopes:
        for group in scope.groups:
            for key in citation.keys_of(group.element):
                cited.add(key)
                if key not in references:
                    report(_undefined(key, references, group.location))
    if within.manuscript.project.citing.uncited:
        return
    for key in [key for key in references if key not in cited]:
        report(
            warning(
                "unused-reference",
                f"nothing in the text cites “{key}”, so the bibliography leaves it out",
                references[key].location,
                f"cite it as [@{key}], take it out, or list it with `citations: {{uncited: true}}`",
            )
        )


_PLACES = ("fig:", "sec:", "tbl:", "eq:", "lst:", "ex:")
"""How keys begin that pandoc-crossref takes for places in the book."""
_CROSS_REFERENCE = "if it means a figure or a section, write a link: [the figure](#its-id)"


def _undefined(key: str, references: Mapping[str, Reference], place: Location) -> Diagnostic:
    hint = _CROSS_REFERENCE if key.startswith(_PLACES) else did_you_mean(key, references)
    if hint and references:
        near = next((known for known in references if f"“{known}”" in hint), "")
        hint += f" (in {references[near].location})" if near else ""
    hint = hint or "add it to the file that `references` in book.yaml names"
    return error("undefined-key", f"no reference has the key “{key}”", place, hint)


def _no_page(manuscript: Manuscript) -> Diagnostic:
    return warning(
        "no-bibliography",
        "the text cites sources, but `contents` has no `bibliography` page to list them",
        manuscript.project.book_file,
        "add `bibliography` to `contents: back:` in book.yaml",
    )
