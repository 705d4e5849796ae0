"""Bombs: small files that would fill the memory, or take hours; each is refused at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.fuzz.conftest import patience

from octavo.manuscript import references
from octavo.manuscript.drawings import MOST_SHAPES
from octavo.manuscript.folder import LARGEST
from octavo.manuscript.pictures import PictureError, picture
from octavo.markup import DEEPEST

if TYPE_CHECKING:
    from tests.conftest import LittleBook

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
USED, USED_OF_OLD = '<use href="#{old}"/>', '<use xlink:href=" #{old}"/>'
FILLED, MARKED = "<path fill='url(#{old})'/>", "<path style='marker: url( \"#{old}\" )'/>"


def _tenfold(part: str, times: int = 9) -> str:
    """Return parts of a drawing of which each draws the one before ten times."""
    return "".join(part.format(new=n + 1, old=f"a{n}") for n in range(times))


def _drawn(inside: str) -> bytes:
    return f'{HEAD}><g id="a0"><path d="M0 0"/></g>{inside}</svg>'.encode()


DRAWINGS = {
    "a part used ten times, and that again": (
        _drawn(_tenfold(f'<g id="a{{new}}">{USED * 10}</g>')),
        "image-too-large",
    ),
    "the same by the older name": (
        _drawn(_tenfold(f'<g id="a{{new}}">{USED_OF_OLD * 10}</g>')),
        "image-too-large",
    ),
    "a pattern filled with a pattern": (
        _drawn(_tenfold(f'<pattern id="a{{new}}">{FILLED * 10}</pattern>')),
        "image-too-large",
    ),
    "a marker marked with a marker": (
        _drawn(_tenfold(f'<marker id="a{{new}}">{MARKED * 10}</marker>')),
        "image-too-large",
    ),
    "a part that is made of itself": (
        _drawn('<g id="b"><use href="#c"/></g><g id="c"><use href="#b"/></g>'),
        "broken-image",
    ),
    "a nest without bottom": (_drawn("<g>" * DEEPEST + "</g>" * DEEPEST), "broken-image"),
    "entities in entities": (
        b'<!DOCTYPE svg [<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + _drawn("&b;"),
        "broken-image",
    ),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_that_multiplies_is_refused(name: str) -> None:
    """What a drawing draws is counted before it is drawn; a circle and a pit end nowhere."""
    content, code = DRAWINGS[name]

    with patience(5), pytest.raises(PictureError) as refused:
        picture("a.svg", content)

    assert refused.value.code == code


def test_a_drawing_may_use_its_parts_again() -> None:
    """A part used often, one named twice and one that is nowhere keep no drawing out of a book."""
    inside = '<use href="#a0"/>' * (MOST_SHAPES // 4) + '<use href="#no"/><use href="#"/>'
    twice = '<g id="b"><g id="b"/><a href="#b">x</a></g>'

    assert picture("a.svg", _drawn(inside + twice)).width == 300


def test_a_long_list_of_references_is_read_in_a_moment() -> None:
    """The time that references take grows with their number, and no faster."""
    items = [{"id": f"k{number}", "title": "A title\nof two lines"} for number in range(20_000)]

    with patience():
        found = references.read(
            [references.File("refs.json", json.dumps(items, indent=1))], lambda _: None
        )

    assert len(found) == len(items)


def test_a_reference_that_is_nested_too_deeply_is_told_of() -> None:
    """A depth that one reader of JSON bears and another does not is refused."""
    codes: list[str] = []
    text = '[{"id": "a", "custom": ' + "[" * 100 + "]" * 100 + "}]"

    references.read([references.File("refs.json", text)], lambda each: codes.append(each.code))

    assert codes == ["bad-json"]


HEADERS = {
    "a list of lists of aliases": (
        "a: &a [x, x, x]\nb: &b [*a, *a, *a]\ntitle: [*b, *b, *b]\n",
        "“&”",
    ),
    "a nest without bottom": (f"title: {'[' * 3000}\n", "nested too deeply"),
    "a header that is a book": (f"title: {'x ' * 60_000}\n", "too long"),
    "a version of five thousand digits": (f"%YAML {'9' * 5000}.1\n", "[bad-yaml]"),
    "a character beyond the last": ('title: "\\Uffffffff"\n', "[bad-yaml]"),
    "an object": ("title: !!python/object/apply:os.system [ls]\n", "must be text"),
}


@pytest.mark.parametrize("name", HEADERS)
def test_a_header_that_is_a_bomb_is_told_of(book: LittleBook, name: str) -> None:
    """What a header cannot need is refused before it is built."""
    header, words = HEADERS[name]
    book.add(chapter_md=f"---\n{header}---\n# One\n\nText.\n")

    with patience(5):
        run = book.octavo("check")

    assert run.code == 1
    assert words in run.said


@pytest.mark.parametrize("name", ["chapter.md", "cat.png", "refs.json", "book.yaml"])
def test_a_file_without_measure_is_not_read(
    book: LittleBook, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file of many gigabytes, which costs its sender nothing, is refused by its size."""
    text = "title: A\ncontents: [chapter.md]\nreferences: refs.json\n"
    book.add(book_yaml=text, chapter_md="# One\n\n![A cat](cat.png)\n", refs_json="[]")
    with (book.folder / name).open("wb") as file:
        file.truncate(LARGEST + 1)
    whole = Path.read_bytes
    monkeypatch.setattr(
        Path, "read_bytes", lambda path: "read" if path.name == name else whole(path)
    )

    run = book.octavo("check")

    assert run.code == 1
    assert f"“{name}” has more than 256 MB" in run.said or "too long to be a book.yaml" in run.said
