"""Attribute lists in braces: ``{#id .class key="value"}``."""

from __future__ import annotations

import re

from octavo.manuscript.syntax.marks import plain
from octavo.series import place_named

Pairs = tuple[tuple[str, str], ...]
LIST = re.compile(r"\{:?((?:[^{}\"']|\"[^\"]*\"|'[^']*')*)\}")
"""Braces with what may be attributes between them."""
_SPAN = re.compile(r"(?<![\\!])\[(?![\^@]|-@)[^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*(?<!\\)\]\Z")
"""A text in brackets, neither a note nor a citation, at the end: what follows is said of it."""
_WORD = re.compile(
    r"\s*(?:#(?P<id>[^\s{}#\"'=]+)|\.(?P<cls>[^\s{}.\"'=]+)|(?P<dash>-)(?=\s|$)"
    r"|(?P<key>[A-Za-z_][\w:.-]*)=(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'"
    r"|(?P<bare>[^\s\"'{}]+)))\s*"
)
SYNONYMS = {
    "sc": "smallcaps",
    "small-caps": "smallcaps",
    "ul": "underline",
    "number-lines": "numbered",
    "numberLines": "numbered",
}
"""Other names of classes."""


def parse(inside: str) -> Pairs | None:
    """Return the attributes between two braces, or None if they hold anything else."""
    inside = plain(inside).strip()
    pairs: dict[str, str] = {}
    classes: list[str] = []
    at = 0
    while at < len(inside):
        found = _WORD.match(inside, at)
        if found is None:
            return None
        at = found.end()
        name = "id" if found["id"] else found["key"]
        if name in pairs:
            return None  # the first of the two would be lost
        if found["id"]:
            pairs["id"] = place_named(found["id"]) or found["id"]
        elif found["cls"]:
            classes.append(SYNONYMS.get(found["cls"], found["cls"]))
        elif found["dash"]:
            classes.append("unnumbered")
        elif found["key"] == "class":
            classes += _value(found).split()
        else:
            pairs[found["key"]] = _value(found)
    return _ordered(pairs, classes) if pairs or classes else None


def trailing(text: str) -> tuple[str, Pairs]:
    """Split a heading's or a caption's text from the attributes at its end."""
    start = text.rfind("{")
    if start < 0 or not text.rstrip().endswith("}") or text[start - 1 : start] == "\\":
        return text, ()
    # A quoted value may hold a brace, so the list is tried from each brace to the left.
    while start >= 0:
        found = LIST.fullmatch(text.rstrip(), start)
        pairs = parse(found[1]) if found else None
        if pairs is not None:
            return (text, ()) if _SPAN.search(text, 0, start) else (text[:start].rstrip(), pairs)
        start = text.rfind("{", 0, start)
    return text, ()


def merged(first: Pairs, second: Pairs) -> Pairs:
    """Return both lists as one: the second's values win, classes add up."""
    pairs = dict(first) | dict(second)
    classes = [word for given in (first, second) for word in dict(given).get("class", "").split()]
    return _ordered(pairs, classes)


def _ordered(pairs: dict[str, str], classes: list[str]) -> Pairs:
    head = {"id": pairs["id"]} if "id" in pairs else {}
    if classes:
        head["class"] = " ".join(dict.fromkeys(classes))
    return tuple((head | {key: value for key, value in pairs.items() if key not in head}).items())


def _value(found: re.Match[str]) -> str:
    return next(found[name] for name in ("double", "single", "bare") if found[name] is not None)
