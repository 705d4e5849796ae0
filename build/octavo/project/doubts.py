"""What is readable YAML, and most likely not what its author meant."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from octavo.project.yamlfaults import JOINED, NO_SPACE, Fault

if TYPE_CHECKING:
    from yaml.events import ScalarEvent

REMARK = re.compile(r"[ \t]+(#[^\s#].*)")
"""A remark as nobody writes one: no space follows its sign."""
QUOTED = re.compile("[“”„][^“”„]*[“”]|‘[^‘’]*’")
ITEM, ITEM_WITHOUT_SPACE = re.compile(r"[ \t]*- "), re.compile(r"[ \t]*-[^\s-]")
INDENTED = frozenset("|>")
"""The styles of text that is marked by its indent, in which every sign stands for itself."""


class Doubt(NamedTuple):
    """What a warning says."""

    code: str
    message: str
    hint: str


def doubts(text: str, event: ScalarEvent) -> Iterator[Doubt]:
    """Yield what to ask the author about one text of book.yaml."""
    found = REMARK.match(text, event.end_mark.index) if event.end_mark else None
    if found and event.style not in INDENTED:
        message = f"“{found[1].strip()}” counts as a remark, and is left out"
        hint = 'put the whole text in quotes: "Jane #1"; write a remark with a space: # remark'
        yield Doubt("comment-in-value", message, hint)
    if not event.style and QUOTED.fullmatch(event.value):
        message = "these curly quotation marks belong to the text, and are printed"
        hint = 'if they should not be, remove them; if they should, write "“My Book”"'
        yield Doubt("curly-quotes", message, hint)


def joined(rows: list[str], event: ScalarEvent) -> tuple[int, Fault] | None:
    """Return the line at which an item of a list became a part of other text, and why."""
    if event.style or not (event.start_mark and event.end_mark):
        return None
    first, last = event.start_mark.line, event.end_mark.line
    for line, row in enumerate(rows[first : last + 1], first + 1):
        if ITEM_WITHOUT_SPACE.match(row):
            return line, NO_SPACE
        if line > first + 1 and ITEM.match(row):
            return line, JOINED
    return None
