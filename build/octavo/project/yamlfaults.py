"""Why a file is not readable YAML, in words for its author."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """A fault of writing: a word of the parser's message, what to say, and where."""

    sign: str
    message: str
    hint: str
    at_start: bool = False
    """Whether the place is where the faulty thing begins, not where it could go no further."""


EXPLAINED = (
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
        'put the whole text in quotes: "@home"; and indent with spaces, never with a tab',
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
        "write it so: [preface.md, contents]",
        at_start=True,
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


TAB = Fault("", "a tab indents this line", "use spaces, two for each level")


def explained(words: str) -> Fault:
    """Return what an author should know of one of the parser's messages."""
    return next(fault for fault in EXPLAINED if fault.sign in words)


def indented_by_tab(text: str, line: int) -> bool:
    """Tell whether a tab indents a line, the likeliest of all faults."""
    row = dict(enumerate(text.splitlines(), start=1)).get(line, "")
    return "\t" in row[: len(row) - len(row.lstrip())]
