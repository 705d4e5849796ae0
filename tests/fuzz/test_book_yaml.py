"""book.yaml: whatever stands in it, a project comes of it, or its author is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.fuzz.conftest import fuzzed, patience, unsound, wounded

from octavo import manuscript
from octavo.diagnostics import has_errors
from octavo.project import load, with_identifier, yamltext

if TYPE_CHECKING:
    from pathlib import Path

    from octavo.diagnostics import Diagnostic

IDENTIFIER = "urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e"
FILES = {
    "preface.md": "# Preface\n\nText.\n",
    "one.md": "# One\n\nText.\n",
    "texts/two.md": "---\ntitle: Two\n---\nText.\n",
    "note.md": "All rights.\n",
    "refs.json": '[{"id": "a", "title": "T"}]',
    "cover.svg": '<svg xmlns="http://www.w3.org/2000/svg"/>',
}
SAMPLES = tuple(
    text.encode()
    for text in (
        (
            "title: A\nsubtitle: 'B: C'\ncontributors: [{name: Jane, role: author, sort: Doe}]\n"
            "language: en-GB\ndate: 2026-11-22\nrights: © 2026\npublisher: P\nplace: Q\n"
            f"identifier: {IDENTIFIER}\nsubjects: [a, b]\ndescription: >-\n  long\n  text\n"
            "keywords: k\nseries: {name: S, number: 2}\nedition: 2nd\nversion: '1'\nprinting: 1st\n"
            "cover: cover.svg\ncopyright-note: note.md\nreferences: refs.json\n"
            "citations: {style: apa}\nlabels: {part: Book, chapter: '', appendix: none}\n"
            "contents:\n  front: [half-title, title-page, copyright, contents, preface.md]\n"
            "  body:\n    - part: one.md\n      chapters: [texts/two.md]\n  back: [notes, index]\n"
            "editions:\n  ebook: {format: epub, isbn: 978-0-306-40615-7}\n"
            "  paperback: {format: pdf, trim: 5.5x8.5in, paper: cream}\n"
        ),
        "\ufefftitle: A\r\ncontents:\r\n- one.md\r\n- texts/two.md\r\n",
        '{"title": "A", "editions": {"e": {"format": "epub"}}}\n',
        "# a remark\n---\ntitle: A #1\ncontributors: Jane Doe\n...\n",
    )
)
KEYS = (
    *("title", "subtitle", "contributors", "language", "date", "rights", "identifier", "subjects"),
    *("series", "cover", "copyright-note", "references", "citations", "labels", "contents"),
    *("editions", "name", "role", "sort", "number", "style", "part", "chapter", "chapters"),
    *("front", "body", "back", "format", "isbn", "trim", "paper", "ebook", "", "titel", "[a]", "~"),
    *("<<", "·plain", "·group", "[key]", "0", "__class__", "É", "x" * 300),
)
SCALARS = (
    *("~", "null", "", "yes", "1984", "1e999", ".nan", "0x1F", "1_000", "2026-11-22", "2026-02-30"),
    *("9999999-99-99", "٢٠٢٦-١١-٢٢", "en", "xx-Nowhere", "en_US", "EN-gb-oxendict", "i-klingon"),
    *("x-a", "root", "5.5x8.5in", "1e9x1in", "٥x٨in", "9" * 400 + "x8in", "a5", "epub", "pdf"),
    *("978-0-306-40615-7", "٩٧٨٠٣٠٦٤٠٦١٥٧", "080442957X", "isbn", IDENTIFIER, "urn:uuid:{}"),
    *("one.md", "texts/two.md", "no.md", "../x.md", "/etc/passwd", "C:\\x.md", "\\\\a\\b.md"),
    *("~/x.md", "./one.md", "one.md/", "texts", "%2e%2e/x.md", "file:///x.md", "a/../one.md", "."),
    *("**.md", "[.md", "a" * 300 + ".md", "notes", "index", "cover.svg", "refs.json", "a.bib"),
    *("apa", "../apa", "author", "none", "cream", "'a\\b'", "'{0}'", "'%s'", "“A”", "a #b", "- a"),
    *(
        '"\\ud83d\\ude00"',
        '"\\0"',
        '"\\u202e"',
        '"\\u2028"',
        "\u2028",
        "\x85",
        "\u200b",
        "é",
        "e\u0301",
    ),
    *("&a 1", "*a", "!!int 1", "!!python/name:os.system x", "!t", "|\n  x", ">-\n  x", "@a", "`a"),
)
VALUES = st.recursive(
    st.sampled_from(SCALARS),
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=4).map(
            lambda group: f"{{{', '.join(f'{key}: {value}' for key, value in group.items())}}}"
        )
    ),
    max_leaves=8,
)
LINES = st.builds("{}: {}\n".format, st.sampled_from(KEYS), VALUES)
WRITTEN = st.lists(LINES, max_size=8).map("".join)
PIECES = (
    *(f"\n{key}: ".encode() for key in KEYS),
    *(scalar.encode() for scalar in SCALARS),
    *(b"[" * 50, b"{a: " * 50, b"&a [*a]", b"<<: *a\n", b"\n  ", b"\n- ", b"\t", b"\r", b"\x00"),
    *(b"%YAML 1.1\n---\n", b"%TAG ! tag:x,2000:\n", b"\xff", b"\xef\xbb\xbf", b": ", b"? ", b"..."),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with everything of a book but its book.yaml."""
    home = tmp_path_factory.mktemp("book")
    for name, text in FILES.items():
        path = home / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return home


