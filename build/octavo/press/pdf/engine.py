"""Know WeasyPrint: the only module that imports it, and the home of every hook into it.

The engine sees what it is handed and nothing else: no file, no network, no installed font.  What
it complains of comes back as values, and its hooks act only inside :func:`typesetting`.
"""

from __future__ import annotations

import inspect
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import cssselect2
import weasyprint
from weasyprint.layout import LayoutContext
from weasyprint.layout import page as page_layout
from weasyprint.text import fonts as text_fonts
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.urls import URLFetcher, URLFetcherResponse

from octavo.press.fonts import font_css
from octavo.press.pdf import evidence
from octavo.press.pdf.evidence import FontUse, Layout, Problem
from octavo.press.pdf.remarks import Remarks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element as Tree

    from octavo.press.fonts import Face

KNOWN_VERSION = "70."
"""The WeasyPrint whose insides the hooks were written for."""
_BASE = "https://book.invalid/"
"""A name that never resolves (RFC 2606, section 2), so that relative addresses can be joined."""

# Pango with an empty Fontconfig knows only the fonts it is given.
ffi.cdef("FcConfig * FcConfigCreate (void);")


class UnknownEngineError(RuntimeError):
    """WeasyPrint is not the one whose insides the hooks were written for."""


@dataclass(frozen=True, slots=True)
class Options:
    """Which hooks act."""

    keep_notes: bool = True
    """Carry a note that WeasyPrint would lose to the next page."""


def digest_of(face: Face) -> str:
    """Return the name by which typeset pages know a face."""
    return sha256(face.data).hexdigest()


def _address(face: Face) -> str:
    return f"{_BASE}faces/{digest_of(face)}.ttf"


@contextmanager
def typesetting(faces: Sequence[Face], options: Options | None = None) -> Iterator[Engine]:
    """Install the hooks and the faces; yield what lays documents out, one after the other.

    Raises:
        UnknownEngineError: the hooks do not fit the WeasyPrint that is installed.
    """
    check_contract(weasyprint.VERSION)
    remarks = Remarks(_BASE)
    make_page = page_layout.make_page
    propagate = weasyprint.LOGGER.propagate
    weasyprint.LOGGER.addHandler(remarks)
    weasyprint.LOGGER.propagate = False
    if (options or Options()).keep_notes:
        page_layout.make_page = _keeping_notes(make_page)
    try:
        yield Engine(faces, remarks)
    finally:
        page_layout.make_page = make_page
        weasyprint.LOGGER.propagate = propagate
        weasyprint.LOGGER.removeHandler(remarks)


def check_contract(version: str) -> None:
    """Refuse a WeasyPrint whose version or inner signatures are not those we know."""
    if not version.startswith(KNOWN_VERSION):
        raise UnknownEngineError(f"WeasyPrint {KNOWN_VERSION}* is needed, {version} is installed")
    for function, known in _SIGNATURES.items():
        found = tuple(inspect.signature(function).parameters)
        if found != known:
            raise UnknownEngineError(f"{function.__qualname__} takes {found}, not {known}")


_SIGNATURES: dict[Callable[..., Any], tuple[str, ...]] = {
    page_layout.make_page: (
        "context",
        "root_box",
        "page_type",
        "resume_at",
        "page_number",
        "page_state",
    ),
    LayoutContext.report_footnote: ("self", "footnote"),
    LayoutContext.layout_footnote: ("self", "footnote"),
    text_fonts.FontConfiguration.__init__: ("self",),
    text_fonts.get_hb_object_data: ("hb_object", "ot_color", "glyph"),
    weasyprint.Document.write_pdf: ("self", "target", "zoom", "finisher", "options"),
}


