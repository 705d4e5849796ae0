"""What a page shows, with some of the things drawn on it and without them, as pdfium draws it."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PIL import ImageChops
from pypdfium2 import raw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from PIL import Image as Picture

    from octavo.press.pdf.runs import Box

_THIN = 2.25
"""Points: rules, such as the line through a word, are seen with the words they cross."""


@dataclass(frozen=True, slots=True)
class View:
    """How closely one looks."""

    scale: float
    """Points of the picture to a point of the page."""
    grey: bool = True


Thing = Any
"""pdfium's name of something that is drawn: a text, a path, a picture."""


@contextmanager
def turned(document: Any, number: int, trim: Box) -> Iterator[Any]:
    """Open a page of a document that is open, cut to its trim."""
    page = document[number]
    try:
        page.set_cropbox(*trim)
        yield page
    finally:
        page.close()


def drawn(page: Any, view: View) -> Picture.Image:
    """Return a page as it is seen, without its annotations: they are not printed."""
    bitmap = page.render(
        scale=view.scale, grayscale=view.grey, may_draw_forms=False, draw_annots=False
    )
    try:
        shown: Picture.Image = bitmap.to_pil().copy()
    finally:
        bitmap.close()
    return shown


def left_by(page: Any, things: Sequence[Thing], seen: Picture.Image, view: View) -> Picture.Image:
    """Return what those things leave on the page: how far it differs from the page without them."""
    with without(things):
        return ImageChops.difference(seen, drawn(page, view))


@contextmanager
def without(things: Sequence[Thing]) -> Iterator[None]:
    """Let pdfium leave those things away for a while."""
    _switch(things, on=False)
    try:
        yield
    finally:
        _switch(things, on=True)


def _switch(things: Sequence[Thing], *, on: bool) -> None:
    for thing in things:
        if not raw.FPDFPageObj_SetIsActive(thing, on):
            raise RuntimeError("pdfium does not switch what is drawn on a page")


# --- What is drawn ------------------------------------------------------------------------------


def things_on(page: Any) -> tuple[Thing, ...]:
    """Return all that is drawn on a page, in order, with what its forms hold, but not the forms."""
    return tuple(_leaves(raw.FPDFPage_CountObjects(page), partial(raw.FPDFPage_GetObject, page)))


def _leaves(count: int, take: Callable[[int], Thing]) -> Iterator[Thing]:
    for thing in map(take, range(count)):
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_FORM:
            inside = raw.FPDFFormObj_CountObjects(thing)
            yield from _leaves(inside, partial(raw.FPDFFormObj_GetObject, thing))
        else:
            yield thing


def words_and_rules(things: Iterable[Thing]) -> tuple[Thing, ...]:
    """Return the texts among what is drawn, and the thin rules that may cross them."""
    return tuple(thing for thing in things if _is_word_or_rule(thing))


def _is_word_or_rule(thing: Thing) -> bool:
    kind = raw.FPDFPageObj_GetType(thing)
    return kind == raw.FPDF_PAGEOBJ_TEXT or (kind == raw.FPDF_PAGEOBJ_PATH and _is_thin(thing))


def _is_thin(path: Thing) -> bool:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    known = raw.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    thickness = min(right.value - left.value, top.value - bottom.value)
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(path, filled, stroked)
    # pdfium's bounds of a line are twice as wide as it, whatever its ends.
    return bool(known) and thickness <= (2 * _THIN if stroked.value else _THIN)


def parts_of(things: Iterable[Thing], block: int) -> tuple[Thing, ...]:
    """Return what is drawn for a block, by the marks around it."""
    return tuple(thing for thing in things if block in _blocks(thing))


def _blocks(thing: Thing) -> Iterator[int]:
    number = ctypes.c_int()
    for at in range(raw.FPDFPageObj_CountMarks(thing)):
        mark = raw.FPDFPageObj_GetMark(thing, at)
        if raw.FPDFPageObjMark_GetParamIntValue(mark, b"B", number):
            yield number.value
