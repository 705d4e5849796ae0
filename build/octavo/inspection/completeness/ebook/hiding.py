"""What the rules of a book's stylesheets hide, though nothing in its text says so."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import chain
from typing import TYPE_CHECKING

from octavo.inspection.completeness.ebook.rules import rules_of, said_in
from octavo.inspection.completeness.ebook.selection import (
    PARTS,
    Selection,
    TooMuchError,
    selection_of,
    wrapped,
)
from octavo.inspection.completeness.ebook.veils import FILL, INHERITED, WHOLE
from octavo.inspection.completeness.faults import Fault
from octavo.markup import text_of, walk
from octavo.model import Element
from octavo.rendition.blocks import FOREIGN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from octavo.inspection.completeness.ebook.judges import Verdict
    from octavo.inspection.completeness.ebook.page import Page
    from octavo.inspection.completeness.ebook.rules import Rule, Said
    from octavo.inspection.completeness.ebook.selection import Seen
    from octavo.model import Rendition

_PICTURES = frozenset({"img", *FOREIGN})
_PLACES = {
    "loose": ("clip", "left", "right", "top", "bottom"),
    "placed": ("left", "right", "top", "bottom"),
}
"""What moves or cuts an element, by its position."""
_MEASURES = {
    "min-width": ("width", "max-width"),
    "min-height": ("height", "max-height"),
}
"""What leaves no room for an element whose overflow is not shown, unless the first gives some."""

Cause = tuple["Verdict", "Rule | None"]
"""What is said of a property, and by which rule; by none, in the element's own style."""
_NO_CAUSE: Cause = ("shows", None)
_OPEN: Cause = ("open", None)


def hidden_by_rules(pages: Sequence[Page], rendition: Rendition) -> Iterator[Fault]:
    """Yield what rules hide that is not declared to be hidden; each rule is told of once.

    What an element's own style hides is the manuscript's wish, or else a change of the document.
    """
    rules = [rule for sheet, css in rendition.stylesheets for rule in rules_of(sheet, css)]
    if not any(rule.hides for rule in rules):
        return
    selection = selection_of(rules)
    place = rendition.book.edition.location
    for sheet, lines in selection.unread.items():
        more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
        yield Fault("stylesheet-unproved", place, f"{sheet}.css", "", f"line {lines[0]}{more}")
    told: set[tuple[str, int]] = set()
    try:
        for page in pages:
            for rule, element, line in _Reading(page, selection).hidden():
                if (rule.sheet, rule.line) not in told:
                    told.add((rule.sheet, rule.line))
                    yield _fault(page, rule, element, line)
    except TooMuchError:
        names = dict.fromkeys(f"{rule.sheet}.css" for rule in rules if rule.hides)
        yield Fault("stylesheet-unproved", place, ", ".join(names), "", "all of its rules")


def _fault(page: Page, rule: Rule, element: Element, line: int) -> Fault:
    words = " ".join(text_of(element).split()) or element.get("alt") or f"<{element.tag}>"
    fault = page.fault("text-invisible", words, line)
    return replace(fault, where=f"{fault.where}: line {rule.line} of {rule.sheet}.css hides it")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A document, read as its stylesheets show it."""

    page: Page
    selection: Selection
    lines: dict[int, int] = field(default_factory=dict)
    """The line of each element in the manuscript, by its identity, where the two are alike."""

    def hidden(self) -> Iterator[tuple[Rule, Element, int]]:
        """Yield each rule that hides something, with an element that it hides, and its line."""
        self._find_lines()
        roots = (node for node in self.page.document.nodes if isinstance(node, Element))
        for root in roots:
            yield from self._below(wrapped(root, self.selection), {}, 0)

    def _find_lines(self) -> None:
        wanted, found = [*walk(self.page.leaf.content)], [*walk(self.page.document.body)][1:]
        if [each.tag for each in wanted] == [each.tag for each in found]:
            lines = (each.line for each in wanted)
            self.lines.update(zip(map(id, found), lines, strict=True))

    def _below(
        self, seen: Seen, around: Mapping[str, Cause], line: int
    ) -> Iterator[tuple[Rule, Element, int]]:
        element = seen.model
        line = self.lines.get(id(element)) or line
        if element.tag == "head" or any(name == "hidden" for name, _ in element.attributes):
            return
        rules = self.selection.of(seen)
        style = said_in(element.get("style")) if element.get("style") else ()
        said = _cascaded(rules.get("", ()), style)
        if cause := _whole(said):
            if cause[1] and _has_text(element):
                yield cause[1], element, line
            return
        here = dict(around)
        here.update((n, said[n]) for n in INHERITED if n in said and said[n][0] != "inherits")
        for name in INHERITED:
            rule = here.get(name, _NO_CAUSE)[1]
            if rule and _is_hidden(name, here) and _shows(element, name):
                yield rule, element, line
        for part in PARTS:
            if part in rules and _has_text(element):
                parted = here | _cascaded(rules[part], ())
                hiding = (parted[n][1] for n in INHERITED if n in parted and _is_hidden(n, parted))
                yield from ((rule, element, line) for rule in hiding if rule in rules[part])
        # What a drawing or a formula shows is its own affair.
        below = () if element.tag in FOREIGN else seen.iter_children()
        for child in below:
            yield from self._below(child, here, line)


def _cascaded(rules: Sequence[Rule], style: Sequence[Said]) -> dict[str, Cause]:
    """Return what is said of an element: the cascade (CSS Cascading and Inheritance 5, 6)."""
    causes: list[Rule | None] = [*rules, None]
    winning: dict[str, Cause] = {}
    for important, rule in chain(((False, r) for r in causes), ((True, r) for r in causes)):
        for said in rule.said if rule else style:
            heeded = rule is None or rule.always or said.verdict in {"hides", *_PLACES}
            if said.important == important and heeded:
                winning[said.property] = said.verdict, rule
    return winning


def _is_hidden(name: str, said: Mapping[str, Cause]) -> bool:
    """Tell whether a property hides; letters with a fill have no other colour."""
    decides = name != "color" or said.get(FILL, _OPEN)[0] == "open"
    return decides and said.get(name, _NO_CAUSE)[0] == "hides"


def _whole(said: Mapping[str, Cause]) -> Cause | None:
    """Return by what an element is hidden with all that is in it."""
    position = said.get("position", _NO_CAUSE)[0]
    overflows = (said.get(name, _NO_CAUSE)[0] for name in ("overflow-x", "overflow-y"))
    measured = _MEASURES if "hides" in overflows else {}
    tight = (
        name for least, names in measured.items() for name in names if not _is_open(least, said)
    )
    names = (*WHOLE, *_PLACES.get(position, ()), *tight)
    hiding = (said[name] for name in names if name in said and said[name][0] == "hides")
    return next(hiding, None)


def _is_open(name: str, said: Mapping[str, Cause]) -> bool:
    return said.get(name, _NO_CAUSE)[0] == "open"


def _has_text(element: Element) -> bool:
    """Tell whether an element has anything to be seen that is not declared to be hidden."""
    if any(name == "hidden" for name, _ in element.attributes):
        return False
    return (
        element.tag in _PICTURES
        or _own_text(element)
        or any(_has_text(child) for child in element.children if isinstance(child, Element))
    )


def _own_text(element: Element) -> bool:
    return any(isinstance(child, str) and child.strip() for child in element.children)


def _shows(element: Element, name: str) -> bool:
    """Tell whether an element has itself what an inherited property would hide."""
    return _own_text(element) or (name == "visibility" and element.tag in _PICTURES)
