"""The line, walked: from a folder to finished files.

1. *load* book.yaml, *read* the Markdown, the images and the references, each once;
2. *compose* and *render* every edition wanted, so that one run shows every mistake;
3. stop if there is an error, unless a draft is wanted;
4. *bind* each edition, in memory;
5. *prove* of each finished file that it holds every block of the manuscript;
6. *write* the files, each whole or not at all, and only when all of them are good.
"""

from __future__ import annotations

import errno
import os
import re
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from octavo import manuscript as manuscript_room
from octavo.book import compose
from octavo.diagnostics import Diagnostic, did_you_mean, error
from octavo.model import Artifact, Edition, Manuscript, Medium, Project, Rendition
from octavo.project import load
from octavo.rendition import render, templates

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.inspection.completeness.account import Account
    from octavo.press.fonts import Face
    from octavo.store import Store

LONGEST = 100
"""Characters of a title in a file's name; a file system takes some 255 in all."""
NEW_FILE = 0o644

Progress = Callable[[str, int, int], None]
"""Told what is being done, and how many steps of how many are done."""


@dataclass
class Findings:
    """The callback that keeps what it is told, for a stage that must know if anything is wrong."""

    kept: list[Diagnostic] = field(default_factory=list)

    def __call__(self, finding: Diagnostic) -> None:
        """Keep a finding."""
        self.kept.append(finding)


@dataclass(frozen=True, slots=True)
class Proofs:
    """A manuscript that was read, and the renditions of the editions wanted."""

    manuscript: Manuscript
    renditions: tuple[Rendition, ...]
    identifier_is_new: bool = False
    """Whether book.yaml does not know the book's identifier yet."""

    @property
    def project(self) -> Project:
        """Where everything is."""
        return self.manuscript.project


@dataclass(frozen=True, slots=True)
class Workshop:
    """What the line works with beside the book itself."""

    store: Store
    report: Report
    identifier: str = ""
    """What a book is called that has no identifier; the counter draws it, never the line."""


def prepare(
    folder: Path, wanted: Callable[[Edition], bool], workshop: Workshop, *, draft: bool = False
) -> Proofs | None:
    """Load, read, compose and render; None where book.yaml leaves nothing to go on."""
    report = workshop.report
    project = load(folder, report)
    if project is None:
        return None
    new = not project.metadata.identifier
    if new:
        metadata = replace(project.metadata, identifier=workshop.identifier)
        project = replace(project, metadata=metadata)
    manuscript = manuscript_room.read(project, report, workshop.store)
    design = templates.load(project.templates, project.root, report)
    editions = tuple(edition for edition in project.editions if wanted(edition))
    renditions = (_rendition(manuscript, e, design, workshop, draft=draft) for e in editions)
    return Proofs(manuscript, tuple(renditions), identifier_is_new=new)


def _rendition(
    manuscript: Manuscript,
    edition: Edition,
    design: templates.Templates,
    workshop: Workshop,
    *,
    draft: bool,
) -> Rendition:
    book = compose(manuscript, edition, workshop.report, draft=draft, store=workshop.store)
    rendition = render(book, design, workshop.report)
    if edition.medium is Medium.EPUB:
        return rendition  # a reading system has typefaces of its own
    from octavo.press import fonts, glyphs, scripts

    faces = scripts.faces_of(rendition, workshop.store)
    shown = frozenset[str]().union(*map(fonts.characters_of, faces))
    return glyphs.marked(rendition, shown, workshop.report)


def bind(rendition: Rendition, workshop: Workshop, progress: Progress) -> Artifact:
    """Return one edition, finished, in memory."""
    store, report = workshop.store, workshop.report
    # Each press is imported only when it is wanted: layout engines are slow to start.
    if rendition.book.edition.medium is Medium.PDF:
        from octavo.press import formulas, pdf

        drawn = formulas.drawn(rendition, store, report)
        return pdf.bind(drawn, _faces(rendition, store), report, progress)
    from octavo.press import cover, epub

    faces = _faces(rendition, store)
    progress("cover", 0, 1)
    jacket = cover.jacket(rendition, faces, report, store)
    return epub.bind(rendition, faces, jacket, report)


def prove(data: bytes, rendition: Rendition, manuscript: Manuscript, workshop: Workshop) -> Account:
    """Return what is proved of a finished file, and what is wrong with it.

    The file need not be the one that was just bound: it is held against what the manuscript says
    now.
    """
    from octavo.inspection import completeness

    return completeness.prove(data, rendition, manuscript, _faces(rendition, workshop.store))


def _faces(rendition: Rendition, store: Store) -> tuple[Face, ...]:
    """Return the typefaces of an edition; in print, formulas are drawings."""
    from octavo.press import scripts
    from octavo.press.formulas import typeface

    own = rendition.book.edition.medium is Medium.EPUB
    return (*scripts.faces_of(rendition, store), *(typeface.faces_for(rendition) if own else ()))


def file_name(title: str, edition: Edition, *, draft: bool) -> str:
    """Return ``SLUG-EDITION.epub`` or ``.pdf``; a draft's name says so and replaces nothing.

    Shops take plain letters only: a title that has none gives ``book``.
    """
    folded = unicodedata.normalize("NFKD", title.casefold())
    plain = folded.encode("ascii", "ignore").decode().replace("'", "")
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))[:LONGEST].rstrip("-") or "book"
    return f"{slug}-{edition.name}{'-DRAFT' if draft else ''}.{edition.medium}"


def write(files: dict[Path, bytes]) -> None:
    """Write the files, none of them ever half: all are complete before the first takes its name.

    Raises:
        OSError: a folder cannot be written; each file is still what it was, or whole and new.
    """
    _refuse_folders(files)
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".octavo-")
            waiting.append((Path(name), path))
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(_mode(path))
        for temporary, path in waiting:
            temporary.replace(path)
    finally:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)


def _refuse_folders(paths: Iterable[Path]) -> None:
    """Raise an OSError if a folder has the name of a file: it would fail with others in place."""
    for path in paths:
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))


def _mode(path: Path) -> int:
    """Return who may read a file: those who might before."""
    return stat.S_IMODE(path.stat().st_mode) if path.exists() else NEW_FILE


def no_edition(project: Project, medium: Medium | None, name: str) -> Diagnostic:
    """Return what to say when book.yaml has no edition of the kind that was asked for."""
    kind = f" {medium.upper()}" if medium else ""
    names = [e.name for e in project.editions if medium in {None, e.medium}]
    message = f"there is no{kind} edition “{name}”" if name else f"book.yaml has no{kind} edition"
    if names:
        hint = did_you_mean(name, names) or f"the{kind} editions are: {', '.join(names)}"
    else:
        hint = f"add one to `editions`, such as {{format: {medium or Medium.EPUB}}}"
    return error("no-such-edition", message, project.book_file, hint)
