"""Reading a whole folder: what is found, what is missing, and what stays unopened."""

from __future__ import annotations

import os
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

import pytest
from PIL import Image as Raster

from octavo.diagnostics import Location
from octavo.manuscript import read
from octavo.markup import serialize, walk
from octavo.model import Entry, Matter, Metadata, Project

if TYPE_CHECKING:
    from pathlib import Path

    from octavo.diagnostics import Diagnostic
    from octavo.model import Manuscript

Form = Literal["NFC", "NFD"]
HERE = Location("manuscript/book.yaml", 3)


def _png() -> bytes:
    out = BytesIO()
    Raster.new("L", (2, 2)).save(out, "PNG")
    return out.getvalue()


def _book(root: Path, files: dict[str, str | bytes], *names: str) -> Project:
    folder = root / "manuscript"
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    entries = tuple(Entry(name, Matter.BODY, generated=False, location=HERE) for name in names)
    return Project(root, folder, None, Metadata("A Book"), entries, ())


def _read(project: Project) -> tuple[Manuscript, list[str]]:
    found: list[Diagnostic] = []
    manuscript = read(project, found.append)
    assert [f.message for f in found if not f.hint and f.code != "missing-image"] == []
    return manuscript, [f"{f.location}: {f.severity} {f.code}" for f in found]


def test_a_whole_book_is_read(tmp_path: Path) -> None:
    """Sources stand in the order of the contents; images and references are keyed by name."""
    files: dict[str, str | bytes] = {
        "two.md": "# Two\n\n![A dot](img/dot.png)\n",
        "part/one.md": "---\nrole: preface\nepigraph: {text: 'So *it* goes', source: Anon}\n---\n"
        "# One\n\n![A dot](../img/dot.png)\n",
        "img/dot.png": _png(),
        "cover.png": _png(),
        "refs.json": '[{"id": "doe", "type": "document", "title": "Doe"}]',
        "notice.md": "All rights reserved.",
    }
    project = _book(tmp_path, files, "two.md", "part/one.md")
    project = replace(
        project, references=("refs.json",), cover="cover.png", copyright_note="notice.md"
    )

    manuscript, found = _read(project)

    assert found == []
    assert [source.name for source in manuscript.sources] == ["two.md", "part/one.md", "notice.md"]
    assert manuscript.sources[1].file == "manuscript/part/one.md"
    assert manuscript.sources[1].header.role == "preface"
    assert manuscript.sources[1].body[0].line == 5
    epigraph = '<p>So <em>it</em> goes</p><p class="source">Anon</p>'
    assert serialize(*manuscript.sources[1].epigraph) == epigraph
    assert {block.line for block in manuscript.sources[1].epigraph} == {3}
    assert list(manuscript.images) == ["cover.png", "img/dot.png"]
    assert list(manuscript.references) == ["doe"]


def test_generated_pages_are_not_read(tmp_path: Path) -> None:
    """An entry that the press makes itself needs no file."""
    project = _book(tmp_path, {"one.md": "Text."}, "one.md")
    page = Entry("contents", Matter.FRONT, generated=True, location=HERE)

    manuscript, found = _read(replace(project, contents=(page, *project.contents)))

    assert (len(manuscript.sources), found) == (1, [])


