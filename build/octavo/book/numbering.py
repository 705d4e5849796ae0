"""The numbers of parts, chapters, appendices and notes, as they go on from section to section."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from octavo.book.notes import Series
    from octavo.book.words import Words
    from octavo.matter import Numbering
    from octavo.model import Labels


@dataclass
class Count:
    """Where the three numbered series stand, and that of the notes.

    Chapters run straight through the parts.
    """

    words: Words
    labels: Labels
    notes: Series
    counts: Counter[str] = field(default_factory=Counter)

    def next(self, numbering: Numbering) -> tuple[str, str]:
        """Return label and number of the next member of a series: ``("Part One", "One")``."""
        if not numbering or numbering in self.labels.unnumbered:
            return "", ""
        self.counts[numbering] += 1
        value = self.counts[numbering]
        figures = {
            "part": self.words.number(value),
            "chapter": str(value),
            "appendix": letter(value),
        }
        own = getattr(self.labels, numbering)
        word = self.words[numbering] if own is None else own
        return f"{word} {figures[numbering]}".strip(), figures[numbering]


def letter(value: int) -> str:
    """Return A to Z, then AA, AB …, for an appendix counted from 1."""
    letters = ""
    while value:
        value, rest = divmod(value - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
