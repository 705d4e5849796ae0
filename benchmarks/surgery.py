"""Open the pages of a finished PDF, cut them into what stands on them, and close them again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
from pikepdf import Array, Operator, Pdf, String

from octavo.press.pdf.marks import BLOCK
from octavo.press.pdf.positions import sheets_of
from octavo.press.pdf.runs import PICTURE, Font, Run, Sheet

if TYPE_CHECKING:
    from random import Random  # noqa: TID251 - the same seed throws the same dice

    from octavo.inspection.completeness.ledger import Chapter, Entry, Ledger

Step = tuple[list[Any], str]
"""One instruction of a page: operands and operator."""
SHOWING = frozenset({"Tj", "TJ"})
_Likeness = tuple[int, str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Span:
    """The marked content of one run: the places of its first instruction and of its last."""

    start: int
    end: int
    block: int = 0
    generated: str = ""
    codes: tuple[int, ...] = ()

    @property
    def likeness(self) -> _Likeness:
        """What tells it from others of its page."""
        # The words of a drawing stand in a form of its own.
        return self.block, self.generated, () if self.generated == PICTURE else self.codes


@dataclass(slots=True)
class Page:
    """A page, or its furniture, while it is open."""

    steps: list[Step]
    stream: Any
    resources: Any

    def spans(self) -> list[Span]:
        """Return the marked content of every block, in order of its end."""
        begun: list[tuple[int, list[Any]] | None] = []
        found = []
        for at, (operands, name) in enumerate(self.steps):
            if name in {"BDC", "BMC"}:
                begun.append((at, operands) if str(operands[0]) == f"/{BLOCK}" else None)
            elif name == "EMC" and (mark := begun.pop()):
                start, (_, marks) = mark
                codes = tuple(code for code, _ in self.glyphs(Span(start, at)))
                kind = str(marks.get("/G", "/"))[1:]
                found.append(Span(start, at, int(marks["/B"]), kind, codes))
        return found

    def glyphs(self, span: Span) -> Iterator[tuple[int, int]]:
        """Yield the code of each glyph of a span, with the step that shows it."""
        for at in range(span.start, span.end):
            operands, name = self.steps[at]
            if name in SHOWING:
                for raw in map(bytes, filter(_is_text, _shown(operands, name))):
                    yield from ((int.from_bytes(raw[i : i + 2]), at) for i in range(0, len(raw), 2))

    def recode(self, span: Span, changes: Mapping[int, bytes]) -> None:
        """Replace glyphs, each named by its place in the span; nothing in its stead cuts it."""
        count = 0
        for at in range(span.start, span.end):
            operands, name = self.steps[at]
            if name not in SHOWING:
                continue
            row: list[Any] = []
            for part in _shown(operands, name):
                if not _is_text(part):
                    row.append(part)
                    continue
                raw = bytes(part)
                pairs = [raw[i : i + 2] for i in range(0, len(raw), 2)]
                new = b"".join(changes.get(count + i, pair) for i, pair in enumerate(pairs))
                row.append(String(new))
                count += len(pairs)
            self.steps[at] = ([Array(row)], "TJ")

    def font_of(self, span: Span) -> Any:
        """Return the font object of a span's first glyph."""
        steps = self.steps[span.start : span.end]
        return self.resources.Font[next(operands[0] for operands, name in steps if name == "Tf")]


def _shown(operands: Sequence[Any], name: str) -> Iterable[Any]:
    return operands[0] if name == "TJ" else operands


def _is_text(part: Any) -> bool:
    return isinstance(part, String)


