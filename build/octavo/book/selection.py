"""Which passages an edition holds, decided before anything is numbered.

A block or span of class ``only-print`` or ``only-epub`` stands in editions of that medium only,
and ``only-NAME`` in the edition that book.yaml calls ``NAME``.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book.texts import blocks
from octavo.markup import rewrite_all
from octavo.model import Medium

if TYPE_CHECKING:
    from octavo.model import Edition, Element, Manuscript, Source

PREFIX = "only-"
MEDIA = {"print": Medium.PDF, "epub": Medium.EPUB}


def select(manuscript: Manuscript, edition: Edition) -> Manuscript:
    """Return the manuscript without the passages that are marked for other editions."""

    def keep(element: Element) -> Element | tuple[()]:
        wanted = [name.removeprefix(PREFIX) for name in element.classes if name.startswith(PREFIX)]
        return element if not wanted or any(_is_for(name, edition) for name in wanted) else ()

    def of(source: Source) -> Source:
        kept = tuple(
            replace(note, content=blocks(rewrite_all(note.content, keep))) for note in source.notes
        )
        return replace(source, body=blocks(rewrite_all(source.body, keep)), notes=kept)

    return replace(manuscript, sources=tuple(of(source) for source in manuscript.sources))


def _is_for(name: str, edition: Edition) -> bool:
    return name == edition.name or MEDIA.get(name) is edition.medium
