"""The proof that a finished file holds every block of the manuscript: once, whole, in order, seen.

It reads the file that leaves the house and the pages before they were set.  What a block is, and
which running head and folio are due, it knows from the press; all else it finds out by itself.
``docs/manual/proof.md`` tells what is proved, and what only nearly.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.inspection.completeness.account import Account, account_of
from octavo.inspection.completeness.composition import lost_in_composition, marked_faults
from octavo.inspection.completeness.ebook import prove_ebook
from octavo.inspection.completeness.faults import Fault
from octavo.inspection.completeness.ledger import ledger_of
from octavo.inspection.completeness.paper import prove_pdf
from octavo.model import Manuscript, Medium

if TYPE_CHECKING:
    from octavo.model import Rendition
    from octavo.press.fonts import Face

__all__ = ["Account", "Fault", "prove"]


def prove(
    data: bytes, rendition: Rendition, manuscript: Manuscript, faces: tuple[Face, ...]
) -> Account:
    """Prove a finished file against the manuscript and the rendition it was made of."""
    is_pdf = rendition.book.edition.medium is Medium.PDF
    account = (prove_pdf if is_pdf else _of_epub)(data, rendition, faces)
    before = (*marked_faults(rendition), *lost_in_composition(manuscript, rendition))
    return replace(account, faults=(*before, *account.faults))


def _of_epub(epub: bytes, rendition: Rendition, faces: tuple[Face, ...]) -> Account:
    ledger = ledger_of(rendition)
    return account_of(rendition, ledger, prove_ebook(epub, rendition, faces))
