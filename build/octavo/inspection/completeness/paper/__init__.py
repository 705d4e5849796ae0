"""The proof of a printed book: its pages, as they are in the file, against the ledger."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from octavo.inspection.completeness.account import account_of
from octavo.inspection.completeness.faults import Fault
from octavo.inspection.completeness.folding import folded, merged
from octavo.inspection.completeness.ledger import ledger_of
from octavo.inspection.completeness.paper.folios import of_furniture, of_labels, of_references
from octavo.inspection.completeness.paper.ink import invisible
from octavo.inspection.completeness.paper.notes import of_notes
from octavo.inspection.completeness.paper.order import of_order
from octavo.inspection.completeness.paper.overprint import of_overprint
from octavo.inspection.completeness.paper.printed import of_text, printed
from octavo.inspection.completeness.paper.shapes import of_shapes
from octavo.inspection.completeness.paper.sight import location_of, of_sight, of_size
from octavo.inspection.completeness.paper.witness import of_witness
from octavo.press.fonts import alike
from octavo.press.pdf.positions import UnreadablePdfError, sheets_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.inspection.completeness.account import Account
    from octavo.inspection.completeness.paper.printed import Printed
    from octavo.inspection.completeness.paper.tiling import Same
    from octavo.model import Rendition
    from octavo.press.fonts import Face

__all__ = ["likeness", "prove_pdf"]


def prove_pdf(pdf: bytes, rendition: Rendition, faces: tuple[Face, ...]) -> Account:
    """Prove a finished PDF against the leaves of its rendition alone."""
    ledger = ledger_of(rendition)
    try:
        sheets = sheets_of(pdf)
    except UnreadablePdfError as problem:
        place = rendition.book.edition.location
        fault = Fault("unreadable-file", place, "", found=str(problem))
        return account_of(rendition, ledger, (fault,))
    same = likeness(faces)
    book = printed(sheets, ledger, same)
    names = frozenset(face.name for face in faces)
    faults = (
        *of_text(book),
        *of_notes(book),
        *of_order(book),
        *of_labels(book),
        *of_furniture(book, rendition.book),
        *of_references(book),
        *of_size(book, rendition.book.edition.trim),
        *of_sight(book, names),
        *of_shapes(book, faces),
        *of_overprint(book),
        *_unseen(pdf, book),
        *of_witness(pdf, book, same),
    )
    runs = [run for sheet in sheets for run in sheet.runs]
    return replace(
        account_of(rendition, ledger, faults),
        pages=len(sheets),
        fonts=tuple(sorted({piece.font.name for run in runs for piece in run.pieces})),
        weak=sum(tiling.weak for tiling in book.tilings.values()),
    )


def _unseen(pdf: bytes, book: Printed) -> Iterator[Fault]:
    for run, words in invisible(pdf, book.sheets):
        yield book.fault("text-invisible", location_of(book, run), words, run)


def likeness(faces: tuple[Face, ...]) -> Same:
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
