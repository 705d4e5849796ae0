"""The text of a book: whatever it is, it becomes a sound tree, and its author is told the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.fuzz.conftest import fuzzed, patience, unsound
from tests.fuzz.grammar import MARKDOWN

from octavo.diagnostics import has_errors
from octavo.manuscript.syntax import House, Parsed, parse
from octavo.manuscript.syntax.depth import DEEPEST
from octavo.markup import parse as parsed_xml
from octavo.markup import rewrite_all, serialize, walk

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Element, Node

FILE = "chapter.md"


def _read(text: str, house: House | None = None) -> tuple[Parsed, list[Diagnostic]]:
    findings: list[Diagnostic] = []
    with patience():
        return parse(text, 1, FILE, house or House(), findings.append), findings


def _blocks(parsed: Parsed) -> tuple[Element, ...]:
    return (*parsed.body, *(block for note in parsed.notes for block in note.content))


def _lineless(*nodes: Node) -> tuple[Node, ...]:
    return rewrite_all(nodes, lambda element: replace(element, line=0))


def _depth(element: Element) -> int:
    depth, row = 0, [element]
    while row:
        depth += 1
        row = [node for each in row for node in each.children if not isinstance(node, str)]
    return depth


@fuzzed
@given(MARKDOWN, st.booleans(), st.sampled_from(("en", "de", "fr", "ar", "zh")))
@example("# *word**word*~~word~~", False, "en")
@example("# <svg><text><note>word</note></text></svg>", False, "en")
@example("[" * 300 + "](a)" * 300, False, "en")
@example("*a " * 300 + "a* " * 300, False, "en")
def test_any_text_becomes_a_sound_tree(text: str, cites: bool, language: str) -> None:  # noqa: FBT001
    """It is XML, not too deep, on lines that there are, its notes there, or there is an error."""
    parsed, findings = _read(text, House(language, cites=cites))

    blocks = _blocks(parsed)
    elements = list(walk(*blocks))
    assert unsound(findings, {FILE: text}) == []
    assert _lineless(*parsed_xml(serialize(*blocks))) == _lineless(*blocks)
    assert all(_depth(block) <= DEEPEST + 1 for block in blocks)
    assert all(0 < element.line <= text.count("\n") + 1 for element in elements)
    assert {e.get("label") for e in elements if e.tag == "note"} <= {n.label for n in parsed.notes}
    assert has_errors(findings) or not any(element.tag == "fault" for element in elements)
    assert "klzzwxh" not in serialize(*blocks) or "klzzwxh" in text


REPEATED = (
    *(
        "^[",
        "[^",
        "[^a]",
        "[]{.a}",
        "[",
        "![",
        "*",
        "_*",
        "*a ",
        "a*",
        "**a*",
        "`",
        "`a",
        "~",
        "^a",
    ),
    *(
        "<a>",
        "<svg/>",
        "<!--",
        "\n<!-- \n",
        "<a ",
        "<br/>",
        "\\",
        "&",
        "&a;",
        "@a ",
        "[@a",
        "{a=",
        "|",
    ),
    *("\n-", "\n- a\n", "\n| ", "\n> ", "\na\n: b\n", "\n::: a\n", "\n[a]: b\n", "\n[^a]: b\n"),
    *("<<<<<<< a\n", '"', "'", "--", " ", "\t", "a  ", "\n<p>a</p> b", "<a@", "](", "](a"),
)
WRAPPED = (
    *(
        ("# a", " ", "x"),
        ("# a {", "\t", "x"),
        ("[a](", " ", "x"),
        ("[a](b", " ", "<"),
        ("x", " ", "y"),
    ),
    *(
        ("[a]: b", " ", "x"),
        ("[a]: <", "\t", "]"),
        ("|", "`", "x"),
        ("<a@", ".", "x"),
        ("_", "*", "x"),
    ),
    *(
        ("", "[", "](a)" * 9000),
        ("", "*a ", "b* " * 9000),
        ("", "[", "]" * 50_000),
        ("- ", "{", "}"),
    ),
    *(
        ("", "".join(f"\n<x{n}>" for n in range(9000)), ""),
        ("<div>", "<!--", "</div>"),
        ("@a [", " ", "]"),
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize(("head", "piece", "tail"), [*(("", p, "") for p in REPEATED), *WRAPPED])
def test_a_long_text_is_read_in_time(head: str, piece: str, tail: str) -> None:
    """What repeats a hundred thousand signs long is read in seconds, not in hours."""
    text = head + piece * (100_000 // len(piece) or 1) + tail

    _, findings = _read(text)

    assert unsound(findings, {FILE: text}) == []
