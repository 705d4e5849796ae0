"""From a folder or a finished file to the account of its proof."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from octavo.cli.publishing import Made, Order, make, proofs_of, proved, stop, workshop_of
from octavo.cli.terminal import show
from octavo.diagnostics import Diagnostic, Location, has_errors, warning
from octavo.line import Findings, Proofs, Workshop, file_name, prove, write
from octavo.model import Medium
from octavo.project import BOOK_FILE

if TYPE_CHECKING:
    from octavo.inspection.completeness.account import Proved
    from octavo.model import Rendition


_PAGES = frozenset({".html", ".xhtml", ".htm"})
_OLDER = "the file is older than the manuscript, or was changed since: build the book again"


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
    if order.html is not None:
        _refuse_other(order.html)
    findings = Findings()
    workshop = workshop_of(findings)
    if order.path.is_file():
        proofs, every = _of_file(order, workshop, findings)
    else:
        proofs, every = _of_folder(order, workshop, findings)
    for one in every:
        for finding in one.account.findings():
            findings(_of_old_file(finding, order.path) if order.path.is_file() else finding)
    if order.html is not None:
        _write_page(order.html, proofs, every)
    show(findings.kept)
    for one in every:
        _tell(one)
    if has_errors(findings.kept):
        sys.exit(1)


def _refuse_other(page: Path) -> None:
    """Refuse to write a page over what is none: a chapter, a link, a folder."""
    is_new = not page.exists() and not page.is_symlink()
    is_page = page.is_file() and not page.is_symlink()
    if page.suffix.lower() not in _PAGES or not (is_new or is_page):
        raise click.UsageError(f"--html writes a page: name a file that ends in .html, not {page}")


def _of_old_file(finding: Diagnostic, file: Path) -> Diagnostic:
    """Return a fault of a file that was not just made: it need not be the press's."""
    if finding.code == "unreadable-file":
        return replace(finding, location=Location(str(file)))
    return replace(finding, hint=_OLDER)


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
        if (old := _differing(proofs.project.root / "out" / made.path.name, made)) is not None:
            findings(old)
        account = proved(made, rendition, proofs, workshop)
        every.append(Proved(made.path.name, made.artifact.data, account))
    return proofs, tuple(every)


def _differing(file: Path, made: Made) -> Diagnostic | None:
    """Return what to say of a file that lies ready to be sent, and is not what was proved."""
    if not file.is_file() or file.read_bytes() == made.artifact.data:
        return None
    message = "this file is not what the manuscript makes now, which alone was proved"
    return warning("older-file", message, Location(str(file)), "build the book again")


def _of_file(
    order: ProofOrder, workshop: Workshop, findings: Findings
) -> tuple[Proofs, tuple[Proved, ...]]:
    """Prove a finished file against its book as it is now."""
    from octavo.inspection.completeness.account import Proved

    media = {f".{medium}": medium for medium in Medium}
    medium = media.get(order.path.suffix.lower())
    if medium is None:
        raise click.UsageError(f"{order.path} is neither an EPUB nor a PDF")
    if "-DRAFT." in order.path.name:
        raise click.UsageError("a draft has faults that are known: build the book, and prove that")
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
