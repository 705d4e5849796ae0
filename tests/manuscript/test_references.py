"""Bibliography files: what all kinds have in common, and CSL-JSON."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from octavo.diagnostics import Location, Severity
from octavo.manuscript.references import LONGEST, File, is_known, read

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic


def test_items_are_listed_by_their_ids() -> None:
    """An id may be a word or a number, and every field of an item is kept."""
    found: list[Diagnostic] = []

    items = read(
        [File("refs.json", '[{"id": "a", "title": "T"}, {"id": 7, "title": "U"}]')], found.append
    )

    assert {key: reference.item for key, reference in items.items()} == {
        "a": {"id": "a", "title": "T"},
        "7": {"id": 7, "title": "U"},
    }
    assert found == []


def test_a_key_of_zoteros_goes_before_its_id() -> None:
    """Zotero gives an item an address for an id, and the key that its author cites by beside it."""
    item = '[{"id": "http://zotero.org/users/1/items/A", "citation-key": "doe", "title": "T"}]'

    assert list(read([File("refs.json", item)], lambda _: None)) == ["doe"]


BROKEN = {
    "a missing comma": ('[\n{"id": "a"}\n{"id": "b"}\n]', 3, "bad-json"),
    "an open bracket": ('[\n{"id": "a"}', 2, "bad-json"),
    "nothing": ("", 1, "references-not-a-list"),
    "one item": ('\n{"id": "a"}', 2, "references-not-a-list"),
    "an item without id": ('[{"id": "a", "note": "n"},\n\n {"title": "b"}]', 3, "missing-id"),
    "an id that is a list": ('[\n{"id": ["a"]}]', 2, "missing-id"),
    "an id that is true": ('[\n{"id": true}]', 2, "missing-id"),
    "a word for an item": ('[\n"a"]', 2, "wrong-type"),
    "an invisible character": ('[\n{"id": "a", "b": [{"c": "X \\u0001"}]}]', 2, "bad-json"),
    "half a character": (
        '[{"id": "a", "note": "n"},\n{"id": "b", "title": "\\ud800"}]',
        2,
        "bad-json",
    ),
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
    files = [
        File("a.json", '[\n{"id": "x", "title": "1"}]'),
        File("b.json", '[\n\n{"id": "x", "title": "2"}]'),
    ]

    items = read(files, found.append)

    assert items["x"].item["title"] == "1"
    assert [str(f.location) for f in found] == ["b.json:3"]
    assert "a.json:2" in found[0].message


def test_an_empty_list_is_fine() -> None:
    """A file that lists nothing is no mistake."""
    found: list[Diagnostic] = []

    assert read([File("a.json", " [ \n ] ")], found.append) == {}
    assert found == []


def test_the_same_item_in_two_files_is_a_remark() -> None:
    """Nothing is lost where two items say the same, so that it stops no book."""
    found: list[Diagnostic] = []
    files = [
        File("a.json", '[{"id": "7", "title": "T"}]'),
        File("b.json", '[{"title": "T", "id": 7}]'),
    ]

    items = read(files, found.append)

    assert list(items) == ["7"]
    assert [(f.code, f.severity) for f in found] == [("repeated-reference", Severity.WARNING)]
    assert "a.json:1" in found[0].message


def test_a_file_of_another_kind_holds_the_same_keys() -> None:
    """A key counts once over all the files, whatever their kinds."""
    found: list[Diagnostic] = []
    files = [File("a.json", '[{"id": "x", "title": "1"}]'), File("b.bib", "\n@misc{x, title={2}}")]

    read(files, found.append)

    assert [(f"{f.location}", f.code) for f in found] == [("b.bib:2", "duplicate-reference")]


@pytest.mark.parametrize("name", ["a.json", "a.yaml", "a.bib"])
def test_a_file_too_long_is_refused(name: str) -> None:
    """No file is read that would take minutes or fill the memory."""
    found: list[Diagnostic] = []

    assert read([File(name, " " * (LONGEST + 1))], found.append) == {}
    assert [f.code for f in found] == ["references-too-long"]


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.json", True), ("A.BIB", True), ("x/a.yml", True), ("a.yaml", True), ("a.ris", False)],
)
def test_a_suffix_says_whether_a_file_is_read(name: str, *, known: bool) -> None:
    """Capitals and folders change nothing."""
    assert is_known(name) is known


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e400"])
def test_a_number_that_is_none_costs_no_other_item(number: str) -> None:
    """JSON has no words for numbers; the line is that of the value, and not of the same word."""
    text = f'[{{"id": "a", "title": "{number}",\n"volume": {number}}},\n{{"id": "b", "note": "B"}}]'
    found: list[Diagnostic] = []

    items = read([File("a.json", text)], found.append)

    assert list(items) == ["b"]
    assert [(each.code, each.location.line) for each in found] == [("bad-json", 2)]
    assert number in found[0].message


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("a.json", '[{"id": "Cre\u0301", "title": "T"}]'),
        ("a.yaml", "- id: Cre\u0301\n  title: T\n"),
        ("a.bib", "@misc{x, crossref={Cr\u00e9}}\n@misc{Cre\u0301, title={T}}"),
    ],
)
def test_a_key_is_the_same_however_its_accents_are_typed(file: str, text: str) -> None:
    """A key that looks the same is the same, in the text and in every kind of file."""
    found: list[Diagnostic] = []
    items = read([File(file, text)], found.append)

    assert "Cr\u00e9" in items
    assert not {each.code for each in found} & {"unknown-crossref"}


@pytest.mark.parametrize(
    ("written", "left"),
    [
        ([[2020, 13, 45]], [[2020]]),
        ([[2020, 2, 30]], [[2020, 2]]),
        ([["2020", "13"]], [["2020", "13"]]),
        ([[2019, 5], [2020, 40]], [[2019, 5], [2020]]),
        ([[2019], [0]], [[2019], [0]]),
        ([[99999]], None),
        ([["May"]], None),
    ],
)
def test_an_impossible_date_is_told_and_not_printed(written: object, left: object) -> None:
    """What is left of it is what a calendar has; a season has no days."""
    text = json.dumps([{"id": "a", "title": "T", "issued": {"date-parts": written}}])
    found: list[Diagnostic] = []
    items = read([File("a.json", text)], found.append)

    issued: Any = items["a"].item.get("issued", {})
    assert issued.get("date-parts") == left
    assert ("bad-date" in {each.code for each in found}) == (left != written)
