"""The account of a proof as a page to look at: what was counted, and pictures of what is wrong."""

from __future__ import annotations

from base64 import b64encode
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
from PIL import ImageDraw

from octavo.diagnostics import as_text
from octavo.inspection.completeness.account import counted
from octavo.markup import serialize
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

    from octavo.inspection.completeness.account import Proved
    from octavo.inspection.completeness.faults import Fault
    from octavo.model import Node
    from octavo.press.pdf.runs import Box

_SCALE = 1.3
"""Pixels to a point."""
_ROOM = 4.0
"""Points between what is marked and the mark."""
_MARK = "#c8102e"
_PICTURES = 60
"""Pictures of one edition at most: a page with thousands of them can be opened by nobody."""
_STYLE = """
body { font: 16px/1.5 Georgia, serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
  color: #222; background: #fff }
h1 { font-size: 1.6rem } h2 { font-size: 1.3rem; margin-top: 2.5rem }
table { border-collapse: collapse } th, td { padding: 0.2rem 1.5rem 0.2rem 0; text-align: left;
  vertical-align: top; border-bottom: 1px solid #ddd }
figure { margin: 2rem 0 } figcaption { margin-bottom: 0.5rem; white-space: pre-wrap }
img { border: 1px solid #999; max-width: 100% }
.sound { color: #146b3a } .wrong { color: #c8102e }
"""


def page_of(title: str, language: str, proved: Sequence[Proved]) -> bytes:
    """Return an XHTML page that shows the accounts, with every picture in it."""
    head = (
        Element("meta", (("charset", "UTF-8"),)),
        Element("title", (), (f"Proof of {title}",)),
        Element("style", (), (_STYLE,)),
    )
    body: list[Node] = [Element("h1", (), (f"Proof of “{title}”",))]
    for one in proved:
        body += _of_file(one)
    root = Element(
        "html",
        (("xmlns", "http://www.w3.org/1999/xhtml"), ("lang", language)),
        (Element("head", (), head), Element("body", (), tuple(body))),
    )
    return f"<!DOCTYPE html>\n{serialize(root)}\n".encode()


def _of_file(proved: Proved) -> Iterator[Element]:
    faults = proved.account.faults
    yield Element("h2", (), (proved.name,))
    if faults:
        count = f"{len(faults)} fault{'s' if len(faults) != 1 else ''}."
        yield Element("p", (("class", "wrong"),), (count,))
    else:
        sound = "Every block of the manuscript stands in this file: once, whole, and in order."
        yield Element("p", (("class", "sound"),), (sound,))
    rows = (
        Element("tr", (), (Element("th", (), (name,)), Element("td", (), (value,))))
        for name, value in counted(proved.account)
    )
    yield Element("table", (), (Element("tbody", (), tuple(rows)),))
    pictures = iter(_pictures(proved, faults[:_PICTURES]))
    for at, fault in enumerate(faults):
        caption = Element("figcaption", (), (as_text(fault.told()),))
        shown = next(pictures) if at < _PICTURES else ()
        yield Element("figure", (), (caption, *shown))


def _pictures(proved: Proved, faults: Sequence[Fault]) -> Iterator[tuple[Element, ...]]:
    """Yield the picture of each fault's page, or nothing where it has none."""
    if proved.account.edition.medium is not Medium.PDF or not any(f.page >= 0 for f in faults):
        yield from (() for _ in faults)
        return
    with pypdfium2.PdfDocument(proved.data) as document:
        for fault in faults:
            yield (_picture(document, fault),) if fault.page >= 0 else ()


def _picture(document: pypdfium2.PdfDocument, fault: Fault) -> Element:
    page = document[fault.page]
    image = page.render(scale=_SCALE).to_pil().convert("RGB")
    height = page.get_height()
    page.close()
    if fault.box is not None:
        _mark(image, fault.box, height)
    stream = BytesIO()
    image.save(stream, "PNG", optimize=True)
    source = f"data:image/png;base64,{b64encode(stream.getvalue()).decode()}"
    alt = f"The page, {fault.where}, with the place marked"
    return Element("img", (("src", source), ("alt", alt)))


def _mark(image: Image, box: Box, height: float) -> None:
    left, bottom, right, top = box
    corners = (left - _ROOM, height - top - _ROOM, right + _ROOM, height - bottom + _ROOM)
    ImageDraw.Draw(image).rectangle([corner * _SCALE for corner in corners], None, _MARK, 3)
