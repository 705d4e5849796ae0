"""Citeproc's tree of citations: what it is given, and what it makes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from octavo.book.copyedit import continued, opening
from octavo.book.inlines import Tree, inlines, reference_id, trees
from octavo.diagnostics import Location
from octavo.manuscript.syntax.locators import for_citeproc
from octavo.markup import text_of
from octavo.model import Element, Node

MODES = {
    "normal": "NormalCitation",
    "suppress-author": "SuppressAuthor",
    "author-in-text": "AuthorInText",
}
"""What a citation's mode is called in Pandoc's tree."""
_CLOSE = frozenset({",", ";", ":", ".", ")", "]"})
_WORD = {"t": "Str", "c": "x"}
"""What stands for the words of a note."""


@dataclass(frozen=True, slots=True)
class Group:
    """A citation of one or more works, and where it stands."""

    element: Element
    note: str = ""
    """The id of the note it stands in."""
    number: int = 0
    """The number of that note, as styles with notes refer to it."""
    own: bool = False
    """Whether it is the whole of that note, made of a citation in the text."""
    location: Location = Location("")
    opens: bool = False
    """Whether one of the author's notes begins with it."""
    after: str = ""
    """What the first paragraph of that note says behind it."""

    @property
    def is_paragraph(self) -> bool:
        """Whether it is the whole of the paragraph that opens a note."""
        return self.opens and not self.after

    @property
    def is_name(self) -> bool:
        """Whether nothing is printed of it but the name of the author."""
        return bool(self.element.get("alone"))


@dataclass(frozen=True, slots=True)
class Rendering:
    """A citation as its style has it."""

    text: tuple[Node, ...]
    """What stands in the sentence."""
    note: tuple[Node, ...] = ()
    """What stands in the note, where the citation is one."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is printed at all."""
        return not text_of(*self.text, *self.note).strip()


def keys_of(group: Element) -> tuple[str, ...]:
    """Return the keys that a group cites, in the order written."""
    return tuple(cited.get("key") for cited in _cites(group))


# --- Into Pandoc's tree ---------------------------------------------------------------------------


def row_of(group: Group) -> object:
    """Return what groups of one row have in common: the author's note they stand in.

    One that is a paragraph there is a row of its own, and ends with a full stop.
    """
    is_inside = group.note and not group.own
    return group.note if is_inside and not group.is_paragraph else id(group)


def paragraph(row: Sequence[Group], language: str) -> Tree:
    """Return a paragraph for citations: in a note for those of an author's note.

    Citeproc makes a note of every other, if the style has it so.
    """
    cites = [_cite(group, language) for group in row]
    if not _are_inside(row):
        return {"t": "Para", "c": cites}
    # What stands around a citation in a note decides on parentheses and on a full stop.
    inner = [] if row[0].opens else [_WORD]
    inner += [each for cite in cites for each in (cite, _WORD)]
    if row[0].is_paragraph:
        inner.pop()
    return {"t": "Para", "c": [{"t": "Note", "c": [{"t": "Para", "c": inner}]}]}


def _are_inside(row: Sequence[Group]) -> bool:
    return bool(row[0].note) and not row[0].own


def _cite(group: Group, language: str) -> Tree:
    citations = [
        {
            **citation(cited.get("key"), group.number),
            "citationPrefix": _row(cited, "prefix"),
            "citationSuffix": [*_locator(cited, language), *_row(cited, "suffix")],
            "citationMode": {"t": MODES[cited.get("mode", "normal")]},
        }
        for cited in _cites(group.element)
    ]
    return {"t": "Cite", "c": [citations, []]}


def citation(key: str, number: int = 0) -> dict[str, Any]:
    """Return a bare citation of a key; ``*`` is that of every source."""
    return {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": number,
        "citationHash": 0,
    }


def _row(cited: Element, name: str) -> list[Tree]:
    """Return a prefix or a suffix: the nodes of the child of that name, or its plain words."""
    marked = next((each for each in _elements(cited) if each.tag == name), None)
    row = trees(marked.children if marked else (cited.get(name).strip(),))
    # A suffix is parted from what it follows, but for its own punctuation.
    apart = name == "suffix" and cited.get(name).strip()[:1] not in _CLOSE
    return [{"t": "Space"}, *row] if apart and row else row


def _locator(cited: Element, language: str) -> list[Tree]:
    """Return a locator as Pandoc knows it: behind a comma, at the head of the suffix."""
    locator = cited.get("locator").strip()
    return trees((f", {for_citeproc(locator, language)}",)) if locator else []


def _cites(group: Element) -> tuple[Element, ...]:
    return tuple(_elements(group))


def _elements(parent: Element) -> Iterator[Element]:
    return (child for child in parent.children if isinstance(child, Element))


# --- Out of Pandoc's tree -------------------------------------------------------------------------


def renderings(row: Sequence[Group], paragraph: Tree) -> Iterator[Rendering]:
    """Yield what citeproc made of the citations of a paragraph."""
    content = paragraph["c"]
    if _are_inside(row) and content[0]["t"] == "Note":
        content = [cite for inner in content[0]["c"] for cite in inner["c"] if cite["t"] == "Cite"]
    made = [each for each in content if each["t"] == "Cite"]
    for group, cite in zip(row, made, strict=True):
        parts: Iterable[Tree] = cite["c"][1]
        notes = [part for part in parts if part["t"] == "Note"]
        text = inlines(part for part in parts if part["t"] != "Note")
        if group.opens:
            text = opening(continued(text, group.after), group.element)
        note = (inlines(block["c"]) for each in notes for block in each["c"])
        yield Rendering(text, next(note, ()))


def source(block: Tree) -> tuple[str, Element]:
    """Return an entry of the list of sources, with the key of its reference."""
    (identifier, _classes, _pairs), paragraphs = block["c"]
    key = identifier.removeprefix("ref-")
    content = tuple(node for paragraph in paragraphs for node in inlines(paragraph["c"]))
    first = content[0] if content else ""
    has_number = isinstance(first, Element) and "csl-left-margin" in first.classes
    kind = "csl-entry csl-numbered" if has_number else "csl-entry"
    return key, Element("div", (("class", kind), ("id", reference_id(key))), content)
