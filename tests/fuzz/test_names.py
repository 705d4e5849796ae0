"""Names of files, as the text writes them: what is read lies in the book, or its author is told."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.fuzz.conftest import fuzzed, patience, unsound

from octavo.diagnostics import Location
from octavo.manuscript.folder import Folder
from octavo.manuscript.pictures import name_of

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="makes symbolic links")

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic

STEPS = (
    *("..", ".", "", "a.png", "images", "b.png", "link", "loop", "~", "~root", "C:", "file:", "*"),
    *("**", "[a", "a.**", "a.[", "a.png ", "a.png.", "con", "\x00", "\ud800", "é.png"),
    *("e\u0301.png", "image", "a.jpg", "$HOME", "-", "?", "#", "a.png?x", "x" * 300, "\u2028"),
    *("%2e%2e", "%00", "%ff", "%2F", "\u202e", "\ufeff"),
)
NAMES = st.builds(
    lambda steps, sign, root: root + sign.join(steps),
    st.lists(st.sampled_from(STEPS) | st.text(max_size=4), max_size=6),
    st.sampled_from(["/", "\\", "%2f", "//"]),
    st.sampled_from(["", "/", "//", "\\\\", "file:///"]),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return a folder whose files say that they are in it, beside one that does not."""
    home = tmp_path_factory.mktemp("home")
    (home / "a.png").write_text("outside", "utf-8")
    book = home / "book"
    (book / "images").mkdir(parents=True)
    for name in ("a.png", "images/b.png", "images/\xe9.png"):
        (book / name).write_text("inside", "utf-8")
    (book / "link").symlink_to(home, target_is_directory=True)
    (book / "loop").symlink_to(book / "loop")
    return Folder(book.resolve(), home.resolve())


@fuzzed
@given(NAMES, st.sampled_from(["one.md", "texts/one.md", "a/b/../one.md"]))
@example("a.**", "one.md")
@example("loop/%00", "one.md")
@example(quote("../../a.png", safe=""), "texts/one.md")
def test_any_name_is_of_a_file_in_the_book_or_its_author_told(
    folder: Folder, written: str, source: str
) -> None:
    """What a name brings is a file of the book; where it brings nothing, one complaint says so."""
    findings: list[Diagnostic] = []

    with patience():
        name = name_of(source, written)
        content = folder.read(name, "image", Location(source, 1), findings.append)

    assert unsound(findings, {source: "![a]()"}) == []
    assert (content == b"inside") is (findings == [])
    assert content in {None, b"inside"}
