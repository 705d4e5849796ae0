"""Citations that are notes, or raised numbers: each takes the place that its style gives it.

In a style that cites in notes, a citation in the text becomes a note of its own before notes are
numbered; in one of the author's notes it stays, and is part of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from octavo.book.texts import blocks
from octavo.markup import joined, rewrite_all, text_of, with_attributes
from octavo.model import Element, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from octavo.book.styles import Style
    from octavo.model import Manuscript, Node, Source

OWN, NAME = "of", "name"
"""The attributes of a citation that say the label of the note it makes: of the citation in that
note, and of what stays of it in the text, the name of its author."""
_LABEL = " citation {}"
"""The label of such a note; no author's begins with a space."""
_PUNCTUATION = re.compile(r"[.,;:!?…]+[”’»\"')\]]*")
"""What a call stands behind (The Chicago Manual of Style, 17th edition, 14.26)."""
_ENDED = re.compile(r"[.?!…][”’»\"')]*$")
"""What ends a sentence, after which no full stop follows."""
_OF_NAME = re.compile(r"[’']s?(?!\w)")
"""What belongs to the name before a note: *Gibbon’s*."""
_CALLED_BEFORE = frozenset({"fr"})
"""Languages that call a note before the punctuation (Lexique des règles typographiques en usage à
l'Imprimerie nationale, “Appel de note”)."""


def placed(manuscript: Manuscript, style: Style) -> Manuscript:
    """Return the manuscript with its citations where a style has them."""
    if not (style.is_note or style.superscript):
        return manuscript
    language = manuscript.project.metadata.language.partition("-")[0].lower()
    behind = language not in _CALLED_BEFORE
    sources = (_Placing(style.is_note, behind).source(each) for each in manuscript.sources)
    return replace(manuscript, sources=tuple(sources))


def opening_of(note: tuple[Node, ...]) -> tuple[Node, str]:
    """Return what a note of one paragraph begins with, and the text behind it."""
    match note:
        case (Element(tag="p", children=(first, *others)),):
            return first, text_of(*others)
    return "", ""


@dataclass(slots=True)
class _Placing:
    """One source while its citations are placed."""

    in_notes: bool
    behind: bool
    """Whether a call stands behind the punctuation that follows."""
    made: list[Note] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def source(self, source: Source) -> Source:
        """Return a source with its citations placed; those of notes and epigraphs stay."""
        body = blocks(rewrite_all(source.body, self.change))
        return replace(source, body=body, notes=(*source.notes, *self.made))

    def change(self, element: Element) -> Node | tuple[Node, ...]:
        """Return what stands for an element whose children are placed."""
        if element.tag == "citation":
            return self.noted(element) if self.in_notes else element
        children = tuple(_tied(element.children, self.is_call, behind=self.behind))
        return element if children == element.children else replace(element, children=children)

    def is_call(self, element: Element) -> bool:
        """Tell whether an element is a call that the style makes."""
        if self.in_notes:
            return element.tag == "note" and element.get("label").startswith(" ")
        return element.tag == "citation" and element.get("mode") != "narrative"

    def noted(self, citation: Element) -> tuple[Node, ...]:
        """Return the call of the note that a citation becomes, the author's name before it."""
        label = _LABEL.format(next(self._numbers))
        own = with_attributes(citation, **{OWN: label})
        text = Element("p", (), (own,), citation.line)
        self.made.append(Note(label, (text,), citation.line))
        call = Element("note", (("label", label),), (), citation.line)
        is_named = citation.get("mode") == "narrative"
        return (with_attributes(citation, **{NAME: label}), call) if is_named else (call,)


def _is_named(row: list[Node]) -> bool:
    """Tell whether a row ends with the name of an author and the call of a note."""
    match row:
        case [Element(tag="citation") as name, Element(tag="note")]:
            return bool(name.get(NAME))
    return False


def _tied(
    nodes: tuple[Node, ...], is_call: Callable[[Element], bool], *, behind: bool
) -> tuple[Node, ...]:
    """Return a row with no space before its calls, and these behind the punctuation after them."""
    row: list[Node] = []
    for node in nodes:
        last = row[-1] if row else ""
        if isinstance(node, Element) and is_call(node) and isinstance(last, str) and row:
            row[-1] = last.rstrip()
        found = isinstance(node, str) and behind and _PUNCTUATION.match(node)
        if found and isinstance(node, str) and isinstance(last, Element) and is_call(last):
            ended = isinstance(row[-2:][0], str) and _ENDED.search(str(row[-2:][0]))
            row[-1:] = [found.group().lstrip(".") if ended else found.group(), last]
            row.append(node[found.end() :])
        elif own := isinstance(node, str) and _is_named(row[-2:]) and _OF_NAME.match(node):
            row[-1:] = [own.group(), last, node[own.end() :]]
        else:
            row.append(node)
    return joined(row)
