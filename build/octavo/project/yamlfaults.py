"""Why a file is not readable YAML, in words for its author."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import yaml


class Fault(NamedTuple):
    """A fault of writing: a word of the parser's message, what to say, and where."""

    sign: str
    message: str
    hint: str
    at_start: bool = False
    """Whether the place is where the faulty thing begins, not where it could go no further."""
    row: str = ""
    """A pattern of the line, in which :data:`HERE` stands where reading ended."""


HERE = "\0"
"""A sign that no line holds."""
NO_SPACE = Fault(
    "could not find expected ':'",
    "a space is missing after “-”",
    "write: - two.md; if it is text, put the whole text in quotes",
    at_start=True,
    row=rf"^\s*{HERE}?-[^\s-]",
)
JOINED = Fault(
    "",
    "this line goes on with the text above it, and begins no new item",
    "begin it in the same column as the items above; if it is text, put the whole text in quotes",
)

EXPLAINED = (
    Fault(
        "",
        "a tab stands where only spaces may",
        "indent with spaces, two for each level, and write one space after “-”",
        row=rf"^[ {HERE}-]*\t",
    ),
    Fault(
        "mapping values are not allowed",
        "this line is indented too far",
        "begin it in the same column as the other keys of its level; if it is no key, but goes on"
        " with the text above, put all of that text in quotes",
        row=rf"^ +[\w-]+{HERE}:",
    ),
    Fault(
        "mapping values are not allowed",
        "curly quotation marks do not hold a text with a colon together",
        'write straight ones: title: "Space: A Memoir"',
        row=rf"[:-] +[“”„‘][^{HERE}]*{HERE}",
    ),
    Fault(
        "",
        "this apostrophe ends the text, because a single quotation mark begins it",
        "double it: 'What I didn''t say', or use double quotes: \"What I didn't say\"",
        row=rf"'[^'{HERE}]*\w'{HERE}\w",
    ),
    NO_SPACE,
    Fault(
        "mapping values are not allowed",
        "there is a colon where none may stand",
        'if it belongs to the text, put the whole text in quotes: title: "Space: A Memoir"',
    ),
    Fault(
        "escape",
        "a backslash inside double quotes has a meaning of its own",
        "use single quotes instead: 'back\\slash'",
    ),
    Fault(
        "quoted scalar",
        "a quotation mark is opened here and never closed",
        "close it, or double an apostrophe inside single quotes: 'don''t'",
        at_start=True,
    ),
    Fault(
        "cannot start any token",
        "text cannot begin with this character",
        'put the whole text in quotes: "@home"',
    ),
    Fault(
        "could not find expected ':'",
        "a colon is missing after this key",
        "write a key, a colon and a space: title: My Book",
        at_start=True,
    ),
    Fault(
        "flow sequence",
        "a list opened with “[” is not closed, or a comma is missing in it",
        "write it so: [preface.md, contents]; an item with a “#” in it stands in quotes",
        at_start=True,
    ),
    Fault(
        "flow node",
        "a list opened with “[”, or a group with “{”, is not closed",
        "write it so: [preface.md, contents]; an item with a “#” in it stands in quotes",
    ),
    Fault(
        "flow mapping",
        "a group opened with “{” is not closed, or a comma is missing in it",
        "write it so: {name: Jane Doe, role: author}",
        at_start=True,
    ),
    Fault(
        "block scalar",
        "the text after “|” or “>” cannot be read",
        "begin it on the next line, indented by two spaces",
    ),
    Fault(
        "alias",
        "text cannot begin with “*”",
        'put the whole text in quotes: "*text"',
    ),
    Fault(
        "anchor",
        "text cannot begin with “&”",
        'put the whole text in quotes: "& text"',
    ),
    Fault(
        "tag",
        "text cannot begin with “!”",
        'put the whole text in quotes: "! text"',
    ),
    Fault(
        "directive",
        "a line cannot begin with “%”",
        "put the text in quotes, or remove it",
    ),
    Fault(
        "",
        "this line does not fit the lines above it",
        "keys of one level begin in the same column, items of a list with “- ”; text that goes on"
        " after a closing quotation mark must be quoted as a whole",
    ),
)
"""The faults in the order to look for them; the last fits whatever is left."""


def named(sign: str) -> Fault:
    """Return the fault of one of YAML's marks (an alias, an anchor, a tag), or the last of all."""
    return next(fault for fault in EXPLAINED if fault.sign == sign and not fault.row)


def explained(problem: yaml.MarkedYAMLError, text: str) -> tuple[int, Fault]:
    """Return the line of what the parser complains of, from 1, and what to say of it."""
    words = f"{problem.context} {problem.problem}"
    rows = text.splitlines() or [""]
    places = {
        at_start: _place((problem.context_mark if at_start else None) or problem.problem_mark, rows)
        for at_start in (False, True)
    }
    for fault in EXPLAINED:
        line, row = places[fault.at_start]
        if fault.sign in words and re.search(fault.row, row):
            return line + 1, fault
    raise AssertionError("the last of the faults fits all")


def _place(mark: yaml.Mark | None, rows: list[str]) -> tuple[int, str]:
    """Return the index of a marked line, and the line with :data:`HERE` in it."""
    if mark is None or mark.line >= len(rows):  # at the end of the text, after its last line
        return len(rows) - 1, rows[-1]
    row = rows[mark.line]
    return mark.line, f"{row[: mark.column]}{HERE}{row[mark.column :]}"
