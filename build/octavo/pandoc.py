"""The one door to Pandoc: a text in, what it makes of it out, nothing else touched.

The program is the one inside the ``pypandoc_binary`` wheel, so that its version is pinned with
the other dependencies; a Pandoc that happens to be installed on the machine is never used.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from octavo.store import Store, digest

Document = dict[str, Any]
"""Pandoc's own tree: ``pandoc-api-version``, ``meta`` and ``blocks``."""
TIMEOUT = 120.0
"""Seconds; a thousand citations take three."""
NOTHING_KEPT = Store()


class PandocError(Exception):
    """Pandoc gave no answer: a code for the finding, what happened, and what to do."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        """Keep the parts of a finding apart."""
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


@dataclass(frozen=True, slots=True)
class Answer:
    """What Pandoc said: the document, and its warnings in order."""

    document: Document
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A bibliography as Pandoc reads it: its CSL-JSON items, and its warnings in order."""

    items: list[dict[str, Any]]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A document as Pandoc writes it, and its warnings in order."""

    text: str
    warnings: tuple[str, ...] = ()


def program() -> Path:
    """Return the path of the Pandoc that came with ``pypandoc_binary``.

    Raises:
        PandocError: the package is not installed, or holds no program (``pypandoc`` without
            ``_binary`` is such a package).
    """
    spec = find_spec("pypandoc")
    folders = spec.submodule_search_locations if spec else None
    name = "pandoc.exe" if sys.platform == "win32" else "pandoc"
    for folder in folders or ():
        path = Path(folder) / "files" / name
        if path.is_file():
            return path
    raise _missing("the program “pandoc”, which renders citations and formulas, is not installed")


def run(
    document: Document, *options: str, timeout: float = TIMEOUT, store: Store = NOTHING_KEPT
) -> Answer:
    """Send a document through Pandoc once; ``timeout`` is in seconds.

    Raises:
        PandocError: Pandoc is missing, fails, or does not answer in time.
    """
    asked = json.dumps(document, ensure_ascii=False)
    said = _kept(asked, ("--from=json", "--to=json", *options), timeout, store)
    return Answer(_parsed(said.output), said.warnings)


def items(
    text: str, reader: str, *, timeout: float = TIMEOUT, store: Store = NOTHING_KEPT
) -> Items:
    """Return a bibliography as CSL-JSON items, in the order of the file.

    ``reader`` is what Pandoc calls its format: ``bibtex``, ``biblatex``, ``csljson``.

    Raises:
        PandocError: as for :func:`run`; ``pandoc-failed`` if it cannot read the text.
    """
    said = _kept(text, (f"--from={reader}", "--to=csljson"), timeout, store)
    return Items(_parsed(said.output), said.warnings)


def mathematics(
    document: Document, *, timeout: float = TIMEOUT, store: Store = NOTHING_KEPT
) -> Page:
    """Return a document as XHTML, its formulas as MathML; a warning tells of each that is not.

    Raises:
        PandocError: as for :func:`run`.
    """
    asked = json.dumps(document, ensure_ascii=False)
    options = ("--from=json", "--to=html", "--mathml", "--wrap=none")
    said = _kept(asked, options, timeout, store, check=str)
    return Page(said.output, said.warnings)


@dataclass(frozen=True, slots=True)
class _Said:
    output: str
    warnings: tuple[str, ...]


def _kept(
    asked: str,
    options: tuple[str, ...],
    timeout: float,
    store: Store,
    check: Callable[[str], object] | None = None,
) -> _Said:
    """Return what Pandoc says to a text; what it said before to the same is not asked again.

    What ``check`` raises at is no answer; without one, JSON is wanted.
    """

    def ask() -> bytes:
        said = _asked(asked, options, timeout)
        (check or _parsed)(said.output)  # what is no answer is not kept
        return json.dumps([said.output, said.warnings]).encode()

    program()  # without it, there is no version either
    key = digest("pandoc", _version(), *options, "\0", asked)
    output, warnings = json.loads(store.get(key, ask))
    return _Said(output, tuple(warnings))


@cache
def _version() -> str:
    """Return which Pandoc it is; it never changes while a program runs."""
    return version("pypandoc_binary")


def _asked(asked: str, options: tuple[str, ...], timeout: float) -> _Said:
    path = program()
    # The program's own folder as data folder keeps the user's templates, styles and filters out.
    command = [str(path), "--sandbox", f"--data-dir={path.parent}", *options]
    try:
        done = subprocess.run(
            command,
            input=asked.encode(),
            capture_output=True,
            check=False,
            timeout=timeout,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as problem:
        message = f"Pandoc was not ready after {timeout:g} seconds, and was stopped"
        hint = "build again when the machine is less busy"
        raise PandocError("pandoc-timeout", message, hint) from problem
    except OSError as problem:
        raise _missing(f"the program “pandoc” cannot be started: {problem.strerror}") from problem
    said = done.stderr.decode(errors="replace")
    if done.returncode:
        raise _failed(_without_content(said) or f"exit code {done.returncode}")
    return _Said(done.stdout.decode(errors="replace"), _warnings(said))


def _environment() -> dict[str, str]:
    # Nothing of the user's shell may change a book; Windows alone cannot start a program without
    # knowing its own folder.
    return {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if "SYSTEMROOT" in os.environ else {}


def _without_content(said: str) -> str:
    """Return a message with the content of data URLs, which Pandoc repeats whole, cut out."""
    return " ".join(re.sub(r"data:[\w.+/;=-]*,[A-Za-z0-9+/=]*", "(…)", said).split())


def _parsed(output: str) -> Any:
    try:
        return json.loads(output)
    except ValueError as problem:
        raise _failed("its answer is not JSON") from problem


def _warnings(said: str) -> tuple[str, ...]:
    """Return the warnings on standard error, each on one line."""
    messages = said.split("[WARNING]")
    return tuple(" ".join(message.split()) for message in messages if message.strip())


def _missing(message: str) -> PandocError:
    return PandocError("pandoc-missing", message, "run: pip install pypandoc_binary")


def _failed(reason: str) -> PandocError:
    hint = "look for an entry with an unusual value in the references"
    return PandocError("pandoc-failed", f"the program “pandoc” stopped: {reason}", hint)