class Engine:
    """WeasyPrint with the faces of a book: lays out documents from memory."""

    def __init__(self, faces: Sequence[Face], remarks: Remarks) -> None:
        """Load the faces; nothing else is ever used to set text."""
        self.faces = tuple(digest_of(face) for face in faces)
        self._remarks = remarks
        self._fonts = _OnlyTheseFonts()
        self._sheets: dict[str, tuple[Any, tuple[Problem, ...]]] = {}
        served = {_address(face): face.data for face in faces}
        self._css(font_css(faces, _address), _ClosedFetcher(served))

    def lay_out(
        self, root: Tree, stylesheets: Iterable[str], images: Mapping[str, bytes]
    ) -> Layout:
        """Lay out the tree of an XHTML document; images are served by the addresses it uses."""
        fetcher = _ClosedFetcher({_BASE + quote(name): data for name, data in images.items()})
        sheets = [self._sheet(text, fetcher) for text in stylesheets]
        document = _Document(root, fetcher).render(
            font_config=self._fonts,
            stylesheets=[sheet for sheet, _ in sheets],
            presentational_hints=True,  # the numbers of lists stand in attributes
        )
        uses: list[FontUse] = []
        pdf = document.write_pdf(finisher=lambda drawn, _: uses.extend(_font_uses(drawn)))
        pages = [page._page_box for page in document.pages]  # noqa: SLF001 - the evidence
        of_sheets = (problem for _, problems in sheets for problem in problems)
        said = (*of_sheets, *self._remarks.take(), *evidence.cut_off(pages))
        return Layout(
            pdf=pdf,
            pages=len(pages),
            anchors=tuple(evidence.anchors_of(document)),
            calls=tuple(evidence.calls_of(pages)),
            notes=tuple(evidence.notes_of(pages)),
            fonts=tuple(uses),
            problems=tuple(dict.fromkeys(said)),
        )

    def _sheet(self, text: str, fetcher: URLFetcher) -> tuple[Any, tuple[Problem, ...]]:
        # Parsed once; what was said of it is repeated, so that no result depends on an earlier.
        if text not in self._sheets:
            self._sheets[text] = (self._css(text, fetcher), self._remarks.take())
        return self._sheets[text]

    def _css(self, text: str, fetcher: URLFetcher) -> Any:
        return weasyprint.CSS(
            string=text, base_url=_BASE, url_fetcher=fetcher, font_config=self._fonts
        )


class _Document(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A tree made in memory, where WeasyPrint would parse HTML and mend what XHTML allows."""

    def __init__(self, root: Tree, fetcher: URLFetcher) -> None:
        self.base_url = _BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


class _ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves what it was given by address, and refuses everything else."""

    def __init__(self, served: Mapping[str, bytes]) -> None:
        super().__init__()
        self._served = served

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        if url not in self._served:
            raise ValueError(f"{url} is not part of the book")
        return URLFetcherResponse(url, self._served[url])


class _OnlyTheseFonts(text_fonts.FontConfiguration):  # type: ignore[misc]  # no types
    """Fonts of ``@font-face`` alone: an installed font would make bytes depend on the machine."""

    def __init__(self) -> None:
        self._folder = None
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}
        self._config = fontconfig.FcConfigCreate()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(
            ffi.cast("PangoFcFontMap *", self.font_map), self._config
        )
        fontconfig.FcConfigDestroy(self._config)  # the font map keeps a reference of its own


def _keeping_notes(make_page: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the maker of pages so that no called note is forgotten.

    When a line overflows and WeasyPrint makes room by moving earlier notes to the next page, it
    ends the page before it sets the notes called in that very line: they stay waiting for ever.
    """

    @wraps(make_page)
    def kept(context: Any, *arguments: Any, **named: Any) -> Any:
        made = make_page(context, *arguments, **named)
        for box in made[0].descendants():
            if box.footnote is not None and box.footnote in context.footnotes:
                context.footnotes.remove(box.footnote)
                context.reported_footnotes.append(box.footnote)
        return made

    return kept


def _font_uses(document: Any) -> Iterator[FontUse]:
    fonts = sorted(document.fonts.values(), key=lambda font: font.hash)
    for font in fonts:
        face = sha256(text_fonts.get_hb_object_data(font.hb_face)).hexdigest()
        shown = sorted(gid for gid in font.to_unicode if gid < font.glyph_count)
        glyphs = tuple((gid, font.widths[gid], font.to_unicode[gid]) for gid in shown)
        yield FontUse(font.hash, face, glyphs)
