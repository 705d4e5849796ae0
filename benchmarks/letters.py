"""Injure the letters of a finished PDF: cut them, or make them others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cuts import Inflict, Wanted, changed, is_line
from octavo.inspection.completeness.folding import folded
from surgery import Patient, code_of

if TYPE_CHECKING:
    from octavo.press.pdf.runs import Piece, Run


def cut_letters(count: int) -> Inflict:
    """Return the injury that cuts so many letters of a line."""

    def inflict(patient: Patient) -> Run | None:
        run = patient.choose(lambda run, entry: is_line(run, entry) and len(letters(run)) > count)
        if run:
            start = patient.dice.randrange(len(letters(run)) - count)
            cut = {at: b"" for at, _ in letters(run)[start : start + count]}
            changed(patient, [run], lambda page, span: page.recode(span, cut))
        return run

    return inflict


def letters(run: Run) -> list[tuple[int, Piece]]:
    """Return the places of the letters and figures of a run, each with the piece it stands in."""
    glyphs = [(piece, code) for piece in run.pieces for code in piece.codes]
    said = ((at, piece, piece.font.texts.get(code, "")) for at, (piece, code) in enumerate(glyphs))
    return [(at, piece) for at, piece, text in said if text.isalnum()]


def other_letter(patient: Patient, run: Run) -> dict[int, bytes]:
    """Return the change of one letter of a run to another one of the same font."""
    at, piece = patient.dice.choice(letters(run))
    codes = [code for each in run.pieces for code in each.codes]
    said = folded(piece.font.texts[codes[at]])
    digits = said.isdigit()
    code = code_of(
        piece.font,
        lambda text: text.isascii() and text.isalnum() and folded(text) != said
        and (text.isdigit() or not digits),
        patient.dice,
    )  # fmt: skip
    return {at: code or b""}


def change_letter(wanted: Wanted) -> Inflict:
    """Return the injury that makes a letter another one."""

    def inflict(patient: Patient) -> Run | None:
        run = patient.choose(lambda run, entry: wanted(run, entry) and bool(letters(run)))
        if run:
            change = other_letter(patient, run)
            changed(patient, [run], lambda page, span: page.recode(span, change))
        return run

    return inflict
