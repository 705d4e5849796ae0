"""The command line: ``octavo build | epub | pdf | check [FOLDER]``, ``octavo prove [PATH]``.

The only room that prints, reads the clock and the environment, or makes up an identifier.
Exit codes: 0 the book is clean, 1 the book has errors, 2 the command was wrong.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from octavo.cli.proving import ProofOrder, prove_files
from octavo.cli.publishing import Order, publish, run_epubcheck, workshop_of
from octavo.cli.terminal import show
from octavo.diagnostics import has_errors
from octavo.line import Findings, prepare
from octavo.model import Medium

FOLDER = click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path()
)
OUT = click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="Where the files go."
)
DRAFT = click.option(
    "--draft", is_flag=True, help="Make the book although it has errors, marked as a draft."
)
EDITION = click.option("--edition", "name", default="", help="Only this edition of book.yaml.")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="octavo", prog_name="octavo")
def main() -> None:
    """Turn a folder of Markdown into a finished book: an EPUB and a print-ready PDF.

    FOLDER holds book.yaml, or has a `manuscript` folder that does; without it, this folder is
    meant.
    """


@main.command()
@FOLDER
@OUT
@EDITION
@DRAFT
def build(folder: Path, out: Path | None, name: str, *, draft: bool) -> None:
    """Make every edition that book.yaml names."""
    publish(Order(folder, out, None, name, draft))


@main.command()
@FOLDER
@OUT
@EDITION
@DRAFT
def epub(folder: Path, out: Path | None, name: str, *, draft: bool) -> None:
    """Make the EPUB editions."""
    publish(Order(folder, out, Medium.EPUB, name, draft))


@main.command()
@FOLDER
@OUT
@EDITION
@DRAFT
def pdf(folder: Path, out: Path | None, name: str, *, draft: bool) -> None:
    """Make the print editions."""
    publish(Order(folder, out, Medium.PDF, name, draft))


@main.command()
@FOLDER
@click.option("--epub", "with_epubcheck", is_flag=True, help="Make the EPUB, and run EPUBCheck.")
@click.option("--json", "as_objects", is_flag=True, help="Print the findings as JSON.")
def check(folder: Path, *, with_epubcheck: bool, as_objects: bool) -> None:
    """Look for mistakes in the manuscript, and write nothing."""
    findings = Findings()
    workshop = workshop_of(findings)
    proofs = prepare(folder, lambda _: True, workshop)
    if with_epubcheck and proofs and not has_errors(findings.kept):
        run_epubcheck(proofs, workshop, findings)
    show(findings.kept, as_objects=as_objects)
    if has_errors(findings.kept):
        sys.exit(1)
    if not as_objects:
        click.echo("No errors.")


@main.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True), default=Path())
@click.option(
    "--book", type=click.Path(path_type=Path, file_okay=False), help="The book of the file PATH."
)
@click.option("--html", type=click.Path(path_type=Path), help="Write the account as a page.")
@EDITION
def prove(path: Path, book: Path | None, html: Path | None, name: str) -> None:
    """Prove that the EPUB and the PDF hold every word of the manuscript, and show the account.

    PATH is a book's folder, whose editions are made and proved, or a finished file, which is
    held against the manuscript as it is now.
    """
    prove_files(ProofOrder(path, book, name, html))
