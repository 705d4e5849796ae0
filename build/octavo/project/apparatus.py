"""The shape of what book.yaml says of a book's apparatus: citations, notes, index, numbers."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from octavo.project.group import Shape
from octavo.project.kinds import Line, OneOf, OneOrMore, Words
from octavo.project.words import BIBTEX_TYPES, SOURCE_TYPES

SourceType = Annotated[
    str,
    OneOf("unknown-type", "a type of source", tuple(sorted({*SOURCE_TYPES, *BIBTEX_TYPES}))),
]


class GroupShape(Shape):
    """A heading in the bibliography; without a condition, it takes whatever is left."""

    short: ClassVar[str] = "title"
    title: Words = Field(description="The heading.")
    types: Annotated[tuple[SourceType, ...], OneOrMore()] = Field(
        (), description="The types of its sources, as CSL or BibTeX calls them: book, webpage."
    )
    keywords: Annotated[tuple[Words, ...], OneOrMore()] = Field(
        (), description="Keywords of its sources, of which each has one at least."
    )


class CitationsShape(Shape):
    """How sources are cited, and where they are listed."""

    short: ClassVar[str] = "style"
    style: Words = Field("apa", description="A citation style: its name, or a .csl file.")
    bibliography: Annotated[
        Literal["book", "chapter"], OneOf("unknown-place", "a place", ("book", "chapter"))
    ] = Field("book", description="At whose end the sources are listed.")
    uncited: bool = Field(False, description="List sources too that nothing cites.")
    full_again: bool = Field(
        False, description="Name a source in full in the first note of every chapter."
    )
    groups: Annotated[tuple[GroupShape, ...], OneOrMore()] = Field(
        (), description="Headings in the list of sources."
    )


class NotesShape(Shape):
    """Where notes stand, and how they are numbered."""

    short: ClassVar[str] = "place"
    place: (
        Annotated[
            Literal["page", "chapter", "book"],
            OneOf("unknown-place", "a place", ("page", "chapter", "book")),
        ]
        | None
    ) = Field(
        None, description="At whose end: at the foot of the page, or of the chapter or the book."
    )
    numbers: Annotated[
        Literal["chapter", "book", "symbols"],
        OneOf("unknown-numbers", "a way of numbering", ("chapter", "book", "symbols")),
    ] = Field("chapter", description="Anew in each chapter, through the book, or by * † ‡.")


IndexName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]


class IndexShape(Shape):
    """How the index is drawn up, and which others there are."""

    short: ClassVar[str] = "terms"
    terms: Line = Field("", description="A file of terms to be found in the text: index.yaml.")
    sort: Annotated[
        Literal["letters", "words"], OneOf("unknown-sort", "a way to sort", ("letters", "words"))
    ] = Field("letters", description="Letter by letter, or word by word.")
    ranges: bool = Field(True, description="Tell three or more pages in a row as one range.")
    others: dict[IndexName, Words] = Field(
        {}, description="Other indexes, by their names: names: Index of Names."
    )


class GlossaryShape(Shape):
    """Where terms are defined beside the text, and what the glossary says of them."""

    short: ClassVar[str] = "file"
    file: Line = Field("", description="Terms and what they mean, in a file .yaml or .md.")
    pages: bool = Field(False, description="Tell in print on which page a term stands first.")


class LabelsShape(Shape):
    """The words before numbers; an empty text for the number alone, none for neither."""

    absent: ClassVar[tuple[str | None, ...]] = (None,)
    part: Line | None = Field(None, description="Before a part's number.")
    chapter: Line | None = Field(None, description="Before a chapter's number, such as Secret.")
    appendix: Line | None = Field(None, description="Before an appendix's letter.")
    figure: Line | None = Field(None, description="Before a figure's number, such as Fig.")
    table: Line | None = Field(None, description="Before a table's number.")
    listing: Line | None = Field(None, description="Before the number of a listing of code.")
    equation: Line | None = Field(None, description="Before an equation's number, in the text.")
    theorem: Line | None = Field(None, description="Before a theorem's number.")
    lemma: Line | None = Field(None, description="Before a lemma's number.")
    corollary: Line | None = Field(None, description="Before a corollary's number.")
    proposition: Line | None = Field(None, description="Before a proposition's number.")
    conjecture: Line | None = Field(None, description="Before a conjecture's number.")
    definition: Line | None = Field(None, description="Before a definition's number.")
    example: Line | None = Field(None, description="Before an example's number.")
    exercise: Line | None = Field(None, description="Before an exercise's number.")


class NumbersShape(Shape):
    """How figures, tables and their like are numbered, and which headings are."""

    short: ClassVar[str] = "within"
    within: Annotated[
        Literal["book", "chapter"],
        OneOf("unknown-numbers", "a way of numbering", ("book", "chapter")),
    ] = Field("book", description="Through the book (Figure 7), or in each chapter (Figure 2.3).")
    sections: Annotated[int, Field(ge=0, le=5)] = Field(
        0, description="How many levels of headings below the chapter's bear numbers."
    )
