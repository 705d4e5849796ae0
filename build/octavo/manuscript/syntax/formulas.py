"""Formulas in TeX: ``$…$`` in a line, ``$$…$$`` on lines of its own, by Pandoc's rules.

A dollar opens only before what is no space, and closes only behind what is none and before no
digit; and unlike Pandoc's, it does not open between a letter and a digit (“US$5”).  So prices are
text.  What is a formula all the same, and reads like prose, is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import attributes
from octavo.manuscript.syntax.branch import FORMULA, SOURCE, Branch, Found, spanning
from octavo.manuscript.syntax.ledger import Block, onwards, source_of
from octavo.manuscript.syntax.marks import unmarked
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octavo.manuscript.syntax.flow import Flow
    from octavo.manuscript.syntax.ledger import Ledger, Line

EQUATION = "equation"
"""The class of the box around a formula that has lines of its own."""
INLINE, DISPLAY = "inline", "block"
_UNESCAPED = r"(?:(?<!\\)((?:\\\\)+)|(?<![\\$]))"
OPENS = (
    rf"{_UNESCAPED}(?:\$\$(?!\$)(?P<display>(?:[^\\$]|\\.)+?)\$\$(?!\$)"
    r"|\$(?!(?<=[^\W\d_]\$)\d)(?![$\s\x1f\U00100000-\U0010fffd])(?P<inline>(?:[^\\$]|\\.)*?"
    r"(?:[^\\$\s\x1f]|\\[^\s]))\$(?![\d$]))"
)
STARTS = re.compile(r" {0,3}\$\$(?!\$)")
_WHOLE = re.compile(r"\s*\$\$((?:[^\\$]|\\.|\$(?!\$))+?)\$\$[ \t]*(.*)", re.DOTALL)
_TEXT = re.compile(r"\\(?:text\w*|mbox|operatorname\*?|math\w+|begin|end|label|tag)\s*\{[^{}]*\}")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
_WORDS = re.compile(r"[^\W\d_]{3,}[,;]? +[^\W\d_]{3,}")
_PROSE = re.compile(
    r"[^\W\d_]{2,}[,;]? +[^\W\d_]{2,}|\d[\d.,]*[,;]? +[^\W\d_]{2,}"
    r"|^ *(?:[,;:!?)]|\.(?!\d))|[A-Z_]{3,}[:/;]"
)
"""Two words; a number and what is counted; the end of a sentence; a variable of a shell."""
_MATHEMATICS = frozenset("\\^={}<>")


def inline(m: re.Match[str], _text: str, source: Callable[[str], str]) -> Found:
    """Read a formula in a line of text."""
    kind = DISPLAY if m["inline"] is None else INLINE
    start = m.end(1) if m[1] else m.start()
    tex = unmarked(source(m["display"] or m["inline"])).strip()
    formula = Branch(FORMULA, {"tex": tex, "display": kind, SOURCE: m.group()[start - m.start() :]})
    return spanning(formula, m.group()), start, m.end()


def check(element: Element, ledger: Ledger) -> None:
    """Tell of a formula that reads like prose."""
    if element.tag != FORMULA or element.get("display") != INLINE:
        return
    tex = element.get("tex")
    plain = _COMMAND.sub("=", _TEXT.sub("", tex))
    if _WORDS.search(plain) or (_MATHEMATICS.isdisjoint(tex) and _PROSE.search(plain)):
        shown = " ".join(tex.split())
        shown = shown if len(shown) <= 40 else f"{shown[:40]} …"
        message = f"“{shown}” stands between dollars, and so is a formula, but it reads like prose"
        hint = "write \\$ for a dollar; or \\text{…} around the words, if it is a formula"
        ledger.warning("suspicious-formula", message, element.line, hint)


def displayed(flow: Flow, at: int) -> int:
    """Read a formula that has lines of its own, with the attributes behind it."""
    lines = _lines(flow, at)
    whole = _WHOLE.fullmatch(source_of(lines)) if lines else None
    if whole is None or not whole[1].strip():
        return _unclosed(flow, at) if flow.lines[at].text.strip() == "$$" else at
    pairs: attributes.Pairs | None = ()
    if whole[2].strip():
        found = attributes.LIST.fullmatch(whole[2].strip())
        pairs = attributes.parse(found[1]) if found else None
    if pairs is None:
        return at  # words behind it: it stands in a paragraph
    first = lines[0].number
    own = (("tex", whole[1].strip()), ("display", DISPLAY))
    after = at + len(lines)
    runs_on = after < len(flow.lines) and not flow.lines[after].blank
    classes = f"{EQUATION} runs-on" if runs_on else EQUATION
    box = attributes.merged((("class", classes),), pairs)
    flow.add(Block("div", first, box, (Element(FORMULA, own, (), first),)))
    return after


def _lines(flow: Flow, at: int) -> Sequence[Line]:
    """Return the lines from one that begins a formula to the one on which it ends, if any does."""
    lines: list[Line] = []
    for line in onwards(flow.lines, at):
        if line.blank:
            break
        lines.append(line)
        text = line.text.lstrip()[2:] if len(lines) == 1 else line.text
        if "$$" in text:
            return lines
    return []


def _unclosed(flow: Flow, at: int) -> int:
    """Tell of a formula that never ends; its lines are text."""
    line = flow.lines[at]
    message = "a formula begins here and does not end before the next empty line"
    hint = "write $$ where it ends, and leave no empty line in it"
    flow.add(flow.ledger.fault("unclosed-formula", message, line.number, line.text.strip(), hint))
    return at + 1
