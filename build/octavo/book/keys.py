"""Keys: those in the text that name no source, and those of sources that nothing cites."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.book.citeproc import keys_of
from octavo.diagnostics import Location, did_you_mean, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from octavo.book.bibliography import Citations
    from octavo.book.citeproc import Group
    from octavo.diagnostics import Diagnostic
    from octavo.model import Reference


def check_keys(groups: Iterable[Group], within: Citations) -> None:
    """Tell of keys that name no reference, and of references that nothing cites."""
    references, report = within.manuscript.references, within.report
    hints: dict[str, str] = {}
    for group in groups:
        if group.is_name:  # its citation stands behind it
            continue
        for key in keys_of(group.element):
            if key in references:
                continue
            if key not in hints:
                hints[key] = _hint(key, references) if len(hints) < MOST_HINTS else ""
            report(_undefined(key, hints[key], group.location))
    if within.manuscript.project.citing.uncited:
        return
    unused = [reference for key, reference in references.items() if key not in within.cited]
    for finding in _unused(sorted(unused, key=lambda reference: reference.location)):
        report(finding)


_PLACES = ("fig:", "sec:", "tbl:", "eq:", "lst:", "ex:")
"""How keys begin that pandoc-crossref takes for places in the book."""
_CROSS_REFERENCE = "if it means a figure or a section, write a link: [the figure](#its-id)"


MOST_UNUSED = 10
"""Sources that are told one by one if nothing cites them: a whole library may be named."""


def _unused(references: Sequence[Reference]) -> Iterator[Diagnostic]:
    for reference in references[:MOST_UNUSED]:
        key = reference.key
        yield warning(
            "unused-reference",
            f"nothing in the text cites “{key}”, so the bibliography leaves it out",
            reference.location,
            f"cite it as [@{key}], take it out, or list it with `citations: {{uncited: true}}`",
        )
    if more := references[MOST_UNUSED:]:
        yield warning(
            "unused-reference",
            f"nothing in the text cites {len(more):,} more of the references",
            Location(more[0].location.file),
            "that is nothing bad if the file holds more than this book cites",
        )


MOST_HINTS = 20
"""Keys of which the nearest are looked for: each is compared with all references."""


def _hint(key: str, references: Mapping[str, Reference]) -> str:
    """Return what an unknown key may mean, and where that is."""
    if key.startswith(_PLACES):
        return _CROSS_REFERENCE
    hint = did_you_mean(key, references)
    near = next((known for known in references if f"“{known}”" in hint), "") if hint else ""
    return f"{hint} (in {references[near].location})" if near else hint


def _undefined(key: str, hint: str, place: Location) -> Diagnostic:
    hint = hint or "add it to the file that `references` in book.yaml names"
    return error("undefined-key", f"no reference has the key “{key}”", place, hint)
