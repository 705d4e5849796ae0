"""Figures: a picture with a paragraph to itself, and several under one caption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.manuscript.syntax.attributes import Pairs, merged
from octavo.manuscript.syntax.branch import LINE, Branch, attributes_of, said
from octavo.manuscript.syntax.marks import last_line, line_of, plain, written
from octavo.manuscript.syntax.vocabulary import is_sheet
from octavo.markup import text_of, with_attributes
from octavo.model import Element
from octavo.series import series_of

if TYPE_CHECKING:
    from octavo.manuscript.syntax.tree import Freezer
    from octavo.model import Node

SHORT = "short"
"""The attribute of a caption as a list has it."""
_OF_FIGURE = frozenset({"id", "class", "width", SHORT})
"""The attributes of a picture that are those of its figure."""
COLUMNS = "layout-ncol"
"""The attribute that says in how many columns the parts of a figure stand, as Quarto has it."""
ROW = "side-by-side"
"""The class of a figure whose parts stand in columns."""
_MOST_COLUMNS = 4
_CAPTIONS = frozenset({"caption", "figcaption"})
_LAYOUTS = ("layout", "layout-nrow", "layout-valign")
"""What Quarto reads besides, and Octavo does not."""


def paragraph(walk: Freezer, node: Branch) -> Sequence[Node]:
    """Return a paragraph, or the figure that it is if it holds a picture and nothing else."""
    caption = _caption(node)
    if caption is None or not said(caption):
        return walk.element(node)
    line = walk.start(node)
    walk.text(node.text or "")
    return (_figure(walk, node[0], caption, merged(attributes_of(node), ()), line),)


def _caption(node: Branch) -> Branch | None:
    """Return what holds the caption of a picture that has a paragraph to itself.

    It is the picture's own text in brackets, or a line of nothing but emphasis right below it.
    """
    if [child.tag for child in node] not in (["img"], ["img", "em"]):
        return None
    around = [plain(text or "") for text in (node.text, *(child.tail for child in node))]
    if any(text.strip() for text in around) or (len(node) > 1 and "\n" not in around[1]):
        return None
    return node[-1]


def _figure(walk: Freezer, image: Branch, words: Branch, own: Pairs, line: int) -> Element:
    pairs = attributes_of(image)
    if SHORT in image.attrib:  # it is read as the text is
        pairs = merged(pairs, ((SHORT, written(image.attrib[SHORT])),))
    # The figure's own id and width stay its own; the picture then keeps those it was given.
    taken = dict(own).keys() - {"class"}
    outer = tuple(pair for pair in pairs if pair[0] in _OF_FIGURE - taken)
    inner = tuple(pair for pair in pairs if pair not in outer and pair[0] != "alt")
    alt = dict(pairs).get("alt")
    if alt is None and not is_sheet(dict(pairs).get("src", "")):  # a table is read itself
        alt = said(image) or said(words)
    inner = inner if alt is None else (*inner, ("alt", alt))
    walk.text(image.tail or "")
    caption = walk.children(words)
    children = (
        Element("img", inner, (), line),
        Element("figcaption", (), caption, line),
    )
    return Element("figure", merged(own, outer), children, line)


# --- Several under one caption --------------------------------------------------------------------


def division(walk: Freezer, node: Branch) -> Sequence[Node]:
    """Return a division; one with a figure’s id is a figure, its last paragraph the caption.

    The pictures in it are its parts, whether a paragraph holds one or several.
    """
    kind = series_of(plain(node.get("id", "")))
    if kind == "table":
        return tuple(map(_sheet, walk.element(node)))
    if kind != "figure":
        return walk.element(node)
    for row in [child for child in node if _holds_pictures(child)]:
        _set_apart(row, node)
    return tuple(_whole(made, walk) for made in walk.element(node) if isinstance(made, Element))


def _sheet(box: Node) -> Node:
    """Return a division that names a table and its caption as the table, as Quarto has it."""
    match box:
        case Element(
            tag="div", children=(Element(tag="table") as table, Element(tag="p") as words)
        ) if not table.get("id") and not _captioned(table):
            caption = replace(words, tag="caption")
            pairs = merged(table.attributes, box.attributes)
            children = (caption, *table.children)
            return Element("table", pairs, children, box.line)
        case Element(tag="div", children=(Element(tag="table") as table,)) if not table.get("id"):
            pairs = merged(table.attributes, box.attributes)
            return Element("table", pairs, table.children, box.line)
    return box


def _captioned(element: Element) -> bool:
    """Tell whether an element has a caption of its own."""
    return any(isinstance(e, Element) and e.tag in _CAPTIONS for e in element.children)


def _holds_pictures(row: Branch) -> bool:
    """Tell whether a paragraph holds several pictures and nothing else."""
    texts = (row.text, *(child.tail for child in row))
    return (
        row.tag == "p"
        and len(row) > 1
        and all(child.tag == "img" for child in row)
        and not any(plain(text or "").strip() for text in texts)
    )


def _set_apart(row: Branch, parent: Branch) -> None:
    """Give each picture of a paragraph one of its own."""
    at = [*parent].index(row)
    parent.remove(row)
    line = int(row.get(LINE, 0)) or line_of(row.text or "")
    before = row.text or ""
    for place, picture in enumerate([*row]):
        line = last_line(before) or line
        own = Branch("p", {LINE: str(line)})
        before, picture.tail = picture.tail or "", None
        own.append(picture)
        parent.insert(at + place, own)


def _whole(box: Element, walk: Freezer) -> Element:
    """Return a division as the figure it is."""
    if box.tag != "div":
        return box  # a fault
    _check_layout(box, walk)
    blocks = [node for node in box.children if isinstance(node, Element)]
    caption: tuple[Element, ...] = ()
    if len(blocks) > 1 and blocks[-1].tag == "p" and text_of(blocks[-1]).strip():
        last = blocks.pop()
        caption = (replace(last, tag="figcaption"),)
    parts = [*_named(map(_part, blocks), box.get("id"))]
    if "columns" in box.classes and not box.get(COLUMNS):
        columns = min(_MOST_COLUMNS, sum(part.tag == "figure" for part in parts))
        box = with_attributes(box, **{COLUMNS.replace("-", "_"): str(columns)})
    match parts:
        case [Element(tag="figure", children=(Element(tag="img") as only,)) as part] if caption:
            pairs = merged(part.attributes, box.attributes)
            return Element("figure", pairs, (only, *caption), box.line)
    return _in_columns(replace(box, tag="figure", children=tuple(parts)), caption)


def _in_columns(figure: Element, caption: tuple[Element, ...]) -> Element:
    """Return a figure with its caption outside the box in which its parts stand side by side."""
    if not figure.get(COLUMNS):
        return replace(figure, children=(*figure.children, *caption))
    row = Element("div", ((COLUMNS, figure.get(COLUMNS)),), figure.children, figure.line)
    pairs = tuple(pair for pair in figure.attributes if pair[0] != COLUMNS)
    return Element("figure", merged(pairs, (("class", ROW),)), (row, *caption), figure.line)


def _part(block: Element) -> Element:
    """Return a picture without a caption as the part that it is."""
    match block:
        case Element(tag="p", children=(Element(tag="img") as only,)):
            outer = tuple(pair for pair in only.attributes if pair[0] in _OF_FIGURE)
            inner = tuple(pair for pair in only.attributes if pair not in outer)
            picture = replace(only, attributes=inner)
            return Element("figure", merged(block.attributes, outer), (picture,), block.line)
    return block


def _named(parts: Iterator[Element], own: str) -> Iterator[Element]:
    """Yield the parts; those that have a caption and no id get one, so that all bear letters."""
    for place, part in enumerate(parts, 1):
        is_nameless = part.tag == "figure" and _captioned(part) and not part.get("id")
        yield with_attributes(part, id=f"{own}-{place}") if is_nameless else part


def _check_layout(box: Element, walk: Freezer) -> None:
    hint = f"write {COLUMNS}=2 for two columns, up to {_MOST_COLUMNS}"
    columns = box.get(COLUMNS)
    if columns and columns not in map(str, range(1, _MOST_COLUMNS + 1)):
        message = f"“{columns}” is no number of columns that a figure may have"
        walk.ledger.warning("bad-layout", message, box.line, hint)
    for name in _LAYOUTS:
        if box.get(name):
            message = f"the attribute “{name}” does nothing here"
            walk.ledger.warning("unknown-attribute", message, box.line, hint)
