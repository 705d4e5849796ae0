"""Laws of the design's templates and of those that a book lays over them."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from octavo.matter import GENERATED
from octavo.model import Medium
from octavo.rendition import templates

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.diagnostics import Diagnostic

ROOT = Path(__file__).parents[2]


def _fail(finding: object) -> None:
    pytest.fail(str(finding))


def _load(folder: Path) -> tuple[templates.Templates, list[tuple[str, str]]]:
    findings: list[Diagnostic] = []
    loaded = templates.load(folder / "templates", folder, findings.append)
    return loaded, [(str(finding.location), finding.code) for finding in findings]


def test_the_design_has_all_that_the_press_asks_for() -> None:
    """Every stylesheet of both media, the opening, and the cover come with the press."""
    design = templates.load(None, ROOT, _fail)

    asked = {name for names in templates.STYLESHEETS.values() for name in names}
    assert asked | {"opening.xhtml", "cover.xhtml", "cover.css"} <= set(design.texts)
    assert {f"{page}.xhtml" for page in GENERATED} & set(design.texts)


def test_a_books_own_file_takes_the_place_of_the_designs(book: LittleBook) -> None:
    """A file of the same name wins, in itself whole; the rest stays, and findings name the file."""
    book.add(templates__opening_xhtml="<p>own</p>")

    loaded, findings = _load(book.folder)

    assert loaded.texts["opening.xhtml"] == "<p>own</p>"
    assert "title-page.xhtml" in loaded.texts
    assert str(loaded.location("opening.xhtml", 3)) == "templates/opening.xhtml:3"
    assert findings == []


@pytest.mark.parametrize("medium", list(Medium))
def test_a_books_own_style_comes_last_in_both_editions(book: LittleBook, medium: Medium) -> None:
    """``book.css`` alone is enough, and it stands after the design's own sheets."""
    book.add(templates__book_css="p { color: red }")

    sheets = book.proof(medium).rendition.stylesheets

    assert sheets[-1] == ("book", "p { color: red }")
    assert [name for name, _ in sheets[:-1]] == [
        name.removesuffix(".css") for name in templates.STYLESHEETS[medium]
    ]


def test_a_page_without_a_template_may_be_given_one(book: LittleBook) -> None:
    """A book may lay out its index itself; the page's own content is its ``body``."""
    book.add(
        book_yaml="title: T\ncontents: [chapter.md, index]\n",
        chapter_md="# A\n\n[a]{.index}\n",
        templates__index_xhtml='<div class="mine">{{ body }}</div>',
    )

    proof = book.proof()

    assert proof.codes == []
    assert "mine" in repr(proof.leaf("index").content)


def test_a_template_that_nothing_asks_for_is_told_of(book: LittleBook) -> None:
    """A misspelt name would be without effect, so it is a warning with the nearest name."""
    book.add(templates__openning_xhtml="x", templates__extra_css="p {}", templates__notes_txt="x")

    _, findings = _load(book.folder)

    assert findings == [
        ("templates/extra.css", "unused-template"),
        ("templates/openning.xhtml", "unused-template"),
    ]
    assert book.proof().findings[1].hint == "did you mean “opening.xhtml”?"


def test_a_byte_order_mark_is_no_text(book: LittleBook) -> None:
    """Editors on Windows write one; a stylesheet's first rule must not begin with it."""
    book.add(templates__book_css=b"\xef\xbb\xbfp { margin: 0 }\r\n")

    loaded, _ = _load(book.folder)

    assert loaded.texts["book.css"] == "p { margin: 0 }\n"


def test_what_cannot_be_read_is_told_of_and_the_designs_own_used(book: LittleBook) -> None:
    """Bytes that are no UTF-8, links that lead out or nowhere, and folders are errors."""
    book.add(templates__opening_xhtml=b"caf\xe9")
    outside = book.folder.parent / "outside.css"
    outside.write_text("p {}")
    own = book.folder / "templates"
    (own / "book.css").symlink_to(outside)
    (own / "print.css").symlink_to("print.css")
    (own / "epub.css").mkdir()
    (own / "cover.css").symlink_to("nothing.css")

    loaded, findings = _load(book.folder)

    assert findings == [
        ("templates/book.css", "outside-the-book"),
        ("templates/cover.css", "unreadable-template"),
        ("templates/epub.css", "unreadable-template"),
        ("templates/opening.xhtml", "not-utf8"),
        ("templates/print.css", "unreadable-template"),
    ]
    assert loaded == templates.load(None, book.folder, _fail)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes among its files")
def test_a_pipe_is_not_opened(book: LittleBook) -> None:
    """What would be waited for without end is an error instead."""
    book.add(templates__book_css="p {}")
    os.mkfifo(book.folder / "templates" / "print.css")

    loaded, findings = _load(book.folder)

    assert findings == [("templates/print.css", "unreadable-template")]
    assert loaded.texts["book.css"] == "p {}"


def test_a_template_may_not_be_too_large(book: LittleBook) -> None:
    """A file of more bytes than any template has is not read."""
    book.add(
        templates__book_css=b" " * templates.LARGEST,
        templates__print_css=b" " * (templates.LARGEST + 1),
    )

    loaded, findings = _load(book.folder)

    assert findings == [("templates/print.css", "large-template")]
    assert set(loaded.files) == {"book.css"}


def test_a_folder_of_templates_outside_the_book_is_not_read(book: LittleBook) -> None:
    """A link from a book to a folder elsewhere is refused, and nothing of it used."""
    outside = book.folder.parent / "outside"
    outside.mkdir()
    (outside / "book.css").write_text("p { color: red }")
    (book.folder / "templates").symlink_to(outside)

    proof = book.proof(draft=True)

    assert proof.codes == ["templates outside-the-book"]
    assert "book" not in dict(proof.rendition.stylesheets)
