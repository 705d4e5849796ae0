"""What an author wrote stands in the leaves of every edition, and its loss is seen."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from octavo.inspection.completeness.composition import lost_in_composition
from octavo.line import Workshop, prepare
from octavo.markup import rewrite, with_attributes
from octavo.model import Element, Manuscript, Medium, Rendition
from octavo.store import Store

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.inspection.completeness.faults import Fault
    from octavo.markup import Change
    from octavo.model import Leaf, Node

Book = Any
"""A little book of ``conftest.py``: tests are no package."""
EDITIONS = pytest.mark.parametrize("medium", list(Medium))

BOOK = """title: A Little Book
identifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e
references: refs.json
copyright-note: notice.md
contents:
  front: [copyright, contents]
  body: [chapter.md, second.md]
  back: [bibliography, index]
"""
REFERENCES = """[
{"id": "doe", "type": "document", "title": "A Title", "author": [{"family": "Doe"}]},
{"id": "roe", "type": "document", "title": "Another", "author": [{"family": "Roe"}]}]"""
CHAPTER = """---
subtitle: Of one of everything
author: A. Author
epigraph: {text: "Words *of* wisdom.", source: "Someone, @roe"}
---

# The *First*^[A note of the title.] after @doe

“Opening words,” he said, and went on.[^long] And called again.[^long]

::: caution
Mind [the gap]{.index}.

- a
-
- b
:::

Here it is [printed]{.only-print}[shown]{.only-epub}, both.

::: only-print
Print only.^[A note in print.]
:::

[What do you think?]{.write lines=3}

[]{.write lines=2}

***

![A cat[^cat]](cat.svg){width=50%}

<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0"/></svg>

<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math>

| h | i |
|---|---|
| a | see [@doe; @roe, p. 3] |
|   | y |

[author’s own]{.citation} and <sup class="note-call">7</sup> and <mark class="fault">mine</mark>

<mark class="fault">his</mark>

[^cat]: Not ours.
[^long]: First, as @doe says.

    Second *one*.

    ```python
    code = 1
    ```
