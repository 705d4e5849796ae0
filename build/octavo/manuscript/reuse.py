"""How much a drawing draws: what it uses again, and again within that, may multiply to no end."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from graphlib import CycleError, TopologicalSorter

_REUSING = frozenset({"use", "pattern", "feImage"})
"""Elements whose ``href`` draws another part of the drawing (SVG 2, 5.5 and 14.3)."""
_WITHIN = re.compile(r"url\(\s*[\"']?\s*#([^\"')\s]+)", re.IGNORECASE)
_UNCOUNTED = 10**9
"""Where counting ends: numbers of a thousand digits take their time too."""
_WHOLE = ""
"""Stands for the drawing itself, which has no id that counts."""


class CircularError(ValueError):
    """A part of a drawing that is made of itself."""


class Reuse:
    """What each named part of a drawing holds, and which others it draws."""

    def __init__(self) -> None:
        """Begin with a drawing that holds nothing."""
        self._held: Counter[str] = Counter()
        self._drawn: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._open = [_WHOLE]

    def start(self, tag: str, attributes: Sequence[tuple[str, str]]) -> None:
        """Note an element and what it draws; the names of attributes are without namespaces."""
        around = self._open[-1]
        here = next((value for name, value in attributes if name == "id" and value), around)
        if here not in self._open:
            self._drawn[around][here] += 1
        self._open.append(here)
        self._held[here] += 1
        for name, value in attributes:
            self._drawn[here].update(_WITHIN.findall(value))
            part = value.strip()
            if name == "href" and tag in _REUSING and part.startswith("#") and part != "#":
                self._drawn[here][part[1:]] += 1

    def end(self) -> None:
        """Note that the last element that was opened ends."""
        self._open.pop()

    def total(self) -> int:
        """Return how many elements are drawn in all.

        Raises:
            CircularError: a part is made of itself.
        """
        totals: dict[str, int] = {}
        try:
            for part in TopologicalSorter(self._drawn).static_order():
                drawn = self._drawn.get(part, Counter())
                inner = sum(totals[name] * times for name, times in drawn.items())
                totals[part] = min(self._held[part] + inner, _UNCOUNTED)
        except CycleError as problem:
            raise CircularError(next(name for name in problem.args[1] if name)) from problem
        return totals.get(_WHOLE, 0)
