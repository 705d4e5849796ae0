"""Citations in the ways of other programs: LaTeX’s commands, round brackets, keys without ``@``.

Markdown takes them for text, or for less than was meant, and their authors are told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import citations
from octavo.manuscript.syntax.locators import is_labelled, located
from octavo.manuscript.syntax.marks import unmarked
from octavo.series import place_named

if TYPE_CHECKING:
    from collections.abc import Callable

    from octavo.manuscript.syntax.branch import Found

DOUBT = "-doubt"
"""The attribute for what may be wrong with a citation that can be read, by ``DOUBTS``."""
DOUBTS = {
    "round-brackets": (
        "“{}” stands in round brackets, which is not how a citation is put in parentheses",
        "write it in square brackets: [@key, p. 3]",
    ),
    "doubled-brackets": (
        "“{}” stands in brackets of its own, which are printed too",
        "take one pair of brackets away",
    ),
    "place-apart": (
        "the place in brackets behind “{}” does not belong to it, and is printed as it stands",
        "write it within: [@key, p. 3] or *@key [p. 3]*; or \\[ if it is none",
    ),
}
"""Why a citation may not be meant as it is read, and what to do."""
LATEX = (
    r"\\(?:no|[Tt]ext|[Pp]aren|[Ff]oot|[Aa]uto|[Ss]mart|[Ff]oot[Ff]ull|[Ff]ull)?[Cc]ite"
    r"(?:[pt]|alp|alt|author|year|title|yearpar|text)?s?\*?(?:\s?\[[^\[\]]*\]){0,2}\{[^{}\\@]+\}"
)
"""A command of LaTeX, natbib or biblatex that cites."""
_PLACE = r"(?:[pcs]|pp|ch|chap|vol|fol|no|n|l|ll|[SK]|Kap|Bd)\.\s*|§+\s*"
BARE_KEY = re.compile(
    rf"[^\W\d_]{{3,}}[\w:-]*[0-9]{{4}}[a-z]?\w{{0,20}},\s*(?:{_PLACE})[0-9][^\[\]@]{{0,40}}\]"
)
"""A key with a year in it, and a place with a label: no words of a sentence."""
_LONGEST_PLACE = 40
_LONGEST = 80
"""Characters of the words between two brackets that open."""
_OPENED = re.compile(r"\[(?:[^\W\d_]+[.,]?\s+){0,4}\Z")
_BEHIND = re.compile(
    rf"[*_]{{0,3}}[\s\U00100000-\U0010fffd]*\[(?P<place>[^\[\]@]{{1,{_LONGEST_PLACE}}})\](?![(\[{{])"
)
_ROUND_BEFORE = re.compile(r"(?:^|[(;])\s*(?:[\w.,:]+\s+){0,4}\Z")
_ROUND_AFTER = re.compile(rf"(?P<place>[^();]{{0,{_LONGEST_PLACE}}})[);]")
_YEAR = re.compile(r"\s*,?\s*[0-9]{4}[a-z]?\s*")


def _is_in_round(data: str, start: int, end: int, language: str) -> bool:
    """Tell whether round brackets hold a key with a place, or keys and nothing else."""
    after = _ROUND_AFTER.match(data, end)
    before = unmarked(data[max(0, start - _LONGEST_PLACE) : start])
    opening = max(before.rfind("("), before.rfind(";"))
    if after is None or opening < 0 or not _ROUND_BEFORE.search(before[opening:]):
        return False
    place = unmarked(after["place"])
    if not place.strip():
        return not before[opening + 1 :].strip()
    found = located(place, language)
    return bool(found.locator) and not found.suffix.strip() and not _YEAR.fullmatch(place)


def of_group(data: str, start: int, end: int, language: str) -> str:
    """Return what is doubtful of a citation in brackets, by ``DOUBTS``; empty if nothing is."""
    is_doubled = data[end : end + 1] == "]" and _OPENED.search(
        unmarked(data[max(0, start - _LONGEST) : start])
    )
    return "doubled-brackets" if is_doubled else _apart(data, end, language)


def of_key(data: str, start: int, end: int, language: str) -> str:
    """Return what is doubtful of a citation in running text, by ``DOUBTS``; empty if nothing is.

    A place of the book may stand in round brackets: *(Figure 3)*.
    """
    if place_named(data[start:end].lstrip("-@{")):
        return ""
    is_round = _is_in_round(data, start, end, language)
    return "round-brackets" if is_round else _apart(data, end, language)


def _apart(data: str, end: int, language: str) -> str:
    """Tell of a bracket behind a citation that holds a place and nothing else."""
    found = _BEHIND.match(data, end)
    return "place-apart" if found and is_labelled(unmarked(found["place"]), language) else ""


def latex(m: re.Match[str], _data: str, source: Callable[[str], str]) -> Found:
    """Return a citation of LaTeX as what looks like one and is none."""
    text = " ".join(unmarked(source(m.group())).split())
    return citations.miscited("latex", text, text), m.start(), m.end()
