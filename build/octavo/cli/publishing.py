"""From an order to the files: what is made, when it is stopped, where it goes."""

from __future__ import annotations

import os
import sys
import time
import uuid
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NoReturn

import click

from octavo.cli.terminal import progress_of, show
from octavo.diagnostics import Diagnostic, Severity, has_errors, in_order, note
from octavo.line import Findings, Workshop, bind, file_name, no_edition, prepare, prove, write
from octavo.model import Artifact, Edition, Medium
from octavo.project import BOOK_FILE, with_identifier
from octavo.store import Store

if TYPE_CHECKING:
    from octavo.inspection.completeness.account import Account
    from octavo.line import Proofs
    from octavo.model import Rendition


KEPT = 256_000_000
"""Bytes that the store may hold; what was not used for longest goes first."""


@dataclass(frozen=True, slots=True)
class Order:
    """What was asked for: which editions of the book in a folder, and where they go."""

    folder: Path
    out: Path | None
    medium: Medium | None
    name: str
    draft: bool

    def wants(self, edition: Edition) -> bool:
        """Tell whether an edition was asked for."""
        right_medium = self.medium in {None, edition.medium}
        return right_medium and self.name in {"", edition.name}


@dataclass(frozen=True, slots=True)
class Made:
    """A finished edition, where it goes, and the seconds it took."""

    path: Path
    artifact: Artifact
    seconds: float


def publish(order: Order) -> None:
    """Make the editions of an order and write them, or say what is wrong and write nothing."""
    findings = Findings()
    workshop = workshop_of(findings)
    proofs = proofs_of(order, workshop, findings)
    out = order.out or proofs.project.root / "out"
    made = tuple(make(rendition, out, workshop) for rendition in proofs.renditions)
    if not has_errors(findings.kept):
        for rendition, one in zip(proofs.renditions, made, strict=True):
            for finding in proved(one, rendition, proofs, workshop).findings():
                findings(finding)
    if has_errors(findings.kept) and not order.draft:
        stop(findings)
    new = _needs_identifier(proofs)
    files = {one.path: one.artifact.data for one in made}
    try:
        write(files | (_with_identifier(proofs) if new else {}))
    except OSError as problem:
        show(findings.kept)
        raise click.ClickException(_unwritable(problem, out, proofs if new else None)) from problem
    if new:
        findings(_identifier_written(proofs))
    show(findings.kept)
    workshop.store.prune(KEPT)
    for one in made:
        click.echo(_summary(one))
    if has_errors(findings.kept):
        click.echo(f"A draft with {_count(findings)}, not for release.", err=True)
        sys.exit(1)


def proved(made: Made, rendition: Rendition, proofs: Proofs, workshop: Workshop) -> Account:
    """Return what is proved of an edition that was made."""
    with progress_of(made.artifact.edition.name) as progress:
        progress("proof", 0, 1)
        return prove(made.artifact.data, rendition, proofs.manuscript, workshop)


def run_epubcheck(proofs: Proofs, workshop: Workshop, findings: Findings) -> None:
    """Make the EPUB editions, write them nowhere, and report what EPUBCheck finds."""
    from octavo.inspection.epubcheck import epubcheck

    epubs = [r for r in proofs.renditions if r.book.edition.medium is Medium.EPUB]
    if not epubs:
        findings(no_edition(proofs.project, Medium.EPUB, ""))
    for rendition in epubs:
        with TemporaryDirectory() as folder:
            made = make(rendition, Path(folder), workshop)
            write({made.path: made.artifact.data})
            for finding in epubcheck(made.path):
                findings(finding)


def workshop_of(findings: Findings) -> Workshop:
    """Return what the line works with: the user's store, and an identifier for a new book."""
    return Workshop(_store(), findings, f"urn:uuid:{uuid.uuid4()}")  # noqa: TID251 - the counter


def proofs_of(order: Order, workshop: Workshop, findings: Findings) -> Proofs:
    """Return the renditions that an order wants; end the program if there are none."""
    proofs = prepare(order.folder, order.wants, workshop, draft=order.draft)
    if proofs is None:
        stop(findings)
    if not proofs.renditions:
        findings(no_edition(proofs.project, order.medium, order.name))
        stop(findings)
    if has_errors(findings.kept) and not order.draft:
        stop(findings)
    return proofs


def _needs_identifier(proofs: Proofs) -> bool:
    media = {rendition.book.edition.medium for rendition in proofs.renditions}
    return Medium.EPUB in media and proofs.identifier_is_new


def _with_identifier(proofs: Proofs) -> dict[Path, bytes]:
    """Return book.yaml with the identifier that a new book keeps for ever."""
    project = proofs.project
    file = (project.folder / BOOK_FILE).resolve()  # a link stays a link
    text = with_identifier(file.read_bytes().decode(), project.metadata.identifier)
    return {file: text.encode()}


def _identifier_written(proofs: Proofs) -> Diagnostic:
    project = proofs.project
    message = f"the book had no identifier; book.yaml now says {project.metadata.identifier}"
    hint = "keep that line: stores and readers know the book by it"
    return note("identifier-written", message, project.book_file, hint)


def _unwritable(problem: OSError, out: Path, proofs: Proofs | None) -> str:
    """Return what to say when files cannot be written; ``proofs`` if book.yaml is one of them."""
    message = (
        f"cannot write into {problem.filename or out}: {problem.strerror}; nothing was written"
    )
    if proofs is None:
        return message
    return (
        f"{message}\nThe book needs an identifier. If it is book.yaml that cannot be written, add"
        f" this line to it:\nidentifier: {proofs.project.metadata.identifier}"
    )


def make(rendition: Rendition, out: Path, workshop: Workshop) -> Made:
    """Bind an edition, with progress shown."""
    book = rendition.book
    name = file_name(book.metadata.title, book.edition, draft=book.draft)
    begun = time.perf_counter()
    with progress_of(book.edition.name) as progress:
        artifact = bind(rendition, workshop, progress)
    return Made(out / name, artifact, time.perf_counter() - begun)


def _store() -> Store:
    """Return the store in the user's cache folder, never in the book's: it may be a stranger's."""
    if folder := os.environ.get("OCTAVO_CACHE"):
        return Store(Path(folder))
    from platformdirs import user_cache_path

    return Store(user_cache_path("octavo", appauthor=False))


def stop(findings: Findings) -> NoReturn:
    """Show what was found, and end: nothing is written."""
    show(findings.kept)
    click.echo(f"{_count(findings)}; nothing was written.", err=True)
    sys.exit(1)


def _count(findings: Findings) -> str:
    count = sum(finding.severity is Severity.ERROR for finding in in_order(findings.kept))
    return f"{count} error{'s' if count != 1 else ''}"


def _summary(made: Made) -> str:
    artifact = made.artifact
    facts = [f"{artifact.pages} pages"] if artifact.pages else []
    facts.append(f"{artifact.words:,} words")
    facts.append(f"{len(artifact.data) / 1_000_000:.2f} MB")
    facts.append(f"{made.seconds:.1f} s")
    return f"{_short(made.path)}  {', '.join(facts)}"


def _short(path: Path) -> str:
    here = Path.cwd()
    whole = path.resolve()
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(whole)
