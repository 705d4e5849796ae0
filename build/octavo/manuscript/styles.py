"""What CSS may not ask for: engines that set pages fail, or never end, on what no page can hold."""

from __future__ import annotations

import re
from typing import NamedTuple

LARGEST = 1_000_000
"""The largest number in a style; layout engines count in 1024ths of a pixel, and in 32 bits."""
DEEPEST = 30
"""Brackets within brackets; engines read them by recursion."""
_UNREAD = re.compile(r"\"[^\"\n]*\"?|'[^'\n]*'?|url\([^)]*\)?|/\*.*?(?:\*/|\Z)|\\.", re.DOTALL)
"""What holds neither numbers nor brackets of the style's own."""
_LONGEST = 400
_NUMBER = re.compile(
    r"(?<![\w#.-])[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[0-9]{400,}"
)
"""A number, or more digits than any, wherever they stand."""
_BRACKET = re.compile(r"[({\[]|[)}\]]")


class Excess(NamedTuple):
    """What is too much in a style, and on which of its lines, from 1."""

    what: str
    line: int


def excess(css: str) -> Excess | None:
    """Return what no page can hold of what a style asks for, if there is any."""
    bare = _UNREAD.sub(_blank, css)
    found = _too_large(bare) or _too_deep(bare)
    return Excess(found[0], bare.count("\n", 0, found[1]) + 1) if found else None


def _too_large(css: str) -> tuple[str, int] | None:
    for found in _NUMBER.finditer(css):
        if len(found.group()) > _LONGEST or abs(float(found.group())) > LARGEST:
            return f"a number above {LARGEST:,}", found.start()
    return None


def _too_deep(css: str) -> tuple[str, int] | None:
    depth = 0
    for found in _BRACKET.finditer(css):
        depth += 1 if found.group() in "({[" else -1
        if depth > DEEPEST:
            return f"more than {DEEPEST} brackets within each other", found.start()
    return None


def _blank(found: re.Match[str]) -> str:
    return "\n" * found.group().count("\n") or " "
