"""Attributes that are printed: the short captions of figures and their like, titles of theorems.

``short="Turns of $h$"`` and ``title="Cauchy's *own*"`` are inline Markdown as the text is, and are
read as it is, once its blocks are known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.manuscript.syntax.figures import SHORT
from octavo.manuscript.syntax.ledger import Block
from octavo.manuscript.syntax.marks import marked
from octavo.markup import rewrite_all, walk, with_attributes
from octavo.model import Element
from octavo.series import CAPTIONED, series_of

if TYPE_CHECKING:
    from octavo.manuscript.syntax.ledger import Ledger

TITLE = "statement-title"
"""The class of the title of a theorem or its like, at the head of its first paragraph."""
_TITLES = ("title", "caption")
_SHOWN = frozenset({"figure", "table"})

Row = tuple[Element, ...]
Read = Callable[[Iterable[Sequence[Block | Element]]], Sequence[Row]]
"""Return rows of blocks as the elements that they are."""


def worded(rows: Sequence[Row], read: Read, ledger: Ledger) -> list[Row]:
    """Return rows of blocks whose printed attributes are elements in them."""
    asking = {_key(e): _block(e) for row in rows for e in walk(*row) if _attribute(e)}
    if not asking:
        return [*rows]
    made = zip(asking, read([(block,) for block in asking.values()]), strict=True)
    words = {key: _followed(found, ledger) for key, (found,) in made}
    for line, _, name, _ in words:
        ledger.put_aside(line, name)

    def put(element: Element) -> Element:
        return _with(element, words[_key(element)]) if _attribute(element) else element

    return [
        tuple(node for node in rewrite_all(row, put) if isinstance(node, Element)) for row in rows
    ]


def _attribute(element: Element) -> str:
    """Return the name of the attribute of an element that is printed, or nothing."""
    kind = series_of(element.get("id"))
    if element.tag in _SHOWN and kind in CAPTIONED:
        names: tuple[str, ...] = (SHORT,)
    elif element.tag == "div" and kind not in {*CAPTIONED, "equation", ""}:
        names = _TITLES
    else:
        return ""
    return next((name for name in names if element.get(name).strip()), "")


def _key(element: Element) -> tuple[int, str, str, str]:
    name = _attribute(element)
    return element.line, element.get("id"), name, element.get(name)


def _block(element: Element) -> Block:
    name = _attribute(element)
    text = marked(element.line, element.get(name).strip())
    if name == SHORT:
        return Block(SHORT, element.line, text=text)
    return Block("span", element.line, (("class", TITLE),), text=text)


def _followed(words: Element, ledger: Ledger) -> Element:
    """Return words for a list without the notes in them, which are told of."""
    if words.tag != SHORT or not any(each.tag == "note" for each in walk(words)):
        return words
    message = "a note is called in a short caption, which a list shows without it"
    ledger.error("note-in-short", message, words.line, "call it in the caption itself")
    kept = rewrite_all(words.children, lambda each: () if each.tag == "note" else each)
    return replace(words, children=kept)


def _with(element: Element, words: Element) -> Element:
    bare = with_attributes(element, **{_attribute(element): None})
    if words.tag == SHORT:
        return replace(bare, children=(*bare.children, words))
    match bare.children:
        case (Element(tag="p") as first, *others):
            first = replace(first, children=(words, *first.children))
            return replace(bare, children=(first, *others))
    return replace(bare, children=(Element("p", (), (words,), element.line), *bare.children))
