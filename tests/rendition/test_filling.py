"""Laws of filling templates: a book's own may be wrong, but never stop the press."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from octavo.book import compose
from octavo.manuscript import read
from octavo.markup import serialize, text_of
from octavo.model import Medium
from octavo.project import load
from octavo.rendition import Bounds, filling, render, templates

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.model import Rendition

MANY = "{% for a in range(99999) %}"
ENDLESS = MANY * 4 + "{% endfor %}" * 4
"""A loop of some thousand years that prints nothing."""
Rendered = Callable[..., tuple["Rendition", list[str]]]


@pytest.fixture
def rendered(book: LittleBook) -> Rendered:
    """Return what renders the book within bounds, and the places and codes of what is wrong."""

    def renderer(bounds: Bounds = filling.BOUNDS) -> tuple[Rendition, list[str]]:
        findings: list[str] = []

        def report(finding: object) -> None:
            findings.append(f"{finding.location} {finding.code}")  # type: ignore[attr-defined]

        project = load(book.folder, report)
        assert project is not None
        edition = next(each for each in project.editions if each.medium is Medium.EPUB)
        own = templates.load(project.templates, project.root, report)
        composed = compose(read(project, report), edition, report)
        return render(composed, own, report, bounds), findings

    return renderer


@pytest.mark.parametrize(
    ("text", "bounds", "code"),
    [
        (ENDLESS, Bounds(seconds=1.0), "template-too-slow"),
        ("{{ 'x' * 10**8 }}", Bounds(), "template-too-large"),
        (MANY * 2 + "x" * 99 + "{% endfor %}" * 2, Bounds(characters=99), "template-too-large"),
        pytest.param(
            "{{ 'x' * 10**11 }}",
            Bounds(),
            "template-too-large",
            marks=pytest.mark.skipif(sys.platform != "linux", reason="no limit on memory"),
        ),
    ],
)
def test_a_template_beyond_all_bounds_is_given_up(
    book: LittleBook, rendered: Rendered, text: str, bounds: Bounds, code: str
) -> None:
    """It is an error of its file, told once, and its book's other templates are not filled."""
    book.add(templates__opening_xhtml=f"<p>{text}</p>", templates__cover_xhtml="<p>cover</p>")
    book.add(book_yaml="title: T\ncontents: [chapter.md, z.md]\n", z_md="# Z\n")

    rendition, found = rendered(bounds)

    assert found == [f"templates/opening.xhtml {code}"]
    shown = {leaf.section.id: text_of(leaf.content) for leaf in rendition.leaves}
    assert "[template-error] opening.xhtml" in shown["chapter"]
    assert "[template-error] opening.xhtml" in shown["z"]
    assert rendition.cover[0] == "<h1>T</h1>"


def test_all_pages_count_together(book: LittleBook, rendered: Rendered) -> None:
    """A template that makes a little too much for each of many pages is found out, too."""
    book.add(templates__opening_xhtml="<p>" + "x" * 60 + "</p>", z_md="# Z\n")
    book.add(book_yaml="title: T\ncontents: [chapter.md, z.md]\n")

    assert rendered(Bounds(characters=100))[1] == ["templates/opening.xhtml template-too-large"]
    assert rendered(Bounds(characters=1000))[1] == []


def test_the_presss_own_templates_need_no_worker(
    rendered: Rendered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A book without templates of its own does not wait for a worker to start."""
    monkeypatch.setattr(filling, "Crew", None)

    assert rendered()[1] == []


def test_a_books_own_copy_of_a_template_makes_the_same(
    book: LittleBook, rendered: Rendered
) -> None:
    """What a worker fills is what the press would fill, with all that templates may ask for."""
    plain, _ = rendered()
    design = templates.load(None, book.folder, lambda _: None)
    own = {name: text for name, text in design.texts.items() if name.endswith(".xhtml")}
    for name, text in own.items():
        book.add(**{f"templates__{name.replace('.', '_')}": text})

    copied, found = rendered()

    assert found == []
    assert [serialize(leaf.content) for leaf in copied.leaves] == [
        serialize(leaf.content) for leaf in plain.leaves
    ]
    assert copied.cover == plain.cover


@pytest.mark.parametrize(
    "text",
    [
        "{% for i in [1] %}" * 30 + "{% endfor %}" * 30,
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{{ " + "not " * 5000 + "1 }}",
    ],
)
def test_a_template_too_deep_is_told_of(book: LittleBook, rendered: Rendered, text: str) -> None:
    """Python's own bounds on programs are no reason for a traceback."""
    book.add(templates__opening_xhtml=text)

    found = {(each.split(":")[0].split(" ")[0], each.split(" ")[-1]) for each in rendered()[1]}

    assert found == {("templates/opening.xhtml", "template-error")}
