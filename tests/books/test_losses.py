"""What WeasyPrint and stylesheets lose, in real books: nothing of it leaves the house."""

from __future__ import annotations

import os
import re
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from octavo.diagnostics import Diagnostic, Severity
from octavo.line import Workshop, prepare
from octavo.line import prove as prove_file
from octavo.press import fonts, pdf
from octavo.press.pdf.compositors import Bounds
from octavo.press.pdf.engine import Options
from octavo.store import Store

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.inspection.completeness import Account

NOTES = 300
UUID = "urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
MOVABLE = ".octavo-note { footnote-policy: auto }"
"""What WeasyPrint does by itself: notes may stand on a later page than their calls."""
LOREM = (
    "nothing that was written may be lost between the desk and the printed page and every note"
    " has to stand below the line that calls it"
).split()


def words(count: int, start: int) -> str:
    """Return so many words, the same ones every time."""
    return " ".join(islice(cycle(LOREM), start, start + count))


def crowded() -> str:
    """Return a chapter with notes of all lengths, up to three in a paragraph."""
    text, texts = "# Notes\n\n", ""
    for at in range(NOTES):
        ends = ".\n\n" if at % 7 in {0, 2, 3, 6} else " "
        text += f"{words(3 + at * 23 % 41, at)}[^n{at}] {words(at * 31 % 43 + 1, at)}{ends}"
        texts += f"[^n{at}]: Note {at}, {words(3 + at * 41 % 67, at)}.\n\n"
    return f"{text}\n\n{texts}"


def bound(book: LittleBook, options: Options) -> tuple[list[Diagnostic], Account]:
    """Return what the press says while it makes the PDF, and what the proof says of that file."""
    said: list[Diagnostic] = []
    workshop = Workshop(Store(Path(os.environ["OCTAVO_CACHE"])), said.append)
    proofs = prepare(book.folder, lambda edition: edition.medium == "pdf", workshop)
    assert proofs is not None
    (rendition,) = proofs.renditions
    faces = fonts.faces(workshop.store)
    bounds = Bounds(options=options)
    made = pdf.bind(rendition, faces, said.append, lambda *_: None, bounds)
    return said, prove_file(made.data, rendition, proofs.manuscript, workshop)


@pytest.fixture
def full(book: LittleBook) -> LittleBook:
    return book.add(chapter_md=crowded(), templates__book_css=MOVABLE)


def test_the_notes_that_weasyprint_loses_are_named(full: LittleBook) -> None:
    """With the mend switched off, press and proof tell of the same notes, line by line."""
    said, account = bound(full, Options(keep_notes=False))

    lost = sorted({str(each.location) for each in said if each.code == "lost-note"})
    missing = [fault for fault in account.faults if fault.code == "text-missing"]
    assert len(lost) >= 2
    assert sorted({str(fault.location) for fault in missing}) == lost
    assert all(re.match(r"Note \d+, ", fault.about) for fault in missing)
    assert all(fault.page >= 0 for fault in missing)


def test_no_note_is_lost_with_the_mend(full: LittleBook) -> None:
    """The same book is whole as the press makes it."""
    said, account = bound(full, Options())

    assert [each for each in said if each.severity is Severity.ERROR] == []
    assert account.faults == ()
    assert account.notes == NOTES


LONG_CODE = f"# Code\n\n```text\n{'x' * 200}\n```\n"
LONG_NOTE = f"# Note\n\nText.[^a]\n\n[^a]: {words(1200, 0)}.\n"
PLAIN = "# Words\n\nSome words that stand here. *These words* as well, and a few more of them.\n"


@pytest.mark.parametrize(
    ("chapter", "style", "code"),
    [
        (LONG_CODE, "pre { white-space: pre; overflow-wrap: normal }", "text-off-page"),
        (LONG_NOTE, "", "note-too-long"),
        ("# Letters\n\nThe sign \u0e01 is Thai.\n", "", "missing-character"),
        (PLAIN, "em { color: white }", "text-invisible"),
        (PLAIN, "em { display: inline-block; overflow: hidden; height: 5pt }", "text-invisible"),
        (PLAIN, "em { position: relative; left: -400pt }", "text-off-page"),
        (PLAIN, "em { display: none }", "text-missing"),
    ],
)
def test_what_nobody_could_read_is_refused(
    book: LittleBook, chapter: str, style: str, code: str
) -> None:
    """The build fails, says why with the line of the manuscript, and writes nothing."""
    book.add(chapter_md=chapter, templates__book_css=style)

    run = book.octavo("pdf")

    assert run.code == 1
    assert re.search(rf"^chapter\.md:\d+: error: .*\[{code}\]$", run.said, re.MULTILINE), run.said
    assert not (book.folder / "out").exists()


def test_what_is_hidden_on_purpose_says_so(book: LittleBook) -> None:
    """An element with the attribute ``hidden`` is not looked for."""
    book.add(chapter_md='# A\n\nSeen.\n\n<div hidden="hidden">Unseen.</div>\n')

    run = book.octavo("build")

    assert run.code == 0, run.said


def test_a_word_is_not_broken_where_its_spelling_would_change(book: LittleBook) -> None:
    """Hungarian spells “hosszabbítás” otherwise where it is broken; it is broken elsewhere."""
    text = " ".join(["hosszabbítás", "meggyőződés", "asszonnyal", "hosszú"] * 60)
    book.add(
        book_yaml="title: Szavak\nlanguage: hu\nidentifier: " + UUID,
        chapter_md=f"# Szavak\n\n{text}.\n",
    )

    run = book.octavo("pdf")

    assert run.code == 0, run.said
