"""What all tests share: little books, built as authors build them, and the golden option."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from octavo.cli import main
from octavo.diagnostics import in_order
from octavo.line import Workshop, prepare
from octavo.model import Medium
from octavo.store import Store

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Leaf, Rendition, Section

CHAPTER = "# The Only Chapter\n\nIt is short, but it is there.\n"


@dataclass(frozen=True, slots=True)
class Run:
    """What a command did: its exit code, and what it printed in all."""

    code: int
    said: str


@dataclass(frozen=True, slots=True)
class Proof:
    """One edition before it is bound, and what was found on the way."""

    rendition: Rendition
    findings: tuple[Diagnostic, ...]

    def section(self, name: str) -> Section:
        """Return a section by its id."""
        return self.rendition.book.section(name)

    def leaf(self, name: str) -> Leaf:
        """Return a leaf by its section's id."""
        return next(leaf for leaf in self.rendition.leaves if leaf.section.id == name)

    @property
    def codes(self) -> list[str]:
        """The codes of the findings, with their places, in order."""
        return [f"{each.location} {each.code}" for each in self.findings]


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

    def proof(self, medium: Medium = Medium.EPUB, *, draft: bool = False) -> Proof:
        """Take the book as far as it goes without being bound."""
        findings: list[Diagnostic] = []
        workshop = Workshop(Store(Path(os.environ["OCTAVO_CACHE"])), findings.append, UUID.strip())
        proofs = prepare(self.folder, lambda e: e.medium is medium, workshop, draft=draft)
        assert proofs is not None
        return Proof(proofs.renditions[0], in_order(findings))

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


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``: what comes out is written as what is expected; read the diff."""
    parser.addoption("--update-golden", action="store_true", help="accept what comes out")
