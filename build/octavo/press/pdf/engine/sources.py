"""All that WeasyPrint may read: a tree, what was handed in by address, and the faces of the book.

Its own ways to documents, files, networks and installed fonts are closed here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import cssselect2
import weasyprint
from weasyprint.text import fonts as text_fonts
from weasyprint.text.ffi import ffi, fontconfig, gobject, pangoft2
from weasyprint.urls import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element as Tree

BASE = "https://book.invalid/"
"""A name that never resolves (RFC 2606, section 2), so that relative addresses can be joined."""

# Pango with an empty Fontconfig knows only the fonts it is given.
ffi.cdef("FcConfig * FcConfigCreate (void);")


class TreeDocument(weasyprint.HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A tree made in memory, where WeasyPrint would parse HTML and mend what XHTML allows."""

    def __init__(self, root: Tree, fetcher: URLFetcher) -> None:
        """Take the tree as it is."""
        self.base_url = BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = root


class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves what it was given by address, and refuses everything else."""

    def __init__(self, served: Mapping[str, bytes]) -> None:
        """Serve these and nothing more."""
        super().__init__()
        self._served = served

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002
        """Return what has that address; raise a ValueError if nothing has.

        An address may hold a picture itself: the drawings of a book were looked at for that.
        """
        if url.startswith("data:image/"):
            return super().fetch(url)
        if url not in self._served:
            raise ValueError(f"{url} is not part of the book")
        return URLFetcherResponse(url, self._served[url])


class OnlyTheseFonts(text_fonts.FontConfiguration):  # type: ignore[misc]  # no types
    """Fonts of ``@font-face`` alone: an installed font would make bytes depend on the machine."""

    def __init__(self) -> None:
        """Begin with no font at all."""
        self._folder = None
        self.strut_layouts: dict[Any, Any] = {}
        self.font_features: dict[Any, Any] = {}
        self._config = fontconfig.FcConfigCreate()
        self.font_map = ffi.gc(pangoft2.pango_ft2_font_map_new(), gobject.g_object_unref)
        pangoft2.pango_fc_font_map_set_config(
            ffi.cast("PangoFcFontMap *", self.font_map), self._config
        )
        fontconfig.FcConfigDestroy(self._config)  # the font map keeps a reference of its own
