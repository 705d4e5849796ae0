"""Typographic punctuation in the book's language: quotation marks, apostrophes, dashes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from octavo.manuscript.syntax.branch import READY, TAG, Branch
from octavo.markup import BLOCKS

_NARROW = "\u202f"
_GUILLEMETS = ("«", "»", "“", "”")
_LOW_NINE = ("„", "“", "‚", "‘")
_ENGLISH = ("“", "”", "‘", "’")
_NINE = ("”", "”", "’", "’")
MARKS: dict[str, tuple[str, str, str, str]] = {
    "en": _ENGLISH,
    "de": _LOW_NINE,
    "de-ch": ("«", "»", "‹", "›"),
    "de-li": ("«", "»", "‹", "›"),
    "fr": (f"«{_NARROW}", f"{_NARROW}»", "“", "”"),
    "fr-ch": (f"«{_NARROW}", f"{_NARROW}»", f"‹{_NARROW}", f"{_NARROW}›"),
    "es": _GUILLEMETS,
    "it": _GUILLEMETS,
    "pt": _GUILLEMETS,
    "pt-br": _ENGLISH,
    "nl": _ENGLISH,
    "pl": ("„", "”", "‚", "’"),
    "sv": _NINE,
    "da": ("»", "«", "›", "‹"),
    "nb": ("«", "»", "‘", "’"),
    "nn": ("«", "»", "‘", "’"),
    "no": ("«", "»", "‘", "’"),
    "fi": _NINE,
    "cs": _LOW_NINE,
    "ja": ("「", "」", "『", "』"),
    "ar": ("«", "»", "‹", "›"),
}
"""The marks that open and close a quotation made with ``"``, and one made with ``'``.

Languages whose habit is single first (British English) still write ``"`` for the inner kind, so
an author's two keys keep their meaning: ``'`` gives single marks, ``"`` double ones.
"""
_TOKEN = re.compile(
    r"(?:https?://|www\.)[^\s\"'<>)\]]+|(?<!\w)'[nN]'(?!\w)|[\"']|(?<!-)-{2,3}(?!-)|(?<!\.)\.\.\.(?!\.)",
)
_FIXED = {"--": "–", "---": "—", "...": "…"}
_ELIDED = re.compile(
    r"'(?:\d\ds?\b(?!')|(?:tis|twas|twere|twill|twould|til|em|cause|bout|round|neath|nuff|cept"
    r"|ere|gainst|n)\b(?!'))",
    re.IGNORECASE,
)
_ELIDED_IN = {
    "de": re.compile(r"'(?:s|ne[mnrs]?|n)\b(?![-'])", re.IGNORECASE),
    "it": re.compile(r"'(?:ndrangheta|ndrina|ndrine)\b(?!')", re.IGNORECASE),
    "nl": re.compile(r"'(?:[kmnrst]|ns|em|ie)\b(?!')", re.IGNORECASE),
}
"""Words that lost their head, in languages that have such beside those of English."""
_OPENERS = frozenset("([{<—–-/=\xa0\u202f“‘„‚«‹¿¡|")
_VERBATIM = frozenset("code pre kbd samp tt var".split()) | {READY}
_TRANSPARENT = frozenset({"note", "definition"})
_APART = BLOCKS | {"note", "definition", "prefix", "suffix"}
"""Elements whose text is one of its own."""

Side = Literal["text", "tail"]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A stretch of a paragraph's text, and where the tree keeps it."""

    node: Branch
    side: Side
    text: str
    open: bool
    """Whether punctuation in it may change."""


def set_punctuation(root: Branch, language: str) -> None:
    """Put typographic punctuation into every paragraph below a node.

    A block in another language (``lang``) has the punctuation of its own.
    """
    for child in root:
        if child.tag not in _VERBATIM:
            _set_block(child, child.get("lang") or language)


def _set_block(child: Branch, language: str) -> None:
    slots = list(_slots(child, in_code=False))
    if child.tag == "suffix":  # it stands behind a name or a number
        slots.insert(0, _Slot(Branch("cite"), "text", "x", open=False))
    if any(_TOKEN.search(slot.text) for slot in slots if slot.open):
        _set(slots, language)
    for block in _blocks(child):
        set_punctuation(_shell(block), language)


def _shell(block: Branch) -> Branch:
    shell = Branch("shell")
    shell.append(block)
    return shell


