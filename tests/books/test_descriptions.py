"""Long descriptions of figures: read on screens, and not printed."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

from octavo.markup import serialize
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

LOOP = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M2 2h56v36z"/></svg>'
TEXT = """# One

![A loop](loop.svg){#fig-loop alt="An arrow that returns."}

::: {.description for=fig-loop}
The arrow goes *round* and comes back.[^why]
:::

Text goes on.

[^why]: It has to.
"""


def test_a_figure_points_to_its_description(book: LittleBook) -> None:
    """The EPUB has it in a part that opens, and says so to catalogues."""
    run = book.add(chapter_md=TEXT, loop_svg=LOOP).octavo("build")
    leaf = serialize(book.proof().leaf("chapter").content)

    assert run.code == 0, run.said
    assert 'alt="An arrow that returns." aria-details="description-fig-loop"' in leaf
    assert 'id="description-fig-loop"><summary>' in leaf
    assert '<summary><span class="caption-label">Description</span></summary>' in leaf
    assert book.octavo("check", "--epub").said == "No errors.\n"
    with ZipFile(BytesIO(book.made("epub"))) as file:
        assert "longDescription" in file.read("EPUB/content.opf").decode()


def test_print_has_the_figure_and_no_description(book: LittleBook) -> None:
    """Who holds a printed page sees the figure; the note in the description goes with it."""
    proof = book.add(chapter_md=TEXT, loop_svg=LOOP).proof(Medium.PDF)

    leaf = serialize(proof.leaf("chapter").content)
    assert proof.codes == []
    assert "comes back" not in leaf
    assert "It has to" not in leaf
