"""A folder and its book.yaml become a project: typed, in order, each entry with its line."""

from __future__ import annotations

import json
from datetime import date
from itertools import takewhile
from pathlib import Path

import pytest
import yaml

from octavo.diagnostics import Diagnostic, Location
from octavo.model import Contributor, Entry, Labels, Matter, Medium, Project, Series, Trim
from octavo.project import json_schema, load, with_identifier

SCHEMA = Path(__file__).parents[1] / "docs" / "book.schema.json"
UUID = "urn:uuid:0b9c1a52-6f0e-4a57-9e0a-3a1d1f6f2c11"
WHOLE = """\
title: Giving Him Space to Miss You
subtitle: 7 Paradoxical Secrets (That Work!)
contributors:
  - {name: Natalie Garcia, role: author}
language: en-US
date: 2026-11-22                  # the only clock there is
references: references.json
citations: {style: apa}
contents:
  front: [half-title, title-page, copyright, dedication.md, contents, preface.md]
  body:
    - part: part-1.md
      chapters: [secret-1.md, secret-2.md]
    - closing.md
  back: [exercises.md, notes, bibliography, index, colophon]
editions:
  ebook: {format: epub}
  paperback: {format: pdf, trim: 5.5x8.5in, paper: cream}
"""
FILES = (
    "dedication.md", "preface.md", "part-1.md", "secret-1.md", "secret-2.md", "closing.md",
    "exercises.md", "references.json",
)  # fmt: skip


def book(folder: Path, text: str, *files: str) -> Path:
    """Lay a book out in a folder."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("", encoding="utf-8")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "book.yaml").write_text(text, encoding="utf-8", newline="")
    return folder


def loaded(folder: Path) -> Project:
    """Load a book that has nothing wrong with it."""
    found: list[Diagnostic] = []
    project = load(folder, found.append)
    assert found == []
    assert project is not None
    return project


def refused(folder: Path) -> Diagnostic:
    """Load a folder that makes no project, and return the one reason."""
    found: list[Diagnostic] = []
    assert load(folder, found.append) is None
    (finding,) = found
    return finding


def names(project: Project, place: Matter) -> list[str]:
    """Return the names of the entries of one matter, in order."""
    return [entry.name for entry in project.contents if entry.matter is place]


def test_the_example_of_the_manual_is_read_whole(tmp_path: Path) -> None:
    """Every key of the contract arrives as the model's value."""
    project = loaded(book(tmp_path, WHOLE, *FILES))

    metadata = project.metadata
    assert metadata.title == "Giving Him Space to Miss You"
    assert metadata.subtitle == "7 Paradoxical Secrets (That Work!)"
    assert metadata.contributors == (Contributor("Natalie Garcia", "author"),)
    assert (metadata.language, metadata.date) == ("en-US", date(2026, 11, 22))
    assert (project.references, project.citing.style) == (("references.json",), "apa")
    assert [at.medium for at in project.editions] == [Medium.EPUB, Medium.PDF]
    assert project.editions[1].trim == Trim(396.0, 612.0)
    assert project.editions[1].location == Location("book.yaml", 18)


def test_every_entry_knows_its_line_and_its_part(tmp_path: Path) -> None:
    """An entry carries the line of book.yaml that names it, and the part it stands in."""
    project = loaded(book(tmp_path, WHOLE, *FILES))

    here = {entry.name: entry for entry in project.contents}
    at = [Location("book.yaml", line) for line in range(20)]
    assert here["half-title"] == Entry("half-title", Matter.FRONT, True, at[10])
    assert here["part-1.md"] == Entry("part-1.md", Matter.BODY, False, at[12], opens_part=True)
    assert here["secret-2.md"] == Entry("secret-2.md", Matter.BODY, False, at[13], "part-1.md")
    assert here["closing.md"] == Entry("closing.md", Matter.BODY, False, at[14])
    assert here["colophon"] == Entry("colophon", Matter.BACK, True, at[15])


