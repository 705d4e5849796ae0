"""The index: marks gathered from the text, drawn up as a page.

``[term]{.index}`` marks a place under the words in the brackets, ``entry="…"`` under other words,
``entry="space!as punishment"`` under a sub-entry; ``see="…"`` and ``see-also="…"`` refer to
another entry.  In print an entry names pages, in the EPUB the sections the marks stand in.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.book.ids import mark_id
from octavo.book.texts import rewritten
from octavo.book.words import Words, words
from octavo.diagnostics import Location, did_you_mean, error, warning
from octavo.markup import joined, with_attributes
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Node, Project, Section

PAGE = "index"
MARK = "index"
BETWEEN = "!"
"""Stands between an entry and its sub-entry."""
Path = tuple[str, ...]
"""An entry by its words, and those of the entries above it."""


@dataclass(slots=True)
class _Entry:
    """An entry while it is gathered: the marks' ids with their sections, and what is below."""

    places: list[tuple[str, Section]] = field(default_factory=list)
    see: dict[Path, Location] = field(default_factory=dict)
    see_also: dict[Path, Location] = field(default_factory=dict)
    below: dict[str, _Entry] = field(default_factory=dict)

    def at(self, path: Path) -> _Entry:
        """Return the entry of a path below this one, made where there is none."""
        entry = self
        for term in path:
            entry = entry.below.setdefault(term, _Entry())
        return entry


def gather(
    sections: tuple[Section, ...], medium: Medium, project: Project, report: Report
) -> tuple[Section, ...]:
    """Return the sections with every mark an id, and the index page with its entries."""
    root = _Entry()
    marked = tuple(_marked(section, root, report) for section in sections)
    _check_references(root, report)
    if root.below and not any(_is_page(section) for section in sections):
        message = "the text has marks for the index, but `contents` has no `index` page"
        hint = "add `index` to `contents: back:` in book.yaml"
        report(warning("no-index", message, project.book_file, hint))
    body = _page(root, medium, words(project.metadata.language))
    return tuple(
        replace(section, body=body) if _is_page(section) else section for section in marked
    )


def _is_page(section: Section) -> bool:
    return section.generated and section.role == PAGE


def _marked(section: Section, root: _Entry, report: Report) -> Section:
    count = 0

    def mark(element: Element) -> Node:
        nonlocal count
        if element.tag != "span" or MARK not in element.classes:
            return element
        count += 1
        name = element.get("id") or mark_id(section.id, count)
        location = Location(section.location.file, element.line)
        path = _path(element.get("entry") or titles.text(element.children))
        if not all(path):
            report(_without_words(location))
            path = tuple(filter(None, path))
        if path:
            _enter(root.at(path), element, (name, section), location)
        plain = with_attributes(element, entry=None, see=None, see_also=None)
        return with_attributes(plain, id=name)

    return rewritten(section, mark)


def _enter(entry: _Entry, mark: Element, place: tuple[str, Section], location: Location) -> None:
    see, also = mark.get("see"), mark.get("see-also")
    if see:
        entry.see.setdefault(_path(see), location)
    else:
        entry.places.append(place)
    if also:
        entry.see_also.setdefault(_path(also), location)


def _path(written: str) -> Path:
    return tuple(" ".join(term.split()) for term in written.split(BETWEEN))


def _without_words(location: Location) -> Diagnostic:
    return error(
        "empty-index-entry",
        "this mark for the index has no words to stand there",
        location,
        'write them into the brackets, or as entry="…"',
    )


def _check_references(root: _Entry, report: Report) -> None:
    """Warn of every *see* and *see also* to an entry that the index does not have."""
    known = dict(_walk(root, ()))
    for entry in known.values():
        for path, location in (*entry.see.items(), *entry.see_also.items()):
            if path not in known:
                hint = did_you_mean(_spelt(path), map(_spelt, known))
                message = f"the index sends its reader to “{_spelt(path)}”, which it does not have"
                report(warning("see-nowhere", message, location, hint or "mark a place for it"))


def _walk(entry: _Entry, path: Path) -> Iterator[tuple[Path, _Entry]]:
    for term, inner in entry.below.items():
        yield (*path, term), inner
        yield from _walk(inner, (*path, term))


def _spelt(path: Path) -> str:
    """Return an entry as a reference names it (Chicago Manual of Style, 18th ed., chapter 15)."""
    return ": ".join(path)


# --- The page -----------------------------------------------------------------------------------


def _page(root: _Entry, medium: Medium, own: Words) -> tuple[Element, ...]:
    groups: dict[str, list[Element]] = {}
    for term, entry in _sorted(root):
        groups.setdefault(_key(term)[:1], []).append(_item(term, entry, medium, own))
    return tuple(
        Element("ul", (("class", "index-group"),), tuple(items)) for items in groups.values()
    )


def _item(term: str, entry: _Entry, medium: Medium, own: Words) -> Element:
    parts: list[Node] = [term]
    for locator in _locators(entry, medium):
        parts += [", ", locator]
    for key, paths in (("see", entry.see), ("see-also", entry.see_also)):
        if paths:
            word = Element("em", (), (own[key],))
            terms = "; ".join(map(_spelt, paths))
            parts += ["; " if len(parts) > 1 else ", ", word, f" {terms}"]
    below = tuple(_item(sub, inner, medium, own) for sub, inner in _sorted(entry))
    if below:
        parts.append(Element("ul", (), below))
    return Element("li", (), joined(parts))


def _locators(entry: _Entry, medium: Medium) -> Iterator[Element]:
    if not entry.places:
        return
    if medium is Medium.PDF:
        yield Element("folio", (("of", " ".join(name for name, _ in entry.places)),))
        return
    seen: set[str] = set()
    for name, section in entry.places:
        if section.id not in seen:
            seen.add(section.id)
            text = section.label or section.short_title or section.id
            yield Element("a", (("href", f"#{name}"),), (text,))


def _sorted(entry: _Entry) -> list[tuple[str, _Entry]]:
    return sorted(entry.below.items(), key=lambda pair: (_key(pair[0]), pair[0]))


def _key(term: str) -> str:
    """Return the term as it is filed: letters and figures only, without accents or case."""
    plain = unicodedata.normalize("NFKD", term).casefold()
    return "".join(c for c in plain if c.isalnum() or c.isspace()).strip()
