"""What stylesheets ask for: in an EPUB, nothing that is not in the stylesheet itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tinycss2

from octavo.diagnostics import Location, error

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from octavo.diagnostics import Diagnostic, Report

_WITHIN = ("data:", "#")
"""Addresses of what stands in the stylesheet or the page."""


def refuse_addresses(stylesheets: Iterable[tuple[str, str]], report: Report) -> None:
    """Report every file that a stylesheet asks for: the package holds none of them.

    EPUB 3.3, 3.6: only sound, video and fonts may lie outside, and this press puts those inside.
    """
    for name, text in stylesheets:
        # To CSS a form feed ends a line; to an editor, which shows the line told, it does not.
        rules = tinycss2.parse_stylesheet(text.replace("\f", " "))
        for address, line in _asked_for(rules):
            if not address.lower().startswith(_WITHIN):
                report(_outside(address, Location(f"templates/{name}.css", line)))


def _asked_for(nodes: Iterable[Any]) -> Iterator[tuple[str, int]]:
    """Yield the addresses in a stylesheet with their lines; brackets may nest to any depth."""
    waiting = [*nodes][::-1]
    while waiting:
        node = waiting.pop()
        keyword = node.lower_at_keyword if node.type == "at-rule" else ""
        if keyword == "namespace":
            continue  # a name that looks like an address
        if node.type == "url":
            yield node.value, node.source_line
        elif node.type == "function" and node.lower_name in {"url", "src"}:
            yield from _strings(node.arguments)
        elif keyword == "import":
            yield from _strings(node.prelude)
        parts = (getattr(node, part, None) or () for part in ("prelude", "content", "arguments"))
        waiting += [inner for part in parts for inner in part][::-1]


def _strings(nodes: Iterable[Any]) -> Iterator[tuple[str, int]]:
    return ((node.value, node.source_line) for node in nodes if node.type == "string")


def _outside(address: str, place: Location) -> Diagnostic:
    return error(
        "address-in-stylesheet",
        f"the stylesheet asks for “{address}”, which is not part of the book",
        place,
        "leave the rule out; a small picture can stand in the stylesheet as a `data:` address",
    )
