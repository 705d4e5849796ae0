"""The front door: ``nox -s book`` makes the book, bare ``nox`` proves that everything is right.

All sessions share one environment below ``.nox/``, installed from requirements.lock and nothing
else.  It is stamped with what it was made from, so that entering it costs nothing until one of
those changes.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import sys
from pathlib import Path

import nox

nox.needs_version = ">=2024.3.2"
nox.options.sessions = ["lint", "types", "tests", "book"]

ROOT = Path(__file__).resolve().parent
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
PYTHONS = ("3.13", "3.12", "3.11")


# --- The book -----------------------------------------------------------------------------------


@nox.session(python=False)
def book(session: nox.Session) -> None:
    """Make every edition of the book, and hold the EPUB to EPUBCheck."""
    _run(session, "octavo", "build", *session.posargs)
    _run(session, "octavo", "check", "--epub")


@nox.session(python=False)
def epub(session: nox.Session) -> None:
    """Make the EPUB."""
    _run(session, "octavo", "epub", *session.posargs)


@nox.session(python=False)
def pdf(session: nox.Session) -> None:
    """Make the print PDF."""
    _run(session, "octavo", "pdf", *session.posargs)


@nox.session(python=False)
def check(session: nox.Session) -> None:
    """Say what is wrong with the manuscript, and make nothing."""
    _run(session, "octavo", "check", *session.posargs)


# --- The press ----------------------------------------------------------------------------------


@nox.session(python=False)
def lint(session: nox.Session) -> None:
    """Look for faults of form: ruff, import-linter, codespell."""
    _run(session, "ruff", "check")
    _run(session, "ruff", "format", "--check")
    _run(session, "lint-imports")
    _run(session, "codespell")


@nox.session(python=False)
def types(session: nox.Session) -> None:
    """Hold the press, its tests and this file to mypy's strict rules."""
    _run(session, "mypy", *session.posargs)


@nox.session(python=False)
def tests(session: nox.Session) -> None:
    """Test the book and the press, but for what is slow; arguments go to pytest."""
    _run(session, "pytest", "-m", "not slow", *session.posargs)


@nox.session(python=False)
def long(session: nox.Session) -> None:
    """Run the slow tests, and try ten thousand new inputs at every door of the press.

    Arguments go to pytest, and then nothing new is tried.  The seed of a run is in its command.
    """
    _run(session, "pytest", "-m", "slow", *session.posargs)
    if not session.posargs:
        seed = f"--hypothesis-seed={secrets.randbelow(2**32)}"
        fuzzing = ("pytest", "tests/fuzz", "-m", "not slow", "--hypothesis-profile=long")
        _run(session, *fuzzing, seed)


@nox.session(python=False)
def golden(session: nox.Session) -> None:
    """Write what the tests now get into their expectations, and show what that changed."""
    _run(session, "pytest", "--update-golden", *session.posargs)
    session.run("git", "diff", "--stat", external=True)


@nox.session(reuse_venv=True)
def lock(session: nox.Session) -> None:
    """Make requirements.lock again, for every system and Python; ``-- --upgrade`` for newer."""
    session.install("uv==0.13.*")
    session.run(
        *("uv", "pip", "compile", PROJECT.name, "--group", "dev", "--output-file", LOCK.name),
        *("--universal", "--python-version", PYTHONS[-1], "--generate-hashes", "--no-config"),
        *("--custom-compile-command", "nox -s lock", "--quiet", *session.posargs),
    )
    strays = re.findall(r".*(?:://|--index|--extra-index|--find-links).*", LOCK.read_text("utf-8"))
    if strays:
        session.error(f"{LOCK.name} may name packages and hashes, but no place: {strays[0]}")


# --- The environment ----------------------------------------------------------------------------


def _run(session: nox.Session, program: str, *arguments: str) -> None:
    session.run(str(_program(_environment(session), program)), *arguments, external=True)


def _environment(session: nox.Session) -> Path:
    """Return the folder of the shared environment, made or mended first where it is not current."""
    python, version = _python(session)
    folder = ROOT / ".nox" / f"press-{version}"
    # Where it stands belongs to it: the environment's programs hold its path.
    packages = _digest(str(folder), LOCK.read_text("utf-8"))
    press = _digest(packages, PROJECT.read_text("utf-8"))
    if not (_program(folder, "python").exists() and _stamped(folder / "packages.stamp", packages)):
        _make(session, python, folder)
        (folder / "packages.stamp").write_text(packages, "utf-8")
    if not _stamped(folder / "press.stamp", press):
        _link(session, folder)
        (folder / "press.stamp").write_text(press, "utf-8")
    return folder


def _stamped(stamp: Path, mark: str) -> bool:
    """Tell whether a stamp bears a mark, and remove one that does not.

    A stamp is set when the work it stands for is done, and gone while that is being done again:
    an install that was interrupted is never taken for a whole one.
    """
    if stamp.exists() and stamp.read_text("utf-8") == mark:
        return True
    stamp.unlink(missing_ok=True)
    return False


def _python(session: nox.Session) -> tuple[str, str]:
    """Return a Python that the press runs on, and its version: nox's own, or one on the path."""
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    if own in PYTHONS:
        return sys.executable, own
    found = ((shutil.which(f"python{version}"), version) for version in PYTHONS)
    path, version = next((pair for pair in found if pair[0]), (None, ""))
    if path is None:
        session.error(f"Octavo runs on Python {', '.join(PYTHONS)}; here is only {own}")
    return path, version


def _make(session: nox.Session, python: str, folder: Path) -> None:
    """Install exactly what the lock says into a new environment, whatever stood there before."""
    session.log(f"Making {folder.relative_to(ROOT)} from {LOCK.name} (once)")
    session.run(python, "-m", "venv", "--clear", str(folder), external=True)
    _pip(session, folder, "--require-hashes", "--requirement", str(LOCK))


def _link(session: nox.Session, folder: Path) -> None:
    """Install the press itself in place: its version, its command, and where its source is."""
    _pip(session, folder, "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def _pip(session: nox.Session, folder: Path, *arguments: str) -> None:
    python = str(_program(folder, "python"))
    quiet = ("--quiet", "--disable-pip-version-check")
    # A pip set to install for the user would refuse to work in an environment.
    session.run(
        *(python, "-m", "pip", "install", *quiet, *arguments),
        external=True,
        env={"PIP_USER": "0"},
    )


def _program(folder: Path, name: str) -> Path:
    return folder / "Scripts" / f"{name}.exe" if os.name == "nt" else folder / "bin" / name


def _digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()
