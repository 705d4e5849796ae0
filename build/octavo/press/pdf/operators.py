"""Cut the content of a page into its instructions (ISO 32000-1, 7.8.2).

Only what the press writes is read, and so quickly that a whole book takes a moment: operands stay
bytes until somebody asks what they are.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from struct import unpack
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Object

from octavo.press.pdf.runs import UnreadablePdfError

if TYPE_CHECKING:
    from octavo.press.pdf.runs import Matrix

Operands = list[bytes]
Shown = tuple[bytes, bytes]
"""The codes of some glyphs, in hexadecimal, and the numbers that tell how far back the next ones
are moved: thousandths of an em."""

_STRING = rb"\((?:[^()\\]|\\.)*\)"
_TOKEN = re.compile(
    rb"([^\s/<>\[\](){}%]+)"  # a number, or an operator
    rb"|(/[^\s/<>\[\](){}%]*|\[(?:[^\[\]()]|" + _STRING + rb")*\]"
    rb"|<<(?:[^<>()]|<[0-9A-Fa-f]*>|" + _STRING + rb")*>>|<[0-9A-Fa-f]*>|" + _STRING + rb")"
    rb"|(\S)",
    re.DOTALL,
)
_MUCH, _MOST = 1_000_000, 64_000_000
"""Bytes of a stream that are cut with care, and those that are refused; a page has some 5,000."""
_NUMERIC = frozenset(b"+-.0123456789")
_NUMBERS = (int, Decimal)
_GLYPHS = re.compile(rb"<([0-9A-Fa-f]*)>([^<]*)")


def instructions(stream: Any) -> Iterator[tuple[bytes, Operands]]:
    """Yield the operators of a page or a form, each with its operands.

    Raises:
        UnreadablePdfError: it holds what the press never writes, such as an inline image.
    """
    operands: Operands = []
    for word, other, wrong in _tokens(_content(stream)):
        if wrong:
            raise UnreadablePdfError(f"a page holds {wrong.decode('latin-1')!r}")
        if other or word[0] in _NUMERIC:
            operands.append(other or word)
        else:
            yield word, operands
            operands = []


def _content(stream: Any) -> bytes:
    content = stream.get("/Contents", Array()) if stream.get("/Type") == "/Page" else stream
    parts = content if isinstance(content, Array) else [content]
    return b"\n".join(map(inflated, parts))


def _tokens(content: bytes) -> Iterable[tuple[bytes, ...]]:
    if len(content) < _MUCH:
        return _TOKEN.findall(content)  # all at once is quicker, and takes more memory
    return (found.groups(b"") for found in _TOKEN.finditer(content))


def inflated(stream: Any) -> bytes:
    """Return the bytes of a stream, of which a few may say that there are billions.

    Raises:
        UnreadablePdfError: they are too many, or packed as the press never packs them.
    """
    filters = stream.get("/Filter", Array())
    names = [str(name) for name in (filters if isinstance(filters, Array) else [filters])]
    if names not in ([], ["/FlateDecode"]):
        raise UnreadablePdfError("a part of it is packed in a way that is not the press's")
    packed = stream.read_raw_bytes()
    if not names:
        return bytes(packed)
    unpacker = zlib.decompressobj()
    content = unpacker.decompress(packed, _MOST)
    if unpacker.unconsumed_tail:
        raise UnreadablePdfError(f"a part of it is larger than {_MOST // 1_000_000} MB")
    return content


def shown(operand: bytes) -> list[Shown]:
    """Return what a string, or a row of strings and moves, shows."""
    if b"(" in operand:
        operand = _in_hexadecimal(operand)
    # Before the first string there may be a move.
    return _GLYPHS.findall(b"<>" + operand.strip(b"[]"))


def matrix_of(operands: Iterable[Any]) -> Matrix:
    """Return six numbers as a matrix."""
    a, b, c, d, e, f = (float(number) for number in operands)
    return a, b, c, d, e, f


@lru_cache(maxsize=4096)
def codes_of(row: bytes) -> tuple[int, ...]:
    """Return the codes of glyphs, two bytes each, from their hexadecimal form."""
    if len(row) % 4:
        raise UnreadablePdfError("a text has half a code")
    raw = bytes.fromhex(row.decode())
    return unpack(f">{len(raw) // 2}H", raw)


def _in_hexadecimal(operand: bytes) -> bytes:
    """Return a row without strings in round brackets, which other software writes."""
    read = Object.parse(operand)
    parts: list[Any] = list(read) if isinstance(read, Array) else [read]
    return b" ".join(
        str(part).encode() if isinstance(part, _NUMBERS) else b"<%b>" % bytes(part).hex().encode()
        for part in parts
    )
