"""The opening words of a chapter."""

from __future__ import annotations

import pytest

from octavo.markup import parse, serialize
from octavo.model import Element
from octavo.rendition.lead_in import with_lead_in


def led(text: str) -> str:
    blocks = tuple(node for node in parse(text) if isinstance(node, Element))
    return serialize(*with_lead_in(blocks))


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("On Tuesday, Priya left", "On Tuesday,"),
        ("It rang. That was it", "It rang."),
        ("One two three four five six seven", "One two three four five"),
        ("Short", "Short"),
        ("“You don’t have to stay,” Renata said", "“You don’t have to stay,”"),
    ],
)
def test_the_lead_in_ends_at_the_first_pause_or_the_fifth_word(words: str, lead: str) -> None:
    """No more than five words are set in small capitals, and not a letter is lost."""
    rest = words.removeprefix(lead)

    assert led(f"<p>{words}</p>") == f'<p><span class="lead-in">{lead}</span>{rest}</p>'


@pytest.mark.parametrize(
    "text", ["", "<blockquote><p>A</p></blockquote>", "<p><em>A</em> b</p>", "<p></p>"]
)
def test_what_opens_otherwise_is_left_alone(text: str) -> None:
    """A chapter that opens with a quotation or with markup has no lead-in."""
    assert led(text) == text


def test_only_the_first_paragraph_has_one() -> None:
    """Later paragraphs stay as they are."""
    assert led("<p>A</p><p>B</p>").endswith("<p>B</p>")
