"""The rules of a stylesheet, as far as they decide what is seen on a screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import tinycss2

from octavo.inspection.completeness.ebook.veils import WHOLE, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from octavo.inspection.completeness.ebook.judges import Verdict
    from octavo.model import Element

LONGEST = 1000
"""Characters of one list of selectors, what it is nested in included."""
_SCREENS = frozenset({"all", "screen", "handheld", "amzn-kf8", "amzn-mobi"})
"""The media that an EPUB is read in; Kindles call themselves by names of their own."""
_EVERY = frozenset({"all", "screen"})
_ONLY = re.compile(r"^\s*only\s")
"""A word that keeps older readers away (Media Queries 4, 2.2.2)."""
_FOR_SOME = frozenset({"supports", "layer", "container", "scope", "starting-style", "document"})

_AT_THE_TOP = frozenset({"charset", "import", "layer", "namespace"})
"""What may stand before a namespace (CSS Namespaces 3, 2)."""


_GENERATED = (":before", ":after")


@dataclass(frozen=True, slots=True)
class Said:
    """What a rule says of a property."""

    property: str
    verdict: Verdict
    important: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """What some elements look like."""

    sheet: str
    line: int
    selectors: str
    namespaces: Mapping[str | None, str]
    always: bool
    """False where only some reading systems heed it: it may hide there, and show nowhere."""
    said: tuple[Said, ...]

    @property
    def hides(self) -> bool:
        """Whether it hides something of the text, if nothing else shows it."""
        hides = any(each.verdict == "hides" for each in self.said)
        return hides and not self._is_generated

    @property
    def _is_generated(self) -> bool:
        """Whether it is about what a stylesheet itself puts before or behind elements."""
        return all(part.rstrip().endswith(_GENERATED) for part in self.selectors.split(","))


def rules_of(sheet: str, css: str) -> Iterator[Rule]:
    """Yield the rules of a stylesheet that say anything of what is seen, in order."""
    # To CSS a form feed ends a line; to an editor, which shows the line told, it does not.
    nodes = tinycss2.parse_stylesheet(css.replace("\f", " "), True, True)
    yield from _Sheet(sheet, _namespaces(nodes)).rules(nodes, "", always=True)


def said_in(style: str) -> tuple[Said, ...]:
    """Return what an element's own style says."""
    return tuple(_declared(tinycss2.parse_blocks_contents(style)))


def hides_itself(element: Element) -> bool:
    """Tell whether an element says that it, and all that is in it, is not to be seen."""
    if any(name == "hidden" for name, _ in element.attributes):
        return True
    style = element.get("style")
    winning = {each.property: each.verdict for each in (said_in(style) if style else ())}
    return any(winning.get(name) == "hides" for name in (*WHOLE, "visibility"))


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    namespaces: Mapping[str | None, str]

    def rules(self, nodes: Iterable[Any], within: str, *, always: bool) -> Iterator[Rule]:
        for node in nodes:
            if node.type == "qualified-rule":
                selectors = _nested(tinycss2.serialize(node.prelude).strip(), within)
                yield from self.rule(node, selectors, node.content, always=always)
            elif node.type == "at-rule" and node.content is not None:
                yield from self.group(node, within, always=always)

    def group(self, node: Any, within: str, *, always: bool) -> Iterator[Rule]:
        """Yield the rules within an at-rule."""
        applies, sure = _applies(node)
        if not applies:
            return
        if node.lower_at_keyword == "scope":
            within = _scoped(node.prelude, within)
        if within:
            yield from self.rule(node, within, node.content, always=always and sure)
        else:
            nodes = tinycss2.parse_rule_list(node.content, True, True)
            yield from self.rules(nodes, "", always=always and sure)

    def rule(
        self, node: Any, selectors: str, content: list[Any], *, always: bool
    ) -> Iterator[Rule]:
        """Yield what a block says, and the rules within it."""
        parts = tinycss2.parse_blocks_contents(content, True, True)
        if said := tuple(_declared(parts)):
            yield Rule(self.name, node.source_line, selectors, self.namespaces, always, said)
        if len(selectors) <= LONGEST:
            yield from self.rules(parts, selectors, always=always)


def _nested(selectors: str, within: str) -> str:
    """Return selectors as they read outside of what they stand in (CSS Nesting 1, 3)."""
    if not within:
        return selectors
    around = f":is({within})"
    selectors = selectors.replace(":scope", "&")
    if "&" in selectors:
        return selectors.replace("&", around)
    return ", ".join(f"{around} {each.strip()}" for each in selectors.split(","))


def _scoped(prelude: Iterable[Any], within: str) -> str:
    """Return the selectors of what a scope begins with (CSS Cascading and Inheritance 6, 2.5)."""
    blocks = (each for each in prelude if each.type == "() block")
    begins = next((tinycss2.serialize(each.content).strip() for each in blocks), "")
    return _nested(begins, within) if begins else within


def _declared(parts: Iterable[Any]) -> Iterator[Said]:
    for part in parts:
        if part.type == "declaration":
            for name, verdict in verdicts(part):
                yield Said(name, verdict, part.important)


def _applies(node: Any) -> tuple[bool, bool]:
    """Tell whether an at-rule holds for some screen, and whether for all."""
    if node.lower_at_keyword != "media":
        return node.lower_at_keyword in _FOR_SOME, False
    queries = tinycss2.serialize(node.prelude).lower().split(",")
    held = [query for query in queries if _holds(query)]
    bare = (_ONLY.sub("", query).strip() for query in held)
    return bool(held), any(query in {"", *_EVERY} for query in bare)


def _holds(query: str) -> bool:
    words = re.sub(r"/\*.*?\*/|\(.*\)", " ", query, flags=re.DOTALL).split()
    words = [word for word in words if word not in {"only", "and", "or"}]
    if words[:1] == ["not"]:
        # Some screen is none of those that call themselves by a name of their own.
        return "(" in query or not _EVERY & {*words}
    return not words or words[0] in _SCREENS


def _namespaces(nodes: Iterable[Any]) -> dict[str | None, str]:
    """Return the namespaces by their prefixes; behind other rules they say nothing."""
    found: dict[str | None, str] = {}
    for node in nodes:
        if node.type != "at-rule" or node.lower_at_keyword not in _AT_THE_TOP:
            break
        if node.lower_at_keyword == "namespace":
            words = [each for each in node.prelude if each.type in {"ident", "string", "url"}]
            if words and words[-1].type != "ident":
                found[words[0].value if words[0].type == "ident" else None] = words[-1].value
    return found
