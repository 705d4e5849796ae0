"""A little book with one of everything that the proof knows, finished, and ready to be injured."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from itertools import cycle, islice
from random import Random  # noqa: TID251 - the same seed makes the same injuries
from typing import TYPE_CHECKING

import pytest
from PIL import Image as Picture

from injuries import Case, case_of, is_named, patient_of
from kinds import INJURIES
from octavo.inspection.completeness.paper import prove_pdf

if TYPE_CHECKING:
    from octavo.inspection.completeness.faults import Fault
    from surgery import Patient

IDENTIFIER = "urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e"
LOREM = (
    "the press sets every word it was given in a face of its own and leaves none of them behind"
    " however long the page may grow or the sentence that stands upon it"
).split()


def words(count: int, start: int = 0) -> str:
    """Return so many words, the same ones every time."""
    return " ".join(islice(cycle(LOREM), start, start + count))


ROWS = "\n".join(f"| row {at} | {words(9, at)} |" for at in range(45))
FIRST = f"""# The First Chapter

Opening words, {words(60)}.[^one]

{words(70, 3).capitalize()}.[^two] {words(90, 11).capitalize()}.

## A Heading

- An item, {words(20, 5)}
- Another, {words(12, 6)}

    - inside it, {words(10, 7)}

    and its tail, {words(9, 8)}.

{words(120, 9).capitalize()}.

![A dot](dot.png)

{words(300, 10).capitalize()}.[^three]

[^one]: The first note, {words(14, 12)}.

[^two]: The second note, {words(15, 13)}.

    Its second paragraph, {words(6, 14)}.

[^three]: The third note, {words(8, 15)}.
"""
SECOND = f"""# The Second Chapter

[{words(3).capitalize()}]{{.index entry="words"}} and then {words(80, 15)}.

A float: [beside the text]{{.aside}} {words(60, 16)}.

| Head of one | Head of the other |
| --- | --- |
{ROWS}

```text
some code
    and more of it
```

{words(200, 17).capitalize()}.[^four] See [the first chapter](first.md).

[^four]: The fourth note, {words(10, 18)}.
"""
THIRD = f"""# The Third Chapter

[{words(4, 9).capitalize()}]{{.index entry="chapters"}} stands here. {words(400, 20).capitalize()}.
"""
BOOK = f"""\
title: A Book of Everything
identifier: {IDENTIFIER}
date: 2024-01-01
contents:
  front: [title-page, contents]
  body: [first.md, second.md, third.md]
  back: [index]
editions:
  paperback: {{format: pdf, trim: 5.5x8.5in}}
"""
STYLE = ".aside { float: right; width: 6em; font-style: italic }\n"


def dot() -> bytes:
    """Return a picture."""
    stream = BytesIO()
    Picture.new("L", (60, 60), 90).save(stream, "PNG")
    return stream.getvalue()


@dataclass(frozen=True, slots=True)
class Ward:
    """A finished book, and what the proof says of it once it was injured."""

    case: Case

    def patient(self, seed: int = 0) -> Patient:
        """Return the book as it came from the press."""
        return patient_of(self.case, Random(seed))  # noqa: S311

    def faults(self, patient: Patient) -> list[Fault]:
        """Return what the proof finds, reading the whole file again."""
        pdf = patient.written()
        return list(prove_pdf(pdf, self.case.rendition, self.case.faces).faults)

    def sees(self, name: str, *, seed: int = 0) -> bool:
        """Tell whether an injury is found, and called what it is, where it is."""
        injury = next(each for each in INJURIES if each.name == name)
        patient = self.patient(seed)
        run = injury.inflict(patient)
        assert run is not None
        chapter, entry = patient.homes.get((run.section, run.block), (None, None))
        home = chapter.location(entry) if chapter and entry else None
        return is_named(injury, self.faults(patient), home)


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Ward:
    """Return the little book, built once."""
    folder = tmp_path_factory.mktemp("everything")
    files = {"book.yaml": BOOK, "first.md": FIRST, "second.md": SECOND, "third.md": THIRD}
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "dot.png").write_bytes(dot())
    (folder / "templates").mkdir()
    (folder / "templates" / "book.css").write_text(STYLE, "utf-8")
    return Ward(case_of(folder))
