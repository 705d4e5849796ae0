"""Code listings, highlighted in short classes that a stylesheet colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pygments.lexers import get_lexer_by_name
from pygments.token import STANDARD_TYPES
from pygments.util import ClassNotFound

from octavo.manuscript.syntax.attributes import merged
from octavo.manuscript.syntax.listings import NUMBERED
from octavo.markup import joined
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pygments.token import _TokenType

    from octavo.manuscript.syntax.attributes import Pairs

    _Token = tuple[_TokenType, str]


def listing(text: str, language: str, pairs: Pairs, line: int, first_line: int) -> Element:
    """Return code as ``pre`` and ``code``; its text begins on ``first_line``."""
    classes = dict(pairs).get("class", "").split()
    if not language:
        language = next((word for word in classes if word != NUMBERED), "")
        classes = [word for word in classes if word != language]
    named = f"code language-{language}" if language else "code"
    rest = tuple(pair for pair in pairs if pair[0] != "class")
    attributes = merged((("class", " ".join((named, *classes))),), rest)
    children = joined(_tokens(text, language, first_line))
    return Element("pre", attributes, (Element("code", (), children, first_line),), line)


def is_listing(element: Element) -> bool:
    """Tell whether an element is a listing, whose elements are colours and nothing more."""
    if element.tag != "pre" or not element.get("class").startswith("code"):
        return False
    inside = element.children[0] if len(element.children) == 1 else ""
    return isinstance(inside, Element) and inside.tag == "code" and not inside.attributes


def _tokens(text: str, language: str, line: int) -> Iterator[Element | str]:
    """Yield the pieces of code, those of a known language in spans."""
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        lexer = None
    # Lexers of sessions leave out a last line that does not end.
    tokens = list(lexer.get_tokens(f"{text}\n")) if lexer else []
    if "".join(piece for _, piece in tokens) != f"{text}\n":
        yield text
        return
    for kind, piece in _without_last_end(tokens):
        name = _short(kind)
        yield (
            Element("span", (("class", name),), (piece,), line) if name and piece.strip() else piece
        )
        line += piece.count("\n")


def _without_last_end(tokens: list[_Token]) -> list[_Token]:
    """Return tokens without the line's end at their end."""
    last = max(at for at, (_, piece) in enumerate(tokens) if piece)
    kind, piece = tokens[last]
    return [*tokens[:last], (kind, piece.removesuffix("\n"))]


def _short(kind: _TokenType) -> str:
    """Return the class of a token, or of the nearest kind above it that has one."""
    above: _TokenType | None = kind
    while above is not None:
        if above in STANDARD_TYPES:
            return STANDARD_TYPES[above]
        above = above.parent
    return ""
