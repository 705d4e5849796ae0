"""Habits from other programs that Markdown takes for text: the text stays, the author is told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence
    from re import Pattern

    from octavo.manuscript.syntax.ledger import Ledger, Line


class Habit(NamedTuple):
    """What a paragraph's line looks like, and what to say of it."""

    looks: Pattern[str]
    code: str
    message: str
    hint: str
    anywhere: bool = False
    """Whether it is meant on any line of a paragraph, and not on the first alone."""


HABITS = (
    Habit(
        re.compile(r" {0,3}#(?=[^\W\d])"),
        "heading-without-space",
        "without a space behind “#” this is a paragraph, not a heading",
        "write “# ” and the heading; or \\# if the line does begin with that sign",
    ),
    Habit(
        re.compile(r" {0,3}#{2,6}(?=[^\s#])"),
        "heading-without-space",
        "without a space behind the number signs this is text, not a heading",
        "put a space between the last “#” and the heading",
        anywhere=True,
    ),
    Habit(
        re.compile(r" {0,3}#{1,6} *$"),
        "empty-heading",
        "this heading has no words, and is printed as it stands",
        "write them behind the “#”, or * * * for a scene break",
        anywhere=True,
    ),
)
_COLONLESS = re.compile(r" {0,3}\[\^([^\]\s^][^\]^]*)\] +\S")


def look(paragraph: Sequence[Line], ledger: Ledger) -> None:
    """Tell of every line of a paragraph that was meant to be something else."""
    for number, line in enumerate(paragraph):
        for habit in HABITS:
            if (habit.anywhere or number == 0) and habit.looks.match(line.text):
                ledger.warning(habit.code, habit.message, line.number, habit.hint)
        if found := _COLONLESS.match(line.text):
            ledger.colonless.setdefault(found[1], line.number)


SIGNS = {
    "doubtful-citation": (
        "this looks like a citation, but there is no “@” before the key, and it is printed as text",
        "write [@key, p. 3]; or \\[ if it is none",
    ),
    "unread-attributes": (
        "what stands in these braces cannot be read, and is printed as it stands",
        'write {.class width=50% alt="words in quotes"}: no space around “=”, and both braces',
    ),
    "no-references": (
        "this looks like a citation, but the book has no references",
        "name their file in book.yaml under `references`; or write \\@ if this is only a name",
    ),
}
"""What to say of a sign inside a line, by the code under which it is told."""
