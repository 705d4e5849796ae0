"""Cut the content of a page into its instructions (ISO 32000-1, 7.8.2).

Only what the press writes is read, and so quickly that a whole book takes a moment: operands stay
bytes until somebody asks what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import lru_cache
from struct import unpack
from typing import TYPE_CHECKING, Any

from pikepdf import Array, Object

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
_NUMERIC = frozenset(b"+-.0123456789")
_NUMBERS = (int, Decimal)
_GLYPHS = re.compile(rb"<([0-9A-Fa-f]*)>([^<]*)")


class UnreadableContentError(ValueError):
    """Content that the press never writes."""


def instructions(stream: Any) -> Iterator[tuple[bytes, Operands]]:
    """Yield the operators of a page or a form, each with its operands.

    Raises:
        UnreadableContentError: it holds what the press never writes, such as an inline image.
    """
    operands: Operands = []
    for word, other, wrong in _TOKEN.findall(_content(stream)):
        if wrong:
            raise UnreadableContentError(f"a page holds {wrong.decode('latin-1')!r}")
        if other or word[0] in _NUMERIC:
            operands.append(other or word)
        else:
            yield word, operands
            operands = []


def _content(stream: Any) -> bytes:
    content = stream.get("/Contents", Array()) if stream.get("/Type") == "/Page" else stream
    parts = content if isinstance(content, Array) else [content]
    return b"\n".join(part.read_bytes() for part in parts)


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
