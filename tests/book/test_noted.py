"""Laws of citations that are notes or numbers: what is raised, what touches, what is parted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from octavo.markup import text_of, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

    from octavo.model import Element, Node

ITEMS = json.dumps(
    [
        {
            "id": "lee",
            "type": "article-journal",
            "title": "Tides",
            "author": [{"family": "Lee", "given": "Ann"}],
            "issued": {"date-parts": [[2001]]},
            "container-title": "Coasts",
        },
        {
            "id": "own",
            "type": "article-journal",
            "title": "The night of all nights?",
            "issued": {"date-parts": [[1990]]},
            "container-title": "Coasts",
        },
        {
            "id": "crowd",
            "type": "book",
            "title": "Crowds",
            "author": [{"family": name} for name in ("Ash", "Elm", "Oak")],
            "publisher": "Quay",
        },
    ]
)
BOOK = "title: T\nreferences: r.json\ncontents: [chapter.md, bibliography]\n"


def paragraph(book: LittleBook, style: str, written: str, language: str = "en") -> str:
    """Return the first paragraph of a chapter, as XHTML without links."""
    yaml = f"{BOOK}language: {language}\ncitations: {style}\n"
    book.add(book_yaml=yaml, r_json=ITEMS, chapter_md=f"# A\n\n{written}\n")
    content = book.proof(Medium.PDF).leaf("chapter").content
    found = next(e for e in walk(content) if e.tag == "p" and e.line)
    return "".join(_raised(node) for node in found.children)


def _raised(node: object) -> str:
    """Return a node as text, what is raised between ^ and ^."""
    if isinstance(node, str):
        return node
    inside = "".join(map(_raised, node.children))  # type: ignore[attr-defined]
    return f"^{inside}^" if node.tag == "sup" else inside  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("So it is [@lee].", "So it is.^1^"),
        ("So [see @lee] it is.", "So see ^1^ it is."),
        ("It is so [see @lee, and more].", "It is so see ^1^, and more."),
        ("It is so [@lee, for more].", "It is so ^1^, for more."),
        ("It [see @lee; also @own].", "It see ^1^, also ^2^."),
    ],
)
def test_numbers_alone_are_raised(book: LittleBook, written: str, printed: str) -> None:
    """What an author writes beside a number stands on the line, and stays where it was."""
    assert paragraph(book, "nature", written) == printed


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("As @crowd says.", "As Ash et al.^1^ says."),
        ("As @own says.", "As The Night of All Nights?^1^ says."),
        ("So @lee, he said.", "So Lee,^1^ he said."),
    ],
)
def test_a_number_stands_behind_the_name_that_its_style_leaves_out(
    book: LittleBook, written: str, printed: str
) -> None:
    """Of three authors the first is named; a work without any is named by its title."""
    assert paragraph(book, "nature", written) == printed


def test_a_name_before_a_number_is_in_the_language_of_the_book(book: LittleBook) -> None:
    """The words for “et al.” are citeproc's for that language."""
    assert paragraph(book, "ieee", "So @crowd.", "de") == "So Ash u.\xa0a. [1]."


def test_a_title_names_whom_it_cites(book: LittleBook) -> None:
    """In lists of titles the name stays, and the number is left out, as a note's call is."""
    yaml = f"{BOOK}citations: nature\n"
    book.add(book_yaml=yaml, r_json=ITEMS, chapter_md="# On @lee\n\nText [@own; @crowd].\n")

    assert book.proof().section("chapter").title_text == "On Lee"


RUNS = {
    "Two together [@lee] [@own].": "Two together.^1^~^2^",
    "Two sentences [@lee]. [@own]. So.": "Two sentences.^1^~^2^ So.",
    "A row [@lee], [@own], and more.": "A row,^1^~^2^, and more.",
    "*Italics* [@lee] [@own]?": "Italics?^1^~^2^",
    "Own before [^n] [@lee].": "Own before.^*^~^1^",
    "Own after [@lee][^n].": "Own after.^1^~^*^",
    "Own apart [@lee] [^n], so.": "Own apart,^1^~^*^ so.",
    "Own behind.[^n] [@lee] So.": "Own behind.^*^~^1^ So.",
    "Own alone [^n] .": "Own alone ^*^ .",
    "[@lee]. So it begins.": "^1^. So it begins.",
    "[@lee] [@own]. So it begins.": "^1^~^2^. So it begins.",
    "A line\\\n[@lee]. So.": "A line^1^. So.",
}
"""What is written, and what is printed: raised between ^ and ^, with * for a call of an own note
and ~ for a thin space."""


