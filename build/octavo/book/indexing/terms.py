"""The list of terms beside the text: its words become marks wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book.indexing.checks import no_such_index
from octavo.book.indexing.marks import MARK
from octavo.book.texts import blocks
from octavo.diagnostics import warning
from octavo.markup import BLOCKS, joined, text_of
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.model import Manuscript, Node, Section, Source, Term

_SILENT = frozenset("code pre kbd samp note fault folio svg math formula img".split())
"""Elements in which no words are looked for."""
_ASIDE = "\n\n"
"""What stands in a paragraph's text for what is no text of its own; no term goes across it."""
_BEGINNING = 3
"""Characters of a word by which it is looked for."""
_APOSTROPHE = re.compile("['’]")
_SPACE = r"[\s\u00a0\u202f]+"


def marked(
    sections: tuple[Section, ...], terms: Sequence[Term], manuscript: Manuscript, report: Report
) -> tuple[Section, ...]:
    """Return the sections with a mark at every word of the list, once in each paragraph."""
    if not terms:
        return sections
    finder = _Finder.of(terms)
    result = tuple(
        section if section.generated else finder.section(section) for section in sections
    )
    _tell_unused(terms, finder, manuscript, report)
    return result


def known(manuscript: Manuscript, report: Report) -> list[Term]:
    """Return the terms, those for an index that there is not put into the book's own."""
    names = {"", *(name for name, _ in manuscript.project.indexing.others)}
    terms = []
    for term in manuscript.terms:
        if term.index not in names:
            report(no_such_index(term.index, names, term.location))
        terms.append(term if term.index in names else replace(term, index=""))
    return terms


def _tell_unused(
    terms: Sequence[Term], finder: _Finder, manuscript: Manuscript, report: Report
) -> None:
    """Tell of the words that stand nowhere in the manuscript."""
    standing = finder.found | finder.standing(map(_text, manuscript.sources))
    for term in terms:
        for word, location in term.words:
            if _straight(word) in standing:
                continue
            message = f"“{word}”, a term for the index, stands nowhere in the text"
            hint = "correct its spelling, capitals included, or take it off the list"
            report(warning("unused-term", message, location, hint))


def _text(source: Source) -> str:
    notes = (block for note in source.notes for block in note.content)
    return text_of(*source.body, *source.epigraph, *notes)


def _pattern(word: str) -> str:
    """Return a regular expression for a word as the text may have it."""
    pieces = _SPACE.join(map(re.escape, word.split()))
    return rf"(?<!\w)(?:{_APOSTROPHE.sub(_APOSTROPHE.pattern, pieces)})(?!\w)"


def _straight(word: str) -> str:
    """Return a word with the apostrophe by which all its spellings are known."""
    return _APOSTROPHE.sub("'", word)


def _beginning(start: str) -> str:
    return _APOSTROPHE.sub(_APOSTROPHE.pattern, re.escape(start))


def _one_of(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"({_pattern(word)})" for word in words))


