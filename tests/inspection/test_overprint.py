"""Words over words are found, with their page; and nothing else is, however tightly it is set."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from octavo.inspection.completeness.paper import prove_pdf
from octavo.line import Workshop, prepare
from octavo.model import Medium
from octavo.press import fonts
from octavo.press.pdf import bind
from octavo.press.pdf.positions import sheets_of
from octavo.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.inspection.completeness.faults import Fault

BOOK = "title: Crowded\nidentifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
LINES = "reads quaggy words, a few, and goes on to the end of this line and the next, *oddly*, yes"
OVER = {
    "crushed": ("p { line-height: 0.05 }", LINES),
    "half": ("p { line-height: 0.5 }", LINES),
    "piled": ("p { letter-spacing: -1em }", "quaggy words, mammoth"),
    "close": ("p { letter-spacing: -0.5em }", "mmmm"),
    "backward": ("p { word-spacing: -3em }", "quaggy words, mammoth"),
    "pulled": ("em { margin-left: -4em }", "quaggy words, *mammoth*"),
    "larger": ("em { font-size: 250%; margin-left: -2em }", "quaggy words, *mammoth*"),
    "laid": (
        "{ position: relative } p + p { position: absolute; top: 0; left: 0 }",
        f"{LINES}\n\nOver it are words.",
    ),
    "blackened": (
        "p { position: relative } p::after { content: '████████'; position: absolute; left: 0 }",
        "quaggy words, mammoth",
    ),
    "struck": (
        "p { position: relative } p::after { content: '####@@@@'; position: absolute; left: 0 }",
        "quaggy words, mammoth",
    ),
    "dotted": (
        "p { position: relative } p::after { content: '••••••••'; position: absolute; left: 0 }",
        "quaggy words, mammoth",
    ),
    "turned": ("p { transform: rotate(20deg); line-height: 0.2 }", LINES),
}
"""What sets words over words, and a text for it."""
SOUND = {
    "plain": ("p { line-height: 1.3 }", LINES),
    "solid": ("p { line-height: 1 }", "jumping fjords ÀÉÎÕÜ gyp Ångström, " * 8),
    "tight": ("p { line-height: 0.62 }", "jumping fjords fly by, dizzily, gyp hedges, " * 6),
    "raised": ("sup { font-size: 60%; line-height: 0 }", "*of*<sup>12</sup>, 3<sup>rd</sup>" * 20),
    "initial": ("p::first-letter { font-size: 3em; line-height: 0 }", "Quaggy words."),
    "sunken": (
        "b { float: left; font-size: 35pt; line-height: 22pt }",
        f"<b>Q</b>{LINES} {LINES} {LINES}",
    ),
    "slanted": ("em { font-size: 200% }", "*f*i *f*l *f*(*f*)l*if*l “*ff*” T*f*’ *Af*b"),
    "kerned": ("p { letter-spacing: -0.07em }", "AVATAR, To. Ty, LT’, P., “Quid” fi ffi fluffy"),
    "joined": ("p { word-spacing: -0.25em }", "quaggy words, mammoth"),
    "marked": ("p { line-height: 1.2 }", "q\u0301uaggy m\u0302\u0323ammoth e\u0301\u0327"),
    "listed": ("li { line-height: 1 }", "1. quaggy\n2. mammoth\n    - words"),
    "celled": (
        "td { padding: 0; line-height: 1 }",
        "| a | b |\n|---|---|\n| jpg | lid |\n| a | b |",
    ),
    "parted": ("p { font-variant-numeric: diagonal-fractions }", "1/2 and 3/4 and 15/16"),
    "leaning": ("p { transform: rotate(30deg); width: 20em }", LINES),
    "backed": (
        "{ position: relative } b { position: absolute; left: 0; top: -20pt; font-size: 60pt }",
        "<b>7</b>quaggy words",
    ),
}
"""What a designer may do."""


def faults_of(folder: Path, files: Mapping[str, str], *, draft: bool = False) -> list[Fault]:
    """Return the letters over letters in the print edition of a book of these files."""
    (folder / "templates").mkdir()
    for name, text in {"book.yaml": BOOK, **files}.items():
        (folder / name).write_text(text, "utf-8")
    store = Store(Path(os.environ["OCTAVO_CACHE"]))
    workshop = Workshop(store, lambda _: None, "urn:x")
    proofs = prepare(folder, lambda e: e.medium is Medium.PDF, workshop, draft=draft)
    assert proofs is not None
    (rendition,) = proofs.renditions
    faces = fonts.faces(store)
    pdf = bind(rendition, faces, lambda _: None, lambda *_: None).data
    assert draft == any(run.text == "DRAFT" for sheet in sheets_of(pdf) for run in sheet.runs)
    faults = prove_pdf(pdf, rendition, faces).faults
    return [fault for fault in faults if fault.code == "text-overprinted"]


@pytest.fixture(scope="module")
def styled(tmp_path_factory: pytest.TempPathFactory) -> list[Fault]:
    """Return what is found in a book with a chapter for every style."""
    rules = {name: rule for name, (rule, _) in (OVER | SOUND).items()}
    style = "".join(f".{name} {part.strip()}\n" for name in rules for part in _each(rules[name]))
    texts = {name: text for name, (_, text) in (OVER | SOUND).items()}
    chapters = {
        f"{name}.md": f"# {name}\n\n::: {{.{name}}}\n{text}\n:::\n" for name, text in texts.items()
    }
    contents = f"contents: {{body: [{', '.join(chapters)}]}}\n"
    files = chapters | {"templates/book.css": style, "book.yaml": BOOK + contents}
    return faults_of(tmp_path_factory.mktemp("styled"), files)


def _each(rule: str) -> list[str]:
    """Return the rules of a style, each with its brace."""
    return [f"{part}}}" for part in rule.split("}") if part.strip()]


def of_chapter(faults: list[Fault], name: str) -> list[Fault]:
    return [fault for fault in faults if str(fault.location).startswith(f"{name}.md")]


@pytest.mark.parametrize("name", OVER)
def test_words_over_words_are_found(styled: list[Fault], name: str) -> None:
    """Words that share their place are told of, on their page, whatever set them so."""
    found = of_chapter(styled, name)

    assert {fault.code for fault in found} == {"text-overprinted"}


@pytest.mark.parametrize("name", SOUND)
def test_what_a_designer_may_do_is_left_alone(styled: list[Fault], name: str) -> None:
    """Tight lines, kerning, overhangs, raised figures, initials and marks are no fault."""
    assert of_chapter(styled, name) == []


def test_it_is_told_whose_words_stand_over_which(styled: list[Fault]) -> None:
    """The later words are told, once, and over which of the earlier ones they stand."""
    (laid,) = of_chapter(styled, "laid")
    (piled,) = of_chapter(styled, "piled")

    assert laid.about == "Over it are words."
    assert laid.found.startswith("reads quaggy words,")
    assert str(laid.location) == "laid.md:6"
    assert laid.where.startswith("on page ")
    assert (piled.about, piled.found) == ("quaggy words, mammoth", "quaggy words, mammoth")


def test_every_line_of_a_crushed_paragraph_is_told(tmp_path: Path) -> None:
    """Lines that all stand in the place of the first are told one by one, in their order."""
    chapter = "# Crushed\n\n" + " ".join(f"word{at:02} and more words" for at in range(30))
    style = "p { line-height: 0.05 }"

    found = faults_of(tmp_path, {"one.md": chapter, "templates/book.css": style})

    assert len(found) > 5
    assert [fault.about for fault in found] == sorted({fault.about for fault in found}, key=_first)
    assert {(fault.page, str(fault.location)) for fault in found} == {(found[0].page, "one.md:3")}


def _first(words: str) -> str:
    """Return the number in words such as ``more words word04 and``."""
    return min(filter(str.isdigit, "".join(c if c.isdigit() else " " for c in words).split()))


def test_the_word_across_a_draft_is_left_alone(tmp_path: Path) -> None:
    """What a draft says across its pages stands over words, and hides none."""
    text = f"# Draft\n\n{LINES * 30}"

    assert faults_of(tmp_path, {"one.md": text}, draft=True) == []
