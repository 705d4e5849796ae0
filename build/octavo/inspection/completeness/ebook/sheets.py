"""The stylesheets of an EPUB: those of the rendition, to the letter, and linked by every page."""

from __future__ import annotations

from itertools import zip_longest
from posixpath import basename, splitext
from typing import TYPE_CHECKING, Any

import tinycss2

from octavo.inspection.completeness.ebook.package import led
from octavo.inspection.completeness.faults import Fault
from octavo.markup import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octavo.inspection.completeness.ebook.package import Document, Ebook
    from octavo.inspection.completeness.ebook.page import Page
    from octavo.model import Rendition

_LINK = {"rel": "stylesheet", "type": "text/css"}
"""What a link says beside its address; more may make it hold for some readers only."""
_SAID_OF_FONTS = frozenset({"font-family", "font-weight", "font-style", "src"})
_FONTS = frozenset({".otf", ".ttf", ".woff", ".woff2"})


def of_sheets(pages: Sequence[Page], ebook: Ebook, rendition: Rendition) -> Iterator[Fault]:
    """Yield what is wrong with the stylesheets, each fault once, at the first page that has it."""
    told: set[tuple[str, str]] = set()
    fonts = frozenset(path for path in ebook.files if splitext(path)[1].lower() in _FONTS)
    own = {css.encode() for _, css in rendition.stylesheets}
    for page in pages:
        linked = _linked(page.document)
        faults = []
        if fonts and (not linked or ebook.files.get(linked[0]) in own):
            faults.append(("fonts.css", "is not linked before the others"))
        elif fonts:
            faults += _of_fonts(linked.pop(0), fonts, ebook, rendition)
        faults += _of_row(linked, ebook, rendition)
        for name, what in faults:
            if (name, what) not in told:
                told.add((name, what))
                place = rendition.book.edition.location
                yield Fault("stylesheet-changed", place, name, f"in {page.document.path}", what)


def _linked(document: Document) -> list[str]:
    """Return the files that a document takes for its stylesheets, in cascade order."""
    links = (
        dict(element.attributes)
        for element in walk(*document.nodes)
        if element.tag == "link" and "stylesheet" in element.get("rel").lower().split()
    )
    paths = ((document.leads_to(link.pop("href", ""))[0], link) for link in links)
    return [path if link == _LINK else f"{path} (for some)" for path, link in paths]


def _of_row(linked: Sequence[str], ebook: Ebook, rendition: Rendition) -> Iterator[tuple[str, str]]:
    """Yield what differs between the stylesheets that are linked and those that should be."""
    wanted = [(f"{name}.css", css.encode()) for name, css in rendition.stylesheets if css]
    for want, path in zip_longest(wanted, linked):
        if want is None:
            yield path, "is none of the design’s"
        elif path is None:
            yield want[0], "is not linked"
        elif path not in ebook.files:
            yield want[0], "is not linked as it should be"
        elif ebook.files[path] != want[1]:
            yield want[0], _unlike(want[1], ebook.files[path], path)


def _unlike(want: bytes, have: bytes, path: str) -> str:
    lines = enumerate(zip_longest(want.splitlines(), have.splitlines()), 1)
    return f"differs in line {next((n for n, (a, b) in lines if a != b), 1)} of {basename(path)}"


def _of_fonts(
    path: str, fonts: frozenset[str], ebook: Ebook, rendition: Rendition
) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the stylesheet that only says where the fonts are."""
    rules = tinycss2.parse_stylesheet(
        ebook.files.get(path, b"").decode("utf-8", "replace"),
        skip_comments=True,
        skip_whitespace=True,
    )
    css = "".join(text for _, text in rendition.stylesheets)
    if not all(rule.type == "at-rule" and rule.lower_at_keyword == "font-face" for rule in rules):
        yield path, "should say where the fonts are, and nothing more"
        return
    families = [family for family in map(_family, rules) if family]
    if len(families) < len(rules) or not all(family in css for family in families):
        yield path, "says more of a font than where it is, or names one that no stylesheet does"
    asked = {led(path, address)[0] for rule in rules for address in _sources(rule)}
    for font in sorted(fonts ^ asked):
        yield path, f"{'does not name' if font in fonts else 'asks for'} the font {font}"


def _said(rule: Any) -> dict[str, list[Any]]:
    """Return what a rule declares; what cannot be read has no name."""
    declared = tinycss2.parse_declaration_list(rule.content or (), True, True)
    return {getattr(each, "lower_name", ""): getattr(each, "value", []) for each in declared}


def _family(rule: Any) -> str:
    """Return the family of a rule that says what the rule of a font may say, or nothing."""
    said = _said(rule)
    names = [token.value for token in said.get("font-family", ()) if token.type == "string"]
    return names[0] if len(names) == 1 and said.keys() == _SAID_OF_FONTS else ""


def _sources(rule: Any) -> Iterator[str]:
    """Yield the addresses of a font; to CSS, one in quotation marks is a function of a string."""
    for token in _said(rule).get("src", ()):
        if token.type == "url":
            yield token.value
        elif token.type == "function" and token.lower_name == "url":
            yield from (each.value for each in token.arguments if each.type == "string")