def test_an_entry_after_a_faulty_one_keeps_its_line(tmp_path: Path) -> None:
    """What is left out does not move the lines of what follows."""
    folder = book(tmp_path, "title: X\ncontents:\n- [a]\n- one.md\n", "one.md")

    project = load(folder, lambda _: None)

    assert project is not None
    assert {at.name: at.location.line for at in project.contents}["one.md"] == 4


def test_all_further_keys_arrive(tmp_path: Path) -> None:
    """The rarer keys are read too, in their short forms and their long ones."""
    text = (
        f"title: 1984\ncontributors: [Jane, {{name: B, role: Cover Designer, sort: 'B, A'}}]\n"
        f"rights: © 2026\npublisher: P\nplace: Rome\nidentifier: {UUID}\nsubjects: [a, b]\n"
        "description: |\n  Two\n  lines\nkeywords: one\nseries: {name: S, number: 2}\n"
        "edition: Second edition\nversion: 1.0\nprinting: No\ncover: art/cover.png\n"
        "copyright-note: note.md\nlabels: {part: Book, chapter: Secret, appendix: Extra}\n"
        "editions: {large: {format: PDF, isbn: ISBN 0-306-40615-2, trim: US Trade, paper: white}}\n"
    )

    project = loaded(book(tmp_path, text, "one.md", "note.md", "art/cover.png"))

    metadata, (edition,) = project.metadata, project.editions
    assert (metadata.title, metadata.version, metadata.printing) == ("1984", "1.0", "No")
    assert metadata.contributors == (
        Contributor("Jane"),
        Contributor("B", "cover-designer", "B, A"),
    )
    assert (metadata.rights, metadata.publisher, metadata.place) == ("© 2026", "P", "Rome")
    assert metadata.identifier == UUID
    assert (metadata.subjects, metadata.keywords) == (("a", "b"), ("one",))
    assert (metadata.description, metadata.edition) == ("Two\nlines\n", "Second edition")
    assert metadata.series == Series("S", "2")
    assert (project.cover, project.copyright_note) == ("art/cover.png", "note.md")
    assert project.labels == Labels("Book", "Secret", "Extra")
    assert (edition.isbn, edition.trim, edition.paper) == ("0-306-40615-2", Trim(432, 648), "white")


def test_a_title_is_enough(tmp_path: Path) -> None:
    """The smallest book.yaml makes an EPUB and a PDF of the files beside it."""
    project = loaded(book(tmp_path, "title: My Book", "one.md"))

    assert project.metadata.title == "My Book"
    assert [(at.name, at.medium) for at in project.editions] == [
        ("ebook", Medium.EPUB),
        ("paperback", Medium.PDF),
    ]


def test_without_contents_files_stand_where_a_book_has_them(tmp_path: Path) -> None:
    """Files are ordered as a person counts; a role's name finds its own place."""
    files = ("chapter-10.md", "chapter-2.md", "Evening.md", "preface.md", "dedication.md",
             "introduction.md", "epilogue.md", "glossary.md", "README.md")  # fmt: skip

    project = loaded(book(tmp_path, "title: X", *files))

    assert names(project, Matter.FRONT) == [
        "half-title", "title-page", "copyright", "dedication.md", "contents", "preface.md",
    ]  # fmt: skip
    assert names(project, Matter.BODY) == [
        "introduction.md", "chapter-2.md", "chapter-10.md", "Evening.md", "epilogue.md",
    ]  # fmt: skip
    assert names(project, Matter.BACK) == [
        "abbreviations", "glossary.md", "notes", "bibliography", "index",
    ]  # fmt: skip


