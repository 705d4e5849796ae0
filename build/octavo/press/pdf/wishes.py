"""Which typefaces are asked for by name: by an element, by a drawing, by a stylesheet."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tinycss2

from octavo.markup import MarkupError, parse, text_of, walk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octavo.model import Element, Image

_BEFORE_FAMILY = frozenset(
    "xx-small x-small small medium large x-large xx-large xxx-large smaller larger".split()
)
"""What the shorthand ``font`` may say last before the family, beside numbers (CSS Fonts 4, 4.6)."""
_ROOT = re.compile(r"<(?=[A-Za-z])")
"""Where the root of a drawing begins, behind what is said of the file itself."""


def asks(element: Element, family: str) -> bool:
    """Tell whether an element itself asks for a family; a style in it speaks for all."""
    said = tinycss2.parse_blocks_contents(element.get("style"))
    own = tinycss2.parse_component_value_list(element.get("font-family"))
    sheet = text_of(element) if element.tag == "style" else ""
    named = (name for name, _ in (*_declared(said), *_named(own)))
    return _folded(family) in named or bool(line_asking(sheet, family))


def drawing_asks(image: Image, family: str) -> bool:
    """Tell whether the words of a drawing ask for a family."""
    if image.media_type != "image/svg+xml":
        return False
    text = image.data.decode("utf-8", "replace")
    root = _ROOT.search(text)
    try:
        nodes = parse(text[root.start() :]) if root else ()
    except MarkupError:  # which what shows the picture tells of
        return False
    return any(asks(element, family) for element in walk(*nodes))


def line_asking(css: str, family: str) -> int:
    """Return the first line of a stylesheet that asks for a family; 0 if none does."""
    # To CSS a form feed ends a line; to an editor it does not.
    nodes = tinycss2.parse_stylesheet(css.replace("\f", " "))
    wanted = _folded(family)
    return next((line for name, line in _declared(nodes) if name == wanted), 0)


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _declared(nodes: Iterable[Any]) -> Iterator[tuple[str, int]]:
    """Yield the families that declarations name, at any depth, each with its line."""
    for node in nodes:
        if node.type == "declaration":
            if node.lower_name in {"font", "font-family"} or node.name.startswith("--"):
                yield from _named(node.value)
        elif getattr(node, "content", None) is not None and not _is_font(node):
            yield from _declared(tinycss2.parse_blocks_contents(node.content))


def _is_font(node: Any) -> bool:
    """Tell whether a rule makes a family, and asks for none."""
    return bool(node.type == "at-rule" and node.lower_at_keyword == "font-face")


def _named(tokens: Iterable[Any]) -> Iterator[tuple[str, int]]:
    """Yield the families of a list, and those that stand in for a variable."""
    words: list[Any] = []
    for token in tokens:
        if token.type == "function":
            yield from _named(token.arguments)
        if token.type == "string" or (
            token.type == "ident" and token.lower_value not in _BEFORE_FAMILY
        ):
            words.append(token)
        elif token.type not in {"whitespace", "comment"}:
            # What stands before a family in the shorthand is no part of it.
            yield from _joined(words) if token.type == "literal" else ()
            words = []
    yield from _joined(words)


def _joined(words: list[Any]) -> Iterator[tuple[str, int]]:
    if words:
        yield _folded(" ".join(word.value for word in words)), words[0].source_line
