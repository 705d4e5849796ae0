"""Laws of the line's end: files whole or not at all, and what they are called."""

from __future__ import annotations

from pathlib import Path

import pytest

from octavo.diagnostics import Location
from octavo.line import LONGEST, file_name, no_edition, write
from octavo.model import Edition, Medium, Metadata, Project

EBOOK, PAPER = Edition("ebook", Medium.EPUB), Edition("paperback", Medium.PDF)
PROJECT = Project(Path("/b"), Path("/b"), None, Metadata("T"), (), (EBOOK, PAPER))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Giving Him Space: 7 Secrets (That Work!)", "giving-him-space-7-secrets-that-work"),
        ("Don't & Won’t", "dont-wont"),
        ("Über Größe, été", "uber-grosse-ete"),
        ("../../etc/passwd", "etc-passwd"),
        ("Война и мир", "book"),
        ("…!?", "book"),
        ("1984", "1984"),
        ("a" * 300, "a" * LONGEST),
    ],
)
def test_a_file_is_called_after_the_title_in_plain_letters(title: str, name: str) -> None:
    """A name holds letters, figures and hyphens that every shop and system takes."""
    assert file_name(title, EBOOK, draft=False) == f"{name}-ebook.epub"


def test_a_draft_never_has_the_name_of_a_book() -> None:
    """A draft says so in its name, so that it takes no book's place."""
    assert file_name("T", PAPER, draft=True) == "t-paperback-DRAFT.pdf"


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_files_are_written_whole_and_nothing_else_is_left(tmp_path: Path) -> None:
    """New folders are made, old files replaced, temporary ones gone."""
    out = tmp_path / "a" / "b"
    out.mkdir(parents=True)
    (out / "x").write_bytes(b"old")

    write({out / "x": b"new", out / "c" / "d" / "y": b"more"})

    assert (out / "x").read_bytes() == b"new"
    assert _files(out / "c" / "d") == {"y": b"more"}
    assert sorted(path.name for path in out.iterdir()) == ["c", "x"]


@pytest.mark.parametrize("mode", [0o600, 0o664])
def test_who_may_read_a_file_does_not_change(tmp_path: Path, mode: int) -> None:
    """A file keeps its mode, and a new one can be read by all."""
    (tmp_path / "x").write_bytes(b"old")
    (tmp_path / "x").chmod(mode)

    write({tmp_path / "x": b"new", tmp_path / "y": b"new"})

    assert (tmp_path / "x").stat().st_mode & 0o777 == mode
    assert (tmp_path / "y").stat().st_mode & 0o777 == 0o644


def test_no_file_is_replaced_before_all_are_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the second file cannot be finished, the first is still the old one."""
    (tmp_path / "x").write_bytes(b"old")
    done: list[int] = []

    def fail(_: int) -> None:
        done.append(1)
        if len(done) == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("octavo.line.os.fsync", fail)

    with pytest.raises(OSError, match="No space"):
        write({tmp_path / "x": b"new", tmp_path / "y": b"new"})
    assert _files(tmp_path) == {"x": b"old"}


def test_a_failure_half_way_leaves_whole_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If taking the second name fails, the first file is new, the second old; both are whole."""
    for name in "xy":
        (tmp_path / name).write_bytes(b"old")
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        if target.name == "y":
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)

    with pytest.raises(PermissionError):
        write({tmp_path / "x": b"new", tmp_path / "y": b"new"})
    assert _files(tmp_path) == {"x": b"new", "y": b"old"}


def test_a_folder_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    """A folder that cannot be made is an OSError, and what was there stays."""
    (tmp_path / "out").write_bytes(b"a file")

    with pytest.raises(OSError, match="out"):
        write({tmp_path / "out" / "x": b"new"})
    assert _files(tmp_path) == {"out": b"a file"}


def test_a_folder_with_a_files_name_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    """No file takes its name, and no folder is made, where one of the names is a folder's."""
    (tmp_path / "x").write_bytes(b"old")
    (tmp_path / "y").mkdir()
    files = {tmp_path / "x": b"new", tmp_path / "a" / "z": b"new", tmp_path / "y": b"new"}

    with pytest.raises(IsADirectoryError) as caught:
        write(files)
    assert caught.value.filename == str(tmp_path / "y")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x", "y"]
    assert (tmp_path / "x").read_bytes() == b"old"


def test_an_edition_that_is_not_there_is_named_with_those_that_are() -> None:
    """The hint offers editions of the kind that was asked for, and no others."""
    slip = no_edition(PROJECT, None, "paprback")
    wrong = no_edition(PROJECT, Medium.EPUB, "paperback")

    assert slip.hint == "did you mean “paperback”?"
    assert slip.location == Location("book.yaml")
    assert wrong.message == "there is no EPUB edition “paperback”"
    assert wrong.hint == "the EPUB editions are: ebook"


def test_a_kind_without_an_edition_says_how_to_have_one() -> None:
    """A book without print editions is told how to name one."""
    project = Project(Path("/b"), Path("/b"), None, Metadata("T"), (), (EBOOK,))

    assert (
        no_edition(project, Medium.PDF, "").hint == "add one to `editions`, such as {format: pdf}"
    )
