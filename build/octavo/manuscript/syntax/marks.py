"""Line numbers inside the text: one character of a private plane before each line's words.

Python-Markdown knows no lines, so every line carries its number through it.  The separator after
a mark is white space to a pattern, so that ``*`` after a mark opens an emphasis as it would at
the start of a line.  Authors cannot write either character: both are refused at the door.
"""

from __future__ import annotations

import re

_BASE = 0x100000
LAST_LINE = 0xFFFD
"""The last line that has a mark: Unicode's sixteenth plane holds no more."""
_SEPARATOR = "\x1f"
ANY = re.compile("[\U00100000-\U0010fffd]\x1f?|\x1f")
MARK = re.compile("[\U00100000-\U0010fffd]")
REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff]")
"""Characters no XML or no mark leaves room for (XML 1.0, 2.2)."""
ESCAPE = re.compile("\x02([0-9]+)\x03")
"""A character behind a backslash, as Python-Markdown stashes it."""
_ESCAPED_SPACE = 32


def marked(line: int, text: str) -> str:
    """Return text with the mark of its line before it."""
    return f"{chr(_BASE + min(line, LAST_LINE))}{_SEPARATOR}{text}"


def line_of(mark: str) -> int:
    """Return the line of a mark, or 0 if the text does not begin with one."""
    number = ord(mark[0]) - _BASE if mark else -1
    return max(number, 0)


def last_line(text: str) -> int:
    """Return the line of the last mark in a text, or 0."""
    found = MARK.findall(text) if not text.isascii() else []
    return line_of(found[-1]) if found else 0


def unmarked(text: str) -> str:
    """Return text without marks."""
    return text if text.isascii() and _SEPARATOR not in text else ANY.sub("", text)


def escaped(character: str) -> str:
    """Return a character so that no pattern touches it."""
    return f"\x02{ord(character)}\x03"


def literal(found: re.Match[str]) -> str:
    """Return the character that an escape stands for; an escaped space does not break."""
    code = int(found[1])
    return "\xa0" if code == _ESCAPED_SPACE else chr(code)


def written(text: str) -> str:
    """Return text without marks, its escapes as an author writes them."""
    return ESCAPE.sub(lambda found: f"\\{chr(int(found[1]))}", unmarked(text))


def plain(text: str) -> str:
    """Return text without marks and escapes."""
    return ESCAPE.sub(literal, unmarked(text)) if "\x02" in text else unmarked(text)
