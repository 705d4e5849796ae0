"""The YAML at the head of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.manuscript.header import Opening, split
from octavo.model import Epigraph, Header

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic


def _split(text: str) -> tuple[Opening, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return split(text, "chapter.md", found.append), found


def test_every_key_fills_its_field() -> None:
    """A header's keys arrive in the fields of the same names, numbers and yes as words."""
    opening, found = _split(
        "---\ntitle: 1984\nshort-title: Yes\nsubtitle: 'A: B'\nauthor: Ada\nrole: preface\n"
        "numbered: no\nepigraph:\n  text: So it *goes*.\n  source: Anon\n---\nText.\n"
    )

    assert found == []
    assert opening.header == Header(
        title="1984",
        short_title="Yes",
        subtitle="A: B",
        author="Ada",
        role="preface",
        role_line=6,
        numbered=False,
        epigraph=Epigraph("So it *goes*.", "Anon", 9),
    )
    assert (opening.text, opening.first_line) == ("Text.\n", 12)


@pytest.mark.parametrize("end", ["---", "..."])
def test_a_header_ends_with_dashes_or_dots(end: str) -> None:
    """Both ends of a YAML document end a header."""
    opening, found = _split(f"---\nepigraph: So it goes.\n{end}\nText.")

    assert opening.header.epigraph == Epigraph("So it goes.", "", 2)
    assert (opening.text, opening.first_line, found) == ("Text.", 4, [])


@pytest.mark.parametrize("text", ["Text.", "", "---\n\nText.\n\n---\n", "Text\n---\na: b\n---\n"])
def test_a_text_without_a_header_stays_whole(text: str) -> None:
    """Dashes that are a scene break or an underline begin no header."""
    assert _split(text) == (Opening(Header(), text, 1), [])


@pytest.mark.parametrize("above", ["\n", "\n \n", "\ufeff", "\n\ufeff"])
def test_blank_lines_above_a_header_do_not_matter(above: str) -> None:
    """A header is one wherever the file's first text begins, and its lines are counted right."""
    opening, found = _split(f"{above}---\ntitle: A\nrole: preface\ncolour: red\n---\nText.")

    line = 1 + above.count("\n")
    assert (opening.header.title, opening.header.role_line) == ("A", line + 2)
    assert (opening.text, opening.first_line) == ("Text.", line + 5)
    assert [(f.location.line, f.code) for f in found] == [(line + 3, "unknown-key")]


@pytest.mark.parametrize("text", ["\n---\nText: so\n---\n", "\n---\n\ntitle: A\n---\n", "\n"])
def test_a_scene_break_below_a_blank_line_stays_one(text: str) -> None:
    """Blank lines stand above a header only if its first line is one of a header's keys."""
    assert _split(text) == (Opening(Header(), text, 1), [])


BROKEN = {
    "a misspelt key": ("titel: A\n", 2, "unknown-key", "“title”"),
    "a key of another tool": ("title: A\nlayout: x\n", 3, "unknown-key", "“layout”"),
    "a list for a text": ("title: A\nauthor: [Ada]\n", 3, "wrong-type", "must be text"),
    "a mapping for a text": ("title: {a: b}\n", 2, "wrong-type", "must be text"),
    "an empty value": ("title:\n", 2, "wrong-type", "empty"),
    "a word for yes or no": ("numbered: maybe\n", 2, "wrong-type", "yes or no"),
    "a list for an epigraph": ("epigraph: [a]\n", 2, "wrong-type", "text and a source"),
    "an epigraph without text": ("epigraph: {source: Anon}\n", 2, "missing-key", "“text”"),
    "a misspelt key in an epigraph": (
        "epigraph: {text: a, sorce: b}\n", 2, "unknown-key", "“source”",
    ),
    "a key given twice": ("title: A\ntitle: B\n", 3, "duplicate-key", "line 2"),
    "an open quotation mark": ('title: "A\nauthor: B\n', 2, "bad-yaml", "never closed"),
    "a colon in a value": ("title: A: B\n", 2, "bad-yaml", "colon where none may stand"),
    "a tab": ("title: A\n\tauthor: B\n", 3, "bad-yaml", "tab"),
    "an anchor": ("title: &a A\nauthor: *a\n", 2, "bad-yaml", "cannot begin with “&”"),
    "an emphasis": ("title: A\nepigraph: *She* went.\n", 3, "bad-yaml", "begin with “*”"),
    "a conflict": ("<<<<<<< HEAD\ntitle: A\n=======\ntitle: B\n", 2, "conflict-marker", "git"),
    "a merge key": ("<<: {title: A}\n", 2, "unknown-key", "“<<”"),
    "a list": ("- title\n", 2, "bad-yaml", "key: value"),
    "a sentence": ("title\n", 2, "bad-yaml", "key: value"),
    "a control character": ("title: A\nrole: \x07\n", 3, "bad-yaml", "control character"),
    "a character that an escape hides": (
        'title: A\nauthor: "B\\0"\n', 3, "bad-yaml", "invisible character",
    ),
    "half a character": ('title: "\\ud800"\n', 2, "bad-yaml", "single quotes"),
    "a deep nest": (f"title: {'[' * 5000}\n", 2, "bad-yaml", "deep"),
    "two documents": ("title: A\n--- x\n", 3, "bad-yaml", "does not fit"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_mistake_in_a_header_is_told_with_its_line(name: str) -> None:
    """A broken header is one error with line, code and a hint; the text below is still read."""
    yaml, line, code, words = BROKEN[name]

    opening, found = _split(f"---\n{yaml}---\nText.\n")

    assert [(f.location.line, f.code) for f in found] == [(line, code)]
    assert words in found[0].message + found[0].hint
    assert found[0].hint
    assert opening.text == "Text.\n"


def test_a_header_that_is_never_closed_is_an_error() -> None:
    """A file that begins like a header and goes on as text is not read as a header."""
    _, found = _split("---\ntitle: A\n\nText.\n")

    assert [(f.location.line, f.code) for f in found] == [(1, "bad-yaml")]


def test_all_mistakes_of_a_header_are_told_at_once() -> None:
    """One wrong key does not hide the next."""
    _, found = _split("---\ntitel: A\nnumbered: 3\nrole:\n---\n")

    assert sorted(f.location.line for f in found) == [2, 3, 4]
