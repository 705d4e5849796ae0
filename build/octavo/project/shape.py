"""The shape of book.yaml: its keys, what each may hold, and what each means."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
    Tag,
    model_validator,
)
from pydantic_core import CoreSchema  # noqa: TC002  (pydantic reads the annotation)

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

PLAIN, GROUP = "\0plain", "\0group"
"""Names of a choice between two forms; no key can be called so, for no text holds a NUL."""


class Shape(BaseModel):
    """A group of keys; a key without a value counts as not written."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, alias_generator=lambda name: name.replace("_", "-")
    )
    short: ClassVar[str] = ""
    """The key that a single word in place of the group stands for, if one may."""
    absent: ClassVar[tuple[str | None, ...]] = (None, "")
    """What a key holds that counts as not written."""

    @model_validator(mode="before")
    @classmethod
    def _spelt_out(cls, value: object) -> object:
        """Write a short form out, and leave out known keys that are empty."""
        if cls.short and isinstance(value, str):
            return {cls.short: value}
        if not isinstance(value, dict):
            return value
        known = cls.known()
        return {key: at for key, at in value.items() if at not in cls.absent or key not in known}

    @classmethod
    def known(cls) -> tuple[str, ...]:
        """Return the keys of the group, as book.yaml writes them."""
        return tuple(str(field.alias or name) for name, field in cls.model_fields.items())

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Allow the short form too."""
        group = handler(core_schema)
        if not cls.short:
            return group
        return {"anyOf": [{"type": ["string", "number"]}, group]}


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


class CitationsShape(Shape):
    """How sources are cited."""

    short: ClassVar[str] = "style"
    style: Words = Field("apa", description="The citation style's name.")


class LabelsShape(Shape):
    """The words before numbers; an empty text for the number alone, none for neither."""

    absent: ClassVar[tuple[str | None, ...]] = (None,)
    part: Line | None = Field(None, description="Before a part's number.")
    chapter: Line | None = Field(None, description="Before a chapter's number, such as Secret.")
    appendix: Line | None = Field(None, description="Before an appendix's letter.")


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
        (), description="Files of the sources to cite: .json, as CSL JSON."
    )
    citations: CitationsShape = Field(
        CitationsShape.model_validate({}), description="How sources are cited."
    )
    labels: LabelsShape = Field(
        LabelsShape.model_validate({}), description="The words before numbers."
    )
    contents: Contents | None = Field(None, description="The book in order.")
    editions: dict[EditionName, EditionShape] = Field({}, description="The files to make.")


LEVELS: dict[str, type[Shape]] = {
    "contributors": ContributorShape,
    "series": SeriesShape,
    "citations": CitationsShape,
    "labels": LabelsShape,
    "contents": ContentsShape,
    "body": PartShape,
    "editions": EditionShape,
}
"""The groups of keys below the top, by the key they stand under."""
