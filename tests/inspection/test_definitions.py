"""A definition that the page of a glossary or of abbreviations has not, or otherwise, is found."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from octavo.inspection.completeness.composition import lost_in_composition
from octavo.line import Workshop, prepare
from octavo.markup import rewrite
from octavo.model import Element, Medium
from octavo.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from octavo.diagnostics import Diagnostic
    from octavo.markup import Change
    from octavo.model import Leaf, Manuscript, Node, Rendition

REFERENCES = '[{"id": "doe", "type": "document", "title": "A", "author": [{"family": "Doe"}]}]'
FILES = {
    "book.yaml": "title: T\nidentifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
    "references: refs.json\nglossary: {file: t.md, pages: true}\ncontents: {body: [one.md],"
    " back: [abbreviations, glossary, bibliography]}\n",
    "refs.json": REFERENCES,
    "dot.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>',
    "t.md": "tie\ncord\n: First [@doe].\n\n    ![A dot.](dot.svg)\n\n    - Second.\n",
    "one.md": "# One\n\nA [bond]{.term def='What *ties*; see [tie]{.term}, and [](#x).'}, a"
    " [tie]{.term}. The WHO and the U.N.[]{#x}[a]{.only-print}\n\n"
    "*[WHO]: World Health Organization\n*[U.N.]: United *Nations*\n",
}
EDITIONS = pytest.mark.parametrize("medium", list(Medium))
Composed = dict[Medium, tuple["Manuscript", "Rendition"]]


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Composed:
    """Return a book with definitions of every kind."""
    folder = tmp_path_factory.mktemp("definitions")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    findings: list[Diagnostic] = []
    workshop = Workshop(Store(Path(os.environ["OCTAVO_CACHE"])), findings.append)
    proofs = prepare(folder, lambda _: True, workshop)
    assert proofs
    assert findings == []
    return {each.book.edition.medium: (proofs.manuscript, each) for each in proofs.renditions}


def _lost(composed: Composed, medium: Medium, change: Change) -> list[tuple[str, str, str]]:
    manuscript, rendition = composed[medium]

    def changed(leaf: Leaf) -> Leaf:
        if leaf.section.id not in {"glossary", "abbreviations"}:
            return leaf
        (content,) = rewrite(leaf.content, change)
        assert isinstance(content, Element)
        return replace(leaf, content=content)

    leaves = tuple(map(changed, rendition.leaves))
    faults = lost_in_composition(manuscript, replace(rendition, leaves=leaves))
    return [(each.code, each.about.strip(), str(each.location)) for each in faults]


def _without(tag: str, words: str) -> Change:
    def change(element: Element) -> Node | tuple[Node, ...]:
        return () if element.tag == tag and words in str(element) else element

    return change


@EDITIONS
def test_a_sound_book(sound: Composed, medium: Medium) -> None:
    """What the press adds to an entry, and where it files it, is no loss."""
    assert lost_in_composition(*sound[medium]) == ()


@EDITIONS
@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (_without("dd", "What "), "text-missing", "one.md:3"),
        (_without("dt", "cord"), "text-missing", "t.md:1"),
        (_without("li", "Second"), "text-missing", "t.md:1"),
        (_without("img", "dot"), "text-missing", "t.md:1"),
        (_without("em", "ties"), "text-missing", "one.md:3"),
        (_without("div", "World"), "text-missing", "one.md:5"),
        (_without("em", "Nations"), "text-missing", "one.md:6"),
        (_without("dl", "WHO"), "text-missing", "one.md:5"),
        (lambda e: (e, e) if e.tag == "div" else e, "text-stray", "book.yaml:5"),
    ],
)
def test_a_lost_definition_is_found(
    sound: Composed, medium: Medium, change: Callable[[Element], Node], code: str, place: str
) -> None:
    """It is told with the place where the author defines it."""
    faults = _lost(sound, medium, change)

    assert (code, place) in {(code, place) for code, _, place in faults}


@EDITIONS
def test_a_page_that_is_gone_is_found(sound: Composed, medium: Medium) -> None:
    """All that it should have listed is told."""
    manuscript, rendition = sound[medium]
    left = tuple(leaf for leaf in rendition.leaves if leaf.section.id != "glossary")

    faults = lost_in_composition(manuscript, replace(rendition, leaves=left))

    assert [str(each.location) for each in faults] == ["one.md:3", "t.md:1"]
