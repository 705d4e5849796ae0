"""The account of a proof: what was counted in a finished file, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octavo.inspection.completeness.faults import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Diagnostic
    from octavo.inspection.completeness.faults import Fault
    from octavo.model import Edition


@dataclass(frozen=True, slots=True)
class Account:
    """What was proved of one edition."""

    edition: Edition
    words: int
    """Words of the manuscript's text that were found in their places."""
    blocks: int
    """Blocks with text of their own: paragraphs, headings, cells, items, notes."""
    notes: int
    pictures: int
    references: int
    """Page numbers in the text, each held against the page it names."""
    pages: int
    """Zero for an EPUB."""
    fonts: tuple[str, ...]
    """The names of the fonts, in order."""
    weak: int
    """Lines of which only the letters were proved, not their order."""
    faults: tuple[Fault, ...]

    def findings(self) -> Iterator[Diagnostic]:
        """Yield what to say of it."""
        return told(self.faults, self.edition.location)


@dataclass(frozen=True, slots=True)
class Proved:
    """A finished file and its account."""

    name: str
    data: bytes = field(repr=False)
    account: Account


def counted(account: Account) -> list[tuple[str, str]]:
    """Return what was counted, each with its name, leaving out what there is none of."""
    counts = (
        ("pages", account.pages),
        ("blocks", account.blocks),
        ("words", account.words),
        ("notes", account.notes),
        ("pictures", account.pictures),
        ("page references", account.references),
        ("lines proved by their letters alone", account.weak),
    )
    rows = [(name, f"{count:,}") for name, count in counts if count]
    return [*rows, *([("fonts", ", ".join(account.fonts))] if account.fonts else [])]
