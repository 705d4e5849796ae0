"""Whatever is done to a finished PDF is found; and every check is needed to find all of it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from kinds import INJURIES
from octavo.inspection.completeness import paper

if TYPE_CHECKING:
    from collections.abc import Callable

    from octavo.inspection.completeness.faults import Fault

Ward = Any
"""What ``conftest.py`` makes: tests are no package."""
CHECKS = {
    "of_text": "drop line",
    "of_notes": "number of a note changed",
    "of_order": "swap two lines on paper",
    "of_furniture": "running head changed",
    "of_references": "page reference changed",
    "of_sight": "glyph not in the font",
    "of_overprint": "words over words",
    "invisible": "clipped in half",
}
"""Each check, and an injury that no other one sees."""


def test_the_sound_book_has_no_fault(ward: Ward) -> None:
    """Nothing is said against a book to which nothing was done."""
    patient = ward.patient()

    assert ward.faults(patient) == []


@pytest.mark.parametrize("name", [injury.name for injury in INJURIES])
def test_every_injury_is_found(ward: Ward, name: str) -> None:
    """An injury is called what it is, at the line of the manuscript that suffers."""
    assert ward.sees(name)


@pytest.mark.parametrize("check", CHECKS)
def test_without_its_check_an_injury_goes_unseen(
    ward: Ward, monkeypatch: pytest.MonkeyPatch, check: str
) -> None:
    """Every check finds something that all the others together do not."""
    monkeypatch.setattr(paper, check, lambda *_: ())

    assert not ward.sees(CHECKS[check])


@pytest.mark.parametrize("seed", range(5))
def test_a_wrong_folio_is_no_wrong_head(ward: Ward, seed: int) -> None:
    """A folio is called wrong whether a head stands above it or, as where chapters begin, none."""
    assert ward.sees("folio changed", seed=seed)


def test_a_label_that_no_folio_shows_is_held_to_its_page(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The label of a page that bears no folio is seen to be wrong, and by one check alone."""
    patient = ward.patient()
    numbers = Array(
        [0, Dictionary(S=Name.D), 1, Dictionary(S=Name.r, St=2), 4, Dictionary(S=Name.D)]
    )
    patient.pdf.Root.PageLabels = Dictionary(Nums=numbers)
    seen = [(fault.code, fault.page, fault.found) for fault in ward.faults(patient)]
    monkeypatch.setattr(paper, "of_labels", lambda *_: ())

    assert seen == [("wrong-folio", 0, "1")]
    assert ward.faults(patient) == []


# --- The second reader --------------------------------------------------------------------------


def test_the_witness_is_not_deceived_where_the_first_reader_is(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page whose first line is gone is seen even if the press's own reader sees it there."""
    faults = _deceived(ward, monkeypatch)

    assert [(str(fault.location), fault.code, fault.page) for fault in faults] == [
        ("third.md:1", "witness-disagrees", _first_page(ward, "third"))
    ]


def test_without_the_witness_a_deceived_reader_sees_nothing(
    ward: Ward, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No other check knows what the file says but through the press's own reader."""
    monkeypatch.setattr(paper, "of_witness", lambda *_: ())

    assert _deceived(ward, monkeypatch) == []


def _deceived(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> list[Fault]:
    """Prove a book that lost all text of a page, with a reader that sees the page as it was."""
    patient = ward.patient()
    monkeypatch.setattr(paper, "sheets_of", lambda _: patient.sheets)
    page = patient.open(_first_page(ward, "third"))
    page.steps = [step for step in page.steps if step[1] not in {"Tj", "TJ"}]
    patient.close(page)
    return [fault for fault in ward.faults(patient) if fault.code != "text-invisible"]


def _first_page(ward: Ward, section: str) -> int:
    pages = (sheet for sheet in ward.case.sheets if any(r.section == section for r in sheet.runs))
    return int(next(pages).number)


# --- The file as a whole --------------------------------------------------------------------------


def codes_of(ward: Ward, change: Callable[[Pdf], None]) -> set[str]:
    """Return what the proof says of the book's file after a change."""
    case = ward.case
    with Pdf.open(BytesIO(case.pdf)) as pdf:
        change(pdf)
        out = BytesIO()
        pdf.save(out)
    return {f.code for f in paper.prove_pdf(out.getvalue(), case.rendition, case.faces).faults}


def cropped(pdf: Pdf) -> None:
    for page in pdf.pages:
        page.obj.CropBox = Array([0, 0, 200, 300])


def covered(pdf: Pdf) -> None:
    square = Dictionary(Type=Name.Annot, Subtype=Name.Square, F=4, Rect=Array([0, 0, 300, 300]))
    pdf.pages[6].obj.Annots = Array([pdf.make_indirect(square)])


def emptied(pdf: Pdf) -> None:
    """Give every font the program of another."""
    fonts = [
        font for page in pdf.pages for _, font in (page.obj.Resources.get("/Font", {}).items())
    ]
    programs = [font.DescendantFonts[0].FontDescriptor for font in fonts]
    files = {str(each.FontName): each.FontFile2 for each in programs}
    names = sorted(files)
    for each in programs:
        each.FontFile2 = files[names[names.index(str(each.FontName)) - 1]]


def unclosed(pdf: Pdf) -> None:
    pdf.pages[6].contents_add(b"q")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (cropped, "wrong-page-size"),
        (covered, "unreadable-file"),
        (emptied, "wrong-shape"),
        (unclosed, "unreadable-file"),
    ],
)
def test_what_is_done_to_the_file_itself_is_found(
    ward: Ward, change: Callable[[Pdf], None], code: str
) -> None:
    """Pages cut smaller, things laid over them, other shapes in the fonts: none goes unseen."""
    found = codes_of(ward, change)

    assert code in found
