"""XHTML that an author writes into the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.manuscript.syntax.ledger import Block, Ledger, Line, source_of
from octavo.markup import BLOCKS, VOID, MarkupError, parse, walk
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.manuscript.syntax.flow import Flow

TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9:-]*)((?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*?)?)(/?)>")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
STARTS = re.compile(r" {0,3}<(?:/?([A-Za-z][A-Za-z0-9:-]*)(?=[\s/>]|$)|!--)")
FORBIDDEN = frozenset("script iframe object embed form applet frame frameset base".split())
"""Elements that run or fetch something; a book does neither."""
_OTHERS = "audio canvas col colgroup fieldset hgroup math noscript picture style svg template video"
_OWN_LINES = BLOCKS | FORBIDDEN | frozenset(_OTHERS.split())
_MARKDOWN = re.compile(r"\s+markdown=[\"']?(?:1|block|span)[\"']?")
_PHRASING = frozenset("p h1 h2 h3 h4 h5 h6 td th dt li summary figcaption caption".split())
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
    if found is None:
        return at
    name = found[1]
    if name is None:
        return _comment(flow, at)
    if name.lower() not in _OWN_LINES:
        return at
    text = source_of(flow.lines[at:])
    end = _extent(text, name)
    if end is None:
        return _unclosed(flow, at, name)
    opening = TAG.match(text.lstrip())
    fragment = text[:end]
    if opening and _MARKDOWN.search(opening[3]):
        _with_markdown(flow, fragment, opening, flow.lines[at].number)
    else:
        flow.add(*xhtml(fragment, flow.lines[at].number, flow.ledger))
    return _resume(flow, at, text, end)


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
    if tell_forbidden(elements, ledger):
        return (Element("fault", (("code", "forbidden-html"),), (fragment.strip(),), line),)
    return elements


def reason(problem: MarkupError) -> str:
    """Return what is wrong with XHTML in words for its author."""
    known = (ours for theirs, ours in _REASONS.items() if problem.message.startswith(theirs))
    return f"this HTML cannot be read: {next(known, problem.message)}"


def tell_forbidden(elements: Sequence[Element], ledger: Ledger) -> bool:
    """Tell of everything among the elements that a book must not hold; return whether any is."""
    found = [(element.line, what) for element in walk(*elements) for what in _forbidden(element)]
    for line, what in found:
        hint = "remove it: reading systems refuse or ignore it"
        ledger.error("forbidden-html", f"{what} has no place in a book", line, hint)
    return bool(found)


def _forbidden(element: Element) -> Iterator[str]:
    if element.tag.lower() in FORBIDDEN:
        yield f"the element <{element.tag}>"
    for name, value in element.attributes:
        if re.fullmatch(r"on[a-z]+", name.lower()):
            yield f"the attribute “{name}”"
        elif "".join(value.split()).lower().startswith(("javascript:", "vbscript:")):
            yield f"a script in the attribute “{name}”"


def _extent(text: str, name: str) -> int | None:
    """Return where the element that a text begins with ends, or None if it never does."""
    if text.lstrip().startswith("</"):
        return None
    depth = 0
    pattern = re.compile(f"{COMMENT.pattern}|{TAG.pattern}", re.DOTALL)
    for found in pattern.finditer(text):
        if found[2] is None or found[2].lower() != name.lower():
            continue
        if not found[4] and name.lower() not in VOID:
            depth += -1 if found[1] else 1
        if depth <= 0:
            return found.end()
    return None


def _resume(flow: Flow, at: int, text: str, end: int) -> int:
    """Return the line after an element; what follows it on its last line is text again."""
    last = at + text.count("\n", 0, end)
    rest = text[end:].partition("\n")[0]
    if not rest.strip():
        return last + 1
    flow.lines = [*flow.lines[:last], Line(flow.lines[last].number, rest), *flow.lines[last + 1 :]]
    return last if last > at else _first_line_again(flow, at)


def _first_line_again(flow: Flow, at: int) -> int:
    # The walk takes an unchanged position for “no block here”; a blank line moves it on.
    flow.lines = [*flow.lines[:at], Line(flow.lines[at].number, ""), *flow.lines[at:]]
    return at + 1


def _comment(flow: Flow, at: int) -> int:
    text = source_of(flow.lines[at:])
    found = COMMENT.match(text.lstrip())
    if found is None:
        return _unclosed(flow, at, "!--")
    flow.close()
    return _resume(flow, at, text, found.end() + len(text) - len(text.lstrip()))


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
    tight = name.lower() in _PHRASING
    flow.add(Block(name, line, elements[0].attributes, tuple(inner.blocks), tight=tight))


def _blank_lines(comment: re.Match[str]) -> str:
    return "\n" * comment.group().count("\n")
