"""The press works from its wheel alone, with no source beside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]

LIST_TEMPLATES = """
from importlib.resources import files
import octavo
print(octavo.__file__)
print(*sorted(file.name for file in files("octavo").joinpath("templates").iterdir()))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a wheel built from this repository, without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    _run(ROOT, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder))
    return next(folder.glob("octavo-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that holds the installed wheel and nothing else."""
    folder = tmp_path_factory.mktemp("installed")
    options = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
    _run(folder, "-m", "pip", "install", *options, "--target", str(folder), str(wheel))
    return folder


def test_wheel_holds_the_sources(wheel: Path) -> None:
    """The wheel holds every file of the package and of the templates, and no other."""
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("octavo/")}

    sources = {f"octavo/{name}" for name in _files(ROOT / "build" / "octavo")}
    templates = {f"octavo/templates/{name}" for name in _files(ROOT / "templates")}

    assert packed == sources | templates


def test_wheel_brings_its_templates(installed: Path) -> None:
    """The installed press is found, with its templates, where there is no repository."""
    printed = _run(installed, "-c", LIST_TEMPLATES, path=installed).splitlines()

    assert Path(printed[0]).is_relative_to(installed)
    assert printed[1].split() == sorted(file.name for file in (ROOT / "templates").iterdir())


def test_wheel_brings_its_command(installed: Path) -> None:
    """The command of the installed press says its version."""
    start = "import sys; from octavo.cli import main; sys.exit(main())"

    printed = _run(installed, "-c", start, "--version", path=installed)

    assert "0.1.0" in printed


def _run(folder: Path, *arguments: str, path: Path | None = None) -> str:
    """Run this Python in a folder, importing from ``path`` first, and return what it prints."""
    # What PYTHONPATH names comes before the environment, and so before this very repository.
    environment = os.environ | ({"PYTHONPATH": str(path)} if path else {})
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _files(folder: Path) -> Iterator[str]:
    for file in folder.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            yield file.relative_to(folder).as_posix()
