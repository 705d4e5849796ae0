"""Every id that the press makes, and why no two of them are the same.

The id of a section holds neither a full stop nor a double hyphen; ids of what stands in it are the
section's own, one of the two, and what they name.  Only an author can write one of them again.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from unicodedata import category, normalize

from octavo.markup import NAME_CHARACTERS, is_name
from octavo.matter import GENERATED

if TYPE_CHECKING:
    from octavo.model import Project

_NOT_IN_NAMES = re.compile(f"[^{NAME_CHARACTERS}]")
_BETWEEN = re.compile(f"(?:{_NOT_IN_NAMES.pattern}|[.-])+")
_KEYWORDS = frozenset({"initial", "inherit"})
"""What WeasyPrint 70 takes for no name of a place, but for a keyword of CSS."""
_WORDS = frozenset("LMN")
"""Unicode's categories of letters, marks and figures."""


def section_ids(project: Project) -> dict[str, str]:
    """Return the id of the section that each file becomes, by the file's composed name."""
    # A file that is called as a generated page is must not take that page's id.
    pages = (entry.name for entry in project.contents if entry.generated)
    files: dict[str, str] = dict.fromkeys((*GENERATED, *pages), "")
    for entry in project.contents:
        if not entry.generated:
            files[_free(_of_file(entry.name), files)] = composed(entry.name)
    return {name: own for own, name in files.items() if name}


def composed(name: str) -> str:
    """Return a file's name in the one Unicode form in which names are compared."""
    return normalize("NFC", name)


def _of_file(name: str) -> str:
    """Return an XML name made of a file's path: ``part/One two.md`` → ``part-One-two``."""
    stem = PurePosixPath(composed(name)).with_suffix("").as_posix()
    clean = _BETWEEN.sub("-", stem).strip("-")
    return clean if is_name(clean) and clean not in _KEYWORDS else f"s-{clean}".rstrip("-")


def _free(wanted: str, taken: dict[str, str]) -> str:
    name, number = wanted, 1
    while name in taken:
        number += 1
        name = f"{wanted}-{number}"
    return name


def heading_id(section: str) -> str:
    """Return the id of a section's heading that has none of its author."""
    return f"{section}.heading"


def note_id(section: str, number: int) -> str:
    """Return the id of a section's note."""
    return f"{section}.note-{number}"


def call_id(section: str, number: int, time: int = 1) -> str:
    """Return the id of the call of a note, of its first or a later one."""
    return f"{section}.call-{number}" if time == 1 else f"{section}.call-{number}.{time}"


def citation_id(section: str, number: int) -> str:
    """Return the id of a section's citation."""
    return f"{section}.cite-{number}"


def entry_id(section: str, reference: str) -> str:
    """Return the id of a reference's entry in the list of a section."""
    return f"{section}.{reference}"


def mark_id(section: str, number: int) -> str:
    """Return the id of a section's index mark."""
    return f"{section}.mark-{number}"


def end_id(mark: str) -> str:
    """Return the id of the place where the blocks of an index mark end."""
    return f"{mark}.end"


def group_id(page: str, number: int) -> str:
    """Return the id of the entries of an index under one letter."""
    return f"{page}.group-{number}"


def term_id(page: str, number: int) -> str:
    """Return the id of an entry of an index."""
    return f"{page}.entry-{number}"


def callout_id(section: str, listing: str, number: str) -> str:
    """Return the id of a callout in a section's listing."""
    return f"{section}.callout-{listing}.{number}"


def explained_id(section: str, listing: str, number: str) -> str:
    """Return the id of what explains a callout."""
    return f"{section}.explained-{listing}.{number}"


def use_id(section: str, number: int) -> str:
    """Return the id of a use of a term that is the first in the book."""
    return f"{section}.term-{number}"


def words_id(section: str, slug: str) -> str:
    """Return the id of a heading that is named by its words."""
    return f"{section}--{slug}"


def slug(text: str) -> str:
    """Return a heading's words as its name: ``What’s lost, and found`` → ``whats-lost-and-found``.

    The form is Pandoc's, but for full stops.
    """
    kept = (c for c in composed(text).lower() if c.isspace() or c in "-_" or _in_words(c))
    return "-".join("".join(kept).split()) or "section"


def _in_words(character: str) -> bool:
    return category(character)[0] in _WORDS and not _NOT_IN_NAMES.match(character)
