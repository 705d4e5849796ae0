"""Every value that flows through the press, in the order it comes to be.

``Project`` (where things are) → ``Manuscript`` (what was written) → ``Book`` (what one edition
says) → ``Rendition`` (how it reads) → ``Artifact`` (the file).  All of them are frozen; a stage
returns a new value and fills nothing in later.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal

from octavo.diagnostics import Location

# --- The text as a tree -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Element:
    """One element of the text: an HTML name, its attributes, its children, and its source line.

    The vocabulary is XHTML's, and some elements of our own for what XHTML has no name for:

    ``note``
        a call of a footnote; attribute ``label`` names a :class:`Note` of the same source.
    ``citation``
        a citation group (or ``mode="narrative"``); its children are ``cite`` elements with the
        attributes ``key``, ``mode``, ``prefix``, ``locator``, ``suffix``; ``text`` is the source.
    ``reference``
        a reference to places in words that the press finds; attributes ``to`` (links, separated
        by spaces), ``form`` and, where the author wrote them, the word ``before`` the number and
        what comes ``after``.
    ``folio``
        the page numbers of other places (attribute ``of``: the ids of targets, separated by
        spaces); print fills in the distinct folios in order, the EPUB has none.  In an index,
        ``as`` says of each id what it is (:mod:`octavo.book.locators`).
    ``formula``
        attributes ``tex``, its source, and ``display``, ``inline`` or ``block``; its child is the
        ``math`` that it means.  One with lines of its own stands in a ``div.equation``.
    ``definition``
        what the term in the span around it means (inline content); it is printed in the glossary,
        and never where it stands.
    ``short``
        the caption of the figure, table or listing around it (inline content) as a list has it;
        it is printed there alone.
    ``fault``
        a place that could not be read, shown only in a draft; attribute ``code``.

    It holds nothing but strings, tuples and ints, so it freezes, pickles and turns into JSON.
    """

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element | str, ...] = ()
    line: int = 0
    """Line in the source file, from 1; 0 where the press itself made the element."""

    def get(self, name: str, default: str = "") -> str:
        """Return an attribute's value, or the default."""
        return next((value for key, value in self.attributes if key == name), default)

    @property
    def classes(self) -> tuple[str, ...]:
        """The words of the ``class`` attribute."""
        return tuple(self.get("class").split())


Node = Element | str
"""A child of an element: another element, or text."""


# --- Project: what book.yaml says ---------------------------------------------------------------


class Medium(StrEnum):
    """What an edition is made for."""

    EPUB = "epub"
    PDF = "pdf"


class Matter(StrEnum):
    """The three divisions of a book."""

    FRONT = "front"
    BODY = "body"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Contributor:
    """A person or body named on the title page."""

    name: str
    role: str = "author"
    sort: str = ""
    """The name as a catalogue files it (``Garcia, Natalie``); derived from the name if empty."""


@dataclass(frozen=True, slots=True)
class Series:
    """The series a book belongs to, and its place in it."""

    name: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a catalogue knows of the book, whatever the edition."""

    title: str
    subtitle: str = ""
    contributors: tuple[Contributor, ...] = ()
    language: str = "en"
    date: date | None = None
    """The only clock there is: every date in every file comes from here."""
    rights: str = ""
    publisher: str = ""
    place: str = ""
    identifier: str = ""
    """A ``urn:uuid:`` that is written into book.yaml once and never derived from the content."""
    subjects: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    series: Series | None = None
    edition: str = ""
    version: str = ""
    printing: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of ``contents``: a Markdown file, or a page that the press generates."""

    name: str
    """A POSIX path below the manuscript's folder (``preface.md``), or a page's name (``index``)."""
    matter: Matter
    generated: bool
    location: Location
    """Where book.yaml names it."""
    part: str = ""
    """The file of the part that a chapter stands in, if any."""
    opens_part: bool = False


@dataclass(frozen=True, slots=True)
class Trim:
    """The size of the finished page, in points (1/72 inch)."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Edition:
    """One file to be made of the book."""

    name: str
    medium: Medium
    isbn: str = ""
    """As its author typed it, hyphens and all; its last digit fits."""
    trim: Trim = Trim(396.0, 612.0)
    paper: Literal["cream", "white"] = "cream"
    location: Location = Location("book.yaml")


@dataclass(frozen=True, slots=True)
class Labels:
    """The words before numbers: None for the language's own, empty for the number alone."""

    part: str | None = None
    chapter: str | None = None
    appendix: str | None = None
    unnumbered: frozenset[str] = frozenset()
    """The series, of all, that bear neither word nor number."""
    series: Mapping[str, str] = field(default_factory=dict)
    """The words before the numbers of figures and their like, where they are not the language's:
    by the names of :data:`octavo.series.SERIES`."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """How figures, tables and their like are numbered, and which headings are."""

    within: Literal["book", "chapter"] = "book"
    """Running on through the book, or anew in each chapter, whose number they then bear."""
    sections: int = 0
    """How many levels of headings within a chapter are numbered: 2 for *3.1* and *3.1.2*."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading in the bibliography, and which sources stand under it."""

    title: str
    types: frozenset[str] = frozenset()
    """Their types in CSL: ``book``, ``webpage``; empty for any."""
    keywords: frozenset[str] = frozenset()
    """Of which one at least is among theirs; empty for any."""


