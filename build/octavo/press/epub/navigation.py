"""Finding one's way in an EPUB: the contents, the landmarks, and the cover's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.book.words import words
from octavo.markup import serialize
from octavo.matter import ROLES
from octavo.model import Element, Matter
from octavo.press.epub.documents import Page
from octavo.press.epub.package import EXTENSIONS, XHTML, File, Point

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octavo.model import Image, Leaf, Metadata, Rendition
    from octavo.press.epub.documents import Plan

NAV = "nav.xhtml"
COVER_PAGE = "cover.xhtml"
COVER_STYLE = "styles/cover.css"
COVER_CSS = """\
body { margin: 0; padding: 0; text-align: center; }
img { max-width: 100%; max-height: 100vh; }
"""
# The landmarks beside cover and first page: our roles, and their names in the EPUB Structural
# Semantics Vocabulary 1.1.
_LANDMARKS = {
    "title-page": "titlepage",
    "contents": "toc",
    "bibliography": "bibliography",
    "index": "index",
}


def points(rendition: Rendition, plan: Plan) -> tuple[Point, ...]:
    """Return the contents: what is listed, chapters below their part."""
    leaves = tuple(leaf for leaf in rendition.leaves if ROLES[leaf.section.role].listed)
    # A book of display pages only still needs one line (EPUB 3.3, 5.4.1: the list is not empty).
    leaves = leaves or rendition.leaves
    parts = {leaf.section.id for leaf in leaves}
    language = rendition.book.metadata.language

    def point(leaf: Leaf) -> Point:
        below = (each for each in leaves if each.section.part == leaf.section.id)
        title = titles.labelled(leaf.section, leaf.title, language)
        return Point(title, plan.leaves[leaf.section.id], tuple(map(point, below)))

    return tuple(point(leaf) for leaf in leaves if leaf.section.part not in parts)


def nav(rendition: Rendition, contents: tuple[Point, ...], plan: Plan) -> File:
    """Return the navigation document."""
    language = rendition.book.metadata.language
    title = words(language).titles["contents"]
    heading = Element("h1", (), (title,))
    toc = Element("nav", (*_named("toc", title), ("role", "doc-toc")), (heading, _list(contents)))
    content = serialize(toc, "\n", _landmarks(rendition, plan))
    return File(NAV, XHTML, Page(NAV, title, language).around(content), ("nav",))


def cover_files(cover: Image, metadata: Metadata) -> tuple[File, File, File]:
    """Return the cover's page, its style and its picture."""
    file = f"cover.{EXTENSIONS[cover.media_type]}"
    own = words(metadata.language)
    name = own["cover"]
    attributes = {
        "src": file,
        "alt": f"{name}{own['colon']}{metadata.title}",
        "epub:type": "cover",
        "role": "doc-cover",
    }
    content = serialize(Element("div", (), (Element("img", tuple(attributes.items())),)))
    page = Page(COVER_PAGE, name, metadata.language, (COVER_STYLE,), "frontmatter")
    return (
        File(COVER_PAGE, XHTML, page.around(content), read=True),
        File(COVER_STYLE, "text/css", COVER_CSS.encode()),
        File(file, cover.media_type, cover.data, ("cover-image",)),
    )


def _named(kind: str, title: str) -> tuple[tuple[str, str], ...]:
    return (("epub:type", kind), ("id", kind), ("aria-label", title))


def _list(points: tuple[Point, ...]) -> Element:
    return Element("ol", (), tuple(map(_line, points)))


def _line(point: Point) -> Element:
    link = Element("a", (("href", point.path),), (point.title,))
    return Element("li", (), (link, _list(point.points)) if point.points else (link,))


def _landmarks(rendition: Rendition, plan: Plan) -> Element:
    spoken = words(rendition.book.metadata.language)
    lines = tuple(
        Element("li", (), (Element("a", (("epub:type", kind), ("href", path)), (title,)),))
        for kind, path, title in _places(rendition, plan.leaves, spoken["cover"])
    )
    title = spoken["landmarks"]
    heading = Element("h2", (), (title,))
    attributes = (*_named("landmarks", title), ("hidden", "hidden"))
    return Element("nav", attributes, (heading, Element("ol", (), lines)))


def _places(
    rendition: Rendition, paths: Mapping[str, str], cover: str
) -> Iterator[tuple[str, str, str]]:
    yield "cover", COVER_PAGE, cover
    begun = False
    seen: set[str] = set()
    for leaf in rendition.leaves:
        section, path = leaf.section, paths[leaf.section.id]
        kind = _LANDMARKS.get(section.role, "")
        if kind and kind not in seen:
            seen.add(kind)
            yield kind, path, leaf.title
        if section.matter is Matter.BODY and not begun:
            begun = True
            yield "bodymatter", path, leaf.title
