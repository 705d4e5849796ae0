"""Everything in brackets: links, images, spans, notes, citations."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.manuscript.syntax import attributes, citations, foreign, terms
from octavo.manuscript.syntax.branch import WRAP, Branch, Found, grow, spanning, told
from octavo.manuscript.syntax.ledger import Link, normal
from octavo.manuscript.syntax.marks import plain

if TYPE_CHECKING:
    from octavo.manuscript.syntax.attributes import Pairs
    from octavo.manuscript.syntax.ledger import Ledger

OPENS = r"[!^]?\["
OPENS_OR_CITES = rf"{OPENS}|{citations.KEY}"
"""What opens a bracket, or a citation in running text, which may have a bracket behind it."""
OPENS_OR_POINTS = rf"{OPENS}|{citations.PLACE}"
"""The same in a book without references, which may cite nothing but places of its own."""
_SPACE = "[\\s\U00100000-\U0010fffd]"
_TARGET = re.compile(
    rf"\({_SPACE}*(?!{_SPACE})(?:<([^<>]*)>|((?:[^\s()]|\((?:[^\s()]|\([^\s()]*\))*\))*))"
    rf"(?:{_SPACE}+(?!{_SPACE})(?:\"([^\"]*)\"|'([^']*)'))?{_SPACE}*\)"
)
_SPACED_TARGET = re.compile(
    r"\( *(?! )(\0)?([^()<>\"'\n]*(?:'(?![^']*' *\))[^()<>\"'\n]*)*)"
    r"(?:(?:\"([^\"]*)\"|'([^']*)') *)?\)"
)
_BRACKET = re.compile(r"[\[\]]")
_LABEL = re.compile(rf"{_SPACE}?\[([^\[\]]*)\]")
_BEHIND = re.compile(rf"{_SPACE}*\[")
_CITED = re.compile(rf"\[{_SPACE}*{citations.KEY}")
_NOTE = re.compile(r"\^([^\]\s^][^\]^]*)")

LONGEST_LABEL = 999
"""Characters of a link's name (CommonMark 0.31.2, 4.7); brackets nest, and all are looked up."""
LONGEST_CITATION = 5000
"""Characters between the brackets of a citation; some fifty works with their pages."""

_Element = tuple[Branch, int]
"""An element, and where its source ends."""


class Brackets:
    """Read what a bracket opens, outermost first; what it holds is read on its own later."""

    def __init__(self, ledger: Ledger) -> None:
        """Keep the ledger, which knows the targets of reference links."""
        self.ledger = ledger
        self._text = ""
        self._closing: dict[int, int] = {}

    def read(self, m: re.Match[str], data: str, source: Callable[[str], str]) -> Found | None:
        """Return the element that a bracket makes, with its place in the text."""
        closings = self._closings(data)
        if m.group() not in _READINGS:
            return None if citations.is_address(data, m.start()) else self._cited(m, data, source)
        close = closings.get(m.end() - 1)
        if close is None:
            return self._unclosed(m, data, source)
        bracket = _Bracket(data, m.end(), close + 1, source, self.ledger, closings)
        found = next(filter(None, (read(bracket) for read in _READINGS[m.group()])), None)
        if found is None:
            return None
        element, end = found
        # An exclamation mark before a citation ends the sentence before it.
        start = m.end() - 1 if element.tag == "citation" else m.start()
        if element.tag == "citation" and not citations.meant(element, self.ledger):
            return told("no-references", data[start : m.end()]), start, m.end()
        return spanning(element, data[start:end]), start, end

    def _unclosed(self, m: re.Match[str], data: str, source: Callable[[str], str]) -> Found | None:
        """Return a bracket that never closes, if something surely begins with it."""
        if m.group() == "^[":
            return told("unclosed-note", m.group()), m.start(), m.end()
        if m.group() == "[" and self.ledger.cites and _CITED.match(data, m.start()):
            begun = citations.beginning(data, m.start(), source)
            return citations.miscited("unclosed", m.group(), begun), m.start(), m.end()
        return None

    def _cited(self, m: re.Match[str], data: str, source: Callable[[str], str]) -> Found:
        """Return a citation in running text, with what a bracket behind it adds."""
        behind = _BEHIND.match(data, m.end())
        close = self._closings(data).get(behind.end() - 1) if behind else None
        if behind and close is not None:
            bracket = _Bracket(data, behind.end(), close + 1, source, self.ledger, self._closing)
            enlarged = bracket.added(m)
            if enlarged is not None:
                return spanning(enlarged, data[m.start() : bracket.end]), m.start(), bracket.end
        branch = citations.narrative(m, source(m.group()))
        branch.set(foreign.DOUBT, foreign.of_key(data, *m.span(), self.ledger.language))
        return branch, m.start(), m.end()

    def _closings(self, data: str) -> dict[int, int]:
        """Return where each bracket of a text closes; worked out once for a text."""
        if data is self._text:
            return self._closing
        self._text, self._closing = data, {}
        stack: list[int] = []
        for found in _BRACKET.finditer(data):
            if found.group() == "[":
                stack.append(found.start())
            elif stack:
                self._closing[stack.pop()] = found.start()
        return self._closing


