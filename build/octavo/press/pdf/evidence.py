"""Read facts from pages that are laid out: where ids begin, where notes stand, what is cut off.

The boxes are WeasyPrint's; this module knows their shape but imports nothing of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from octavo.rendition.blocks import LABEL

if TYPE_CHECKING:
    from collections.abc import Iterator

POINTS = 0.75
"""Points to a CSS pixel."""
HEAD = "octavo-head"
"""The class of the press's own running heads."""
FORMULA = "formula-drawing"
"""The class of a formula's drawing."""
_SLACK = 1.0
"""What may stand out by rounding alone, in pixels."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What the engine could not do: a code, and what it is about."""

    code: str
    about: str
    line: int = 0
    """The line of the source, if known: of the stylesheet, where one is named."""
    sheet: str = ""
    """The name of the stylesheet that asks for it."""


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
    crowded: tuple[tuple[int, float, float], ...] = ()
    """The numbers of tables that are wider than their page's text, the size of their type in
    points, and what share of them fits."""
    stranded: tuple[int, ...] = ()
    """The numbers of tables whose captions stand on a page before them."""


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
    """Yield what stands outside its page, wholly or in part, and heads wider than the text."""
    for page in pages:
        told: set[int] = set()
        for area in _note_areas(page):
            foot = area.position_y + area.margin_height() + _SLACK
            for note in area.children:
                if note.position_y + note.margin_height() > foot:
                    yield Problem("note-too-long", note.element.get("id", ""), line_of(note))
                    told.update(map(id, note.descendants()))
        for box in page.descendants():
            if id(box) not in told:
                yield from _standing_out(box, page)


def _standing_out(box: Any, page: Any) -> Iterator[Problem]:
    text = getattr(box, "text", "").strip()
    if text and _outside(box, page):
        yield Problem("text-off-page", text, line_of(box))
    elif _is_formula(box) and _is_too_wide(box, page):
        yield Problem("formula-off-page", box.element.get("aria-label", "…"), line_of(box))
    elif _is_picture(box) and _outside(box, page):
        yield Problem("picture-off-page", _shown(box), line_of(box))
    elif any(line.width > box.width + _SLACK for line in _lines_of_head(box)):
        yield Problem("long-running-head", box.element.text)


def crowded(pages: list[Any]) -> Iterator[tuple[int, float, float]]:
    """Yield the tables wider than the text, the size of their type, and what share of them fits.

    What a rule of style moves into the margin on the left has as much room on the right.
    """
    for page in pages:
        left = page.content_box_x()
        for box in page.descendants():
            if type(box).__name__ != "TableBox" or box.element is None:
                continue
            room = page.width + 2 * max(0.0, left - box.position_x)
            needed = box.position_x + box.border_width() - min(left, box.position_x)
            if needed > room + _SLACK and box.element.get(LABEL):
                size = box.style["font_size"] * POINTS
                yield int(box.element.get(LABEL)), size, room / needed


def stranded(pages: list[Any]) -> Iterator[int]:
    """Yield the tables that begin with nothing but their caption on a page."""
    begun: set[str] = set()
    for page in pages:
        boxes = [
            b for b in page.descendants() if b.element is not None and b.element.tag == "table"
        ]
        rows = {b.element.get(LABEL, "") for b in boxes if type(b).__name__ == "TableBox"}
        here = {b.element.get(LABEL, "") for b in boxes} - begun
        yield from sorted(int(label) for label in here - rows if label)
        begun |= here


def named(problem: Problem, pages: list[Any]) -> Problem:
    """Return the problem with its picture, where the engine told only how its pixels are kept."""
    for page in pages:
        for box in page.descendants():
            if _is_picture(box) and getattr(box.replacement, "mode", "") == problem.about:
                return replace(problem, about=_shown(box), line=line_of(box))
    return problem


def _is_picture(box: Any) -> bool:
    return hasattr(box, "replacement")


def _is_formula(box: Any) -> bool:
    return _is_picture(box) and box.element.get("class") == FORMULA


def _is_too_wide(box: Any, page: Any) -> bool:
    """Tell whether a box stands in the margin on its right."""
    edge = page.content_box_x() + page.width
    return bool(box.content_box_x() + box.width > edge + _SLACK)


def _shown(box: Any) -> str:
    """Return what a picture is called: its file, or the name of its element."""
    return unquote(box.element.get("src", "")) or box.element.tag.rpartition("}")[2]


def _lines_of_head(box: Any) -> Iterator[Any]:
    """Yield the lines of a running head; lines and their texts have its element, too."""
    classes = box.element.get("class", "") if box.element is not None else ""
    if HEAD in classes.split():
        lines = getattr(box, "children", ())
        yield from (line for line in lines if type(line).__name__ == "LineBox")


def _note_areas(page: Any) -> Iterator[Any]:
    return (child for child in page.children if type(child).__name__ == "FootnoteAreaBox")


def _outside(box: Any, page: Any) -> bool:
    left, top = box.content_box_x(), box.content_box_y()
    right, bottom = left + box.width, top + box.height
    return bool(
        min(left, top) < -_SLACK
        or right > page.margin_width() + _SLACK
        or bottom > page.margin_height() + _SLACK
    )


def line_of(box: Any) -> int:
    """Return the line of the source that a box comes from; 0 if it comes from none."""
    return int(box.element.get("data-line", "0")) if box.element is not None else 0
