"""Know what of a page is seen: its boxes (ISO 32000-1, 14.11.2), and nothing that lies over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Page

from octavo.press.pdf.runs import UnreadablePdfError

if TYPE_CHECKING:
    from octavo.press.pdf.runs import Box

_LARGEST = 14_400.0
"""Points: two hundred inches, the largest page there is (ISO 32000-1, Annex C)."""


def seen(page: Page) -> Box:
    """Return the part of a page that is left when it is trimmed, and that software shows.

    Raises:
        UnreadablePdfError: it is larger than a page can be, or something lies over it.
    """
    for note in page.obj.get("/Annots", Array()):
        # Notes, stamps and rectangles may be printed over the text.
        if note.get("/Subtype") != "/Link":
            raise UnreadablePdfError("something other than links lies over its pages")
    boxes = [[float(edge) for edge in b] for b in (page.mediabox, page.cropbox, page.trimbox)]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    box = max(lefts), max(bottoms), min(rights), min(tops)
    if not all(abs(edge) <= _LARGEST for edges in boxes for edge in edges):
        raise UnreadablePdfError("its pages are larger than pages can be")
    if box[0] >= box[2] or box[1] >= box[3]:
        raise UnreadablePdfError("nothing is left of its pages when they are trimmed")
    return box
