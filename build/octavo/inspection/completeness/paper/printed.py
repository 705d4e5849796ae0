"""A printed book beside its ledger: every block's runs, and where each of its characters stands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.inspection.completeness.faults import Fault
from octavo.inspection.completeness.folding import folded
from octavo.inspection.completeness.paper.tiling import Tiling, tiled
from octavo.press.pdf.runs import FURNITURE, PICTURE, Run, Sheet
from octavo.rendition.blocks import Kind

if TYPE_CHECKING:
    from octavo.diagnostics import Location
    from octavo.inspection.completeness.ledger import Chapter, Entry, Ledger
    from octavo.inspection.completeness.paper.tiling import Gap, Same, Tile

Key = tuple[str, int]
"""A section's id and a block's number."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The pages of a file, sorted by what the ledger knows."""

    sheets: tuple[Sheet, ...]
    ledger: Ledger
    text: Mapping[Key, tuple[Run, ...]]
    """The runs of each block's own text and pictures, in the order they were drawn."""
    generated: Mapping[Key, tuple[Run, ...]]
    """The runs that a stylesheet made for a block: numbers of notes, signs of lists."""
    tilings: Mapping[Key, Tiling]

    def page(self, number: int) -> str:
        """Return how a page is called: by its folio, and by its place where that is another."""
        if number < 0:
            return ""
        folio, place = self.sheets[number].folio, str(number + 1)
        return f"on page {folio}" + (f" (the file's {place})" if folio != place else "")

    def fault(
        self, code: str, place: Location, about: str, run: Run | None, *, found: str = ""
    ) -> Fault:
        """Return a fault at a run, which says what stands there itself unless told."""
        page, box = (run.page, run.box) if run else (-1, None)
        return Fault(code, place, about, self.page(page), found, page, box)

    def tiles(self, chapter: Chapter, entry: Entry) -> tuple[Tile, ...]:
        """Return the runs of a block's own text, in its order."""
        tiling = self.tilings.get((chapter.section.id, entry.block.number))
        return tiling.tiles if tiling else ()

    def calls(self, chapter: Chapter, entry: Entry) -> list[Run]:
        """Return the runs of the number by which the text calls a note."""
        runs = self.generated.get((chapter.section.id, entry.block.number), ())
        return [run for run in runs if run.generated == "footnote-call"]


def printed(sheets: Sequence[Sheet], ledger: Ledger, same: Same) -> Printed:
    """Sort the runs of all pages by their blocks, and lay them along the blocks' texts."""
    text: dict[Key, list[Run]] = {}
    generated: dict[Key, list[Run]] = {}
    for sheet in sheets:
        for run in sheet.runs:
            if run.generated != FURNITURE:
                kind = text if run.generated in {"", PICTURE} else generated
                kind.setdefault((run.section, run.block), []).append(run)
    tilings = {
        (chapter.section.id, entry.block.number): _tiling(
            entry, text.get((chapter.section.id, entry.block.number), []), same
        )
        for chapter in ledger.chapters
        for entry in chapter.entries
        if entry.block.kind is not Kind.FOLIO
    }
    return Printed(
        tuple(sheets),
        ledger,
        {key: tuple(runs) for key, runs in text.items()},
        {key: tuple(runs) for key, runs in generated.items()},
        tilings,
    )


def _tiling(entry: Entry, runs: Sequence[Run], same: Same) -> Tiling:
    """Lay a block's runs; the head of a table stands on each of its pages, whole."""
    pages = sorted({run.page for run in runs})
    if entry.block.kind is not Kind.HEAD or len(pages) < 2:
        return tiled(entry.want, runs, same)
    every = [tiled(entry.want, [r for r in runs if r.page == page], same) for page in pages]
    return Tiling(
        tuple(tile for each in every for tile in each.tiles),
        tuple(gap for each in every for gap in each.gaps),
        sum(each.weak for each in every),
    )


def of_text(book: Printed) -> Iterator[Fault]:
    """Yield what is missing, doubled or changed, block by block; and what no block knows."""
    for chapter in book.ledger.chapters:
        before: Run | None = None
        for entry in chapter.entries:
            tiling = book.tilings.get((chapter.section.id, entry.block.number))
            if tiling is None:
                continue
            near = next(iter(book.calls(chapter, entry)), before)
            for gap in tiling.gaps:
                yield _fault(book, chapter, entry, replace(gap, run=gap.run or near))
            if tiling.tiles and not entry.block.note:
                before = tiling.tiles[-1].run
    yield from _stray(book)


def _fault(book: Printed, chapter: Chapter, entry: Entry, gap: Gap) -> Fault:
    words = gap.wanted if gap.code == "text-stray" else _as_written(entry, gap.wanted)
    run = gap.run or _first_run(book, chapter)
    return book.fault(gap.code, chapter.location(entry), words, run, found=gap.found)


def _first_run(book: Printed, chapter: Chapter) -> Run | None:
    """Return the first run of a section, where nothing better is known."""
    runs = (run for sheet in book.sheets for run in sheet.runs)
    return next((run for run in runs if run.section == chapter.section.id), None)


def _as_written(entry: Entry, words: str) -> str:
    """Return folded words of a block with their spaces and capitals."""
    at = entry.want.find(words)
    if at < 0:
        return words
    text = entry.block.text
    lengths = [len(folded(text[:end])) for end in range(len(text) + 1)]
    # Up to the last character that adds nothing to what stands before the words.
    start = bisect_right(lengths, at) - 1
    return text[start : bisect_left(lengths, at + len(words))]


def _stray(book: Printed) -> Iterator[Fault]:
    known = set(book.tilings) | {
        (chapter.section.id, entry.block.number)
        for chapter in book.ledger.chapters
        for entry in chapter.entries
    }
    places = {chapter.section.id: chapter.section.location for chapter in book.ledger.chapters}
    first = book.ledger.chapters[0].section.location
    for key, runs in (*book.text.items(), *book.generated.items()):
        if key not in known:
            run = runs[0]
            place = places.get(key[0], first)
            text = "".join(each.text for each in runs)
            yield book.fault("text-stray", place, text, run)