@dataclass(frozen=True, slots=True)
class _Bracket:
    """A bracket in a text: what it holds, and where it ends."""

    data: str
    start: int
    end: int
    source: Callable[[str], str]
    ledger: Ledger
    closings: dict[int, int]

    @property
    def inside(self) -> str:
        """The text between the brackets."""
        return self.data[self.start : self.end - 1]

    def inline_note(self) -> _Element | None:
        """Return the note that ``^[…]`` writes where it is called."""
        return _element("note", self.inside, ()), self.end

    def link(self) -> _Element | None:
        """Return a link: with its target, or with the name of one."""
        return self._targeted("a", "href") or self._named("a", "href")

    def image(self) -> _Element | None:
        """Return an image: with its file, or with the name of one."""
        return self._targeted("img", "src") or self._named("img", "src")

    def note(self) -> _Element | None:
        """Return a note's call."""
        found = _NOTE.fullmatch(self.data, self.start, self.end - 1)
        return (Branch("note", {"label": self._plain(found[1])}), self.end) if found else None

    def span(self) -> _Element | None:
        """Return a stretch of text with attributes."""
        pairs, end = self._attributes(self.end)
        return (terms.defined(_element("span", self.inside, pairs)), end) if pairs else None

    def citation(self) -> _Element | None:
        """Return a citation group."""
        if self.end - self.start > LONGEST_CITATION or "@" not in self.inside:
            is_bare = self.ledger.cites and foreign.BARE_KEY.match(self.data, self.start, self.end)
            return (told("doubtful-citation", "["), self.start) if is_bare else None
        found = citations.parenthetical(self.inside, self._shut(), self.source)
        if found is not None:
            span = self.start - 1, self.end
            found.set(foreign.DOUBT, foreign.of_group(self.data, *span, self.ledger.language))
        # Without references, what is no citation is not meant as one either.
        is_one = found is not None and (self.ledger.cites or len(found) > 0)
        return (found, self.end) if found is not None and is_one else None

    def added(self, key: re.Match[str]) -> Branch | None:
        """Return the citation of a key before the bracket, if the bracket adds to it."""
        is_other = self.data[self.end : self.end + 1] in {"(", "["} or self.inside.startswith("^")
        if is_other or self.end - self.start > LONGEST_CITATION or self.link() or self.span():
            return None
        text = self.source(self.data[key.start() : self.end])
        return citations.enlarged(key, self.inside, self._shut(), text)

    def _shut(self) -> Iterator[tuple[int, int]]:
        """Yield from where to where, in the text inside, a bracket and its target stand."""
        at = self.data.find("[", self.start, self.end)
        while at >= 0:
            close = self.closings.get(at, self.end)
            after = min(close, at) + 1
            if close < self.end - 1:
                target = _TARGET.match(self.data, close + 1, self.end - 1)
                after = target.end() if target else close + 1
                yield at - self.start, after - self.start
            at = self.data.find("[", after, self.end)

    def _targeted(self, tag: str, name: str) -> _Element | None:
        found = _TARGET.match(self.data, self.end) or _SPACED_TARGET.match(self.data, self.end)
        if found is None:
            return None
        target = found[2].rstrip() if found[1] is None else found[1]
        title = found[4] if found[3] is None else found[3]
        pairs, end = self._attributes(found.end())
        return self._made(tag, name, Link(target, title or "", pairs, 0)), end

    def _named(self, tag: str, name: str) -> _Element | None:
        label = _LABEL.match(self.data, self.end)
        own = self.inside if self.end - self.start <= LONGEST_LABEL else ""
        known = self._known(label[1] or own) if label else None
        end = label.end() if label and known else self.end
        known = known or self._known(own)
        if known is None:
            return None
        self.ledger.used.add(known)
        link = self.ledger.links[known]
        pairs, end = self._attributes(end)
        pairs = attributes.merged(link.attributes, pairs)
        return self._made(tag, name, replace(link, attributes=pairs)), end

    def _made(self, tag: str, name: str, link: Link) -> Branch:
        title = {"title": self.source(link.title)} if link.title else {}
        # A target in angle brackets may have been taken for a tag.
        target = self.source(link.target)
        bare = target[1:-1] if target.startswith("<") and target.endswith(">") else target
        own = {name: bare, **title}
        given = (pair for pair in link.attributes if pair[0] not in own)
        return _element(tag, self.inside, (*own.items(), *given))

    def _known(self, label: str) -> str | None:
        name = normal(self._plain(label))
        return name if name in self.ledger.links else None

    def _plain(self, text: str) -> str:
        return plain(self.source(text))

    def _attributes(self, at: int) -> tuple[Pairs, int]:
        found = attributes.LIST.match(self.data, at)
        pairs = attributes.parse(self.source(found[1])) if found else None
        return (pairs, found.end()) if found and pairs else ((), at)


_READINGS: dict[str, tuple[Callable[[_Bracket], _Element | None], ...]] = {
    "^[": (_Bracket.inline_note,),
    "![": (_Bracket.image, _Bracket.citation),
    "[": (_Bracket.link, _Bracket.note, _Bracket.span, _Bracket.citation),
}
"""What a bracket may be, in the order in which it is tried."""


def _element(tag: str, inside: str, pairs: Pairs) -> Branch:
    """Return an element whose text is read later, from the first pattern on."""
    element = Branch(tag, dict(pairs))
    # Python-Markdown gives an element's text and its children's only to the patterns that come
    # after this one; the grandchildren's it reads afresh.  So brackets nest to any depth.
    grow(grow(element, WRAP), WRAP).text = inside
    return element
