"""Laws of the command line: exit codes, what is written where, and what is said."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from octavo.cli import main
from octavo.line import Findings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import LittleBook

BROKEN = "# A\n\nSee [it](#nowhere).\n"
NO_IDENTIFIER = "title: A Little Book\n"


def _tree(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return all files below a folder, with the times of their last change."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def _made(book: LittleBook) -> list[str]:
    return sorted(path.name for path in (book.folder / "out").iterdir())


@pytest.mark.parametrize(
    ("command", "options", "names"),
    [
        ("build", (), ["a-little-book-ebook.epub", "a-little-book-paperback.pdf"]),
        ("epub", (), ["a-little-book-ebook.epub"]),
        ("pdf", (), ["a-little-book-paperback.pdf"]),
        ("build", ("--edition", "ebook"), ["a-little-book-ebook.epub"]),
        ("epub", ("--draft",), ["a-little-book-ebook-DRAFT.epub"]),
    ],
)
def test_a_command_makes_what_it_says(
    book: LittleBook, command: str, options: tuple[str, ...], names: list[str]
) -> None:
    """A clean book gives the editions that were asked for, one line each, and code 0."""
    run = book.octavo(command, *options)

    assert run.code == 0
    assert _made(book) == names
    assert [name for name in names if name not in run.said] == []


def test_files_go_where_they_are_wanted(book: LittleBook, tmp_path: Path) -> None:
    """``--out`` names another folder, made if need be; the book's own is not touched."""
    run = book.octavo("epub", "--out", str(tmp_path / "shelf" / "new"))

    assert run.code == 0
    assert (tmp_path / "shelf" / "new" / "a-little-book-ebook.epub").is_file()
    assert not (book.folder / "out").exists()


def test_a_folder_that_cannot_be_written_is_said(book: LittleBook, tmp_path: Path) -> None:
    """A file in the place of the folder is told of in a sentence, with code 1."""
    (tmp_path / "shelf").write_text("a file")

    run = book.octavo("epub", "--out", str(tmp_path / "shelf" / "new"))

    assert run.code == 1
    assert "cannot write into" in run.said
    assert "Traceback" not in run.said


@pytest.mark.parametrize(
    ("command", "name", "words"),
    [
        ("build", "paprback", "did you mean “paperback”?"),
        ("epub", "paperback", "the EPUB editions are: ebook"),
    ],
)
def test_an_edition_that_is_not_there_is_an_error(
    book: LittleBook, command: str, name: str, words: str
) -> None:
    """A name that book.yaml does not have, or has for another kind, makes nothing."""
    run = book.octavo(command, "--edition", name)

    assert run.code == 1
    assert "[no-such-edition]" in run.said
    assert words in run.said
    assert not (book.folder / "out").exists()


@pytest.mark.parametrize(
    "arguments", [[], ["nonsense"], ["build", "no-such-folder"], ["check", "--draft"]]
)
def test_a_wrong_command_is_code_2(arguments: list[str]) -> None:
    """Code 2 is for commands that make no sense, whatever the book."""
    assert CliRunner().invoke(main, arguments).exit_code == 2


@pytest.mark.parametrize("text", ["# A\n\nText.\n", BROKEN])
@pytest.mark.parametrize("options", [(), ("--json",)])
def test_check_touches_no_file(book: LittleBook, text: str, options: tuple[str, ...]) -> None:
    """``check`` writes nothing, not even an identifier, whether the book is clean or not."""
    book.add(book_yaml=NO_IDENTIFIER, chapter_md=text)
    before = _tree(book.folder)

    run = book.octavo("check", *options)

    assert run.code == (1 if text == BROKEN else 0)
    assert _tree(book.folder) == before


def test_check_speaks_json(book: LittleBook) -> None:
    """``--json`` prints a list of findings and nothing else; a clean book has an empty one."""
    clean = json.loads(book.octavo("check", "--json").said)
    book.add(chapter_md=BROKEN)
    (finding,) = json.loads(book.octavo("check", "--json").said)

    assert clean == []
    assert (finding["code"], finding["severity"]) == ("dangling-link", "error")
    assert finding["location"] == {"file": "chapter.md", "line": 3}


