"""The order in which a language files words: its alphabet, and what is no letter in it.

What differs is compared in turn: letters, then accents, then capitals, and only in a tie the next.
An entry is filed letter by letter, its spaces passed over up to a parenthesis or a comma, or word
by word (The Chicago Manual of Style, 18th edition, 15.63-66); signs come first, then figures by
their value.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING
from unicodedata import category, normalize

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_LATIN = "a b c d e f g h i j k l m n o p q r s t u v w x y z"
_SIGN, _PARENTHESIS, _COMMA, _SPACE, _FIGURE, _LETTER, _FOREIGN = range(7)
"""What stands in an entry, in the order in which it is filed."""
_BREAKS = {"(": _PARENTHESIS, ",": _COMMA}
_BEFORE_BREAK = re.compile(r"\s+(?=[(,])")
_FIGURES = re.compile(r"\d+")
_TAKEN_APART = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i",
     "ŋ": "n", "ŧ": "t", "ə": "e", "ƒ": "f"}
)  # fmt: skip
"""Latin letters that are no letter with a mark, as languages file them that do not have them."""
_DOTLESS = frozenset({"tr", "az"})
"""Languages in which the small letter of I is ı."""

_CAPITALS_FIRST = frozenset({"da"})
_ACCENTS = "\u0301\u0300\u0306\u0302\u030c\u030a\u0308\u030b\u0303\u0307"
"""Accents in their order (Unicode, Default Unicode Collation Element Table); others follow."""

Token = tuple[int, int]
Accent = tuple[int, ...]
Key = tuple[tuple[Token, ...], tuple[Accent, ...], str, str]
"""Letters, accents, capitals, and the words as they are."""


@dataclass(frozen=True, slots=True)
class Filing:
    """How one language files entries."""

    language: str
    ranks: Mapping[str, tuple[int, int]]
    """The place of every letter, and which of the forms of that letter it is."""
    longest: int
    """Characters in a letter."""
    heads: tuple[str, ...]
    """The letters, as they stand above their entries."""
    by_words: bool

    def key(self, text: str) -> Key:
        """Return what an entry is compared by."""
        tokens, accents = [], []
        for token, accent in self._read(self._lower(text)):
            tokens.append(token)
            accents.append(accent)
        capitals = text if self.language in _CAPITALS_FIRST else text.swapcase()
        return tuple(tokens), tuple(accents), capitals, text

    def head(self, text: str) -> str:
        """Return the letter that an entry stands under, or nothing for a figure or a sign."""
        kind, value = next((token for token, _ in self._read(self._lower(text))), (_SIGN, 0))
        if kind == _LETTER:
            return self.heads[value]
        return chr(value).upper() if kind == _FOREIGN else ""

    def _lower(self, text: str) -> str:
        if self.language in _DOTLESS:
            text = text.replace("I", "ı").replace("İ", "i")
        return _BEFORE_BREAK.sub("", normalize("NFC", text.strip().casefold()))

    def _read(self, text: str) -> Iterator[tuple[Token, Accent]]:
        """Yield letters and figures, and what parts them, each with its accents."""
        if text and not any(map(str.isalnum, text)):
            yield from (((_SIGN, ord(sign)), ()) for sign in text)
        at, begun = 0, False
        while at < len(text):
            if letter := self._letter(text, at):
                rank, form = self.ranks[letter]
                yield (_LETTER, rank), (form,)
                at += len(letter)
            elif figures := _FIGURES.match(text, at):
                yield (_FIGURE, _value(figures.group())), ()
                at = figures.end()
            else:
                yield from self._other(text[at], begun=begun)
                at += 1
                continue
            begun = True

    def _letter(self, text: str, at: int) -> str:
        """Return the letter of the language that begins at a place, the longest that may."""
        ends = (text[at : at + length] for length in range(self.longest, 0, -1))
        return next((piece for piece in ends if piece in self.ranks), "")

    def _other(self, character: str, *, begun: bool) -> Iterator[tuple[Token, Accent]]:
        if begun and character in _BREAKS:
            yield (_BREAKS[character], 0), ()
        elif begun and self.by_words and character.isspace():
            yield (_SPACE, 0), ()
        elif character.isalpha():
            yield from self._taken_apart(character)

    def _taken_apart(self, character: str) -> Iterator[tuple[Token, Accent]]:
        """Yield what a character is filed as that is no letter of the language."""
        plain = normalize("NFKD", character.translate(_TAKEN_APART)).casefold()
        base, marks = plain[0], plain[1:]
        # Of several marks one may make a letter, and the others be accents on it.
        for mark in marks:
            if (whole := normalize("NFC", base + mark)) in self.ranks:
                rank, form = self.ranks[whole]
                yield (_LETTER, rank), (form, *_accents(m for m in marks if m != mark))
                return
        letters = (base, *(mark for mark in marks if category(mark) != "Mn"))
        for each in letters:
            own = (_LETTER, self.ranks[each][0]) if each in self.ranks else (_FOREIGN, ord(each))
            yield own, (0, *_accents(marks), *([ord(character)] if len(letters) > 1 else []))


def _value(figures: str) -> int:
    """Return a number that is greater where theirs is; ``int`` refuses thousands of figures."""
    return int.from_bytes(map(int, figures), "big")


def _accents(marks: Iterable[str]) -> Iterator[int]:
    """Yield the places of accents among accents."""
    for mark in marks:
        at = _ACCENTS.find(mark)
        yield at + 1 if at >= 0 else ord(mark)


@cache
def filing(language: str, *, by_words: bool = False) -> Filing:
    """Return how entries are filed in a language, by its BCP 47 tag."""
    name = language.partition("-")[0].lower()
    alphabet = _alphabets().get(name, _LATIN).split()
    ranks: dict[str, tuple[int, int]] = {}
    for rank, letter in enumerate(alphabet):
        ranks |= {each: (rank, form) for form, each in enumerate(letter.split("="))}
    heads = (letter.partition("=")[0] for letter in alphabet)
    raised = ("İ" if letter == "i" and name in _DOTLESS else letter.title() for letter in heads)
    return Filing(name, ranks, max(map(len, ranks)), tuple(raised), by_words)


@cache
def _alphabets() -> Mapping[str, str]:
    text = files(__package__).joinpath("alphabets.toml").read_text("utf-8")
    return tomllib.loads(text)