def test_the_name_of_a_role_may_be_written_as_a_person_writes_it(tmp_path: Path) -> None:
    """Capitals, spaces and hyphens make no chapter of a dedication."""
    files = ("Dedication.md", "Acknowledgements.md", "About the Author.md", "one.md",
             "Also by Anna Berg.md", "Title Page.md", "Appendix A.md", "FOREWORD.md")  # fmt: skip

    project = loaded(book(tmp_path, "title: X", *files))

    assert names(project, Matter.FRONT) == [
        "half-title", "Also by Anna Berg.md", "Title Page.md", "copyright", "Dedication.md",
        "contents", "FOREWORD.md", "Acknowledgements.md",
    ]  # fmt: skip
    assert names(project, Matter.BODY) == ["one.md"]
    assert names(project, Matter.BACK) == [
        "Appendix A.md", "abbreviations", "glossary", "notes", "bibliography", "index",
        "About the Author.md",
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["notes.md", "Index.md", "bibliography.md", "contents.md"])
def test_nobody_publishes_private_notes_by_their_name(tmp_path: Path, name: str) -> None:
    """A file called like a page that is drawn up is left out, aloud, until contents names it."""
    found: list[Diagnostic] = []

    project = load(book(tmp_path, "title: X", "one.md", name), found.append)

    assert project is not None
    assert [entry.name for entry in project.contents if not entry.generated] == ["one.md"]
    (finding,) = found
    assert (finding.severity, finding.code) == ("warning", "left-over-file")
    assert finding.location == Location(name)
    assert "Octavo makes the page" in finding.message
    assert "move it to a folder" in finding.hint


@pytest.mark.parametrize("contents", ["", "contents: [one.md, two.md]\n"])
def test_folders_of_old_versions_are_no_part_of_the_book(tmp_path: Path, contents: str) -> None:
    """Markdown in a folder is in the book if contents names it, and else a note tells of it."""
    files = ("one.md", "two.md", "drafts/one.md", "drafts/two.md", "drafts/old/README.md")
    found: list[Diagnostic] = []

    project = load(book(tmp_path, f"title: X\n{contents}", *files), found.append)

    assert project is not None
    assert names(project, Matter.BODY) == ["one.md", "two.md"]
    (finding,) = found
    assert (finding.severity, finding.code) == ("note", "left-over-folder")
    assert finding.location == Location("drafts")
    assert "contents" in finding.hint


def test_a_book_whose_text_lies_in_folders_is_told_to_name_it(tmp_path: Path) -> None:
    """Where all the Markdown lies in a folder, the way out is contents and not a new chapter."""
    found: list[Diagnostic] = []

    load(book(tmp_path, "title: X", "text/one.md"), found.append)

    assert [finding.code for finding in found] == ["left-over-folder", "no-text"]
    assert "“text” under contents" in found[1].hint


def test_texts_of_other_programs_are_told(tmp_path: Path) -> None:
    """A chapter that is still in Word is missed in the book; what lies elsewhere is not."""
    files = ("one.md", "Chapter 3.docx", "letters/more.odt", "~$apter 3.docx", "README.txt")
    found: list[Diagnostic] = []

    load(book(tmp_path, "title: X", *files), found.append)

    (finding,) = found
    assert (finding.severity, finding.code) == ("note", "not-markdown")
    assert finding.location == Location("Chapter 3.docx")
    assert "“Chapter 3.docx” is not in the book" in finding.message
    assert "“Chapter 3.md”" in finding.hint


def test_a_file_takes_the_place_of_the_page_it_is_called_after(tmp_path: Path) -> None:
    """An author's own copyright page is not doubled by the press's."""
    project = loaded(book(tmp_path, "title: X", "copyright.md", "one.md"))

    front = ["half-title", "title-page", "copyright.md", "contents"]
    assert names(project, Matter.FRONT) == front


def test_a_flat_list_keeps_its_order(tmp_path: Path) -> None:
    """Front pages at the head of a list and back pages at its end find their matter."""
    text = "title: X\ncontents: [preface.md, b.md, notes.md, a.md, acknowledgments.md]"
    files = ("preface.md", "b.md", "a.md", "notes.md", "acknowledgments.md")

    project = loaded(book(tmp_path, text, *files))

    assert names(project, Matter.FRONT)[-2:] == ["contents", "preface.md"]
    assert names(project, Matter.BODY) == ["b.md", "notes.md", "a.md"]
    assert names(project, Matter.BACK) == [
        "acknowledgments.md", "abbreviations", "glossary", "bibliography", "index",
    ]  # fmt: skip


