"""What citeproc leaves undone in what is printed: the word “and”, and where stops stand."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from octavo.markup import joined, text_of
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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
    names = [value for value in item.values() if isinstance(value, list)]
    named = names if "author" in item else [*item.items()]
    authors, parenthesis, after = first.rpartition(" (")
    before, ampersand, last = authors.rpartition(" & ")
    if not ampersand or "&" in json.dumps(named):
        return text
    return (f"{before} {word} {last}{parenthesis}{after}", *text[1:])


def named(text: tuple[Node, ...], item: Mapping[str, object], language: str) -> tuple[Node, ...]:
    """Return what a sentence calls a work by, before the note: a name, or else the title.

    What an editor did is said in the note.
    """
    if text_of(*text).strip():
        last = text[-1]
        return (*text[:-1], _DID.sub("", last)) if isinstance(last, str) else text
    title = str(item.get("title-short") or item.get("title") or item.get("id"))
    if language.partition("-")[0].lower() == "en":
        title = _INNER_WORD.sub(lambda word: word[0].title(), title)
    return (Element("em", (), (title,)),)


_ROLE = r"(?:eds?|Hrsg|trans|comps?|éds?|dirs?)\.?"
_DID = re.compile(rf"(?:, {_ROLE}| \({_ROLE}\))$")
_SMALL = "a|an|and|as|at|but|by|for|from|in|nor|of|on|or|the|to|up|via|with"
_INNER_WORD = re.compile(rf"(?<=[\s-])(?!(?:{_SMALL})\b)[a-z]")
"""The first letters of words that have capitals in English titles, which lists of references keep
in small letters (The Chicago Manual of Style, 17th edition, 8.159)."""


def lowered(citation: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return raised numbers with the words that the author wrote beside them on the line."""
    return tuple(
        part
        for node in citation
        for part in (_on_the_line(node) if isinstance(node, Element) else (node,))
    )


def _on_the_line(raised: Element) -> Iterator[Node]:
    if raised.tag != "sup":
        yield raised
        return
    for is_word, nodes in groupby(raised.children, _is_word):
        if is_word:
            # The style sets its comma close, for numbers; a word stands apart from it.
            yield from (_APART.sub(" ", n) if isinstance(n, str) else n for n in nodes)
        else:
            yield replace(raised, children=tuple(nodes))


_APART = re.compile(r"(?<=^[,;])(?=\w)")


def _is_word(node: Node) -> bool:
    """Tell whether a node is the author's: numbers are links, with signs between them."""
    has_letters = any(map(str.isalpha, text_of(node)))
    return has_letters and not (isinstance(node, Element) and node.get("role"))


def unstopped(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a row without the full stop that ends it, where the sentence has one too."""
    return _stopless(nodes) if text_of(*nodes).endswith(".") else nodes


def stopped(citation: tuple[Node, ...], language: str) -> tuple[Node, ...]:
    """Return a citation with stops and commas inside the quotation marks, where that is right.

    It is in American English (The Chicago Manual of Style, 17th edition, 6.9).  Citeproc does so
    with its own, but for those that stand beside a link.
    """
    if language.partition("-")[0].lower() != "en" or language.lower() == "en-gb":
        return citation
    row: list[Node] = []
    for node in citation:
        quoted = _CLOSED.search(text_of(*row))
        if quoted and isinstance(node, str) and node[:1] in _STOPS:
            # A title that ends with a mark of its own needs no full stop.
            sign = "" if node[0] == "." and quoted["ended"] else node[0]
            row = [*row[:-1], _with_sign(row[-1], sign, len(quoted["marks"])), node[1:]]
        else:
            row.append(node)
    return joined(row)


def in_brackets(citation: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a citation in a note that brings its own parentheses without others: *Lee (n 2)*.

    Citeproc sets them about a whole citation, or a comma before it.
    """
    match citation:
        case ("(", inner, *_, ")") if text_of(inner).startswith("("):
            return citation[1:-1]
        case (str() as name, inner, *others) if text_of(inner).startswith("("):
            return (re.sub(", $", " ", name), inner, *others)
    return citation


def numbered(note: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return a note that only refers to another, *(n 2)*, with the small letter citeproc takes."""
    match note:
        case (str() as first, *others):
            return (_SIGN.sub("(n", first), *others)
        case (Element() as first, *others):
            return (replace(first, children=numbered(first.children)), *others)
    return note


_SIGN = re.compile(r"^\(N(?=\s[0-9])")


def continued(citation: tuple[Node, ...], after: str) -> tuple[Node, ...]:
    """Return a citation that begins a note, without its full stop where its sentence goes on.

    ``after`` is what follows.  The stop of an abbreviation stays, but before another one.
    """
    goes_on = after.lstrip()[:1]
    ends = text_of(*citation)
    is_stop = goes_on == "." or not ends.endswith(ABBREVIATED)
    if not (ends.endswith(".") and is_stop and (goes_on in _GOES_ON or goes_on.islower())):
        return citation
    return _stopless(citation)


def opening(text: tuple[Node, ...], citation: Element) -> tuple[Node, ...]:
    """Return the text of a citation with which a note begins; a name keeps its small letter."""
    return text if citation.get("mode") == "narrative" else _capital(text)


def _capital(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    match nodes:
        case (str() as first, *others):
            return (first[:1].upper() + first[1:], *others)
        case (Element() as first, *others):
            return (replace(first, children=_capital(first.children)), *others)
    return nodes


ABBREVIATED = ("ibid.", "Ibid.", "ebd.", "Ebd.")
"""Ends of citations whose full stop is part of the word."""
_GOES_ON = (".", ",", ";", ":", "!", "?", ")")


def _stopless(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return nodes without the full stop that is their last character."""
    *others, last = nodes
    if isinstance(last, str):
        return (*others, last[:-1]) if last != "." else tuple(others)
    return (*others, replace(last, children=_stopless(last.children)))


_STOPS = (".", ",")
_CLOSED = re.compile("(?P<ended>[.?!…])?(?P<marks>’?”)$")
"""The end of a quotation, and of one in it; an apostrophe alone ends none."""


def _with_sign(node: Node, sign: str, marks: int) -> Node:
    """Return a node with a sign before the quotation marks that end it."""
    if isinstance(node, str):
        return f"{node[:-marks]}{sign}{node[-marks:]}"
    return replace(node, children=(*node.children[:-1], _with_sign(node.children[-1], sign, marks)))