@pytest.mark.parametrize("style", ["nature", "chicago-notes"])
@pytest.mark.parametrize("written", RUNS)
def test_calls_stand_behind_a_stop_together(book: LittleBook, style: str, written: str) -> None:
    """Calls with spaces between them are one run, an author's note in it moves with the others.

    A stop stays where it is if there are no words that it could follow.
    """
    noted = f"{written}\n\n[^n]: Note.\n" if "[^n]" in written else written
    book.add(book_yaml=f"{BOOK}citations: {style}\n", r_json=ITEMS, chapter_md=f"# A\n\n{noted}\n")

    body = book.proof().section("chapter").body

    assert _called(body[0]) == RUNS[written]


def _called(paragraph: Element) -> str:
    """Return a paragraph with the calls in it raised, those of citations numbered."""
    calls = [e for e in walk(paragraph) if e.tag in {"note", "sup"}]
    own = [e for e in calls if e.get("label") == "n"]
    marks = {id(e): "*" for e in own}
    rest = (e for e in calls if id(e) not in marks)
    marks |= {id(e): str(number) for number, e in enumerate(rest, 1)}

    def shown(node: Node) -> str:
        if isinstance(node, str):
            return node.replace("\u202f", "~")
        return f"^{marks[id(node)]}^" if id(node) in marks else "".join(map(shown, node.children))

    return shown(paragraph)


def test_a_french_call_stays_before_the_stop(book: LittleBook) -> None:
    """Only the spaces of a run are taken away."""
    assert paragraph(book, "nature", "Deux [@lee] [@own].", "fr") == "Deux^1^\u202f^2^."


@pytest.mark.parametrize("style", ["nature", "chicago-notes"])
def test_numbers_that_touch_are_parted(book: LittleBook, style: str) -> None:
    """A citation's number and a note's beside each other would read as one."""
    text = "Text [@lee][^n] and [@own][@lee].\n\n[^n]: Note."

    assert paragraph(book, style, text).count("\u202f") == 2


def test_a_place_that_a_style_does_not_print_is_told(book: LittleBook) -> None:
    """Once for each citation, in its line, with what is lost."""
    paragraph(book, "nature", "A [@lee, p. 3; @own].\n\nB @lee [p. 4] and [@crowd].")

    found = book.proof().findings
    lost = [f"{each.location}" for each in found if each.code == "lost-locator"]
    assert lost == ["chapter.md:3", "chapter.md:5"]
    assert "“p. 3”" in found[0].message


def note(book: LittleBook, written: str, style: str, language: str) -> str:
    """Return the words of the only note of a chapter."""
    yaml = f"{BOOK}language: {language}\ncitations: {style}\n"
    book.add(book_yaml=yaml, r_json=ITEMS, chapter_md=f"# A\n\n{written}\n")
    (found,) = book.proof().section("chapter").notes
    return text_of(*found.content)


@pytest.mark.parametrize(
    ("language", "printed"),
    [
        (
            "en",
            "Ann Lee, “Tides,” Coasts, 2001, and more; “The Night of All Nights?” Coasts, 1990.",
        ),
        ("en-US", "Lee, “Tides.”"),
        ("en-GB", "Lee, ‘Tides’."),
        ("en-AU", "Lee, ‘Tides’."),
        ("en-NZ", "Lee, ‘Tides’."),
        ("en-IE", "Lee, ‘Tides’."),
        ("en-ZA", "Lee, ‘Tides’."),
        ("en-IN", "Lee, ‘Tides’."),
    ],
)
def test_stops_in_notes_are_american_or_british(
    book: LittleBook, language: str, printed: str
) -> None:
    """In American English stops and commas stand inside quotation marks; elsewhere, outside."""
    text = "A [@lee, and more; @own]." if language == "en" else "[^n]\n\n[^n]: See [@lee]. @lee."
    if language == "en":
        assert note(book, text, "chicago-notes", language) == printed
    else:
        assert note(book, text, "chicago-notes", language).endswith(printed)