def test_a_list_that_names_pages_is_taken_at_its_word(tmp_path: Path) -> None:
    """No page is added to contents that name generated pages themselves."""
    project = loaded(book(tmp_path, "title: X\ncontents: [title-page, a.md, index]", "a.md"))

    assert [entry.name for entry in project.contents] == ["title-page", "a.md", "index"]


def test_the_root_is_the_folder_above_a_manuscript(tmp_path: Path) -> None:
    """Given the root or its manuscript, the press finds the same book."""
    book(tmp_path / "manuscript", "title: X", "one.md")
    (tmp_path / "templates").mkdir()

    project, again = loaded(tmp_path), loaded(tmp_path / "manuscript")

    assert project == again
    assert (project.root, project.folder) == (tmp_path, tmp_path / "manuscript")
    assert project.templates == tmp_path / "templates"
    assert project.book_file == Location("manuscript/book.yaml")


def test_a_book_may_lie_in_any_folder(tmp_path: Path) -> None:
    """A folder with a book.yaml is its own root; templates and out hold no text."""
    folder = book(tmp_path / "novel", "title: X", "one.md", "templates/a.md", "out/b.md", ".c/d.md")

    project = loaded(folder)

    assert (project.root, project.folder) == (folder, folder)
    assert names(project, Matter.BODY) == ["one.md"]


def test_no_book_yaml_shows_the_smallest_one(tmp_path: Path) -> None:
    """A folder without a book is answered with what to write."""
    finding = refused(tmp_path)

    assert (finding.code, finding.location) == ("no-book-yaml", Location("book.yaml"))
    assert f"in the folder “{tmp_path.name}”" in finding.message
    assert "title: My Book" in finding.hint


def test_a_nearly_right_name_is_told(tmp_path: Path) -> None:
    """A book.yml, and a folder that does not exist, are told apart."""
    (tmp_path / "book.yml").write_text("title: X", encoding="utf-8")

    assert "rename “book.yml”" in refused(tmp_path).hint
    assert "no folder “novel”" in refused(tmp_path / "novel").message


def test_other_encodings_are_refused(tmp_path: Path) -> None:
    """A book.yaml that is not UTF-8 is told with the line of its first wrong byte."""
    (tmp_path / "book.yaml").write_bytes("title: X\nplace: Zürich\n".encode("latin-1"))

    finding = refused(tmp_path)

    assert (finding.code, finding.location) == ("not-utf8", Location("book.yaml", 2))
    assert "UTF-8" in finding.hint


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    """What Windows editors put before a text is passed over."""
    project = loaded(book(tmp_path, "\ufefftitle: X\r\nplace: Rome\r\n", "one.md"))

    assert (project.metadata.title, project.metadata.place) == ("X", "Rome")


