"""Capitals beside a full stop, which Pandoc takes for the end of a sentence wherever it stands.

It makes English titles small, and large again behind a stop: ``{E}. coli`` would be *E. Coli*, and
``U.S.`` *u.s.*  There the source has the word; a colon ends a title without doubt.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

Item = dict[str, Any]
TITLES = (
    "title", "title-short", "container-title", "container-title-short", "volume-title",
    "collection-title", "original-title", "reviewed-title", "event-title", "event",
)  # fmt: skip
"""Fields of CSL of which Pandoc changes the capitals."""
SOURCES = frozenset(
    "title subtitle titleaddon booktitle booksubtitle maintitle mainsubtitle journaltitle series"
    " journal issuetitle eventtitle origtitle shorttitle volumetitle".split()
)
"""Fields of BibTeX that these come from."""
MOST = 400
"""Words of a title that are compared; each is with each, and no title has as many."""
_WORD = re.compile(r"<[^<>]*>|[^\W_]+")
_UNSEEN = re.compile(r"<[^<>]*>|\\(?:[A-Za-z]+|.)|[{}]")


class _Word(NamedTuple):
    """A word of a title, where it stands, and on which sides of it there is a stop."""

    text: str
    start: int
    end: int
    is_after: bool
    is_before: bool


def restored(item: Item, sources: Iterable[str]) -> None:
    """Give the words beside a full stop the capitals that they have in the source."""
    written = _words(" | ".join(_UNSEEN.sub("", source) for source in sources))
    for name in TITLES:
        if isinstance(text := item.get(name), str) and "." in text:
            item[name] = _like(text, written)


def _like(text: str, written: list[_Word]) -> str:
    said = _words(text)
    ours, theirs = ([word.text.casefold() for word in words] for words in (said, written))
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    for at, source, size in reversed(blocks):
        for offset in reversed(range(size)):
            word, meant = said[at + offset], written[source + offset]
            if _counts(meant):
                text = f"{text[: word.start]}{meant.text}{text[word.end :]}"
    return text


def _counts(word: _Word) -> bool:
    """Tell whether a word is a lone letter before a stop, or small behind one."""
    is_alone = word.is_before and len(word.text) == 1
    return is_alone or (word.is_after and word.text[0].islower())


def _words(text: str) -> list[_Word]:
    found = [each for each in _WORD.finditer(text) if not each[0].startswith("<")][:MOST]
    ends = [0, *(each.end() for each in found)]
    starts = [*(each.start() for each in found), len(text)]
    between = [_UNSEEN.sub("", text[a:b]) for a, b in zip(ends, starts, strict=True)]
    return [
        _Word(each[0], *each.span(), before.rstrip().endswith("."), after.startswith("."))
        for each, before, after in zip(found, between, between[1:], strict=False)
    ]
