"""A second reader of the file, which knows nothing of the first: PDFium, and what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pypdfium2

from octavo.inspection.completeness.folding import HYPHEN, folded
from octavo.inspection.completeness.paper.sight import location_of
from octavo.inspection.completeness.paper.tiling import is_right_to_left

if TYPE_CHECKING:
    from octavo.inspection.completeness.faults import Fault
    from octavo.inspection.completeness.paper.printed import Printed
    from octavo.inspection.completeness.paper.tiling import Same

_LETTERS = 24
"""How many letters of a page's first line are compared."""
_BROKEN = "\x02\ufffe"
"""What PDFium says for the hyphen of a word broken at the end of a line."""


def of_witness(pdf: bytes, book: Printed, same: Same) -> Iterator[Fault]:
    """Yield the pages at whose head PDFium does not find the text that should begin there."""
    with pypdfium2.PdfDocument(pdf) as document:
        for sheet in book.sheets:
            first = next((run for run in sheet.runs if run.section and not run.generated), None)
            if first is None:
                continue
            page = document[sheet.number]
            try:
                text = page.get_textpage().get_text_range()
            finally:
                page.close()
            seen = _plain(text)
            words = _plain(first.text)
            if is_right_to_left(words):
                missing = not _has_letters(seen, words)
            else:
                words = words[:_LETTERS]
                missing = words not in seen and same(words) not in same(seen)
            if missing:
                place = location_of(book, first)
                yield book.fault("witness-disagrees", place, first.text, first)


def _has_letters(seen: str, line: str) -> bool:
    """Tell whether the letters of a line that runs to the left stand together, in any order.

    PDFium turns brackets round, and has its own way with marks.
    """
    seen, line = ("".join(filter(str.isalnum, text)) for text in (seen, line))
    length, wanted = len(line), sorted(line)
    starts = range(len(seen) - length + 1)
    return any(sorted(seen[at : at + length]) == wanted for at in starts)


def _plain(text: str) -> str:
    for sign in _BROKEN:
        text = text.replace(sign, "")
    return folded(text).replace(HYPHEN, "")
