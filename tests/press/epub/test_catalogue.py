"""A catalogue learns what book.yaml says, and nothing that is not so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from octavo.model import Contributor
from octavo.press.epub.catalogue import filed

if TYPE_CHECKING:
    from tests.press.epub.conftest import Archive, Beginning, Catalogued


def test_catalogue(bound: Archive) -> None:
    """A catalogue finds titles, people, identifiers, subjects and series."""
    root = bound.package()

    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "en-GB"
    assert bound.texts("identifier") == [
        "urn:uuid:6f1c1f0e-5f0a-4a53-9d3a-1f6f0c2b7a11",
        "urn:isbn:9783161484100",
    ]
    assert root.get("unique-identifier") == next(root.iterfind(".//{*}identifier")).get("id")
    assert bound.texts("title") == ["Salt & Tide", "A Coast in Nine Walks"]
    assert bound.meta("title-type") == ["main", "subtitle"]
    assert bound.texts("creator") == ["Ines Moreau"]
    assert bound.texts("contributor") == ["Tom Beck"]
    assert bound.meta("role") == ["aut", "trl"]
    assert bound.meta("file-as") == ["Moreau, Ines", "Beck, Tom"]
    assert bound.texts("subject") == ["Walking", "coast", "tides"]
    assert bound.meta("belongs-to-collection") == ["Edges"]
    assert bound.meta("group-position") == ["2"]
    assert bound.meta("dcterms:modified") == ["2024-03-09T00:00:00Z"]


def test_undated(catalogued: Catalogued) -> None:
    """A book without a date has no date, and the file the oldest there is."""
    archive = catalogued(date=None)

    assert archive.texts("date") == []
    assert archive.meta("dcterms:modified") == ["1980-01-01T00:00:00Z"]


def test_early_date(catalogued: Catalogued) -> None:
    """A year has four digits, on every system."""
    archive = catalogued(date=date(800, 1, 2))

    assert archive.texts("date") == ["0800-01-02"]
    assert archive.meta("dcterms:modified") == ["0800-01-02T00:00:00Z"]


def test_edited_book(catalogued: Catalogued) -> None:
    """A book without an author is its editor's."""
    people = (Contributor("A. Bee", "editor"), Contributor("C. Dee", "illustrator"))
    archive = catalogued(contributors=people)

    assert archive.texts("creator") == ["A. Bee"]
    assert archive.texts("contributor") == ["C. Dee"]


def test_without_identifier(catalogued: Catalogued) -> None:
    """A book that has no identifier yet gets one that repeats, whatever its text."""
    days = (date(2024, 3, 9), date(2031, 1, 1))
    books = (catalogued(identifier="", date=day) for day in days)
    (one, _), (two, _) = (book.texts("identifier") for book in books)

    assert one == two
    assert one.startswith("urn:uuid:")


@pytest.mark.parametrize(
    ("person", "language", "expected"),
    [
        (Contributor("Ines Moreau"), "en", "Moreau, Ines"),
        (Contributor("Voltaire"), "fr", "Voltaire"),
        (Contributor("Mary Anne Roe", sort="Anne Roe, Mary"), "en", "Anne Roe, Mary"),
        (Contributor("Nagy László"), "hu-HU", "Nagy László"),
    ],
)
def test_filed(person: Contributor, language: str, expected: str) -> None:
    """A name is filed as its bearer says, else by its last word, as the language has it."""
    assert filed(person, language) == expected


def test_accessibility(bound: Archive) -> None:
    """Only what is there is claimed, and no conformance at all."""
    assert bound.meta("schema:accessMode") == ["textual", "visual"]
    assert bound.meta("schema:accessModeSufficient") == ["textual"]
    assert bound.meta("schema:accessibilityFeature") == [
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "alternativeText",
    ]
    assert bound.meta("schema:accessibilityHazard") == ["none"]
    assert "All pictures are described." in bound.meta("schema:accessibilitySummary")[0]
    assert bound.meta("dcterms:conformsTo") == []


def test_undescribed_picture(beginning: Beginning) -> None:
    """One picture without a description is enough not to claim descriptions."""
    archive = beginning('<section><img src="maps/The Bay.png" alt=""/></section>')

    assert "alternativeText" not in archive.meta("schema:accessibilityFeature")
    assert archive.meta("schema:accessModeSufficient") == []
    assert "not described" in archive.meta("schema:accessibilitySummary")[0]