@dataclass(frozen=True, slots=True)
class Citing:
    """How sources are cited, and where they are listed."""

    style: str = "apa"
    """The name of a style, or the path of a ``.csl`` file below the manuscript's folder."""
    bibliography: Literal["book", "chapter"] = "book"
    """Whose end the list of sources stands at."""
    uncited: bool = False
    """Whether sources are listed that nothing cites."""
    full_again: bool = False
    """Whether each chapter's first note on a source names it in full again."""
    groups: tuple[Group, ...] = ()
    """The headings of the list, in order; a source stands under the first that it fits."""
    location: Location = Location("book.yaml")
    """Where book.yaml names the style."""


@dataclass(frozen=True, slots=True)
class Noting:
    """Where notes stand, and how they are numbered."""

    place: Literal["page", "chapter", "book"] = "page"
    """At whose end."""
    numbers: Literal["chapter", "book", "symbols"] = "chapter"
    """Anew in each chapter, running on, or by the signs * † ‡ anew in each chapter."""
    location: Location = Location("book.yaml")
    """Where book.yaml says so."""


@dataclass(frozen=True, slots=True)
class Indexing:
    """How the index is drawn up, and which others there are."""

    terms: str = ""
    """A file of terms to be found in the text, below the manuscript's folder."""
    sort: Literal["letters", "words"] = "letters"
    """Whether spaces between the words of an entry are passed over, or count."""
    ranges: bool = True
    """Whether three or more pages in a row are told as one range."""
    others: tuple[tuple[str, str], ...] = ()
    """Other indexes than the book's own: their names and their titles."""
    location: Location = Location("book.yaml")
    """Where book.yaml names the file of terms."""

    @property
    def pages(self) -> dict[str, str]:
        """The titles of the pages of the other indexes, by what ``contents`` calls them."""
        return {page_of(name): title for name, title in self.others}


def page_of(index: str) -> str:
    """Return what ``contents`` calls the page of an index: ``index``, or ``index-names``."""
    return f"index-{index}" if index else "index"


@dataclass(frozen=True, slots=True)
class Glossary:
    """Where terms are defined beside the text, and what the glossary says of them."""

    file: str = ""
    """Terms and definitions, YAML or Markdown, as a path below the manuscript's folder."""
    pages: bool = False
    """Whether print tells on which page a term stands first."""
    location: Location = Location("book.yaml")
    """Where book.yaml names the file."""


@dataclass(frozen=True, slots=True)
class Project:
    """Where everything is: book.yaml, read, checked and typed."""

    root: Path
    """The folder that holds the book; nothing outside ``folder`` and ``templates`` is read."""
    folder: Path
    """The folder of book.yaml and the Markdown files."""
    templates: Path | None
    """The book's own templates, if it has any."""
    metadata: Metadata
    contents: tuple[Entry, ...]
    """All entries in reading order: front, body, back."""
    editions: tuple[Edition, ...]
    references: tuple[str, ...] = ()
    """Bibliography files, as paths below ``folder``."""
    citing: Citing = Citing()
    noting: Noting = Noting()
    indexing: Indexing = Indexing()
    glossary: Glossary = Glossary()
    cover: str = ""
    """A cover image below ``folder``; empty for a typographic cover."""
    labels: Labels = Labels()
    numbers: Numbers = Numbers()
    copyright_note: str = ""
    """A Markdown file below ``folder`` that is printed on the copyright page."""

    @property
    def book_file(self) -> Location:
        """The location of book.yaml as a whole."""
        return self.place("book.yaml")

    def place(self, name: str, line: int = 0) -> Location:
        """Return the location of a file below ``folder``, or of one of its lines."""
        return Location((self.folder / name).relative_to(self.root).as_posix(), line)


