"""Citations in Pandoc's syntax: ``[see @key, p. 3; -@other]`` and ``@key [p. 3]``."""

from __future__ import annotations

import re

from octavo.manuscript.syntax.branch import Branch, grow
from octavo.manuscript.syntax.marks import ESCAPE, unmarked

KEY = r"(?:\{([^{}]+)\}|(\w+(?:[:.#$%&\-+?<>~/]\w+)*))"
"""A citation's key; braces allow any character (Pandoc's User's Guide, “Citation syntax”)."""
_AT = r"(?<![\w.+/])((?<![\w-])-)?@"
NARRATIVE = rf"{_AT}{KEY}(?:[\s\U00100000-\U0010fffd]{{1,3}}\[([^\[\]@]*)\])?"
_ITEM = re.compile(rf"(.*?){_AT}{KEY}(.*)", re.DOTALL)
_LABELS = (
    "book|bk|bks|books|chapter|chapters|chap|chaps|ch|chs|column|columns|col|cols|figure|figures"
    "|fig|figs|folio|folios|fol|fols|number|numbers|no|nos|line|lines|l|ll|note|notes|n|nn|opus"
    "|opera|op|opp|page|pages|p|pp|paragraph|paragraphs|para|paras|part|parts|pt|pts|section"
    "|sections|sec|secs|sub|verse|verses|v|vv|volume|volumes|vol|vols|¶|¶¶|§|§§"
    "|seite|seiten|s|kapitel|kap|bd|bde|band|página|páginas|pág|págs|chapitre|cap|capítulo|art"
)
_LOCATOR = re.compile(rf"\s*(?:\d|\{{|(?:{_LABELS})\.?(?=[\s\d{{]))", re.IGNORECASE)


def parenthetical(inside: str) -> Branch | None:
    """Return the citation in a bracket, or None if each part does not name a work."""
    inside = _written(inside)
    found = [_ITEM.fullmatch(part) for part in inside.split(";")]
    if not all(found):
        return None
    citation = Branch("citation", {"mode": "parenthetical", "text": f"[{inside}]"})
    for item in found:
        if item is not None:
            mode = "suppress-author" if item[2] else "normal"
            _cite(citation, item[3] or item[4], mode, item[1].strip(), item[5])
    return citation


def narrative(found: re.Match[str], source: str, locator: str) -> Branch:
    """Return the citation of a key in running text."""
    text = _written(source)
    citation = Branch("citation", {"mode": "narrative", "text": text})
    mode = "suppress-author" if found[1] else "author-in-text"
    _cite(citation, found[2] or found[3], mode, "", f", {_written(locator)}" if locator else "")
    return citation


def _cite(citation: Branch, key: str, mode: str, prefix: str, after: str) -> None:
    rest = after.removeprefix(",")
    is_locator = bool(_LOCATOR.match(rest)) and after[:1] in {",", " "}
    # A suffix keeps its comma and its space: they are the author's.
    locator, suffix = (rest.strip(), "") if is_locator else ("", after.rstrip())
    if locator.startswith("{") and locator.endswith("}"):
        locator = locator[1:-1].strip()
    named = {"key": key, "mode": mode, "prefix": prefix, "locator": locator, "suffix": suffix}
    grow(citation, "cite", named)


def _written(text: str) -> str:
    """Return source text on one line, with the backslashes that the author wrote."""
    text = ESCAPE.sub(lambda found: f"\\{chr(int(found[1]))}", text)
    return re.sub(r"\s+", _unbroken, unmarked(text))


def _unbroken(space: re.Match[str]) -> str:
    return " " if "\n" in space.group() else space.group()
