"""Forty formulas of all kinds, in both editions: read, drawn, proved, and missed where lost."""

from __future__ import annotations

import os
import re
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import pikepdf
import pypdfium2 as pdfium
import pytest

from octavo.diagnostics import Severity
from octavo.inspection.completeness.composition import lost_in_composition
from octavo.line import Proofs, Workshop, prepare, prove
from octavo.markup import rewrite, walk
from octavo.model import Medium
from octavo.store import Store

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.diagnostics import Diagnostic
    from octavo.inspection.completeness.account import Account
    from octavo.model import Element

SHEET = Path(__file__).with_name("formulas.md").read_text(encoding="utf-8")
FORMULAS = 40 + 4
"""Those of the sheet that have lines of their own, and those in lines."""
LOST = 15
"""The formula that is taken out, counted from the first of the sheet."""


@pytest.fixture
def sheet(book: LittleBook) -> LittleBook:
    """Return the sheet as a book."""
    return book.add(chapter_md=SHEET)


def prepared(sheet: LittleBook) -> tuple[Proofs, Workshop, list[Diagnostic]]:
    """Return the book as far as it goes without being bound."""
    found: list[Diagnostic] = []
    workshop = Workshop(Store(Path(os.environ["OCTAVO_CACHE"])), found.append)
    proofs = prepare(sheet.folder, lambda _: True, workshop)
    assert proofs is not None
    return proofs, workshop, found


def account(sheet: LittleBook, medium: Medium, changed: bytes) -> Account:
    """Return what is proved of a file that something was done to."""
    proofs, workshop, _ = prepared(sheet)
    (rendition,) = (r for r in proofs.renditions if r.book.edition.medium is medium)
    return prove(changed, rendition, proofs.manuscript, workshop)


def test_the_sheet_is_made_and_proved(sheet: LittleBook) -> None:
    """Nothing is said of forty formulas, in an edition of either kind."""
    run = sheet.octavo("build")

    assert run.code == 0
    assert "error" not in run.said
    assert "warning" not in run.said


def test_the_epub_is_valid(sheet: LittleBook) -> None:
    """EPUBCheck has nothing to say of the MathML, and each formula has its TeX."""
    assert sheet.octavo("epub").code == 0
    assert "No errors." in sheet.octavo("check", "--epub").said

    with ZipFile(BytesIO(sheet.made("epub"))) as archive:
        name = next(name for name in archive.namelist() if name.endswith("chapter.xhtml"))
        page = archive.read(name).decode()
    assert page.count("<math ") == page.count(" alttext=") == FORMULAS


def test_a_formula_lost_from_the_epub_is_missed(sheet: LittleBook) -> None:
    """A formula is a thing of its own: without it, its block is not what it was."""
    assert sheet.octavo("epub").code == 0

    out = BytesIO()
    with ZipFile(BytesIO(sheet.made("epub"))) as archive, ZipFile(out, "w") as copy:
        for entry in archive.infolist():
            content = archive.read(entry).decode("latin-1")
            if entry.filename.endswith("chapter.xhtml"):
                formulas = [*re.finditer(r"<math .*?</math>", content, re.DOTALL)]
                lost = formulas[LOST]
                content = content[: lost.start()] + content[lost.end() :]
            copy.writestr(entry, content.encode("latin-1"))

    assert [*account(sheet, Medium.EPUB, sheet.made("epub")).faults] == []
    assert [*account(sheet, Medium.EPUB, out.getvalue()).faults] != []


