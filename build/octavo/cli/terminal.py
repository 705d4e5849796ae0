"""What a person sees: findings in order, and what is being done just now."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from octavo.diagnostics import Diagnostic, Severity, as_json, as_text, in_order

if TYPE_CHECKING:
    from octavo.line import Progress

COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def show(findings: Iterable[Diagnostic], *, as_objects: bool = False) -> None:
    """Print findings once each: for a person on standard error, as JSON on standard output."""
    kept = in_order(findings)
    if as_objects:
        click.echo(json.dumps([as_json(finding) for finding in kept], indent=2))
        return
    for finding in kept:
        place = f"{finding.location}: "
        word = f"{finding.severity}:"
        coloured = click.style(word, fg=COLOURS[finding.severity], bold=True)
        # The place may hold the word too: a file can be called as it likes.
        rest = as_text(finding).removeprefix(place).removeprefix(word)
        click.echo(f"{place}{coloured}{rest}", err=True)


@contextmanager
def progress_of(name: str) -> Iterator[Progress]:
    """Show on a terminal what is being done for an edition; anywhere else say nothing."""
    if not sys.stderr.isatty():
        yield lambda _step, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name)

        def progress(step: str, done: int, total: int) -> None:
            bar.update(task, description=f"{name}: {step}", completed=done, total=total)

        yield progress
