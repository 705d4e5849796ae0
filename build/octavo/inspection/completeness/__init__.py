"""The proof that a finished file holds every block of the manuscript: once, whole, in order, seen.

It reads the file that leaves the house and the pages before they were set, and nothing that the
press says of its own work; ``docs/manual/proof.md`` tells what is proved, and what only nearly.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from octavo.book.count import words_in
from octavo.inspection.completeness.account import Account
from octavo.inspection.completeness.composition import lost_in_composition, marked_faults
from octavo.inspection.completeness.ebook import prove_ebook
from octavo.inspection.completeness.faults import Fault
from octavo.inspection.completeness.folding import folded, merged
from octavo.inspection.completeness.folios import of_furniture, of_labels, of_references
from octavo.inspection.completeness.ink import invisible
from octavo.inspection.completeness.ledger import ledger_of
from octavo.inspection.completeness.notes import of_notes
from octavo.inspection.completeness.order import of_order
from octavo.inspection.completeness.printed import of_text, printed
from octavo.inspection.completeness.sight import location_of, of_sight
from octavo.inspection.completeness.witness import of_witness
from octavo.model import Manuscript, Medium
from octavo.press.fonts import alike
from octavo.press.pdf.positions import UnreadablePdfError, sheets_of
from octavo.rendition.blocks import PICTURE, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.inspection.completeness.ledger import Ledger
    from octavo.inspection.completeness.printed import Printed
    from octavo.inspection.completeness.tiling import Same
    from octavo.model import Rendition
    from octavo.press.fonts import Face

__all__ = ["Account", "Fault", "prove"]


def prove(
    data: bytes, rendition: Rendition, manuscript: Manuscript, faces: tuple[Face, ...]
) -> Account:
    """Prove a finished file against the manuscript and the rendition it was made of."""
    is_pdf = rendition.book.edition.medium is Medium.PDF
    account = prove_pdf(data, rendition, faces) if is_pdf else _of_epub(data, rendition)
    before = (*marked_faults(rendition), *lost_in_composition(manuscript, rendition))
    return replace(account, faults=(*before, *account.faults))


def _of_epub(epub: bytes, rendition: Rendition) -> Account:
    ledger = ledger_of(rendition)
    return _account(rendition, ledger, None, prove_ebook(epub, rendition))


def prove_pdf(pdf: bytes, rendition: Rendition, faces: tuple[Face, ...]) -> Account:
    """Prove a finished PDF against the leaves of its rendition alone."""
    ledger = ledger_of(rendition)
    try:
        sheets = sheets_of(pdf)
    except UnreadablePdfError as problem:
        place = rendition.book.edition.location
        fault = Fault("unreadable-file", place, "", found=str(problem))
        return _account(rendition, ledger, None, (fault,))
    same = _same(faces)
    book = printed(sheets, ledger, same)
    names = frozenset(face.name for face in faces)
    faults = (
        *of_text(book),
        *of_notes(book),
        *of_order(book),
        *of_labels(book),
        *of_furniture(book, rendition.book),
        *of_references(book),
        *of_sight(book, names),
        *_unseen(pdf, book),
        *of_witness(pdf, book, same),
    )
    return _account(rendition, ledger, book, faults)


def _unseen(pdf: bytes, book: Printed) -> Iterator[Fault]:
    for run, words in invisible(pdf, book.sheets):
        yield book.fault("text-invisible", location_of(book, run), words, run)


def _same(faces: tuple[Face, ...]) -> Same:
    """Return what makes signs of one shape one sign; the shapes are read only where asked for."""

    @cache
    def shapes() -> dict[int, str]:
        return {ord(sign): folded(like) for sign, like in _signs(faces)}

    return lambda text: merged(text, shapes())


def _signs(faces: tuple[Face, ...]) -> Iterator[tuple[str, str]]:
    for code, like in alike(faces).items():
        sign = folded(chr(code))
        if len(sign) == 1:
            yield sign, like


def _account(
    rendition: Rendition, ledger: Ledger, book: Printed | None, faults: tuple[Fault, ...]
) -> Account:
    entries = [entry for chapter in ledger.chapters for entry in chapter.entries]
    runs = [run for sheet in book.sheets for run in sheet.runs] if book else []
    return Account(
        edition=rendition.book.edition,
        words=words_in(rendition.book.sections),
        blocks=ledger.blocks,
        notes=sum(len(section.notes) for section in rendition.book.sections),
        pictures=sum(entry.want.count(PICTURE) for entry in entries),
        references=sum(entry.block.kind is Kind.FOLIO for entry in entries),
        pages=len(book.sheets) if book else 0,
        fonts=tuple(sorted({piece.font.name for run in runs for piece in run.pieces})),
        weak=sum(tiling.weak for tiling in book.tilings.values()) if book else 0,
        faults=faults,
    )
