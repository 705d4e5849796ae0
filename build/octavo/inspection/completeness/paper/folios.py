"""The numbers of pages: as printed, as the file gives them, and as the text refers to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING

from octavo.book.locators import locators
from octavo.inspection.completeness.faults import Fault
from octavo.inspection.completeness.folding import folded
from octavo.inspection.completeness.paper.entries import agrees
from octavo.inspection.completeness.paper.tiling import is_right_to_left
from octavo.model import Matter
from octavo.press.pdf.furniture import Strip, strips
from octavo.press.pdf.numerals import roman
from octavo.press.pdf.paginate import Page, Plan
from octavo.press.pdf.runs import FURNITURE
from octavo.rendition.blocks import Kind

if TYPE_CHECKING:
    from octavo.inspection.completeness.ledger import Chapter, Entry
    from octavo.inspection.completeness.paper.printed import Printed
    from octavo.model import Book


def of_labels(book: Printed) -> Iterator[Fault]:
    """Yield the pages whose label is not the next roman, or in the body arabic, number."""
    body = _first_of_body(book)
    for sheet in book.sheets:
        due = roman(sheet.number + 1) if sheet.number < body else str(sheet.number - body + 1)
        if sheet.folio != due:
            where = f"on the page at place {sheet.number + 1} of the file"
            place = book.ledger.chapters[0].section.location
            yield Fault("wrong-folio", place, due, where, sheet.folio, sheet.number)


def _first_of_body(book: Printed) -> int:
    body = {c.section.id for c in book.ledger.chapters if c.section.matter is not Matter.FRONT}
    pages = (run.page for sheet in book.sheets for run in sheet.runs if run.section in body)
    return next(pages, len(book.sheets))


def of_furniture(book: Printed, edition: Book) -> Iterator[Fault]:
    """Yield the pages whose running head or folio is not the one that is due."""
    due = {strip.page: strip for strip in strips(_plan(book), edition)}
    for sheet in book.sheets:
        shown = [run for run in sheet.runs if run.generated == FURNITURE]
        strip = due.get(sheet.number, Strip(sheet.number))
        found = " ".join(run.text for run in shown)
        head = folded(strip.draft + strip.head)
        if not _says(folded(found), head + folded(strip.folio)):
            box = shown[0].box if shown else None
            where, number = book.page(sheet.number), sheet.number
            if strip.folio and folded(found).startswith(head):
                code, words = "wrong-folio", strip.folio
                found = found[-len(strip.folio) :]
            else:
                code, words = "wrong-running-head", f"{strip.draft} {strip.head} {strip.folio}"
            yield Fault(code, strip.source, words.strip(), where, found, number, box)


def _says(found: str, due: str) -> bool:
    """Tell whether a strip says what it should; what runs to the left, by its letters alone."""
    return found == due or (is_right_to_left(due) and sorted(found) == sorted(due))


def _plan(book: Printed) -> Plan:
    """Return the book page by page as the file itself has it."""
    numbers = {chapter.section.id: at for at, chapter in enumerate(book.ledger.chapters)}
    counts: dict[str, int] = {}
    pages: list[Page] = []
    for sheet in book.sheets:
        section = next((run.section for run in sheet.runs if run.section in numbers), "")
        pages.append(Page(sheet.folio, numbers.get(section, -1), counts.get(section, 0)))
        counts[section] = counts.get(section, 0) + 1
    return Plan(tuple(pages), (), 0)


# --- References ---------------------------------------------------------------------------------


def of_references(book: Printed) -> Iterator[Fault]:
    """Yield the page numbers in the text that are not those of the places they name."""
    homes = {
        name: (chapter, at, raw)
        for chapter in reversed(book.ledger.chapters)
        for at, entry in reversed([*enumerate(chapter.entries)])
        for name, raw in entry.block.marks
    }
    for chapter in book.ledger.chapters:
        for entry in chapter.entries:
            if entry.block.kind is Kind.FOLIO:
                yield from _of_reference(book, chapter, entry, homes)


_Home = tuple["Chapter", int, int]
"""The chapter, the place of the entry in it, and the characters of its text before the id."""


def _of_reference(
    book: Printed, chapter: Chapter, entry: Entry, homes: Mapping[str, _Home]
) -> Iterator[Fault]:
    runs = book.text.get((chapter.section.id, entry.block.number), ())
    text = "".join(run.text for run in runs)
    known = [name in homes for name in entry.block.of]
    due = [_folios(book, *homes[name]) for name in compress(entry.block.of, known)]
    if kinds := entry.block.kinds:
        places = zip(locators(" ".join(compress(kinds, known))), map(frozenset, due), strict=True)
        if agrees(text, [*places], entry.block.suffix):
            return
    elif _are_told(_without(entry.block.before, text), due):
        return
    wanted = ", ".join(dict.fromkeys(max(folios) for folios in due if folios))
    place, run = chapter.location(entry), runs[0] if runs else None
    yield book.fault("wrong-page-number", place, wanted, run, found=text)


def _are_told(numbers: str, due: Sequence[set[str]]) -> bool:
    """Tell whether numbers are those of the places, each once."""
    printed = [number.strip() for number in re.split("[,–]", numbers)]
    known = {folio for folios in due for folio in folios}
    in_order = printed == sorted(set(printed), key=printed.index)
    return in_order and set(printed) <= known and all(folios & set(printed) for folios in due)


def _without(words: Sequence[str], text: str) -> str:
    """Return the numbers behind the word for one page or for several."""
    found = (word for word in words if text.startswith(word))
    return text.removeprefix(max(found, key=len, default=""))


def _folios(book: Printed, chapter: Chapter, at: int, raw: int) -> set[str]:
    """Return the folio of a place: two, where it stands between two pages."""
    home = chapter.entries[at]
    offset = home.offset(raw)
    tiles = [tile for tile in book.tiles(chapter, home) if tile.start <= offset <= tile.end]
    after = next((entry for entry in chapter.entries[at + 1 :] if book.tiles(chapter, entry)), None)
    # The own text of a block may begin after the blocks in it.
    if after and (not tiles or (offset == 0 and after.place(0) < home.place(0))):
        tiles = list(book.tiles(chapter, after)[:1])
    elif not tiles:  # at the end of a section nothing may follow
        before = (book.tiles(chapter, entry) for entry in reversed(chapter.entries[:at]))
        tiles = next((list(found[-1:]) for found in before if found), [])
    return {book.sheets[tile.run.page].folio for tile in tiles}
