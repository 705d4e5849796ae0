"""What citeproc leaves undone in what is printed: the word “and”, and where a note ends."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.markup import text_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.model import Node

SPELLS_AND = frozenset({"apa"})
"""Styles with “&” in parentheses and the word in a sentence (APA manual, 7th edition, 8.17).

CSL knows no such difference, so the press makes it.
"""
AND = {
    "cs": "a", "da": "og", "de": "und", "en": "and", "es": "y", "fi": "ja", "fr": "et",
    "it": "e", "nb": "og", "nl": "en", "pl": "i", "pt": "e", "sv": "och",
}  # fmt: skip
"""The word in the languages that the style writes with “&”."""


def spelt(
    text: tuple[Node, ...], item: Mapping[str, object], style: str, language: str
) -> tuple[Node, ...]:
    """Return a citation that is part of its sentence, with the “&” before its last author a word.

    ``item`` is the work it names first.
    """
    first = text[0] if text else ""
    word = AND.get(language.partition("-")[0].lower())
    if style not in SPELLS_AND or not isinstance(first, str) or not word:
        return text
    # What may stand in the author's place; an “&” inside a name or title belongs to it.
    named = [value for name, value in item.items() if "title" in name or isinstance(value, list)]
    authors, parenthesis, after = first.rpartition(" (")
    before, ampersand, last = authors.rpartition(" & ")
    if not ampersand or "&" in json.dumps(named):
        return text
    return (f"{before} {word} {last}{parenthesis}{after}", *text[1:])


def stopped(note: tuple[Node, ...], language: str) -> tuple[Node, ...]:
    """Return a note with its full stop inside the quotation mark that ends it, where that is right.

    It is in American English (The Chicago Manual of Style, 17th edition, 6.9).  Citeproc does so
    with all stops of its own, but for the last one.
    """
    american = language.partition("-")[0].lower() == "en" and language.lower() != "en-gb"
    if not (american and len(note) > 1 and note[-1] == "." and text_of(note[-2])[-1:] in _CLOSING):
        return note
    return (*note[:-2], _with_stop(note[-2]))


_CLOSING = ("”", "’")


def _with_stop(node: Node) -> Node:
    """Return a node with a full stop before its last character."""
    if isinstance(node, str):
        return f"{node[:-1]}.{node[-1]}"
    return replace(node, children=(*node.children[:-1], _with_stop(node.children[-1])))
