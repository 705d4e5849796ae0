"""Code listings, highlighted in short classes that a stylesheet colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from octavo.manuscript.syntax.attributes import merged
from octavo.markup import joined
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.token import _TokenType

    from octavo.manuscript.syntax.attributes import Pairs


def listing(text: str, language: str, pairs: Pairs, line: int, first_line: int) -> Element:
    """Return code as ``pre`` and ``code``; its text begins on ``first_line``."""
    classes = dict(pairs).get("class", "").split()
    if not language and classes:
        language, classes = classes[0], classes[1:]
    named = f"code language-{language}" if language else "code"
    rest = tuple(pair for pair in pairs if pair[0] != "class")
    attributes = merged((("class", " ".join((named, *classes))),), rest)
    children = joined(_tokens(text, language, first_line))
    return Element("pre", attributes, (Element("code", (), children, first_line),), line)


def _tokens(text: str, language: str, line: int) -> Iterator[Element | str]:
    """Yield the pieces of code, those of a known language in spans."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        lexer = None
    if lexer is None:
        yield text
        return
    for kind, piece in lexer.get_tokens(text):
        name = _short(kind)
        yield (
            Element("span", (("class", name),), (piece,), line) if name and piece.strip() else piece
        )
        line += piece.count("\n")


def _short(kind: _TokenType) -> str:
    """Return the class of a token, or of the nearest kind above it that has one."""
    above: _TokenType | None = kind
    while above is not None:
        if above in STANDARD_TYPES:
            return STANDARD_TYPES[above]
        above = above.parent
    return ""
