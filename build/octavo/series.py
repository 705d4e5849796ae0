"""What a book numbers besides its sections, and the ids by which that is known.

A figure is numbered because its id begins with ``fig-``.  Quarto and pandoc-crossref name places
so too; pandoc-crossref writes ``fig:``, which no XML name may hold beside a namespace.
"""

from __future__ import annotations

import re

SERIES = {
    "fig": "figure",
    "tbl": "table",
    "eq": "equation",
    "lst": "listing",
    "thm": "theorem",
    "lem": "lemma",
    "cor": "corollary",
    "prp": "proposition",
    "cnj": "conjecture",
    "def": "definition",
    "exm": "example",
    "exr": "exercise",
}
"""The series that numbers an element, by what its id begins with."""
SECTION = "sec"
"""How ids of sections begin where a reference is to name them by their number."""
PREFIXES = (*SERIES, SECTION)
CAPTIONED = frozenset({"figure", "table", "listing"})
"""The series whose members have a caption."""
COLONED = {"ex": "exm", "tab": "tbl"}
"""Prefixes that are some authors' with a colon; with a hyphen, they may begin any name."""
_PLACE = re.compile(
    rf"(?i:(?P<own>{'|'.join(PREFIXES)})[-:]|(?P<other>{'|'.join(COLONED)}):)(?=\S)"
)


def place_named(key: str) -> str:
    """Return the id of the place that a key names, or nothing: ``Fig:loop`` → ``fig-loop``."""
    found = _PLACE.match(key)
    if not found:
        return ""
    prefix = found["own"] or COLONED[found["other"].lower()]
    return f"{prefix.lower()}-{key[found.end() :]}"


def other_spelling(own: str) -> str:
    """Return how some authors write an id: ``exm-loop`` → ``ex:loop``; nothing if none does."""
    prefix, _, name = own.partition("-")
    others = (other for other, known in COLONED.items() if known == prefix)
    return next((f"{other}:{name}" for other in others), "")


def series_of(own: str) -> str:
    """Return the series that an id belongs to, or nothing."""
    prefix, _, name = own.partition("-")
    return SERIES.get(prefix, "") if name else ""
