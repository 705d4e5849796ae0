"""The lists of sources: in the page for them or at the end of a chapter, under their headings."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book.citation import locale
from octavo.book.ids import citation_id, entry_id
from octavo.book.words import words
from octavo.diagnostics import warning
from octavo.markup import with_attributes
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from octavo.book.citation import Group as Cited
    from octavo.book.styles import Style
    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Group, Manuscript, Node, Reference, Section
    from octavo.store import Store

PAGE = "bibliography"
"""The generated page that lists the sources of the book."""
CLASS = "sources"
"""The class of the list at the end of a chapter."""
Source = tuple[str, Element]
"""The key of a reference, and its entry."""


@dataclass(frozen=True, slots=True)
class Citations:
    """What the citations of an edition are rendered with."""

    manuscript: Manuscript
    medium: Medium
    style: Style
    report: Report
    store: Store
    cited: frozenset[str] = frozenset()
    """The keys that the manuscript cites, in this edition or another."""


def is_page(section: Section) -> bool:
    """Tell whether a section is the page for the sources of the book."""
    return section.generated and section.role == PAGE


@dataclass(slots=True)
class Lists:
    """The sources of a scope while the text that cites them is rendered."""

    within: Citations
    home: str = PAGE
    """The id of the section that lists them."""
    calls: dict[str, list[str]] = field(default_factory=dict)
    """The ids of the citations of each reference, by its key."""
    _numbers: Counter[str] = field(default_factory=Counter)
    """Of the citations in each section so far."""

    @property
    def language(self) -> str:
        """The language of the book as citeproc knows it."""
        within = self.within
        return locale(within.manuscript.project.metadata.language, within.style)

    def led(self, element: Element) -> Element:
        """Lead a link to an entry of this list."""
        if element.get("role") != "doc-biblioref":
            return element
        return with_attributes(element, href=f"#{entry_id(self.home, element.get('href')[1:])}")

    def called(self, span: Element, group: Cited, section: str) -> Element:
        """Give a citation an id, for its entries to lead back to; print has no use for it."""
        if self.within.medium is not Medium.EPUB:
            return span
        self._numbers[section] += 1
        name = citation_id(section, self._numbers[section])
        for cited in group.element.children:
            if isinstance(cited, Element):
                self.calls.setdefault(cited.get("key"), []).append(name)
        return with_attributes(span, id=name)

    def below(self, section: Section, sources: Sequence[Source]) -> Section:
        """Return a section with its sources behind its text."""
        if not sources:
            return section
        own = words(self.within.manuscript.project.metadata.language)
        heading = Element("h2", (), (own.titles[PAGE],))
        box = Element("div", (("class", CLASS),), (heading, *self._blocks(sources, "h3")))
        return replace(section, body=(*section.body, box))

    def on_their_page(
        self, sections: tuple[Section, ...], sources: Sequence[Source]
    ) -> tuple[Section, ...]:
        """Return the sections with the sources of all of them in the page for these."""
        body = tuple(self._blocks(sources, "h2")) if any(map(is_page, sections)) else ()
        return tuple(replace(s, body=body) if is_page(s) else s for s in sections)

    def _blocks(self, sources: Sequence[Source], level: str) -> Iterable[Element]:
        """Yield the entries, under the headings that the book wants."""
        left = list(sources)
        for group in self.within.manuscript.project.citing.groups:
            fitting = [source for source in left if self._fits(source[0], group)]
            left = [source for source in left if not self._fits(source[0], group)]
            if not fitting and self.home == PAGE:
                self.within.report(_empty(group, self.within.manuscript))
            if fitting:
                yield Element(level, (), (group.title,))
                yield from map(self._entry, fitting)
        if self.within.manuscript.project.citing.groups:
            for key, _ in left:
                self.within.report(_ungrouped(self.within.manuscript.references[key]))
        yield from map(self._entry, left)

    def _fits(self, key: str, group: Group) -> bool:
        item = self.within.manuscript.references[key].item
        keywords = {word.strip() for word in str(item.get("keyword", "")).split(",")}
        of_type = not group.types or item.get("type") in group.types
        return of_type and (not group.keywords or bool(group.keywords & keywords))

    def _entry(self, source: Source) -> Element:
        key, entry = source
        back = words(self.within.manuscript.project.metadata.language)["back-to-text"]
        names = self.calls.get(key, ())
        ways = [
            _way_back(name, f"↑{number}" if len(names) > 1 else "↑", f"{back} ({number})")
            for number, name in enumerate(names, 1)
        ]
        named = with_attributes(entry, id=entry_id(self.home, entry.get("id")))
        spaced = (node for way in ways for node in (" ", way))
        children: tuple[Node, ...] = (*entry.children, *spaced)
        return replace(named, children=children)


def _way_back(name: str, sign: str, title: str) -> Element:
    attributes = (("href", f"#{name}"), ("role", "doc-backlink"), ("title", title))
    return Element("a", (*attributes, ("class", "cited-at")), (sign,))


def _empty(group: Group, manuscript: Manuscript) -> Diagnostic:
    kinds = {str(reference.item.get("type")) for reference in manuscript.references.values()}
    return warning(
        "empty-group",
        f"no source stands under the heading “{group.title}” of the bibliography",
        manuscript.project.citing.location,
        f"the types of your sources are: {', '.join(sorted(kinds))}",
    )


def _ungrouped(reference: Reference) -> Diagnostic:
    return warning(
        "ungrouped-reference",
        f"“{reference.key}” fits none of the `groups` of the bibliography, and stands behind them",
        reference.location,
        "give it a type or a keyword of a group, or end `groups` with a title alone for the rest",
    )
