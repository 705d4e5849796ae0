"""The Markdown of a manuscript, case by case: ``tests/cases/*.md``, one file a feature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from octavo.manuscript.syntax import House, Parsed, parse
from octavo.markup import serialize, walk

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Element

FOLDER = Path(__file__).parents[1] / "cases"
INVISIBLE = re.compile("[\x00-\x08\x0b-\x1f\U000f0000-\U0010ffff]|klzzwxh")

WORD = re.compile(r"[^\W\d_]+")
UNKEPT = re.compile(
    r"<!--.*?-->"  # comments
    r"|^ *(?:Table|Listing):|&#?\w+;|markdown=\"1\"|\{\.(?:sc|ul)\}"  # what says how, not what
    r"|\b(?:caption|lst-cap|def)=|\.number-?[Ll]ines"  # of listings
    r"|^\[[^\]^]+\]:[^\n]*(?:\n +'[^\n]*)?|\]\[[^\]]+\]",  # names of links, which may go unused
    re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Case:
    """A title, its Markdown and what it becomes; ``{de}`` at a title's end names a language."""

    file: Path
    line: int
    title: str
    source: str
    expected: str

    def parsed(self) -> tuple[Parsed, list[Diagnostic]]:
        """Return the case's tree and the findings."""
        found: list[Diagnostic] = []
        language = re.search(r"\{([\w-]+)\}$", self.title)
        named = language[1] if language else "en"
        return parse(self.source, 1, "case.md", House(named), found.append), found

    def actual(self) -> str:
        """Return the tree a block a line, then the notes, then the findings."""
        parsed, found = self.parsed()
        blocks = [serialize(block) for block in parsed.body]
        notes = [f"[^{note.label}]: {serialize(*note.content)}" for note in parsed.notes]
        notes += [f"*[{a.short}]: {serialize(*a.content)}" for a in parsed.abbreviations]
        said = [f"{finding.location.line}: {finding.code}" for finding in found]
        return "\n".join((*blocks, *notes, *said))


def _cases(file: Path) -> Iterator[Case]:
    parts = file.read_text(encoding="utf-8").split("\n.\n")
    line = 1
    for at in range(0, len(parts) - 2, 3):
        title, source, expected = parts[at].strip("\n"), *parts[at + 1 : at + 3]
        yield Case(file, line + parts[at].count("\n"), title, source, expected)
        line += sum(part.count("\n") + 2 for part in parts[at : at + 3])


CASES = [case for file in sorted(FOLDER.glob("*.md")) for case in _cases(file)]
every = pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.file.stem}:{case.line}")


@pytest.fixture(scope="session", autouse=True)
def _golden(request: pytest.FixtureRequest) -> None:
    if not request.config.getoption("--update-golden"):
        return
    for file in sorted(FOLDER.glob("*.md")):
        filled = (f"{c.title}\n.\n{c.source}\n.\n{c.actual()}\n.\n" for c in _cases(file))
        file.write_text("\n".join(filled), encoding="utf-8")


@every
def test_markdown_becomes_its_tree(case: Case, request: pytest.FixtureRequest) -> None:
    """Each case's Markdown becomes the XHTML, the notes and the findings written below it."""
    if request.config.getoption("--update-golden"):
        pytest.skip("the expectations have just been written")

    assert case.actual() == case.expected


@every
def test_nothing_of_the_machinery_survives(case: Case) -> None:
    """No mark, stash or private character is left in a tree or a finding."""
    _, found = case.parsed()

    assert INVISIBLE.search(case.actual() + "".join(f.message + f.hint for f in found)) is None


@every
def test_parsing_twice_gives_the_same(case: Case) -> None:
    """The tree and the findings depend on the text alone."""
    assert case.parsed() == case.parsed()


@every
def test_every_element_has_a_line_of_its_source(case: Case) -> None:
    """Lines begin at 1 and end with the text; a block's never come before the block above it."""
    parsed, found = case.parsed()
    last = case.source.count("\n") + 1
    elements = [*walk(*parsed.body), *_in_notes(parsed)]
    lines = [element.line for element in elements] + [f.location.line for f in found]
    blocks = [block.line for block in parsed.body]

    assert [line for line in lines if not 1 <= line <= last] == []
    assert blocks == sorted(blocks)


@every
def test_no_word_is_lost(case: Case) -> None:
    """Every word of the text is a word of the tree, but for comments and link names."""
    parsed, _ = case.parsed()
    kept = serialize(*parsed.body) + " ".join(note.label for note in parsed.notes)
    kept += "".join(serialize(*note.content) for note in parsed.notes)
    kept += "".join(f" {a.short} {serialize(*a.content)}" for a in parsed.abbreviations)
    source = UNKEPT.sub(" ", case.source)

    assert {*WORD.findall(source)} - {*WORD.findall(kept)} == set()


def _in_notes(parsed: Parsed) -> Iterator[Element]:
    return walk(*(block for note in parsed.notes for block in note.content))
