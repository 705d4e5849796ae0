"""The patterns of inline Markdown, as an extension of Python-Markdown."""

from __future__ import annotations

import string
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING

from markdown.extensions import Extension
from markdown.util import AtomicString

from octavo.manuscript.outward import SCHEMES
from octavo.manuscript.syntax import attributes, foreign, formulas, raw
from octavo.manuscript.syntax.brackets import OPENS_OR_CITES, OPENS_OR_POINTS, Brackets
from octavo.manuscript.syntax.branch import TAG, Branch, Found, Pattern, Read, spanning, told
from octavo.manuscript.syntax.emphasis import OPENS as STARS
from octavo.manuscript.syntax.emphasis import Emphasis
from octavo.manuscript.syntax.marks import MARK, REFUSED, escaped, plain, unmarked
from octavo.manuscript.syntax.passes import Passes

if TYPE_CHECKING:
    import re

    from markdown import Markdown

    from octavo.manuscript.syntax.ledger import Ledger

_REPLACED = (
    "backtick reference link image_link image_reference short_reference short_image_ref autolink"
    " automail linebreak html entity em_strong".split()
)
_Source = Callable[[str], str]


class Inline(Extension):
    """Octavo's inline Markdown: Pandoc's, with Python-Markdown's emphasis."""

    def __init__(self, ledger: Ledger) -> None:
        """Keep the ledger of the parse."""
        super().__init__()
        self.ledger = ledger

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        """Put the patterns in the place of Python-Markdown's own."""
        for name in _REPLACED:
            md.inlinePatterns.deregister(name)
        passes = Passes(md)
        md.treeprocessors.register(passes, "inline", 20)
        md.ESCAPED_CHARS = [*string.punctuation, " "]
        opens = OPENS_OR_CITES if self.ledger.cites else OPENS_OR_POINTS
        brackets = ("brackets", 170, opens, Brackets(self.ledger).read)
        emphasis = ("emphasis", 60, STARS, Emphasis().read)
        cited = [("latex", 172, foreign.LATEX, foreign.latex)] if self.ledger.cites else []
        for name, priority, pattern, read in (*_PATTERNS, *cited, brackets, emphasis):
            md.inlinePatterns.register(Pattern(pattern, read, passes.source), name, priority)


def _simple(tag: str) -> Read:
    """Return the reading of text between two signs."""

    def read(m: re.Match[str], _data: str, _source: _Source) -> Found:
        element = Branch(tag)
        element.text = m[1]
        return element, m.start(), m.end()

    return read


def _code(m: re.Match[str], data: str, _source: _Source) -> Found:
    found = attributes.LIST.match(data, m.end())
    pairs = attributes.parse(found[1]) if found else None
    element = Branch("code", dict(pairs or ()))
    text = unmarked(m[2]).replace("\n", " ")
    # One space on each side lets code begin or end with a backtick (CommonMark 0.31.2, 6.1).
    padded = text.strip() and text[0] == text[-1] == " "
    element.text = AtomicString(text[1:-1] if padded else text)
    end = found.end() if found and pairs else m.end()
    return spanning(element, data[m.start() : end]), m.start(1), end


def _break(m: re.Match[str], _data: str, _source: _Source) -> Found:
    # The line's end stays, so that the words on both sides of the break stay apart.
    return Branch("br"), m.start(), m.end() - 1


def _tag(m: re.Match[str], data: str, source: _Source) -> Found | None:
    if m[2] is None:  # a comment, the one thing that may vanish
        end = raw.comment_end(data, m.start())
        return ("".join(MARK.findall(data, m.start(), end)), m.start(), end) if end else None
    if ":" in m[2] and not m[1] and not m[3]:
        return None  # an address
    tag = Branch(TAG, {"source": source(m.group())})
    return spanning(tag, m.group()), m.start(), m.end()


def _autolink(m: re.Match[str], _data: str, source: _Source) -> Found:
    target = plain(source(m[1]))
    scheme, colon, _ = target.partition(":")
    is_mail = not colon
    if colon and scheme.lower() not in SCHEMES:
        return "".join(map(escaped, f"<{target}>")), m.start(), m.end()
    element = Branch("a", {"href": f"mailto:{target}" if is_mail else target})
    # An address is no prose: nothing in it becomes a dash or a quotation mark.
    element.text = AtomicString("".join(map(escaped, target)))
    return element, m.start(), m.end()


def _braces(m: re.Match[str], _data: str, _source: _Source) -> Found:
    return told("unread-attributes", m.group()), m.start(), m.end()


def _stars(m: re.Match[str], _data: str, _source: _Source) -> Found:
    # Between two digits a star is a sign of arithmetic, and no emphasis begins or ends there.
    return "".join(map(escaped, m.group())), m.start(), m.end()


def _entity(m: re.Match[str], _data: str, _source: _Source) -> Found | None:
    text = unescape(m.group())
    if text in {m.group(), ""} or REFUSED.search(text):
        return None
    return "".join(map(escaped, text)), m.start(), m.end()


_PATTERNS: tuple[tuple[str, int, str, Read], ...] = (
    ("code", 190, r"(?:(?<!\\)(?:\\\\)+|(?<![\\`]))(`+)(?!`)(.+?)(?<!`)\1(?!`)", _code),
    ("formula", 188, formulas.OPENS, formulas.inline),
    ("break", 185, r"(?:(?<! ) {2,}|\\)\n", _break),
    ("tag", 175, raw.OPENS, _tag),
    # What still stands behind a bracket or its element when those have been read.
    ("braces", 165, r"(?<=[\x03\]])\{(?=\s*(?:[.#]\w|[\w-]+\s*=))", _braces),
    ("autolink", 120, r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>", _autolink),
    ("mail", 110, r"<([^<>\s@:/]+@(?=[^<>\s@]+\.[^<>\s@])[^<>\s@]+)>", _autolink),
    (
        "entity",
        80,
        r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});",
        _entity,
    ),
    ("strikeout", 66, r"~~(?=[^\s~])(.+?)(?<=\S)~~", _simple("s")),
    ("subscript", 65, r"(?<!~)~([^~\s]+)~(?!~)", _simple("sub")),
    ("stars", 62, r"(?<=\d)\*+(?=\d)", _stars),
    ("superscript", 64, r"\^([^\^\s\[\]]+)\^", _simple("sup")),
)
"""Name, priority, pattern, reading; Python-Markdown's escapes have 180, its emphasis 60."""
