"""The page of an index: entries in the order of the language, under their letters.

The names of its parts are those of the EPUB Structural Semantics Vocabulary 1.1.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from octavo.book.ids import group_id, term_id
from octavo.book.indexing.entries import spelt
from octavo.book.indexing.filing import filing
from octavo.book.locators import AT, FROM, TO, Locator
from octavo.book.words import words
from octavo.markup import joined
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octavo.book.indexing.entries import Entry
    from octavo.book.indexing.filing import Filing, Key
    from octavo.book.indexing.marks import Place
    from octavo.book.words import Words
    from octavo.manuscript.paths import Path
    from octavo.model import Indexing, Node, Section

_Item = tuple["Path", "Entry"]


@dataclass(frozen=True, slots=True)
class Page:
    """What the page of one index is drawn up for."""

    id: str
    medium: Medium
    language: str
    indexing: Indexing

    @property
    def words(self) -> Words:
        """The press's own words."""
        return words(self.language)

    @property
    def filing(self) -> Filing:
        """The order of entries."""
        return filing(self.language, by_words=self.indexing.sort == "words")

    def key(self, item: _Item) -> Key:
        """Return what an entry is compared by."""
        path, entry = item
        return self.filing.key(entry.sort or path[-1])

    def named(self, kind: str) -> tuple[tuple[str, str], ...]:
        """Return what a part of the page is called in an EPUB."""
        return (("epub:type", f"index-{kind}"),) if self.medium is Medium.EPUB else ()


def drawn(root: Entry, page: Page) -> tuple[Element, ...]:
    """Return the entries of an index as blocks: one for each letter."""
    numbers = {path: number for number, (path, _) in enumerate(_in_order(root, page), 1)}
    row = _Drawing(page, numbers, _referred(root))
    grouped = groupby(_sorted(root, (), page), lambda item: _head(item, page))
    return tuple(
        row.group(number, head, list(items)) for number, (head, items) in enumerate(grouped, 1)
    )


def _head(item: _Item, page: Page) -> str:
    path, entry = item
    return page.filing.head(entry.sort or path[-1])


def _sorted(entry: Entry, path: Path, page: Page) -> list[_Item]:
    items = [((*path, term), inner) for term, inner in entry.below.items()]
    return sorted(items, key=page.key)


def _in_order(entry: Entry, page: Page, path: Path = ()) -> Iterator[_Item]:
    for below, inner in _sorted(entry, path, page):
        yield below, inner
        yield from _in_order(inner, page, below)


def _referred(root: Entry) -> frozenset[Path]:
    """Return the entries to which others refer."""
    return frozenset(path for _, entry in root.every() for path in (*entry.see, *entry.see_also))


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A page while it is drawn up."""

    page: Page
    numbers: Mapping[Path, int]
    referred: frozenset[Path]

    def group(self, number: int, head: str, items: list[_Item]) -> Element:
        """Return the entries of one letter under it; figures and signs have no heading."""
        name = (("id", group_id(self.page.id, number)),)
        letter = (Element("h2", (("class", "index-letter"), *name), (head,)),) if head else ()
        rows = Element("ul", self.page.named("entry-list"), tuple(map(self.item, items)))
        pairs = (("class", "index-group"), *self.page.named("group"))
        return Element("div", pairs, (*letter, rows))

    def item(self, item: _Item) -> Element:
        path, entry = item
        name = (("id", self.id(path)),) if path in self.referred else ()
        parts: list[Node] = [self.term(entry)]
        for locator in self.locators(entry):
            parts += [", ", locator]
        parts += self.references(entry)
        below = tuple(map(self.item, _sorted(entry, path, self.page)))
        if below:
            parts.append(Element("ul", self.page.named("entry-list"), below))
        return Element("li", (*name, *self.page.named("entry")), joined(parts))

    def id(self, path: Path) -> str:
        return term_id(self.page.id, self.numbers[path])

    def term(self, entry: Entry) -> Element:
        return Element("span", (("class", "index-term"), *self.page.named("term")), entry.shown)

    def references(self, entry: Entry) -> Iterator[Node]:
        kinds = (("see", entry.see, "xref-preferred"), ("see-also", entry.see_also, "xref-related"))
        parted = ", " if not entry.places else "; "
        for key, paths, kind in kinds:
            if paths:
                ordered = sorted(paths, key=lambda path: self.page.filing.key(spelt(path)))
                first, *others = (self.link(path, kind) for path in ordered)
                yield from (parted, Element("em", (), (self.page.words[key],)), " ", first)
                yield from (node for link in others for node in ("; ", link))
                parted = "; "

    def link(self, path: Path, kind: str) -> Node:
        if path not in self.numbers:
            return spelt(path)
        pairs = (("href", f"#{self.id(path)}"), *self.page.named(kind))
        return Element("a", pairs, (spelt(path),))

    def locators(self, entry: Entry) -> Iterator[Node]:
        if not entry.places:
            return
        if self.page.medium is Medium.PDF:
            yield self.folio(entry.places)
            return
        before: Counter[tuple[str, str | None]] = Counter()
        for place in entry.places:
            home = place.section.id, place.note
            before[home] += 1
            yield self.locator(place, _name(place, self.page.words), before[home])

    def folio(self, places: list[Place]) -> Element:
        """Return what print makes page numbers of."""
        words = [pair for place in places for pair in _said(place)]
        pairs = [
            ("of", " ".join(name for name, _ in words)),
            ("as", " ".join(str(word) for _, word in words)),
        ]
        if any(word.note is not None for _, word in words):
            pairs.append(("note", self.page.words["index-note"]))
        if self.page.indexing.ranges:
            pairs.append(("ranges", "ranges"))
        return Element("folio", tuple(pairs))

    def locator(self, place: Place, name: str, time: int) -> Element:
        """Return a link to a place, named by its section, by a number if that has several."""
        text = name if time == 1 else f"[{time}]"
        label = () if time == 1 else (("aria-label", f"{name}, {time}"),)
        kind = self.page.named("locator")
        link = Element("a", (("href", f"#{place.id}"), *kind, *label), (text,))
        if place.end_section and place.end_section.id != place.section.id:
            there = _section_name(place.end_section)
            last = Element("a", (("href", f"#{place.end}"), *kind), (there,))
            link = Element("span", self.page.named("locator-range"), (link, "–", last))
        return Element("strong", (), (link,)) if place.principal else link


def _said(place: Place) -> Iterator[tuple[str, Locator]]:
    """Yield the ids of a place, each with what it is."""
    if place.end:
        yield place.id, Locator(FROM, place.principal)
        yield place.end, Locator(TO, place.principal)
    else:
        yield place.id, Locator(AT, place.principal, place.note)


def _name(place: Place, own: Words) -> str:
    """Return what a place is called in an EPUB: its section, and its note if it stands in one."""
    name = _section_name(place.section)
    if place.note is None:
        return name
    return f"{name}\u00a0{own['index-note'].lstrip()}{place.note}"


def _section_name(section: Section) -> str:
    return section.label or section.short_title or section.id
