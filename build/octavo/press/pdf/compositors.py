"""Set type within bounds: compositors are workers, each with an engine and the faces of a book.

What an author wrote reaches the engine nowhere but here, so no section can keep the press busy
for ever, take all memory, or bring the press down with it.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from octavo.bounds import LIMITS, Crew, Limits, Stop
from octavo.diagnostics import Diagnostic, Location, error
from octavo.markup import text_of, walk
from octavo.model import Element
from octavo.press.pdf.evidence import Anchor
from octavo.press.pdf.findings import of_sheet
from octavo.press.pdf.furniture import SHEET, set_furniture
from octavo.press.pdf.typeset import Job, Typeset, typeset

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octavo.model import Leaf
    from octavo.press.fonts import Face
    from octavo.press.pdf.engine import Engine, Options
    from octavo.press.pdf.evidence import Layout
    from octavo.press.pdf.furniture import Around

MOST = 4
"""Compositors, for each of whom there must be memory."""
ENOUGH = 50_000
"""Characters that are set in the time that it takes a compositor to start."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the setting of a book may take: far more than the slowest machine needs."""

    seconds: float = 120.0
    """For any piece of work."""
    seconds_a_page: float = 1.0
    """On top of that, for every page or so of text, and every strip of furniture."""
    limits: Limits = LIMITS
    compositors: int = 0
    """How many; zero leaves it to the machine and the book."""
    options: Options | None = None
    """Which of the engine's mends act, where it is not all of them."""

    def of_text(self, content: Element) -> float:
        """Return the seconds that a text may take, notes and all."""
        pages = len(text_of(content)) / 2000 + sum(1 for _ in walk(content)) / 100
        return self.seconds + self.seconds_a_page * ceil(pages)


BOUNDS = Bounds()


@contextmanager
def at_work(stock: tuple[tuple[Face, ...], Options | None]) -> Iterator[Engine]:
    """Set up a compositor: an engine that holds the faces, with the mends that are wanted."""
    # Loaded by compositors alone: it is slow, and who only asks them does without.
    from octavo.press.pdf.engine import typesetting  # noqa: PLC0415

    faces, options = stock
    with typesetting(faces, options) as engine:
        yield engine


@contextmanager
def compositors(
    faces: tuple[Face, ...], leaves: Sequence[Leaf], bounds: Bounds
) -> Iterator[Compositors]:
    """Start compositors: as many as the machine has room for, and no more than the book needs."""
    names = tuple(face.digest for face in faces)
    size = bounds.compositors or min(MOST, os.cpu_count() or 1, _needed(leaves))
    with Crew(at_work, (faces, bounds.options), size, bounds.limits) as crew:
        yield Compositors(crew, names, bounds)


def _needed(leaves: Sequence[Leaf]) -> int:
    characters = sum(len(text_of(leaf.content)) for leaf in leaves)
    return max(1, min(len(leaves), 1 + characters // ENOUGH))


@dataclass(frozen=True, slots=True)
class Compositors:
    """The compositors of one book."""

    crew: Crew[Engine]
    faces: tuple[str, ...]
    """The digests of the faces they hold."""
    bounds: Bounds

    def set_sections(self, jobs: Sequence[Job]) -> Iterator[tuple[int, Typeset | Stop]]:
        """Yield the place and the pages of each job as they come, or why it was given up."""
        seconds = [self.bounds.of_text(job.content) for job in jobs]
        return self.crew.each(_set, jobs, seconds)

    def set_furniture(self, around: Around) -> Layout | Diagnostic:
        """Return the furniture as pages, or what to say if it was given up."""
        seconds = self.bounds.seconds + self.bounds.seconds_a_page * len(around.strips)
        made = self.crew.call(set_furniture, around, seconds)
        if isinstance(made, Stop):
            return why(made, "furniture", of_sheet(SHEET), seconds)
        return made

    def set_empty(self, job: Job, stop: Stop) -> Typeset:
        """Return an empty page for a section that was given up, with all its places on it."""
        name = job.content.get("id")
        bare = Element("section", (("id", name),) if name else ())
        # Neither text nor stylesheets: nothing of the section can do harm again.
        empty = replace(job, content=bare, stylesheets=(), images=())
        page = self.crew.call(_set, empty, self.bounds.seconds)
        if isinstance(page, Stop):
            raise RuntimeError(f"not even an empty page can be set: {page}")  # noqa: TRY004 - no type
        names = dict.fromkeys(each.get("id") for each in walk(job.content))
        top = job.geometry.height - job.geometry.top
        anchors = tuple(Anchor(name, 0, job.geometry.recto_left, top) for name in names if name)
        told = why(stop, "section", job.location, self.bounds.of_text(job.content))
        return replace(page, anchors=anchors, findings=(told,))


def _set(engine: Engine, job: Job) -> Typeset:
    return typeset(job, engine)


_MEANINGS = {
    Stop.SLOW: (
        "too-slow",
        "{what} takes too long to set: after {seconds:.0f} seconds there was no end in sight",
        "look for boxes in boxes in boxes, in its HTML or in a stylesheet, and take some away",
    ),
    Stop.LARGE: (
        "too-large",
        "{what} needs more memory to be set than the press allows",
        "look for a very long table, or a very large picture or drawing, and divide it",
    ),
    Stop.BROKEN: (
        "crashed",
        "the typesetting engine breaks down over {what}",
        "simplify its unusual HTML, tables, drawings and rules of style, until it no longer does",
    ),
}
"""What it means to an author that type was not set: the end of a code, a message and a hint."""


def why(stop: Stop, what: str, place: Location, seconds: float) -> Diagnostic:
    """Return what to say of a ``section``, the ``furniture`` or a ``cover`` that was given up."""
    code, message, hint = _MEANINGS[stop]
    named = "this section" if what == "section" else f"the {what}"
    return error(f"{what}-{code}", message.format(what=named, seconds=seconds), place, hint)
