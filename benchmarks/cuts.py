"""Injure the text of a finished PDF: cut, copy, swap and change what stands on its pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from octavo.inspection.completeness.folding import folded
from octavo.press.pdf.runs import PICTURE
from octavo.rendition.blocks import Kind
from surgery import SHOWING, Page, Patient, Span, Step

if TYPE_CHECKING:
    from octavo.inspection.completeness.ledger import Entry
    from octavo.press.pdf.runs import Run

Wanted = Callable[["Run", "Entry"], bool]
Inflict = Callable[[Patient], "Run | None"]
"""Injures the file and returns the run that suffers; None where there is nothing to injure."""
Chosen = Callable[[Patient, "Run"], "list[Run]"]
Change = Callable[[Page, Span], object]
_PARTS = frozenset("td th li dt dd h1 h2 h3 h4 h5 h6".split())


# --- What to choose -----------------------------------------------------------------------------


def is_line(run: Run, entry: Entry) -> bool:
    """Tell whether a run is a line of the text with letters in it."""
    plain = not run.generated and not run.outside and entry.block.kind is Kind.BODY
    return plain and any(map(str.isalpha, run.text))


def is_note(run: Run, entry: Entry) -> bool:
    """Tell whether a run is a line of a note."""
    return not run.generated and bool(entry.block.note and folded(run.text))


def is_part(run: Run, entry: Entry) -> bool:
    """Tell whether a run is a line of a cell, an item or a heading."""
    return is_line(run, entry) and entry.block.tag in _PARTS


def is_picture(run: Run, _: Entry) -> bool:
    """Tell whether a run is a picture."""
    return run.generated == PICTURE


def is_call(run: Run, _: Entry) -> bool:
    """Tell whether a run is the number that calls a note."""
    return run.generated == "footnote-call"


def is_marker(run: Run, _: Entry) -> bool:
    """Tell whether a run is the number before a note."""
    return run.generated == "footnote-marker"


def is_reference(_: Run, entry: Entry) -> bool:
    """Tell whether a run is the number of a page."""
    return entry.block.kind is Kind.FOLIO


def of_note(patient: Patient, note: Run) -> list[Run]:
    """Return all runs at the foot of the page that belong to a note."""
    name = patient.entry(note).block.note
    return patient.runs(
        lambda run, entry: (
            run.section == note.section and entry.block.note == name and not is_call(run, entry)
        )
    )


def of_block(patient: Patient, one: Run) -> list[Run]:
    """Return all runs of the block of a run."""
    return patient.runs(lambda run, _: (run.section, run.block) == (one.section, one.block))


def neighbours(patient: Patient) -> tuple[Run, Run] | None:
    """Return two lines of one block, one below the other, that do not say the same."""
    lines = patient.runs(lambda run, entry: is_line(run, entry) and len(run.pieces) == 1)
    pairs = [
        (above, below)
        for above, below in pairwise(lines)
        if (above.section, above.block, above.page) == (below.section, below.block, below.page)
        and above.turn + 1 == below.turn
        and folded(above.text) != folded(below.text)
        and above.baseline - below.baseline > above.pieces[0].size / 2
    ]
    return patient.dice.choice(pairs) if pairs else None


def changed(patient: Patient, runs: Iterable[Run], change: Change) -> None:
    """Change the spans of some runs, the last of each page first, as places stay so."""
    runs = list(runs)
    for number in sorted({run.page for run in runs}):
        page = patient.open(number)
        spans = [patient.span(page, run) for run in runs if run.page == number]
        for span in sorted(spans, key=lambda span: -span.start):
            change(page, span)
        patient.close(page)


# --- Cuts and copies ----------------------------------------------------------------------------


def empty(page: Page, span: Span) -> None:
    """Take away what a span shows; what it says of colours and fonts stays."""
    steps = page.steps[span.start : span.end]
    if span.generated == PICTURE:
        steps = steps[:1]
    page.steps[span.start : span.end] = [step for step in steps if step[1] not in SHOWING]


def copy(page: Page, span: Span, higher: float = 0.0) -> None:
    """Draw a span twice, the second time so much higher."""
    steps = page.steps[span.start : span.end + 1]
    page.steps[span.end + 1 : span.end + 1] = [moved(step, 0, -higher) for step in steps]


def moved(step: Step, across: float, down: float) -> Step:
    """Return a step with its place moved, if it has one."""
    operands, name = step
    if name != "Tm":
        return step
    *turned, x, y = map(float, operands)
    return [*turned, x + across, y + down], name


def changing(wanted: Wanted, runs_of: Chosen, change: Change) -> Inflict:
    """Return the injury that changes all that belongs to a run."""

    def inflict(patient: Patient) -> Run | None:
        run = patient.choose(wanted)
        if run:
            changed(patient, runs_of(patient, run), change)
        return run

    return inflict


def alone(_: Patient, run: Run) -> list[Run]:
    """Return the run and no other."""
    return [run]


def carry(patient: Patient, runs: Sequence[Run], to: int) -> None:
    """Take runs from their page to another one of their section."""
    source, target = patient.open(runs[0].page), patient.open(to)
    spans = sorted((patient.span(source, run) for run in runs), key=lambda span: span.start)
    carried = [step for span in spans for step in source.steps[span.start : span.end + 1]]
    for span in reversed(spans):
        empty(source, span)
    fonts = target.resources.Font
    for name, font in source.resources.Font.items():
        if name not in fonts:
            fonts[name] = font
    end = target.spans()[-1].end + 1
    target.steps[end:end] = carried
    patient.close(source)
    patient.close(target)


def _next_page(patient: Patient, run: Run, by: int) -> int | None:
    """Return a page of the same section, so many pages away."""
    number = run.page + by
    if not 0 <= number < len(patient.sheets):
        return None
    same = any(other.section == run.section for other in patient.sheets[number].runs)
    return number if same else None


def to_next_page(patient: Patient) -> Run | None:
    """Take a line to the next page."""
    run = patient.choose(
        lambda run, entry: is_line(run, entry) and _next_page(patient, run, 1) is not None
    )
    if run:
        carry(patient, [run], run.page + 1)
    return run


def before_its_call(patient: Patient) -> Run | None:
    """Take a note to the page before its call."""
    calls = patient.runs(
        lambda run, e: is_call(run, e) and _next_page(patient, run, -1) is not None
    )
    pages = {(call.section, patient.entry(call).block.note): call.page for call in calls}
    note = patient.choose(
        lambda run, entry: (
            is_note(run, entry) and pages.get((run.section, entry.block.note)) == run.page
        )
    )
    if note:
        carry(patient, of_note(patient, note), note.page - 1)
    return note


# --- Swaps --------------------------------------------------------------------------------------


def swap_words(patient: Patient) -> Run | None:
    """Swap what two lines say."""
    return _swap_lines(patient, SHOWING | {"Tf"})


def swap_places(patient: Patient) -> Run | None:
    """Swap where two lines stand."""
    return _swap_lines(patient, frozenset({"Tm"}))


def _swap_lines(patient: Patient, which: frozenset[str]) -> Run | None:
    if (pair := neighbours(patient)) is None:
        return None
    page = patient.open(pair[0].page)
    above, below = (patient.span(page, run) for run in pair)
    places = [
        [at for at in range(span.start, span.end) if page.steps[at][1] in which]
        for span in (above, below)
    ]
    for one, other in zip(*places, strict=True):
        page.steps[one], page.steps[other] = page.steps[other], page.steps[one]
    patient.close(page)
    return pair[1]


def swap_paragraphs(patient: Patient) -> Run | None:
    """Swap two neighbours in the file, but not on paper."""
    runs = patient.runs(lambda run, entry: is_line(run, entry) and entry.block.tag == "p")
    pairs = [
        (a, b)
        for a, b in pairwise(runs)
        if (a.section, a.page) == (b.section, b.page) and a.block != b.block
    ]
    if not pairs:
        return None
    first, second = patient.dice.choice(pairs)
    page = patient.open(first.page)
    spans = page.spans()
    (a, b), (c, d) = (
        (min(s.start for s in mine), max(s.end for s in mine) + 1)
        for mine in ([s for s in spans if s.block == run.block] for run in (first, second))
    )
    steps = page.steps
    page.steps = steps[:a] + steps[c:d] + steps[b:c] + steps[a:b] + steps[d:]
    patient.close(page)
    return second
