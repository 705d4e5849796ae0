"""The opening words of a chapter, which the design sets in small capitals.

They are the words up to the first pause, five at most: a whole line of small capitals cannot be
hyphenated, and its spaces gape where it has to be justified.
"""

from __future__ import annotations

import re
from dataclasses import replace

from octavo.model import Element

CLASS = "lead-in"
LONGEST = 5
"""Words."""
_PAUSE = re.compile(r"[,;:.!?…—]")
_WORD = re.compile(r"\s*\S+")


def with_lead_in(blocks: tuple[Element, ...]) -> tuple[Element, ...]:
    """Return a chapter's blocks with the first words of its first paragraph in a span.

    A chapter that opens with something else, or whose paragraph opens with markup, has none.
    """
    if not blocks or blocks[0].tag != "p" or not blocks[0].children:
        return blocks
    first, *rest = blocks
    text, *others = first.children
    if not isinstance(text, str):
        return blocks
    cut = _cut(text)
    lead = Element("span", (("class", CLASS),), (text[:cut],), first.line)
    kept = (lead, *((text[cut:],) if text[cut:] else ()), *others)
    return (replace(first, children=kept), *rest)


def _cut(text: str) -> int:
    """Return where the lead-in ends: after the word with the first pause, or the fifth."""
    end = 0
    for count, word in enumerate(_WORD.finditer(text), 1):
        end = word.end()
        if _PAUSE.search(word.group()) or count == LONGEST:
            break
    return end
