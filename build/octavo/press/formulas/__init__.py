"""Formulas in print: the MathML of a rendition drawn, each formula once, and kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.bounds import LIMITS, Crew, Stop
from octavo.diagnostics import Location, error
from octavo.markup import parse, rewrite, serialize, walk
from octavo.model import Element
from octavo.store import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from octavo.diagnostics import Report
    from octavo.model import Leaf, Rendition
    from octavo.store import Store

MATH = "math"
SECONDS = 20.0
"""For any formula; one takes some hundredth."""
WORKERS = 2
MANY = 200
"""Formulas to draw from which on a second worker is worth its start."""
_UNDRAWN = "!"


def drawn(rendition: Rendition, store: Store, report: Report) -> Rendition:
    """Return a rendition with its formulas as drawings, in ems of the text around them.

    What cannot be drawn is reported, and stands as a fault in a draft.
    """
    wanted = dict.fromkeys(
        _bare(element)
        for leaf in rendition.leaves
        for element in walk(leaf.content)
        if element.tag == MATH
    )
    if not wanted:
        return rendition
    drawings = _drawings(tuple(wanted), store)
    return replace(
        rendition, leaves=tuple(_drawn(leaf, drawings, report) for leaf in rendition.leaves)
    )


def _bare(math: Element) -> str:
    """Return what a formula's drawing depends on."""
    kept = tuple(pair for pair in math.attributes if pair[0] in {"display", "displaystyle"})
    return serialize(replace(math, attributes=kept))


def _drawings(wanted: Sequence[str], store: Store) -> Mapping[str, str]:
    """Return the drawing of each formula, or why there is none."""
    from octavo.press.formulas import draughtsman  # noqa: PLC0415 - it reads its typeface

    keys = {markup: digest("formula", draughtsman.MADE_BY, markup) for markup in wanted}
    ready = {markup: kept for markup in wanted if (kept := store.kept(keys[markup])) is not None}
    new = [markup for markup in wanted if markup not in ready]
    made = dict(_made(new)) if new else {}
    for markup, answer in made.items():
        if not answer.startswith(_UNDRAWN):
            store.get(keys[markup], answer.encode)
    return made | {markup: kept.decode() for markup, kept in ready.items()}


def _made(wanted: Sequence[str]) -> Iterator[tuple[str, str]]:
    from octavo.press.formulas import draughtsman  # noqa: PLC0415

    size = WORKERS if len(wanted) > MANY else 1
    with Crew(draughtsman.at_desk, None, size, LIMITS) as crew:
        for at, answer in crew.each(draughtsman.draw, wanted, [SECONDS] * len(wanted)):
            slow = f"{_UNDRAWN}it takes too long, or too much memory, to be drawn"
            yield wanted[at], slow if isinstance(answer, Stop) else answer


def _drawn(leaf: Leaf, drawings: Mapping[str, str], report: Report) -> Leaf:
    def draw(element: Element) -> Element:
        if element.tag != MATH:
            return element
        answer = drawings[_bare(element)]
        if answer.startswith(_UNDRAWN):
            return _undrawn(element, answer.removeprefix(_UNDRAWN), leaf, report)
        drawing = next(walk(*parse(answer)))
        lineless = (replace(each, line=0) for each in drawing.children if isinstance(each, Element))
        named = (("id", element.get("id")), ("aria-label", element.get("alttext")))
        own = (*drawing.attributes, *(pair for pair in named if pair[1]))
        return replace(drawing, attributes=own, children=tuple(lineless), line=element.line)

    return replace(leaf, content=next(walk(*rewrite(leaf.content, draw))))


def _undrawn(math: Element, reason: str, leaf: Leaf, report: Report) -> Element:
    place = leaf.section.location
    place = Location(place.file, math.line) if math.line else place
    shown = math.get("alttext") or "…"
    hint = "write it in another way, or show it as a picture"
    report(
        error(
            "formula-not-drawn", f"the formula “{shown}” cannot be printed: {reason}", place, hint
        )
    )
    return Element("mark", (("class", "fault"),), ("[formula-not-drawn]",), math.line)
