"""Values of BibTeX: text in braces or quotation marks, words, and what ``#`` joins."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from octavo.manuscript.references import faults
from octavo.manuscript.references.bibwords import WORDS

if TYPE_CHECKING:
    from octavo.manuscript.references.faults import Fault

LONGEST_VALUE = 1_000_000
"""Characters of one value; abstracts have some thousand."""
LARGEST = 50_000_000
"""Characters of all values, abbreviations written out: two lines of ``@string`` can double each
other's length without end."""
DEEPEST = 50
"""Braces inside braces; the deepest that anyone needs are five."""
MOST_HINTS = 20
"""Unknown words of which the nearest are looked for: each is compared with all of the file."""

GAP = re.compile(r"(?:\s++|%[^\n]*+)*+")
NAME = re.compile(r"[\w:+.&/-]++")
_RUNAWAY = r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(][ \t]*[^\s,{}]+[ \t]*,"
"""A line in the midst of a value that begins an entry: the value was never closed."""
_BRACE = re.compile(rf"\\[{{}}]|[{{}}]|{_RUNAWAY}", re.MULTILINE)
_ANY_BRACE = re.compile(r"[{}]")
_QUOTE = re.compile(rf"\\.|[{{}}\"]|{_RUNAWAY}", re.MULTILINE | re.DOTALL)


class Unreadable(Exception):
    """A block goes wrong; it is left out, and reading goes on with the next."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Values:
    """A file that is read from left to right, and what was found in it so far."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.ends = [found.start() for found in re.finditer("\n", text)]
        self.faults: list[Fault] = []
        self.remarks: list[Fault] = []
        self.strings: dict[str, str] = {}
        self.told: set[str] = set()
        self.written = 0
        self.key = ""

    def value(self, at: int, name: str) -> tuple[str, int]:
        """Read what stands after ``=``, and return it with the place after it."""
        parts: list[str] = []
        line, before = self.line(at), self.written
        while True:
            sign = self.text[at : at + 1]
            if sign == "{":
                end = self.braced(at, line, name)
                parts.append(self.text[at:end])
            elif sign == '"':
                end = self.quoted(at, line, name)
                parts.append(f"{{{self.text[at + 1 : end - 1]}}}")
            elif word := NAME.match(self.text, at):
                end = word.end()
                parts.append(self.word(word[0], line))
            else:
                raise Unreadable(faults.no_value(line, self.key, name))
            self.weigh(parts[-1], before, line)
            at = self.past(GAP, end)
            if self.text[at : at + 1] != "#":
                return " # ".join(parts), end
            at = self.past(GAP, at + 1)

    def weigh(self, part: str, before: int, line: int) -> None:
        """Refuse a value, or values in all, that would fill the memory."""
        self.written += len(part)
        if self.written - before > LONGEST_VALUE or self.written > LARGEST:
            raise Unreadable(faults.too_long(line, self.key))

    def word(self, word: str, line: int) -> str:
        """Return what a word stands for, as BibTeX."""
        if word.lower() in self.strings:
            return self.strings[word.lower()]
        if word.lower() in WORDS:
            return word
        if word not in self.told and not re.fullmatch(r"[\d./:-]+", word):
            self.told.add(word)
            known = self.strings if len(self.told) <= MOST_HINTS else ()
            self.remarks.append(faults.undefined(line, self.key, word, known))
        return f"{{{word}}}"

    def braced(self, at: int, line: int, name: str) -> int:
        """Return the place after the brace that closes the one at a place."""
        depth = 0
        for found in _BRACE.finditer(self.text, at):
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if not depth:
                return found.end()
            if depth > DEEPEST:
                raise Unreadable(faults.too_deep(line, self.key))
            if "@" in found[0]:
                break
        raise Unreadable(faults.no_brace(line, self.key, name))

    def closing(self, at: int) -> int:
        """Return the place after the brace that closes the one at a place; 0 if none does."""
        depth = 0
        for found in _ANY_BRACE.finditer(self.text, at):
            depth += 1 if found[0] == "{" else -1
            if not depth:
                return found.end()
        return 0

    def quoted(self, at: int, line: int, name: str) -> int:
        """Return the place after the quotation mark that closes the one at a place."""
        depth = 0
        for found in _QUOTE.finditer(self.text, at + 1):
            depth += {"{": 1, "}": -1}.get(found[0], 0)
            if found[0] == '"' and not depth:
                return found.end()
            if depth > DEEPEST:
                raise Unreadable(faults.too_deep(line, self.key))
            if depth < 0 or "@" in found[0].lstrip("\\"):
                break
        raise Unreadable(faults.no_quote(line, self.key, name))

    def past(self, gap: re.Pattern[str], at: int) -> int:
        """Return the place after what a pattern fits."""
        found = gap.match(self.text, at)
        return found.end() if found else at

    def line(self, at: int) -> int:
        """Return the line of a place, from 1."""
        return bisect_left(self.ends, at) + 1

    def tell(self, fault: Fault) -> None:
        """Keep a fault."""
        self.faults.append(fault)