def test_a_file_that_may_not_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book.yaml closed to the reader is the author's to open, not a traceback."""

    def closed(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", closed)

    assert "may not be read" in refused(book(tmp_path, "title: X")).message


@pytest.mark.parametrize("name", ["one.md", "book.yaml", "templates"])
def test_no_link_leads_out_of_the_book(tmp_path: Path, name: str) -> None:
    """A link to a place outside the folder is refused, whatever it is called."""
    outside = book(tmp_path / "outside", "title: Secret", "one.md", "templates/page.xhtml")
    folder = book(tmp_path / "book", "title: X\ncontents: [one.md]")
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(outside / name)
    (folder / "one.md").touch()
    found: list[Diagnostic] = []

    project = load(folder, found.append)

    assert [finding.code for finding in found] == ["outside-the-book"]
    assert project is None or (project.templates is None and "Secret" not in str(project))


def test_a_circle_of_links_is_no_file(tmp_path: Path) -> None:
    """A link that leads to itself is a missing file, not an endless search."""
    folder = book(tmp_path, "title: X\ncontents: [one.md, two.md]", "one.md")
    (folder / "two.md").symlink_to(folder / "two.md")
    found: list[Diagnostic] = []

    load(folder, found.append)

    assert [finding.code for finding in found] == ["missing-file"]


def test_a_forgotten_file_is_told(tmp_path: Path) -> None:
    """A Markdown file that contents does not name is a warning; a copyright note is not."""
    text = "title: X\ncontents: [sub/one.md]\ncopyright-note: note.md"
    found: list[Diagnostic] = []

    load(book(tmp_path / "manuscript", text, "sub/one.md", "note.md", "sub/two.md"), found.append)

    (finding,) = found
    assert (finding.severity, finding.code) == ("warning", "left-over-file")
    assert finding.location == Location("manuscript/sub/two.md")
    assert "“sub/two.md”" in finding.message
    assert "contents" in finding.hint


@pytest.mark.parametrize(
    "line", ["cover: a.png", "copyright-note: a.md", "references: a.json", "references: a.bib"]
)
def test_a_file_that_was_missed_is_not_asked_for_again(tmp_path: Path, line: str) -> None:
    """What book.yaml names in vain is told once, and later rooms do not hear of it."""
    found: list[Diagnostic] = []

    project = load(book(tmp_path, f"title: X\n{line}\n", "one.md"), found.append)

    assert project is not None
    assert [finding.location for finding in found] == [Location("book.yaml", 2)]
    assert (project.cover, project.copyright_note, project.references) == ("", "", ())


@pytest.mark.parametrize(
    ("written", "labels"),
    [
        ("", Labels()),
        ("chapter: Secret", Labels(chapter="Secret")),
        ("chapter: ", Labels()),
        ("chapter: ''", Labels(chapter="")),
        ("part: None, chapter: none", Labels(unnumbered=frozenset({"part", "chapter"}))),
    ],
)
def test_a_label_is_a_word_or_the_number_alone_or_nothing(
    tmp_path: Path, written: str, labels: Labels
) -> None:
    """An empty word leaves the number, ``none`` leaves nothing, and silence the language's own."""
    project = loaded(book(tmp_path, f"title: X\nlabels: {{{written}}}", "one.md"))

    assert project.labels == labels


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("978-3-16-148410-0", "978-3-16-148410-0"),
        ("isbn-13: 978 3 16 148410 0", "978 3 16 148410 0"),
        ("978–3–16–148410–0", "978-3-16-148410-0"),
        ("9783161484100", "9783161484100"),
        ("0-8044-2957-x", "0-8044-2957-X"),
    ],
)
def test_an_isbn_is_printed_as_it_is_typed(tmp_path: Path, written: str, printed: str) -> None:
    """Hyphens stand where the agency put them, and nobody else knows where that is."""
    text = f"title: X\neditions: {{p: {{format: pdf, isbn: '{written}'}}}}"

    assert loaded(book(tmp_path, text, "one.md")).editions[0].isbn == printed


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("webpage", {"webpage"}),
        ("Online", {"webpage"}),
        ("[phdthesis, techreport]", {"thesis", "report"}),
        ("article", {"article", "article-journal", "article-magazine", "article-newspaper"}),
        ("legal_case", {"legal_case"}),
    ],
)
def test_types_of_sources_have_the_names_of_csl_and_of_bibtex(
    tmp_path: Path, written: str, kept: set[str]
) -> None:
    """An author whose sources are in BibTeX knows no other names."""
    group = f"{{title: G, types: {written}}}"
    root = book(tmp_path, f"title: X\ncitations:\n  groups: [{group}]\n", "a.md")

    assert loaded(root).citing.groups[0].types == kept


def test_a_copyright_note_is_no_chapter(tmp_path: Path) -> None:
    """Without contents, the file printed on the copyright page is not read as a chapter."""
    project = loaded(book(tmp_path, "title: X\ncopyright-note: note.md", "one.md", "note.md"))

    assert names(project, Matter.BODY) == ["one.md"]