# --- Manuscript: what was written ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Epigraph:
    """A quotation at the head of a section."""

    text: str
    """Markdown source, inline only."""
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Header:
    """The YAML at the head of a Markdown file; empty strings where it is silent."""

    title: str = ""
    short_title: str = ""
    subtitle: str = ""
    author: str = ""
    role: str = ""
    role_line: int = 0
    """Where ``role`` stands in the file; what roles there are is not known to its reader."""
    numbered: bool | None = None
    """None leaves it to the role."""
    epigraph: Epigraph | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """The text of a footnote, as it stands in one source."""

    label: str
    content: tuple[Element, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation and what it stands for, as an author tells it once for the whole book."""

    short: str
    content: tuple[Node, ...]
    """The words it stands for."""
    line: int


@dataclass(frozen=True, slots=True)
class Source:
    """One Markdown file, parsed: this and nothing else is ever known of its text."""

    name: str
    """The path below the manuscript's folder, as ``contents`` names it."""
    file: str
    """The path below the root, for locations."""
    header: Header
    body: tuple[Element, ...]
    """Blocks in order.  The first ``h1`` is the section's title."""
    epigraph: tuple[Element, ...] = ()
    """The header's epigraph, parsed: a paragraph, and one of class ``source`` if it has one."""
    notes: tuple[Note, ...] = ()
    abbreviations: tuple[Abbreviation, ...] = ()


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of the book, read whole."""

    name: str
    """The path below the manuscript's folder."""
    media_type: str
    width: float
    height: float
    """Pixels, or CSS pixels for SVG."""
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that the text may cite: one item of a bibliography file."""

    key: str
    item: Mapping[str, object] = field(repr=False)
    """The item as CSL-JSON has it."""
    location: Location
    """Where the bibliography file has it."""


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of an index that the author keeps beside the text."""

    entry: str
    """As a mark in the text names it: ``space!as punishment``."""
    location: Location
    words: tuple[tuple[str, Location], ...] = ()
    """The words that mark it wherever they stand."""
    see: str = ""
    see_also: str = ""
    sort: str = ""
    index: str = ""
    """The name of its index; nothing for the book's own."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything the author wrote, read once."""

    project: Project
    sources: tuple[Source, ...]
    """In the order of ``contents``; every file entry has one."""
    images: Mapping[str, Image]
    references: Mapping[str, Reference]
    """By key, in the order of the files."""
    style: str = ""
    """The text of the book's own citation style, if it has one."""
    terms: tuple[Term, ...] = ()
    """The list of terms for the indexes, in the order of its file."""


# --- Book: what one edition says ----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NumberedNote:
    """A note with what it is called by."""

    id: str
    label: str
    mark: str
    """What stands at the call and before the note: ``12``, ``†``."""
    call: str
    """The id of its first call."""
    content: tuple[Element, ...]
    location: Location

    @property
    def lead(self) -> str:
        """What parts the mark from the note: a number has a full stop, a sign has none."""
        return ". " if self.mark.isdecimal() else " "


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the book that begins on a new page: a chapter, a preface, a title page."""

    id: str
    """Unique in the book and stable: the file's stem, or the generated page's name."""
    role: str
    """A key of ``octavo.matter.ROLES``."""
    matter: Matter
    location: Location
    anchor: str = ""
    """The id that the author gave the heading, if it is not the section's own."""
    title: tuple[Node, ...] = ()
    """Inline content; empty for a section without a heading."""
    title_text: str = ""
    """The title without markup."""
    short_title: str = ""
    """The title as the running head has it."""
    subtitle: str = ""
    author: str = ""
    label: str = ""
    """What stands above the title: ``Part One``, ``Secret 4``, ``Appendix B``."""
    number: str = ""
    """The number alone: ``One``, ``4``, ``B``."""
    part: str = ""
    """The id of the part section that this one stands in."""
    epigraph: tuple[Element, ...] = ()
    body: tuple[Element, ...] = ()
    """The text without its title: links lead to ``#id`` of the book, ids are unique in it, and
    citations stand as the style renders them (``span.citation``)."""
    notes: tuple[NumberedNote, ...] = ()
    """In the order of their first call; where notes stand at the end of the book, those of all
    sections are in its page for them."""
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A place that links may lead to."""

    id: str
    section: str
    """The id of the section it stands in."""
    title: tuple[Node, ...] = ()
    """The heading or caption at that place, as other places show it."""
    kind: str = ""
    """What is numbered there: a key of ``places`` in the words of a language."""
    number: str = ""
    """Its number, ``3`` or ``2.1``; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Book:
    """What one edition says, in order, with the tables that number and connect it."""

    metadata: Metadata
    edition: Edition
    sections: tuple[Section, ...]
    targets: Mapping[str, Target]
    images: Mapping[str, Image]
    """Only those the text shows, and the cover."""
    cover: str = ""
    """The name of the cover image; empty for a typographic cover."""
    draft: bool = False
    noting: Noting = Noting()

    def section(self, name: str) -> Section:
        """Return the section of that id."""
        return next(section for section in self.sections if section.id == name)


# --- Rendition: how it reads --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Leaf:
    """A section as XHTML: one content document of the EPUB, one typesetting run of the PDF."""

    section: Section
    content: Element
    """The ``section`` element, whole."""
    title: str
    """For ``<title>`` and the outline."""


@dataclass(frozen=True, slots=True)
class Rendition:
    """A book as it will be read in one medium: its leaves and the stylesheets over them."""

    book: Book
    leaves: tuple[Leaf, ...]
    stylesheets: tuple[tuple[str, str], ...]
    """Names and CSS texts, in cascade order."""
    cover: tuple[str, str] = ("", "")
    """The page of a cover made of type, as XHTML, and its stylesheet; empty for a picture."""


# --- Artifact: the file -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Artifact:
    """A finished edition, still in memory, with what its summary line says."""

    edition: Edition
    data: bytes = field(repr=False)
    words: int
    pages: int = 0
    """Zero for an EPUB."""