@pytest.mark.parametrize("keep_mark", [False, True])
def test_a_formula_lost_from_print_is_missed(sheet: LittleBook, *, keep_mark: bool) -> None:
    """Neither the drawing may be missing, nor an empty mark stand where it was."""
    assert sheet.octavo("pdf").code == 0

    out = BytesIO()
    with pikepdf.open(BytesIO(sheet.made("pdf"))) as pdf:
        page = next(page for page in pdf.pages if _marks(page) > LOST // 4)
        _take_out(pdf, page, keep_mark=keep_mark)
        pdf.save(out)

    assert [*account(sheet, Medium.PDF, sheet.made("pdf")).faults] == []
    assert [*account(sheet, Medium.PDF, out.getvalue()).faults] != []


def _is_drawing(step: Any) -> bool:
    return str(step.operator) == "BDC" and "/picture" in str(step.operands[1:])


def _marks(page: pikepdf.Page) -> int:
    return sum(map(_is_drawing, pikepdf.parse_content_stream(page)))


def _take_out(pdf: pikepdf.Pdf, page: pikepdf.Page, *, keep_mark: bool) -> None:
    """Take the paths of the first drawing out of a page, and its mark as well if wanted."""
    steps = [*pikepdf.parse_content_stream(page)]
    start = next(at for at, step in enumerate(steps) if _is_drawing(step))
    end = next(at for at in range(start, len(steps)) if str(steps[at].operator) == "EMC")
    kept = [steps[start], steps[end]] if keep_mark else []
    page.Contents = pdf.make_stream(
        pikepdf.unparse_content_stream([*steps[:start], *kept, *steps[end + 1 :]])
    )


@pytest.mark.parametrize("medium", list(Medium))
def test_a_formula_lost_in_composition_is_missed(sheet: LittleBook, medium: Medium) -> None:
    """What stands in a leaf is held against what the author wrote."""
    proofs, _, found = prepared(sheet)
    (rendition,) = (r for r in proofs.renditions if r.book.edition.medium is medium)

    def without_roots(element: Element) -> Element | tuple[()]:
        return () if element.tag == "math" and "\\sqrt[3]" in element.get("alttext") else element

    changed = (
        replace(leaf, content=next(walk(*rewrite(leaf.content, without_roots))))
        for leaf in rendition.leaves
    )
    lost = lost_in_composition(proofs.manuscript, replace(rendition, leaves=tuple(changed)))

    assert [each for each in found if each.severity is Severity.ERROR] == []
    assert lost_in_composition(proofs.manuscript, rendition) == ()
    line = 1 + SHEET[: SHEET.index("$$\n\\sqrt[3]")].count("\n")
    assert {str(fault.location) for fault in lost} == {f"chapter.md:{line}"}


def test_a_formula_with_a_name_has_its_number(book: LittleBook) -> None:
    """It stands at the right margin, behind the formula, and references say it."""
    named = "$$\na = b\n$$ {#eq-one}\n\n$$c$$ {#eq:two}"
    book.add(chapter_md=f"# One\n\nBy @eq-two and [](#eq-one).\n\n{named}\n\n$$d$$\n")

    assert book.octavo("build").code == 0
    with pdfium.PdfDocument(book.made("pdf")) as pdf:
        texts = [(page.get_width(), page.get_textpage()) for page in pdf]
        width, text = next(pair for pair in texts if "By Equation" in pair[1].get_text_range())
        said = text.get_text_range()
        boxes = [text.get_charbox(said.index(number)) for number in ("(1)", "(2)")]
    assert "By Equation 2 and Equation 1." in " ".join(said.split())
    assert {round(left) for left, *_ in boxes} == {round(boxes[0][0])}
    assert boxes[0][0] > width * 2 / 3


def test_formulas_stand_from_left_to_right_in_arabic(book: LittleBook) -> None:
    """Their pieces keep their order, and the brackets of a number their sides."""
    name = "identifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e"
    long = " + ".join(f"a_{n} x^{n}" for n in range(6))
    text = f"# الفصل\n\nهذا $f(x) = {long}$ نص.\n\n$$\na = b\n$$ {{#eq-one}}\n"
    book.add(book_yaml=f"title: كتاب\nlanguage: ar\n{name}\n", chapter_md=text)

    run = book.octavo("build")

    assert run.code == 0
    assert "error" not in run.said


def test_the_same_book_is_the_same_bytes(sheet: LittleBook) -> None:
    """Drawings that come from the store are those that were drawn."""
    assert sheet.octavo("build").code == 0
    first = sheet.made("pdf"), sheet.made("epub")
    assert sheet.octavo("build").code == 0

    assert (sheet.made("pdf"), sheet.made("epub")) == first
