"""Where in a work a citation points, as ``p. 33`` says, read as citeproc reads it.

English labels are understood in a book of any language.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from typing import NamedTuple

from octavo.manuscript.syntax.labels import AFTER_NUMBERS, LABELS, OTHERS, Labels, bare, labels_of

_ROMAN = (
    r"(?=[ivxlcdm])m{0,4}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})"
    r"(?![^\W_])"
)
_ROMANS = rf"[(\[]?{_ROMAN}[)\]]?(?:[-–—.]{{1,3}}[(\[]?{_ROMAN}[)\]]?)*"
_SIGN = r"[^\s,;.:!?(){}\[\]]"
_DIGIT = rf"[^\s,;(){{}}\[\]0-9]{{0,8}}[0-9]{_SIGN}*(?:[.:]{_SIGN}+)*"
_DIGITS = rf"(?:\({_DIGIT}\)|\[{_DIGIT}\]|{_DIGIT}(?:\({_SIGN}*\))?)"
_GAP = r"(?:,\s*|\s+)"
_NUMBERS = rf"{_DIGITS}(?:{_GAP}{_DIGITS})*"
_LABELLED = rf"(?:{_DIGITS}|{_ROMANS})(?:{_GAP}(?:{_DIGITS}|{_ROMANS}))*"
_START = r"\s*,?\s*"
_UNLABELLED = re.compile(rf"{_START}({_NUMBERS})")
_BRACED = re.compile(rf"{_START}\{{((?:[^{{}}]|\{{[^{{}}]*\}})*)\}}")
_RANGE = re.compile(
    rf"(?:(?<=[0-9ivxlcdm)\]])|(?<=[0-9][a-z]))-(?=[(\[]?(?:[0-9]|{_ROMAN}))", re.IGNORECASE
)
_WORD = re.compile(r"\s*,\s*([^\W\d_]+\.?)\s*(?=[0-9])")
_GOES_ON = re.compile(r"\s+([^\W\d_]{4,})(?![\w.]|\s*[0-9])")
"""A word behind a number; what ends in a stop, or is shorter, says how far a place goes."""
_NEAR, _SHORTEST = 0.8, 3
"""How alike a word is to the label that it was meant to be, and how long it must be."""


class Located(NamedTuple):
    """What follows a key: the place in the work, and the words behind it."""

    locator: str
    suffix: str


class Complaint(NamedTuple):
    """What is wrong with the place in a work, and what to do."""

    message: str
    hint: str


def located(after: str, language: str) -> Located:
    """Part what follows a key, up to the next semicolon, as citeproc does.

    An empty pair of braces says that no place follows; it stays in the suffix for citeproc.
    """
    if braced := _BRACED.match(after):
        place = braced[1].strip()
        return Located(place, after[braced.end() :]) if place else Located("", after)
    found = _place(after, language) or _UNLABELLED.match(after)
    if found is None:
        misread = _labelled(language).match(after)  # citeproc would, without the braces
        return Located("", f"{{}}{after}" if misread else after)
    end = found.end()
    further = _further(language).match(after, end)
    # Of several places citeproc reads the first, and prints the others as they stand.
    rest = f"{_RANGE.sub('–', further[0])}{after[further.end() :]}" if further else after[end:]
    return Located(after[:end].lstrip(" ,\t\xa0"), rest)


def for_citeproc(locator: str, language: str) -> str:
    """Return a place in a work as citeproc reads it: in braces, labelled in the book's language."""
    labels = labels_of(language)
    found = _place(locator, language)
    kind = labels.kind(found["label"]) if found else "page" if _is_number(locator) else ""
    number = locator[found.start("number") :] if found else locator
    if kind in labels.own:
        return f"{{{labels.own[kind]} {number}}}"
    # In a language without a table, a bare number is a page to citeproc.
    return number if kind == "page" else f"{{{locator}}}"


def is_labelled(words: str, language: str) -> bool:
    """Tell whether words are a label with its number, and nothing else."""
    place = _place(words, language)
    return bool(place) and not located(words, language).suffix.strip()


def complaint(after: str, language: str) -> Complaint | None:
    """Tell what is wrong with what follows a key, if anything surely is."""
    rest = after.strip()
    if rest.startswith(",") and not rest.strip(", "):
        return Complaint("nothing follows the comma behind the key", "write the page, or no comma")
    labels = labels_of(language)
    if (place := located(after, language)).locator:
        return _ill_ended(place)
    alone = rest.lstrip(", ")
    is_alone = rest.startswith(",")
    if is_alone and labels.kind(alone) and not _is_word(alone):
        return Complaint(f"no number follows “{alone}”", f"write which one: {alone} 12")
    found = _WORD.match(after)
    return _unknown(found[1], labels) if found and found[1].casefold() not in OTHERS else None


def _ill_ended(place: Located) -> Complaint | None:
    """Return what to say of a span without its end, and of a number that words go on with."""
    if place.locator.endswith(("-", "–", "—")):
        message = f"the span “{place.locator}” has no end"
        return Complaint(message, "write the last page too, or “ff.” behind the first")
    word = _GOES_ON.match(place.suffix)
    if not word or not place.locator[0].isdigit() or word[1].casefold() in AFTER_NUMBERS:
        return None
    message = f"“{place.locator}” is taken for a page, and “{word[1]}” follows it"
    return Complaint(message, "write {} right behind the key if it is none; or a comma behind it")


def _unknown(word: str, labels: Labels) -> Complaint | None:
    """Return what to say of a word before a number that is no label."""
    letters = bare(word)
    near = get_close_matches(letters, labels.kinds, 1, _NEAR) if len(letters) >= _SHORTEST else ()
    if near:
        return Complaint(
            f"“{word}” is no label of a place", f"did you mean “{labels.spelt[near[0]]}”?"
        )
    for other in LABELS:
        kind = labels_of(other).kind(word)
        if kind and (kind == "page" or len(letters) >= _SHORTEST) and word.endswith("."):
            meant = labels.own.get(kind, kind)
            message = f"“{word}” is no label in the language of this book"
            return Complaint(message, f"write “{meant}” before the number")
    return None


def _place(text: str, language: str) -> re.Match[str] | None:
    """Return the label and the number at the beginning of a text; “s. v. Buch” is no page five."""
    found, entry = _labelled(language).match(text), _entry(language).match(text)
    return found if not entry or not found or found.end("label") >= entry.end() else None


@cache
def _entry(language: str) -> re.Pattern[str]:
    """Return what finds “s.v.”, which words follow, and seldom a number."""
    return re.compile(rf"{_START}(?:{labels_of(language).pattern_of('sub-verbo')})", re.IGNORECASE)


@cache
def _further(language: str) -> re.Pattern[str]:
    """Return what finds the places behind the first."""
    label = labels_of(language).pattern
    return re.compile(rf"(?:\s*,\s*(?:{label})\s*{_LABELLED})+", re.IGNORECASE)


@cache
def _labelled(language: str) -> re.Pattern[str]:
    """Return what finds a label and its number, in a book of a language."""
    label = labels_of(language).pattern
    return re.compile(rf"{_START}(?P<label>{label})\s*(?P<number>{_LABELLED})", re.IGNORECASE)


def _is_number(locator: str) -> bool:
    return bool(re.match(_NUMBERS, locator))


def _is_word(label: str) -> bool:
    """Tell whether a label may be a word of a sentence, as “note” and “part” may."""
    return label.isalpha() and len(label) > _SHORTEST
