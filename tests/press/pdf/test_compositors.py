"""Laws of typesetting within bounds: no section can stop the press, and all others are set."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from octavo.bounds import Limits
from octavo.markup import DEEPEST, with_attributes
from octavo.model import Artifact, Matter
from octavo.press.pdf import bind
from octavo.press.pdf.compositors import BOUNDS, Bounds
from octavo.press.pdf.engine import Options

if TYPE_CHECKING:
    from tests.press.pdf.conftest import Maker

    from octavo.diagnostics import Diagnostic
    from octavo.model import Rendition
    from octavo.press.fonts import Face

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such thing")

ENDLESS = '<div style="display: flex">' * 60 + "x" + "</div>" * 60
"""Each level doubles the time: WeasyPrint would be done in some thousand million years."""
ENORMOUS = '<table><tr><td colspan="1000000000">x</td></tr></table>'
"""WeasyPrint writes down every column."""

Bound = Callable[..., tuple[Artifact, list[str], list[tuple[str, int, int]]]]


@pytest.fixture
def within(garamond: tuple[Face, ...]) -> Bound:
    """Return what binds a rendition within bounds; it gives findings and progress, too."""

    def binder(
        rendition: Rendition, bounds: Bounds = BOUNDS
    ) -> tuple[Artifact, list[str], list[tuple[str, int, int]]]:
        findings: list[Diagnostic] = []
        steps: list[tuple[str, int, int]] = []

        def progress(step: str, done: int, total: int) -> None:
            steps.append((step, done, total))

        artifact = bind(rendition, garamond, findings.append, progress, bounds)
        return artifact, [f"{each.location} {each.code}" for each in findings], steps

    return binder


def beside_two_others(make: Maker, html: str) -> Rendition:
    """Return three chapters; both others lead to places in the one between them."""
    link = '<p><a href="#inside">x</a> <folio of="c2"/> {}</p>'
    return make.rendition(
        make.leaf("c1", "chapter", Matter.BODY, link.format(make.words(30)), "One"),
        make.leaf("c2", "chapter", Matter.BODY, f'<p id="inside">y</p>{html}', "Two"),
        make.leaf("c3", "chapter", Matter.BODY, link.format(make.words(40)), "Three"),
    )


def texts(artifact: Artifact) -> list[str]:
    """Return the text of every page."""
    document = pypdfium2.PdfDocument(artifact.data)
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.mark.parametrize(
    ("html", "bounds", "code"),
    [
        (ENDLESS, Bounds(seconds=5.0), "section-too-slow"),
        pytest.param(
            ENORMOUS, Bounds(limits=Limits(memory=600_000_000)), "section-too-large", marks=posix
        ),
    ],
)
def test_a_section_beyond_all_bounds_is_given_up(
    make: Maker, within: Bound, html: str, bounds: Bounds, code: str
) -> None:
    """It is an error, once, in its own file; an empty page stands for it, and links lead there.

    It is not tried again when folios are filled in.
    """
    artifact, found, steps = within(beside_two_others(make, html), bounds)

    pages = texts(artifact)
    assert found == [f"manuscript/c2.md {code}"]
    assert [text for text in pages if "Two" in text or "y" in text.split()] == []
    assert sum("the press sets" in text for text in pages) == 2
    assert [done for step, done, _ in steps if step == "typeset"] == [1, 2, 3, 2, 3]


class Deadly(str):
    """A text that ends whoever reads it from a pickle."""

    __slots__ = ("number",)
    number: signal.Signals

    def __reduce__(self) -> tuple[object, ...]:
        """Send the reader a signal."""
        return signal.raise_signal, (self.number,)


@posix
@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGKILL])
def test_a_compositor_that_dies_is_told_of(
    make: Maker, within: Bound, number: signal.Signals
) -> None:
    """A crash is an error of the section that was being set, and of no other."""
    deadly = Deadly("x")
    deadly.number = number
    rendition = beside_two_others(make, "")
    first, second, third = rendition.leaves
    content = with_attributes(second.content, title=deadly)
    leaves = (first, replace(second, content=content), third)

    _, found, _ = within(replace(rendition, leaves=leaves))

    assert found == ["manuscript/c2.md section-crashed"]


def test_a_library_that_fails_is_told_of(make: Maker, within: Bound) -> None:
    """What the engine cannot even refuse is an error of the section, and never a traceback."""
    rendition = beside_two_others(make, "")
    first, second, third = rendition.leaves
    broken = with_attributes(second.content, title="\ud800")  # half a character is no UTF-8
    style = ("text", "section::before { content: attr(title) }")

    _, found, _ = within(
        replace(rendition, leaves=(first, replace(second, content=broken), third),
                stylesheets=(*rendition.stylesheets, style))
    )  # fmt: skip

    assert found == ["manuscript/c2.md section-crashed"]


def test_compositors_are_told_which_mends_act(make: Maker, within: Bound) -> None:
    """A fault of the engine can be shown in a whole book, with its mend switched off."""
    html = "".join(
        f"<p>{make.words(13 + at % 11, at)}"
        f"{make.note(f'n{at}', at, make.words(9 + 37 * (at % 7 == 0), at))}"
        f" {make.words(at * 7 % 40, at)}</p>"
        for at in range(120)
    )
    rendition = make.rendition(make.leaf("c1", "chapter", Matter.BODY, html))

    _, found, _ = within(rendition, Bounds(options=Options(keep_notes=False)))

    assert "manuscript/c1.md:1 lost-note" in found


def test_a_draft_is_made_all_the_same(make: Maker, within: Bound) -> None:
    """A draft shows all that could be set, and its running heads are where they belong."""
    artifact, _, _ = within(make.drafted(beside_two_others(make, ENDLESS)), Bounds(seconds=5.0))

    assert all("DRAFT" in text for text in texts(artifact))


def test_the_furniture_is_bounded(make: Maker, within: Bound) -> None:
    """Running heads hold the author's words and obey the author's stylesheet: so they may hang."""
    rendition = beside_two_others(make, "")
    hostile = "p { display: none } .sheet::before { content: '" + "x " * 10**6 + "' }"
    sheets = (rendition.stylesheets[0], ("furniture", hostile))

    artifact, found, _ = within(replace(rendition, stylesheets=sheets), Bounds(seconds=5.0))

    assert found == ["templates/furniture.css furniture-too-slow"]
    assert artifact.pages >= 4


def test_furniture_on_other_pages_is_told_of(make: Maker, within: Bound) -> None:
    """A stylesheet that hides the pages leaves the book without furniture, and says so."""
    rendition = beside_two_others(make, "")
    sheets = (rendition.stylesheets[0], ("furniture", ".sheet { display: none }"))

    _, found, _ = within(replace(rendition, stylesheets=sheets))

    assert found == ["templates/furniture.css furniture-off-page"]


@pytest.mark.parametrize("size", [1, 3])
def test_the_number_of_compositors_changes_nothing(
    make: Maker, within: Bound, small: Artifact, size: int
) -> None:
    """One compositor or several: the same bytes, the same findings, the same steps."""
    artifact, found, steps = within(make.small_book(), Bounds(compositors=size))

    assert artifact.data == small.data
    assert found == []
    assert steps[:8] == [("typeset", at + 1, 8) for at in range(8)]


def test_the_order_of_findings_is_that_of_the_book(make: Maker, within: Bound) -> None:
    """What is found is told section by section, whichever was set first."""
    wide = '<pre style="white-space: pre">{}</pre>'.format("x" * 200)
    leaves = [
        make.leaf(f"c{at}", "chapter", Matter.BODY, wide + f"<p>{make.words(100 * at)}</p>")
        for at in range(1, 5)
    ]

    _, found, _ = within(make.rendition(*leaves), Bounds(compositors=2))

    assert found == [f"manuscript/c{at}.md:1 text-off-page" for at in range(1, 5)]


def test_text_as_deep_as_it_may_be_is_set(make: Maker, within: Bound) -> None:
    """The deepest text that can be read is no deeper than can be sent to a compositor."""
    inside = DEEPEST - 3
    html = "<i>" * inside + "x" + "</i>" * inside

    _, found, _ = within(make.rendition(make.leaf("c1", "chapter", Matter.BODY, f"<p>{html}</p>")))

    assert found == []
