"""Citations that are notes or numbers: each takes the place that its style gives it.

In a style that cites in notes, a citation in the text becomes a note of its own before notes are
numbered; in one of the author's notes it stays, and is part of it.  Where the style says no name,
one that is part of a sentence is parted: into the name, and what the style makes of the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import count
from typing import TYPE_CHECKING

from octavo.book.texts import blocks
from octavo.book.titles import NARRATIVE
from octavo.markup import joined, rewrite_all, with_attributes
from octavo.model import Element, Note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from octavo.book.styles import Style
    from octavo.model import Manuscript, Node, Source

OWN, NAME = "of", "name"
"""The attributes of a citation that say the label of the note it makes: of the citation in that
note, and of what stays of it in the text, the name of its author."""
ALONE = "alone"
"""The attribute of a citation of which nothing is printed but the name."""
AUTHOR, SUPPRESSED = "author-in-text", "suppress-author"
"""Modes of a work in a citation."""
APART = frozenset({"definition", "short"})
"""What is printed elsewhere, where a note would have no call."""
WORDS = ("prefix", "suffix")
"""What a citation holds of the author's own words."""
_GOES_ON = re.compile(r"(?:[’']s?)?\s+(?:\w|$)")
"""What follows a citation where its sentence goes on without a stop."""
_LABEL = " citation {}"
"""The label of such a note; no author's begins with a space."""
_PUNCTUATION = re.compile(r"[.,;:!?…]+[”’»\"')\]]*")
"""What a call stands behind (The Chicago Manual of Style, 17th edition, 14.26)."""
_ENDED = re.compile(r"[.?!…][”’»\"')]*$")
"""What ends a sentence, after which no full stop follows."""
_PAUSES = (",", ";", ":")
"""Signs that another stop cannot follow."""
_OF_NAME = re.compile(r"[’']s?(?!\w)")
"""What belongs to the name before a note: *Gibbon’s*."""
_CALLED_BEFORE = frozenset({"fr"})
"""Languages that call a note before the punctuation (Lexique des règles typographiques en usage à
l'Imprimerie nationale, “Appel de note”)."""


def placed(manuscript: Manuscript, style: Style) -> Manuscript:
    """Return the manuscript with its citations where a style has them."""
    if style.has_names and not (style.is_note or style.superscript):
        return manuscript
    language = manuscript.project.metadata.language.partition("-")[0].lower()
    behind = language not in _CALLED_BEFORE
    terms = manuscript.project.glossary.file
    sources = (
        _Placing(style, behind).source(each, is_apart=each.name == terms)
        for each in manuscript.sources
    )
    return replace(manuscript, sources=tuple(sources))


@dataclass(slots=True)
class _Placing:
    """One source while its citations are placed."""

    style: Style
    behind: bool
    """Whether a call stands behind the punctuation that follows."""
    made: list[Note] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def source(self, source: Source, *, is_apart: bool = False) -> Source:
        """Return a source with its citations placed.

        Those of notes, epigraphs and what is printed elsewhere make none, nor any in a text apart.
        """
        inside = self.change_inside
        body = blocks(rewrite_all(source.body, self.defined))
        change = inside if is_apart else self.change
        body = blocks(rewrite_all(body, change, leave=APART))
        notes = (
            replace(note, content=blocks(rewrite_all(note.content, inside)))
            for note in source.notes
        )
        return replace(
            source,
            body=body,
            epigraph=blocks(rewrite_all(source.epigraph, inside)),
            notes=(*notes, *self.made),
        )

    def defined(self, element: Element) -> Element:
        """Return what is printed elsewhere with its citations placed; the rest stays as it is."""
        if element.tag not in APART:
            return element
        return replace(element, children=rewrite_all(element.children, self.change_inside))

    def change(self, element: Element) -> Node | tuple[Node, ...]:
        """Return what stands for an element of the text whose children are placed."""
        if not self.style.is_note:
            return self.change_inside(element)
        return self.noted(element) if element.tag == "citation" else self.tied(element)

    def change_inside(self, element: Element) -> Node | tuple[Node, ...]:
        """Return what stands for an element where a citation makes no note."""
        if not self.style.is_note and element.tag == "citation":
            return element if self.style.has_names else self.parted(element)
        children = element.children
        if self.style.is_note:
            rows = zip(children, (*children[1:], ""), strict=False)
            children = tuple(node for pair in rows for node in self.apart(*pair))
        return self.tied(replace(element, children=children))

    def tied(self, element: Element) -> Element:
        """Return an element in which calls touch what they stand behind."""
        children = _tied(element.children, self.is_call, behind=self.behind)
        return element if children == element.children else replace(element, children=children)

    def is_call(self, element: Element) -> bool:
        """Tell whether an element is a call that the style makes: a note, or raised numbers."""
        if self.style.is_note:
            return element.tag == "note" and element.get("label").startswith(" ")
        is_number = element.tag == "citation" and element.get("mode") != NARRATIVE
        return self.style.superscript and is_number and not has_words(element)

    def apart(self, node: Node, after: Node) -> tuple[Node, ...]:
        """Return a citation in a note parted where its sentence goes on: *Gibbon (1:50) argues*."""
        if isinstance(node, str) or node.tag != "citation" or not isinstance(after, str):
            return (node,)
        return self.parted(node) if _GOES_ON.match(after) else (node,)

    def parted(self, citation: Element) -> tuple[Node, ...]:
        """Return a citation that is part of its sentence as the name, and what follows it."""
        if citation.get("mode") != NARRATIVE:
            return (citation,)
        first, *others = (each for each in citation.children if isinstance(each, Element))
        key = first.get("key")
        alone = Element("cite", (("key", key), ("mode", AUTHOR)), (), first.line)
        name = with_attributes(citation, alone="yes", text=f"@{key}")
        mode = SUPPRESSED if self.style.is_note else None
        rest = with_attributes(citation, mode="parenthetical")
        rest = replace(rest, children=(with_attributes(first, mode=mode), *others))
        gap = () if self.style.superscript else (" ",)
        return (replace(name, children=(alone,)), *gap, rest)

    def noted(self, citation: Element) -> tuple[Node, ...]:
        """Return the call of the note that a citation becomes, the author's name before it."""
        label = _LABEL.format(next(self._numbers))
        own = with_attributes(citation, **{OWN: label})
        text = Element("p", (), (own,), citation.line)
        self.made.append(Note(label, (text,), citation.line))
        call = Element("note", (("label", label),), (), citation.line)
        is_named = citation.get("mode") == NARRATIVE
        return (with_attributes(citation, **{NAME: label}), call) if is_named else (call,)


