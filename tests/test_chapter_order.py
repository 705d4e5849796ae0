"""The book in ``manuscript/``: what it is made of stands complete and in order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from octavo import manuscript as room
from octavo.book import compose
from octavo.markup import text_of
from octavo.model import Manuscript, Matter, Medium
from octavo.project import load

if TYPE_CHECKING:
    from octavo.model import Book, Project

ROOT = Path(__file__).parents[1]
SECRETS = (
    "Create a Sense of Mystery",
    "Foster Independence",
    "Embrace Emotional Vulnerability",
    "Master the Art of Communication",
    "Cultivate Self-Love",
    "Encourage His Interests",
    "Understand the Importance of Timing",
)


def fail(finding: object) -> None:
    pytest.fail(str(finding))


@pytest.fixture(scope="module")
def project() -> Project:
    project = load(ROOT, fail)
    assert project is not None
    return project


@pytest.fixture(scope="module")
def manuscript(project: Project) -> Manuscript:
    return room.read(project, fail)


@pytest.fixture(scope="module", params=[Medium.EPUB, Medium.PDF], ids=str)
def book(manuscript: Manuscript, request: pytest.FixtureRequest) -> Book:
    editions = manuscript.project.editions
    edition = next(edition for edition in editions if edition.medium is request.param)
    return compose(manuscript, edition, fail)


def test_every_file_listed_exists(project: Project) -> None:
    """Every file that ``contents`` names lies in the manuscript's folder."""
    listed = [entry.name for entry in project.contents if not entry.generated]

    assert [name for name in listed if not (project.folder / name).is_file()] == []


def test_no_file_is_left_over_and_none_comes_twice(project: Project) -> None:
    """The Markdown files of the folder are those that book.yaml names, each once."""
    listed = [entry.name for entry in project.contents if not entry.generated]
    there = {path.name for path in project.folder.glob("*.md")}

    assert sorted([*listed, project.copyright_note]) == sorted(there)


def test_matter_stands_in_its_order(book: Book) -> None:
    """Front matter comes before the body, and the body before the back matter."""
    order = [list(Matter).index(section.matter) for section in book.sections]

    assert order == sorted(order)


def test_the_secrets_are_numbered_one_to_seven_straight_through(book: Book) -> None:
    """Seven secrets stand in the outline's order, numbered across the parts, none missing."""
    secrets = [section for section in book.sections if section.role == "chapter"]

    assert [section.title_text for section in secrets] == list(SECRETS)
    assert [section.label for section in secrets] == [f"Secret {n}" for n in range(1, 8)]


def test_parts_carry_words_and_hold_their_secrets(book: Book) -> None:
    """Part One holds secrets 1 to 3, Part Two 4 to 7; no number serves two levels."""
    parts = [section for section in book.sections if section.role == "part"]
    held = {part.label: [s.number for s in book.sections if s.part == part.id] for part in parts}

    assert held == {"Part One": ["1", "2", "3"], "Part Two": ["4", "5", "6", "7"]}


def test_every_section_has_text(book: Book) -> None:
    """No section of the manuscript is empty."""
    written = [section for section in book.sections if not section.generated]

    assert [s.id for s in written if not text_of(*s.body).strip()] == []


def test_headings_agree_with_the_contents(book: Book, manuscript: Manuscript) -> None:
    """A section's title is the first heading of its file, to the letter."""
    for source in manuscript.sources:
        lines = (manuscript.project.folder / source.name).read_text("utf-8").splitlines()
        heading = next((line for line in lines if re.match(r"# ", line)), "")
        title = re.sub(r"\s*\{.*\}$", "", heading.removeprefix("# ")).replace("'", "’")
        found = [s.title_text for s in book.sections if s.location.file.endswith(source.name)]
        if heading:
            assert found == [title]


def test_generated_pages_stand_where_readers_look_for_them(book: Book) -> None:
    """Title page, its verso, contents; bibliography and index near the end, colophon last."""
    ids = [section.id for section in book.sections]

    assert ids[:3] == ["half-title", "title-page", "copyright"]
    assert ids.index("contents") < ids.index("part-1")
    assert ids.index("bibliography") < ids.index("index") < ids.index("colophon")
    assert ids[-1] == "colophon"


def test_notes_stand_at_the_page_foot(book: Book) -> None:
    """A generated page with nothing to show, here the end notes, is left out."""
    assert "notes" not in [section.id for section in book.sections]