def test_check_runs_epubcheck_only_when_asked(
    book: LittleBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """``--epub`` makes the EPUB elsewhere and asks EPUBCheck; without it nothing is bound."""
    seen: list[str] = []

    def clean(path: Path) -> tuple[()]:
        seen.append(path.suffix)
        return ()

    monkeypatch.setattr("octavo.inspection.epubcheck.epubcheck", clean)

    plain, asked = book.octavo("check"), book.octavo("check", "--epub")

    assert (plain.code, asked.code) == (0, 0)
    assert seen == [".epub"]
    assert not (book.folder / "out").exists()


def test_epubcheck_of_a_book_without_an_epub_is_an_error(book: LittleBook) -> None:
    """What was asked for and cannot be done is said."""
    book.add(book_yaml="title: T\neditions: {paperback: {format: pdf}}\n")

    run = book.octavo("check", "--epub")

    assert run.code == 1
    assert "book.yaml has no EPUB edition" in run.said


def test_an_identifier_is_written_once(book: LittleBook) -> None:
    """The first EPUB gives the book its identifier; every later one finds it there."""
    book.add(book_yaml=NO_IDENTIFIER)

    first = book.octavo("epub")
    text = (book.folder / "book.yaml").read_text()
    second = book.octavo("epub")

    assert (first.code, second.code) == (0, 0)
    assert re.findall(r"^identifier: urn:uuid:[0-9a-f-]{36}$", text, re.MULTILINE)
    assert (book.folder / "book.yaml").read_text() == text
    assert "[identifier-written]" in first.said
    assert "[identifier-written]" not in second.said


@pytest.mark.parametrize("text", ["# A\n\nText.\n", BROKEN])
def test_only_an_epub_that_is_made_asks_for_an_identifier(book: LittleBook, text: str) -> None:
    """Print needs no identifier, and a book with errors is not changed."""
    book.add(book_yaml=NO_IDENTIFIER, chapter_md=text)

    book.octavo("pdf" if text != BROKEN else "build")

    assert (book.folder / "book.yaml").read_text() == NO_IDENTIFIER


def test_a_book_that_cannot_be_given_its_identifier_is_told_what_to_write(
    book: LittleBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where book.yaml cannot be written, the line that it lacks is said, and nothing is made."""

    def fail(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    book.add(book_yaml=NO_IDENTIFIER)
    monkeypatch.setattr("octavo.cli.publishing.write", fail)

    run = book.octavo("epub")

    assert run.code == 1
    assert "identifier: urn:uuid:" in run.said
    assert not (book.folder / "out").exists()


def test_the_severity_is_coloured_and_not_the_file(book: LittleBook) -> None:
    """A file may be called as it likes: on a terminal, only the severity has a colour."""
    book.add(
        book_yaml='title: T\ncontents: ["error: no.md"]\n',
        **{"error: no_md": BROKEN},
    )
    (book.folder / "chapter.md").unlink()

    said = CliRunner().invoke(main, ["check", str(book.folder)], color=True).output

    assert "error: no.md:3: \x1b[31m\x1b[1merror:\x1b[0m the link" in said


def test_findings_are_kept_in_the_order_told() -> None:
    """The keeper of findings keeps all, and keeps nothing for another."""
    assert Findings().kept == []
    assert Findings().kept is not Findings().kept


# --- Proofs ---------------------------------------------------------------------------------------


def test_a_folder_is_proved_and_nothing_is_written(book: LittleBook, tmp_path: Path) -> None:
    """``prove`` shows the account of every edition, and writes only the page that was asked for."""
    page = tmp_path / "proof.html"

    run = book.octavo("prove", "--html", str(page))

    assert run.code == 0
    assert run.said.count("nothing is missing") == 2
    assert re.search(r"^ +pages +\d+$", run.said, re.MULTILINE)
    assert "Every block of the manuscript stands in this file" in page.read_text("utf-8")
    assert not (book.folder / "out").exists()


def test_a_page_of_an_account_is_written_over_no_other_file(book: LittleBook) -> None:
    """A slip of the hand does not cost a chapter."""
    before = _tree(book.folder)

    run = book.octavo("prove", "--html", str(book.folder / "chapter.md"))

    assert run.code == 2
    assert _tree(book.folder) == before


def test_an_old_file_is_told_from_its_manuscript(book: LittleBook) -> None:
    """A file that was made before a change is proved to be old, in both media."""
    book.octavo("build")
    book.add(chapter_md="# The Only Chapter\n\nIt is longer now, and it is here.\n")

    runs = [
        CliRunner().invoke(main, ["prove", str(file)])
        for file in sorted((book.folder / "out").iterdir())
    ]
    folder = book.octavo("prove")

    assert [run.exit_code for run in runs] == [1, 1]
    assert all("the file is older than the manuscript" in run.output for run in runs)
    assert all("text-changed" in run.output for run in runs)
    assert folder.said.count("older-file") == 2


def test_a_damaged_file_is_told_as_what_it_is(book: LittleBook) -> None:
    """No count of it is shown, and the place is the file."""
    book.octavo("pdf")
    (file,) = (book.folder / "out").iterdir()
    file.write_bytes(file.read_bytes()[:900])

    result = CliRunner().invoke(main, ["prove", str(file)])

    assert result.exit_code == 1
    assert f"{file}: error: the file cannot be read" in result.output
    assert "blocks" not in result.output
