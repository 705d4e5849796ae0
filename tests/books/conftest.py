"""Little books: folders of a few files, built as an author builds them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from octavo.cli import main

CHAPTER = "# The Only Chapter\n\nIt is short, but it is there.\n"


@dataclass(frozen=True, slots=True)
class Run:
    """What a command did: its exit code, and what it printed in all."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class LittleBook:
    """A folder with a book in it."""

    folder: Path

    def add(self, **files: str | bytes) -> LittleBook:
        """Write files; underscores and double underscores in names are dots and slashes."""
        for key, text in files.items():
            path = self.folder / key.replace("__", "/").replace("_", ".")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return self

    def octavo(self, command: str, *options: str) -> Run:
        """Run a command on the folder."""
        result = CliRunner().invoke(main, [command, str(self.folder), *options])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return Run(result.exit_code, result.output)

    def made(self, suffix: str) -> bytes:
        """Return the one file made with that suffix."""
        (file,) = (self.folder / "out").glob(f"*.{suffix}")
        return file.read_bytes()


@pytest.fixture(scope="session", autouse=True)
def _one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the typefaces in one folder for all the tests, and out of the user's own cache."""
    before = os.environ.get("OCTAVO_CACHE")
    os.environ["OCTAVO_CACHE"] = before or str(tmp_path_factory.mktemp("cache"))
    yield
    if before is None:
        del os.environ["OCTAVO_CACHE"]


@pytest.fixture
def book(tmp_path: Path) -> LittleBook:
    """Return a folder with the smallest book.yaml and one chapter."""
    little = LittleBook(tmp_path / "book")
    return little.add(book_yaml="title: A Little Book\nidentifier: " + UUID, chapter_md=CHAPTER)


UUID = "urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
