"""The stencil of pages: a PDF of their words alone, in black, where the runs say they stand.

What a page shows is held against it: the same program draws both, so that a letter that is seen
on the page leaves the same marks on the stencil, point for point.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from octavo.press.pdf.runs import FURNITURE, PICTURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from octavo.press.pdf.runs import Font, Matrix, Piece, Run, Sheet

_SET_LEVEL = 1e-6
"""What a matrix may lean by rounding alone."""
_NO_MOVE = 1e-4
"""A move between glyphs that rounding alone may make; thousandths of an em."""


def stencil(sheets: Sequence[Sheet]) -> bytes:
    """Return a PDF with a page for every sheet, as large as its trim, and its words in black.

    Pictures leave nothing on it, not even the words of a drawing, nor do stamps.
    """
    cutter = _Cutter()
    pages = [cutter.page(sheet) for sheet in sheets]
    kids = b" ".join(b"%d 0 R" % page for page in pages)
    cutter.objects[1] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(pages), kids)
    return cutter.file()


def pieces_of(run: Run) -> Iterable[Piece]:
    """Return the rows of a run that a reader must be able to read.

    What stands askew around the text is a stamp across the page, such as the word of a draft:
    pictures may cover it.
    """
    if run.generated == PICTURE:
        return ()
    if run.generated == FURNITURE:
        return tuple(piece for piece in run.pieces if is_level(piece.matrix))
    return run.pieces


def is_level(matrix: Matrix) -> bool:
    """Tell whether rows are set from left to right, neither leaning nor mirrored."""
    a, b, c, d, _, _ = matrix
    return max(abs(b), abs(c)) < _SET_LEVEL and a > 0 and d > 0


@dataclass(slots=True)
class _Cutter:
    """The objects of a PDF while it is made; the first is the catalogue, the second the pages."""

    objects: list[bytes] = field(default_factory=lambda: [b"<</Type/Catalog/Pages 2 0 R>>", b""])
    fonts: dict[int, int] = field(default_factory=dict)
    """The numbers of the font objects, by the identity of the fonts of the runs."""

    def add(self, content: bytes) -> int:
        self.objects.append(content)
        return len(self.objects)

    def stream(self, content: bytes, keys: bytes = b"") -> int:
        head = b"<</Length %d%b>>stream\n" % (len(content), keys)
        return self.add(b"%b%b\nendstream" % (head, content))

    def page(self, sheet: Sheet) -> int:
        rows = [piece for run in sheet.runs for piece in pieces_of(run) if piece.font.program]
        names = sorted({self.font(piece.font) for piece in rows})
        resources = b"".join(b"/F%d %d 0 R" % (name, name) for name in names)
        content = "\n".join(_row(piece, self.font(piece.font)) for piece in rows)
        text = self.stream(f"BT\n{content}\nET".encode())
        box = b"%g %g %g %g" % sheet.box
        return self.add(
            b"<</Type/Page/Parent 2 0 R/MediaBox[%b]/Contents %d 0 R/Resources<</Font<<%b>>>>>>"
            % (box, text, resources)
        )

    def font(self, font: Font) -> int:
        if id(font) not in self.fonts:
            self.fonts[id(font)] = self.new_font(font)
        return self.fonts[id(font)]

    def new_font(self, font: Font) -> int:
        """Embed a font whose codes are glyph numbers, as the press's own are."""
        program = self.stream(font.program, b"/Length1 %d" % len(font.program))
        descriptor = self.add(
            b"<</Type/FontDescriptor/FontName/F/Flags 4/FontBBox[0 0 0 0]/ItalicAngle 0/Ascent 0"
            b"/Descent 0/CapHeight 0/StemV 80/FontFile2 %d 0 R>>" % program
        )
        widths = b"".join(b"%d[%g]" % entry for entry in sorted(font.widths.items()))
        descendant = self.add(
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/F/CIDToGIDMap/Identity/DW 0/W[%b]"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
            b"/FontDescriptor %d 0 R>>" % (widths, descriptor)
        )
        return self.add(
            b"<</Type/Font/Subtype/Type0/BaseFont/F/Encoding/Identity-H/DescendantFonts[%d 0 R]>>"
            % descendant
        )

    def file(self) -> bytes:
        """Return the objects as a file (ISO 32000-1, 7.5)."""
        file = bytearray(b"%PDF-1.7\n")
        places = []
        for number, content in enumerate(self.objects, 1):
            places.append(len(file))
            file += b"%d 0 obj\n%b\nendobj\n" % (number, content)
        start, size = len(file), len(places) + 1
        file += b"xref\n0 %d\n0000000000 65535 f \n" % size
        file += b"".join(b"%010d 00000 n \n" % place for place in places)
        file += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, start)
        return bytes(file)


def _row(piece: Piece, font: int) -> str:
    """Return the operators that show a row of glyphs."""
    matrix = " ".join(f"{number:.9g}" for number in piece.matrix)
    shown = "".join(_shown(piece)) if piece.size else ""
    return f"/F{font} {piece.size:.9g} Tf {matrix} Tm[{shown}]TJ"


def _shown(piece: Piece) -> Iterator[str]:
    """Yield glyphs, and the moves between them that their widths do not make."""
    ems, widths = 1000 / piece.size, piece.font.widths
    yield f"{-piece.offsets[0] * ems:.4f}<"
    for code, (here, then) in zip(piece.codes, pairwise(piece.offsets), strict=True):
        move = (here - then) * ems + widths.get(code, 0.0)
        yield f"{code:04x}" if -_NO_MOVE < move < _NO_MOVE else f"{code:04x}>{move:.4f}<"
    yield ">"
