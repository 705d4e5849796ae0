"""Which rules hold for which elements: cssselect2 over the trees of an EPUB, within bounds.

A stylesheet may come from a stranger, and a few combinators can keep a matcher at work for years.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element as Tree

import cssselect2

from octavo.inspection.completeness.ebook.rules import LONGEST
from octavo.inspection.completeness.ebook.veils import FILL

if TYPE_CHECKING:
    from octavo.inspection.completeness.ebook.rules import Rule
    from octavo.model import Element

MOST = 500
"""Selectors that are looked at."""
STEPS = 1_000_000
"""Elements that are looked at for all of them, each as often as it is."""
_STEEPEST = 30
"""Combinators and brackets of one list; they are compiled by recursion."""
_COMBINED = re.compile(r"[\s>+~(]+")
PARTS = ("first-line", "first-letter")
"""Parts of an element's own text that a rule can hide."""
_ALWAYS_SEEN = frozenset({"position", "overflow-x", "overflow-y", "min-width", "min-height"})
"""What hides nothing by itself, and decides whether something else does."""
_NAMESPACES = {
    "epub": "http://www.idpf.org/2007/ops",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "xlink": "http://www.w3.org/1999/xlink",
}
"""Those of attributes, by the prefixes that the press writes."""


class TooMuchError(ValueError):
    """Selectors that take too many steps to be matched."""


@dataclass(slots=True)
class Selection:
    """Selectors, and how many steps may still be taken to match them."""

    steps: int
    matcher: Any = field(default_factory=cssselect2.Matcher)
    unread: dict[str, list[int]] = field(default_factory=dict)
    """The lines of rules that hide something by selectors that cannot be read, by stylesheet."""
    selectors: int = 0

    def take(self) -> None:
        """Take a step."""
        self.steps -= 1
        if self.steps < 0:
            raise TooMuchError

    def of(self, seen: Seen) -> dict[str, list[Rule]]:
        """Return the rules that hold for an element and its parts, the strongest last."""
        self.take()
        rules: dict[str, list[Rule]] = {}
        for *_, part, rule in self.matcher.match(seen):
            rules.setdefault(part or "", []).append(rule)
        return rules


def selection_of(rules: Sequence[Rule]) -> Selection:
    """Return the selectors of the rules that say anything of what some rule hides."""
    hiding = {each.property for rule in rules for each in rule.said if each.verdict == "hides"}
    seen = hiding | _ALWAYS_SEEN | ({FILL} if "color" in hiding else frozenset())
    selection = Selection(STEPS)
    for rule in rules:
        if any(each.property in seen for each in rule.said):
            _add(rule, selection)
    return selection


def _add(rule: Rule, selection: Selection) -> None:
    if len(rule.selectors) > LONGEST or len(_COMBINED.findall(rule.selectors)) > _STEEPEST:
        compiled = None
    else:
        compiled = _compiled(rule)
    if compiled is None or selection.selectors + len(compiled) > MOST:
        if rule.hides:
            selection.unread.setdefault(rule.sheet, []).append(rule.line)
        return
    selection.selectors += len(compiled)
    for each in compiled:
        if each.pseudo_element is None or each.pseudo_element in PARTS:
            selection.matcher.add_selector(each, rule)


def _compiled(rule: Rule) -> list[Any] | None:
    """Return selectors, compiled; nothing where some reading system may know one that we do not.

    A list with a prefix that is not declared holds for nothing (CSS Namespaces 3, 4).
    """
    try:
        return list(cssselect2.compile_selector_list(rule.selectors, dict(rule.namespaces)))
    except (cssselect2.SelectorError, NotImplementedError) as problem:
        return [] if "undefined namespace prefix" in str(problem).lower() else None


class Seen(cssselect2.ElementWrapper):  # type: ignore[misc]  # cssselect2 has no types
    """An element as selectors see it: whoever goes from it to others takes steps."""

    selection: Selection
    models: dict[Tree, Element]

    def __init__(self, tree: Tree, parent: Seen | None, *rest: Any, **named: Any) -> None:
        """Take what cssselect2 hands on, and what is known of the element above."""
        super().__init__(tree, parent, *rest, **named)
        if parent is not None:
            self.selection, self.models = parent.selection, parent.models

    @property
    def model(self) -> Element:
        """The element itself."""
        return self.models[self.etree_element]

    @property
    def ancestors(self) -> Iterator[Seen]:
        """The elements around it, the nearest first."""
        above = self.parent
        while above is not None:
            self.selection.take()
            yield above
            above = above.parent

    @property
    def previous_siblings(self) -> Iterator[Seen]:
        """The elements before it in the same one, the nearest first."""
        before = self.previous
        while before is not None:
            self.selection.take()
            yield before
            before = before.previous

    def iter_children(self) -> Iterator[Seen]:
        """Yield the elements right in it."""
        for child in super().iter_children():
            self.selection.take()
            yield child


def wrapped(root: Element, selection: Selection) -> Seen:
    """Return a document as selectors see it."""
    models: dict[Tree, Element] = {}
    tree = _tree(root, "", models)
    seen = Seen(tree, None, 0, None, in_html_document=False)
    seen.selection, seen.models = selection, models
    return seen


def _tree(element: Element, space: str, models: dict[Tree, Element]) -> Tree:
    space = element.get("xmlns", space)
    tree = Tree(f"{{{space}}}{element.tag}", {_qualified(n): v for n, v in element.attributes})
    models[tree] = element
    for child in element.children:
        if isinstance(child, str):
            # Where the text stands among the elements, no selector asks.
            tree.text = (tree.text or "") + child
        else:
            tree.append(_tree(child, space, models))
    return tree


def _qualified(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return f"{{{_NAMESPACES[prefix]}}}{local}" if colon and prefix in _NAMESPACES else name
