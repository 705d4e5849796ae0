"""The manual keeps its word: its examples build, its commands and codes exist."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from octavo.book.styles import style_of, styles
from octavo.cli import main

MANUAL = Path(__file__).parents[1] / "docs" / "manual"
EXAMPLE = re.compile(r"^(`{3,})markdown\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
REFERENCES = """[
  {"id": "lee2001", "type": "book", "title": "One", "author": [{"family": "Lee"}],
   "publisher": "Quay", "issued": {"date-parts": [[2001]]}},
  {"id": "wood1999", "type": "book", "title": "Two", "author": [{"family": "Wood"}],
   "publisher": "Quay", "issued": {"date-parts": [[1999]]}}
]"""
LOOP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><path d="M2 10h36"/></svg>'


BOOKS = (
    "markdown.md",
    "cross-references.md",
    "figures-and-tables.md",
    "mathematics.md",
    "code.md",
    "glossary.md",
)
"""The pages whose examples together are the chapters of a book."""


def examples(page: str = "markdown.md") -> list[str]:
    """Return the Markdown examples of a page of the manual."""
    return [text for _, text in EXAMPLE.findall((MANUAL / page).read_text("utf-8"))]


def a_book(folder: Path, chapters: list[str], more: str = "") -> Path:
    """Write a book of the chapters given, with all that the examples refer to."""
    files = {
        "book.yaml": "title: The Manual\nreferences: refs.json\n"
        "identifier: urn:uuid:0b7e7a80-2222-4c4c-8d8d-5e5e5e5e5e5e\n" + more,
        "refs.json": REFERENCES,
        "images/loop.svg": LOOP,
        "data/weather.csv": "Month,Inches\nMay,12\nJune,3.75\n",
        **{f"chapter-{n:02}.md": text for n, text in enumerate(chapters)},
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize("place", range(len(examples())))
def test_every_example_of_the_markdown_page_is_clean(tmp_path: Path, place: int) -> None:
    """An example of the manual is a chapter in which nothing is wrong."""
    example = examples()[place]
    cited = "\n\n[@lee2001; @wood1999]\n"

    result = CliRunner().invoke(main, ["check", str(a_book(tmp_path, [example + cited]))])

    assert result.output == "No errors.\n"


@pytest.mark.parametrize("page", BOOKS)
def test_all_examples_make_one_book(tmp_path: Path, page: str) -> None:
    """The examples of a page together build into both editions, without an error or a warning."""
    cited = ["# Sources\n\n[@lee2001; @wood1999]\n"]
    result = CliRunner().invoke(main, ["build", str(a_book(tmp_path, examples(page) + cited))])

    assert result.exit_code == 0, result.output
    assert "error" not in result.output
    assert "warning" not in result.output
    assert len(list((tmp_path / "out").iterdir())) == 2


def test_the_example_of_the_design_page_changes_the_page(tmp_path: Path) -> None:
    """The manual's own ``book.css`` is taken in, and makes another PDF."""
    page = (MANUAL / "design.md").read_text("utf-8")
    (css,) = re.findall(r"^```css\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    folder = a_book(tmp_path, ["# One\n\n## A Heading\n\nText [@lee2001; @wood1999].\n"])
    plain = made(folder)
    (folder / "templates").mkdir()
    (folder / "templates" / "book.css").write_text(css, "utf-8")

    assert made(folder) != plain


def made(folder: Path) -> bytes:
    result = CliRunner().invoke(main, ["pdf", str(folder)])
    assert result.exit_code == 0, result.output
    (pdf,) = (folder / "out").glob("*.pdf")
    return pdf.read_bytes()


def test_the_first_book_of_the_manual_builds(tmp_path: Path) -> None:
    """The five-minute book is made as it is printed."""
    page = (MANUAL / "README.md").read_text("utf-8")
    blocks = dict(re.findall(r"^```(yaml|markdown)\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    (tmp_path / "book.yaml").write_text(blocks["yaml"], "utf-8")
    (tmp_path / "chapter-1.md").write_text(blocks["markdown"], "utf-8")

    result = CliRunner().invoke(main, ["build", str(tmp_path)])

    assert result.exit_code == 0, result.output
    assert "identifier-written" in result.output


def blocks_of(name: str) -> dict[str, str]:
    """Return the first example of each kind in a page of the manual."""
    page = (MANUAL / name).read_text("utf-8")
    found = re.findall(r"^```(\w+)\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    return dict(reversed(found))


def test_the_book_with_indexes_builds(tmp_path: Path) -> None:
    """The manual's marks, and its list of terms, make two indexes without a remark."""
    page = (MANUAL / "index.md").read_text("utf-8")
    yaml, terms, _ = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    texts = [text for _, text in EXAMPLE.findall(page)]
    folder = a_book(tmp_path, texts)
    names = ", ".join(f"chapter-{n:02}.md" for n in range(len(texts)))
    identifier = "identifier: urn:uuid:0b7e7a80-2222-4c4c-8d8d-5e5e5e5e5e5e\n"
    (tmp_path / "book.yaml").write_text(yaml.replace("one.md, two.md", names) + identifier, "utf-8")
    (tmp_path / "index.yaml").write_text(terms, "utf-8")

    result = CliRunner().invoke(main, ["build", str(folder)])

    assert result.exit_code == 0, result.output
    assert "warning" not in result.output


def test_the_files_of_terms_say_the_same(tmp_path: Path) -> None:
    """The manual's terms make a glossary without a remark, from YAML as from Markdown."""
    page = (MANUAL / "glossary.md").read_text("utf-8")
    kinds = {"terms.yaml": "yaml", "terms.md": "text"}
    pages = []
    for name, kind in kinds.items():
        (text,) = re.findall(rf"^```{kind}\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        chapter = "# A\n\n[Protest behaviour]{.term}, [distance]{.term}; [@lee2001; @wood1999].\n"
        folder = a_book(tmp_path / kind, [chapter], f"glossary: {name}\n")
        (folder / name).write_text(text, "utf-8")
        result = CliRunner().invoke(main, ["epub", str(folder)])
        assert result.exit_code == 0, result.output
        assert "warning" not in result.output
        (epub,) = (folder / "out").glob("*.epub")
        with ZipFile(epub) as archive:
            (found,) = (n for n in archive.namelist() if "glossary" in n)
            pages.append(archive.read(found))

    assert pages[0] == pages[1]


@pytest.mark.parametrize("style", ["chicago-notes", "apa", "vancouver", "ieee", "nature"])
def test_the_book_that_cites_builds(tmp_path: Path, style: str) -> None:
    """The manual's sources and its chapter make a book without a remark, in any style.

    Two print no places, and that is told.
    """
    blocks = blocks_of("citations.md")
    identifier = "identifier: urn:uuid:0b7e7a80-2222-4c4c-8d8d-5e5e5e5e5e5e\n"
    yaml = blocks["yaml"].replace("chicago-notes", style) + identifier
    (tmp_path / "book.yaml").write_text(yaml, "utf-8")
    (tmp_path / "sources.bib").write_text(blocks["bibtex"], "utf-8")
    (tmp_path / "chapter.md").write_text(blocks["markdown"], "utf-8")

    result = CliRunner().invoke(main, ["build", str(tmp_path)])

    assert result.exit_code == 0, result.output
    assert set(re.findall(r"warning: .*\[([\w-]+)\]", result.output)) <= {"lost-locator"}


def test_the_manual_knows_every_style() -> None:
    """A style that is listed is found, and one that is bundled is listed."""
    page = (MANUAL / "citations.md").read_text("utf-8")
    table = page.partition("## Styles")[2].partition("\n\nAfter")[0]
    listed = [
        name
        for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE)
        for name in row.split(", ")
    ]

    found = {style_of(name.strip("`")).name for name in listed}

    editions = {name for name in styles() if name.endswith("17th-edition")}
    assert found == set(styles()) - editions


def test_every_command_and_option_is_in_the_manual() -> None:
    """What ``--help`` names, the page on commands explains."""
    page = (MANUAL / "commands.md").read_text("utf-8")
    options = {o for c in main.commands.values() for p in c.params for o in p.opts if "--" in o}

    assert [name for name in main.commands if f"octavo {name}" not in page] == []
    assert [option for option in sorted(options) if f"`{option}" not in page] == []
