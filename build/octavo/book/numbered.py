"""What is numbered besides sections and notes: figures, tables, headings, each in its series.

The number stands where a reader looks for it, in the caption or before the heading, and in a
register, where references look it up.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.book.captions import CAPTIONS, EQUATION, Label, captioned, is_statement
from octavo.book.naming import own_form
from octavo.book.sections import UNNUMBERED
from octavo.book.texts import blocks
from octavo.book.titles import HEADING_NUMBER
from octavo.book.words import PLACE, words
from octavo.markup import rewrite_all, text_of, with_attributes
from octavo.matter import ROLES
from octavo.model import Element
from octavo.series import CAPTIONED, series_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octavo.book.words import Words
    from octavo.model import Labels, Node, NumberedNote, Numbers, Project, Section

FIGURE = "figure"
SHORT = "short"
"""The element of a caption as a list has it."""
_NUMBERED = frozenset({"figure", "table", "div"})
_LEVELS = {"h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 5}


@dataclass(frozen=True, slots=True)
class Numbered:
    """What kind of thing stands at a place, and its number."""

    kind: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Caption:
    """What a list of figures says of one of them."""

    kind: str
    label: str
    """*Figure 3*."""
    words: tuple[Node, ...]
    """The caption, or the short one that the author gave for the list."""


@dataclass(slots=True)
class Register:
    """What is numbered in a book, by its id."""

    places: dict[str, Numbered] = field(default_factory=dict)
    notes: dict[tuple[str, str], str] = field(default_factory=dict)
    """The ids of notes, by their sections and labels."""
    captions: dict[str, Caption] = field(default_factory=dict)
    """Of what has one, by its id, in the order of the text."""


def number(sections: tuple[Section, ...], project: Project) -> tuple[tuple[Section, ...], Register]:
    """Return the sections with what is numbered in them bearing its number, and the register."""
    register = Register()
    series = _Count(words(project.metadata.language), project.labels, project.numbers)
    numbered = tuple(_Numbering(section, series, register).whole() for section in sections)
    return numbered, register


@dataclass(slots=True)
class _Count:
    """Where each series stands, and how its numbers are said."""

    words: Words
    labels: Labels
    numbers: Numbers
    _counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def next(self, kind: str, chapter: str) -> str:
        """Return the next number of a series; it bears the chapter's, if it begins anew there."""
        home = chapter if self.numbers.within == "chapter" else ""
        self._counts[home, kind] += 1
        own = str(self._counts[home, kind])
        return f"{home}.{own}" if home else own

    def label(self, kind: str, value: str) -> str:
        """Return what a caption begins with: ``Figure 3``."""
        if kind == EQUATION:
            return f"({value})"
        own = own_form(kind, self.labels)
        template = self.words.places[kind].label if own is None else own
        return template.replace(PLACE, value).strip()


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure while its parts are numbered: its number, and the letters that are left."""

    number: str
    parts: Iterator[str]


@dataclass(slots=True)
class _Numbering:
    """One section while what stands in it is numbered."""

    section: Section
    count: _Count
    register: Register
    _levels: list[int] = field(default_factory=lambda: [0] * len(_LEVELS))
    _labels: dict[str, Label] = field(default_factory=dict)
    """What stands in the captions, by the ids of what they belong to."""
    _notes: dict[str, NumberedNote] = field(default_factory=dict)
    """Those whose call is still to come, by their ids."""

    @property
    def chapter(self) -> str:
        """The number of the chapter or appendix; that of a part counts nothing in it."""
        series = ROLES[self.section.role].numbering
        return self.section.number if series in {"chapter", "appendix"} else ""

    def whole(self) -> Section:
        """Return the section with its numbers, which the register knows then."""
        section, places = self.section, self.register.places
        if kind := ROLES[section.role].numbering:
            places[section.id] = Numbered(kind, section.number)
            places[section.anchor or section.id] = places[section.id]
        for note in section.notes:
            places[note.id] = Numbered("note", note.mark)
            self.register.notes[section.id, note.label] = note.id
            self._notes[note.id] = note
        # What is numbered counts where it begins, but is rewritten after what stands in it.
        self._enter((*section.title, *section.epigraph, *section.body), None)
        notes = (
            replace(note, content=blocks(rewrite_all(note.content, self._captioned)))
            for note in section.notes
        )
        return replace(
            section,
            epigraph=blocks(rewrite_all(section.epigraph, self._captioned)),
            body=blocks(rewrite_all(section.body, self._bearing)),
            notes=tuple(notes),
        )

    def _enter(self, nodes: Iterable[Node], figure: _Figure | None) -> None:
        """Give what stands among nodes its numbers, that of a note where it is first called."""
        for element in (node for node in nodes if isinstance(node, Element)):
            own, inside = element.get("id"), figure
            kind = series_of(own) if element.tag in _NUMBERED else ""
            if kind == FIGURE and figure:
                part = next(figure.parts)
                self.register.places[own] = Numbered(kind, f"{figure.number}{part}")
                self._labels[own] = Label(f"({part})", is_part=True)
            elif kind and kind not in self.count.labels.unnumbered:
                value = self.count.next(kind, self.chapter)
                self.register.places[own] = Numbered(kind, value)
                self._labels[own] = Label(self.count.label(kind, value))
                inside = _Figure(value, self._letters()) if kind == FIGURE else figure
            note = self._notes.pop(element.get("note"), None)
            self._enter(note.content if note else element.children, inside)

    def _letters(self) -> Iterator[str]:
        return (self.count.words.letter(value).lower() for value in count(1))

    def _bearing(self, element: Element) -> Element:
        """Return an element of the text with the number that it bears."""
        if value := self._heading(element):
            head = Element("span", (("class", HEADING_NUMBER),), (f"{value}\u2002",))
            return replace(element, children=(head, *element.children))
        return self._captioned(element)

    def _captioned(self, element: Element) -> Element:
        """Return an element with its label in its caption, if it has one."""
        bare, short = _without_short(element)
        label = self._labels.get(element.get("id"))
        if label is None:
            return captioned(bare, Label(""), "") if is_statement(bare) else bare
        self._list(bare, short, label)
        return captioned(bare, label, self.count.words["caption-separator"])

    def _list(self, element: Element, short: tuple[Node, ...], label: Label) -> None:
        """Enter the caption of an element; a part of a figure is not listed."""
        own = element.get("id")
        kind = self.register.places[own].kind
        captions = (e for e in element.children if isinstance(e, Element) and e.tag in CAPTIONS)
        words = short or next((e.children for e in captions), ())
        if kind in CAPTIONED and not label.is_part:
            self.register.captions[own] = Caption(kind, label.text, titles.plain(words))

    def _heading(self, element: Element) -> str:
        """Return the number of a heading, if it has one: those of its chapter and its own."""
        depth = _LEVELS.get(element.tag, 0)
        counts = depth and depth <= self.count.numbers.sections and self.chapter
        if not counts or UNNUMBERED in element.classes:
            return ""
        self._levels[depth - 1] += 1
        self._levels[depth:] = [0] * (len(_LEVELS) - depth)
        return ".".join((self.chapter, *map(str, self._levels[:depth])))


def _without_short(element: Element) -> tuple[Element, tuple[Node, ...]]:
    """Return an element without the caption that is meant for a list, and that caption."""
    if element.tag not in _NUMBERED:
        return element, ()
    is_short = [isinstance(node, Element) and node.tag == SHORT for node in element.children]
    pairs = [*zip(element.children, is_short, strict=True)]
    kept = tuple(node for node, short in pairs if not short)
    found = (e.children for e, short in pairs if short and isinstance(e, Element))
    return with_attributes(replace(element, children=kept), short=None), next(found, ())


def heading_number(heading: Element) -> str:
    """Return the number that a heading bears, if it does."""
    match heading.children:
        case (Element() as first, *_) if titles.is_number(first):
            return text_of(first).strip()
    return ""
