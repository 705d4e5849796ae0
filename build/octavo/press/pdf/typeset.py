"""Turn one leaf into pages: the text alone, without running heads and folios.

:func:`typeset` is a function of its job and of the faces the engine holds, so its result can be
kept under :attr:`Job.key` and made in any process.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree.ElementTree import Element as Tree

from octavo.markup import joined, rewrite_all, walk, with_attributes
from octavo.model import Element
from octavo.press.pdf.evidence import Problem
from octavo.press.pdf.findings import FAILED, findings_of
from octavo.press.pdf.geometry import page_rule
from octavo.press.pdf.located import located
from octavo.press.pdf.relief import further, relieved
from octavo.rendition.blocks import LABEL, labelled
from octavo.rendition.direction import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from octavo.diagnostics import Diagnostic, Location
    from octavo.model import Image, Node
    from octavo.press.pdf.engine import Engine
    from octavo.press.pdf.evidence import Anchor, FontUse, Layout
    from octavo.press.pdf.geometry import Geometry
    from octavo.press.pdf.relief import Relief

_OF_FOLIOS = frozenset({"of", "as", "note", "one", "many", "ranges"})
LINK = "octavo:"
"""The scheme of links inside the book, until assembly knows where their targets are."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that the pages of one leaf depend on, faces by their digests."""

    content: Element
    """The ``section`` element; every ``folio`` in it filled with a literal."""
    language: str
    stylesheets: tuple[tuple[str, str], ...]
    """Names and CSS texts, in cascade order."""
    geometry: Geometry
    faces: tuple[str, ...]
    images: tuple[Image, ...]
    """Those the leaf shows."""
    location: Location
    """The file whose lines the elements carry."""

    @property
    def key(self) -> str:
        """The SHA-256 of the job; equal jobs make equal pages."""
        images = [(image.name, sha256(image.data).hexdigest()) for image in self.images]
        return sha256(repr((replace(self, images=()), images)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Typeset:
    """A leaf as pages, each set as a recto, and what the other stages must know of them."""

    pdf: bytes
    pages: int
    anchors: tuple[Anchor, ...]
    notes: tuple[tuple[str, int], ...]
    """The ids of the notes, with the pages they stand on."""
    fonts: tuple[FontUse, ...]
    findings: tuple[Diagnostic, ...]


def typeset(job: Job, engine: Engine) -> Typeset:
    """Set a leaf: its tree in, its pages and their facts out."""
    layout = _laid_out(job, engine)
    given: dict[int, Relief] = {}
    while more := further(layout, given):
        given |= more
        layout = _laid_out(replace(job, content=relieved(job.content, given)), engine)
    return Typeset(
        pdf=layout.pdf,
        pages=layout.pages,
        anchors=layout.anchors,
        notes=layout.notes,
        fonts=layout.fonts,
        findings=tuple(findings_of(job, layout)),
    )


def _laid_out(job: Job, engine: Engine) -> Layout:
    sheets = (*job.stylesheets, ("", page_rule(job.geometry)))
    images = {image.name: image.data for image in job.images}
    try:
        return engine.lay_out(_document(job), sheets, images)
    except (NotImplementedError, RecursionError):
        # So WeasyPrint meets HTML that it cannot lay out; an empty page stands for the section.
        empty = replace(job, content=replace(job.content, children=()))
        layout = engine.lay_out(_document(empty), sheets, {})
        return replace(layout, problems=(Problem(FAILED, ""),))


def holes(content: Element) -> tuple[str, ...]:
    """Return the ids whose folios a leaf prints, in order."""
    wanted = (element.get("of").split() for element in walk(content) if element.tag == "folio")
    return tuple(name for names in wanted for name in names)


def filled(content: Element, folios: Mapping[str, str]) -> Element:
    """Return the leaf with its blocks labelled and every ``folio`` made the numbers of its pages.

    Each number is told once, as a link to the first place on its page, unless the ``folio``
    stands in a link already.
    """

    def fill(element: Element) -> Element:
        if element.tag == "a":
            return replace(element, children=rewrite_all(element.children, _unlinked))
        if element.tag != "folio":
            return element
        kept = tuple(pair for pair in element.attributes if pair[0] not in _OF_FOLIOS)
        attributes = kept if element.get("class") else (("class", "folio"), *kept)
        return Element("span", attributes, _filling(element, folios))

    whole = labelled(content)  # a folio is a block of its own, and soon no longer one
    return replace(whole, children=rewrite_all(whole.children, fill))


def _filling(element: Element, folios: Mapping[str, str]) -> tuple[Node, ...]:
    if element.get("as"):
        return located(element, folios)
    names = element.get("of").split()
    return _span(element, folios) if element.get("many") else _numbers(names, folios)


def _numbers(names: Sequence[str], folios: Mapping[str, str]) -> tuple[Node, ...]:
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(folios[name], name)
    links = (Element("a", (("href", f"#{name}"),), (folio,)) for folio, name in first.items())
    return joined(node for link in links for node in (", ", link))[1:]


def _span(element: Element, folios: Mapping[str, str]) -> tuple[Node, ...]:
    """Return the pages from one place to another, after the word for one page or for several."""
    first, last = element.get("of").split()
    if folios[first] == folios[last]:
        return (element.get("one"), *_numbers([first], folios))
    ends = (*_numbers([first], folios), "–", *_numbers([last], folios))
    return (element.get("many"), *ends)


def _unlinked(element: Element) -> Node | tuple[Node, ...]:
    return element.children if element.tag == "a" else element


# --- The tree -----------------------------------------------------------------------------------


def _document(job: Job) -> Tree:
    root = Tree("html", spoken(job.language))
    body = Tree("body")
    body.append(as_tree(job.content))
    root.extend((Tree("head"), body))
    return root


_SVG = "{http://www.w3.org/2000/svg}"
_XLINK = "{http://www.w3.org/1999/xlink}"


def as_tree(element: Element, space: str = "", label: str = "") -> Tree:
    """Return the element as ElementTree has it, links inside the book marked for assembly.

    WeasyPrint draws SVG by its namespace; references inside a drawing stay in it.  The layout
    engine knows a box by its element alone, so each bears the label of the block it stands in.
    """
    space = _SVG if element.tag == "svg" else space
    if space:
        pairs = ((name.replace("xlink:", _XLINK), value) for name, value in element.attributes)
        tree = Tree(space + element.tag, {n: v for n, v in pairs if not n.startswith("xmlns")})
    else:
        tree = Tree(element.tag, dict(_addressed(element).attributes))
    label = element.get(LABEL) or label
    if label:
        tree.set(LABEL, label)
    if element.line:
        tree.set("data-line", str(element.line))
    last: Tree | None = None
    for child in element.children:
        if isinstance(child, Element):
            last = as_tree(child, space, label)
            tree.append(last)
        elif last is None:
            tree.text = (tree.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return tree


def _addressed(element: Element) -> Element:
    """Return the element with its addresses as a URL has them: names may hold any character."""
    href, src = element.get("href"), element.get("src")
    if href.startswith("#"):
        element = with_attributes(element, href=LINK + quote(href[1:], safe=""))
    return with_attributes(element, src=quote(src, safe="")) if src else element