LONG_NOTES = {
    "[@lee]. And more.\n\n    A second paragraph.": "Ann Lee, “Tides,” Coasts, 2001. And more."
    "A second paragraph.",
    "[@lee]\n\n    See [@own].": "Ann Lee, “Tides,” Coasts, 2001.See (“The Night of All Nights?”"
    " Coasts, 1990).",
    "[@lee], and:\n\n    - [@own]": "Ann Lee, “Tides,” Coasts, 2001, and:(“The Night of All"
    " Nights?” Coasts, 1990)",
}


@pytest.mark.parametrize("written", LONG_NOTES)
def test_a_note_of_several_blocks_begins_as_one_of_one_does(book: LittleBook, written: str) -> None:
    """A citation that opens it has no parentheses; alone in its paragraph, it ends with a stop."""
    text = f"A.[^n]\n\n[^n]: {written}"

    assert note(book, text, "chicago-notes", "en") == LONG_NOTES[written]


def test_the_same_source_in_the_second_paragraph_is_ibid(book: LittleBook) -> None:
    """A paragraph of its own parts no citation from the one before."""
    text = "A.[^n]\n\n[^n]: [@lee]\n\n    See [@lee]."

    assert note(book, text, "chicago-notes-ibid", "en").endswith("2001.See (ibid.).")


def test_the_stops_of_the_text_are_the_authors(book: LittleBook) -> None:
    """A call behind a comma moves no comma."""
    assert paragraph(book, "chicago-notes", '"truth" [@lee], he said.').startswith("“truth”,")


@pytest.mark.parametrize(
    ("written", "printed"),
    [("As @lee [p. 3] says.", "As Lee (n 1) 3 says."), ("See @lee.", "See Lee (n 1).")],
)
def test_a_reference_to_a_note_has_one_pair_of_parentheses(
    book: LittleBook, written: str, printed: str
) -> None:
    """“(n 2)” brings its own."""
    yaml = f"{BOOK}language: en-GB\ncitations: oscola\n"
    text = f"# A\n\nFirst [@lee]. Then [@own]. X.[^n]\n\n[^n]: {written}\n"
    book.add(book_yaml=yaml, r_json=ITEMS, chapter_md=text)

    notes = book.proof().section("chapter").notes

    assert text_of(*notes[2].content) == printed


def test_a_name_in_the_sentence_leaves_a_small_letter_in_its_note(book: LittleBook) -> None:
    """OSCOLA's “(n 1)” is no word that a note begins with."""
    yaml = f"{BOOK}language: en-GB\ncitations: oscola\n"
    text = "# A\n\nFirst [@lee]. Then [@own]. So @lee says.\n"
    book.add(book_yaml=yaml, r_json=ITEMS, chapter_md=text)

    notes = book.proof().section("chapter").notes

    assert text_of(*notes[2].content) == "(n 1)."


def test_under_headings_every_entry_names_its_author(book: LittleBook) -> None:
    """A dash for the author before would stand first under a heading, or under another name."""
    items = [
        {"id": key, "type": kind, "title": key, "author": [{"family": "Lee"}]}
        for key, kind in (("one", "book"), ("two", "report"))
    ]
    yaml = f"{BOOK}citations: {{style: mhra, groups: [{{title: Reports, types: report}}, Rest]}}\n"
    text = "# A\n\nA [@one] b [@two].\n"
    book.add(book_yaml=yaml, r_json=json.dumps(items), chapter_md=text)

    body = book.proof().section("bibliography").body

    entries = [text_of(block) for block in body if "csl-entry" in block.classes]
    assert ["Lee" in entry for entry in entries] == [True, True]
