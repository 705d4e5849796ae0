"""Drawings (SVG): their size, and what a book cannot hold of them."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from octavo.diagnostics import error
from octavo.manuscript import outward
from octavo.manuscript.reuse import CircularError, Reuse
from octavo.markup import DEEPEST

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic, Location

_NAMESPACE = "http://www.w3.org/2000/svg"
_LENGTH = re.compile(
    r"\s*((?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)\s*(px|pt|pc|in|cm|mm|Q)?\s*\Z", re.IGNORECASE
)
_PIXELS = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "in": 96, "cm": 96 / 2.54, "mm": 9.6 / 2.54}
_LEAST, _MOST = 1e-3, 1e6
"""Pixels beyond which a length is a mistake, and a picture has no shape."""
_DEFAULT_SIZE = 300.0, 150.0
"""The size of an SVG that states none (CSS Images 3, 5.1)."""
_DOCTYPES = (
    (None, None),
    ("http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd", "-//W3C//DTD SVG 1.1//EN"),
)
"""The declarations that a book may hold (EPUB 3.3, B): drawing programs write the second."""
_ADDRESSES = frozenset({"href", "src", "base"})
_ENCODINGS = frozenset({"utf-8", "utf-16"})
"""How XML may be written in a book (EPUB 3.3, 3.3)."""
MOST_SHAPES = 200_000
"""Elements that a drawing draws, those that it uses again counted again; more take minutes."""


class PictureError(Exception):
    """A picture that cannot be used: the finding's code, and what is wrong."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        """Keep what a finding says."""
        super().__init__(message)
        self.code, self.message, self.hint = code, message, hint

    def at(self, location: Location) -> Diagnostic:
        """Return the finding for the place that shows the picture."""
        return error(self.code, self.message, location, self.hint)


def broken(
    name: str, reason: str, hint: str = "open it in a picture editor and export it again"
) -> PictureError:
    """Return the finding of a picture that cannot be read."""
    return PictureError("broken-image", f"the image “{name}” cannot be read: {reason}", hint)


class Drawing(NamedTuple):
    """What a page must know of a drawing."""

    width: float
    """In CSS pixels, as the height."""
    height: float
    embedded: tuple[bytes, ...]
    """The pictures that it holds, as files."""


def drawing(name: str, content: bytes) -> Drawing:
    """Return a drawing's size, and the pictures in it.

    Raises:
        PictureError: it is no drawing, or no book can hold it.
    """
    reader = _Reader(name)
    width, height = _size(reader.read(content))
    return Drawing(width, height, tuple(reader.embedded))


class _Reader:
    """Expat's events: the attributes of the root, and a complaint of the first thing amiss."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root: dict[str, str] | None = None
        self.styles: list[str] = []
        self.embedded: list[bytes] = []
        self.reuse = Reuse()
        self.depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.XmlDeclHandler = self.declaration
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.EntityDeclHandler = self.declared
        self.parser.SkippedEntityHandler = self.declared
        self.parser.ProcessingInstructionHandler = self.instruction

    def read(self, content: bytes) -> dict[str, str]:
        """Return the root's attributes."""
        try:
            self.parser.Parse(content, True)
        except expat.ExpatError as problem:
            reason = expat.errors.messages[problem.code]
            raise broken(self.name, f"line {problem.lineno}: {reason}") from problem
        self.measure()
        return self.root or {}

    def measure(self) -> None:
        """Refuse a drawing that multiplies what it holds beyond measure."""
        try:
            total = self.reuse.total()
        except CircularError as problem:
            hint = "remove its <use>, or draw that part anew"
            raise broken(self.name, f"its part “{problem}” is made of itself", hint) from problem
        if total > MOST_SHAPES:
            most = f"{MOST_SHAPES // 1000} thousand"
            message = f"the image “{self.name}” draws more than {most} shapes"
            hint = "simplify it in a drawing program, or export it as PNG"
            raise PictureError("image-too-large", message, hint)

    def declaration(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            hint = "save it as UTF-8 in a text editor, or export it again"
            raise broken(self.name, f"it is written in {encoding}, which no book holds", hint)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition(" ")
        if self.root is None:
            self.root = attributes
            self.begin(space, local)
        if local == "script":
            raise _scripted(self.name)
        if local == "foreignObject":
            raise self.outward("a page of HTML in <foreignObject>")
        if local == "style":
            self.styles = []
            self.parser.CharacterDataHandler = self.styles.append
        plain = [(name.rpartition(" ")[2], value) for name, value in attributes.items()]
        for name, value in plain:
            self.attribute(local, name, value)
        self.reuse.start(local, plain)
        self.depth += 1
        if self.depth > DEEPEST:
            raise broken(self.name, f"more than {DEEPEST} elements stand inside each other")

    def begin(self, space: str, local: str) -> None:
        """Refuse a root that is no drawing's."""
        if local != "svg":
            raise broken(self.name, f"it begins with <{local}>, not with <svg>")
        if space != _NAMESPACE:
            hint = f'write <svg xmlns="{_NAMESPACE}" …> in its first line, or export it again'
            raise broken(self.name, "it does not say that it is an SVG drawing", hint)

    def end(self, tag: str) -> None:
        self.reuse.end()
        self.depth -= 1
        if tag.rpartition(" ")[2] == "style":
            self.parser.CharacterDataHandler = None
            if outward.styled_from_outside("".join(self.styles)):
                raise self.outward("a file that its styles name")

    def attribute(self, tag: str, name: str, value: str) -> None:
        if outward.runs(name, value):
            raise _scripted(self.name)
        if name in _ADDRESSES and outward.is_picture(value):
            self.embedded.append(_file_in(value))
        is_needed = name in _ADDRESSES and tag != "a"
        if (is_needed and outward.leads_out(value)) or outward.styled_from_outside(value):
            raise self.outward(f"“{value}”")

    def doctype(self, _name: str, system: str | None, public: str | None, _subset: int) -> None:
        if (system, public) not in _DOCTYPES:
            raise self.outward("the file in its <!DOCTYPE …>")

    def declared(self, *_: object) -> None:
        raise broken(self.name, "it has XML entities of its own")

    def instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            raise self.outward("the file in its <?xml-stylesheet …?>")

    def outward(self, what: str) -> PictureError:
        """Return the finding of a drawing that is not complete in itself."""
        line = self.parser.CurrentLineNumber
        message = f"the image “{self.name}” needs {what} (its line {line}), which no book holds"
        hint = "export it as a plain SVG with its pictures embedded, or as PNG"
        return PictureError("svg-reaches-out", message, hint)


def _file_in(address: str) -> bytes:
    """Return the file that a ``data:`` address holds (RFC 2397); what is none is no picture."""
    kind, _, text = address.partition(",")
    if not kind.rstrip().lower().endswith(";base64"):
        return unquote_to_bytes(text)
    try:
        return b64decode("".join(text.split()))
    except binascii.Error:
        return b""


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
    """Return a CSS length in CSS pixels; 0 if it is relative, missing or no length at all."""
    found = _LENGTH.match(length)
    pixels = float(found[1]) * _PIXELS.get((found[2] or "").lower(), 0) if found else 0.0
    return pixels if _LEAST <= pixels <= _MOST else 0.0


def _scripted(name: str) -> PictureError:
    message = f"the image “{name}” holds a script, and books run none"
    return PictureError("forbidden-html", message, "export it again as a plain SVG")
