"""What is cited here is what another engine cites, style by style; oracle/README.md says how."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from octavo import pandoc
from octavo.book.styles import style_of

ORACLE = Path(__file__).parent / "oracle"
MODES = {
    "normal": "NormalCitation",
    "suppress-author": "SuppressAuthor",
    "author-in-text": "AuthorInText",
}

LABELS = {
    "de": {"chapter": "Kap.", "page": "S.", "section": "Abschn.", "volume": "Bd."},
    "en": {"chapter": "chapter", "page": "p.", "section": "section", "volume": "vol."},
    "fr": {"chapter": "chap.", "page": "p.", "section": "sect.", "volume": "vol."},
}
"""How locators are written in the text; for some words, the English short forms are two."""

Cite = dict[str, str]
Tree = Any

KEPT_IN_PLACE = "a source beside which the author wrote words is not sorted away from its place"
NO_VOLUME = "the style asks for the label of a volume number that there is not; Pandoc prints none"
NO_DATE = "Pandoc leaves out a whole group for want of a date of access; CSL 1.0.2 would not"
NO_DELIMITER = (
    "the style names no delimiter within a group; by CSL it is the comma, in the oracle not"
)
FULL_STOP = "the oracle takes the stop from an abbreviation that has it in the references"
RANGE = "the oracle takes the second year of a range for another date"

KNOWN: tuple[tuple[str, str, str, str, str], ...] = (
    (
        "american-medical-association",
        "citation 17",
        "14 for a summary,15,16(pp10-11)",
        "15,16(pp10-11),14 for a summary",
        KEPT_IN_PLACE,
    ),
    (
        "apa",
        "citation 17",
        "Kernighan & Ritchie, 1988 for a summary; World Wide Web Consortium, 2023",
        "World Wide Web Consortium, 2023; Kernighan & Ritchie, 1988 for a summary",
        KEPT_IN_PLACE,
    ),
    (
        "harvard-cite-them-right",
        "citation 5",
        "also Watson and Crick, 1953, p. 737; see Vaswani et al., 2017, sect. 3",
        "see Vaswani et al., 2017, sect. 3; also Watson and Crick, 1953, p. 737",
        KEPT_IN_PLACE,
    ),
    (
        "harvard-cite-them-right",
        "citation 17",
        "Kernighan and Ritchie, 1988 for a summary; World Wide Web Consortium, 2023",
        "World Wide Web Consortium, 2023; Kernighan and Ritchie, 1988 for a summary",
        KEPT_IN_PLACE,
    ),
    ("harvard-cite-them-right", "waerden1930", "(2 vol)", "(2)", NO_VOLUME),
    ("ieee", "berners-lee1989", "[Online]. Available: ", "Available: ", NO_DATE),
    (
        "ieee",
        "citation 17",
        "[14] for a summary, [15], [16, pp. 10–11]",
        "[15], [16, pp. 10–11], [14] for a summary",
        KEPT_IN_PLACE,
    ),
    ("iso690-author-date-de", "citation 3", "1984b; 1984a", "1984b, 1984a", NO_DELIMITER),
    ("iso690-author-date-en", "citation 3", "1984b; 1984a", "1984b, 1984a", NO_DELIMITER),
    ("iso690-author-date-fr", "citation 3", "1984b; 1984a", "1984b, 1984a", NO_DELIMITER),
    ("nature", "citation 17", "14 for a summary,15,16", "15,16,14 for a summary", KEPT_IN_PLACE),
    ("nature", "waerden1930", "1930–(1931)", "1930–1931", RANGE),
    (
        "nlm-citation-sequence",
        "citation 17",
        "14 for a summary,15,16",
        "15,16,14 for a summary",
        KEPT_IN_PLACE,
    ),
    ("oscola", "brooks1995", "Jr,", "Jr.,", FULL_STOP),
)
"""In which style, and where, the oracle prints this, and the press that, and why."""


def _read(name: str) -> Any:
    return json.loads((ORACLE / name).read_text(encoding="utf-8"))


STYLES: dict[str, str] = _read("styles.json")
"""The language that each style is tried in."""
GROUPS: list[list[Cite]] = _read("citations.json")


@pytest.mark.parametrize("style", STYLES)
def test_cites_as_the_oracle_does(style: str) -> None:
    """Citations and entries are the oracle's, in its order, but for what is known to differ.

    A difference that goes away is told as well: then the table has a row too many.
    """
    expected = _expected(style)
    for _, place, theirs, ours, _ in (row for row in KNOWN if row[0] == style):
        assert theirs in expected[place]
        expected[place] = expected[place].replace(theirs, ours)

    printed = _printed(style)

    assert printed == expected
    assert list(printed) == list(expected)


def test_knows_only_differences_that_are_tried() -> None:
    """Every row of the table is about a style that is tried, and differs."""
    assert {row[0] for row in KNOWN} <= STYLES.keys()
    assert all(theirs != ours for _, _, theirs, ours, _ in KNOWN)


def test_tries_every_reference() -> None:
    """Nothing is in the list of references that no citation tries."""
    cited = {cite["key"] for group in GROUPS for cite in group}

    assert cited == {item["id"] for item in _read("references.json")}


def _expected(style: str) -> dict[str, str]:
    """Return what the oracle prints: each citation by its number, each entry by its key."""
    answer = _read(f"expected/{style}.json")
    is_note = style_of(style).is_note
    citations = {f"citation {n}": said for n, said in enumerate(answer["citations"], 1)}
    return {
        **{place: _plain(said, is_note=is_note) for place, said in citations.items()},
        **{key: _plain(entry) for key, entry in answer["bibliography"].items()},
    }


def _printed(style: str) -> dict[str, str]:
    """Return the same, as it is printed here: a citation that is a note is the note's text."""
    found, language = style_of(style), STYLES[style]
    references = (ORACLE / "references.json").read_text(encoding="utf-8")
    meta = {
        "lang": _string(language),
        "csl": _string(_url("application/xml", found.csl)),
        "bibliography": _string(_url("application/vnd.citationstyles.csl+json", references)),
    }
    blocks = [
        _paragraph(group, number, LABELS[language[:2]]) for number, group in enumerate(GROUPS, 1)
    ]
    document = {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}
    *paragraphs, entries = pandoc.run(document, "--citeproc").document["blocks"]
    citations = {f"citation {n}": _said(block) for n, block in enumerate(paragraphs, 1)}
    return {
        **{place: _plain(said, is_note=found.is_note) for place, said in citations.items()},
        **{_key(block): _plain(_entry(block)) for block in entries["c"][1]},
    }


