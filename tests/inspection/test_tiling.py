"""The runs of a block cover its text once and in order, or it is said which of them do not."""

from __future__ import annotations

import pytest

from octavo.inspection.completeness.folding import folded
from octavo.inspection.completeness.paper.tiling import Tiling, tiled
from octavo.press.pdf.runs import Font, Piece, Run


def run(text: str, turn: int = 0, *, outside: int = 0, page: int = 0, x: float = 0.0) -> Run:
    """Return a line that says something, under those before it."""
    font = Font("Made-Up", dict(enumerate(text)), {}, b"")
    offsets = (0.0, float(len(text)))
    piece = Piece(font, 10, tuple(range(len(text))), offsets, (1, 0, 0, 1, x, 500.0 - 12 * turn))
    return Run(page, "s", 1, "", (piece,), None, turn, outside)


def laid(text: str, *lines: str | Run) -> Tiling:
    runs = [run(line, at) if isinstance(line, str) else line for at, line in enumerate(lines)]
    return tiled(folded(text), runs, lambda signs: signs.replace("l", "i"))


def gaps(text: str, *lines: str | Run) -> list[tuple[str, str]]:
    return [(gap.code, gap.wanted) for gap in laid(text, *lines).gaps]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("One line only.", ["One line only."]),
        ("One line and another.", ["One line ", "and another."]),
        ("A hyphenated word.", ["A hyphen‐", "ated word."]),
        ("A well-known word.", ["A well-", "known word."]),
        ("Both are hyphen-hyphenated.", ["Both are hyphen-hy-", "phenated."]),
        ("Ends with a hyphen-", ["Ends with a hyphen-"]),
        ("An efficient flight.", ["An eﬃcient ﬂight."]),
        ("Straße und Fuß.", ["STRASSE UND FUSS."]),
        ("café", ["cafe\u0301"]),
        ("soft\u00adhyphen and\u200bzero", ["softhyphen andzero"]),
        ("no\u00a0break\u202fspace", ["no break", "space"]),
        ("hello", ["heIIo"]),
        ("12 m² of №", ["12 m2 of No"]),
        ("", []),
    ],
)
def test_what_only_looks_otherwise_fits(text: str, lines: list[str]) -> None:
    """Breaks, hyphens at them, ligatures, capitals and invisible signs are no fault."""
    tiling = laid(text, *lines)

    assert (tiling.gaps, tiling.weak) == ((), 0)
    assert [tile.end for tile in tiling.tiles][-1:] == ([len(folded(text))] if lines else [])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["one two ", "five six"], [("text-missing", "threefour")]),
        (["three four ", "five six"], [("text-missing", "onetwo")]),
        (["one two ", "three four "], [("text-missing", "fivesix")]),
        ([], [("text-missing", "onetwothreefourfivesix")]),
        (["one two ", "one two ", "three four ", "five six"], [("text-doubled", "onetwo")]),
        (["one two ", "thxee four ", "five six"], [("text-changed", "threefour")]),
        (["one two ", "thee four ", "five six"], [("text-changed", "threefour")]),
        (["one two ", "three four ", "five six", "seven"], [("text-stray", "seven")]),
    ],
)
def test_what_is_wrong_is_said_of_its_line(
    lines: list[str], expected: list[tuple[str, str]]
) -> None:
    """What is missing, doubled, changed or of nobody is named, and nothing else is."""
    found = gaps("One two three four five six", *lines)

    assert found == expected


def test_a_hyphen_inside_a_line_is_text() -> None:
    """Only at the end of a line may there be a hyphen that the text does not have."""
    found = gaps("one two three", "one-two ", "three")

    assert [code for code, _ in found] == ["text-changed"]


def test_swapped_lines_do_not_fit() -> None:
    """Two lines of one layer that changed places are wrong."""
    found = gaps("one two three four", "one ", "three ", "two ", "four")

    assert {code for code, _ in found} == {"text-missing", "text-doubled"}


def test_lines_from_right_to_left_are_proved_by_their_letters() -> None:
    """A line in Hebrew may come in another order, which is counted; other letters are wrong."""
    right = laid("שלום עולם", "םלוע םולש")

    assert (right.gaps, right.weak) == ((), 1)
    assert gaps("שלום עולם", "םלוע םולם") != []


def test_a_float_inside_a_paragraph_is_drawn_before_it() -> None:
    """What is drawn apart stands in its place in the text, whenever it is drawn."""
    tiling = laid("Flow a float goes on", run("a float ", 0, outside=1), run("Flow ", 1), "goes on")

    assert tiling.gaps == ()
    assert [tile.run.text for tile in tiling.tiles] == ["Flow ", "a float ", "goes on"]


def test_every_layer_keeps_its_own_order() -> None:
    """Of two lines in one layer the second one does not come first."""
    first, second = run("one ", 1, outside=2), run("two ", 0, outside=2)

    assert gaps("zero one two three", "zero ", second, first, "three") != []


def test_a_raised_word_is_drawn_after_its_line() -> None:
    """What is drawn late stands where it is read."""
    late = run("late ", 0, x=40.0)

    assert gaps("first late", run("first ", 0), late) == []
    assert gaps("first late end", run("first ", 0), run("end", 0, x=80.0), late) == []
