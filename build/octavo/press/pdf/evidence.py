"""Read facts from pages that are laid out: where ids begin, where notes stand, what is cut off.

The boxes are WeasyPrint's; this module knows their shape but imports nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS = 0.75
"""Points to a CSS pixel."""
_SLACK = 1.0
"""What may stand out by rounding alone, in pixels."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What the engine could not do: a code, what it is about, and the source line if known."""

    code: str
    about: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where an element with an id begins: its page from 0, and points from the lower left."""

    id: str
    page: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class FontUse:
    """The glyphs of one face that a document shows under one resource name."""

    resource: str
    face: str
    """The SHA-256 of the face's bytes."""
    glyphs: tuple[tuple[int, float, str], ...]
    """Glyph numbers with their advances (thousandths of an em) and texts, in rising order."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A document laid out and drawn."""

    pdf: bytes
    pages: int
    anchors: tuple[Anchor, ...]
    """In order of pages; an element that goes over a page counts where it begins."""
    calls: tuple[tuple[str, int], ...]
    """The ids of notes, with the pages of their calls."""
    notes: tuple[tuple[str, int], ...]
    """The ids of notes, with the pages they stand on: once for each time they were set."""
    fonts: tuple[FontUse, ...]
    problems: tuple[Problem, ...]


def anchors_of(document: Any) -> Iterator[Anchor]:
    """Yield where each id of a document begins."""
    seen: set[str] = set()
    for number, page in enumerate(document.pages):
        for name, (left, top, *_) in page.anchors.items():
            if name not in seen:
                seen.add(name)
                yield Anchor(name, number, left * POINTS, (page.height - top) * POINTS)


def calls_of(pages: list[Any]) -> Iterator[tuple[str, int]]:
    """Yield the ids of the notes called, with the pages of their calls."""
    for number, page in enumerate(pages):
        for box in page.descendants():
            if box.footnote is not None:
                yield box.element.get("id", ""), number


def notes_of(pages: list[Any]) -> Iterator[tuple[str, int]]:
    """Yield the ids of the notes that were set, with their pages."""
    for number, page in enumerate(pages):
        for area in _note_areas(page):
            for note in area.children:
                yield note.element.get("id", ""), number


def cut_off(pages: list[Any]) -> Iterator[Problem]:
    """Yield what stands outside its page, wholly or in part."""
    for page in pages:
        for area in _note_areas(page):
            foot = area.position_y + area.margin_height() + _SLACK
            for note in area.children:
                if note.position_y + note.margin_height() > foot:
                    yield Problem("note-too-long", note.element.get("id", ""), _line_of(note))
        for box in page.children[0].descendants():
            text = getattr(box, "text", "").strip()
            if text and _outside(box, page):
                yield Problem("text-off-page", text, _line_of(box))


def _note_areas(page: Any) -> Iterator[Any]:
    return (child for child in page.children if type(child).__name__ == "FootnoteAreaBox")


def _outside(box: Any, page: Any) -> bool:
    right, bottom = box.position_x + box.width, box.position_y + box.height
    return bool(
        min(box.position_x, box.position_y) < -_SLACK
        or right > page.margin_width() + _SLACK
        or bottom > page.margin_height() + _SLACK
    )


def _line_of(box: Any) -> int:
    return int(box.element.get("data-line", "0")) if box.element is not None else 0