@dataclass(slots=True)
class _Finder:
    """What finds terms in a text, and what it has found."""

    terms: dict[str, list[Term]]
    """By their words, with straight apostrophes."""
    begins: re.Pattern[str]
    """Where a word of the list may begin: looking for each everywhere would take minutes."""
    words: dict[str, tuple[re.Pattern[str], list[str]]]
    """What finds the words that begin alike, and those words."""
    found: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, terms: Sequence[Term]) -> _Finder:
        by_word: dict[str, list[Term]] = {}
        for term in terms:
            for word in dict.fromkeys(_straight(word) for word, _ in term.words):
                by_word.setdefault(word, []).append(term)
        # The longest first: “silent treatment” is no place for “silent”.
        alike: dict[str, list[str]] = {}
        for word in sorted(by_word, key=lambda word: (-len(word), word)):
            alike.setdefault(word[:_BEGINNING].split()[0], []).append(word)
        starts = "|".join(map(_beginning, sorted(alike, key=lambda start: (-len(start), start))))
        begins = re.compile(rf"(?<!\w)(?=({starts}))")
        words = {start: (_one_of(listed), listed) for start, listed in alike.items()}
        return cls(by_word, begins, words)

    def section(self, section: Section) -> Section:
        notes = tuple(
            replace(note, content=blocks(self.row(note.content))) for note in section.notes
        )
        return replace(
            section,
            title=self.row(section.title),
            epigraph=blocks(self.row(section.epigraph)),
            body=blocks(self.row(section.body)),
            notes=notes,
        )

    def row(self, nodes: tuple[Node, ...], line: int = 0) -> tuple[Node, ...]:
        """Return a row with its terms marked: its own text as one, and each block in it."""
        hits = list(self.hits("".join(_own_text(nodes))))
        return _Marking(hits, self).row(nodes, line)

    def word_at(self, text: str, begin: re.Match[str]) -> tuple[str, int]:
        """Return the longest word of the list that begins at a place, and where it ends."""
        start = _straight(begin[1])
        for length in range(len(start), 0, -1):
            pattern, listed = self.words.get(start[:length], (None, []))
            if pattern and (match := pattern.match(text, begin.start())):
                return listed[(match.lastindex or 1) - 1], match.end()
        return "", 0

    def standing(self, texts: Iterable[str]) -> set[str]:
        """Return the words of the list that stand in some texts, if only at the head of others."""
        begun = ((text, begin) for text in texts for begin in self.begins.finditer(text))
        found = {self.word_at(text, begin)[0] for text, begin in begun}
        heads = {
            word[:at]
            for word in found
            for at, sign in enumerate(word)
            if not (sign.isalnum() or sign == "_")
        }
        return found | (heads & self.terms.keys())

    def hits(self, text: str) -> Iterator[tuple[int, int, list[Term]]]:
        """Yield where terms stand that this text did not have before, and which they are."""
        told: set[tuple[str, str]] = set()
        at = 0
        while begin := self.begins.search(text, at):
            word, end = self.word_at(text, begin)
            at = end or begin.start() + 1
            if not word:
                continue
            self.found.add(word)
            new = [t for t in self.terms[word] if (t.index, t.entry) not in told]
            told |= {(term.index, term.entry) for term in new}
            if new:
                yield begin.start(), end, new


def _own_text(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Yield the pieces of a text, as :class:`_Marking` walks them."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif _is_apart(node):
            yield _ASIDE
        else:
            yield from _own_text(node.children)


def _is_apart(element: Element) -> bool:
    """Tell whether an element's words are none of the text around it."""
    return element.tag in BLOCKS or element.tag in _SILENT or "citation" in element.classes


@dataclass(slots=True)
class _Marking:
    """A walk through one text, with what is to be marked in it."""

    hits: list[tuple[int, int, list[Term]]]
    finder: _Finder
    _at: int = 0

    def row(self, nodes: tuple[Node, ...], line: int = 0) -> tuple[Node, ...]:
        return joined(new for node in nodes for new in self.node(node, line))

    def node(self, node: Node, line: int) -> tuple[Node, ...]:
        if isinstance(node, str):
            return tuple(self.text(node, line))
        if _is_apart(node):
            self._at += len(_ASIDE)
            silent = node.tag in _SILENT or node.tag not in BLOCKS
            children = (
                node.children if silent else self.finder.row(node.children, node.line or line)
            )
        else:
            children = self.row(node.children, node.line or line)
        return (node if children == node.children else replace(node, children=children),)

    def text(self, text: str, line: int) -> Iterator[Node]:
        """Yield a piece of text with marks around the terms that begin in it."""
        begin, done = self._at, 0
        self._at += len(text)
        for start, end, terms in self.hits:
            if begin <= start < self._at:
                stop = min(end, self._at) - begin
                yield text[done : start - begin]
                yield _mark(text[start - begin : stop], terms, line)
                done = stop
        yield text[done:]


def _mark(words: str, terms: list[Term], line: int) -> Node:
    node: Node = words
    for term in reversed(terms):
        pairs = (("class", MARK), ("entry", term.entry), ("in", term.index))
        node = Element("span", tuple(pair for pair in pairs if pair[1]), (node,), line)
    return node
