"""BibTeX and BibLaTeX files: what they say, by way of Pandoc, with the line of every entry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from octavo.diagnostics import Location
from octavo.manuscript.references import capitals
from octavo.manuscript.references.asked import answers
from octavo.manuscript.references.oversights import doubt, restore
from octavo.manuscript.references.parents import families, with_sound_parents
from octavo.manuscript.references.scan import scan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Report
    from octavo.store import Store

Item = dict[str, Any]


def items(path: str, text: str, report: Report, store: Store) -> Iterator[tuple[Item, Location]]:
    """Yield the sources of a BibTeX or BibLaTeX file with the lines on which they begin."""
    found = scan(text)
    for fault in found.faults:
        report(fault.at(path))
    entries = with_sound_parents(found.entries, path, report)
    for entry in entries:
        doubt(entry, path, report)
    said = answers(entries, path, report, store)
    family = families(entries)
    for number, entry in enumerate(entries):
        if entry.kind == "xdata":
            continue
        place = Location(path, entry.line)
        if (item := said.get(f"k{number}")) is not None:
            restore(item, entry, place, report)
            fields = (field for each in family(entry) for field in each.fields)
            capitals.restored(item, (f.text for f in fields if f.name in capitals.SOURCES))
            yield {**item, "id": entry.key}, place