def has_words(citation: Element) -> bool:
    """Tell whether the author wrote something before or behind a work in a citation."""
    cites = [each for each in citation.children if isinstance(each, Element)]
    inside = [child.tag for cite in cites for child in cite.children if isinstance(child, Element)]
    return any(e.get(part).strip() or part in inside for e in cites for part in WORDS)


def _behind_name(row: list[Node]) -> int:
    """Return how many nodes stand behind the name that a row ends with: its call, and a space."""
    match row:
        case [*_, Element(tag="citation") as name, Element()]:
            return 1 if _is_name(name) else 0
        case [*_, Element(tag="citation") as name, " ", Element(tag="citation")]:
            return 2 if _is_name(name) else 0
    return 0


def _is_name(citation: Element) -> bool:
    return bool(citation.get(NAME) or citation.get(ALONE))


def _may_run(node: Node, is_call: Callable[[Element], bool]) -> bool:
    """Tell whether a node may be one of a run of calls: the style's, the author's, and spaces."""
    if isinstance(node, str):
        return not node.strip()
    return node.tag == "note" or is_call(node)


def _close_up(row: list[Node], run: list[Node]) -> None:
    """Take away the spaces between a row and the calls behind it, and between these."""
    after = [node for node in run[-1:] if isinstance(node, str)]
    run[:] = [*(node for node in run if isinstance(node, Element)), *after]
    if row and isinstance(last := row[-1], str):
        row[-1] = last.rstrip()


def _parted_stop(row: list[Node], text: str) -> tuple[str, str]:
    """Return the punctuation that a row takes from the text behind its calls, and what is left.

    It follows words: no comma, nor the beginning of a line.
    """
    last = row[-1] if row else _BREAK
    words = last if isinstance(last, str) else ""
    found = _PUNCTUATION.match(text)
    if found is None or words.endswith(_PAUSES) or (isinstance(last, Element) and last.tag == "br"):
        return "", text
    stop = found.group()
    return stop.lstrip(".") if _ENDED.search(words) else stop, text[found.end() :]


_BREAK = Element("br")


def _tied(
    nodes: tuple[Node, ...], is_call: Callable[[Element], bool], *, behind: bool
) -> tuple[Node, ...]:
    """Return a row with no space before its calls, and these behind the punctuation after them.

    The author's own calls go with those beside them; alone, they stand where they are put.
    """
    row: list[Node] = []
    run: list[Node] = []
    for node in (*nodes, _END):
        following = node
        if not _may_run(node, is_call) and any(map(is_call, _elements(run))):
            _close_up(row, run)
            if behind and isinstance(node, str):
                stop, following = _parted_stop(row, node)
                row += [stop] if stop else []
        if _may_run(following, is_call):
            run.append(following)
            continue
        row += run
        run.clear()
        own = _OF_NAME.match(following) if isinstance(following, str) else None
        if own and isinstance(following, str) and (size := _behind_name(row)):
            row[-size:] = [own.group(), *row[-size:], following[own.end() :]]
        else:
            row.append(following)
    return joined(row[:-1])


_END = Element("end")
"""What stands behind a row while its calls are tied."""


def _elements(nodes: Iterable[Node]) -> Iterator[Element]:
    return (node for node in nodes if isinstance(node, Element))
