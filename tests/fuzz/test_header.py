"""The header of a Markdown file: whatever stands in it, it is read, or its author is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st
from tests.fuzz.conftest import fuzzed, patience, unsound, wounded_text

from octavo.manuscript import header

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic

SAMPLES = (
    (
        "---\ntitle: 1984\nshort-title: Yes\nsubtitle: 'A: B'\nauthor: Ada\nrole: preface\n"
        "numbered: no\nepigraph:\n  text: So it *goes*.\n  source: Anon\n---\nText.\n"
    ),
    '---\ntitle: "A \\u2014 B"\nepigraph: |\n  Two\n  lines\n...\n# One\n',
    "\ufeff\n---\ntitle: >-\n  folded\n  text\nrole: appendix # a remark\n---\n",
    "---\n{title: A, numbered: yes, epigraph: {text: T, source: S}}\n---\nText.\n",
)
PIECES = (
    *("---\n", "...\n", "title: ", "epigraph: ", "numbered: ", "role: ", "text: ", "? ", ": "),
    *("&a ", "*a ", "<<: *a\n", "!!python/object/apply:os.system ", "!!binary ", "!t ", "!<x> "),
    *("[", "]", "{", "}", "- ", "|\n", ">\n", "'", '"', "#", "%YAML 1.1\n", "%TAG ! x\n", "@", "`"),
    *("\t", "\r", "\n", "\x00", "\x85", "\u2028", "\ufeff", "\u202e", "\ud7ff", "\U000e0041"),
    *('"\\ud800"', '"\\Uffffffff"', '"\\x00"', "%YAML " + "9" * 5000 + ".1\n", "1" * 5000),
    *("~", "null", "2026-11-22", "1e999", ".nan", "0x" + "f" * 99, "1:2:3", "[" * 99, "{a: " * 99),
)

BEYOND = (f"---\n%YAML {'9' * 5000}.1\n---\n", '---\n"\\Uffffffff": x\n---\n')
"""What the parser that is written in Python stumbles over."""


@fuzzed
@given(wounded_text(SAMPLES, PIECES) | st.lists(st.sampled_from(PIECES)).map("".join))
@example(BEYOND[0])
@example(BEYOND[1])
@example("---\ntitle: \u2028\nrole: \u2028x\ncolour: red\n---\n")
def test_any_header_is_read_or_its_author_told(text: str) -> None:
    """Every text comes back, with each complaint at one of its lines, and none is an exception."""
    findings: list[Diagnostic] = []

    with patience():
        opening = header.split(text, "chapter.md", findings.append)

    assert unsound(findings, {"chapter.md": text}) == []
    assert text.endswith(opening.text)
    assert text.count("\n") + 1 == opening.text.count("\n") + opening.first_line


@pytest.mark.parametrize("text", BEYOND, ids=["a version", "a character"])
def test_the_parser_in_python_breaks_no_header_either(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PyYAML has no parser in C, what its own stumbles over is told of."""
    findings: list[Diagnostic] = []
    monkeypatch.setattr(header, "LOADER", yaml.SafeLoader)

    header.split(text, "chapter.md", findings.append)

    assert [each.code for each in findings] == ["bad-yaml"]
