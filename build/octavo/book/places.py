"""Where links may lead: the places of a book by their ids, and by what authors call them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from octavo.book import titles
from octavo.book.ids import composed, heading_id, section_ids
from octavo.book.numbered import Numbered
from octavo.book.texts import elements
from octavo.diagnostics import Location, did_you_mean, error
from octavo.markup import is_name
from octavo.model import Target
from octavo.series import place_named

if TYPE_CHECKING:
    from octavo.book.numbered import Register
    from octavo.diagnostics import Diagnostic
    from octavo.model import Node, Project, Section


class Places:
    """The places known so far; it grows while ids are given, and is only asked afterwards."""

    def __init__(self, sections: tuple[Section, ...], project: Project, register: Register) -> None:
        """Begin with the sections, and with the ids that the press has made already."""
        self._register = register
        self.targets: dict[str, Target] = {}
        self._locations: dict[str, Location] = {}
        self._homes: dict[str, str] = {}
        self._reserved: dict[str, Section] = {}
        self._local: dict[tuple[str, str], str] = {}
        self._named: dict[str, list[str]] = {}
        standing = {section.id for section in sections}
        files = {f: own for f, own in section_ids(project).items() if own in standing}
        if project.copyright_note and "copyright" in standing:
            files[composed(project.copyright_note)] = "copyright"
        self._sections = files
        self._files = {own: file for file, own in files.items()}
        for section in sections:
            title = titles.plain(section.title)
            self.add(section.id, section.id, title, section.location)
            self._reserved |= dict.fromkeys(_made_in(section), section)
        for (home, label), note in register.notes.items():
            self.targets[note] = self._target(note, home, (), "")
            self._homes[note] = home
            self.name(home, f"^{label}", note)

    def add(
        self,
        own: str,
        section: str,
        title: tuple[Node, ...],
        location: Location,
        number: str = "",
    ) -> None:
        """Enter a place by its id, which nothing else has; ``number`` is that of a heading."""
        self.targets[own] = self._target(own, section, title, number)
        self._locations[own] = location

    def _target(self, own: str, section: str, title: tuple[Node, ...], number: str) -> Target:
        known = self._register.places.get(own, Numbered("section", number))
        return Target(own, section, title, known.kind, known.number)

    def home(self, note: str, section: str) -> str:
        """Return the section that a note belongs to, wherever it stands."""
        return self._homes.get(note, section)

    def name(self, section: str, words: str, final: str) -> None:
        """Let a place be called by its words, if nothing in its section is called so yet."""
        if (section, words) not in self._local:
            self._local[section, words] = final
            self._named.setdefault(words, []).append(final)

    def objection(self, own: str, location: Location) -> Diagnostic | None:
        """Return what keeps an author's id from being one: its form, or that it is taken."""
        if not is_name(own):
            return _malformed(own, location)
        if own in self._reserved:
            return _reserved(own, location)
        if own in self.targets:
            return _duplicate(own, location, self._locations[own])
        return None

    def destination(self, section: str, href: str) -> str:
        """Return the id that a link in a section leads to, or nothing."""
        path, _, fragment = href.partition("#")
        name = _spelt(fragment)
        if not path:
            return self._inside(section, name) or self._anywhere(name)
        there = self._sections.get(self._file(section, path), "")
        return self._inside(there, name) if there and fragment else there

    def dangling(self, section: str, href: str, location: Location) -> Diagnostic:
        """Return what to say of a link in a section that leads nowhere."""
        path, _, fragment = href.partition("#")
        name = _spelt(fragment)
        hint = self._no_file(section, path, name) if path else self._no_place(name)
        return error("dangling-link", f"the link “{href}” leads nowhere", location, hint)

    def _file(self, section: str, path: str) -> str:
        here = posixpath.dirname(self._files.get(section, ""))
        return composed(posixpath.normpath(posixpath.join(here, unquote(path))))

    def _inside(self, section: str, name: str) -> str:
        target = self.targets.get(name)
        if target and target.section == section:
            return name
        return self._local.get((section, composed(name)), "")

    def _anywhere(self, name: str) -> str:
        if name in self.targets:
            return name
        named = self._named.get(composed(name), ())
        return named[0] if len(named) == 1 else ""

    def _no_file(self, section: str, path: str, name: str) -> str:
        if path.lower().startswith("www."):
            return f"write https://{path}"
        file = self._file(section, path)
        if name and file in self._sections:
            return f"{file} has no place “#{name}”"
        hint = did_you_mean(file, self._sections)
        return hint or "only files that `contents` names can be linked to"

    def _no_place(self, name: str) -> str:
        if len(self._named.get(name, ())) > 1:
            return f"several files have a heading of these words: write the file too, x.md#{name}"
        if not name:
            return "write the name of a place behind the “#”"
        known = {*self._named, *self.targets}
        return did_you_mean(name, known) or f"give the place you mean the name {{#{name}}}"


def _spelt(fragment: str) -> str:
    """Return the name of a place as its id has it."""
    name = unquote(fragment)
    return place_named(name) or name


def _made_in(section: Section) -> tuple[str, ...]:
    """Return the ids in a section that the press made, and that no link of an author means."""
    heading = () if section.anchor else (heading_id(section.id),)
    calls = (element.get("id") for element in elements(section) if element.tag == "note")
    return (*heading, *(note.id for note in section.notes), *filter(None, calls))


def _malformed(own: str, location: Location) -> Diagnostic:
    return error(
        "malformed-id",
        f"“{own}” cannot be the name of a place",
        location,
        "a name begins with a letter and holds letters, digits, hyphens, dots, underscores",
    )


def _reserved(own: str, location: Location) -> Diagnostic:
    return error(
        "reserved-id",
        f"“#{own}” is a name that the press itself gives to a place",
        location,
        "give this place another name, and mend the links that mean it",
    )


def _duplicate(own: str, location: Location, first: Location) -> Diagnostic:
    return error(
        "duplicate-id",
        f"“#{own}” names two places; the first is {first}",
        location,
        "give one of them another name, and mend the links that mean it",
    )
