"""A section of an EPUB: its leaf, its part of the ledger, and its document in the file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.diagnostics import Location
from octavo.inspection.completeness.faults import Fault

if TYPE_CHECKING:
    from octavo.inspection.completeness.ebook.package import Document
    from octavo.inspection.completeness.ledger import Chapter
    from octavo.model import Leaf


@dataclass(frozen=True, slots=True)
class Page:
    """A section, as it should be and as it is."""

    leaf: Leaf
    chapter: Chapter
    document: Document

    def fault(self, code: str, about: str, line: int, found: str = "") -> Fault:
        """Return what is wrong at a line of the manuscript; without one, in the section."""
        place = self.leaf.section.location
        place = Location(place.file, line) if line else place
        return Fault(code, place, about, f"in {self.document.path}", found)
