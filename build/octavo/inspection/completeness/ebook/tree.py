"""The whole of a document against its leaf: every element, attribute and letter.

What a document has beside its leaf is known from the rules of XHTML and EPUB alone, so that this
is blind to no fault of the press.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from octavo.markup import joined, walk
from octavo.matter import DIVISIONS
from octavo.model import Element
from octavo.rendition.direction import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from octavo.inspection.completeness.ebook.package import Document, Ebook
    from octavo.inspection.completeness.ebook.page import Page
    from octavo.inspection.completeness.faults import Fault
    from octavo.model import Image, Node, Rendition

_OPENING = re.compile(r'<\?xml version="1.0" encoding="UTF-8"\?>\s*<!DOCTYPE html>\s*')
"""Whatever else stands there may be a stylesheet, or change what the elements are."""
_NAMESPACES = {
    "html": "http://www.w3.org/1999/xhtml",
    "svg": "http://www.w3.org/2000/svg",
    "math": "http://www.w3.org/1998/Math/MathML",
}
_EPUB = "http://www.idpf.org/2007/ops"
_XLINK = "http://www.w3.org/1999/xlink"
_OWN = frozenset({"note", "citation", "folio", "fault"})
"""Elements that XHTML has no name for: of them only what stands inside goes into a file."""
_LINE_END = re.compile(r"\r\n?")
_VISIBLE = str.maketrans({" ": "␣", "\n": "↵", "\t": "⇥", "\u00a0": "⍽"})
_NOTHING = "nothing"
_LONGEST = 40
"""Characters that are told of a text."""


class Difference(NamedTuple):
    """The first thing that is not as it should be: what was wanted, and what stands there."""

    line: int
    wanted: str
    found: str


@dataclass(frozen=True, slots=True)
class Ways:
    """Where the addresses of a file should lead, and where they do."""

    owners: Mapping[str, str]
    """The section that each id of the book stands in; a section stands in itself."""
    sections: Mapping[str, str]
    """The section of each document, by the document's path."""
    images: Mapping[str, Image]
    files: Mapping[str, bytes]

    @classmethod
    def of(cls, ebook: Ebook, rendition: Rendition) -> Ways:
        """Return the ways through a finished file."""
        owners = {leaf.section.id: leaf.section.id for leaf in rendition.leaves}
        for leaf in rendition.leaves:
            for element in walk(leaf.content):
                owners.setdefault(element.get("id"), leaf.section.id)
        sections = {document.path: document.section for document in ebook.documents}
        return cls(owners, sections, rendition.book.images, ebook.files)

    def known(self, name: str, value: str) -> bool:
        """Tell whether an attribute may stand in a file: it leads to a place that there is."""
        return name != "href" or not value.startswith("#") or value[1:] in self.owners

    def agree(self, name: str, wanted: str, found: str, document: Document) -> bool:
        """Tell whether an attribute says what it should; an address, whether it leads there."""
        path, place = document.leads_to(found)
        if name == "href" and wanted.startswith("#"):
            owner, section = self.owners.get(wanted[1:], ""), self.sections.get(path, "")
            # That a section is missing is told once, not of every link to it.
            gone = owner not in self.sections.values()
            return gone or (section, place or section) == (owner, unquote(wanted[1:]))
        if name == "src" and wanted in self.images:
            return self.files.get(path) == self.images[wanted].data
        return wanted == found


def differing(page: Page, rendition: Rendition, ways: Ways) -> Iterator[Fault]:
    """Yield the first difference between a document and its leaf, if there is any."""
    difference = _around(page, rendition.book.metadata.language) or _Twins(page, ways).whole()
    if difference:
        line, wanted, found = difference
        yield page.fault("document-changed", wanted, line, found)


def _around(page: Page, language: str) -> Difference | None:
    """Return what is wrong with all but the body's content."""
    document = page.document
    if not _OPENING.fullmatch(document.opening):
        return Difference(0, "<!DOCTYPE html>", document.opening)
    want, have = _frame(page, language), _bared(document.nodes)
    if have == want:
        return None
    pairs = zip_longest(_row(want), _row(have), fillvalue=_NOTHING)
    unlike = (Difference(0, *pair) for pair in pairs if pair[0] != pair[1])
    return next(unlike, Difference(0, "<html>", "other elements"))


