"""Reach the files of one book, and no others."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING
from unicodedata import normalize

from octavo.diagnostics import Location, did_you_mean, error

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Project

LARGEST = 256 * 1024 * 1024
"""Bytes of one file; no page needs so many, and some files would fill any memory."""
_HINT = "check its spelling, capitals included, or remove it from book.yaml"
# The project says the same of the same file in the same words, so that it is told once.
_HINTS = {"missing-image": "put the picture into the folder of book.yaml, or correct its name"}


@dataclass(frozen=True, slots=True)
class Folder:
    """The manuscript's folder, with its symbolic links resolved once."""

    path: Path
    root: Path

    @classmethod
    def of(cls, project: Project) -> Folder:
        """Return the folder of a project."""
        return cls(project.folder.resolve(), project.root.resolve())

    def location(self, name: str, line: int = 0) -> Location:
        """Return the place of a file's line, below the book's root."""
        return Location((self.path / name).relative_to(self.root).as_posix(), line)

    def read(
        self, name: str, what: str, asked_from: Location, report: Report, code: str = "missing-file"
    ) -> bytes | None:
        """Return a file's bytes, or None after telling why it cannot be had."""
        path = self._inside(name)
        if path is None:
            report(_outside(name, asked_from))
            return None
        try:
            if path.stat().st_size > LARGEST:
                report(_too_large(name, asked_from))
                return None
            return _bytes(path)
        except FileNotFoundError:
            if spelt := self._spelt(name):
                return self.read(spelt, what, asked_from, report, code)
            hint = did_you_mean(name, self._names(Path(name).suffix)) or _HINTS.get(code, _HINT)
            report(error(code, f"there is no {what} “{name}”", asked_from, hint))
        except (OSError, ValueError):  # a NUL below a circle of links is found out only here
            hint = "see that it is a file, and that you may read it"
            report(error(code, f"the {what} “{name}” cannot be opened", asked_from, hint))
        return None

    def text(self, name: str, what: str, asked_from: Location, report: Report) -> str | None:
        """Return a file's text, its lines ended in one way, or None after telling why not."""
        content = self.read(name, what, asked_from, report)
        if content is None:
            return None
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            line = content.count(b"\n", 0, problem.start) + 1
            hint = "in your editor, choose “Save with encoding” and UTF-8"
            here = self.location(name, line)
            report(error("not-utf8", "this line is not UTF-8 text", here, hint))
            return None
        return text.replace("\r\n", "\n").replace("\r", "\n")

    def _spelt(self, name: str) -> str:
        """Return a file's name as the disk has it: macOS takes letters and accents apart."""
        whole = normalize("NFC", name)
        alike = (other for other in self._names("") if normalize("NFC", other) == whole)
        return next((o for o in alike if o != name and (self.path / o).is_file()), "")

    def _inside(self, name: str) -> Path | None:
        """Return the path of a name, or None if it leads out of the folder."""
        try:
            # Path.resolve raises on a circle of links before Python 3.13; realpath does not.
            path = Path(os.path.realpath(self.path / name))
        except ValueError:  # a NUL in the name
            return None
        return path if path.is_relative_to(self.path) else None

    def _names(self, suffix: str) -> list[str]:
        # A name may hold what is a sign of its own in a pattern, so all are asked for.
        paths = sorted(path for path in self.path.rglob("*") if path.name.endswith(suffix))
        return [path.relative_to(self.path).as_posix() for path in paths]


def _bytes(path: Path) -> bytes:
    """Return a file's bytes; a pipe, which has none until somebody writes, is refused."""
    if not S_ISREG(path.stat().st_mode):
        raise OSError
    return path.read_bytes()


def _too_large(name: str, asked_from: Location) -> Diagnostic:
    return error(
        "file-too-large",
        f"“{name}” has more than {LARGEST // 1024**2} MB",
        asked_from,
        "make it smaller, or divide it",
    )


def _outside(name: str, asked_from: Location) -> Diagnostic:
    return error(
        "outside-the-book",
        f"“{name}” lies outside the manuscript's folder, and nothing out there is read",
        asked_from,
        "copy the file into the folder of book.yaml, and name it from there",
    )
