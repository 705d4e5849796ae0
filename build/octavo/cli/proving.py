"""From a folder or a finished file to the account of its proof."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octavo.cli.publishing import Order, make, proofs_of, proved, stop, workshop_of
from octavo.cli.terminal import show
from octavo.diagnostics import has_errors
from octavo.line import Findings, Proofs, Workshop, file_name, prove, write
from octavo.model import Medium
from octavo.project import BOOK_FILE

if TYPE_CHECKING:
    from octavo.inspection.completeness.account import Proved
    from octavo.model import Rendition


@dataclass(frozen=True, slots=True)
class ProofOrder:
    """What is to be proved: the editions of a folder, or one finished file."""

    path: Path
    book: Path | None
    """The folder of the file's book, if it is not the one the file lies in."""
    name: str
    html: Path | None
    """Where the account goes as a page."""


def prove_files(order: ProofOrder) -> None:
    """Prove what was ordered, and show the accounts; exit with 1 if anything is wrong."""
    findings = Findings()
    workshop = workshop_of(findings)
    if order.path.is_file():
        proofs, every = _of_file(order, workshop, findings)
    else:
        proofs, every = _of_folder(order, workshop, findings)
    for one in every:
        for finding in one.account.findings():
            findings(finding)
    if order.html is not None:
        _write_page(order.html, proofs, every)
    show(findings.kept)
    for one in every:
        _tell(one)
    if has_errors(findings.kept):
        sys.exit(1)


def _of_folder(
    order: ProofOrder, workshop: Workshop, findings: Findings
) -> tuple[Proofs, tuple[Proved, ...]]:
    """Make the editions of a folder, write none of them, and prove each."""
    proofs = proofs_of(Order(order.path, None, None, order.name, draft=False), workshop, findings)
    from octavo.inspection.completeness.account import Proved

    every = []
    for rendition in proofs.renditions:
        made = make(rendition, Path(), workshop)
        if has_errors(findings.kept):
            stop(findings)
        account = proved(made, rendition, proofs, workshop)
        every.append(Proved(made.path.name, made.artifact.data, account))
    return proofs, tuple(every)


def _of_file(
    order: ProofOrder, workshop: Workshop, findings: Findings
) -> tuple[Proofs, tuple[Proved, ...]]:
    """Prove a finished file against its book as it is now."""
    from octavo.inspection.completeness.account import Proved

    media = {f".{medium}": medium for medium in Medium}
    medium = media.get(order.path.suffix.lower())
    if medium is None:
        raise click.UsageError(f"{order.path} is neither an EPUB nor a PDF")
    folder = order.book or _book_of(order.path)
    proofs = proofs_of(Order(folder, None, medium, order.name, draft=False), workshop, findings)
    rendition = _rendition_of(order.path, proofs)
    data = order.path.read_bytes()
    account = prove(data, rendition, proofs.manuscript, workshop)
    return proofs, (Proved(order.path.name, data, account),)


def _book_of(file: Path) -> Path:
    """Return the book that a file was made of: the folder around it, or the one stood in."""
    for folder in (*file.resolve().parents[:2], Path()):
        if any((folder / place / BOOK_FILE).is_file() for place in ("", "manuscript")):
            return folder
    raise click.UsageError(f"no {BOOK_FILE} lies near {file}; name its folder: --book FOLDER")


def _rendition_of(file: Path, proofs: Proofs) -> Rendition:
    """Return the edition that a file is called after, or the only one of its kind."""
    title = proofs.project.metadata.title
    for rendition in proofs.renditions:
        if file.name == file_name(title, rendition.book.edition, draft=False):
            return rendition
    if len(proofs.renditions) == 1:
        return proofs.renditions[0]
    names = ", ".join(rendition.book.edition.name for rendition in proofs.renditions)
    raise click.UsageError(f"which edition is {file.name}? Add --edition and one of: {names}")


def _tell(one: Proved) -> None:
    from octavo.inspection.completeness.account import counted

    faults = len(one.account.faults)
    verdict = f"{faults} fault{'s' if faults != 1 else ''}" if faults else "nothing is missing"
    click.echo(f"{one.name}: {verdict}")
    for name, value in counted(one.account):
        click.echo(f"    {name:<16} {value}")


def _write_page(path: Path, proofs: Proofs, every: tuple[Proved, ...]) -> None:
    from octavo.inspection.completeness.report import page_of

    metadata = proofs.project.metadata
    try:
        write({path: page_of(metadata.title, metadata.language, every)})
    except OSError as problem:
        message = f"cannot write {path}: {problem.strerror}"
        raise click.ClickException(message) from problem
