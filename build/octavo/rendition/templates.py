"""The templates and stylesheets of a design, with a book's own laid over them.

A book overrides any of them by a file of the same name in its ``templates/`` folder; a file
``book.css`` there is added after the design's own styles, in both editions.  Templates are
filled in Jinja's sandbox: a book may come from a stranger.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from octavo.diagnostics import Location, did_you_mean, error, warning
from octavo.manuscript.styles import excess
from octavo.matter import GENERATED
from octavo.model import Medium

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from importlib.resources.abc import Traversable

    from octavo.diagnostics import Diagnostic, Report
    from octavo.manuscript.styles import Excess

STYLESHEETS: Mapping[Medium, tuple[str, ...]] = MappingProxyType(
    {Medium.PDF: ("print.css", "furniture.css"), Medium.EPUB: ("epub.css",)}
)
"""The stylesheets of each medium, in cascade order."""
SUFFIXES = (".xhtml", ".css")
LARGEST = 1_000_000
"""Bytes of a template."""


@dataclass(frozen=True, slots=True)
class Templates:
    """Texts of templates and stylesheets by file name, and which of them are the book's own."""

    OWN: ClassVar[str] = "book.css"
    texts: Mapping[str, str]
    files: Mapping[str, str] = field(default_factory=dict)
    """The path below the book's root, for those that are the book's own."""

    @property
    def own_style(self) -> bool:
        """Whether the book adds a stylesheet of its own."""
        return self.OWN in self.texts

    def has(self, role: str) -> bool:
        """Tell whether a generated page of that role has a template."""
        return f"{role}.xhtml" in self.texts

    def location(self, name: str, line: int = 0) -> Location:
        """Return the place of a template: the book's own file, or the design's."""
        return Location(self.files.get(name, f"templates/{name}"), line)


def load(own: Path | None, root: Path, report: Report) -> Templates:
    """Read the design's templates and, over them, those of the book's own folder."""
    design = _read(_design())
    known = {*design, *(f"{page}.xhtml" for page in GENERATED), Templates.OWN}
    if own is None or _is_design(own):
        return Templates(design)
    texts: dict[str, str] = {}
    paths: dict[str, str] = {}
    for path in sorted(own.iterdir()):
        if path.suffix not in SUFFIXES:
            continue
        place = path.relative_to(root).as_posix()
        text = _own_text(path, root, place, report)
        if text is None:
            continue
        texts[path.name], paths[path.name] = text, place
        if path.name not in known:
            report(_unused(path.name, place, known))
    return Templates({**design, **texts}, paths)


def _own_text(path: Path, root: Path, place: str, report: Report) -> str | None:
    """Return the text of one of the book's own templates, or None after telling why not."""
    # Path.resolve raises on a circle of links before Python 3.13; realpath does not.
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root)):
        report(_outside(place))
        return None
    try:
        status = path.stat()
        if not S_ISREG(status.st_mode):  # a pipe is never done, once it is opened
            report(_unopened(place))
            return None
        if status.st_size > LARGEST:
            report(_too_large(place))
            return None
        text = path.read_text("utf-8-sig")
        found = excess(text) if path.suffix == ".css" else None
        if found is None:
            return text
        report(_excessive(place, found))
    except UnicodeDecodeError:
        report(_not_utf8(place))
    except OSError:
        report(_unopened(place))
    return None


def _read(folder: Traversable) -> dict[str, str]:
    named = {item.name: item for item in folder.iterdir() if item.name.endswith(SUFFIXES)}
    return {name: named[name].read_text("utf-8") for name in sorted(named)}


def _design() -> Traversable:
    """Return the folder of the design: inside the wheel, or beside ``build/`` in the sources."""
    installed = files("octavo").joinpath("templates")
    return installed if installed.is_dir() else Path(__file__).parents[3] / "templates"


def _is_design(folder: Path) -> bool:
    design = _design()
    return isinstance(design, Path) and design.resolve() == folder.resolve()


def _outside(place: str) -> Diagnostic:
    return error(
        "outside-the-book",
        "this template is a link to a file outside the book's folder",
        Location(place),
        "put the file itself here",
    )


def _excessive(place: str, found: Excess) -> Diagnostic:
    return error(
        "unfit-stylesheet",
        f"the stylesheet asks for {found.what}, which no page can hold",
        Location(place, found.line),
        "write a smaller number, or fewer brackets",
    )


def _unopened(place: str) -> Diagnostic:
    return error(
        "unreadable-template",
        "this template cannot be opened",
        Location(place),
        "see that it is a file, and that you may read it",
    )


def _too_large(place: str) -> Diagnostic:
    return error(
        "large-template",
        f"this template has more than {LARGEST:,} bytes",
        Location(place),
        "see that it is the file that you meant; pictures and typefaces do not belong in it",
    )


def _unused(name: str, place: str, known: Iterable[str]) -> Diagnostic:
    return warning(
        "unused-template",
        f"nothing in the book is made by a template called “{name}”",
        Location(place),
        did_you_mean(name, known) or f"rules of your own go into “{Templates.OWN}”",
    )


def _not_utf8(place: str) -> Diagnostic:
    return error(
        "not-utf8",
        "this template is not UTF-8 text",
        Location(place),
        "save it again as UTF-8 in your editor",
    )
