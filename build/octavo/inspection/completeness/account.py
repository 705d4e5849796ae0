"""The account of a proof: what was counted in a finished file, and what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from octavo.book.count import words_in
from octavo.inspection.completeness.faults import told
from octavo.rendition.blocks import PICTURE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Diagnostic
    from octavo.inspection.completeness.faults import Fault
    from octavo.inspection.completeness.ledger import Ledger
    from octavo.model import Edition, Rendition


@dataclass(frozen=True, slots=True)
class Account:
    """What was proved of one edition."""

    edition: Edition
    words: int
    """Words of the text that the file must hold, as the summary of a build counts them."""
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


def account_of(rendition: Rendition, ledger: Ledger, faults: tuple[Fault, ...]) -> Account:
    """Return the account of a file, but for what only a PDF has."""
    entries = [entry for chapter in ledger.chapters for entry in chapter.entries]
    sections = rendition.book.sections
    return Account(
        edition=rendition.book.edition,
        words=words_in(sections),
        blocks=ledger.blocks,
        notes=sum(len(section.notes) for section in sections),
        pictures=sum(entry.want.count(PICTURE) for entry in entries),
        references=sum(entry.block.kind is Kind.FOLIO for entry in entries),
        pages=0,
        fonts=(),
        weak=0,
        faults=faults,
    )


def counted(account: Account) -> list[tuple[str, str]]:
    """Return what was counted, each with its name, leaving out what there is none of.

    Of a file that cannot be read nothing was.
    """
    if any(fault.code == "unreadable-file" for fault in account.faults):
        return []
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
