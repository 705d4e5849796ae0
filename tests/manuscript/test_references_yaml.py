"""CSL-YAML files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.diagnostics import Location
from octavo.manuscript.references import File, read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.diagnostics import Diagnostic
    from octavo.model import Reference


def csl(text: str) -> tuple[Mapping[str, Reference], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read([File("a.yaml", text)], found.append), found


def test_an_item_is_what_its_author_wrote() -> None:
    """No word becomes a truth, no number another; Markdown and CSL's tags are both markup."""
    items, found = csl(
        "- id: 7\n  title: No *x* <i>y</i>\n  volume: 0x1F\n  page: 12:30\n  issue: 1_000\n"
        "  issued: 2020-05\n  URL: https://a.de/_x_\n  note: yes\n"
        "  author: [{family: B, given: C}]\n"
    )

    assert items["7"].item == {
        "id": "7",
        "title": "No <i>x</i> <i>y</i>",
        "volume": "0x1F",
        "page": "12:30",
        "issue": "1_000",
        "issued": {"date-parts": [[2020, 5]]},
        "URL": "https://a.de/_x_",
        "note": "yes",
        "author": [{"family": "B", "given": "C"}],
    }
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "- {id: a, title: T}",
        "references:\n- id: a\n  title: T\n",
        "---\nnocite: x\nreferences:\n- id: a\n  title: T\n...\n",
        "---\n- id: a\n  title: T\n---\n",
    ],
)
def test_the_list_may_stand_alone_or_under_its_key(text: str) -> None:
    """Both forms that Pandoc and reference managers write are read."""
    items, found = csl(text)

    assert {key: ref.item for key, ref in items.items()} == {"a": {"id": "a", "title": "T"}}
    assert found == []


@pytest.mark.parametrize("text", ["", "[]", "references:", "---\n...\n", "# nothing yet\n"])
def test_an_empty_list_is_fine(text: str) -> None:
    """A file that lists nothing is no mistake."""
    assert csl(text) == ({}, [])


BROKEN = {
    "a tab": ("- id: a\n\ttitle: T", 2, "bad-yaml"),
    "two colons": ("- id: a\n  title: x: y", 2, "bad-yaml"),
    "a word": ("\nfoo", 2, "bad-yaml"),
    "no list": ("\nfoo: bar", 2, "bad-yaml"),
    "a list that is none": ("x: y\nreferences: z", 2, "bad-yaml"),
    "an alias": ("- &a {id: a}\n- *a", 1, "bad-yaml"),
    "a tag": ("- id: !!python/object:x a", 1, "bad-yaml"),
    "two documents": ("- id: a\n---\n- id: b", 2, "bad-yaml"),
    "a nest without bottom": ("[" * 100_000, 1, "bad-yaml"),
    "an invisible character": ("- id: a\n  title: x\x01", 2, "bad-yaml"),
    "an invisible escape": ('- id: a\n\n- {id: b, title: "x\\x01"}', 3, "bad-yaml"),
    "a key twice": ("- id: a\n  title: x\n  title: y", 3, "duplicate-key"),
    "a key that is a list": ("- [a]: b", 1, "bad-yaml"),
    "a word for an item": ("- {id: a, title: x}\n- b", 2, "wrong-type"),
    "no id": ("- {id: a, title: x}\n- title: y", 2, "missing-id"),
    "a name for a list of names": ("\n- {id: a, title: x, author: B}", 2, "bad-name"),
    "a date in words": ("\n- {id: a, title: x, issued: spring 99}", 2, "bad-date"),
    "a year in words": ("\n- {id: a, title: x, issued: {year: y}}", 2, "bad-date"),
    "no year among numbers": ("\n- {id: a, title: x, issued: [{year: y}]}", 2, "bad-date"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_told_with_its_line(name: str) -> None:
    """A broken file or item is one finding with file, line, code and a hint."""
    text, line, code = BROKEN[name]

    _, found = csl(text)

    found = [each for each in found if each.code != "missing-field"]
    assert [(f.location, f.code) for f in found] == [(Location("a.yaml", line), code)]
    assert found[0].hint


def test_what_pandoc_would_lose_is_kept() -> None:
    """Words for a date, fields of an author's own, and an empty field are what they were."""
    items, _ = csl("- {id: a, title: x, issued: forthcoming, custom: {a: {b: c}}, note: ''}")

    assert items["a"].item["issued"] == {"literal": "forthcoming"}
    assert items["a"].item["custom"] == {"a": {"b": "c"}}


@pytest.mark.parametrize(("written", "circa"), [("true", True), ("false", False)])
def test_about_is_yes_or_no(written: str, *, circa: bool) -> None:
    """The one word that is no text is not taken for one."""
    items, _ = csl(f"- {{id: a, title: x, issued: {{year: 1850, circa: {written}}}}}")

    issued = items["a"].item["issued"]
    assert isinstance(issued, dict)
    assert bool(issued.get("circa")) is circa


@pytest.mark.parametrize("number", [".nan", ".NaN", ".inf", "-.inf", "+.INF"])
def test_a_number_that_is_none_is_told(number: str) -> None:
    """What YAML calls a number without being one, no style can print; in quotes, it is text."""
    _, found = csl(f"- id: a\n  title: '{number}'\n  volume: {number}\n")

    assert [(each.code, each.location.line) for each in found] == [("bad-yaml", 3)]
    assert number in found[0].message
