"""Blocks that hold blocks: quotations, divisions, notes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import attributes
from octavo.manuscript.syntax.flow import Flow, begins_block
from octavo.manuscript.syntax.ledger import Block, Body, Line, onwards, source_of, trimmed
from octavo.manuscript.syntax.lists import indented

if TYPE_CHECKING:
    from octavo.model import Element

QUOTE = re.compile(r" {0,3}>")
DIVISION = re.compile(r" {0,3}:{3,}(?!:)")
NOTE = re.compile(r" {0,3}\[\^([^\]\s^][^\]^]*)\]: *(.*)")
_OPENS = re.compile(r" {0,3}:{3,} *(?=\{|[\w.-]+[ :]*$)")
_NAMED = re.compile(r"(?:([\w.-]+)|\{([^{}]*)\})[ :]*\Z")
_CLOSES = re.compile(r" {0,3}:{3,} *$")
_FENCE = re.compile(r" *(`{3,}|~{3,})")
_QUOTED = re.compile(r" {0,3}> ?")


def quotation(flow: Flow, at: int) -> int:
    """Read a quotation: lines behind ``>``, and the paragraph that runs on from them."""
    inside: list[Line] = []
    for line in onwards(flow.lines, at):
        found = _QUOTED.match(line.text)
        if found:
            inside.append(Line(line.number, line.text[found.end() :]))
        elif line.blank or inside[-1].blank or begins_block(line):
            break
        else:
            inside.append(line)
    children = tuple(flow.inner(inside).blocks)
    flow.add(Block("blockquote", flow.lines[at].number, children=children))
    return at + len(inside)


def division(flow: Flow, at: int) -> int:
    """Read a fenced division, to the ``:::`` that closes it."""
    line = flow.lines[at]
    pairs, first = _opening(flow.lines, at)
    faults: tuple[Element, ...] = ()
    if pairs is None:
        if _CLOSES.match(line.text):
            return _stray(flow, at)
        if not _OPENS.match(line.text):
            return at
        pairs, first, faults = (), at + 1, (_unread(line, flow),)
    end = next(_closings(flow.lines, at), None)
    inner = flow.inner(flow.lines[first:end])
    children = (*faults, *inner.blocks)
    if end is None:
        message = "this division (“:::”) is never closed"
        hint = "write a line ::: where it ends"
        source = line.text.strip()
        children = (
            flow.ledger.fault("unclosed-div", message, line.number, source, hint),
            *children,
        )
    flow.add(Block("div", line.number, pairs, children))
    return len(flow.lines) if end is None else end + 1


def _opening(lines: Sequence[Line], at: int) -> tuple[attributes.Pairs | None, int]:
    """Return a division's attributes and the line after them; a list may run over lines."""
    found = _OPENS.match(lines[at].text)
    if found is None:
        return None, at
    text = lines[at].text[found.end() :]
    after = at + 1
    while text[0] == "{" and "}" not in text and after < len(lines) and not lines[after].blank:
        text += f" {lines[after].text}"
        after += 1
    named = _NAMED.fullmatch(text)
    if named is None:
        return None, at
    return attributes.parse(named[2] if named[1] is None else f".{named[1]}"), after


def _unread(line: Line, flow: Flow) -> Element:
    """Return the fault of a division whose attributes are none; what it holds is still read."""
    text = line.text.strip()
    unclosed = "}" not in text
    message = (
        "the brace “{” is never closed" if unclosed else "this division's braces cannot be read"
    )
    hint = f"write {text}}}" if unclosed else "write ::: {.name}, and nothing behind the brace"
    return flow.ledger.fault("bad-division", message, line.number, text, hint)


def _stray(flow: Flow, at: int) -> int:
    line = flow.lines[at]
    message = "this “:::” closes a division that was never opened"
    hint = "remove the line, or open the division above with ::: name"
    flow.add(flow.ledger.fault("stray-div-end", message, line.number, line.text.strip(), hint))
    return at + 1


def _closings(lines: Sequence[Line], at: int) -> Iterator[int]:
    """Yield the line that closes the division opened at ``at``, if there is one."""
    depth, fence = 0, ""
    for end in range(at, len(lines)):
        text = lines[end].text
        found = _FENCE.match(text)
        if found and not fence:
            fence = found[1]
        elif found and found[1].startswith(fence) and not text[found.end() :].strip():
            fence = ""
        elif not fence and DIVISION.match(text):
            depth += -1 if _CLOSES.match(text) else bool(_OPENS.match(text))
            if depth == 0:
                yield end


def note(flow: Flow, at: int) -> int:
    """Read a note's definition into the ledger."""
    line = flow.lines[at]
    found = NOTE.match(line.text)
    if found is None:
        return at
    label, ledger = found[1], flow.ledger
    inside, _ = indented(flow.lines, at, len(found.group()) - len(found[2]), 0, NOTE)
    lines = trimmed([Line(line.number, found[2]), *inside])
    flow.close()
    if label in ledger.notes:
        message = f"the note “{label}” is written twice (first on line {ledger.notes[label].line})"
        source = source_of(flow.lines[at : at + len(lines)])
        hint = "give one of the two another name, here and where it is called"
        flow.add(ledger.fault("duplicate-note", message, line.number, source, hint))
    else:
        # The label is taken before the text is read: a note may call itself only by mistake.
        ledger.notes[label] = Body((), line.number)
        ledger.notes[label] = Body(tuple(flow.inner(lines).blocks), line.number)
        if not found[2] and len(lines) == 1:
            ledger.error("empty-note", f"the note “{label}” holds no text", line.number)
    return at + len(lines)
