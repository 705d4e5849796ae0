"""Marks for an index, as they stand in the text: each becomes a place with an id.

``[term]{.index}`` marks a place under the words in the brackets, ``entry="…"`` under other words,
``entry="space!as punishment"`` under a sub-entry; ``see="…"`` and ``see-also="…"`` refer to
another entry.  A ``div`` marks all its blocks; ``.begins`` and ``.ends`` mark what lies between.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.book.ids import end_id, mark_id
from octavo.book.locators import AT, FROM, TO
from octavo.book.texts import blocks
from octavo.diagnostics import Location
from octavo.manuscript.paths import checked, path_of, paths_of
from octavo.markup import BLOCKS, VOID, with_attributes
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.manuscript.paths import Path
    from octavo.model import Node, NumberedNote, Section

MARK = "index"
"""The class of a mark."""
ATTRIBUTES = frozenset({"entry", "see", "see-also", "sort", "in"})
"""What a mark says to its index, and to nobody else."""
PRINCIPAL = "principal"
_KINDS = {"begins": FROM, "ends": TO}
"""What the classes of a mark say of its place."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a mark stands: its id, its section, its note, and which block of all it stands in."""

    id: str
    section: Section
    block: int
    note: str | None = None
    """What the note is called by, if it stands in one."""
    principal: bool = False
    end: str = ""
    """The id where the range ends that begins here, if one does."""
    end_section: Section | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What one mark says: the entry it is for, and what it is to that entry."""

    index: str
    path: Path
    shown: tuple[Node, ...]
    """The words of the entry as they are printed."""
    location: Location
    kind: str = AT
    place: Place | None = None
    """None where it only refers to other entries."""
    sort: str = ""
    see: tuple[Path, ...] = ()
    see_also: tuple[Path, ...] = ()


def marks_of(section: Section, report: Report) -> tuple[Section, list[Mark]]:
    """Return the section with every mark an id, and its marks in the order of the text."""
    marking = _Marking(section, report)
    title = marking.row(section.title)
    epigraph = blocks(marking.row(section.epigraph))
    body = blocks(marking.row(section.body))
    notes = tuple(marking.of_note(note) for note in section.notes)
    whole = replace(section, title=title, epigraph=epigraph, body=body, notes=notes)
    return whole, marking.marks


@dataclass(slots=True)
class _Marking:
    """A walk through one section."""

    section: Section
    report: Report
    marks: list[Mark] = field(default_factory=list)
    _count: int = 0
    _block: int = 0
    _note: str | None = None

    def of_note(self, note: NumberedNote) -> NumberedNote:
        self._note = note.mark
        content = blocks(self.row(note.content))
        self._note = None
        return replace(note, content=content)

    def row(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        self._block += 1
        return tuple(self.node(node) for node in nodes)

    def node(self, node: Node) -> Node:
        if isinstance(node, str):
            return node
        # What stands behind a block is in none of its lines, so each counts before and after.
        self._block += node.tag in BLOCKS
        name = self.named(node) if _is_mark(node) else ""
        children = tuple(self.node(child) for child in node.children)
        self._block += node.tag in BLOCKS
        whole = node if children == node.children else replace(node, children=children)
        return _plain(whole, name) if name else whole

    def named(self, element: Element) -> str:
        """Return the id of a mark, and keep what it says."""
        self._count += 1
        name = element.get("id") or mark_id(self.section.id, self._count)
        location = Location(self.section.location.file, element.line)
        entry, ranged = element.get("entry"), element.tag == "div"
        words = () if entry or ranged else titles.plain(element.children)
        path = path_of(entry) if entry else (titles.text(words),)
        path = checked(path, location, self.report)
        if path:
            shown = words if words and len(path) == 1 else (path[-1],)
            self.keep(Mark(element.get("in"), path, shown, location), element, name)
        return name

    def keep(self, mark: Mark, element: Element, name: str) -> None:
        ranged, see = element.tag == "div", paths_of(element.get("see"))
        place = Place(
            id=name,
            section=self.section,
            block=self._block,
            note=self._note,
            principal=PRINCIPAL in element.classes,
            end=end_id(name) if ranged else "",
            end_section=self.section if ranged else None,
        )
        whole = replace(
            mark,
            kind=_kind(element),
            place=None if see else place,
            sort=element.get("sort"),
            see=see,
            see_also=paths_of(element.get("see-also")),
        )
        self.marks.append(whole)


def _is_mark(element: Element) -> bool:
    return element.tag in {"span", "div"} and MARK in element.classes


def _kind(element: Element) -> str:
    return next((kind for name, kind in _KINDS.items() if name in element.classes), AT)


def _plain(element: Element, name: str) -> Element:
    """Return a mark without what only an index reads."""
    said = {PRINCIPAL, *_KINDS}
    kept = tuple(pair for pair in element.attributes if pair[0] not in ATTRIBUTES)
    classes = " ".join(each for each in element.classes if each not in said)
    plain = with_attributes(replace(element, attributes=kept), class_=classes, id=name)
    return _with_end(plain, end_id(name)) if element.tag == "div" else plain


def _with_end(element: Element, name: str) -> Element:
    """Return an element with the place where it ends, behind the last of its words."""
    at = max((n for n, child in enumerate(element.children) if not _is_blank(child)), default=-1)
    last = element.children[at] if at >= 0 else ""
    inner = BLOCKS | {"code"} if element.tag == "pre" else BLOCKS
    if isinstance(last, Element) and last.tag in inner - VOID:
        children = (*element.children[:at], _with_end(last, name), *element.children[at + 1 :])
        return replace(element, children=children)
    return replace(element, children=(*element.children, Element("span", (("id", name),))))


def _is_blank(node: Node) -> bool:
    return isinstance(node, str) and not node.strip()
