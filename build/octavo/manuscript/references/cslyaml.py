"""CSL-YAML files: their items as Pandoc reads them, with the lines on which these begin.

YAML is read here, and every plain value stays the text that was written: neither the title
``Yes`` nor the volume ``0x1F`` becomes something else.  Pandoc gets the items as JSON, and turns
the Markdown in their texts into the markup of CSL, and the dates into numbers.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from octavo import pandoc
from octavo.diagnostics import Location, error, warning
from octavo.manuscript.references import yamlitems
from octavo.manuscript.references.doubts import NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Report
    from octavo.store import Store

Item = dict[str, Any]
READER = (
    "markdown-smart-raw_html-raw_tex-raw_attribute-citations-native_spans-native_divs"
    "-fenced_divs-latex_macros"
)
"""Markdown as Pandoc reads it, in which a tag of CSL such as ``<i>`` stays what it is."""
RAW = frozenset({"id", "type", "DOI", "URL", "ISBN", "ISSN", "PMID", "PMCID", "language", "custom"})
"""Fields in which a star or an underscore is no markup."""
DATES = frozenset(
    {"accessed", "available-date", "event-date", "issued", "original-date", "submitted"}
)


def items(path: str, text: str, report: Report, store: Store) -> Iterator[tuple[Item, Location]]:
    """Yield the items of a file with the lines on which they begin."""
    found = list(yamlitems.items(path, text, report))
    # A nest without bottom, and what cannot be written, is told of by whoever asked for the items.
    sound = {number: item for number, (item, _) in enumerate(found) if yamlitems.is_plain(item)}
    said = _said(sound, path, report, store) if sound else {}
    if said is None:
        return
    for number, (item, place) in enumerate(found):
        for name in (name for name in NAMES if isinstance(item.get(name), str)):
            message = f"“{item[name][:40]}” in “{name}” is printed as one name, as it stands"
            hint = f"write: {name}: [{{family: Smith, given: Jane}}], or {{literal: …}} for a body"
            report(warning("bad-name", message, place, hint))
        yield _merged(item, said.get(f"k{number}", {})), place


def _said(
    sound: dict[int, Item], path: str, report: Report, store: Store
) -> dict[str, Item] | None:
    """Return what Pandoc makes of the items, by their numbers; None if it makes nothing."""
    asked = [
        {**{name: value for name, value in item.items() if name not in RAW}, "id": f"k{number}"}
        for number, item in sound.items()
    ]
    document = f"---\n{json.dumps({'references': asked}, ensure_ascii=False)}\n---\n"
    try:
        answer = pandoc.items(document, READER, store=store)
    except pandoc.PandocError as problem:
        report(error(problem.code, problem.message, Location(path), problem.hint))
        return None
    for remark in answer.warnings:
        report(warning("references-remark", remark, Location(path)))
    return {str(item["id"]): item for item in answer.items}


def _merged(item: Item, said: Item) -> Item:
    """Return an item as Pandoc reads it, with what it must not touch, and what it lost."""
    return {name: _field(name, value, said.get(name)) for name, value in item.items()}


def _field(name: str, written: Any, said: Any) -> Any:
    if name in RAW or not said:
        return written
    if name in DATES and not said.get("date-parts"):
        return {"literal": written} if isinstance(written, str) else written
    return said
