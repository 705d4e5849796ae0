"""Bibliography files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.diagnostics import Location
from octavo.manuscript.references import File, read

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic


def test_items_are_listed_by_their_ids() -> None:
    """An id may be a word or a number, and every field of an item is kept."""
    found: list[Diagnostic] = []

    items = read([File("refs.json", '[{"id": "a", "title": "T"}, {"id": 7}]')], found.append)

    assert {key: reference.item for key, reference in items.items()} == {
        "a": {"id": "a", "title": "T"},
        "7": {"id": 7},
    }
    assert found == []


BROKEN = {
    "a missing comma": ('[\n{"id": "a"}\n{"id": "b"}\n]', 3, "bad-json"),
    "an open bracket": ('[\n{"id": "a"}', 2, "bad-json"),
    "nothing": ("", 1, "references-not-a-list"),
    "one item": ('\n{"id": "a"}', 2, "references-not-a-list"),
    "an item without id": ('[{"id": "a"},\n\n {"title": "b"}]', 3, "missing-id"),
    "an id that is a list": ('[\n{"id": ["a"]}]', 2, "missing-id"),
    "an id that is true": ('[\n{"id": true}]', 2, "missing-id"),
    "a word for an item": ('[\n"a"]', 2, "wrong-type"),
    "an invisible character": ('[\n{"id": "a", "b": [{"c": "X \\u0001"}]}]', 2, "bad-json"),
    "half a character": ('[{"id": "a"},\n{"id": "b", "title": "\\ud800"}]', 2, "bad-json"),
    "an invisible character in a key": ('[{"id": "a", "\x7f": 1}]', 1, "bad-json"),
    "a nest without bottom": ("[" * 100_000, 0, "bad-json"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_is_told_with_its_line(name: str) -> None:
    """A broken file or item is one error with file, line, code and a hint."""
    text, line, code = BROKEN[name]
    found: list[Diagnostic] = []

    read([File("refs.json", text)], found.append)

    assert [(f.location, f.code) for f in found] == [(Location("refs.json", line), code)]
    assert found[0].hint


def test_one_id_in_two_files_is_an_error_that_names_both_places() -> None:
    """The second item is refused with the place of the first, and the first is kept."""
    found: list[Diagnostic] = []
    files = [File("a.json", '[\n{"id": "x", "v": 1}]'), File("b.json", '[\n\n{"id": "x", "v": 2}]')]

    items = read(files, found.append)

    assert items["x"].item["v"] == 1
    assert [str(f.location) for f in found] == ["b.json:3"]
    assert "a.json:2" in found[0].message


def test_an_empty_list_is_fine() -> None:
    """A file that lists nothing is no mistake."""
    found: list[Diagnostic] = []

    assert read([File("a.json", " [ \n ] ")], found.append) == {}
    assert found == []