BROKEN: dict[str, tuple[dict[str, str | bytes], list[str]]] = {
    "a file that is not there": ({}, ["manuscript/book.yaml:3: error missing-file"]),
    "a folder for a file": (
        {"one.md/x": ""}, ["manuscript/book.yaml:3: error missing-file"],
    ),
    "a file that is not UTF-8": (
        {"one.md": b"One\n\nCaf\xe9\n"}, ["manuscript/one.md:3: error not-utf8"],
    ),
    "an empty file": ({"one.md": ""}, ["manuscript/one.md: error empty-section"]),
    "a header alone": (
        {"one.md": "---\nrole: preface\n---\n\n"}, ["manuscript/one.md: error empty-section"],
    ),
    "an image that is not there": (
        {"one.md": "One\n![A cat](cat.png)"}, ["manuscript/one.md:2: error missing-image"],
    ),
    "an image that is none": (
        {"one.md": "![A cat](cat.png)", "cat.png": "cat"},
        ["manuscript/one.md:1: error broken-image"],
    ),
    "an image that is shown twice and is none": (
        {"one.md": "![A](cat.png)\n\n![B](cat.png)", "cat.png": "cat"},
        ["manuscript/one.md:1: error broken-image", "manuscript/one.md:3: error broken-image"],
    ),
    "an image without a description": (
        {"one.md": "One ![](dot.png)", "dot.png": _png()},
        ["manuscript/one.md:1: warning missing-alt"],
    ),
    "ornaments": (
        {"one.md": "![](dot.png){.decorative} ![](dot.png){alt='' role=presentation}",
         "dot.png": _png()}, [],
    ),
    "an image on the net": (
        {"one.md": "![A](https://example.org/a.png)"}, ["manuscript/one.md:1: error remote-image"],
    ),
    "an image without a file": (
        {"one.md": "One ![A]()"}, ["manuscript/one.md:1: error missing-image"],
    ),
    "an image in a note": (
        {"one.md": "One[^a]\n\n[^a]: Two ![A](no.png)"},
        ["manuscript/one.md:3: error missing-image"],
    ),
    "an image outside": (
        {"one.md": "![A](../a.png) ![A](/etc/a.png)"},
        ["manuscript/one.md:1: error outside-the-book"] * 2,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, name: str) -> None:
    """Each mistake is told where the author made it, and reading goes on."""
    files, expected = BROKEN[name]
    project = _book(tmp_path, {"book.yaml": "", "two.md": "Two.", **files}, "one.md", "two.md")

    manuscript, found = _read(project)

    assert found == expected
    assert manuscript.sources[-1].name == "two.md"


def test_a_missing_file_is_guessed(tmp_path: Path) -> None:
    """The hint names the file that was meant."""
    found: list[Diagnostic] = []
    project = _book(tmp_path, {"chapter-1.md": "One.", "notes.md": "Two."}, "chaptr-1.md")

    read(project, found.append)

    assert found[0].hint == "did you mean “chapter-1.md”?"


@pytest.mark.parametrize("name", ["../secret.md", "a/../../secret.md", "link.md", "a\0b"])
def test_nothing_outside_the_folder_is_opened(tmp_path: Path, name: str) -> None:
    """A path or a link that leads out of the folder is an error, and its text is not read."""
    project = _book(tmp_path, {"a/one.md": "One."}, name)
    (tmp_path / "secret.md").write_text("SECRET", encoding="utf-8")
    (project.folder / "link.md").symlink_to(tmp_path / "secret.md")

    manuscript, found = _read(project)

    assert found == ["manuscript/book.yaml:3: error outside-the-book"]
    assert manuscript.sources == ()


def test_a_link_to_itself_is_no_file(tmp_path: Path) -> None:
    """A circle of links is reported as a file that cannot be opened, on every Python."""
    project = _book(tmp_path, {"a/one.md": "One."}, "loop.md")
    (project.folder / "loop.md").symlink_to("loop.md")

    manuscript, found = _read(project)

    assert found == ["manuscript/book.yaml:3: error missing-file"]
    assert manuscript.sources == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_no_picture(tmp_path: Path) -> None:
    """Whoever opens a pipe waits until somebody writes into it, perhaps for ever."""
    project = _book(tmp_path, {"one.md": "![A pipe](pipe.png)"}, "one.md")
    os.mkfifo(project.folder / "pipe.png")

    _, found = _read(project)

    assert found == ["manuscript/one.md:1: error missing-image"]


def test_a_link_that_stays_inside_is_followed(tmp_path: Path) -> None:
    """A symbolic link from one place of the folder to another is a file like any."""
    project = _book(tmp_path, {"a/one.md": "One."}, "link.md")
    (project.folder / "link.md").symlink_to(project.folder / "a" / "one.md")

    manuscript, found = _read(project)

    assert (len(manuscript.sources), found) == (1, [])


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
def test_the_ends_of_lines_and_a_byte_order_mark_do_not_matter(tmp_path: Path, ends: str) -> None:
    """Files from any system give the same tree with the same lines."""
    text = "\ufeff---\ntitle: A\n---\n# One\n\nTwo.\n".replace("\n", ends)
    project = _book(tmp_path, {"one.md": text.encode()}, "one.md")

    manuscript, found = _read(project)

    assert found == []
    assert [(block.tag, block.line) for block in manuscript.sources[0].body] == [
        ("h1", 4),
        ("p", 6),
    ]


@pytest.mark.parametrize(("text", "disk"), [("NFC", "NFD"), ("NFD", "NFC"), ("NFD", "NFD")])
def test_a_picture_is_found_however_its_accents_are_written(
    tmp_path: Path, text: Form, disk: Form
) -> None:
    """A disk may take letters and accents apart, and a keyboard too: the name is the same."""
    written, stored = (normalize(form, "bilder/Müller.png") for form in (text, disk))
    project = _book(tmp_path, {"one.md": f"![A]({written})", stored: _png()}, "one.md")

    manuscript, found = _read(project)

    assert found == []
    assert list(manuscript.images) == [normalize("NFC", written)]


def test_without_references_a_name_behind_an_at_sign_is_text(tmp_path: Path) -> None:
    """A book that names no references cites nothing; a bracket that looks like it is told."""
    text = "Follow @anna [here](x.md).\n\nSo *it* is [see @lee, *p. 4*]; \\[@lee] and [a@b].\n"
    project = _book(tmp_path, {"one.md": text, "refs.json": "[]"}, "one.md")

    plain, found = _read(project)
    cited, none = _read(replace(project, references=("refs.json",)))

    assert [serialize(block) for block in plain.sources[0].body] == [
        '<p>Follow @anna <a href="x.md">here</a>.</p>',
        "<p>So <em>it</em> is [see @lee, <em>p. 4</em>]; [@lee] and [a@b].</p>",
    ]
    assert found == ["manuscript/one.md:3: warning no-references"]
    assert [e.tag for e in walk(*cited.sources[0].body)].count("citation") == 3
    assert none == ["manuscript/one.md:3: warning citation-markup"]


def test_references_of_other_formats_are_told(tmp_path: Path) -> None:
    """A references file of another kind is an error that says what can be read."""
    project = _book(tmp_path, {"one.md": "One.", "refs.ris": "TY  - BOOK"}, "one.md")

    _, found = _read(replace(project, references=("refs.ris", "no.json")))

    assert found == [
        "manuscript/book.yaml: error references-format",
        "manuscript/book.yaml: error missing-file",
    ]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    """A manuscript depends on its files alone."""
    project = _book(tmp_path, {"one.md": '# "One"\n\n[^a]\n', "two.md": "Two."}, "one.md", "two.md")

    assert _read(project) == _read(project)


def test_each_file_is_opened_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An image that is shown three times, and a file that is named twice, are read once."""
    files: dict[str, str | bytes] = {"one.md": "![A](d.png) ![B](./d.png)", "d.png": _png()}
    project = _book(tmp_path, files, "one.md", "one.md")
    opened: list[str] = []
    read_bytes = type(tmp_path).read_bytes

    def counted(path: Path) -> bytes:
        opened.append(path.name)
        return read_bytes(path)

    monkeypatch.setattr(type(tmp_path), "read_bytes", counted)
    _read(replace(project, cover="d.png"))

    assert sorted(opened) == ["d.png", "one.md"]
