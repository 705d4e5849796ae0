"""The shapes of the letters: those of the design's faces, whatever the file says that they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import uharfbuzz

from octavo.inspection.completeness.paper.sight import location_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octavo.inspection.completeness.faults import Fault
    from octavo.inspection.completeness.paper.printed import Printed
    from octavo.press.fonts import Face
    from octavo.press.pdf.runs import Font


def of_shapes(book: Printed, faces: tuple[Face, ...]) -> Iterator[Fault]:
    """Yield the first run of each font that draws a glyph otherwise than its face does."""
    known = {face.name: face for face in faces}
    used: dict[int, set[int]] = {}
    fonts: dict[int, Font] = {}
    runs = [run for sheet in book.sheets for run in sheet.runs]
    for run in runs:
        for piece in run.pieces:
            fonts[id(piece.font)] = piece.font
            used.setdefault(id(piece.font), set()).update(piece.codes)
    wrong = {
        name: frozenset(_otherwise(font, known[font.name], sorted(used[name])))
        for name, font in fonts.items()
        if font.name in known and font.program
    }
    for name in [name for name, codes in wrong.items() if codes]:
        for run in runs:
            if any(id(p.font) == name and not wrong[name].isdisjoint(p.codes) for p in run.pieces):
                yield book.fault("wrong-shape", location_of(book, run), run.text, run)
                break


def _otherwise(font: Font, face: Face, codes: Iterable[int]) -> Iterator[int]:
    """Yield the codes whose outlines differ: a cut face keeps the numbers of its glyphs."""
    cut = uharfbuzz.Font(uharfbuzz.Face(font.program))
    whole = uharfbuzz.Font(uharfbuzz.Face(face.data))
    return (code for code in codes if _outline(cut, code) != _outline(whole, code))


def _outline(font: uharfbuzz.Font, code: int) -> list[object]:
    pen: list[object] = []
    font.draw_glyph_with_pen(code, _Pen(pen))
    return pen


class _Pen:
    """Writes down what it is told to draw."""

    def __init__(self, strokes: list[object]) -> None:
        self.strokes = strokes

    def __getattr__(self, name: str) -> object:
        return lambda *points: self.strokes.append((name, points))
