"""Every kind of injury that a finished PDF can suffer, and what the proof should say of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Dictionary, Name

import cuts
import letters
from octavo.press.pdf.runs import FURNITURE
from surgery import SHOWING, Page, Patient, Span, Step

if TYPE_CHECKING:
    from octavo.press.pdf.runs import Run

_FAR = 10_000
"""Points that no page is wide."""
_LASTING = frozenset({"gs", "cs", "CS", "scn", "SCN", "Tf"})
"""Operators that what comes after a span may count on."""
_NOTDEF = 0
"""The glyph for what a font lacks."""
_WHITE: tuple[Step, ...] = (([1], "g"),)


@dataclass(frozen=True, slots=True)
class Injury:
    """A kind of injury."""

    name: str
    inflict: cuts.Inflict
    codes: str
    """The faults, one of which it is."""
    is_local: bool = True
    """Whether the fault stands at the line of the run that suffers."""


# --- What can be seen ---------------------------------------------------------------------------


def _whiten(page: Page, span: Span) -> None:
    steps = page.steps[span.start : span.end]
    first = next(at for at, (_, name) in enumerate(steps, span.start) if name in SHOWING)
    last = next(at for at in range(span.end, span.start, -1) if page.steps[at][1] in SHOWING)
    colour = [step for step in page.steps[: span.end] if step[1] in {"cs", "scn"}][-2:]
    page.steps[last + 1 : last + 1] = colour
    page.steps[first:first] = _WHITE


def _cover(page: Page, span: Span) -> None:
    x, y, size = _row(page, span)
    box: Step = ([x - size, y - size, _FAR, 1.4 * size], "re")
    page.steps[span.end + 1 : span.end + 1] = [([], "q"), *_WHITE, box, ([], "f"), ([], "Q")]


def _clip(page: Page, span: Span) -> None:
    x, y, size = _row(page, span)
    steps = page.steps[span.start : span.end + 1]
    lasting = [step for step in steps if step[1] in _LASTING]
    box: Step = ([x - size, y - 0.2 * size, _FAR, size], "re")
    clip = [([], "q"), box, ([], "W"), ([], "n")]
    page.steps[span.start : span.end + 1] = [*clip, *steps, ([], "Q"), *lasting]


def _row(page: Page, span: Span) -> tuple[float, float, float]:
    """Return where a span begins on its page, and the size of its type."""
    steps = page.steps[span.start : span.end]
    x, y = next(operands[4:] for operands, name in steps if name == "Tm")
    size = next(operands[1] for operands, name in steps if name == "Tf")
    return float(x), float(y), float(size)


def _shift(page: Page, span: Span, across: float = 2 * _FAR, down: float = 0) -> None:
    for at in range(span.start, span.end):
        page.steps[at] = cuts.moved(page.steps[at], across, down)


def _onto_neighbour(patient: Patient) -> Run | None:
    if pair := cuts.neighbours(patient):
        page = patient.open(pair[0].page)
        above, below = (patient.span(page, run) for run in pair)
        _shift(page, below, 0, _row(page, above)[1] - _row(page, below)[1])
        patient.close(page)
    return pair[1] if pair else None


# --- Fonts and labels ---------------------------------------------------------------------------


def _no_glyph(patient: Patient, code: int) -> Run | None:
    """Show a letter by another code, which has no glyph but says the letter all the same."""
    run = patient.choose(lambda run, entry: cuts.is_line(run, entry) and bool(letters.letters(run)))
    if run is None:
        return None
    page = patient.open(run.page)
    at, piece = patient.dice.choice(letters.letters(run))
    shown = [shown for each in run.pieces for shown in each.codes][at]
    said = piece.font.texts[shown].encode("utf-16-be").hex()
    for font in page.resources.Font.values():
        table = font.ToUnicode.read_bytes()
        saying = f"1 beginbfchar\n<{code:04x}> <{said}>\nendbfchar\n".encode()
        font.ToUnicode = patient.pdf.make_stream(table.replace(b"endcmap", saying + b"endcmap"))
        if code == _NOTDEF:
            font.DescendantFonts[0].W.extend([_NOTDEF, Array([500])])
    page.recode(patient.span(page, run), {at: code.to_bytes(2)})
    patient.close(page)
    return run


def _foreign_font(patient: Patient) -> Run | None:
    run = patient.choose(cuts.is_line)
    if run:
        page = patient.open(run.page)
        font = page.font_of(patient.span(page, run))
        font.BaseFont = Name("/ABCDEF+DejaVu-Sans")
    return run


def _wrong_label(page: Page, span: Span) -> None:
    mark = Dictionary(B=span.block + 1)
    page.steps[span.start] = ([page.steps[span.start][0][0], mark], "BDC")


def _unmarked_copy(page: Page, span: Span) -> None:
    page.steps[span.end + 1 : span.end + 1] = page.steps[span.start + 1 : span.end]


# --- What stands around the text, and whole pages -----------------------------------------------


def _furniture(patient: Patient, *, folio: bool) -> Run | None:
    """Change a letter of a running head, or a figure of a folio."""
    runs = [
        run
        for sheet in patient.sheets
        for run in sheet.runs
        if run.generated == FURNITURE and (folio or len(run.pieces) > 1)
        and run.pieces[-1].text == sheet.folio
    ]  # fmt: skip
    if not runs:
        return None
    run = patient.dice.choice(runs)
    page = patient.open_furniture(run.page)
    head = sum(len(piece.codes) for piece in run.pieces[:-1])
    at, code = next(
        (at, code)
        for at, code in iter(partial(_other, patient, run), None)
        if (at >= head) == folio
    )  # fmt: skip
    page.recode(Span(0, len(page.steps)), {at: code})
    patient.close(page)
    return run


def _other(patient: Patient, run: Run) -> tuple[int, bytes]:
    ((at, code),) = letters.other_letter(patient, run).items()
    return at, code


def _swap_pages(patient: Patient) -> Run | None:
    run = patient.choose(lambda run, e: cuts.is_line(run, e) and run.page + 1 < len(patient.sheets))
    if run:
        pages = patient.pdf.pages
        pages[run.page], pages[run.page + 1] = pages[run.page + 1], pages[run.page]
    return run


def _lose_page(patient: Patient) -> Run | None:
    run = patient.choose(cuts.is_line)
    if run:
        del patient.pdf.pages[run.page]
    return run


def _double_page(patient: Patient) -> Run | None:
    run = patient.choose(cuts.is_line)
    if run:
        patient.pdf.pages.insert(run.page + 1, patient.pdf.pages[run.page])
    return run


def _shift_labels(patient: Patient) -> Run | None:
    """Begin to count one page too late, or too early."""
    first: Any = Dictionary(S=Name.D, St=patient.dice.choice([2, 3]))
    patient.pdf.Root.PageLabels = Dictionary(Nums=Array([0, first]))
    return patient.choose(cuts.is_line)


_NOTE = (cuts.is_note, cuts.of_note)
_LINE = (cuts.is_line, cuts.alone)

INJURIES = (
    Injury("drop note", cuts.changing(*_NOTE, cuts.empty), "text-missing"),
    Injury("double note", cuts.changing(*_NOTE, cuts.copy), "text-doubled"),
    Injury(
        "double note elsewhere on the page",
        cuts.changing(*_NOTE, partial(cuts.copy, higher=200)),
        "text-doubled",
    ),
    Injury("drop line", cuts.changing(*_LINE, cuts.empty), "text-missing"),
    Injury("double line", cuts.changing(*_LINE, cuts.copy), "text-doubled"),
    Injury(
        "drop cell, item, heading",
        cuts.changing(cuts.is_part, cuts.of_block, cuts.empty),
        "text-missing",
    ),
    Injury("drop picture", cuts.changing(cuts.is_picture, cuts.alone, cuts.empty), "text-missing"),
    Injury(
        "swap two lines", cuts.swap_words, "text-missing text-changed text-doubled", is_local=False
    ),
    Injury("swap paragraphs", cuts.swap_paragraphs, "text-out-of-order", is_local=False),
    Injury("swap two lines on paper", cuts.swap_places, "text-out-of-order", is_local=False),
    Injury("line on the next page", cuts.to_next_page, "text-out-of-order text-missing"),
    Injury("cut 5 letters", letters.cut_letters(5), "text-changed text-missing"),
    Injury("cut 1 letter", letters.cut_letters(1), "text-changed text-missing"),
    Injury("change a letter", letters.change_letter(cuts.is_line), "text-changed"),
    Injury("shift off the page", cuts.changing(*_LINE, _shift), "text-off-page"),
    Injury("white text", cuts.changing(*_LINE, _whiten), "text-invisible"),
    Injury("covered by a white box", cuts.changing(*_LINE, _cover), "text-invisible"),
    Injury("clipped in half", cuts.changing(*_LINE, _clip), "text-invisible"),
    Injury("words over words", _onto_neighbour, "text-overprinted"),
    Injury("glyph not in the font", partial(_no_glyph, code=0xFFF0), "glyph-missing"),
    Injury("empty box for a letter", partial(_no_glyph, code=_NOTDEF), "glyph-missing"),
    Injury("font of another name", _foreign_font, "foreign-font", is_local=False),
    Injury("line of no block", cuts.changing(*_LINE, _unmarked_copy), "text-stray", is_local=False),
    Injury("wrong block label", cuts.changing(*_LINE, _wrong_label), "text-missing text-changed"),
    Injury("page reference changed", letters.change_letter(cuts.is_reference), "wrong-page-number"),
    Injury("folio changed", partial(_furniture, folio=True), "wrong-folio", is_local=False),
    Injury(
        "running head changed",
        partial(_furniture, folio=False),
        "wrong-running-head",
        is_local=False,
    ),
    Injury(
        "two pages swapped",
        _swap_pages,
        "text-out-of-order section-out-of-order wrong-folio wrong-running-head",
        is_local=False,
    ),
    Injury("page lost", _lose_page, "text-missing", is_local=False),
    Injury("page doubled", _double_page, "text-doubled", is_local=False),
    Injury("page labels shifted", _shift_labels, "wrong-folio", is_local=False),
    Injury("note set before its call", cuts.before_its_call, "note-before-call"),
    Injury("number of a call changed", letters.change_letter(cuts.is_call), "note-not-called"),
    Injury("number of a note changed", letters.change_letter(cuts.is_marker), "note-not-numbered"),
)
