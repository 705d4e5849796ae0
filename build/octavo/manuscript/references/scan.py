"""BibTeX as text: where its entries begin, what fields they have, and what is wrong with them.

The grammar is that of Pandoc, which reads the entries afterwards, but for what its authors mean
without doubt: round brackets, blanks after the ``@``, and every letter in a key.  An entry that is
not closed ends where the next one begins its line, so that one missing brace costs one entry.
Everything is found from left to right and nothing by recursion: a hostile file takes no longer
than another of its length.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import normalize

from octavo.manuscript.references import faults
from octavo.manuscript.references.values import GAP, NAME, Unreadable, Values

if TYPE_CHECKING:
    from octavo.manuscript.references.faults import Fault

MOST = 100
"""Faults that are told of one file; nobody reads more."""

_HEAD = re.compile(r"@[ \t]*([A-Za-z]+)\s*([{(])")
_LINE_HEAD = re.compile(r"^[ \t]*@[ \t]*[A-Za-z]+[ \t]*[{(]", re.MULTILINE)
_NO_SIGN = r"^[ \t]*[A-Za-z]+[ \t]*\{[ \t]*[^\s,{}=]+[ \t]*,[ \t]*$"
_OUTSIDE = re.compile(rf"%[^\n]*|@|{_NO_SIGN}", re.MULTILINE)
_GAP_AND_COMMAS = re.compile(r"(?:[\s,]++|%[^\n]*+)*+")
_KEY = re.compile(r"[^\s,{}\"#%\\=]+")
_EQUALS = re.compile(r"\s*+=\s*+")
_FIELD = re.compile(r"[\w:+.&/-]++\s*+=")
_REST = re.compile(r"\s*+(?:\}|,?\s*+[\w:+.-]++\s*+=\s*+[{\"\d])")
_OVERRUN = re.compile(r"\n[ \t]*[\w-]+[ \t]*=[ \t]*[{\"\d]")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an entry: its name in small letters, and its value as BibTeX."""

    name: str
    source: str
    """Text in braces and words, joined by ``#``; abbreviations of the file are written out."""
    line: int

    @property
    def text(self) -> str:
        """The value without the braces around it."""
        whole = self.source
        return whole[1:-1] if whole.startswith("{") and " # " not in whole else whole


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: what it is, what it is called, and where it begins."""

    kind: str
    key: str
    line: int
    fields: tuple[Field, ...]

    def get(self, name: str) -> str:
        """Return the text of a field, of which the last counts; empty if there is none."""
        return next((each.text for each in reversed(self.fields) if each.name == name), "")


@dataclass(frozen=True, slots=True)
class Scan:
    """What a file holds, in the order of the file."""

    entries: tuple[Entry, ...]
    faults: tuple[Fault, ...]


def scan(text: str) -> Scan:
    """Find the entries of a BibTeX file, and what is wrong with it, in the order of the file."""
    scanner = _Scanner(text)
    scanner.blocks()
    return Scan(tuple(scanner.entries), (*scanner.faults, *scanner.remarks))


class _Scanner(Values):
    """One walk through one file."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.entries: list[Entry] = []
        self.never_closed = len(text)

    def blocks(self) -> None:
        at = 0
        while found := _OUTSIDE.search(self.text, at):
            at = found.end()
            if len(self.faults) >= MOST:
                self.tell(faults.too_many(self.line(at)))
                return
            if found[0].startswith("%"):
                continue
            if found[0] != "@":
                self.tell(faults.no_sign(self.line(at), found[0].strip()))
                continue
            if head := _HEAD.match(self.text, found.start()):
                at = self.block(head)

    def block(self, head: re.Match[str]) -> int:
        """Read one block, and return where the next may begin."""
        kind, close = head[1].lower(), "}" if head[2] == "{" else ")"
        line = self.line(head.start())
        try:
            if kind in {"comment", "preamble"}:  # neither says anything of a source
                return self.passed_over(head.end() - 1)
            if kind == "string":
                return self.string(head.end(), close, line)
            return self.entry(kind, head.end(), close, line)
        except Unreadable as problem:
            self.tell(problem.fault)
            following = _LINE_HEAD.search(self.text, head.end())
            return following.start() if following else len(self.text)

    def passed_over(self, at: int) -> int:
        """Return the place after a block, or after its first sign if nothing closes it."""
        if at >= self.never_closed:
            return at + 1
        end = self.closing(at)
        if not end:
            self.never_closed = at  # nor is any block after it, so that none is gone through
        return end or at + 1

    def string(self, at: int, close: str, line: int) -> int:
        self.key = ""
        name = NAME.match(self.text, at := self.past(GAP, at))
        equals = name and _EQUALS.match(self.text, name.end())
        if not name or not equals:
            raise Unreadable(faults.bad_string(line))
        source, at = self.value(equals.end(), name[0])
        self.strings[name[0].lower()] = source
        at = self.past(_GAP_AND_COMMAS, at)
        if self.text[at : at + 1] != close:
            raise Unreadable(faults.bad_string(line))
        return at + 1

    def entry(self, kind: str, at: int, close: str, line: int) -> int:
        at = self.past(GAP, at)
        key = _KEY.match(self.text, at)
        written = key[0].removesuffix(")" if close == ")" else "") if key else ""
        self.key = normalize("NFC", written)
        if not self.key or _FIELD.match(self.text, at):
            raise Unreadable(faults.no_key(line, kind))
        at = self.after_key(at + len(written), close, line)
        fields: list[Field] = []
        while self.text[(at := self.past(_GAP_AND_COMMAS, at)) : at + 1] != close:
            each, at = self.field(at, line, fields)
            fields.append(each)
            at = self.after_value(at, close)
        self.entries.append(Entry(kind, self.key, line, tuple(fields)))
        if _REST.match(self.text, at + 1):
            self.tell(faults.closed_too_early(self.line(at), self.key))
        return at + 1

    def after_key(self, at: int, close: str, line: int) -> int:
        """Pass over the comma after a key."""
        after = self.past(GAP, at)
        sign = self.text[after : after + 1]
        if sign in {"", "@"}:
            raise Unreadable(faults.no_end(line, self.key))
        if sign not in {",", close}:
            if _FIELD.match(self.text, after):
                self.tell(faults.no_comma(self.line(at), self.key, self.key))
                return after
            rest = self.text[at : at + faults.SHOWN].split("\n", 1)[0]
            raise Unreadable(faults.bad_key(line, self.key, rest))
        return after

    def field(self, at: int, line: int, before: list[Field]) -> tuple[Field, int]:
        name = NAME.match(self.text, at)
        if name is None:
            if self.text[at : at + 1] in {"", "@"}:
                raise Unreadable(faults.no_end(_overrun(before) or line, self.key))
            raise Unreadable(faults.stray(self.line(at), self.key, self.text[at : at + 1]))
        equals = _EQUALS.match(self.text, name.end())
        if equals is None:
            raise Unreadable(faults.no_equals(self.line(at), self.key, name[0]))
        source, end = self.value(equals.end(), name[0])
        return Field(name[0].lower(), source, self.line(at)), end

    def after_value(self, at: int, close: str) -> int:
        after = self.past(GAP, at)
        if self.text[after : after + 1] not in {",", close, "@", ""}:
            if not _FIELD.match(self.text, after):
                sign = self.text[after : after + 1]
                raise Unreadable(faults.stray(self.line(after), self.key, sign))
            self.tell(faults.no_comma(self.line(at), self.key, ""))
        return after


def _overrun(fields: list[Field]) -> int:
    """Return the line of the field that took others for its own text, if one did."""
    return next((each.line for each in fields if _OVERRUN.search(each.source)), 0)
