"""Turn one leaf into pages: the text alone, without running heads and folios.

:func:`typeset` is a function of its job and of the faces the engine holds, so its result can be
kept under :attr:`Job.key` and made in any process.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree.ElementTree import Element as Tree

from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.markup import joined, rewrite_all, text_of, walk, with_attributes
from octavo.model import Element
from octavo.press import glyphs
from octavo.press.pdf.geometry import page_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from octavo.model import Image, Node
    from octavo.press.pdf.engine import Engine
    from octavo.press.pdf.evidence import Anchor, FontUse, Layout, Problem
    from octavo.press.pdf.geometry import Geometry

LINK = "octavo:"
"""The scheme of links inside the book, until assembly knows where their targets are."""


@dataclass(frozen=True, slots=True)
class Job:
    """All that the pages of one leaf depend on, faces by their digests."""

    content: Element
    """The ``section`` element; every ``folio`` in it filled with a literal."""
    language: str
    stylesheets: tuple[str, ...]
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
    layout = engine.lay_out(
        _document(job),
        (*job.stylesheets, page_rule(job.geometry)),
        {image.name: image.data for image in job.images},
    )
    findings = (*_note_findings(job, layout), *(_finding(job, each) for each in layout.problems))
    return Typeset(
        pdf=layout.pdf,
        pages=layout.pages,
        anchors=layout.anchors,
        notes=layout.notes,
        fonts=layout.fonts,
        findings=findings,
    )


def holes(content: Element) -> tuple[str, ...]:
    """Return the ids whose folios a leaf prints, in order."""
    wanted = (element.get("of").split() for element in walk(content) if element.tag == "folio")
    return tuple(name for names in wanted for name in names)


def filled(content: Element, folios: Mapping[str, str]) -> Element:
    """Return the leaf with every ``folio`` made the number of its page.

    One that names several places becomes their distinct numbers, each a link to the first place
    on its page.
    """

    def fill(element: Element) -> Element:
        if element.tag != "folio":
            return element
        kept = tuple(pair for pair in element.attributes if pair[0] != "of")
        attributes = kept if element.get("class") else (("class", "folio"), *kept)
        return Element("span", attributes, _numbers(element.get("of").split(), folios))

    return replace(content, children=rewrite_all(content.children, fill))


def _numbers(names: Sequence[str], folios: Mapping[str, str]) -> tuple[Node, ...]:
    if len(names) == 1:
        return (folios[names[0]],)
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(folios[name], name)
    links = (Element("a", (("href", f"#{name}"),), (folio,)) for folio, name in first.items())
    return joined(node for link in links for node in (", ", link))[1:]


# --- The tree -----------------------------------------------------------------------------------


def _document(job: Job) -> Tree:
    root = Tree("html", {"lang": job.language})
    body = Tree("body")
    body.append(as_tree(job.content))
    root.extend((Tree("head"), body))
    return root


def as_tree(element: Element) -> Tree:
    """Return the element as ElementTree has it, links inside the book marked for assembly."""
    href = element.get("href")
    if href.startswith("#"):
        element = with_attributes(element, href=LINK + quote(href[1:], safe=""))
    tree = Tree(element.tag, dict(element.attributes))
    if element.line:
        tree.set("data-line", str(element.line))
    last: Tree | None = None
    for child in element.children:
        if isinstance(child, Element):
            last = as_tree(child)
            tree.append(last)
        elif last is None:
            tree.text = (tree.text or "") + child
        else:
            last.tail = (last.tail or "") + child
    return tree


# --- What went wrong ----------------------------------------------------------------------------


def _note_findings(job: Job, layout: Layout) -> Iterator[Diagnostic]:
    calls, times = dict(layout.calls), Counter(name for name, _ in layout.notes)
    pages = dict(layout.notes)
    for note in walk(job.content):
        if "note" not in note.classes:
            continue
        name, text = note.get("id"), _shortened(text_of(note))
        place = _place(job, _first_line(note))
        if times[name] == 0:
            yield error(
                "lost-note",
                f"the note “{text}” would be missing from the printed page",
                place,
                "move its call to another sentence, or shorten the note, and build again",
            )
        elif times[name] > 1:
            yield error(
                "repeated-note", f"the note “{text}” would be printed more than once", place
            )
        elif pages[name] < calls.get(name, 0):
            yield warning(
                "note-before-call",
                f"the note “{text}” stands on the page before its number in the text",
                place,
                "moving the call to another sentence mends it",
            )


_MEANINGS = {
    glyphs.CODE: (error, glyphs.MESSAGE, glyphs.HINT),
    "image-not-loaded": (
        error,
        "the picture “{about}” cannot be shown",
        "save it again as PNG, JPEG or SVG",
    ),
    "face-not-loaded": (error, "the typeface “{about}” cannot be loaded", ""),
    "note-too-long": (
        error,
        "this note is longer than a page, and its end would be cut off",
        "shorten it, or move part of it into the text",
    ),
    "text-off-page": (
        error,
        "“{about}” runs over the edge of the page",
        "break the line or the long word in the manuscript",
    ),
    "typesetting-remark": (warning, "a stylesheet was not fully understood: {about}", ""),
}
"""What a problem of the engine means to an author: severity, message and hint."""


def _finding(job: Job, problem: Problem) -> Diagnostic:
    make, message, hint = _MEANINGS[problem.code]
    about = problem.about
    place = _place(job, problem.line or _line_with(job.content, about))
    code = ord(about) if len(about) == 1 else 0
    return make(problem.code, message.format(about=_shortened(about), code=code), place, hint)


def _line_with(content: Element, about: str) -> int:
    """Return the line of the innermost element that says or shows what a problem is about."""
    lines = (
        element.line
        for element in walk(content)
        if element.line and (about in text_of(element) or about == element.get("src"))
    )
    return max(lines, default=0)


def _first_line(element: Element) -> int:
    return next((inner.line for inner in walk(element) if inner.line), 0)


def _place(job: Job, line: int) -> Location:
    return Location(job.location.file, line) if line else job.location


def _shortened(text: str, longest: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"
