"""Injure finished books in every way we can think of, and count what the proof finds.

python benchmarks/injuries.py FOLDER [FOLDER ...] [--trials N] [--seed S]
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from random import Random  # noqa: TID251 - the same seed makes the same injuries
from time import process_time
from typing import TYPE_CHECKING

from pikepdf import Pdf

from kinds import INJURIES, Injury
from octavo.inspection.completeness.ledger import Ledger, ledger_of
from octavo.inspection.completeness.paper import likeness, prove_pdf
from octavo.inspection.completeness.paper.folios import of_furniture, of_labels, of_references
from octavo.inspection.completeness.paper.ink import invisible
from octavo.inspection.completeness.paper.notes import of_notes
from octavo.inspection.completeness.paper.order import of_order
from octavo.inspection.completeness.paper.overprint import of_overprint
from octavo.inspection.completeness.paper.printed import Printed, of_text, printed
from octavo.inspection.completeness.paper.sight import location_of, of_sight
from octavo.inspection.completeness.paper.witness import of_witness
from octavo.line import Findings, Workshop, bind, prepare
from octavo.model import Edition, Medium
from octavo.press import fonts
from octavo.press.pdf.positions import sheets_of
from octavo.store import Store
from surgery import Patient, page_alone

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octavo.diagnostics import Location
    from octavo.inspection.completeness.faults import Fault
    from octavo.inspection.completeness.paper.tiling import Same
    from octavo.model import Rendition
    from octavo.press.fonts import Face
    from octavo.press.pdf.runs import Run, Sheet

IDENTIFIER = "urn:uuid:00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Case:
    """A finished book, sound as far as the proof knows."""

    pdf: bytes
    rendition: Rendition
    faces: tuple[Face, ...]
    ledger: Ledger
    sheets: tuple[Sheet, ...]
    same: Same


@dataclass(frozen=True, slots=True)
class Score:
    """What became of the trials of one kind."""

    trials: int
    found: int
    """How often anything at all was told of."""
    named: int
    """How often what is wrong was told of, where it is."""


def case_of(folder: Path) -> Case:
    """Build the first print edition of a folder, in memory, as a draft if it must be one."""
    findings = Findings()
    workshop = Workshop(Store(), findings, IDENTIFIER)
    for draft in (False, True):
        findings.kept.clear()
        proofs = prepare(folder, _is_print, workshop, draft=draft)
        if proofs is None:
            break
        if draft or not any(each.severity == "error" for each in findings.kept):
            rendition = proofs.renditions[0]
            pdf = bind(rendition, workshop, lambda *_: None).data
            faces = fonts.faces(workshop.store)
            same = likeness(faces)
            return Case(pdf, rendition, faces, ledger_of(rendition), sheets_of(pdf), same)
    raise SystemExit(f"{folder}: there is no book here")


def _is_print(edition: Edition) -> bool:
    return edition.medium is Medium.PDF


# --- Trials -------------------------------------------------------------------------------------


def faults_of(case: Case, patient: Patient) -> Iterator[Fault]:
    """Prove an injured book; of all pages, only those that were touched are looked at for ink."""
    sheets = patient.sheets_now()
    book = printed(sheets, case.ledger, case.same)
    yield from _faults(case, book)
    for sheet, page in zip(sheets, patient.pdf.pages, strict=True):
        if page.objgen not in patient.whole:
            yield from _in_ink(book, page_alone(page), sheet)


def _faults(case: Case, book: Printed) -> Iterator[Fault]:
    yield from of_text(book)
    yield from of_notes(book)
    yield from of_order(book)
    yield from of_labels(book)
    yield from of_furniture(book, case.rendition.book)
    yield from of_references(book)
    yield from of_sight(book, frozenset(face.name for face in case.faces))
    yield from of_overprint(book)


def _in_ink(book: Printed, pdf: bytes, sheet: Sheet) -> Iterator[Fault]:
    for run, words in invisible(pdf, (replace(sheet, number=0),)):
        yield book.fault("text-invisible", location_of(book, run), words, run)


def patient_of(case: Case, dice: Random) -> Patient:
    """Return the book, ready to be injured."""
    return Patient(Pdf.open(BytesIO(case.pdf)), case.sheets, case.ledger, dice)


def tried(case: Case, injury: Injury, trials: int, seed: int) -> Score:
    """Injure a book so many times in one way, each time anew."""
    scores = []
    for trial in range(trials):
        patient = patient_of(case, Random(f"{seed} {injury.name} {trial}"))  # noqa: S311
        suffering = injury.inflict(patient)
        if suffering is None:
            break
        faults = list(faults_of(case, patient))
        scores.append((bool(faults), is_named(injury, faults, _home(patient, suffering))))
    return Score(len(scores), sum(f for f, _ in scores), sum(n for _, n in scores))


def is_named(injury: Injury, faults: Sequence[Fault], home: Location | None) -> bool:
    """Tell whether one of the faults says what was done, and where."""
    codes = injury.codes.split()
    named = (fault for fault in faults if fault.code in codes)
    return any(not injury.is_local or fault.location == home for fault in named)


def _home(patient: Patient, run: Run) -> Location | None:
    home = patient.homes.get((run.section, run.block))
    return home[0].location(home[1]) if home else None


# --- Tables -------------------------------------------------------------------------------------


def _timed(case: Case) -> Iterator[tuple[str, float]]:
    """Yield what the parts of the proof of the sound book take, in seconds of a processor."""

    def clock(act: Callable[[], object]) -> float:
        start = process_time()
        act()
        return process_time() - start

    book = printed(case.sheets, case.ledger, case.same)
    yield "ledger", clock(lambda: ledger_of(case.rendition))
    yield "reading", clock(lambda: sheets_of(case.pdf))
    matching = lambda: list(_faults(case, printed(case.sheets, case.ledger, case.same)))  # noqa: E731
    yield "matching", clock(matching)
    yield "witness", clock(lambda: list(of_witness(case.pdf, book, case.same)))
    yield "overprint", clock(lambda: list(of_overprint(book)))
    yield "ink", clock(lambda: list(invisible(case.pdf, case.sheets)))
    whole = lambda: prove_pdf(case.pdf, case.rendition, case.faces)  # noqa: E731
    yield "whole proof", clock(whole)


def main(arguments: Sequence[str]) -> None:
    """Print the tables of some books."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    cases = {folder: case_of(folder) for folder in chosen.folders}
    _print_row("injury", *(case.rendition.book.metadata.title for case in cases.values()))
    _print_row(*("---" for _ in range(len(cases) + 1)))
    totals = [[0, 0, 0] for _ in cases]
    for injury in INJURIES:
        scores = [tried(case, injury, chosen.trials, chosen.seed) for case in cases.values()]
        _print_row(injury.name, *map(_said, scores))
        for total, score in zip(totals, scores, strict=True):
            for at, count in enumerate((score.trials, score.found, score.named)):
                total[at] += count
    _print_row("**in all**", *(_said(Score(*total)) for total in totals))
    _print_row("false alarms", *(str(_alarms(case)) for case in cases.values()))
    _print_row("pages", *(str(len(case.sheets)) for case in cases.values()))
    times = [dict(_timed(case)) for case in cases.values()]
    for part in times[0]:
        per_hundred = (
            100 * time[part] / len(case.sheets)
            for time, case in zip(times, cases.values(), strict=True)
        )
        _print_row(f"{part}, s/100 pages", *(f"{seconds:.2f}" for seconds in per_hundred))


def _alarms(case: Case) -> int:
    proved = prove_pdf(case.pdf, case.rendition, case.faces)
    return len(proved.faults)


def _said(score: Score) -> str:
    if not score.trials:
        return "–"
    said = f"{score.found}/{score.trials}"
    return said if score.named == score.found else f"{said} ({score.named} named)"


def _print_row(*cells: str) -> None:
    print("|", " | ".join(cells), "|", flush=True)  # noqa: T201 - it is what the script is for


if __name__ == "__main__":
    main(sys.argv[1:])
