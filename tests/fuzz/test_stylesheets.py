"""The stylesheet of a book's own: whatever it says, a file is made of it, or its author is told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.fuzz.conftest import fuzzed, patience, unsound, wounded_text
from tests.fuzz.grammar import ROOT

from octavo.diagnostics import has_errors
from octavo.line import Workshop, prepare
from octavo.model import Image, Medium
from octavo.press import epub
from octavo.rendition import templates
from octavo.store import Store

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Rendition

SAMPLES = (
    *(path.read_text("utf-8") for path in sorted((ROOT / "templates").glob("*.css"))),
    "@media print { p { margin: 1in 2em; color: #123 } }\n.a::before { content: '\\201C' }\n",
)
PIECES = (
    *(
        "@import 'a.css';",
        "@import url(a.css);",
        "url(a.png)",
        "url('data:image/png,x')",
        "src('x')",
    ),
    *("@font-face { font-family: a; src: url(a.ttf) }", "@charset 'x';", "@namespace a url(b);"),
    *("@page { size: 1e999in NaNpt; margin: -9e9px }", "calc(1px/0)", "calc(infinity*1px)", "NaN"),
    *("width: 99999999999999999999in;", "font-size: -1px;", "z-index: 1e400;", "content: attr(x);"),
    *("{", "}", "(", ")", "[", "]", "'", '"', "/*", "*/", "<!--", "-->", "\\", "\\110000 ", "\\0 "),
    *(";", ":", ",", "!important", "@", "#", "u+0-10ffff", "var(--a)", "--a: var(--a);", "\x00"),
    *("display: grid; position: fixed; float: footnote;", "*{all:unset}", ":is(:not(a))", "\ud7ff"),
    *("(" * 2000, "{" * 2000, "a{" * 500, "[" * 2000, ":not(" * 500, "calc(" * 500, "9" * 5000),
)
UUID = "urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
COVER = Image("cover.png", "image/png", 1, 1, b"")

SHEETS = wounded_text(SAMPLES, PIECES) | st.lists(st.sampled_from(PIECES)).map("".join)


@dataclass(frozen=True, slots=True, repr=False)
class Book:
    """A little book's folder, and its EPUB before it is bound."""

    folder: Path
    rendition: Rendition


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Return a little book without a stylesheet of its own."""
    folder = tmp_path_factory.mktemp("book")
    (folder / "book.yaml").write_text("title: T\nidentifier: " + UUID)
    (folder / "chapter.md").write_text("# One\n\nText.\n")
    workshop = Workshop(Store(folder / "store"), lambda _: None)
    proofs = prepare(folder, lambda edition: edition.medium is Medium.EPUB, workshop)
    assert proofs is not None
    (folder / "templates").mkdir()
    return Book(folder, proofs.renditions[0])


@fuzzed
@given(css=SHEETS)
@example(css="(" * 5000)
@example(css="a{" * 5000)
@example(css="p{width:" + "9" * 5000)
@example(css="p{margin:1e400px}")
@example(css="\fp{}@import url(a.css);")
def test_any_stylesheet_is_bound_or_its_author_told(book: Book, css: str) -> None:
    """No stylesheet breaks the press, and none that asks for files goes into an EPUB untold."""
    findings: list[Diagnostic] = []
    own = book.folder / "templates"
    (own / "book.css").write_bytes(css.encode())

    with patience():
        texts = templates.load(own, book.folder, findings.append).texts
        sheets = (
            ((*book.rendition.stylesheets, ("book", texts["book.css"])),)
            if "book.css" in texts
            else ()
        )
        artifacts = [
            epub.bind(replace(book.rendition, stylesheets=each), (), COVER, findings.append)
            for each in sheets
        ]

    assert artifacts or has_errors(findings)
    assert unsound(findings, {"templates/book.css": css}) == []