"""
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>'
SECOND = "# The Second\n\nText of [the first](chapter.md).\n\nAnd more of it.\n"
NOTICE = "All rights reserved.^[Nearly all.]\n\n::: caution\nIndeed.\n:::\n"
FILES = {
    "book_yaml": BOOK, "refs_json": REFERENCES, "chapter_md": CHAPTER, "cat_svg": SVG,
    "second_md": SECOND, "notice_md": NOTICE,
}  # fmt: skip

TITLE, EPIGRAPH = "<h1>{{ title }}</h1>", "<div>{{ epigraph }}</div>"
AUTHOR, SUBTITLE = "<p>{{ section.author }}</p>", "<p>{{ section.subtitle }}</p>"


Composed = dict[Medium, tuple[Manuscript, Rendition]]


def _composed(folder: Path, *, draft: bool = False) -> tuple[Composed, set[str]]:
    """Take a book as far as the rendition in both media; return the codes of what was found."""
    findings: list[Diagnostic] = []
    workshop = Workshop(Store(Path(os.environ["OCTAVO_CACHE"])), findings.append)
    proofs = prepare(folder, lambda _: True, workshop, draft=draft)
    assert proofs
    pairs = {each.book.edition.medium: (proofs.manuscript, each) for each in proofs.renditions}
    return pairs, {finding.code for finding in findings}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Composed:
    """Return a book with one of everything, and nothing wrong with it."""
    folder = tmp_path_factory.mktemp("composition")
    for name, text in FILES.items():
        (folder / name.replace("_", ".")).write_text(text)
    composed, codes = _composed(folder)
    assert codes == {"unknown-class"}  # the press's own, in an author's hand
    return composed


def _lost(composed: Composed, medium: Medium, name: str, change: Change) -> tuple[Fault, ...]:
    """Return what is said where one leaf is changed."""
    manuscript, rendition = composed[medium]

    def changed(leaf: Leaf) -> Leaf:
        (content,) = rewrite(leaf.content, change)
        assert isinstance(content, Element)
        return replace(leaf, content=content) if leaf.section.id == name else leaf

    leaves = tuple(changed(leaf) for leaf in rendition.leaves)
    faults = lost_in_composition(manuscript, replace(rendition, leaves=leaves))
    assert all(fault.told().message for fault in faults)
    return faults


def _said(faults: tuple[Fault, ...]) -> list[tuple[str, str, str]]:
    return [(fault.code, fault.about.strip(), str(fault.location)) for fault in faults]


def _by(tag: str, line: int, new: Change) -> Change:
    """Change the first element of a name on a line."""
    done: list[Element] = []

    def change(element: Element) -> Node | tuple[Node, ...]:
        if done or (element.tag, element.line) != (tag, line):
            return element
        done.append(element)
        return new(element)

    return change


# --- What is by design --------------------------------------------------------------------------


@EDITIONS
def test_a_sound_book(sound: Composed, medium: Medium) -> None:
    """What the press adds or replaces, and what is for other editions, is no loss."""
    assert _said(lost_in_composition(*sound[medium])) == []


def test_a_faulty_draft(book: Book) -> None:
    """What a draft marks as faulty is told of already, and the rest is proved."""
    text = (
        "# A[^a] [b](#no) ![c](no.png)\n\n[@d] [^e] ![f](no.png)\n\n![x](no.png)\n\n"
        "# B {#chapter}\n\n<div>\n\n- *f*{#1} [g](h.md)\n\nA 字.\n\n[^a]: One^[two].\n"
    )
    book.add(book_yaml=BOOK.replace("second.md", "missing.md"), refs_json=REFERENCES)
    book.add(chapter_md=text, notice_md=NOTICE)

    composed, codes = _composed(book.folder, draft=True)

    assert {"missing-file", "dangling-link", "missing-image", "missing-character"} <= codes
    assert [_said(lost_in_composition(*pair)) for pair in composed.values()] == [[], []]


@EDITIONS
def test_title_of_a_theorem_is_proved(book: Book, medium: Medium) -> None:
    """What is printed in the head of a theorem is held against what its author wrote."""
    text = '# A\n\n::: {#thm-x title="Turns *of* $h$"}\nSo.\n:::\n\n'
    text += "![A hall](cat.svg){#fig-x short='A $h$'}\n\nSee @thm-x, @fig-x.\n"
    composed, codes = _composed(book.add(chapter_md=text, cat_svg=SVG).folder)

    assert (codes, _said(lost_in_composition(*composed[medium]))) == (set(), [])

    drop = _by("em", 3, lambda _: ())
    assert [each.code for each in _lost(composed, medium, "chapter", drop)] == ["text-missing"]


# --- Losses -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "text", "said"),
    [
        ("copyright", "<p>No rights.</p>", "All rights reserved."),
        ("opening", f"{TITLE}{EPIGRAPH}{AUTHOR}", "Of one of everything"),
        ("opening", f"{TITLE}{EPIGRAPH}{SUBTITLE}", "A. Author"),
        ("opening", f"{TITLE}{AUTHOR}{SUBTITLE}", "Words of wisdom."),
        ("opening", f"{EPIGRAPH}{AUTHOR}{SUBTITLE}", "The First after @doe"),
    ],
)  # fmt: skip
def test_template(book: Book, template: str, text: str, said: str) -> None:
    """A book's own template that leaves out what the author wrote is found out."""
    book.add(**FILES, **{f"templates__{template}_xhtml": text})
    book.add(book_yaml=BOOK.replace("references: refs.json\n", ""))

    composed, _ = _composed(book.folder)

    for pair in composed.values():
        faults = _said(lost_in_composition(*pair))
        told = {about for code, about, _ in faults if code in {"text-missing", "opening-missing"}}
        assert said in told


CHANGES: dict[str, tuple[str, int, Change, tuple[str, str]]] = {
    "a paragraph gone": ("p", 5, lambda _: (), ("text-missing", "And more of it.")),
    "a paragraph doubled": ("p", 5, lambda p: (p, p), ("text-doubled", "And more of it.")),
    "a word gone": (
        "p", 5, lambda p: replace(p, children=("And of it.",)), ("text-missing", "more"),
    ),
    "a word changed": (
        "p", 5, lambda p: replace(p, children=("And less of it.",)), ("text-changed", "more"),
    ),
    "a word too many": (
        "p", 5, lambda p: replace(p, children=("And much more of it.",)), ("text-stray", "much"),
    ),
    "a passage of nobody's": (
        "p", 5, lambda p: (Element("p", (), ("Buy now.",)), p), ("text-stray", "Buy now."),
    ),
    "a link without its words": (
        "a", 3, lambda a: replace(a, children=()), ("text-changed", "the first."),
    ),
    "a link doubled": ("a", 3, lambda a: (a, " ", a), ("text-stray", "first the")),
}  # fmt: skip


@EDITIONS
@pytest.mark.parametrize("name", CHANGES)
def test_text(sound: Composed, medium: Medium, name: str) -> None:
    """Whatever is lost, doubled or changed on the way is told with its words and its line."""
    tag, line, new, (code, about) = CHANGES[name]

    (fault,) = _lost(sound, medium, "second", _by(tag, line, new))

    assert (fault.code, fault.about.strip()) == (code, about)
    assert str(fault.location) in {"second.md:3", "second.md:5"}
    assert fault.where == f"in the edition “{sound[medium][1].book.edition.name}”"


