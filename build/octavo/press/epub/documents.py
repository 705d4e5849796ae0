"""Content documents: each leaf as one XHTML file, its links and pictures led to their files."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from posixpath import relpath, splitext
from typing import TYPE_CHECKING

from octavo.diagnostics import Location, error
from octavo.markup import rewrite, serialize, walk, with_attributes
from octavo.matter import DIVISIONS
from octavo.press.epub.package import EXTENSIONS, XHTML, File
from octavo.rendition.direction import direction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Element, Image, Leaf, Node, Rendition, Section

_PAGE = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" {language}>
<head>
<meta charset="UTF-8"/>
<title>{title}</title>
{links}</head>
<body{division}>
{content}
</body>
</html>
"""
# Elements with a namespace and a manifest property of their own (EPUB 3.3, D.3.3).
_NAMESPACES = {
    "svg": "http://www.w3.org/2000/svg",
    "math": "http://www.w3.org/1998/Math/MathML",
}
_PROPERTIES = {"svg": "svg", "math": "mathml"}
_XLINK = "http://www.w3.org/1999/xlink"
_UNFINISHED = frozenset({"note", "citation", "folio", "fault"})


@dataclass(frozen=True, slots=True)
class Page:
    """Everything of an XHTML page but its content."""

    path: str
    title: str
    language: str
    styles: tuple[str, ...] = ()
    """Files of the package."""
    division: str = ""
    """The part of the book that it belongs to, as ``epub:type`` has it."""

    def around(self, content: str) -> bytes:
        """Return the whole page."""
        side = ' dir="rtl"' if direction(self.language) == "rtl" else ""
        links = "".join(
            f'<link rel="stylesheet" type="text/css" href="{_from(self.path, style)}"/>\n'
            for style in self.styles
        )
        text = _PAGE.format(
            language=f'lang="{self.language}" xml:lang="{self.language}"{side}',
            title=escape(self.title),
            links=links,
            division=f' epub:type="{self.division}"' if self.division else "",
            content=content,
        )
        return text.encode()


@dataclass(frozen=True, slots=True)
class Plan:
    """Which file everything goes to."""

    leaves: Mapping[str, str]
    """The file of each section, by the section's id."""
    places: Mapping[str, str]
    """The file that holds each id."""
    images: Mapping[str, str]
    """The file of each picture that the text shows, by the picture's name."""


def plan(rendition: Rendition) -> Plan:
    """Give every leaf and every picture a file, and find where every id lies."""
    width = max(2, len(str(len(rendition.leaves))))
    leaves = {
        leaf.section.id: f"text/{number:0{width}}-{_ascii(leaf.section.id)}.xhtml"
        for number, leaf in enumerate(rendition.leaves, 1)
    }
    places = {
        element.get("id"): leaves[leaf.section.id]
        for leaf in rendition.leaves
        for element in walk(leaf.content)
        if element.get("id")
    }
    return Plan(leaves, places, _images(rendition))


def document(
    leaf: Leaf, plan: Plan, language: str, styles: tuple[str, ...], report: Report
) -> File:
    """Return a leaf as a file of the EPUB; what cannot stand in one is reported and left out."""
    path = plan.leaves[leaf.section.id]

    def finished(element: Element) -> Element | tuple[Node, ...]:
        if element.tag in _UNFINISHED:
            report(_meaningless(element, leaf.section))
            return element.children
        if element.get("href").startswith("#") and not _known(element.get("href")[1:], plan):
            report(_leads_nowhere(element, leaf.section))
            element = with_attributes(element, href=None)
        return _led(element, path, plan)

    (content,) = rewrite(leaf.content, finished)
    tags = {element.tag for element in walk(content)}
    properties = tuple(_PROPERTIES[tag] for tag in sorted(tags & set(_PROPERTIES)))
    division = DIVISIONS[leaf.section.matter]
    page = Page(path, leaf.title, language, styles, division)
    return File(path, XHTML, page.around(serialize(content)), properties, read=True)


def _images(rendition: Rendition) -> dict[str, str]:
    shown = {
        value
        for leaf in rendition.leaves
        for element in walk(leaf.content)
        if (value := element.get("src")) in rendition.book.images
    }
    paths: dict[str, str] = {}
    taken: set[str] = set()
    for name in sorted(shown):
        # A validator knows a file's kind by its name, and an author may have named it wrongly.
        suffix = f".{EXTENSIONS[rendition.book.images[name].media_type]}"
        stem = f"images/{_ascii(splitext(name)[0])}"
        path, number = stem + suffix, 1
        # Names that differ only in what was replaced, or in case, must not share a file
        # (OCF 3.3, 4.2.2: names are compared after case folding).
        while path.casefold() in taken:
            number += 1
            path = f"{stem}-{number}{suffix}"
        taken.add(path.casefold())
        paths[name] = path
    return paths


def _ascii(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9._/-]+", "-", name)


def _from(path: str, target: str) -> str:
    return relpath(target, path.rpartition("/")[0] or ".")


def _led(element: Element, path: str, plan: Plan) -> Element:
    changes: dict[str, str | None] = {}
    for name, value in element.attributes:
        if name == "href" and value.startswith("#"):
            changes[name] = _link(value[1:], path, plan)
        elif name == "src" and value in plan.images:
            changes[name] = _from(path, plan.images[value])
    if element.tag in _NAMESPACES:
        changes.setdefault("xmlns", element.get("xmlns", _NAMESPACES[element.tag]))
        if _uses_xlink(element):
            changes["xmlns__xlink"] = _XLINK
    return with_attributes(element, **changes) if changes else element


def _link(target: str, path: str, plan: Plan) -> str:
    if target in plan.places:
        file = plan.places[target]
        return f"#{target}" if file == path else f"{_from(path, file)}#{target}"
    return _from(path, plan.leaves[target])


def _known(target: str, plan: Plan) -> bool:
    return target in plan.places or target in plan.leaves


def _leads_nowhere(link: Element, section: Section) -> Diagnostic:
    return error(
        "link-leads-nowhere",
        f"a link in “{section.title_text or section.id}” leads to “{link.get('href')[1:]}”,"
        " which is not in the EPUB",
        _place(link, section),
        "give the place that name, or take the link away",
    )


def _meaningless(element: Element, section: Section) -> Diagnostic:
    return error(
        "meaningless-element",
        f"<{element.tag}> in “{section.title_text or section.id}” means nothing in an EPUB",
        _place(element, section),
        "take it out of the template that makes this page, or keep it to print:"
        " {% if is_print %}…{% endif %}",
    )


def _place(element: Element, section: Section) -> Location:
    return Location(section.location.file, element.line) if element.line else section.location


def _uses_xlink(element: Element) -> bool:
    return any(name.startswith("xlink:") for below in walk(element) for name, _ in below.attributes)


def files_of(images: Mapping[str, Image], plan: Plan) -> Iterator[File]:
    """Yield the pictures that the text shows, as they are."""
    for name, path in plan.images.items():
        yield File(path, images[name].media_type, images[name].data)
