"""Notes as an edition shows them: at the foot of the page, as pop-ups, or at the end."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book.endnotes import PLACE
from octavo.markup import Change, rewrite, rewrite_all, with_attributes
from octavo.model import Element, Medium
from octavo.rendition.blocks import FOREIGN, NOTE_CLASS

if TYPE_CHECKING:
    from octavo.model import Book, Node, NumberedNote, Section

_BELOW = "below"
"""The attribute of a call whose note stands below the table."""

_OWN_PAGES = frozenset({"landscape", "full-page"})


@dataclass(slots=True)
class Notes:
    """The notes of one section's leaf."""

    section: InitVar[Section]
    book: InitVar[Book]
    back: str
    """What the way back from a note is called."""
    notes: dict[str, NumberedNote] = field(init=False)
    medium: Medium = field(init=False)
    at_foot: bool = field(init=False)
    """Whether print sets a note at the foot of the page that calls it."""

    def __post_init__(self, section: Section, book: Book) -> None:
        self.notes = {note.id: note for note in section.notes}
        self.medium = book.edition.medium
        self.at_foot = book.noting.place == "page"

    def called(self, call: Element, change: Change) -> Node | None:
        """Return what stands at a call; nothing if it calls no note."""
        if not call.get("note"):
            return None
        if self.medium is Medium.PDF and self.at_foot and not call.get(_BELOW):
            return _foot_of_page(call, self.notes[call.get("note")], change)
        return _noteref(call, self.medium)

    def below_heads(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """Put the notes that the heads of tables call below the tables, where a page has a foot.

        A head is repeated on every page of its table, and a note stands at the foot of one.
        """
        paged = self.medium is Medium.PDF and self.at_foot
        return rewrite_all(nodes, _with_notes_below, FOREIGN) if paged else nodes

    def placed(self, place: Element, change: Change) -> Element:
        """Return the note that stands in the text itself, as those at its end do."""
        return self._aside(self.notes[place.get("note")], change)

    def below(self, change: Change) -> tuple[Element, ...]:
        """Return the notes that the text calls and does not hold: pop-ups, below all else."""
        if self.medium is Medium.PDF or not self.at_foot:
            return ()
        return tuple(self._aside(note, change) for note in self.notes.values())

    def _aside(self, note: NumberedNote, change: Change) -> Element:
        way = (("href", f"#{note.call}"), ("role", "doc-backlink"), ("title", self.back))
        lead: tuple[Node, ...] = (Element("a", way, (note.mark,)), note.lead)
        match rewrite_all(note.content, change, FOREIGN):
            case (Element(tag="p") as first, *rest):
                blocks: tuple[Node, ...] = (
                    replace(first, children=(*lead, *first.children)),
                    *rest,
                )
            case others:
                blocks = (Element("p", (), lead), *others)
        kind = (("epub:type", "footnote"),) if self.medium is Medium.EPUB else ()
        own = (*kind, ("role", "doc-footnote"), ("class", "note-text"), ("id", note.id))
        return Element("aside", own, blocks)


def _with_notes_below(element: Element) -> Node | tuple[Node, ...]:
    if element.tag != "table":
        return element
    called: list[str] = []

    def call(inner: Element) -> Element:
        if inner.tag != "note" or not inner.get("note") or inner.get("again"):
            return inner
        called.append(inner.get("note"))
        return with_attributes(inner, **{_BELOW: "table"})

    children = tuple(
        node
        for child in element.children
        for node in (
            rewrite(child, call)
            if isinstance(child, Element) and child.tag == "thead"
            else (child,)
        )
    )
    if not called:
        return element
    places = (Element(PLACE, (("note", name),)) for name in called)
    table = replace(element, children=children)
    if own := [name for name in element.classes if name in _OWN_PAGES]:
        # What stands below a table on pages of its own stands on them, too.
        others = " ".join(name for name in element.classes if name not in own)
        table = with_attributes(table, class_=others or None)
        return Element("div", (("class", " ".join(own)),), (table, *places))
    return (table, *places)


def _foot_of_page(call: Element, note: NumberedNote, change: Change) -> Node:
    """Return a note for print: the note itself, which WeasyPrint moves to the page's foot."""
    if call.get("again"):
        return Element("sup", (("class", "note-again"),), (note.mark,), call.line)
    children = _unbroken(rewrite_all(note.content, change, FOREIGN))
    marks = (("data-mark", note.mark), ("data-lead", note.lead))
    attributes = (("class", NOTE_CLASS), ("id", note.id), *marks)
    return Element("span", attributes, _inline(children), call.line)


def _unbroken(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Make a space of every line's end: WeasyPrint 70 takes those inside a note for breaks."""
    return tuple(
        " ".join(node.split("\n"))
        if isinstance(node, str)
        else node
        if node.tag == "pre"
        else replace(node, children=_unbroken(node.children))
        for node in nodes
    )


def _noteref(call: Element, medium: Medium) -> Node:
    """Return a call that is a link, which reading systems open as a pop-up."""
    kind = (("epub:type", "noteref"),) if medium is Medium.EPUB else ()
    way = (("role", "doc-noteref"), ("href", f"#{call.get('note')}"), ("id", call.get("id")))
    link = Element("a", (*kind, *way), (call.get("mark"),), call.line)
    return Element("sup", (("class", "note-call"),), (link,), call.line)


def is_call(node: Node) -> bool:
    """Tell whether a node is the call of a note that is a link."""
    return isinstance(node, Element) and "note-call" in node.classes


def _inline(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a note's blocks: a lone paragraph gives its text, so that it follows the mark."""
    match blocks:
        case (Element(tag="p", attributes=()) as only,):
            return only.children
        case (Element(tag="p") as first, *rest):
            classes = " ".join(("paragraph", *first.classes))
            return (with_attributes(replace(first, tag="span"), class_=classes), *rest)
    return blocks
