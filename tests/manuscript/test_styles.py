"""Laws of styles: what engines fail on is found, with its line, and nothing else is."""

from __future__ import annotations

import pytest

from octavo.manuscript.styles import DEEPEST, LARGEST, Excess, excess


@pytest.mark.parametrize(
    ("css", "line"),
    [
        ("p {}\nq { margin: 1e400px }", 2),
        (f"p {{ width: {LARGEST + 1}px }}", 1),
        (f"p {{ width: -{LARGEST + 1}px }}", 1),
        ("\n\n" + "9" * 5000, 3),
        ("<!--" + "9" * 5000, 1),
        ("\n" + "a{" * (DEEPEST + 1), 2),
        ("calc(" * (DEEPEST + 1), 1),
        ("/* 9 */ p { width: 9999999px }", 1),
    ],
)
def test_what_no_page_can_hold_is_found(css: str, line: int) -> None:
    """A number beyond what engines count in, or brackets beyond what they follow, has its line."""
    found = excess(css)

    assert isinstance(found, Excess)
    assert found.line == line


@pytest.mark.parametrize(
    "css",
    [
        "",
        f"p {{ width: {LARGEST}px }}",
        "p { color: #12345678; background: url(data:image/png;base64,99999999) }",
        "/* 99999999 ((((((((((((((((((((((((((((((((((((((((((( */",
        'p::before { content: "99999999 {{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{{" }',
        ".a99999999, #b-99999999 {}",
        "(" * DEEPEST + ")" * DEEPEST,
        "()" * 1000,
    ],
)
def test_what_books_ask_for_is_let_through(css: str) -> None:
    """Colours, names, strings, comments and addresses hold figures that count nothing."""
    assert excess(css) is None