@fuzzed
@given(
    written=wounded(SAMPLES, PIECES)
    | WRITTEN.map(str.encode)
    | WRITTEN.map(lambda text: f"title: T\n{text}".encode())
)
@example(written="title: T\n·plain: ~\n".encode())
@example(written=b"title: T\n'[key]': ~\neditions: {'[key]': {format: epub, '[key]': 1}}\n")
@example(written="title: \u2028\ntitle: [\u2028, ~]\n".encode())
def test_any_book_yaml_is_a_project_or_its_author_told(folder: Path, written: bytes) -> None:
    """Whatever it says, it is read with all that it names, and each complaint has its line."""
    (folder / "book.yaml").write_bytes(written)
    findings: list[Diagnostic] = []

    with patience():
        project = load(folder, findings.append)
        if project is not None:
            manuscript.read(project, findings.append)

    texts = {**FILES, "texts": "", "book.yaml": written.decode(errors="replace")}
    assert unsound(findings, texts) == []
    assert project is not None or has_errors(findings)


@fuzzed
@given(written=wounded(SAMPLES, PIECES) | WRITTEN.map(lambda text: f"title: T\n{text}".encode()))
def test_an_identifier_is_written_into_any_book_yaml(folder: Path, written: bytes) -> None:
    """A book.yaml without an error says the same with its identifier in it, and nothing else."""
    book = folder / "book.yaml"
    book.write_bytes(written)
    findings: list[Diagnostic] = []
    project = load(folder, findings.append)
    if project is None or has_errors(findings):
        return

    text = with_identifier(written.decode(), IDENTIFIER)

    book.write_bytes(text.encode())
    again = load(folder, findings.append)
    assert again is not None
    assert again.metadata.identifier == project.metadata.identifier or IDENTIFIER
    assert again.metadata.title == project.metadata.title
    assert [entry.name for entry in again.contents] == [entry.name for entry in project.contents]
    assert again.editions == project.editions


@pytest.mark.parametrize("text", [f"%YAML {'9' * 5000}.1\n---\n", 'title: "\\Uffffffff"\n'])
def test_the_parser_in_python_breaks_no_book_yaml_either(
    folder: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PyYAML has no parser in C, what its own stumbles over is told of."""
    findings: list[Diagnostic] = []
    (folder / "book.yaml").write_text(text, "utf-8")
    monkeypatch.setattr(yamltext, "LOADER", yaml.SafeLoader)

    load(folder, findings.append)

    assert [each.code for each in findings] == ["bad-yaml"]
