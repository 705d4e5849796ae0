"""Settings of book.yaml about sources and notes that do nothing beside the others."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from octavo.book import bibliography, endnotes
from octavo.diagnostics import warning
from octavo.project.words import USUAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.book.bibliography import Citations
    from octavo.diagnostics import Diagnostic, Location
    from octavo.model import Entry, Project


def check_settings(within: Citations) -> None:
    """Tell of settings that change nothing."""
    citing = within.manuscript.project.citing
    by_chapter = citing.bibliography == "chapter"
    if citing.uncited and by_chapter:
        message = "`uncited` lists nothing where each chapter lists what it cites itself"
        within.report(_idle(message, citing.location, "take it out, or `bibliography: chapter`"))
    if citing.full_again and within.style.csl and not within.style.is_note:
        message = f"`full-again` is for notes, and the style “{within.style.title}” makes none"
        within.report(_idle(message, citing.location, "take it out, or another style"))
    for finding in _pages(within.manuscript.project):
        within.report(finding)


def _pages(project: Project) -> Iterator[Diagnostic]:
    """Yield what to say of pages that ``contents`` names and other settings leave empty."""
    empty = {
        bibliography.PAGE: project.citing.bibliography == "chapter"
        and "each chapter lists its sources itself (`bibliography: chapter`)",
        endnotes.PAGE: project.noting.place != "book"
        and f"notes stand elsewhere (`notes: {project.noting.place}`)",
    }
    for entry in asked(project):
        if reason := empty.get(entry.name):
            message = f"the page `{entry.name}` will be empty, and is left out: {reason}"
            yield _idle(message, entry.location, "take one of the two out of book.yaml")


def asked(project: Project) -> tuple[Entry, ...]:
    """Return the generated pages that ``contents`` names.

    The usual pages, which a book has without being asked, are there all of them, in one place.
    """
    pages = tuple(entry for entry in project.contents if entry.generated)
    files = {PurePosixPath(entry.name).stem for entry in project.contents if not entry.generated}
    is_usual = {*USUAL} <= {entry.name for entry in pages} | files
    return () if is_usual and len({entry.location for entry in pages}) == 1 else pages


def _idle(message: str, place: Location, hint: str) -> Diagnostic:
    return warning("idle-setting", message, place, hint)
