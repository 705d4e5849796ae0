"""XHTML that an author writes into the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import forbidden
from octavo.manuscript.syntax.ledger import Block, Ledger, Line, source_of
from octavo.manuscript.syntax.vocabulary import HTML, INLINE
from octavo.markup import VOID, MarkupError, parse
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.manuscript.syntax.flow import Flow

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)?)(/?)>")
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
"""A comment, or one that never ends."""
STARTS = re.compile(r" {0,3}<(?:/?([A-Za-z][A-Za-z0-9:-]*)(?=[\s/>]|$)|!--)")
OPENS = rf"<!--|{TAG.pattern}"
"""A tag, or where a comment may begin."""
_OPENS = re.compile(OPENS)
_CLOSED = "-->"
_COMMENT = "!--"
_FIRST_LINES = 16
"""How many lines are looked at first for an element's end; then four times as many, and so on."""
_MARKDOWN = re.compile(r"\s+markdown=[\"']?(?:1|block|span)[\"']?")
_PHRASING = frozenset("p h1 h2 h3 h4 h5 h6 dt summary".split())
"""Elements that hold words and no paragraphs."""
_CELLS = frozenset("td th li figcaption caption".split())
"""Elements that hold words or, where there are several, paragraphs."""
_REASONS = {
    "not well-formed": "a sign stands in it where none may, such as a lone < or &",
    "mismatched tag": "an end tag closes another element than the one that is open",
    "unclosed token": "a tag in it does not end",
    "duplicate attribute": "an element in it has the same attribute twice",
    "undefined entity": "a word between & and ; is not a character that HTML names",
    "unbound prefix": "a name with a colon in it belongs to a vocabulary that is not named",
}
"""Expat's words for what is wrong, and ours."""
HINT = "every element needs its end tag, <br> is written <br/>, and & is written &amp;"


def block(flow: Flow, at: int) -> int:
    """Read a comment, or an element that stands on lines of its own."""
    found = STARTS.match(flow.lines[at].text)
    name = (found[1] or _COMMENT) if found else ""
    if not name or name.lower() in INLINE or ":" in name:
        return at
    text, end = _gathered(flow, at, name)
    if end is None:
        # A name that is none may be text in angle brackets, and is told of inside its paragraph.
        return _unclosed(flow, at, name) if name.lower() in HTML | {_COMMENT} else at
    if name == _COMMENT:
        flow.close()
    else:
        _element(flow, text[:end], flow.lines[at].number)
    return _resume(flow, at, text, end)


def _element(flow: Flow, fragment: str, line: int) -> None:
    opening = TAG.match(fragment.lstrip())
    if opening is None or not _MARKDOWN.search(opening[3]):
        flow.add(*xhtml(fragment, line, flow.ledger))
    elif opening.group() == fragment.strip():
        flow.add(*xhtml(_MARKDOWN.sub("", fragment), line, flow.ledger))
    else:
        _with_markdown(flow, fragment, opening, line)


def xhtml(fragment: str, line: int, ledger: Ledger) -> tuple[Element, ...]:
    """Return the elements of a fragment, or the fault that keeps it from being read."""
    try:
        nodes = parse(COMMENT.sub(_blank_lines, fragment), line)
    except MarkupError as problem:
        fault = ledger.fault(
            "malformed-html", reason(problem), problem.line, fragment.strip(), HINT
        )
        return (replace(fault, line=line),)
    elements = tuple(
        node if isinstance(node, Element) else Element("p", (), (node.strip(),), line)
        for node in nodes
        if isinstance(node, Element) or node.strip()
    )
    if forbidden.tell(elements, ledger):
        return (Element("fault", (("code", "forbidden-html"),), (fragment.strip(),), line),)
    return elements


def reason(problem: MarkupError) -> str:
    """Return what is wrong with XHTML in words for its author."""
    known = (ours for theirs, ours in _REASONS.items() if problem.message.startswith(theirs))
    return f"this HTML cannot be read: {next(known, problem.message)}"


def comment_end(text: str, start: int) -> int | None:
    """Return where the comment ends that begins at a place in a text, or None if it does not."""
    inside = start + len(f"<{_COMMENT}")
    return text.index(_CLOSED, inside) + len(_CLOSED) if inside <= _last_closed(text) else None


@lru_cache(maxsize=1)
def _last_closed(text: str) -> int:
    """Return where the last comment of a text may end; a text has many places to ask for."""
    return text.rfind(_CLOSED)


