"""What is cited here is what another engine cites, style by style; oracle/README.md says how."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from octavo.book.citation import Group, Sources, cite
from octavo.book.styles import style_of
from octavo.diagnostics import Location
from octavo.markup import text_of, walk
from octavo.model import Element, Reference

ORACLE = Path(__file__).parent / "oracle"

LABELS = {
    "de": {"chapter": "Kap.", "page": "S.", "section": "Abschn.", "volume": "Bd."},
    "en": {"chapter": "chapter", "page": "p.", "section": "section", "volume": "vol."},
    "fr": {"chapter": "chap.", "page": "p.", "section": "sect.", "volume": "vol."},
}
"""How locators are written in the text; for some words, the English short forms are two."""

Cite = dict[str, str]

KEPT_IN_PLACE = "a source beside which the author wrote words is not sorted away from its place"
NO_VOLUME = "the style asks for the label of a volume number that there is not; Pandoc prints none"
NO_DATE = "Pandoc leaves out a whole group for want of a date of access; CSL 1.0.2 would not"
NO_DELIMITER = (
    "the style names no delimiter within a group; by CSL it is the comma, in the oracle not"
)
FULL_STOP = "the oracle takes the stop from an abbreviation that has it in the references"
RAISED = "the press raises numbers alone; a word beside them stands on the line, parted by a space"
WORD = "in a sentence the style's manual has the word “and”, which CSL cannot say; the press does"
RANGE = "the oracle takes the second year of a range for another date"

KNOWN: tuple[tuple[str, str, str, str, str], ...] = (
    ("american-medical-association", "citation 5", ",also", ", also", RAISED),
    ("apa", "citation 16", "Kernighan & Ritchie", "Kernighan and Ritchie", WORD),
    ("nature", "citation 5", ",also", ", also", RAISED),
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
    """Return the same, as the press makes it: a citation that is a note is the note's text."""
    found, language = style_of(style), STYLES[style]
    groups = [
        _group(group, number, LABELS[language[:2]], own=found.is_note)
        for number, group in enumerate(GROUPS, 1)
    ]
    here = Location("refs.json", 1)
    references = {
        item["id"]: Reference(item["id"], item, here) for item in _read("references.json")
    }
    made = cite(groups, Sources(references, found, language))
    citations = {
        f"citation {number}": text_of(*(each.note or each.text))
        for number, each in enumerate(made.citations, 1)
    }
    return {
        **{place: _plain(said, is_note=found.is_note) for place, said in citations.items()},
        **{key: _plain(_entry(element)) for key, element in made.sources},
    }


def _group(cites: list[Cite], number: int, labels: dict[str, str], *, own: bool) -> Group:
    """Return a citation as a manuscript has it; of a style with notes, it is a note of its own."""
    children = tuple(Element("cite", _attributes(cited, labels)) for cited in cites)
    is_narrative = cites[0].get("mode") == "author-in-text"
    mode = (("mode", "narrative" if is_narrative else "parenthetical"),)
    return Group(Element("citation", mode, children), f"note-{number}" if own else "", number, own)


def _attributes(cited: Cite, labels: dict[str, str]) -> tuple[tuple[str, str], ...]:
    locator = f"{labels[cited['label']]} {cited['locator']}" if "locator" in cited else ""
    plain = {name: cited.get(name, "") for name in ("key", "prefix", "suffix")}
    return (*plain.items(), ("mode", cited.get("mode", "normal")), ("locator", locator))


def _entry(element: Element) -> str:
    """Return an entry without the number before it."""
    unnumbered = [each for each in walk(element) if "csl-right-inline" in each.classes]
    return text_of(*(unnumbered or [element]))


def _plain(text: str, *, is_note: bool = False) -> str:
    """Return a text with one kind of space, no final stop, and a note's first letter small."""
    plain = " ".join(text.split()).removesuffix(".")
    return plain[:1].lower() + plain[1:] if is_note else plain
