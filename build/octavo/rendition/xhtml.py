"""The text's tree as XHTML: what each medium makes of notes, writing lines and faults."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from octavo.book.endnotes import PLACE
from octavo.book.ids import heading_id
from octavo.book.titles import LABEL
from octavo.book.words import words
from octavo.manuscript.syntax.descriptions import is_description
from octavo.manuscript.syntax.vocabulary import SIZE
from octavo.markup import rewrite_all, walk, with_attributes
from octavo.matter import ROLES
from octavo.model import Element, Medium
from octavo.rendition.addresses import broken_as_address
from octavo.rendition.blocks import FOREIGN
from octavo.rendition.direction import direction
from octavo.rendition.formulas import set_formula, unbroken
from octavo.rendition.listings import lined
from octavo.rendition.named import with_lines
from octavo.rendition.notes import Notes, is_call

if TYPE_CHECKING:
    from octavo.book.words import Words
    from octavo.model import Book, Node, Section

EVERYWHERE = frozenset(
    "id class title lang xml:lang dir style role hidden translate epub:type".split()
)
"""What may stand on any element."""
_CELL = frozenset({"colspan", "rowspan", "headers"})
_SOUND = frozenset("src controls preload loop muted".split())
OWN: dict[str, frozenset[str]] = {
    "a": frozenset({"href", "hreflang", "rel", "type"}),
    "abbr": frozenset(),
    "audio": _SOUND,
    "blockquote": frozenset({"cite"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "data": frozenset({"value"}),
    "del": frozenset({"cite", "datetime"}),
    "details": frozenset({"open"}),
    "folio": frozenset({"of", "as", "note", "one", "many", "ranges"}),
    "img": frozenset({"src", "alt", "width", "height"}),
    "ins": frozenset({"cite", "datetime"}),
    "li": frozenset({"value"}),
    "ol": frozenset({"start", "type", "reversed"}),
    "q": frozenset({"cite"}),
    "source": frozenset({"src", "type"}),
    "td": _CELL,
    "th": _CELL | {"scope", "abbr"},
    "time": frozenset({"datetime"}),
    "track": frozenset({"src", "kind", "srclang", "label", "default"}),
    "video": _SOUND | {"poster", "width", "height"},
}
"""What may stand on some elements besides; any other attribute becomes a ``data-`` attribute,
which says nothing to a reading system (HTML Living Standard, 3.2.6.6 and the elements)."""
_SIZES = frozenset({"width", "height"})


def section_attributes(
    section: Section, inner: tuple[Node, ...], medium: Medium
) -> tuple[tuple[str, str], ...]:
    """Return the attributes of a section's element: id, classes, and its name in an EPUB."""
    rule = ROLES[section.role]
    own = (("id", section.id), ("class", f"{section.role} {section.matter}-matter"))
    if medium is Medium.PDF:
        return own
    heading = section.anchor or heading_id(section.id)
    # A book's own template may show no heading.
    shown = rule.furniture and any(element.get("id") == heading for element in walk(*inner))
    named = (("aria-labelledby", heading),) if shown else ()
    semantics = (("epub:type", rule.epub_type), ("role", rule.aria))
    return (*own, *((name, value) for name, value in semantics if value), *named)


_CODE = frozenset({"code", "kbd", "pre", "samp"})
"""What runs from left to right whatever language is around it."""


def for_medium(content: Element, section: Section, book: Book) -> Element:
    """Return a section's element with everything of our own vocabulary made XHTML."""
    medium = book.edition.medium
    own = words(book.metadata.language)
    notes = Notes(section, book, own["back-to-text"])
    leftward = direction(book.metadata.language) == "rtl"

    def change(element: Element) -> Node | tuple[Node, ...]:
        if element.tag == "note":
            return notes.called(element, change) or fault(element)
        if element.tag == PLACE:
            return notes.placed(element, change)
        if element.tag == "formula":
            return set_formula(element, medium)
        if element.tag == "folio" and medium is Medium.EPUB:
            return ()
        if element.tag == "a" and any(map(is_call, element.children)):
            return _around_calls(element)
        if (leftward and element.tag in _CODE) or _is_number(element):
            element = _from_the_left(element)
        made = lined(fault(element) if element.tag == "fault" else element, medium)
        made = broken_as_address(made)
        made = unbroken(made) if medium is Medium.PDF else made
        made = with_lines(_boxed(made, own, medium))
        return _valid(_writing_lines(made, own["writing-space"], medium), medium)

    children = notes.below_heads(content.children)
    result = replace(content, children=rewrite_all(children, change, FOREIGN))
    asides = notes.below(change)
    if not asides:
        return result
    attributes = (("class", "footnotes"), ("aria-label", own["footnotes"]))
    return replace(result, children=(*result.children, Element("section", attributes, asides)))


