"""Read from a finished PDF where every text and picture stands, exact to the character.

Only the file is asked: its marked content says to which block of which section a text belongs,
its fonts say what the glyphs are, and its operators where they stand (ISO 32000-1, 9.4).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

from pikepdf import Dictionary, Object, Page, PasswordError, Pdf, PdfError

from octavo.press.pdf.boxes import seen
from octavo.press.pdf.marks import BLOCK, OUTSIDE, SECTION
from octavo.press.pdf.operators import Operands, codes_of, instructions, matrix_of, shown
from octavo.press.pdf.runs import (
    FURNITURE,
    PICTURE,
    Box,
    Font,
    Matrix,
    Piece,
    Run,
    Sheet,
    UnreadablePdfError,
    around,
    moved,
    times,
)
from octavo.press.pdf.traces import ENDS, SQUARE, STEPS, Trace, within
from octavo.press.pdf.typefaces import Fonts

__all__ = ["UnreadablePdfError", "sheets_of"]

_UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)
_DEEPEST, _MOST_FORMS = 12, 10_000
"""Forms within forms, and on a page: the press makes few, and a file of a stranger may loop."""
_FOREIGN = "it is damaged, locked, or no PDF that this press made"
_REFUSED = (AttributeError, LookupError, PasswordError, PdfError, TypeError, ValueError)
"""What reading a damaged or foreign file ends in."""


def sheets_of(data: bytes) -> tuple[Sheet, ...]:
    """Return the pages of a PDF that this press made, with all that stands on them.

    Raises:
        UnreadablePdfError: the file cannot be read, or says what the press never says.
    """
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            fonts = Fonts()
            return tuple(_sheet(page, number, fonts) for number, page in enumerate(pdf.pages))
    except _REFUSED as why:
        ours = isinstance(why, UnreadablePdfError)
        raise (why if ours else UnreadablePdfError(_FOREIGN)) from why


def _sheet(page: Page, number: int, fonts: Fonts) -> Sheet:
    reader = _Reader(number, fonts)
    reader.read(page.obj, page.obj.get("/Resources", Dictionary()))
    if reader.kept or len(reader.marks) > 1:
        raise UnreadablePdfError(f"page {number + 1} does not end what it begins")
    reader.add(reader.marks[0])  # what no mark is around
    return Sheet(number, str(page.label), seen(page), tuple(reader.runs))


@dataclass(frozen=True, slots=True)
class _State:
    """What ``q`` keeps and ``Q`` brings back."""

    matrix: Matrix = _UPRIGHT
    font: Font | None = None
    size: float = 0.0
    rise: float = 0.0
    clip: Box | None = None


@dataclass(slots=True)
class _Mark:
    """A stretch of marked content that has not ended yet."""

    block: int = 0
    generated: str = ""
    section: str = ""
    outside: int = 0
    open: bool = False
    """Whether what is drawn in it belongs to it, and makes a run when it ends."""
    pieces: list[Piece] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)


class _Reader:
    """Walks through a page's operators, and gathers runs."""

    def __init__(self, page: int, fonts: Fonts) -> None:
        self.runs: list[Run] = []
        self.page = page
        self.fonts = fonts
        self.state = _State()
        self.kept: list[_State] = []
        self.marks = [_Mark()]
        self.line: Matrix = _UPRIGHT
        self.along = 0.0
        self.layers = self.forms = 0
        self.resources: list[Object] = []
        self.trace = Trace()

    def read(self, content: Any, resources: Object) -> None:
        """Read a page or a form."""
        self.forms += 1
        if len(self.resources) > _DEEPEST or self.forms > _MOST_FORMS:
            raise UnreadablePdfError("its forms hold each other")
        self.resources.append(resources)
        for name, operands in instructions(content):
            if act := _OPERATORS.get(name):
                act(self, operands)
            elif name in STEPS:
                self.trace.step(name, operands, self.state.matrix)
            elif name in ENDS:
                drawn, clip = self.trace.end(self.state.clip)
                self.state = replace(self.state, clip=clip)
                self.mark(drawn if name != b"n" else None)
        self.resources.pop()

    def save(self, _: Operands) -> None:
        self.kept.append(self.state)

    def restore(self, _: Operands) -> None:
        self.state = self.kept.pop()

    def transform(self, operands: Operands) -> None:
        self.state = replace(self.state, matrix=times(matrix_of(operands), self.state.matrix))

    def draw(self, operands: Operands) -> None:
        form = self.resources[-1].XObject[operands[0].decode()]
        if form.get("/Subtype") != "/Form":
            corners = (moved(self.state.matrix, *corner) for corner in SQUARE)
            self.mark(within(around(corners), self.state.clip))
            return
        before = self.state
        if "/Matrix" in form:
            inner = matrix_of(form.Matrix)
            self.state = replace(before, matrix=times(inner, before.matrix))
        self.read(form, form.get("/Resources") or self.resources[-1])
        self.state = before

    def shade(self, _: Operands) -> None:
        self.mark(self.state.clip)

    def mark(self, drawn: Box | None) -> None:
        if drawn and self.marks[-1].generated == PICTURE:
            self.marks[-1].points += (drawn[:2], drawn[2:])

    # --- Marked content

    def open_mark(self, operands: Operands) -> None:
        tag, around_it = operands[0][1:].decode(), self.marks[-1]
        mark = _Mark(around_it.block, around_it.generated, around_it.section, around_it.outside)
        properties: Any = Object.parse(operands[1]) if tag in {SECTION, BLOCK} else {}
        if tag == SECTION:
            mark.section, mark.open = str(properties["/S"]), True
        elif tag == BLOCK:
            mark.block, mark.open = int(properties["/B"]), True
            mark.generated = str(properties.get("/G", "/"))[1:]
        elif tag == OUTSIDE:
            self.layers = mark.outside = self.layers + 1
        elif tag == "Artifact" and not mark.section:
            mark.generated, mark.open = FURNITURE, True
        self.marks.append(mark)

    def close_mark(self, _: Operands) -> None:
        mark = self.marks.pop()
        if mark.open:
            self.add(mark)
        else:
            self.marks[-1].pieces += mark.pieces
            self.marks[-1].points += mark.points

    def add(self, mark: _Mark) -> None:
        box = around(mark.points) if mark.points else None
        if mark.pieces or box:
            place = (self.page, mark.section, mark.block, mark.generated)
            turn = len(self.runs)
            self.runs.append(Run(*place, tuple(mark.pieces), box, turn, outside=mark.outside))

    # --- Text

    def begin_text(self, _: Operands) -> None:
        self.line, self.along = _UPRIGHT, 0.0

    def place_line(self, operands: Operands) -> None:
        self.line, self.along = matrix_of(operands), 0.0

    def choose_font(self, operands: Operands) -> None:
        font = self.fonts.font(self.resources[-1].Font[operands[0].decode()])
        self.state = replace(self.state, font=font, size=float(operands[1]))

    def raise_text(self, operands: Operands) -> None:
        self.state = replace(self.state, rise=float(operands[0]))

    def show(self, operands: Operands) -> None:
        font, size = self.state.font, self.state.size
        if font is None:
            raise UnreadablePdfError("text without a font")
        along, widths, scale = self.along, font.widths, size / 1000
        codes: list[int] = []
        offsets: list[float] = []
        for row, move in shown(operands[0]):
            for code in codes_of(row):
                codes.append(code)
                offsets.append(along)
                along += widths.get(code, 0.0) * scale
            if move and move != b"0":
                along -= sum(map(float, move.split())) * scale
        self.along = along
        if codes:
            offsets.append(along)
            matrix = times((1, 0, 0, 1, 0, self.state.rise), times(self.line, self.state.matrix))
            piece = Piece(font, size, tuple(codes), tuple(offsets), matrix)
            self.marks[-1].pieces.append(piece)


_Act = Callable[[_Reader, Operands], None]


def _refuse(reader: _Reader, _: Operands) -> None:
    raise UnreadablePdfError(f"page {reader.page + 1} sets text in a way that is not the press's")


_OPERATORS: dict[bytes, _Act] = {
    b"q": _Reader.save,
    b"Q": _Reader.restore,
    b"cm": _Reader.transform,
    b"Do": _Reader.draw,
    b"sh": _Reader.shade,
    b"BMC": _Reader.open_mark,
    b"BDC": _Reader.open_mark,
    b"EMC": _Reader.close_mark,
    b"BT": _Reader.begin_text,
    b"Tm": _Reader.place_line,
    b"Tf": _Reader.choose_font,
    b"Ts": _Reader.raise_text,
    b"Tj": _Reader.show,
    b"TJ": _Reader.show,
    **dict.fromkeys((b"Td", b"TD", b"T*", b"'", b'"', b"Tc", b"Tw", b"Tz", b"TL"), _refuse),
}
"""What each operator does to the reader (ISO 32000-1, Annex A); all others say nothing of place."""
