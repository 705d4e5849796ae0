"""Whether a picture can be seen: whether anything of it is left on its page.

A picture that is white, or clear, leaves nothing wherever it stands; that is the author's to say.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2
from PIL import Image as Picture
from PIL import ImageChops
from pypdfium2 import raw

from octavo.inspection.completeness.paper.ink.exposure import left_by

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from octavo.inspection.completeness.paper.ink.exposure import Thing, View

_WHITE = (255, 255, 255)


def is_hidden(page: Any, parts: Sequence[Thing], seen: Picture.Image, view: View) -> bool:
    """Tell whether nothing is seen of a picture that has something to show.

    Of a picture that is covered or cut off in part nothing is said: pages are designed so.
    """
    if left_by(page, parts, seen, view).getbbox():
        return False
    return any(_has_something_to_show(page, part) for part in parts)


def _has_something_to_show(page: Any, part: Thing) -> bool:
    kind = raw.FPDFPageObj_GetType(part)
    if kind == raw.FPDF_PAGEOBJ_IMAGE:
        return _is_masked_with_something(page, part) or _has_two_colours(part)
    if kind == raw.FPDF_PAGEOBJ_SHADING:
        return True
    return any(_is_coloured(part, colour) for colour in _colours(part))


# --- Images -------------------------------------------------------------------------------------


def _is_masked_with_something(page: Any, image: Thing) -> bool:
    """Tell whether an image, with its mask, shows on white."""
    bitmap = raw.FPDFImageObj_GetRenderedBitmap(page.pdf, page, image)
    if not bitmap:
        return False
    shown = pypdfium2.PdfBitmap.from_raw(bitmap).to_pil().convert("RGBA")
    paper = Picture.new("RGBA", shown.size, (*_WHITE, 255))
    on_paper = Picture.alpha_composite(paper, shown).convert("RGB")
    return ImageChops.invert(on_paper).getbbox() is not None


def _has_two_colours(image: Thing) -> bool:
    """Tell whether an image is more than a plain colour; its mask, and what cuts it, set aside."""
    bitmap = raw.FPDFImageObj_GetBitmap(image)
    if not bitmap:
        return False
    shown = pypdfium2.PdfBitmap.from_raw(bitmap).to_pil().convert("RGB")
    return any(low != high for low, high in shown.getextrema())


# --- Drawings -----------------------------------------------------------------------------------


def _colours(part: Thing) -> Sequence[Callable[..., int]]:
    """Return what pdfium calls the colours that a text or a path is drawn in."""
    filled, stroked = ctypes.c_int(1), ctypes.c_int(0)
    if raw.FPDFPageObj_GetType(part) == raw.FPDF_PAGEOBJ_PATH:
        raw.FPDFPath_GetDrawMode(part, filled, stroked)
    fill = (raw.FPDFPageObj_GetFillColor,) if filled.value else ()
    stroke = (raw.FPDFPageObj_GetStrokeColor,) if stroked.value else ()
    return fill + stroke


def _is_coloured(part: Thing, colour: Callable[..., int]) -> bool:
    parts = red, green, blue, opacity = tuple(ctypes.c_uint() for _ in range(4))
    known = colour(part, *parts)
    white = (red.value, green.value, blue.value) == _WHITE
    return bool(known) and opacity.value > 0 and not white