def _is_number(cell: Element) -> bool:
    """Tell whether a cell is in a column of numbers; what one lacks goes behind, at the right."""
    return cell.tag == "td" and any(name == "data-decimal" for name, _ in cell.attributes)


def _from_the_left(element: Element) -> Element:
    """Return what runs to the right, whatever is around it; a listing says so as a whole."""
    inside = (
        with_attributes(node, dir=None) if isinstance(node, Element) and node.tag in _CODE else node
        for node in element.children
    )
    way = element.get("dir") or "ltr"
    return with_attributes(replace(element, children=tuple(inside)), dir=way)


def _around_calls(link: Element) -> tuple[Node, ...]:
    """Return a link that calls notes in pieces around the calls, which are links themselves."""
    bare = with_attributes(link, id=None)
    rows = [(call, [*row]) for call, row in groupby(link.children, is_call)]
    pieces = (row if call else [replace(bare, children=tuple(row))] for call, row in rows)
    nodes = [node for piece in pieces for node in piece]
    first = next((at for at, node in enumerate(nodes) if not is_call(node)), 0)
    if link.get("id") and isinstance(named := nodes[first], Element) and not is_call(named):
        nodes[first] = with_attributes(named, id=link.get("id"))
    return tuple(nodes)


def _boxed(box: Element, own: Words, medium: Medium) -> Element:
    """Return a box with what the press calls it, if it is one that has a name."""
    if box.tag == "div" and "caution" in box.classes:
        return _labelled(box, own["caution"], medium)
    return _description(box, own["description"]) if is_description(box) else box


def _labelled(box: Element, label: str, medium: Medium) -> Element:
    """Give a box its name: two rules say nothing to a reader, and less to a screen reader."""
    head = Element("p", (("class", "box-label"),), (label,))
    named = replace(box, children=(head, *box.children))
    if medium is Medium.PDF:
        return named
    return with_attributes(named, role="note", aria_label=label)


def _description(box: Element, label: str) -> Element:
    """Return a long description as a part that opens, which its figure points to."""
    name = Element("span", (("class", LABEL),), (label,))
    return replace(box, tag="details", children=(Element("summary", (), (name,)), *box.children))


def fault(element: Element) -> Element:
    """Return the mark that a draft shows where the manuscript has a fault."""
    text = f"[{element.get('code') or element.get('label')}] "
    return Element("mark", (("class", "fault"),), (text, *element.children), element.line)


def _writing_lines(element: Element, space: str, medium: Medium) -> Element:
    """Turn a paragraph that holds only ``[prompt]{.write lines=3}`` into ruled lines."""
    match element:
        case Element(tag="p", children=(Element(tag="span") as only,)) if "write" in only.classes:
            asked = only.get("data-lines")
            lines = int(asked) if asked.isdecimal() else 1
        case _:
            return element
    label: tuple[Node, ...] = only.children or (space,)
    prompt = Element("p", (("class", "prompt"),), label, only.line)
    hidden = (("aria-hidden", "true"),) if medium is Medium.EPUB else ()
    rules = tuple(Element("div", (("class", "rule"), *hidden), ("\u00a0",)) for _ in range(lines))
    own = with_attributes(only, data_lines=None)
    # The paragraph and its span become one; either may have an id that links lead to.
    attributes = (*own.attributes, *(pair for pair in element.attributes if not own.get(pair[0])))
    return Element("div", attributes, (prompt, *rules), element.line)


def _valid(element: Element, medium: Medium) -> Element:
    """Return the element with attributes that XHTML allows there; a length becomes a style."""
    allowed = EVERYWHERE | OWN.get(element.tag, frozenset())
    pairs: dict[str, str] = {}
    styles = [element.get("style")] if element.get("style") else []
    for name, value in element.attributes:
        if name in _SIZES and (style := _length(element.tag, value)):
            styles.append(f"{name}: {style}")
        elif name in _SIZES and not value.isdecimal():
            pairs[f"data-{name}"] = value
        elif name in allowed or name.startswith("aria-"):
            pairs[name] = value
        else:
            pairs.setdefault(_unread(name), value)
    if styles:
        pairs["style"] = "; ".join(style.rstrip("; ") for style in styles)
    if medium is Medium.EPUB and pairs.get("lang"):
        pairs["xml:lang"] = pairs["lang"]
    return replace(element, attributes=tuple(pairs.items()))


def _length(tag: str, value: str) -> str:
    """Return a width or height as CSS has it, or nothing where it is a number of pixels for HTML.

    HTML knows whole pixels only, and on pictures only.
    """
    found = SIZE.fullmatch(value.strip())
    if found is None or ("width" in OWN.get(tag, ()) and value.strip().isdecimal()):
        return ""
    return found.group() if found["unit"] else f"{found.group()}px"


def _unread(name: str) -> str:
    """Return the name of a data attribute: no capitals, and no prefix without a namespace."""
    plain = name.lower().replace(":", "-")
    return plain if plain.startswith("data-") else f"data-{plain}"
