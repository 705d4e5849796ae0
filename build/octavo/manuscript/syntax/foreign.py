"""Citations in the ways of other programs: LaTeX’s commands, round brackets, keys without ``@``.

Markdown takes them for text, or for less than was meant, and their authors are told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import citations
from octavo.manuscript.syntax.locators import located
from octavo.manuscript.syntax.marks import unmarked

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
_ROUND_BEFORE = re.compile(r"(?:^|[(;])\s*(?:[\w.,:]+\s+){0,4}\Z")
_ROUND_AFTER = re.compile(rf"(?P<place>[^();]{{0,{_LONGEST_PLACE}}})[);]")
_YEAR = re.compile(r"\s*,?\s*[0-9]{4}[a-z]?\s*")


def is_in_round(data: str, start: int, end: int, language: str) -> bool:
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


def is_doubled(data: str, start: int, end: int) -> bool:
    """Tell whether a bracket has nothing but another one around it."""
    before, after = data[max(0, start - 1) : start], data[end : end + 1]
    return before == "[" and after == "]"


def latex(m: re.Match[str], _data: str, source: Callable[[str], str]) -> Found:
    """Return a citation of LaTeX as what looks like one and is none."""
    text = " ".join(unmarked(source(m.group())).split())
    return citations.miscited("latex", text, text), m.start(), m.end()
