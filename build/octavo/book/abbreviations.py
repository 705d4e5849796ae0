"""Abbreviations: what they stand for, told where the text has them and listed on a page.

``*[WHO]: World Health Organization`` says it once for the whole book.  In the EPUB every
occurrence bears the words (``abbr``); in print the page ``abbreviations`` has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from octavo.book.indexing.filing import filing
from octavo.book.texts import blocks
from octavo.diagnostics import Location, did_you_mean, error, warning
from octavo.markup import joined, text_of
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Abbreviation, Manuscript, Node, Section

PAGE = "abbreviations"
CLASS = "abbreviations"
_LEFT = frozenset("abbr code pre kbd samp var svg math formula citation fault address".split())
"""Elements in which nothing is an abbreviation, or whose author has said what it is."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an abbreviation stands for, and where that is said."""

    told: Abbreviation
    location: Location

    @property
    def words(self) -> str:
        """What it stands for, without markup."""
        return " ".join(text_of(*self.told.content).split())


def meanings_of(manuscript: Manuscript) -> list[Meaning]:
    """Return what abbreviations stand for, as the files tell it, in their order."""
    return [
        Meaning(each, Location(source.file, each.line))
        for source in manuscript.sources
        for each in source.abbreviations
    ]


def known_in(manuscript: Manuscript) -> dict[str, Meaning]:
    """Return the abbreviations of a book as they are typeset; of two meanings, the first."""
    known: dict[str, Meaning] = {}
    for each in meanings_of(manuscript):
        known.setdefault(_typeset(each.told.short), each)
    return known


def drawn_up(
    sections: tuple[Section, ...], whole: Manuscript, medium: Medium, report: Report
) -> tuple[Section, ...]:
    """Return the sections with what their abbreviations stand for, and the page that lists them."""
    known = known_in(whole)
    if not known:
        return sections
    pattern = _pattern(known)
    for finding in _doubts(known, pattern, sections, whole):
        report(finding)
    if medium is Medium.EPUB:
        explained = _Explained(known, pattern)
        sections = tuple(map(explained.section, sections))
    body = _page(known, whole.project.metadata.language)
    return tuple(replace(s, body=body) if is_page(s) else s for s in sections)


def is_page(section: Section) -> bool:
    """Tell whether a section is the page that lists abbreviations."""
    return section.generated and section.role == PAGE


def _page(known: dict[str, Meaning], language: str) -> tuple[Element, ...]:
    alphabet = filing(language)
    ordered = sorted(known, key=alphabet.key)
    rows = (
        Element(
            "div",
            (),
            (Element("dt", (), (short,)), Element("dd", (), known[short].told.content)),
        )
        for short in ordered
    )
    return (Element("dl", (("class", CLASS),), tuple(rows)),)


def _pattern(known: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of any abbreviation as a word of its own, the longest first."""
    ordered = sorted(known, key=lambda short: (-len(short), short))
    words = (re.escape(short).replace(r"\ ", r"\s+").replace("’", "['’]") for short in ordered)
    return re.compile(rf"(?<![\w.])(?:{'|'.join(words)})(?!\w)")


@dataclass(frozen=True, slots=True)
class _Explained:
    """The text of an EPUB while its abbreviations are given the words they stand for."""

    known: dict[str, Meaning]
    pattern: re.Pattern[str]

    def section(self, section: Section) -> Section:
        """Return a section with its abbreviations explained, but for those of its title."""
        notes = (replace(n, content=blocks(self.nodes(n.content))) for n in section.notes)
        return replace(
            section,
            epigraph=blocks(self.nodes(section.epigraph)),
            body=blocks(self.nodes(section.body)),
            notes=tuple(notes),
        )

    def nodes(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        return joined(new for node in nodes for new in self._node(node))

    def _node(self, node: Node) -> Iterable[Node]:
        if isinstance(node, str):
            return self._text(node)
        if node.tag in _LEFT:
            return (node,)
        children = self.nodes(node.children)
        return (node if children == node.children else replace(node, children=children),)

    def _text(self, text: str) -> Iterator[Node]:
        at = 0
        for found in self.pattern.finditer(text):
            yield text[at : found.start()]
            words = self.known[_typeset(found.group())].words
            yield Element("abbr", (("title", words),), (found.group(),))
            at = found.end()
        yield text[at:]


def _typeset(written: str) -> str:
    """Return an abbreviation with the spaces and the apostrophe that it has in the text."""
    return " ".join(written.split()).replace("'", "’")


def _doubts(
    known: dict[str, Meaning],
    pattern: re.Pattern[str],
    sections: tuple[Section, ...],
    whole: Manuscript,
) -> Iterator[Diagnostic]:
    """Yield what to say of abbreviations told twice, told in vain, or listed nowhere."""
    for each in meanings_of(whole):
        first = known[_typeset(each.told.short)]
        if each.words != first.words:
            yield _twice(each, first)
    if not any(map(is_page, sections)):
        message = (
            "the book says what abbreviations stand for, but has no page `abbreviations`,"
            " and its readers in print never learn it"
        )
        hint = "add `abbreviations` to `contents` in book.yaml"
        yield warning("no-abbreviations", message, whole.project.book_file, hint)
    texts = "\n".join(_texts(whole))
    used = {_typeset(found.group()) for found in pattern.finditer(texts)}
    for short, each in known.items():
        if short not in used:
            message = f"the abbreviation “{short}” is explained and never used"
            hint = did_you_mean(short, _alike(texts)) or "take the line out"
            yield warning("unused-abbreviation", message, each.location, hint)


def _alike(texts: str) -> list[str]:
    """Return the words of a text that may be abbreviations."""
    return sorted(set(re.findall(r"\b[A-Z][A-Za-z]*[A-Z]\b", texts)))


def _texts(manuscript: Manuscript) -> Iterator[str]:
    """Yield the texts of a manuscript in which abbreviations are looked for."""
    for source in manuscript.sources:
        notes = (block for note in source.notes for block in note.content)
        waiting: list[Node] = [*source.body, *source.epigraph, *notes]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                yield node
            elif node.tag not in _LEFT:
                waiting += node.children


def _twice(second: Meaning, first: Meaning) -> Diagnostic:
    return error(
        "duplicate-abbreviation",
        f"“{second.told.short}” stands for something else already: {first.location}",
        second.location,
        f"keep one of “{first.words}” and “{second.words}”",
    )