def _line(beginning: str) -> int:
    """Return the number of the line of the chapter that begins with some words."""
    lines = enumerate(CHAPTER.splitlines(keepends=True), 1)
    return next(number for number, line in lines if line.startswith(beginning))


@EDITIONS
@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda e: e if e.tag != "hr" else (), "***"),
        (lambda e: e if e.tag != "td" or e.children else (), "|   | y |"),
        (lambda e: e if e.tag != "li" or e.children else (), "-\n"),
        (lambda e: e if e.tag != "img" else (), "![A cat"),
        (
            lambda e: e if e.tag != "img" else Element("img", (("src", "dog.png"),), (), e.line),
            "![A cat",
        ),
        (lambda e: e if e.tag != "svg" else (), "<svg"),
        (lambda e: e if e.tag != "math" else (), "<math"),
        (
            lambda e: e if e.tag != "td" or "citation" not in str(e) else replace(e, children=()),
            "| a | see",
        ),
    ],
)
def test_what_is_no_text(sound: Composed, medium: Medium, change: Change, words: str) -> None:
    """Breaks, empty cells and items, pictures and citations keep their places."""
    faults = _lost(sound, medium, "chapter", change)

    assert str(faults[0].location) == f"chapter.md:{_line(words)}"


@EDITIONS
def test_swapped_paragraphs(sound: Composed, medium: Medium) -> None:
    """Passages stand in the order in which they were written."""

    def swapped(element: Element) -> Element:
        if element.get("id") != "second":
            return element
        *head, one, other = element.children
        return replace(element, children=(*head, other, one))

    (fault,) = _lost(sound, medium, "second", swapped)

    assert fault.code == "text-out-of-order"


@EDITIONS
def test_notes(sound: Composed, medium: Medium) -> None:
    """A note that is called stands once, with its own text."""

    def is_note(element: Element) -> bool:
        return element.get("id") == "chapter.note-2" and element.tag in {"aside", "span"}

    def without_code(element: Element) -> Node | tuple[Node, ...]:
        return () if element.tag == "pre" else element

    gone = _lost(sound, medium, "chapter", lambda e: () if is_note(e) else e)
    cut = _lost(sound, medium, "chapter", without_code)
    doubled = _lost(sound, medium, "chapter", lambda e: (e, e) if is_note(e) else e)

    place = f"chapter.md:{_line('[^long]')}"
    assert ("text-missing", "First, as  says. Second one. code = 1", place) in _said(gone)
    assert _said(cut) == [("text-missing", "code = 1", place)]
    assert "text-doubled" in {fault.code for fault in doubled}


@EDITIONS
def test_calls(sound: Composed, medium: Medium) -> None:
    """A call bears the number of its own note."""

    def misnumbered(element: Element) -> Element:
        if element.tag == "sup" and "note-call" in element.classes:
            return replace(element, children=("9",))
        return with_attributes(element, data_mark="9") if element.get("data-mark") else element

    faults = _lost(sound, medium, "copyright", misnumbered)

    assert _said(faults)[0] == ("text-changed", "All rights reserved.", "notice.md:1")


@EDITIONS
def test_sections(sound: Composed, medium: Medium) -> None:
    """Every file has its leaf, once, in the order of ``contents``."""
    manuscript, rendition = sound[medium]
    leaves = {leaf.section.id: leaf for leaf in rendition.leaves}
    first, second = leaves["chapter"], leaves["second"]

    def said(*chosen: Leaf) -> list[tuple[str, str, str]]:
        every = (leaves["copyright"], *chosen, leaves["bibliography"])
        return _said(lost_in_composition(manuscript, replace(rendition, leaves=every)))

    assert said(first, second) == []
    assert said(first) == [("text-missing", "second.md", "second.md")]
    assert said(first, second, second) == [("text-doubled", "second.md", "second.md")]
    assert {code for code, *_ in said(second, first)} == {"section-out-of-order"}


@EDITIONS
def test_references(sound: Composed, medium: Medium) -> None:
    """A work that the text cites stands in the list of references, if the book has one."""

    def without_roe(element: Element) -> Node | tuple[Node, ...]:
        return () if element.get("id") == "bibliography.ref-roe" else element

    faults = _lost(sound, medium, "bibliography", without_roe)

    assert {(each.code, each.about) for each in faults} == {("text-missing", "@roe")}
