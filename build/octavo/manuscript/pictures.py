"""Pictures: their kind and size, told from their bytes."""

from __future__ import annotations

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from unicodedata import normalize
from urllib.parse import unquote
from xml.parsers import expat

from PIL import Image as Raster
from PIL import ImageFile, UnidentifiedImageError

from octavo.diagnostics import error
from octavo.model import Image

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic, Location

MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
"""Pillow's names of the formats that both editions can hold (EPUB 3.3, 3.2)."""
MOST_PIXELS = 100_000_000
_BROKEN = (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, struct.error)
"""What Pillow raises for bytes that are not the picture they claim to be."""
_LENGTH = re.compile(r"\s*([0-9.]+(?:e[+-]?\d+)?)\s*(px|pt|pc|in|cm|mm|Q)?\s*\Z", re.IGNORECASE)
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
_DEFAULT_SIZE = 300.0, 150.0
"""The size of an SVG that states none (CSS Images 3, 5.1)."""


class PictureError(Exception):
    """A picture that cannot be used: the finding's code, and what is wrong."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        """Keep what a finding says."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def at(self, location: Location) -> Diagnostic:
        """Return the finding for the place that shows the picture."""
        return error(self.code, self.message, location, self.hint)


def name_of(source: str, written: str) -> str:
    """Return a picture's path below the manuscript's folder from the ``src`` of one of its files.

    A path is relative to the file that shows the picture; it may still lead out of the folder.
    Its letters are composed (Unicode's NFC), whatever keyboard or disk they came from.
    """
    steps: list[str] = source.split("/")[:-1]
    path = normalize("NFC", unquote(written.partition("#")[0]))
    if path.startswith("/"):
        return path
    for step in path.split("/"):
        if step == ".." and steps and steps[-1] != "..":
            steps.pop()
        elif step not in {"", "."}:
            steps.append(step)
    return "/".join(steps)


def picture(name: str, content: bytes) -> Image:
    """Return a picture with its kind and size.

    Raises:
        PictureError: the bytes are no picture that a book can hold.
    """
    if name.lower().endswith(".svg"):
        return Image(name, "image/svg+xml", *_svg_size(name, content), content)
    return _raster(name, content)


def _raster(name: str, content: bytes) -> Image:
    try:
        with warnings.catch_warnings():
            # Pillow warns below our limit and refuses above its own; the limit here is ours.
            warnings.simplefilter("ignore", Raster.DecompressionBombWarning)
            opened = Raster.open(io.BytesIO(content), formats=tuple(MEDIA_TYPES))
        with opened as raster:
            width, height = raster.size
            if width * height > MOST_PIXELS:
                raise _too_large(name)
            raster.draft(raster.mode, (max(1, width // 8), max(1, height // 8)))
            with _strictly():
                raster.load()
            return Image(name, MEDIA_TYPES[str(raster.format)], width, height, content)
    except UnidentifiedImageError:
        raise _unknown(name) from None
    except Raster.DecompressionBombError:
        raise _too_large(name) from None
    except _BROKEN as problem:
        raise _broken(name, "it is damaged or cut off") from problem


@contextmanager
def _strictly() -> Iterator[None]:
    """Refuse pictures that are cut off, which WeasyPrint, once imported, lets Pillow accept."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _svg_size(name: str, content: bytes) -> tuple[float, float]:
    parser = expat.ParserCreate()
    root: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if not root and local != "svg":
            raise _broken(name, f"it begins with <{tag}>, not with <svg>")
        root.update({} if root else {"svg": "", **attributes})
        if local == "script" or any(attribute.startswith("on") for attribute in attributes):
            raise _scripted(name)

    def declared(*_: object) -> None:
        raise _broken(name, "it declares XML entities")

    parser.StartElementHandler = start
    parser.EntityDeclHandler = declared
    try:
        parser.Parse(content, True)
    except expat.ExpatError as problem:
        reason = expat.errors.messages[problem.code]
        raise _broken(name, f"line {problem.lineno}: {reason}") from problem
    return _size(root)


def _size(attributes: dict[str, str]) -> tuple[float, float]:
    box = [_pixels(word) for word in attributes.get("viewBox", "").replace(",", " ").split()]
    across, down = (box[2], box[3]) if len(box) == 4 else (0.0, 0.0)
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    if width and height:
        return width, height
    if not (across and down):
        return width or _DEFAULT_SIZE[0], height or _DEFAULT_SIZE[1]
    if width:
        return width, width * down / across
    return (height * across / down, height) if height else (across, down)


def _pixels(length: str) -> float:
    """Return a CSS length in CSS pixels; 0 if it is relative or missing."""
    found = _LENGTH.match(length)
    if found is None or found[1].count(".") > 1:
        return 0.0
    return float(found[1]) * _PIXELS.get(found[2] or "", 0)


def _broken(name: str, reason: str) -> PictureError:
    hint = "open it in a picture editor and export it again"
    return PictureError("broken-image", f"the image “{name}” cannot be read: {reason}", hint)


def _unknown(name: str) -> PictureError:
    message = f"the image “{name}” is not a PNG, JPEG, GIF, WebP or SVG picture"
    return PictureError("broken-image", message, "export it as PNG or JPEG")


def _too_large(name: str) -> PictureError:
    message = f"the image “{name}” has more than {MOST_PIXELS // 1_000_000} million pixels"
    return PictureError("image-too-large", message, "make it smaller: a page needs 10 million")


def _scripted(name: str) -> PictureError:
    message = f"the image “{name}” holds a script, and books run none"
    return PictureError("forbidden-html", message, "export it again as a plain SVG")