def _row(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        yield _shown(node)
        if isinstance(node, Element):
            yield from (_tag(node.tag, name, value) for name, value in node.attributes)
            yield from _row(node.children)


def _frame(page: Page, language: str) -> tuple[Node, ...]:
    """Return the document that is due, without links of stylesheets and without content."""
    attributes = {
        "xmlns": _NAMESPACES["html"],
        "xmlns:epub": _EPUB,
        "lang": language,
        "xml:lang": language,
        **({"dir": "rtl"} if direction(language) == "rtl" else {}),
    }
    title = joined([_LINE_END.sub("\n", page.leaf.title)])
    meta, title_ = Element("meta", (("charset", "UTF-8"),)), Element("title", (), title)
    division = ("epub:type", DIVISIONS[page.leaf.section.matter])
    head, body = Element("head", (), (meta, title_)), Element("body", (division,))
    return (Element("html", tuple(sorted(attributes.items())), (head, body)),)


def _bared(nodes: Iterable[Node], above: tuple[str, ...] = ()) -> tuple[Node, ...]:
    """Return a document as :func:`_frame` makes it: what the two may differ in is taken out."""
    bare: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            if node.strip() or above[-1:] == ("title",):
                bare.append(node)
        elif (*above, node.tag) == ("html", "head", "link") and node.get("rel") == "stylesheet":
            continue  # the proof of the stylesheets looks at these
        else:
            way = (*above, node.tag)
            children = () if way == ("html", "body") else _bared(node.children, way)
            bare.append(Element(node.tag, tuple(sorted(node.attributes)), children))
    return tuple(bare)


@dataclass(frozen=True, slots=True)
class _Twins:
    """A leaf and a document, gone through side by side."""

    page: Page
    ways: Ways

    def whole(self) -> Difference | None:
        body = self.page.document.body
        # The section stands on lines of its own.
        children = tuple(each for each in body.children if not _is_blank(each))
        return self._children((self.page.leaf.content,), children, 0)

    def _children(
        self, wanted: Iterable[Node], found: Iterable[Node], line: int
    ) -> Difference | None:
        for want, have in zip_longest(wanted, found):
            if isinstance(want, Element):
                line = want.line or line
            if isinstance(want, Element) and isinstance(have, Element):
                difference = self._elements(want, have, line)
            else:
                difference = _others(want, have, line)
            if difference:
                return difference
        return None

    def _elements(self, want: Element, have: Element, line: int) -> Difference | None:
        if want.tag != have.tag:
            return Difference(line, _shown(want), _shown(have))
        due, said = self._due(want), dict(have.attributes)
        for name in (*due, *said):
            document = self.page.document
            both = name in due and name in said
            if not both or not self.ways.agree(name, due[name], said[name], document):
                one, other = (_tag(want.tag, name, each.get(name)) for each in (due, said))
                return Difference(line, one, other)
        return self._children(_children_of(want), have.children, line)

    def _due(self, element: Element) -> dict[str, str]:
        """Return the attributes that an element should have in a file."""
        due = {n: value for n, value in element.attributes if self.ways.known(n, value)}
        if element.tag in _NAMESPACES:
            due.setdefault("xmlns", _NAMESPACES[element.tag])
            names = (name for below in walk(element) for name, _ in below.attributes)
            if any(name.startswith("xlink:") for name in names):
                due["xmlns:xlink"] = _XLINK
        return due


def _children_of(element: Element) -> tuple[Node, ...]:
    """Return what should stand in an element: texts in one piece, nothing around what is ours."""
    return joined(
        _LINE_END.sub("\n", node) if isinstance(node, str) else node
        for child in element.children
        for node in _unwrapped(child)
    )


def _unwrapped(node: Node) -> tuple[Node, ...]:
    if isinstance(node, str) or node.tag not in _OWN:
        return (node,)
    return tuple(below for child in node.children for below in _unwrapped(child))


def _others(want: Node | None, have: Node | None, line: int) -> Difference | None:
    """Return how two nodes differ that are not both elements."""
    if want == have:
        return None
    if not isinstance(want, str) or not isinstance(have, str):
        return Difference(line, _shown(want), _shown(have))
    shortest = min(len(want), len(have))
    at = next((n for n in range(shortest) if want[n] != have[n]), shortest)
    start = want.rfind(" ", 0, max(0, at - 1)) + 1
    wanted, found = want[start:][:_LONGEST], have[start:][:_LONGEST]
    if wanted.split() == found.split():
        wanted, found = wanted.translate(_VISIBLE), found.translate(_VISIBLE)
    return Difference(line, wanted or _NOTHING, found or _NOTHING)


def _is_blank(node: Node) -> bool:
    return isinstance(node, str) and not node.strip()


def _shown(node: Node | None) -> str:
    if isinstance(node, Element):
        return f"<{node.tag}>"
    return node or _NOTHING


def _tag(name: str, attribute: str, value: str | None) -> str:
    return f"<{name}>" if value is None else f'<{name} {attribute}="{value}">'
