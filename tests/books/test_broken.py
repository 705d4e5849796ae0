"""Broken manuscripts: every mistake named with its place and a hint, and nothing written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pypdfium2
import pytest
from click.testing import CliRunner

from octavo.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import LittleBook

TITLE = "title: A Little Book\n"
CHAPTERS = TITLE + "contents: [chapter.md, second.md]\n"
GOOD = "# Second\n\nText.\n"
PNG_CUT_SHORT = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"\x00" * 8

BROKEN: dict[str, tuple[dict[str, str | bytes], tuple[str, ...]]] = {
    "a file that is not there": (
        {"book_yaml": TITLE + "contents: [chapter.md, chaptr-2.md]\n"},
        ("book.yaml:2: error:", "chaptr-2.md", "[missing-file]"),
    ),
    "a misspelt key": (
        {"book_yaml": TITLE + "langauge: en\n"},
        ("book.yaml:2: error:", "langauge", "did you mean “language”?", "[unknown-key]"),
    ),
    "unreadable YAML": (
        {"book_yaml": TITLE + "contributors: [\n"},
        ("book.yaml:", "error:", "[bad-yaml]"),
    ),
    "an unknown language": (
        {"book_yaml": TITLE + "language: xx-Nowhere\n"},
        ("book.yaml:2: error:", "[unknown-language]"),
    ),
    "a picture that is none": (
        {"chapter_md": "# One\n\n![A cat](cat.png)\n", "cat_png": PNG_CUT_SHORT},
        ("chapter.md:3: error:", "cat.png"),
    ),
    "a picture that is not there": (
        {"chapter_md": "# One\n\nText.\n\n![A cat](cat.png)\n"},
        ("chapter.md:5: error:", "cat.png"),
    ),
    "raw HTML that is not well-formed": (
        {"chapter_md": "# One\n\nText.\n\n<div>\n<p>open\n</div>\n"},
        ("chapter.md:7: error:", "[malformed-html]"),
    ),
    "one name for two places": (
        {
            "book_yaml": CHAPTERS,
            "chapter_md": "# One\n\n## Here {#here}\n\nText.\n",
            "second_md": "# Two\n\n## There {#here}\n\nText.\n",
        },
        ("second.md:3: error:", "chapter.md:3", "[duplicate-id]"),
    ),
    "a link that leads nowhere": (
        {"chapter_md": "# One\n\n## Here {#here}\n\nSee [it](#heer).\n"},
        ("chapter.md:5: error:", "did you mean “here”?", "[dangling-link]"),
    ),
    "an empty chapter": (
        {"book_yaml": CHAPTERS, "second_md": "\n\n"},
        ("second.md", "error:", "[empty-section]"),
    ),
    "a file that is not UTF-8": (
        {"chapter_md": b"# One\n\nText.\n\nCaf\xe9.\n"},
        ("chapter.md:5: error:", "UTF-8", "[not-utf8]"),
    ),
    "a citation of nothing": (
        {
            "book_yaml": TITLE + "references: refs.json\n",
            "refs_json": '[{"id": "austen1813", "type": "book", "title": "Pride"}]',
            "chapter_md": "# One\n\nSo it is said [@austin1813].\n",
        },
        ("chapter.md:3: error:", "did you mean “austen1813”?", "[undefined-key]"),
    ),
    "a note that is not written": (
        {"chapter_md": "# One\n\nText.[^a]\n"},
        ("chapter.md:3: error:", "[undefined-note]"),
    ),
    "a file outside the book": (
        {"book_yaml": TITLE + "contents: [chapter.md, ../../etc.md]\n"},
        ("book.yaml:2: error:", "[outside-the-book]"),
    ),
    "a role that is none": (
        {"chapter_md": "---\nrole: prefase\n---\n# One\n\nText.\n"},
        ("chapter.md", "did you mean “preface”?", "[unknown-role]"),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_named_with_place_and_hint_and_nothing_is_written(
    book: LittleBook, name: str
) -> None:
    """Every mistake is an error with file, line and code; the command fails; no file appears."""
    files, expected = BROKEN[name]
    book.add(**files)

    run = book.octavo("build")

    assert run.code == 1
    assert [words for words in expected if words not in run.said] == []
    assert "nothing was written" in run.said
    assert not (book.folder / "out").exists()


def test_one_run_shows_every_mistake(book: LittleBook) -> None:
    """Mistakes in three files are all told at once, in the order of files and lines."""
    book.add(
        book_yaml=CHAPTERS + "langauge: en\n",
        chapter_md="# One\n\nSee [it](#nowhere).\n\n![No](no.png)\n",
        second_md="# Two\n\nText.[^a]\n",
    )

    run = book.octavo("check")

    codes = ["unknown-key", "dangling-link", "missing-image", "undefined-note"]
    assert run.code == 1
    assert [code for code in codes if f"[{code}]" not in run.said] == []


def test_a_failed_build_leaves_the_last_good_book(book: LittleBook) -> None:
    """After a mistake, the files of the last good build are there, to the byte."""
    assert book.octavo("build").code == 0
    before = {path: path.read_bytes() for path in (book.folder / "out").iterdir()}

    book.add(chapter_md="# One\n\nSee [it](#nowhere).\n")

    assert book.octavo("build").code == 1
    assert {path: path.read_bytes() for path in (book.folder / "out").iterdir()} == before


def test_a_draft_is_made_in_spite_of_mistakes_and_says_so(book: LittleBook) -> None:
    """A draft has files of its own name, with each fault marked in place."""
    book.add(chapter_md="# One\n\nSee [it](#nowhere).\n")

    run = book.octavo("build", "--draft")

    names = sorted(path.name for path in (book.folder / "out").iterdir())
    assert run.code == 1
    assert "not for release" in run.said
    assert names == ["a-little-book-ebook-DRAFT.epub", "a-little-book-paperback-DRAFT.pdf"]


@pytest.mark.parametrize("arguments", [["nonsense"], ["build", "--nonsense"]])
def test_a_wrong_command_is_told_from_a_wrong_book(arguments: list[str]) -> None:
    """Exit code 2 says that the command was wrong; 1 is kept for books with errors."""
    result = CliRunner().invoke(main, arguments)

    assert result.exit_code == 2


def test_a_folder_without_a_book_says_what_the_smallest_book_is(tmp_path: Path) -> None:
    """A folder without book.yaml is told what to write into one."""
    result = CliRunner().invoke(main, ["check", str(tmp_path)])

    assert result.exit_code == 1
    assert "title:" in result.output


def test_a_character_without_a_shape_is_found_before_a_page_is_set(book: LittleBook) -> None:
    """``check`` finds what print would refuse, with its line; a draft marks the place."""
    book.add(chapter_md="# One\n\nSnow: ☃ and\nmore ☃.\n")

    checked = book.octavo("check")
    draft = book.octavo("pdf", "--draft")

    assert checked.code == 1
    assert "chapter.md:3: error:" in checked.said
    assert "“☃” (U+2603)" in checked.said
    assert draft.code == 1
    with pypdfium2.PdfDocument(book.made("pdf")) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
    assert text.count("U+2603") == 2


def test_a_failed_build_writes_no_identifier(book: LittleBook) -> None:
    """Where nothing is written, book.yaml is not written either."""
    book.add(book_yaml=TITLE, chapter_md="# One\n\nSee [it](#nowhere).\n")

    run = book.octavo("build")

    assert run.code == 1
    assert (book.folder / "book.yaml").read_text("utf-8") == TITLE


def test_a_reference_may_name_an_address_that_no_book_links_to(book: LittleBook) -> None:
    """An address of an old kind is printed as it is: no link, and no complaint about one."""
    book.add(
        book_yaml=TITLE + "references: refs.json\n",
        refs_json='[{"id": "a", "type": "webpage", "title": "X", "URL": "ftp://example.org/x"}]',
        chapter_md="# One\n\nSee [@a].\n",
    )

    run = book.octavo("check")

    assert (run.code, run.said) == (0, "No errors.\n")
