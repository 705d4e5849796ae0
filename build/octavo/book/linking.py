"""Terms in the text: each use is led to what the term means.

``[bonds]{.term of="attachment"}`` is a use of a term.  The first use in a section leads to its
entry, and the first in the book is set apart (``dfn``).  Titles, epigraphs, headings and
links stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.book.ids import use_id
from octavo.book.terms import DEFINITION, is_written, key_of, named
from octavo.book.texts import blocks
from octavo.diagnostics import Location, did_you_mean, error
from octavo.manuscript import is_term
from octavo.markup import joined, with_attributes
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octavo.book.terms import Entries
    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Node, Section

_KINDS = {"dl": "glossary", "dt": "glossterm", "dd": "glossdef"}
"""What an EPUB calls a glossary and its parts (EPUB Structural Semantics Vocabulary 1.1)."""
_PLAIN_IN = frozenset("a h1 h2 h3 h4 h5 h6 reference citation".split())
"""Elements in which a term is nothing but its words."""


@dataclass(slots=True)
class Linking:
    """The text while its terms are led to what they mean."""

    entries: Entries
    medium: Medium
    report: Report
    first: dict[str, str] = field(default_factory=dict)
    """The id of the first use of each term in the book, by its key."""
    _section: str = ""
    _file: str = ""
    _linked: set[str] = field(default_factory=set)
    """The terms that were led to their entries in this section."""
    _count: int = 0
    _in_entry: bool = False

    def section(self, section: Section) -> Section:
        """Return a section with the terms in it led to their entries."""
        self._section, self._file = section.id, section.location.file
        self._linked, self._count, self._in_entry = set(), 0, is_written(section)
        notes = (replace(note, content=self.blocks(note.content)) for note in section.notes)
        return replace(
            section,
            title=self.nodes(section.title, free=False),
            epigraph=blocks(self.nodes(section.epigraph, free=False)),
            body=self.blocks(section.body),
            notes=tuple(notes),
        )

    def meaning(self, content: tuple[Node, ...], file: str) -> tuple[Node, ...]:
        """Return a definition with the terms in it led to their entries, every time."""
        self._section, self._file, self._in_entry = "", file, True
        return self.nodes(content)

    def blocks(self, nodes: tuple[Element, ...]) -> tuple[Element, ...]:
        """Return blocks with the terms in them led to their entries."""
        return blocks(self.nodes(nodes))

    def nodes(self, nodes: Iterable[Node], *, free: bool = True) -> tuple[Node, ...]:
        """Return nodes with the terms in them led to their entries, or only read if not free."""
        return joined(new for node in nodes for new in self._node(node, free=free))

    def _node(self, node: Node, *, free: bool) -> tuple[Node, ...]:
        if isinstance(node, str):
            return (node,)
        if node.tag == DEFINITION:
            return ()
        inside = free and node.tag not in _PLAIN_IN
        children = self.nodes(node.children, free=inside and not is_term(node))
        if is_term(node):
            return self._term(node, children, free=free)
        changed = node if children == node.children else replace(node, children=children)
        if node.tag in _KINDS and self._in_entry and self._section:
            changed = self._own(node, changed)
        return (changed,)

    def _own(self, written: Element, changed: Element) -> Element:
        """Return a definition list of the author's, or a term in it, as a glossary's."""
        if written.tag != "dt":
            kind = self.says(_KINDS[written.tag])
            return replace(changed, attributes=(*changed.attributes, *kind))
        own = self.entries.ids.get(key_of(titles.text(written.children)))
        if not own or not own.startswith(f"{self._section}."):
            return changed
        return self.headed(changed, own)

    def _term(self, mark: Element, children: tuple[Node, ...], *, free: bool) -> tuple[Node, ...]:
        words = named(mark)
        key = key_of(words)
        if key not in self.entries.known:
            finding = self._unknown(words, Location(self._file, mark.line))
            self.report(finding)
            fault = Element("fault", (("code", finding.code),), (words,), mark.line)
            return (*children, fault)
        inner = _with_what_is_left(mark, children)
        if not free:
            return inner
        is_first = not self._in_entry and key not in self.first
        if is_first:
            inner = (self._first(key, mark, inner),)
        entry = self.entries.ids[key]
        if not entry or (not self._in_entry and key in self._linked):
            return inner
        self._linked.add(key)
        ways = (*self.says("glossref"), ("role", "doc-glossref"))
        attributes = (("class", "term"), ("href", f"#{entry}"))
        pairs = (*attributes, *(ways if self.medium is Medium.EPUB else ()))
        return (Element("a", pairs, inner, mark.line),)

    def _first(self, key: str, mark: Element, inner: tuple[Node, ...]) -> Element:
        """Return the first use of a term in the book, which its entry may lead back to."""
        self._count += 1
        own = mark.get("id")
        self.first[key] = own or use_id(self._section, self._count)
        pairs = () if own else (("id", self.first[key]),)
        return Element("dfn", (*pairs, ("class", "term")), inner, mark.line)

    def says(self, name: str) -> tuple[tuple[str, str], ...]:
        """Return what an EPUB calls an element, and print does not."""
        return (("epub:type", name),) if self.medium is Medium.EPUB else ()

    def headed(self, term: Element, own: str) -> Element:
        """Return a ``dt`` as the term of an entry, which is known by an id."""
        words = (Element("dfn", (("id", own),), term.children, term.line),)
        return replace(
            term, attributes=(*term.attributes, *self.says(_KINDS["dt"])), children=words
        )

    def _unknown(self, words: str, place: Location) -> Diagnostic:
        if not words:
            hint = 'write the term into the brackets, or as of="…"'
            return error("empty-term", "this term of the glossary has no words", place, hint)
        defines = f'define it where it stands: [{words}]{{.term def="…"}}'
        hint = did_you_mean(words, self.entries.words()) or defines
        return error("undefined-term", f"nothing defines the term “{words}”", place, hint)


def _with_what_is_left(mark: Element, children: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the words of a mark, in a span if the author gave them more than the mark."""
    classes = " ".join(name for name in mark.classes if name != "term")
    left = with_attributes(mark, of=None, def_=None, class_=classes or None)
    return (replace(left, children=children),) if left.attributes else children
