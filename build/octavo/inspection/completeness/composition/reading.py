"""What a tree says, of the manuscript or of a leaf: its passages, and signs for what is no text.

Notes, citations, pictures and faults are other elements in a leaf than in the manuscript, and have
the same sign in both.  The signs are characters that no XML can hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book.glossary import WAY
from octavo.book.naming import REFERENCE, WITH
from octavo.book.titles import HEADING_NUMBER, LABEL
from octavo.inspection.completeness.rows import Passage
from octavo.manuscript import name_of
from octavo.markup import text_of, walk
from octavo.model import Element, Node
from octavo.rendition.blocks import NOTE_CLASS, is_block

if TYPE_CHECKING:
    from octavo.model import NumberedNote

_CALL, _PICTURE, CITED, FAULT, _PLACE = "\x01", "\x02", "\x03", "\x04", "\x05"
"""The call of a note, a picture, a citation, a fault, and an element that may be empty."""
_WITH_NAMES = re.compile(f"{_PICTURE}[^{_PICTURE}]*{_PICTURE}|{_CALL}[^{_CALL}]*{_CALL}")
_SIGNS = re.compile(f"[{_CALL}-{_PLACE}]")
_FORMULAS = frozenset({"formula", "formula-pieces"})
_CALLS = frozenset({"note-call", "note-again"})
_FOUND = frozenset({"citation", REFERENCE})
"""The classes of what the press puts in the place of what an author wrote."""
_OWN = frozenset({LABEL, HEADING_NUMBER, WITH, WAY})
"""The classes of what it adds."""
_KEEP_THEIR_PLACE = frozenset({"hr", "li", "td", "th"})


@dataclass(slots=True)
class Reading:
    """A tree while it is read."""

    name: str = ""
    """Of the source, by which its pictures are called; nothing for a leaf."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """What the notes of a source are called by, by their labels."""
    space: str = ""
    """What stands over lines for writing of which the source says nothing."""
    passages: list[Passage] = field(default_factory=list)
    notes: list[Element] = field(default_factory=list)
    """The notes of a leaf, which stand outside its text."""
    _pieces: list[str] = field(default_factory=list)
    _line: int = 0

    def row(self, nodes: Iterable[Node]) -> None:
        """Read the children of a section, each a passage of its own or several."""
        for node in nodes:
            self._line = 0 if isinstance(node, str) else node.line
            self._node(node)
            self._end()

    def _end(self) -> None:
        text = "".join(self._pieces)
        if key := "".join(text.split()):
            self.passages.append(Passage("", key, _shown(text), self._line))
        self._pieces.clear()

    def _node(self, node: Node) -> None:
        if isinstance(node, str):
            self._pieces.append(node)
        elif node.tag in _READ and (sign := _READ[node.tag](self, node)) is not None:
            self._pieces.append(sign)
        elif is_block(node):
            if not _names_its_box(node):
                self._block(node)
        else:
            for child in node.children:
                self._node(child)

    def _block(self, block: Element) -> None:
        self._end()
        around, self._line = self._line, block.line or self._line
        if block.tag in _KEEP_THEIR_PLACE:
            self._pieces.append(_PLACE)
        for child in (self.space,) if self.space and _asks_for_lines(block) else block.children:
            self._node(child)
        self._end()
        self._line = around

    def call(self, call: Element) -> str:
        """Read the call of a note in a source."""
        return f"{_CALL}{self.marks.get(call.get('label'), '')}{_CALL}"

    def raised(self, sup: Element) -> str | None:
        """Read what may be the call of a note whose text stands elsewhere."""
        return f"{_CALL}{text_of(sup)}{_CALL}" if _CALLS.intersection(sup.classes) else None

    def span(self, span: Element) -> str | None:
        """Read what may be a note in print, a citation, or lines for writing."""
        if NOTE_CLASS in span.classes:
            self.notes.append(span)
            return f"{_CALL}{span.get('data-mark')}{_CALL}"
        if _FORMULAS.intersection(span.classes) and any(e.tag == "math" for e in walk(span)):
            return self.drawing(replace(span, tag="math"))
        if not _FOUND.isdisjoint(span.classes):
            return CITED if text_of(span).strip() else ""
        return "" if not (span.line or _OWN.isdisjoint(span.classes)) else None

    def reference(self, reference: Element) -> str | None:
        """Read a reference in a source: its words, if its author gave it any."""
        return None if reference.children else CITED

    def mark(self, mark: Element) -> str | None:
        """Read what may be a fault that a draft shows, and no source does."""
        return FAULT if not self.name and "fault" in mark.classes else None

    def aside(self, aside: Element) -> str | None:
        """Read what may be a note in an EPUB."""
        if aside.line or aside.get("role") != "doc-footnote":
            return None  # an author's own
        self.notes.append(aside)
        return ""

    def picture(self, img: Element) -> str:
        """Read a picture: its file and what it says."""
        src = name_of(self.name, img.get("src")) if self.name else img.get("src")
        return f"{_PICTURE}{src} {img.get('alt')}{_PICTURE}"

    def drawing(self, root: Element) -> str:
        """Read a drawing or a formula: what it says."""
        return f"{_PICTURE}{root.tag} {text_of(root)}{_PICTURE}"

    def formula(self, formula: Element) -> str:
        """Read a formula of a source: what its MathML says."""
        return self.drawing(replace(formula, tag="math"))


_READ: dict[str, Callable[[Reading, Element], str | None]] = {
    "aside": Reading.aside,
    "citation": lambda _, __: CITED,
    "definition": lambda _, __: "",
    "formula": Reading.formula,
    "img": Reading.picture,
    "mark": Reading.mark,
    "math": Reading.drawing,
    "note": Reading.call,
    "reference": Reading.reference,
    "short": lambda _, __: "",
    "span": Reading.span,
    "sup": Reading.raised,
    "svg": Reading.drawing,
}
"""What stands for an element by its name; None where its children are read."""


def after_its_mark(made: NumberedNote | None, note: Element) -> tuple[Node, ...]:
    """Return what a note says behind its number, which stands there as a link but at a foot."""
    match note:
        case Element(
            tag="aside",
            children=(
                Element(tag="p", children=(Element() as link, str(text), *rest)) as first,
                *others,
            ),
        ) if made and text_of(link) == made.mark:
            return (replace(first, children=(text.removeprefix(made.lead), *rest)), *others)
    return note.children


def whole(reading: Reading, nodes: Sequence[Node], line: int) -> Passage:
    """Return a note as one passage: print makes a line of its first paragraph."""
    reading.row((Element("div", (), tuple(nodes)),))
    key = "".join(each.key for each in reading.passages)
    return Passage("", key, " ".join(each.text for each in reading.passages), line)


def without_faults(wanted: Sequence[Passage], found: Sequence[Passage]) -> list[Passage]:
    """Take what a draft marks as faulty for what the source has there, and nothing else has."""
    stands = {each.what for each in found}
    waiting = [each for each in wanted if each.what not in stands]
    result: list[Passage] = []
    for each in found:
        if FAULT not in each.key:
            result.append(each)
        elif meant := next((want for want in waiting if _may_be(want, each)), None):
            waiting.remove(meant)
            result.append(meant)
        elif each.key.strip(FAULT):
            result.append(each)
    return result


def _may_be(want: Passage, found: Passage) -> bool:
    pattern = ".*".join(map(re.escape, found.key.split(FAULT)))
    return want.line == found.line and re.fullmatch(pattern, want.key, re.DOTALL) is not None


def _names_its_box(element: Element) -> bool:
    """Tell whether an element is what the press calls a box by."""
    return "box-label" in element.classes and not element.line


def _asks_for_lines(element: Element) -> bool:
    """Tell whether a paragraph is nothing but lines for writing."""
    match element:
        case Element(tag="p", children=(Element(tag="span", children=()) as only,)):
            return "write" in only.classes
    return False


def _shown(text: str) -> str:
    """Return a text as it is told of."""
    if not _SIGNS.search(text):
        return text
    return _SIGNS.sub("", _WITH_NAMES.sub(_in_words, text))


def _in_words(named: re.Match[str]) -> str:
    return "" if named.group()[0] == _CALL else " (picture) "
