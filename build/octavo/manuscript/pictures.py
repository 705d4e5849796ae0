"""Pictures: their kind and size, told from their bytes."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from unicodedata import normalize
from urllib.parse import unquote

from PIL import Image as Raster
from PIL import ImageFile, UnidentifiedImageError

from octavo.manuscript import drawings
from octavo.manuscript.drawings import PictureError, broken
from octavo.model import Image

__all__ = ["MEDIA_TYPES", "PictureError", "name_of", "picture"]

MEDIA_TYPES = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
}
"""Pillow's names of the formats that both editions can hold (EPUB 3.3, 3.2).

An MPO is a JPEG with more pictures behind the one that everybody sees: cameras write it.
"""
_READ = ("PNG", "JPEG", "GIF", "WEBP")
"""What Pillow may take a file for; it finds an MPO inside a JPEG by itself."""
MOST_PIXELS = 100_000_000
_BROKEN = (
    OSError, SyntaxError, ValueError, EOFError, TypeError, ArithmeticError, LookupError,
    RuntimeError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises for bytes that are not the picture they claim to be."""
_MODES = frozenset("1 L LA P PA RGB RGBA CMYK YCbCr".split())
"""Pillow's names of the colours that printers' and readers' programs know: eight bits a colour."""


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
        drawn = drawings.drawing(name, content)
        for embedded in drawn.embedded:
            _raster(name, embedded)
        return Image(name, "image/svg+xml", drawn.width, drawn.height, content)
    return _raster(name, content)


def _raster(name: str, content: bytes) -> Image:
    try:
        with _strictly(), Raster.open(io.BytesIO(content), formats=_READ) as raster:
            width, height = raster.size
            if width * height > MOST_PIXELS:
                raise _too_large(name)
            raster.draft(raster.mode, (max(1, width // 8), max(1, height // 8)))
            raster.load()
            if raster.mode not in _MODES:
                raise _unshowable(name, raster.mode)
            return Image(name, MEDIA_TYPES[str(raster.format)], width, height, content)
    except UnidentifiedImageError:
        raise _unknown(name) from None
    except Raster.DecompressionBombError:
        raise _too_large(name) from None
    except _BROKEN as problem:
        raise broken(name, "it is damaged or cut off") from problem


@contextmanager
def _strictly() -> Iterator[None]:
    """Refuse pictures that are cut off, which WeasyPrint, once imported, lets Pillow accept.

    What Pillow warns of is no concern of an author: a remark of the camera that is damaged, or a
    size that is below our limit.
    """
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _unknown(name: str) -> PictureError:
    message = f"the image “{name}” is not a PNG, JPEG, GIF, WebP or SVG picture"
    return PictureError("broken-image", message, "export it as PNG or JPEG")


def _too_large(name: str) -> PictureError:
    message = f"the image “{name}” has more than {MOST_PIXELS // 1_000_000} million pixels"
    return PictureError("image-too-large", message, "make it smaller: a page needs 10 million")


def _unshowable(name: str, mode: str) -> PictureError:
    message = f"the image “{name}” keeps its colours in a way that few programs read ({mode})"
    return PictureError("image-mode", message, "save it as 8-bit RGB or grey")
