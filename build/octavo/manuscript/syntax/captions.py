"""Captions that stand in a paragraph of their own: ``Table: …``, ``Listing: …``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.manuscript.syntax import attributes
from octavo.manuscript.syntax.ledger import Block, Line, joined
from octavo.manuscript.syntax.marks import unmarked

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from octavo.manuscript.syntax.flow import Flow

Caption = tuple[str, attributes.Pairs]
"""The words of a caption, and the attributes behind them."""


def above(flow: Flow, opens: re.Pattern[str]) -> Caption | None:
    """Take the caption that stands above, if one does; ``opens`` is how it begins."""
    if flow.paragraph:
        if not opens.match(flow.paragraph[0].text):
            return None
        text = joined(flow.paragraph)
        flow.paragraph.clear()
        return _split(text)
    last = flow.blocks[-1] if flow.blocks else None
    if isinstance(last, Block) and last.tag == "p" and opens.match(unmarked(last.text)):
        flow.blocks.pop()
        return _split(last.text)
    return None


def below(lines: Sequence[Line], end: int, opens: re.Pattern[str]) -> tuple[Caption | None, int]:
    """Return the caption that stands below a line, if one does, and the line after it."""
    start = end + 1 if end < len(lines) and lines[end].blank else end
    if start >= len(lines) or not opens.match(lines[start].text):
        return None, end
    stop = start
    while stop < len(lines) and not lines[stop].blank:
        stop += 1
    return _split(joined(lines[start:stop])), stop


def _split(text: str) -> Caption:
    # The mark of the first line stands before the word that makes it a caption.
    cut = text.index(":") + 1
    return attributes.trailing(text[:2] + text[cut:].lstrip(" "))
