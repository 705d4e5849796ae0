"""The text's tree as XHTML: what each medium makes of notes, writing lines and faults."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book.words import words
from octavo.markup import Change, rewrite_all, with_attributes
from octavo.matter import ROLES
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from octavo.model import Book, Node, NumberedNote, Section

ATTRIBUTES = frozenset(
    "id class title lang xml:lang dir style role epub:type href src alt colspan rowspan scope"
    " headers start type reversed value cite datetime of code open".split()
)
"""What may stand on any element; other names become ``data-`` attributes (HTML, 3.2.6.6)."""
FOREIGN = frozenset({"svg", "math"})
"""Roots whose subtrees have vocabularies of their own and are left as they are."""


def section_attributes(section: Section, medium: Medium) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a section's element: id, classes, and its name in an EPUB."""
    rule = ROLES[section.role]
    own = (("id", section.id), ("class", f"{section.role} {section.matter}-matter"))
    if medium is Medium.PDF:
        return own
    named = (("aria-labelledby", heading_id(section)),) if section.title and rule.furniture else ()
    semantics = (("epub:type", rule.epub_type), ("role", rule.aria))
    return (*own, *((name, value) for name, value in semantics if value), *named)


def heading_id(section: Section) -> str:
    """Return the id of a section's heading."""
    return section.anchor or f"heading-{section.id}"


def for_medium(content: Element, section: Section, book: Book) -> Element:
    """Return a section's element with everything of our own vocabulary made XHTML."""
    medium = book.edition.medium
    own = words(book.metadata.language)
    notes = {note.id: note for note in section.notes}

    def change(element: Element) -> Node | tuple[Node, ...]:
        if element.tag == "note":
            called = notes.get(element.get("note"))
            return CALLS[medium](element, called, change) if called else fault(element)
        made = SPECIAL[element.tag](element) if element.tag in SPECIAL else element
        return _valid(_writing_lines(made, own["writing-space"], medium), medium)

    result = replace(content, children=rewrite_all(content.children, change, FOREIGN))
    if medium is Medium.EPUB and notes:
        asides = tuple(_aside(n, change, own["back-to-text"]) for n in section.notes)
        attributes = (("class", "footnotes"), ("aria-label", own["footnotes"]))
        foot = Element("section", attributes, asides)
        return replace(result, children=(*result.children, foot))
    return result


def fault(element: Element) -> Element:
    """Return the mark that a draft shows where the manuscript has a fault."""
    text = f"[{element.get('code') or element.get('label')}] "
    return Element("mark", (("class", "fault"),), (text, *element.children), element.line)


SPECIAL: dict[str, Callable[[Element], Element]] = {"fault": fault}


def _foot_of_page(call: Element, note: NumberedNote, change: Change) -> Node:
    """Return a note for print: the note itself, which WeasyPrint moves to the page's foot."""
    if call.get("again"):
        return Element("sup", (("class", "note-again"),), (note.mark,), call.line)
    children = _unbroken(rewrite_all(note.content, change, FOREIGN))
    attributes = (("class", "note"), ("id", note.id), ("data-mark", note.mark))
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


def _noteref(call: Element, note: NumberedNote, _change: Change) -> Node:
    """Return a call for the EPUB: a link that reading systems open as a pop-up."""
    attributes = (
        ("epub:type", "noteref"),
        ("role", "doc-noteref"),
        ("href", f"#{note.id}"),
        ("id", call.get("id")),
    )
    link = Element("a", attributes, (note.mark,), call.line)
    return Element("sup", (("class", "note-call"),), (link,), call.line)


CALLS: dict[Medium, Callable[[Element, NumberedNote, Change], Node]] = {
    Medium.PDF: _foot_of_page,
    Medium.EPUB: _noteref,
}


def _aside(note: NumberedNote, change: Change, back: str) -> Element:
    mark = note.mark
    attributes = (
        ("href", f"#{note.id.replace('note-', 'call-', 1)}"),
        ("role", "doc-backlink"),
        ("title", back),
    )
    link = Element("a", attributes, (mark,))
    first, *rest = rewrite_all(note.content, change, FOREIGN)
    lead: tuple[Node, ...] = (link, ". ")
    if isinstance(first, Element) and first.tag == "p":
        blocks = (replace(first, children=(*lead, *first.children)), *rest)
    else:
        blocks = (Element("p", (), lead), first, *rest)
    kind = (("epub:type", "footnote"), ("role", "doc-footnote"), ("id", note.id))
    return Element("aside", kind, blocks)


def _inline(blocks: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a note's blocks: a lone paragraph gives its text, so that it follows the mark."""
    match blocks:
        case (Element(tag="p") as only,):
            return only.children
        case (Element(tag="p") as first, *rest):
            lead = replace(first, tag="span", attributes=(("class", "paragraph"),))
            return (lead, *rest)
    return blocks


def _writing_lines(element: Element, space: str, medium: Medium) -> Element:
    """Turn a paragraph that holds only ``[prompt]{.write lines=3}`` into ruled lines."""
    match element:
        case Element(tag="p", children=(Element(tag="span") as only,)) if "write" in only.classes:
            lines = int(only.get("data-lines", "1")) if only.get("data-lines").isdigit() else 1
        case _:
            return element
    label: tuple[Node, ...] = only.children or (space,)
    prompt = Element("p", (("class", "prompt"),), label, only.line)
    hidden = (("aria-hidden", "true"),) if medium is Medium.EPUB else ()
    rules = tuple(Element("div", (("class", "rule"), *hidden), ("\u00a0",)) for _ in range(lines))
    return Element("div", (("class", "write"),), (prompt, *rules), element.line)


def _valid(element: Element, medium: Medium) -> Element:
    """Return the element with attributes that XHTML allows; a width becomes a style."""
    pairs = []
    for name, value in element.attributes:
        if name in {"width", "height"} and value.endswith("%"):
            pairs.append(("style", f"{name}: {value}"))
        elif name in ATTRIBUTES or name.startswith(("data-", "aria-")) or _is_size(element, name):
            pairs.append((name, value))
        else:
            pairs.append((f"data-{name}", value))
    result = replace(element, attributes=tuple(pairs))
    if medium is Medium.EPUB and result.get("lang"):
        result = with_attributes(result, xml__lang=result.get("lang"))
    return result


def _is_size(element: Element, name: str) -> bool:
    return element.tag in {"img", "col", "td", "th"} and name in {"width", "height"}
