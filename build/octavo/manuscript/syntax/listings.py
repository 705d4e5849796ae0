"""What an author says of a listing: its caption, the numbers of its lines, those to be lit up."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import attributes
from octavo.manuscript.syntax.ledger import Block, joined
from octavo.manuscript.syntax.marks import line_of, marked, unmarked
from octavo.markup import text_of, with_attributes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octavo.manuscript.syntax.attributes import Pairs
    from octavo.manuscript.syntax.flow import Flow
    from octavo.manuscript.syntax.ledger import Ledger, Line
    from octavo.model import Element

NUMBERED = "numbered"
HIGHLIGHT = "highlight"
STARTS = ("start", "startFrom", "start-from")
"""The number of the first line; the last two are Pandoc's."""
_CAPTIONS = ("caption", "lst-cap")
"""What holds a caption; the second is Quarto's."""
_OF_FIGURE = frozenset({"id", "short"})
"""The attributes of code that are those of the figure around it."""
_CAPTION = re.compile(r" {0,3}Listing:(?: +|$)")
_RANGE = re.compile(r"(\d{1,6})(?:[-–](\d{1,6}))?")
_NUMBER = re.compile(r"\d{1,6}")


@dataclass(frozen=True, slots=True)
class Lines:
    """What is to be seen of a listing's lines beside their code."""

    start: int | None
    """The number of the first; None where the lines bear none."""
    lit: frozenset[int]
    """Those that are highlighted, counted from 1."""


def lines_of(code: Element) -> Lines:
    """Return what an author asked for; what cannot be had is left out."""
    start = next((code.get(name) for name in STARTS if code.get(name)), "")
    asks = NUMBERED in code.classes or _NUMBER.fullmatch(start)
    first = int(start) if _NUMBER.fullmatch(start) else 1
    last = _count(code)
    rows = (range(low, min(high, last) + 1) for low, high in _ranges(code.get(HIGHLIGHT)))
    return Lines(first if asks else None, frozenset(n for row in rows for n in row))


def without_settings(code: Element) -> Element:
    """Return a listing without the attributes that say what its lines look like."""
    return with_attributes(code, **dict.fromkeys((*STARTS, HIGHLIGHT)))


def captioned(flow: Flow, code: Element, end: int) -> tuple[Block | Element, int]:
    """Return a listing with the caption that it has, and the line after both."""
    _check(code, flow.ledger)
    own = dict(code.attributes)
    name = next((name for name in _CAPTIONS if own.get(name, "").strip()), "")
    if name:
        flow.ledger.put_aside(code.line, name)
        caption: tuple[str, Pairs] | None = (marked(code.line, own.pop(name)), ())
    else:
        caption = _above(flow)
        if caption is None:
            caption, end = _below(flow.lines, end)
    if caption is None:
        return code, end
    text, pairs = caption
    outer = tuple(pair for pair in own.items() if pair[0] in _OF_FIGURE)
    inner = tuple(pair for pair in own.items() if pair[0] not in _OF_FIGURE)
    around = attributes.merged(attributes.merged((("class", "listing"),), outer), pairs)
    parts = (Block("figcaption", line_of(text), text=text), replace(code, attributes=inner))
    return Block("figure", code.line, around, parts), end


def _above(flow: Flow) -> tuple[str, Pairs] | None:
    """Take the caption that stands above a listing."""
    if flow.paragraph and _CAPTION.match(flow.paragraph[0].text):
        text = joined(flow.paragraph)
        flow.paragraph.clear()
        return _split(text)
    last = flow.blocks[-1] if flow.blocks and not flow.paragraph else None
    if isinstance(last, Block) and last.tag == "p" and _CAPTION.match(unmarked(last.text)):
        flow.blocks.pop()
        return _split(last.text)
    return None


def _below(lines: Sequence[Line], end: int) -> tuple[tuple[str, Pairs] | None, int]:
    """Return the caption that stands below a listing, and the line after it."""
    start = end + 1 if end < len(lines) and lines[end].blank else end
    if start >= len(lines) or not _CAPTION.match(lines[start].text):
        return None, end
    stop = start
    while stop < len(lines) and not lines[stop].blank:
        stop += 1
    return _split(joined(lines[start:stop])), stop


def _split(text: str) -> tuple[str, Pairs]:
    """Return a caption without the word that makes it one, and its attributes."""
    cut = text.index(":") + 1
    return attributes.trailing(text[:2] + text[cut:].lstrip(" "))


def _count(code: Element) -> int:
    return text_of(code).count("\n") + 1


def _ranges(written: str) -> Iterator[tuple[int, int]]:
    for part in re.split(r"[\s,;]+", written.strip()):
        if found := _RANGE.fullmatch(part):
            yield int(found[1]), int(found[2] or found[1])


def _check(code: Element, ledger: Ledger) -> None:
    """Tell of lines that cannot be lit up, and of what is no number."""
    written, last = code.get(HIGHLIGHT), _count(code)
    ranges = [*_ranges(written)]
    parts = [part for part in re.split(r"[\s,;]+", written) if part]
    if len(ranges) != len(parts):
        hint = f'write the numbers of lines with commas: {HIGHLIGHT}="3,5-7"'
        ledger.warning("bad-lines", f"“{written}” names no lines", code.line, hint)
    elif any(not 0 < low <= high <= last for low, high in ranges):
        message = f"“{written}” names lines that this listing, which has {last}, does not have"
        hint = "its first line is 1, whatever number it bears"
        ledger.warning("bad-lines", message, code.line, hint)
    for name in STARTS:
        if code.get(name) and not _NUMBER.fullmatch(code.get(name)):
            message = f"“{code.get(name)}” is no number of a line"
            ledger.warning("bad-lines", message, code.line, f"write {name}=10")