@dataclass(slots=True)
class Patient:
    """A finished PDF that is going to be injured, and what is known of it."""

    pdf: Pdf
    sheets: Sequence[Sheet]
    """Its pages before."""
    ledger: Ledger
    dice: Random
    whole: dict[object, Sheet] = field(init=False)
    """The pages that nobody touched, by the numbers of their objects."""
    homes: dict[tuple[str, int], tuple[Chapter, Entry]] = field(init=False)

    def __post_init__(self) -> None:
        pages = (page.objgen for page in self.pdf.pages)
        self.whole = dict(zip(pages, self.sheets, strict=True))
        self.homes = {
            (chapter.section.id, entry.block.number): (chapter, entry)
            for chapter in self.ledger.chapters
            for entry in chapter.entries
        }

    # --- Where to cut

    def entry(self, run: Run) -> Entry:
        """Return what the ledger has of a run's block."""
        return self.homes[run.section, run.block][1]

    def runs(self, wanted: Callable[[Run, Entry], bool]) -> list[Run]:
        """Return the runs of blocks that are wanted."""
        every = (run for sheet in self.sheets for run in sheet.runs)
        known = (run for run in every if (run.section, run.block) in self.homes)
        return [run for run in known if wanted(run, self.entry(run))]

    def choose(self, wanted: Callable[[Run, Entry], bool]) -> Run | None:
        """Return one of the runs that are wanted; None where there is none."""
        runs = self.runs(wanted)
        return self.dice.choice(runs) if runs else None

    def span(self, page: Page, run: Run) -> Span:
        """Return where on its open page a run is drawn."""
        same = [other for other in self.sheets[run.page].runs if _likeness(other) == _likeness(run)]
        spans = [span for span in page.spans() if span.likeness == _likeness(run)]
        return spans[same.index(run)]

    # --- Opening, closing, and reading again

    def open(self, number: int) -> Page:
        """Open the text of a page."""
        page = self.pdf.pages[number]
        self.whole.pop(page.objgen, None)
        return Page(_steps(page), page, page.obj.Resources)

    def open_furniture(self, number: int) -> Page:
        """Open what stands around the text of a page."""
        page = self.pdf.pages[number]
        self.whole.pop(page.objgen, None)
        form = page.obj.Resources.XObject["/Furniture"]
        return Page(_steps(form), form, form.Resources)

    def close(self, page: Page) -> None:
        """Write what was changed."""
        content = pikepdf.unparse_content_stream(
            [(operands, Operator(name)) for operands, name in page.steps]
        )
        if isinstance(page.stream, pikepdf.Page):
            page.stream.obj.Contents = self.pdf.make_stream(content)
        else:
            page.stream.write(content)

    def sheets_now(self) -> tuple[Sheet, ...]:
        """Return all pages as they are now; only what was touched is read again."""
        return tuple(
            _at(number, str(page.label), self.whole.get(page.objgen) or _read(page))
            for number, page in enumerate(self.pdf.pages)
        )

    def written(self) -> bytes:
        """Return the injured file."""
        return _written(self.pdf)


def _likeness(run: Run) -> _Likeness:
    codes = tuple(code for piece in run.pieces for code in piece.codes)
    return run.block, run.generated, () if run.generated == PICTURE else codes


def _steps(stream: Any) -> list[Step]:
    every = pikepdf.parse_content_stream(stream)
    return [(list(step.operands), str(step.operator)) for step in every]


def page_alone(page: pikepdf.Page) -> bytes:
    """Return a page as a file of its own."""
    alone = Pdf.new()
    alone.pages.append(page)
    return _written(alone)


def _written(pdf: Pdf) -> bytes:
    stream = BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def _read(page: pikepdf.Page) -> Sheet:
    (sheet,) = sheets_of(page_alone(page))
    return sheet


def _at(number: int, folio: str, sheet: Sheet) -> Sheet:
    """Return a page at another place of the file."""
    if (sheet.number, sheet.folio) == (number, folio):
        return sheet
    runs = sheet.runs
    if sheet.number != number:
        runs = tuple(replace(run, page=number) for run in runs)
    return replace(sheet, number=number, folio=folio, runs=runs)


def code_of(font: Font, fits: Callable[[str], bool], dice: Random) -> bytes | None:
    """Return the code of some glyph of a font that says what fits."""
    codes = sorted(code for code, text in font.texts.items() if fits(text) and code in font.widths)
    return dice.choice(codes).to_bytes(2) if codes else None
