"""Keys: those that name no source, those without their sign, and those that nothing cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from octavo.book.citeproc import keys_of
from octavo.diagnostics import Location, did_you_mean, error, warning
from octavo.manuscript.syntax.foreign import BARE_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from octavo.book.bibliography import Citations
    from octavo.book.citeproc import Group
    from octavo.diagnostics import Diagnostic
    from octavo.model import Element, Node, Reference, Source


def check_keys(groups: Iterable[Group], within: Citations) -> None:
    """Tell of keys that name no reference or lack their sign, and of what nothing cites."""
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
    for source in within.manuscript.sources:
        for key, place in _bare(source, references):
            report(_signless(key, place))
    if within.manuscript.project.citing.uncited:
        return
    unused = [reference for key, reference in references.items() if key not in within.cited]
    unused.sort(key=lambda reference: reference.location)
    for finding in _unused(unused, len(references)):
        report(finding)


_PLACES = ("fig:", "sec:", "tbl:", "eq:", "lst:", "ex:")
"""How keys begin that pandoc-crossref takes for places in the book."""
_CROSS_REFERENCE = "if it means a figure or a section, write a link: [the figure](#its-id)"


MOST_UNUSED = 5
"""Sources that are told one by one if nothing cites them; a whole library is told in one line."""
_NAMED = 3
"""Sources of such a library that are named."""


def _unused(references: Sequence[Reference], of_all: int) -> Iterator[Diagnostic]:
    if len(references) > MOST_UNUSED:
        names = "”, “".join(reference.key for reference in references[:_NAMED])
        yield warning(
            "unused-reference",
            f"{len(references):,} of {of_all:,} sources are cited by nothing: “{names}” …",
            references[0].location,
            "that is nothing bad if the file holds more than this book cites",
        )
        return
    for reference in references:
        key = reference.key
        yield warning(
            "unused-reference",
            f"nothing in the text cites “{key}”, so the bibliography leaves it out",
            reference.location,
            f"cite it as [@{key}], take it out, or list it with `citations: {{uncited: true}}`",
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


# --- Without their sign ---------------------------------------------------------------------------

_IN_BRACKETS = re.compile(r"[\[(]\s*-?(?P<key>\w(?:[^\s,;()\[\]]*\w)?)")
"""A bracket, and the word that it begins with."""
_NO_WORD = re.compile(r"(?=.*[^\W\d_]).*(?:[\d_:]|[a-z][A-Z])")
"""A key that is no word of a sentence, and no number."""
_AS_TYPED = frozenset({"code", "kbd", "math", "pre", "samp"})
"""Elements in which brackets are those of another language."""


def _bare(source: Source, references: Mapping[str, Reference]) -> Iterator[tuple[str, Location]]:
    """Yield the keys of references that a bracket begins with as if they were text."""
    notes = (block for note in source.notes for block in note.content)
    for text, line in _texts((*source.epigraph, *source.body, *notes)):
        for found in _IN_BRACKETS.finditer(text):
            key = found["key"]
            # Its reader has told of a key with a year and a place.
            is_told = text[found.start()] == "[" and BARE_KEY.match(text, found.start() + 1)
            if key in references and _NO_WORD.match(key) and not is_told:
                at = line + text.count("\n", 0, found.start())
                yield key, Location(source.file, at)


def _texts(blocks: Iterable[Element]) -> Iterator[tuple[str, int]]:
    """Yield the texts in blocks, each with the line that it begins in."""
    waiting: list[Node] = [*blocks]
    waiting.reverse()
    line = 0
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node, line
            line += node.count("\n")
            continue
        line = node.line or line
        if node.tag not in _AS_TYPED:
            waiting += node.children[::-1]


def _signless(key: str, place: Location) -> Diagnostic:
    return warning(
        "doubtful-citation",
        f"“{key}” is the key of a source, but there is no “@” before it, and it is printed as text",
        place,
        f"write [@{key}]; or `{key}`, as code, if its readers are to see it",
    )
