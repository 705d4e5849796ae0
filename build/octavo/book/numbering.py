"""The numbers of parts, chapters, appendices and notes, as they go on from section to section."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octavo.book.words import PLACE, capital

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
            "appendix": self.words.letter(value),
        }
        number = figures[numbering]
        return self._label(numbering, number), number

    def _label(self, numbering: Numbering, number: str) -> str:
        own: str | None = getattr(self.labels, numbering)
        if own is None:
            return capital(self.words.places[numbering].one.replace(PLACE, number))
        if PLACE in own:
            return own.replace(PLACE, number)
        return f"{own} {number}" if own else capital(number)
