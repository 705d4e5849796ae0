"""What lies beside the book and is not in it: whatever an author may miss is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from octavo.diagnostics import Diagnostic, Location, Report, error, note, warning
from octavo.matter import role_named
from octavo.project.folder import Folder, is_markdown

if TYPE_CHECKING:
    from octavo.model import Entry

ABOUT = frozenset({"readme", "changelog", "contributing", "license"})
"""Files that tell of a repository, and are no part of the book in it unless contents says so."""
WRITTEN_ELSEWHERE = frozenset({".txt", ".rtf", ".doc", ".docx", ".odt", ".pages"})
"""What other programs keep a text in."""
HERE = PurePosixPath()


def is_about(name: str) -> bool:
    """Tell whether a file tells of the repository that the book lies in."""
    return PurePosixPath(name).stem.lower() in ABOUT


def check_whole(
    entries: tuple[Entry, ...], named: frozenset[str], folder: Folder, report: Report
) -> None:
    """Report texts that are not in the book, or that there are none in it at all.

    ``named`` are those that book.yaml names elsewhere.
    """
    left = tuple(_left(entries, named, folder))
    elsewhere = sorted({PurePosixPath(name).parent.as_posix() for name, near in left if not near})
    pages = {entry.name for entry in entries if entry.generated}
    for name, near in left:
        if near:
            report(_left_over(name, pages, Location(folder.place(name))))
    for name in elsewhere:
        message = f"the Markdown in the folder “{name}” is not in the book"
        hint = "name its files under contents in book.yaml, if they belong to the book"
        report(note("left-over-folder", message, Location(folder.place(name)), hint))
    if all(entry.generated for entry in entries):
        where = entries[0].location if entries else Location(folder.book_file)
        report(error("no-text", "the book has no text yet", where, _begin(elsewhere)))


def _left(
    entries: tuple[Entry, ...], elsewhere: frozenset[str], folder: Folder
) -> Iterator[tuple[str, bool]]:
    """Yield the texts that are not in the book, and whether they lie beside one that is."""
    named = {entry.name for entry in entries} | elsewhere
    homes = {PurePosixPath(entry.name).parent for entry in entries} | {HERE}
    for name in folder.files.values():
        near = PurePosixPath(name).parent in homes
        text = is_markdown(name) or (near and _suffix(name) in WRITTEN_ELSEWHERE)
        if text and name not in named and not is_about(name):
            yield name, near


def _left_over(name: str, pages: set[str], where: Location) -> Diagnostic:
    message, stem = f"“{name}” is not in the book", PurePosixPath(name).stem
    if not is_markdown(name):
        hint = f"if it belongs to the book, save its text as “{stem}.md”"
        return note("not-markdown", f"{message}: it is no Markdown file", where, hint)
    page = role_named(stem)
    if page in pages:
        message = f"{message}: Octavo makes the page “{page}” itself"
        hint = "if it is for you alone, move it to a folder; if not, name it under contents"
    else:
        message = f"{message}: contents does not name it"
        hint = "name it under contents in book.yaml, or move it to a folder of its own"
    return warning("left-over-file", message, where, hint)


def _begin(elsewhere: list[str]) -> str:
    """Return how to give a book its text."""
    if elsewhere:
        return f"name the files of the folder “{elsewhere[0]}” under contents in book.yaml"
    return "write a file chapter-1.md beside book.yaml"


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower()