def _gathered(flow: Flow, at: int, name: str) -> tuple[str, int | None]:
    """Return lines that hold an element or a comment, and where it ends in them, if it does."""
    if flow.closed is not None and flow.lines[at].number not in flow.closed.get(name.lower(), ()):
        return "", None
    count = _FIRST_LINES
    while at + count < len(flow.lines):
        text = source_of(flow.lines[at : at + count])
        end = _end(text, name, is_whole=False)
        if end is not None:
            return text, end
        count *= 4
    text = source_of(flow.lines[at:])
    end = _end(text, name, is_whole=True)
    if end is None:
        # Remembered, or a long text of unclosed elements would be read to its end for each.
        flow.closed = _closed_lines(flow.lines[at:], text)
    return text, end


def _closed_lines(lines: Sequence[Line], text: str) -> dict[str, set[int]]:
    """Return the lines on which elements of each name begin that end in a text."""
    firsts = [0, *(found.end() for found in re.finditer("\n", text))]
    closed: dict[str, set[int]] = {}
    for name, start, _ in _elements(text, is_whole=True):
        closed.setdefault(name, set()).add(lines[bisect_right(firsts, start) - 1].number)
    return closed


def _end(text: str, name: str, *, is_whole: bool) -> int | None:
    """Return where the element that a text begins with ends, or None if it does not."""
    first, lower = text.index("<"), name.lower()
    elements = _elements(text, is_whole=is_whole)
    return next((end for each, start, end in elements if start == first and each == lower), None)


def _elements(text: str, *, is_whole: bool) -> Iterator[tuple[str, int, int]]:
    """Yield each element's name, or a comment's, and where it begins and ends; inner ones first."""
    opened: dict[str, list[int]] = {}
    found = _OPENS.search(text)
    while found:
        name, start, end = (found[2] or _COMMENT).lower(), found.start(), found.end()
        if name == _COMMENT:
            after = comment_end(text, start)
            if after is None and not is_whole:
                return  # it may end further down, and hides everything up to there
            if after is not None:
                end = after
                yield name, start, end
        elif found[4] or name in VOID:
            yield name, start, end
        elif not found[1]:
            opened.setdefault(name, []).append(start)
        elif opened.get(name):
            yield name, opened[name].pop(), end
        found = _OPENS.search(text, end)


def _resume(flow: Flow, at: int, text: str, end: int) -> int:
    """Return the line after an element; what follows it on its last line is text again."""
    last = at + text.count("\n", 0, end)
    rest = text[end:].partition("\n")[0]
    if not rest.strip():
        return last + 1
    flow.lines[last] = Line(flow.lines[last].number, rest)
    return last if last > at else _first_line_again(flow, at)


def _first_line_again(flow: Flow, at: int) -> int:
    # The walk takes an unchanged position for “no block here”; a blank line moves it on.
    flow.lines.insert(at, Line(flow.lines[at].number, ""))
    return at + 1


def _unclosed(flow: Flow, at: int, name: str) -> int:
    end = at
    while end < len(flow.lines) and not flow.lines[end].blank:
        end += 1
    line = flow.lines[at]
    stray = line.text.lstrip().startswith("</")
    message = f"</{name}> closes nothing" if stray else f"<{name}> is never closed"
    source = source_of(flow.lines[at:end])
    flow.add(flow.ledger.fault("malformed-html", message, line.number, source, HINT))
    return end


def _with_markdown(flow: Flow, fragment: str, opening: re.Match[str], line: int) -> None:
    """Read an element that says ``markdown="1"``: its content is Markdown."""
    name = opening[2]
    shell = f"<{name}{_MARKDOWN.sub('', opening[3])}></{name}>"
    elements = xhtml(shell, line, flow.ledger)
    if elements[0].tag == "fault":
        flow.add(replace(elements[0], children=(fragment,)))
        return
    start = fragment.index(opening.group()) + len(opening.group())
    content = fragment[start : fragment.rindex("</")]
    first = line + fragment.count("\n", 0, start)
    lines = [Line(first + n, text) for n, text in enumerate(content.split("\n"))]
    inner = flow.inner(lines)
    tight = name in _PHRASING or (name in _CELLS and len(inner.blocks) == 1)
    flow.add(Block(name, line, elements[0].attributes, tuple(inner.blocks), tight=tight))


def _blank_lines(comment: re.Match[str]) -> str:
    text = comment.group()
    return "\n" * text.count("\n") if text.endswith(_CLOSED) else text
