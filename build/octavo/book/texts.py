"""The four places of a section where text stands, walked and rewritten as one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.markup import Change, rewrite_all, walk
from octavo.model import Element

if TYPE_CHECKING:
    from octavo.model import Node, Section, Source


def elements(section: Section) -> Iterator[Element]:
    """Yield every element of a section: title, epigraph, body, then the notes."""
    yield from walk(*section.title, *section.epigraph, *section.body)
    for note in section.notes:
        yield from walk(*note.content)


def rewritten(section: Section, change: Change) -> Section:
    """Return the section with ``change`` applied to every element, leaves first."""
    return replace(
        section,
        title=rewrite_all(section.title, change),
        epigraph=blocks(rewrite_all(section.epigraph, change)),
        body=blocks(rewrite_all(section.body, change)),
        notes=tuple(
            replace(note, content=blocks(rewrite_all(note.content, change)))
            for note in section.notes
        ),
    )


def written(source: Source, change: Change) -> Source:
    """Return a source with ``change`` applied to every element of its texts, leaves first."""
    notes = (
        replace(note, content=blocks(rewrite_all(note.content, change))) for note in source.notes
    )
    return replace(
        source,
        body=blocks(rewrite_all(source.body, change)),
        epigraph=blocks(rewrite_all(source.epigraph, change)),
        notes=tuple(notes),
    )


def blocks(nodes: tuple[Node, ...]) -> tuple[Element, ...]:
    """Return the elements among the nodes; white space between blocks says nothing."""
    return tuple(node for node in nodes if isinstance(node, Element))
