"""The shape of book.yaml: its keys, what each may hold, and what each means."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import (
    BeforeValidator,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)

from octavo.project.apparatus import (
    CitationsShape,
    GlossaryShape,
    GroupShape,
    IndexShape,
    LabelsShape,
    NotesShape,
    NumbersShape,
)
from octavo.project.group import GROUP, PLAIN, Shape
from octavo.project.kinds import (
    Day,
    Identifier,
    Isbn,
    Language,
    Line,
    OneOf,
    OneOrMore,
    TrimSize,
    Words,
    fault,
)
from octavo.project.words import CONTRIBUTOR_ROLES


class ContributorShape(Shape):
    """A person or body named on the title page; a plain name means an author."""

    short: ClassVar[str] = "name"
    name: Words = Field(description="The name as the title page has it.")
    role: Annotated[str, OneOf("unknown-role", "a role", CONTRIBUTOR_ROLES)] = Field(
        "author", description="What the person did."
    )
    sort: Line = Field("", description="The name as a catalogue files it: Garcia, Natalie.")


class SeriesShape(Shape):
    """The series that the book belongs to."""

    short: ClassVar[str] = "name"
    name: Words = Field(description="The name of the series.")
    number: Line = Field("", description="The book's place in it.")


PART = "write: - part: part-1.md, and below it: chapters: [one.md, two.md]"


def _is_title(group: dict[object, object]) -> bool:
    """Tell whether a group is a part's title with its chapters below it: ``Part One:``."""
    return not any(isinstance(value, str) for value in group.values())


def _no_group(value: object) -> object:
    """Refuse a part where only files may stand."""
    if isinstance(value, dict) and ("part" in value or _is_title(value)):
        hint = f"divide contents into front:, body: and back:, and in body {PART}"
        raise fault("wrong-part", "a part can only stand in “body”", hint)
    return value


FileName = Annotated[Words, BeforeValidator(_no_group)]


class PartShape(Shape):
    """A part: the file that opens it and the chapters in it."""

    part: Words = Field(description="The Markdown file that opens the part.")
    chapters: tuple[FileName, ...] = Field((), description="Its chapters, in order.")

    @model_validator(mode="before")
    @classmethod
    def _opened_by_a_file(cls, value: object) -> object:
        """Refuse a part's title with its chapters below it: a part has a page, and it a file."""
        if isinstance(value, dict) and not set(value) & set(cls.known()) and _is_title(value):
            message = f"“{next(iter(value), '')}” is written as a part, but names no file"
            raise fault("wrong-part", message, PART)
        return value


def _form(value: object) -> str:
    return PLAIN if isinstance(value, str) or value is None else GROUP


BodyItem = Annotated[
    Annotated[Words, Tag(PLAIN)] | Annotated[PartShape, Tag(GROUP)], Discriminator(_form)
]


class ContentsShape(Shape):
    """The book in order: Markdown files, and generated pages by their name."""

    front: tuple[FileName, ...] = Field((), description="What comes before the text.")
    body: tuple[BodyItem, ...] = Field((), description="Chapters, and parts with their chapters.")
    back: tuple[FileName, ...] = Field((), description="What comes after the text.")


def _listed(value: object) -> str:
    return PLAIN if isinstance(value, list) else GROUP


Contents = Annotated[
    Annotated[tuple[FileName, ...], Tag(PLAIN)] | Annotated[ContentsShape, Tag(GROUP)],
    Discriminator(_listed),
]


class EditionShape(Shape):
    """One file to be made of the book."""

    format: Annotated[str, OneOf("unknown-format", "a format", ("epub", "pdf"))] = Field(
        description="epub for reading devices, pdf for print."
    )
    isbn: Isbn = Field("", description="The edition's own ISBN.")
    trim: TrimSize | None = Field(None, description="The size of the printed page.")
    paper: Annotated[str, OneOf("unknown-paper", "a paper", ("cream", "white"))] | None = Field(
        None, description="The colour of the paper."
    )


EditionName = Annotated[str, StringConstraints(pattern=r"^\w[\w-]*$")]


class BookShape(Shape):
    """A book.yaml, whole."""

    title: Words = Field(description="The title. Nothing else is required.")
    subtitle: Line = Field("", description="The subtitle.")
    contributors: Annotated[tuple[ContributorShape, ...], OneOrMore()] = Field(
        (), description="Who made the book, in the order of the title page."
    )
    language: Language = Field("en", description="The language of the text: en-US, de, pt-BR.")
    date: Day | None = Field(None, description="The day of publication: 2026-11-22.")
    rights: Line = Field("", description="The copyright line.")
    publisher: Line = Field("", description="The publisher's name.")
    place: Line = Field("", description="The publisher's place.")
    identifier: Identifier = Field("", description="Written by Octavo, once.")
    subjects: Annotated[tuple[Words, ...], OneOrMore()] = Field(
        (), description="Subject headings, as catalogues and stores use them."
    )
    description: Line = Field("", description="What stores say of the book.")
    keywords: Annotated[tuple[Words, ...], OneOrMore()] = Field(
        (), description="Words that readers search for."
    )
    series: SeriesShape | None = Field(None, description="The series the book belongs to.")
    edition: Line = Field("", description="The edition statement: Second edition, revised.")
    version: Line = Field("", description="The version of the text.")
    printing: Line = Field("", description="The printing: First printing.")
    cover: Line = Field("", description="A cover image; without one, the press sets a cover.")
    copyright_note: Line = Field("", description="A Markdown file for the copyright page.")
    references: Annotated[tuple[Words, ...], OneOrMore()] = Field(
        (), description="Files of the sources to cite: CSL JSON or YAML, BibTeX."
    )
    citations: CitationsShape = Field(
        CitationsShape.model_validate({}), description="How sources are cited."
    )
    notes: NotesShape = Field(
        NotesShape.model_validate({}), description="Where notes stand, and their numbers."
    )
    index: IndexShape = Field(
        IndexShape.model_validate({}), description="How the index is drawn up."
    )
    glossary: GlossaryShape = Field(
        GlossaryShape.model_validate({}), description="Terms that are defined beside the text."
    )
    labels: LabelsShape = Field(
        LabelsShape.model_validate({}), description="The words before numbers."
    )
    numbers: NumbersShape = Field(
        NumbersShape.model_validate({}), description="How figures and headings are numbered."
    )
    contents: Contents | None = Field(None, description="The book in order.")
    editions: dict[EditionName, EditionShape] = Field({}, description="The files to make.")


LEVELS: dict[str, type[Shape]] = {
    "contributors": ContributorShape,
    "series": SeriesShape,
    "citations": CitationsShape,
    "groups": GroupShape,
    "notes": NotesShape,
    "index": IndexShape,
    "glossary": GlossaryShape,
    "labels": LabelsShape,
    "numbers": NumbersShape,
    "contents": ContentsShape,
    "body": PartShape,
    "editions": EditionShape,
}
"""The groups of keys below the top, by the key they stand under."""
