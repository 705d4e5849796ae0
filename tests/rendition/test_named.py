"""Named blocks: what a paragraph is that is one span."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.markup import parse, serialize
from octavo.model import Element
from octavo.rendition.named import with_lines

if TYPE_CHECKING:
    from tests.conftest import LittleBook

BLOCKS = """# Forms

::: verse
| A line of verse
|    and another

[A. Poet]{.source}
:::

::: play
*Enter Lane.*

[Lane]{.speaker} Yes, sir.
:::

::: recipe
- onions
- butter

1. Cook.
:::

::: letter
[Rome]{.date}

[Dear Charlotte,]{.salutation}

All is well.

[Johann]{.signature}
:::
"""


@pytest.mark.parametrize(
    ("written", "made"),
    [
        (
            '<p><span class="date">May</span></p>',
            '<p class="date"><span class="date">May</span></p>',
        ),
        ('<p><span class="own">May</span></p>', '<p><span class="own">May</span></p>'),
        ('<p>In <span class="date">May</span></p>', '<p>In <span class="date">May</span></p>'),
        (
            '<div class="play"><p><em>Exit.</em></p><p><em>No</em>.</p></div>',
            '<div class="play"><p class="stage"><em>Exit.</em></p><p><em>No</em>.</p></div>',
        ),
        ("<div><p><em>Exit.</em></p></div>", "<div><p><em>Exit.</em></p></div>"),
    ],
)
def test_a_paragraph_is_what_its_only_span_is(written: str, made: str) -> None:
    """A span that stands alone names its line; in a play, emphasis alone is a stage direction."""
    (element,) = parse(written)
    assert isinstance(element, Element)

    assert serialize(with_lines(element)) == made


def test_named_blocks_are_proved_in_both_editions(book: LittleBook) -> None:
    """Verse, plays, recipes and letters lose nothing."""
    run = book.add(chapter_md=BLOCKS).octavo("build")

    assert run.code == 0, run.said
    assert "warning" not in run.said
