"""Laws of this repository's own book: what it cites exists, and what it lists is cited."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from octavo.book.citation import keys_of, unknown_keys
from octavo.diagnostics import Location, as_text
from octavo.manuscript import read
from octavo.markup import walk
from octavo.project import load

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Element, Manuscript

ROOT = Path(__file__).parents[1]
Place = tuple[Location, "Element"]


@pytest.fixture(scope="module")
def manuscript() -> Manuscript:
    """Return the book of this repository, read whole."""
    findings: list[Diagnostic] = []
    project = load(ROOT, findings.append)
    assert project is not None, [as_text(finding) for finding in findings]
    return read(project, findings.append)


@pytest.fixture(scope="module")
def groups(manuscript: Manuscript) -> list[Place]:
    """Return every citation group of the book, in text, epigraphs and notes, with its place."""
    return [
        (Location(source.file, group.line), group)
        for source in manuscript.sources
        for row in (source.epigraph, source.body, *(note.content for note in source.notes))
        for group in walk(*row)
        if group.tag == "citation"
    ]


def test_cites(groups: list[Place]) -> None:
    """The book cites; were its citations not found, the laws below would say nothing."""
    assert groups


def test_every_key_cited_exists(manuscript: Manuscript, groups: list[Place]) -> None:
    """Every key that the text cites has its reference."""
    unknown = {
        str(place): keys
        for place, group in groups
        if (keys := unknown_keys(group, manuscript.references))
    }

    assert unknown == {}


def test_every_reference_is_cited(manuscript: Manuscript, groups: list[Place]) -> None:
    """Every reference that the book keeps is cited somewhere in it."""
    cited = {key for _, group in groups for key in keys_of(group)}

    assert set() == set(manuscript.references) - cited