# --- Into Pandoc's tree ---------------------------------------------------------------------------


def _string(value: str) -> Tree:
    return {"t": "MetaString", "c": value}


def _url(media_type: str, text: str) -> str:
    return f"data:{media_type};base64,{b64encode(text.encode()).decode('ascii')}"


def _paragraph(group: list[Cite], number: int, labels: dict[str, str]) -> Tree:
    citations = [
        {
            "citationId": cite["key"],
            "citationPrefix": _words(cite.get("prefix", "")),
            "citationSuffix": _words(_after(cite, labels)),
            "citationMode": {"t": MODES[cite.get("mode", "normal")]},
            "citationNoteNum": number,
            "citationHash": 0,
        }
        for cite in group
    ]
    return {"t": "Para", "c": [{"t": "Cite", "c": [citations, []]}]}


def _after(cite: Cite, labels: dict[str, str]) -> str:
    locator = f", {labels[cite['label']]} {cite['locator']}" if "locator" in cite else ""
    suffix = cite.get("suffix", "")
    return locator + (" " if suffix[:1].isalpha() else "") + suffix


def _words(text: str) -> list[Tree]:
    pieces = re.split("( )", text)
    return [{"t": "Space"} if p == " " else {"t": "Str", "c": p} for p in pieces if p]


# --- Out of Pandoc's tree -------------------------------------------------------------------------


def _said(block: Tree) -> str:
    (cite,) = block["c"]
    notes = [node for node in cite["c"][1] if node["t"] == "Note"]
    return _text(notes or cite["c"][1])


def _key(block: Tree) -> str:
    return str(block["c"][0][0]).removeprefix("ref-")


def _entry(block: Tree) -> str:
    """Return an entry without the number before it."""
    spans = (node for node in _nodes(block["c"][1]) if node["t"] == "Span")
    unnumbered = [span for span in spans if "csl-right-inline" in span["c"][0][1]]
    return _text(unnumbered or block["c"][1])


def _nodes(value: Tree) -> Iterator[Tree]:
    if isinstance(value, dict) and "t" in value:
        yield value
    inner = value.values() if isinstance(value, dict) else value
    for one in inner if not isinstance(inner, str | int) else ():
        yield from _nodes(one)


def _text(value: Tree) -> str:
    return "".join(node["c"] if node["t"] == "Str" else _gap(node) for node in _nodes(value))


def _gap(node: Tree) -> str:
    assert node["t"] != "Quoted", "quotation marks would be lost"
    return " " if node["t"] in {"Space", "SoftBreak", "LineBreak"} else ""


def _plain(text: str, *, is_note: bool = False) -> str:
    """Return a text with one kind of space, no final stop, and a note's first letter small."""
    plain = " ".join(text.split()).removesuffix(".")
    return plain[:1].lower() + plain[1:] if is_note else plain
