"""What an author says of a listing: its caption, the numbers of its lines, those to be lit up."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import attributes, captions
from octavo.manuscript.syntax.ledger import Block
from octavo.manuscript.syntax.marks import line_of, marked
from octavo.markup import text_of, with_attributes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.manuscript.syntax.attributes import Pairs
    from octavo.manuscript.syntax.flow import Flow
    from octavo.manuscript.syntax.ledger import Ledger
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
        caption = captions.above(flow, _CAPTION)
        if caption is None:
            caption, end = captions.below(flow.lines, end, _CAPTION)
    if caption is None:
        return code, end
    text, pairs = caption
    outer = tuple(pair for pair in own.items() if pair[0] in _OF_FIGURE)
    inner = tuple(pair for pair in own.items() if pair[0] not in _OF_FIGURE)
    around = attributes.merged(attributes.merged((("class", "listing"),), outer), pairs)
    parts = (Block("figcaption", line_of(text), text=text), replace(code, attributes=inner))
    return Block("figure", code.line, around, parts), end


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
