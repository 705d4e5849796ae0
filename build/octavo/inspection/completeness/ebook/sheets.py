"""The stylesheets of an EPUB: those of the rendition, to the letter, and linked by every page."""

from __future__ import annotations

from itertools import zip_longest
from posixpath import basename, splitext
from typing import TYPE_CHECKING, Any, NamedTuple

import tinycss2

from octavo.inspection.completeness.ebook.package import led
from octavo.inspection.completeness.faults import Fault
from octavo.markup import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octavo.inspection.completeness.ebook.package import Document, Ebook
    from octavo.inspection.completeness.ebook.page import Page
    from octavo.model import Rendition
    from octavo.press.fonts import Face

_CSS = "text/css"
_LINK = {"rel": "stylesheet", "type": _CSS}
"""What a link says beside its address; more may make it hold for some readers only."""
_OF_A_FONT = frozenset({"font-family", "font-weight", "font-style", "src"})
_FONTS = frozenset({".otf", ".ttf", ".woff", ".woff2"})


class _Link(NamedTuple):
    """What a document takes for a stylesheet."""

    path: str
    for_all: bool
    """False where it may hold for some readers only."""


def of_sheets(
    pages: Sequence[Page], ebook: Ebook, rendition: Rendition, faces: Sequence[Face]
) -> Iterator[Fault]:
    """Yield what is wrong with the stylesheets, each fault once, at the first page that has it."""
    told: set[tuple[str, str]] = set()
    fonts = frozenset(path for path in ebook.files if splitext(path)[1].lower() in _FONTS)
    own = {css.encode() for _, css in rendition.stylesheets}
    css = "".join(text for _, text in rendition.stylesheets)
    due = [face for face in faces if face.family in css]
    for page in pages:
        linked = _linked(page.document)
        faults = []
        if fonts and (not linked or ebook.files.get(linked[0].path) in own):
            faults.append(("fonts.css", "is not linked before the others"))
        elif fonts:
            first = linked.pop(0)
            faults += _of_link(first, "fonts.css", ebook)
            faults += _of_fonts(first.path, fonts, ebook, due)
        faults += _of_row(linked, ebook, rendition)
        for name, what in faults:
            if (name, what) not in told:
                told.add((name, what))
                place = rendition.book.edition.location
                yield Fault("stylesheet-changed", place, name, f"in {page.document.path}", what)


def _linked(document: Document) -> list[_Link]:
    """Return the files that a document takes for its stylesheets, in cascade order."""
    links = (
        dict(element.attributes)
        for element in walk(*document.nodes)
        if element.tag == "link" and "stylesheet" in element.get("rel").lower().split()
    )
    paths = ((document.leads_to(link.pop("href", ""))[0], link) for link in links)
    return [_Link(path, link == _LINK) for path, link in paths]


def _of_row(
    linked: Sequence[_Link], ebook: Ebook, rendition: Rendition
) -> Iterator[tuple[str, str]]:
    """Yield what differs between the stylesheets that are linked and those that should be."""
    wanted = [(f"{name}.css", css.encode()) for name, css in rendition.stylesheets if css]
    for want, found in zip_longest(wanted, linked):
        if want is None:
            yield found.path, "is none of the design’s"
        elif found is None:
            yield want[0], "is not linked"
        else:
            yield from _of_link(found, want[0], ebook)
            css = ebook.files.get(found.path, want[1])
            if css != want[1]:
                yield want[0], _unlike(want[1], css, found.path)


def _of_link(link: _Link, name: str, ebook: Ebook) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with how a stylesheet is linked and declared."""
    if not link.for_all or link.path not in ebook.files:
        yield name, "is not linked as it should be"
    elif ebook.kinds[link.path] != _CSS:
        yield name, f"is declared as {ebook.kinds[link.path] or 'nothing'}"


def _unlike(want: bytes, have: bytes, path: str) -> str:
    lines = enumerate(zip_longest(want.splitlines(), have.splitlines()), 1)
    return f"differs in line {next((n for n, (a, b) in lines if a != b), 1)} of {basename(path)}"


def _of_fonts(
    path: str, fonts: frozenset[str], ebook: Ebook, due: Sequence[Face]
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the stylesheet that only says where the fonts are."""
    rules = tinycss2.parse_stylesheet(
        ebook.files.get(path, b"").decode("utf-8", "replace"),
        skip_comments=True,
        skip_whitespace=True,
    )
    if not all(rule.type == "at-rule" and rule.lower_at_keyword == "font-face" for rule in rules):
        yield path, "should say where the fonts are, and nothing more"
        return
    known = [
        (face.family, str(face.weight), "italic" if face.italic else "normal", face.name)
        for face in due
    ]
    if sorted(map(_face, rules)) != sorted(known):
        yield path, "says of the fonts what is not so, or not of every one, or twice"
    asked = {led(path, address)[0] for rule in rules for address in _sources(rule)}
    for font in sorted(fonts ^ asked):
        yield path, f"{'does not name' if font in fonts else 'asks for'} the font {font}"


def _declared(rule: Any) -> dict[str, list[Any]]:
    """Return what a rule declares; what cannot be read has no name."""
    declared = tinycss2.parse_declaration_list(rule.content or (), True, True)
    return {getattr(each, "lower_name", ""): getattr(each, "value", []) for each in declared}


def _face(rule: Any) -> tuple[str, ...]:
    """Return what a rule says of a font: its family, weight, slope and name; or nothing."""
    declared = _declared(rule)
    if declared.keys() != _OF_A_FONT:
        return ()
    families = [each.value for each in declared["font-family"] if each.type == "string"]
    plain = (tinycss2.serialize(declared[name]).strip() for name in ("font-weight", "font-style"))
    names = [splitext(basename(address))[0] for address in _sources(rule)]
    return (*families, *plain, *names)


def _sources(rule: Any) -> Iterator[str]:
    """Yield the addresses of a font; to CSS, one in quotation marks is a function of a string."""
    for token in _declared(rule).get("src", ()):
        if token.type == "url":
            yield token.value
        elif token.type == "function" and token.lower_name == "url":
            yield from (each.value for each in token.arguments if each.type == "string")
