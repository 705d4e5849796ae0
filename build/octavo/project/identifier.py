"""The book's identifier, written into book.yaml once."""

from __future__ import annotations

import yaml
from yaml import nodes

from octavo.project.yamltext import LOADER, NOTHING


def with_identifier(text: str, identifier: str) -> str:
    """Return the text of a readable book.yaml with its identifier; one it has is kept.

    Everything else stays as it is, to the letter: comments, quotes, order and line ends.
    """
    # The parser passes over a byte order mark in silence, and its offsets are then short by one.
    root = yaml.compose(text.removeprefix("\ufeff"), Loader=LOADER)
    if not isinstance(root, nodes.MappingNode):
        raise TypeError("a book.yaml without keys has no place for an identifier")
    mark = len(text) - len(text.removeprefix("\ufeff"))
    for key, value in root.value:
        if key.value == "identifier":
            return _filled(text, value, mark, identifier)
    start = root.start_mark.index + mark
    if root.flow_style:
        return f'{text[: start + 1]}identifier: "{identifier}", {text[start + 1 :]}'
    end = _end(text, root, mark)
    newline = "\r\n" if "\r\n" in text else "\n"
    before = text[:end] if text[:end].endswith(("\n", "\r")) else text[:end] + newline
    indent = " " * root.start_mark.column
    return f"{before}{indent}identifier: {identifier}{newline}{text[end:]}"


def _filled(text: str, value: nodes.Node, mark: int, identifier: str) -> str:
    """Fill in an identifier that was left empty."""
    if not isinstance(value, nodes.ScalarNode) or value.style or value.value not in NOTHING:
        return text
    start, end = value.start_mark.index + mark, value.end_mark.index + mark
    space = "" if text[:start].endswith(" ") else " "
    return f'{text[:start]}{space}"{identifier}"{text[end:]}'


def _end(text: str, root: nodes.Node, mark: int) -> int:
    """Return where a last key may stand: the end, or before the line ``...``."""
    end = root.end_mark.index + mark
    closing = text.find("...", end)
    return closing if text[end:closing].strip() == "" and closing > 0 else len(text)
