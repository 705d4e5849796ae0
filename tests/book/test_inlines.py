"""Laws of the table from Pandoc's inline elements to ours."""

from __future__ import annotations

import re

import pytest

from octavo.book.inlines import Tree, inlines, reference_id
from octavo.markup import serialize

NO_ATTRIBUTES = ["", [], []]


def _word(text: str) -> Tree:
    return {"t": "Str", "c": text}


def _link(target: str) -> Tree:
    return {"t": "Link", "c": [NO_ATTRIBUTES, [_word("x")], [target, ""]]}


def _span(*classes: str) -> Tree:
    return {"t": "Span", "c": [["", list(classes), []], [_word("x")]]}


def _quoted(kind: str) -> Tree:
    return {"t": "Quoted", "c": [{"t": kind}, [_word("x")]]}


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (_word("a & b"), "a &amp; b"),
        ({"t": "Space"}, " "),
        ({"t": "SoftBreak"}, " "),
        ({"t": "LineBreak"}, "<br/>"),
        ({"t": "Emph", "c": [_word("x")]}, "<em>x</em>"),
        ({"t": "Strong", "c": [_word("x")]}, "<strong>x</strong>"),
        ({"t": "Superscript", "c": [_word("x")]}, "<sup>x</sup>"),
        ({"t": "Subscript", "c": [_word("x")]}, "<sub>x</sub>"),
        ({"t": "Strikeout", "c": [_word("x")]}, "<s>x</s>"),
        ({"t": "SmallCaps", "c": [_word("x")]}, '<span class="smallcaps">x</span>'),
        ({"t": "Underline", "c": [_word("x")]}, '<span class="underline">x</span>'),
        (_quoted("DoubleQuote"), "“x”"),
        (_quoted("SingleQuote"), "‘x’"),
        ({"t": "Cite", "c": [[], [_word("x")]]}, "x"),
        (_span(), "x"),
        (_span("nocase"), "x"),
        (_span("csl-left-margin"), '<span class="csl-left-margin">x</span>'),
        ({"t": "Code", "c": [NO_ATTRIBUTES, "x"]}, "<code>x</code>"),
        ({"t": "Math", "c": [{"t": "InlineMath"}, "x^2"]}, "x^2"),
        ({"t": "RawInline", "c": ["html", "<i>"]}, "&lt;i&gt;"),
        (_link("#ref-a:b"), '<a href="#ref-a_3a_b" role="doc-biblioref">x</a>'),
        (
            _link("https://example.org/a%20b?c=d&e=f#g"),
            '<a href="https://example.org/a%20b?c=d&amp;e=f#g">x</a>',
        ),
        (_link("https://example.org/ä b"), '<a href="https://example.org/%C3%A4%20b">x</a>'),
        (
            _link("https://doi.org/10.1/(A)2<1::B>3.0;2-#"),
            '<a href="https://doi.org/10.1/(A)2%3C1::B%3E3.0;2-%23">x</a>',
        ),
    ],
)
def test_becomes_xhtml(tree: Tree, expected: str) -> None:
    """Every element that citeproc yields has its counterpart, and no text is lost."""
    assert expected == serialize(*inlines([tree]))


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "https://javascript:alert(1)",
        "http://[x",
        "file://host/etc/hosts",
        "https:///x",
        "a b",
    ],
)
def test_links_to_web_addresses_only(target: str) -> None:
    """What is no address of the web is printed, and leads nowhere."""
    assert inlines([_link(target)]) == ("x",)


def test_joins_words() -> None:
    """Neighbouring words become one text."""
    assert inlines([_word("a"), {"t": "Space"}, _word("b")]) == ("a b",)


def test_refuses_what_it_does_not_know() -> None:
    """An element that citeproc has never yielded is a mistake of ours, not of the author."""
    with pytest.raises(KeyError, match="Note"):
        inlines([{"t": "Note", "c": []}])


KEYS = ["smith2010", "a:b", "a_3a_b", "a_b", "a__b", "é", "1999", "a b", "a/b", "_3a_", ":", "A:B"]


def test_gives_every_key_an_id_of_its_own() -> None:
    """Different keys have different ids, and every id is an XML name without colons."""
    ids = [reference_id(key) for key in KEYS]

    assert len(KEYS) == len(set(ids))
    assert all(re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", identifier) for identifier in ids)
    assert ids[0] == "ref-smith2010"
