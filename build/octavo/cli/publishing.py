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
from octavo.diagnostics import Severity, has_errors, in_order, note
from octavo.line import Findings, bind, file_name, no_edition, prepare, write
from octavo.model import Artifact, Edition, Medium
from octavo.project import BOOK_FILE, with_identifier
from octavo.store import Store

if TYPE_CHECKING:
    from octavo.line import Proofs
    from octavo.model import Rendition


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
    proofs = _proofs(order, findings)
    out = order.out or proofs.project.root / "out"
    made = tuple(_make(rendition, out, findings) for rendition in proofs.renditions)
    if has_errors(findings.kept) and not order.draft:
        _stop(findings)
    show(findings.kept)
    try:
        write({one.path: one.artifact.data for one in made})
    except OSError as problem:
        message = f"cannot write into {out}: {problem.strerror}"
        raise click.ClickException(message) from problem
    for one in made:
        click.echo(_summary(one))
    if has_errors(findings.kept):
        click.echo(f"A draft with {_count(findings)}, not for release.", err=True)
        sys.exit(1)


def run_epubcheck(proofs: Proofs, findings: Findings) -> None:
    """Make the EPUB editions, write them nowhere, and report what EPUBCheck finds."""
    from octavo.inspection.epubcheck import epubcheck

    epubs = [r for r in proofs.renditions if r.book.edition.medium is Medium.EPUB]
    if not epubs:
        findings(no_edition(proofs.project, Medium.EPUB, ""))
    for rendition in epubs:
        with TemporaryDirectory() as folder:
            made = _make(rendition, Path(folder), findings)
            write({made.path: made.artifact.data})
            for finding in epubcheck(made.path):
                findings(finding)


def _proofs(order: Order, findings: Findings) -> Proofs:
    proofs = prepare(order.folder, order.wants, findings, draft=order.draft)
    if proofs is None:
        _stop(findings)
    if not proofs.renditions:
        findings(no_edition(proofs.project, order.medium, order.name))
        _stop(findings)
    if has_errors(findings.kept) and not order.draft:
        _stop(findings)
    if _lacks_identifier(proofs):
        _write_identifier(proofs, findings)
        # The book is read again, now with its identifier; its findings are known already.
        return prepare(order.folder, order.wants, lambda _: None, draft=order.draft) or proofs
    return proofs


def _lacks_identifier(proofs: Proofs) -> bool:
    media = {rendition.book.edition.medium for rendition in proofs.renditions}
    return Medium.EPUB in media and not proofs.project.metadata.identifier


def _write_identifier(proofs: Proofs, findings: Findings) -> None:
    """Give a book an identifier, written into book.yaml once and for ever."""
    project = proofs.project
    file = project.folder / BOOK_FILE
    identifier = f"urn:uuid:{uuid.uuid4()}"  # noqa: TID251 - this is the counter
    text = with_identifier(file.read_bytes().decode("utf-8-sig"), identifier)
    try:
        write({file: text.encode()})
    except OSError as problem:
        message = (
            f"cannot write the book's identifier into {file}: {problem.strerror}\n"
            f"Add this line to it: identifier: {identifier}"
        )
        raise click.ClickException(message) from problem
    message = f"the book had no identifier; book.yaml now says {identifier}"
    hint = "keep that line: stores and readers know the book by it"
    findings(note("identifier-written", message, project.book_file, hint))


def _make(rendition: Rendition, out: Path, findings: Findings) -> Made:
    book = rendition.book
    name = file_name(book.metadata.title, book.edition, draft=book.draft)
    begun = time.perf_counter()
    with progress_of(book.edition.name) as progress:
        artifact = bind(rendition, _store(), findings, progress)
    return Made(out / name, artifact, time.perf_counter() - begun)


def _store() -> Store:
    """Return the store in the user's cache folder, never in the book's: it may be a stranger's."""
    if folder := os.environ.get("OCTAVO_CACHE"):
        return Store(Path(folder))
    from platformdirs import user_cache_path

    return Store(user_cache_path("octavo", appauthor=False))


def _stop(findings: Findings) -> NoReturn:
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