def _blocks(node: Branch) -> Iterator[Branch]:
    """Yield the blocks inside a block, and the notes: each is a text of its own."""
    for child in node:
        if child.tag in _APART:
            yield child
        elif child.tag not in _VERBATIM:
            yield from _blocks(child)


def _slots(node: Branch, *, in_code: bool) -> Iterator[_Slot]:
    """Yield a block's own stretches of text, in order."""
    if node.text:
        yield _Slot(node, "text", node.text, not in_code)
    inside = in_code
    for child in node:
        if child.tag == TAG:
            inside = _verbatim(child.get("source", ""), inside)
        elif child.tag in {"br", "img", "citation", "formula"}:
            yield _Slot(child, "text", " " if child.tag == "br" else "x", open=False)
        elif child.tag not in BLOCKS and child.tag not in _TRANSPARENT:
            yield from _slots(child, in_code=inside or child.tag in _VERBATIM)
        if child.tail:
            yield _Slot(child, "tail", child.tail, not inside)


def _verbatim(source: str, inside: bool) -> bool:  # noqa: FBT001
    """Tell whether the text after a tag is code."""
    name = re.match(r"</?([A-Za-z]+)", source)
    if name is None or name[1].lower() not in _VERBATIM or source.endswith("/>"):
        return inside
    return not source.startswith("</")


def _set(slots: list[_Slot], language: str) -> None:
    """Replace the punctuation of one paragraph."""
    text = "".join(slot.text for slot in slots)
    changes = iter(_changes(text, language))
    change = next(changes, None)
    start = 0
    for slot in slots:
        end = start + len(slot.text)
        pieces: list[str] = []
        at = start
        while change is not None and change[0] < end:
            left, right, new = change
            if right <= end and slot.open:
                pieces += [text[at:left], new]
                at = right
            change = next(changes, None)
        if pieces:
            setattr(slot.node, slot.side, "".join((*pieces, text[at:end])))
        start = end


def _changes(text: str, language: str) -> Iterator[tuple[int, int, str]]:
    """Yield what to replace: from where, to where, by what."""
    marks = _marks(language)
    elided = _ELIDED_IN.get(language.lower().partition("-")[0], _ELIDED)
    open_marks: list[str] = []
    opened_at = -1
    for found in _TOKEN.finditer(text):
        sign, start, end = found.group(), found.start(), found.end()
        if sign in _FIXED:
            yield start, end, _FIXED[sign]
        elif len(sign) > len("'n'"):
            continue  # an address, which is no prose
        elif len(sign) > 1:
            yield start, end, f"’{sign[1]}’"
        elif sign == "'" and (_ELIDED.match(text, start) or elided.match(text, start)):
            yield start, end, "’"
        elif _opens(text, start, end, open_marks, adjoining=opened_at == start):
            open_marks.append(sign)
            opened_at = end
            yield start, end, marks[0 if sign == '"' else 2]
        else:
            yield start, end, _closing(sign, text[end : end + 1], open_marks, marks)


def _opens(text: str, start: int, end: int, open_marks: list[str], *, adjoining: bool) -> bool:
    """Tell whether a straight mark opens a quotation."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not after or after.isspace():
        # A mark between spaces opens, unless one of its kind waits to be closed.
        return bool(after) and (not before or before.isspace()) and text[start] not in open_marks
    if adjoining or not before or before.isspace():
        return True
    if before in "—–-" and text[start] in open_marks and not after.isalnum():
        return False
    return before in _OPENERS


def _closing(sign: str, after: str, open_marks: list[str], marks: tuple[str, str, str, str]) -> str:
    """Return the mark that closes, or the apostrophe if nothing is open."""
    if sign == '"':
        while open_marks and open_marks.pop() != '"':
            pass
        return marks[1]
    if open_marks and open_marks[-1] == "'" and not after.isalnum():
        open_marks.pop()
        return marks[3]
    return "’"


def quotation_marks(language: str) -> tuple[str, str]:
    """Return the marks that open and close a quotation in a language."""
    opening, closing, *_ = _marks(language)
    return opening, closing


def _marks(language: str) -> tuple[str, str, str, str]:
    name = language.lower()
    return MARKS.get(name) or MARKS.get(name.partition("-")[0], _ENGLISH)
