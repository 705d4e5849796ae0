"""Where a book lies: its folders and files, and the border that no path may cross."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from unicodedata import normalize

from octavo.diagnostics import Location, Report, did_you_mean, error

BOOK_FILE = "book.yaml"
MARKDOWN = frozenset({".md", ".markdown"})
NOT_TEXT = frozenset({"templates", "out"})
"""Folders beside the text that hold none of it."""
HIDDEN = (".", "~$")
"""How names begin that nobody gave: hidden ones, and what Word leaves beside an open file."""
SMALLEST = "make a file book.yaml with one line: title: My Book"


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a book, listed once."""

    root: Path
    path: Path
    """Where book.yaml and the text are."""
    templates: Path | None
    files: Mapping[str, str]
    """Names below ``path``, by their composed Unicode form; the disk may have another."""

    @property
    def book_file(self) -> str:
        """The place of book.yaml below the root, for locations."""
        return self.place(BOOK_FILE)

    def place(self, name: str) -> str:
        """Return the place of a file below the root, for locations."""
        return (self.path / name).relative_to(self.root).as_posix()

    @property
    def markdown(self) -> tuple[str, ...]:
        """The Markdown files, in plain order of their names."""
        return tuple(name for name in self.files.values() if is_markdown(name))


def is_markdown(name: str) -> bool:
    """Tell whether a file's name is that of a Markdown file."""
    return PurePosixPath(name).suffix.lower() in MARKDOWN


def find_folder(folder: Path, report: Report) -> Folder | None:
    """Find book.yaml in a folder or in its ``manuscript``, and list what lies beside it."""
    start = folder.resolve()
    path = next((at for at in (start, start / "manuscript") if (at / BOOK_FILE).is_file()), None)
    if path is None:
        report(error("no-book-yaml", *_absent(start)))
        return None
    root = path.parent if path.name == "manuscript" else start
    if not (_inside(path, root) and _inside(path / BOOK_FILE, path)):
        message = "book.yaml is a link that leads out of the book's folder"
        report(error("outside-the-book", message, Location(BOOK_FILE), "put the file itself here"))
        return None
    return Folder(root, path, _templates(root, report), dict(_listed(path)))


def _absent(start: Path) -> tuple[str, Location, str]:
    place = Location(BOOK_FILE)
    if not start.is_dir():
        return f"there is no folder “{start.name}”", place, "check the spelling of its name"
    message = f"there is no book.yaml in the folder “{start.name}”"
    for name in ("book.yml", "Book.yaml", "book.yaml.txt"):
        if (start / name).is_file():
            return message, place, f"rename “{name}” to “book.yaml”"
    return message, place, SMALLEST


def _templates(root: Path, report: Report) -> Path | None:
    templates = root / "templates"
    if not templates.is_dir():
        return None
    if _inside(templates, root):
        return templates
    message = "the folder “templates” is a link that leads out of the book's folder"
    report(error("outside-the-book", message, Location("templates"), "copy the folder here"))
    return None


def _listed(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the files below a folder in order, hidden ones and those of other things left out."""
    for where, folders, files in os.walk(path):
        at = Path(where)
        kept = (name for name in folders if at != path or name not in NOT_TEXT)
        folders[:] = sorted(name for name in kept if not name.startswith(HIDDEN))
        for name in sorted(files):
            if not name.startswith(HIDDEN) and (at / name).is_file():
                below = (at / name).relative_to(path).as_posix()
                yield normalize("NFC", below), below


def locate(folder: Folder, written: str, place: Location, report: Report) -> str | None:
    """Return the name of a file as the disk has it, if there is one; None if it may not be read."""
    if leaves(written):
        hint = "copy the file into the folder of book.yaml, and write its path from there"
        message = f"“{written}” is not inside the book's folder"
        report(error("outside-the-book", message, place, hint))
        return None
    name = PurePosixPath(written).as_posix()
    real = folder.files.get(normalize("NFC", name), name)
    listed = normalize("NFC", name) in folder.files
    # The listing follows no links to folders, so a plain file in it lies where it says.
    plain = listed and not (folder.path / real).is_symlink()
    if not plain and not _inside(folder.path / real, folder.path):
        message = f"“{written}” is a link that leads out of the book's folder"
        report(error("outside-the-book", message, place, "copy the file itself into the folder"))
        return None
    return real


def missing(
    folder: Folder, name: str, place: Location, report: Report, kinds: frozenset[str]
) -> bool:
    """Tell whether a located file does not exist, and report it; ``kinds`` are to suggest from."""
    if normalize("NFC", name) in folder.files or _hidden_file(folder, name):
        return False
    known = [file for file in folder.files if PurePosixPath(file).suffix.lower() in kinds]
    hint = did_you_mean(name, known) or _missing_hint(name)
    report(error("missing-file", f"there is no file “{name}”", place, hint))
    return True


def _inside(path: Path, border: Path) -> bool:
    """Tell whether a path stays below a folder when every link is followed."""
    # Path.resolve raises on a circle of links before Python 3.13; realpath does not.
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(border))


def leaves(written: str) -> bool:
    """Tell whether a path is absolute, on any system, or climbs."""
    windows = PureWindowsPath(written)
    return bool(windows.anchor) or written.startswith("~") or ".." in windows.parts


def _hidden_file(folder: Folder, name: str) -> bool:
    """Tell whether a file exists that the listing leaves out, in exactly these letters."""
    file = folder.path / name
    try:
        return file.is_file() and file.name in os.listdir(file.parent)  # noqa: PTH208
    except (OSError, ValueError):
        return False


def _missing_hint(written: str) -> str:
    if "\\" in written:
        return "write “/” between the folder and the file, on every system"
    return "check its spelling, capitals included, or remove it from book.yaml"
