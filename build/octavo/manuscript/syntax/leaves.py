"""Blocks that hold no blocks: headings, scene breaks, code, line blocks, link definitions."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import attributes
from octavo.manuscript.syntax.code import listing
from octavo.manuscript.syntax.ledger import Block, Line, Link, joined, normal, onwards
from octavo.manuscript.syntax.listings import captioned
from octavo.manuscript.syntax.marks import marked
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.manuscript.syntax.flow import Flow

HEADING = re.compile(r" {0,3}(#{1,6})(?: +(?! )(.*))?$")
UNDERLINE = re.compile(r" {0,3}(=+|-+) *$")
RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,}|#(?: +#){2,} *)$")
"""A scene break: stars, dashes, low lines, or number signs with spaces as typescripts have them."""
FENCE = re.compile(r"( {0,3})(?:(`{3,})([^`]*)|(~{3,})(.*))$")
INDENTED = re.compile(r" {4,}\S")
VERSE = re.compile(r" {0,3}\|(?: |$)")
LINK = re.compile(
    r" {0,3}\[(?![\^@])([^\[\]]+)\]: *(?:<([^<>]*)>|(\S+))"
    r"(?:\s+(?!\s)(?:\"(.*?)\"|'(.*?)'|\((.*?)\)))?\s*(?!\s)(\{[^{}]*\})?\s*$"
)
_TITLE = re.compile(r"\s+(?:\"(.*)\"|'(.*)'|\((.*)\))\s*$")
_INFO = re.compile(r"([^\s{},]*)\s*(?:\{(.*)\})?")


def heading(flow: Flow, at: int) -> int:
    """Read a heading behind ``#``."""
    line = flow.lines[at]
    found = HEADING.match(line.text)
    text = _bare((found and found[2]) or "")
    if found is None or not text:
        return at
    flow.add(_heading(len(found[1]), line.number, marked(line.number, text)))
    return at + 1


def _bare(text: str) -> str:
    """Return a heading's text without the number signs that may stand behind it."""
    text = text.rstrip(" ")
    shorter = text.rstrip("#")
    return shorter.rstrip(" ") if shorter.endswith(" ") else text


def underline(flow: Flow, at: int) -> int:
    """Read a heading with a line below it."""
    line = flow.lines[at]
    found = UNDERLINE.match(line.text)
    if found is None or not flow.paragraph:
        return at
    lines, flow.paragraph = flow.paragraph, []
    flow.add(_heading(1 if found[1][0] == "=" else 2, lines[0].number, joined(lines)))
    return at + 1


def _heading(level: int, line: int, text: str) -> Block:
    text, pairs = attributes.trailing(text)
    return Block(f"h{level}", line, pairs, text=text)


def scene_break(flow: Flow, at: int) -> int:
    """Read a line of three or more stars, dashes or low lines."""
    flow.add(Element("hr", (("class", "scene-break"),), (), flow.lines[at].number))
    return at + 1


def fenced(flow: Flow, at: int) -> int:
    """Read code between fences."""
    line = flow.lines[at]
    found = FENCE.match(line.text)
    if found is None:
        return at
    fence, info = (found[2], found[3]) if found[2] else (found[4], found[5])
    end = next((n for n in range(at + 1, len(flow.lines)) if _closes(flow.lines[n], fence)), None)
    lines = flow.lines[at + 1 : end]
    indent = len(found[1])
    text = "\n".join(each.text[min(each.indent, indent) :] for each in lines)
    language, pairs = _language(info.strip())
    if end is None:
        message = f"this code (“{fence}”) is never closed"
        hint = f"write a line {fence} where it ends"
        flow.add(flow.ledger.fault("unclosed-code", message, line.number, line.text.strip(), hint))
    first = lines[0].number if lines else line.number
    code = listing(text, language, pairs, line.number, first)
    block, after = captioned(flow, code, len(flow.lines) if end is None else end + 1)
    flow.add(block)
    return after


def _language(info: str) -> tuple[str, attributes.Pairs]:
    """Return a listing's language and attributes from what stands behind its fence."""
    found = _INFO.fullmatch(info)
    pairs = attributes.parse(found[2]) if found and found[2] else ()
    if found and pairs is not None:
        return found[1], pairs
    # Other presses' words (``rust,ignore``) name the language first; none of them may vanish.
    return re.split(r"[\s,{]", info)[0], (("data-info", info),)


def _closes(line: Line, fence: str) -> bool:
    text = line.text.strip()
    return text.startswith(fence) and not text.strip(fence[0]) and line.indent < 4


def indented_code(flow: Flow, at: int) -> int:
    """Read code that stands four spaces in."""
    if flow.paragraph:
        return at
    below = onwards(flow.lines, at)
    lines = list(takewhile(lambda line: line.blank or line.indent >= 4, below))
    while lines[-1].blank:
        lines.pop()
    first = lines[0].number
    flow.add(listing("\n".join(line.text[4:] for line in lines), "", (), first, first))
    return at + len(lines)


def verse(flow: Flow, at: int) -> int:
    """Read a line block: lines behind ``|`` that break where they break."""
    lines: list[list[Line]] = []
    end = at
    for line in onwards(flow.lines, at):
        if VERSE.match(line.text):
            lines.append([Line(line.number, line.text.lstrip()[2:])])
        elif line.text.startswith(" ") and not line.blank:
            lines[-1].append(line)
        else:
            break
        end += 1
    flow.add(
        Block(
            "div",
            flow.lines[at].number,
            (("class", "line-block"),),
            tuple(_verse_line(row) for row in lines),
        )
    )
    return end


def _verse_line(row: list[Line]) -> Block:
    first = row[0]
    text = "\xa0" * first.indent + joined(row)
    return Block("div", first.number, (("class", "line"),), text=text)


def link(flow: Flow, at: int) -> int:
    """Read the definition of a reference link into the ledger."""
    line = flow.lines[at]
    found = LINK.match(line.text)
    if found is None:
        return at
    end = at + 1
    title = next((found[n] for n in (4, 5, 6) if found[n] is not None), "")
    below = _TITLE.match(flow.lines[end].text) if end < len(flow.lines) and not title else None
    if below:
        title = next(text for text in below.groups() if text is not None)
        end += 1
    pairs = attributes.parse(found[7][1:-1]) if found[7] else ()
    if pairs is None:
        return at
    label, ledger = normal(found[1]), flow.ledger
    if label in ledger.links:
        message = (
            f"the link “{found[1]}” is defined twice (first on line {ledger.links[label].line})"
        )
        hint = "keep one of the two, or give one another name"
        source = line.text.strip()
        flow.add(ledger.fault("duplicate-link", message, line.number, source, hint))
    else:
        target = found[3] if found[2] is None else found[2]
        ledger.links[label] = Link(target, title, pairs, line.number)
    return end
