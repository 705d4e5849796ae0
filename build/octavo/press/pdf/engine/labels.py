"""Write into the pages where each text belongs: marked content with the number of its block.

The mark says only where a text belongs; what it says is read from the glyphs.  It stays in the
released file.
"""

from __future__ import annotations

from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import pydyf

from octavo.press.pdf.marks import BLOCK, OUTSIDE
from octavo.rendition.blocks import LABEL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_IN_TEXT = frozenset({"first-letter", "first-line"})
"""Pseudo-elements that hold the text of their element, and generate none."""
_WHOLE = frozenset({"html", "body"})
_FIRST = "1"
"""The label of the section itself."""


def labelling_text(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the drawing of a text so that it is marked with its block, and as generated if it is."""

    @wraps(draw)
    def labelled(stream: Any, box: Any, *arguments: Any, **named: Any) -> None:
        # A box in the margin of a page has no element.
        _, generates, pseudo = (box.element_tag or "").rpartition("::")
        pseudo = pseudo if generates else ""
        with _marked(stream, box, "" if pseudo in _IN_TEXT else pseudo):
            draw(stream, box, *arguments, **named)

    return labelled


def labelling_pictures(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the drawing of a picture so that it is marked with the block it stands in."""

    @wraps(draw)
    def labelled(stream: Any, box: Any, *arguments: Any, **named: Any) -> None:
        with _marked(stream, box, "picture"):
            draw(stream, box, *arguments, **named)

    return labelled


def marking_outside(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the drawing of a stacking context so that what is out of the flow is marked so."""

    @wraps(draw)
    def marked(stream: Any, context: Any) -> None:
        if not _is_drawn_apart(context.box):
            draw(stream, context)
            return
        stream.begin_marked_content(OUTSIDE)
        draw(stream, context)
        stream.end_marked_content()

    return marked


def _is_drawn_apart(box: Any) -> bool:
    """Tell whether a box is drawn out of its turn, not where the text around it goes on.

    Such are floats, and whatever begins a layer of its own (CSS 2.1, Appendix E), but for boxes
    that hold all the text of a page.
    """
    element = box.element
    if element is None or element.tag in _WHOLE or element.get(LABEL) == _FIRST:
        return False
    style = box.style
    is_picture = element.tag in {"img", "svg"}  # which the engine clips, but draws in their turn
    return bool(
        box.is_floated()
        or style["position"] != "static"
        or style["opacity"] < 1
        or style["transform"]
        or (style["overflow"] != "visible" and not is_picture)
    )


@contextmanager
def _marked(stream: Any, box: Any, generated: str) -> Iterator[None]:
    """Mark what is drawn meanwhile, if it is anything, and belongs to a block."""
    label = box.element.get(LABEL) if box.element is not None else None
    if label is None:  # furniture, or a page's own boxes
        yield
        return
    properties = {"B": int(label)} | ({"G": f"/{generated}"} if generated else {})
    before = len(stream.stream)
    stream.begin_marked_content(BLOCK, pydyf.Dictionary(properties))
    opened = len(stream.stream)
    yield
    if len(stream.stream) == opened:
        del stream.stream[before:]
    else:
        stream.end_marked_content()
