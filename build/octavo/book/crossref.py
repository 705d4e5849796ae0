"""Ids and links: every id stands once in the book, and every link leads somewhere.

A link in a manuscript may name a file (``secret-4.md``), a place in a file
(``secret-4.md#loop``), a place in the same file or anywhere in the book (``#loop``), or the web.
An id that an author wrote is kept as it is; a heading without one gets an id made of its words,
which is known by those words inside its own file and as ``SECTION--words`` in the book.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from octavo.book.sections import section_ids
from octavo.book.texts import rewritten
from octavo.diagnostics import Location, did_you_mean, error
from octavo.markup import text_of, with_attributes
from octavo.model import Element, Target

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Manuscript, Node, Section

HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
ABROAD = re.compile(r"(?:https?|mailto|tel|doi):", re.IGNORECASE)


def connect(
    sections: tuple[Section, ...], manuscript: Manuscript, report: Report
) -> tuple[tuple[Section, ...], Mapping[str, Target]]:
    """Return the sections with unique ids and resolved links, and every place a link may go."""
    files = {name: file for file, name in section_ids(manuscript).items()}
    places = _Places()
    for section in sections:
        places.sections[section.id] = files.get(section.id, "")
        places.add(Target(section.id, section.id, section.title_text), section.location)
    for section in sections:
        if section.anchor:
            places.add(Target(section.anchor, section.id, section.title_text), section.location)
    named = [_with_ids(section, places, report) for section in sections]
    return tuple(_with_links(section, places, report) for section in named), places.targets


class _Places:
    """Where links may lead: by final id, and by the words an author may use for it."""

    def __init__(self) -> None:
        self.sections: dict[str, str] = {}
        self.targets: dict[str, Target] = {}
        self.locations: dict[str, Location] = {}
        self.local: dict[tuple[str, str], str] = {}

    def add(self, target: Target, location: Location) -> None:
        self.targets[target.id] = target
        self.locations[target.id] = location

    def find(self, section: str, name: str) -> str:
        """Return the final id for a name used in a section, or nothing."""
        if found := self.local.get((section, name)):
            return found
        if name in self.targets:
            return name
        elsewhere = [final for (_, short), final in self.local.items() if short == name]
        return elsewhere[0] if len(elsewhere) == 1 else ""

    def section_of(self, file: str) -> str:
        return next((name for name, own in self.sections.items() if own == file), "")


def _with_ids(section: Section, places: _Places, report: Report) -> Section:
    slugs: Counter[str] = Counter()
    file = section.location.file

    def identify(element: Element) -> Node:
        own = element.get("id")
        if not own and element.tag not in HEADINGS:
            return element
        text = " ".join(text_of(element).split())
        location = Location(file, element.line)
        if own and (own in places.targets or not _is_name(own)):
            finding = _bad_id(own, location, places)
            report(finding)
            mark = Element("fault", (("code", finding.code),), (f"#{own}",), element.line)
            plain = with_attributes(element, id=None)
            return replace(plain, children=(*plain.children, mark))
        final = own or f"{section.id}--{_slug(text, slugs)}"
        places.local.setdefault((section.id, own or final.partition("--")[2]), final)
        places.add(Target(final, section.id, text), location)
        return with_attributes(element, id=final)

    return rewritten(section, identify)


def _with_links(section: Section, places: _Places, report: Report) -> Section:
    file = section.location.file

    def resolve(element: Element) -> Node:
        href = element.get("href")
        if element.tag != "a" or not href or ABROAD.match(href):
            return element
        final = _destination(section, unquote(href), places)
        if final:
            return with_attributes(element, href=f"#{final}")
        report(_dangling(href, Location(file, element.line), places))
        mark = Element("fault", (("code", "dangling-link"),), (href,), element.line)
        return Element("span", (), (*element.children, mark), element.line)

    return rewritten(section, resolve)


def _destination(section: Section, href: str, places: _Places) -> str:
    path, _, fragment = href.partition("#")
    if not path:
        return places.find(section.id, fragment)
    own = places.sections[section.id]
    file = posixpath.normpath(posixpath.join(posixpath.dirname(own), path))
    there = places.section_of(file)
    if not there:
        return ""
    return places.find(there, fragment) if fragment else there


def _slug(text: str, taken: Counter[str]) -> str:
    words = re.sub(r"[^\w\s-]", "", text.lower()).split()
    slug = "-".join(words) or "section"
    taken[slug] += 1
    return slug if taken[slug] == 1 else f"{slug}-{taken[slug]}"


def _is_name(text: str) -> bool:
    """Tell whether an id can stand in XHTML and in a link (XML 1.0, NCName)."""
    return re.fullmatch(r"[^\W\d][\w.-]*", text) is not None


def _bad_id(own: str, location: Location, places: _Places) -> Diagnostic:
    if not _is_name(own):
        return error(
            "malformed-id",
            f"“{own}” cannot be the name of a place",
            location,
            "a name begins with a letter and holds letters, digits, hyphens, dots, underscores",
        )
    return error(
        "duplicate-id",
        f"“#{own}” names two places; the first is {places.locations[own]}",
        location,
        "give one of them another name, and mend the links that mean it",
    )


def _dangling(href: str, location: Location, places: _Places) -> Diagnostic:
    path, _, fragment = href.partition("#")
    if path:
        files = [file for file in places.sections.values() if file]
        hint = did_you_mean(path, files) or "only files that `contents` names can be linked to"
        hint = hint if not (fragment and path in files) else f"{path} has no place “#{fragment}”"
    else:
        known = {short for _, short in places.local} | set(places.targets)
        hint = did_you_mean(fragment, known) or f"give the place you mean the name {{#{fragment}}}"
    return error("dangling-link", f"the link “{href}” leads nowhere", location, hint)