def test_print_only_keys_of_an_epub_are_told(tmp_path: Path) -> None:
    """A trim says nothing about an EPUB, and its author hears so."""
    text = "title: X\neditions:\n  ebook:\n    format: epub\n    trim: A5\n"
    found: list[Diagnostic] = []

    load(book(tmp_path, text, "one.md"), found.append)

    (finding,) = found
    assert (finding.code, finding.location) == ("print-only", Location("book.yaml", 5))


@pytest.mark.parametrize(
    ("written", "points"),
    [
        ("5.5x8.5in", (396, 612)), ("6 x 9 in", (432, 648)), ("148×210mm", (419.53, 595.28)),
        ("12.9x19.8cm", (365.67, 561.26)), ("b-format", (365.67, 561.26)), ("US trade", (432, 648)),
        ("A5", (419.53, 595.28)), ("Royal", (442.2, 663.31)), ("4x6in", (288, 432)),
        ("8.5x11.7in", (612, 842.4)), ("a4", (595.28, 841.89)), ("pocket", (306, 494.64)),
    ],
)  # fmt: skip
def test_trims_have_names_and_measures(
    tmp_path: Path, written: str, points: tuple[float, float]
) -> None:
    """A trim is named as the trade does or measured in inches, millimetres or centimetres."""
    text = f"title: X\neditions: {{p: {{format: pdf, trim: {written}}}}}"

    trim = loaded(book(tmp_path, text, "one.md")).editions[0].trim

    assert (trim.width, trim.height) == pytest.approx(points, abs=0.01)


@pytest.mark.parametrize(
    ("written", "tag"),
    [("de-CH-1996", "de-CH-1996"), ("EN-us", "en-US"), ("gsw", "gsw"), ("grc", "grc")],
)
def test_any_real_language_is_read(tmp_path: Path, written: str, tag: str) -> None:
    """A tag of any registered language is taken, in its usual capitals."""
    project = loaded(book(tmp_path, f"title: X\nlanguage: {written}", "one.md"))

    assert project.metadata.language == tag


@pytest.mark.parametrize(
    "text",
    [
        "title: X\n",
        "title: X",
        "title: X\r\nplace: Rome\r\n",
        "title: X\n# the end",
        "{title: X}",
        "{title: X,}\n",
        "  title: X\n  place: Rome\n",
        "title: X\nidentifier:\n",
        "identifier: ~ # later\ntitle: X",
        "\ufefftitle: X\n",
        "\ufeff{title: X}",
        "---\ntitle: X\n...\n",
        "title: X\ndescription: |\n  Two\n  lines\n",
        "title: X\ndescription: |+\n  a\n\n",
        "title: X\ndescription: |\n  a",
        "title: 'Space'  # 'quoted'\n\n\n",
        "title: Wait...\nplace: '...'\n# and so on...\n",
        "title: X\ncontents:\n- one.md\n",
        "title: Zürich 𝒳\t\n  # later\n",
        "{title: Zürich, identifier: }",
    ],
)
def test_an_identifier_is_added_and_nothing_else_changes(tmp_path: Path, text: str) -> None:
    """The book reads as before but for its identifier, and a second one is never written."""
    before = loaded(book(tmp_path, text, "one.md")).metadata

    signed = with_identifier(text, UUID)

    after = loaded(book(tmp_path, signed)).metadata
    assert after.identifier == UUID
    assert (after.title, after.place, after.description.rstrip()) == (
        before.title, before.place, before.description.rstrip(),
    )  # fmt: skip
    same = takewhile(lambda pair: pair[0] == pair[1], zip(text, signed, strict=False))
    assert signed.endswith(text[len(list(same)) :].removeprefix("~"))
    assert with_identifier(signed, UUID.replace("0", "1")) == signed


def test_the_committed_schema_is_current() -> None:
    """Editors are given the schema that the press itself checks by."""
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema()


def test_the_schema_names_every_key_and_explains_it() -> None:
    """An editor can complete every key and say what it means."""
    properties = json_schema()["properties"]

    assert set(yaml.safe_load(WHOLE)) <= set(properties)
    assert "copyright-note" in properties
    assert [key for key, said in properties.items() if "description" not in said] == []
