"""The hooks into WeasyPrint: notes stay with their calls, lines are full, nothing stays behind."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import fromstring

import pypdfium2
import pytest
import weasyprint
from weasyprint.layout import block, inline, page

from octavo.model import Trim
from octavo.press.pdf.engine import (
    Options,
    UnknownEngineError,
    check_contract,
    contract,
    typesetting,
)
from octavo.press.pdf.geometry import geometry_of, page_rule

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.press.pdf.conftest import Maker

    from octavo.press.fonts import Face
    from octavo.press.pdf.evidence import Layout

NOTES = 300
POLICY = ".octavo-note { footnote-policy: line }"
"""What the design's own stylesheet asks for."""
SHORT = "<p>one two three four <em>five six</em></p>"


def laid_out(
    make: Maker, faces: tuple[Face, ...], body: str, style: str, options: Options | None = None
) -> Layout:
    """Lay out the body of a document in the plain style and another over it."""
    page_style = page_rule(geometry_of(Trim(396, 612)))
    document = fromstring(f'<html lang="en"><head/><body>{body}</body></html>')
    with typesetting(faces, options) as press:
        sheets = (("print", make.style), ("", page_style), ("book", style))
        return press.lay_out(document, sheets, {})


def crowded(make: Maker) -> str:
    """Return a chapter of paragraphs long and short, with up to three notes in each."""
    text = ""
    for at in range(NOTES):
        opens = "<p>" if at % 7 in {0, 1, 3, 4} else ""
        closes = ".</p>" if at % 7 in {0, 2, 3, 6} or at == NOTES - 1 else " "
        called = make.note(f"n{at}", at, make.words(4 + at * 37 % 57, at))
        before, after = make.words(3 + at * 23 % 41, at), make.words(at * 31 % 43, at)
        text += f"{opens}{before}{called} {after}{closes}"
    return text


def lines_at(
    make: Maker, faces: tuple[Face, ...], width: int, options: Options | None = None
) -> list[str]:
    """Return the lines of the short paragraph, set so many pixels wide."""
    style = f"p {{ font-size: 20px; line-height: 20px; text-indent: 0; width: {width}px }}"
    layout = laid_out(make, faces, SHORT, style, options)
    with pypdfium2.PdfDocument(layout.pdf) as document:
        text: str = document[0].get_textpage().get_text_range()
    return [line.rstrip() for line in text.splitlines()]


# --- Notes stay with their calls ----------------------------------------------------------------


def test_every_note_stands_on_the_page_of_its_call(make: Maker, garamond: tuple[Face, ...]) -> None:
    """Of 300 notes none is parted from its call, none is lost and none is set twice."""
    layout = laid_out(make, garamond, crowded(make), POLICY)

    assert sorted(layout.notes) == sorted(layout.calls)
    assert sorted(name for name, _ in layout.notes) == sorted(f"n{at}" for at in range(NOTES))
    assert layout.problems == ()


def test_without_the_hook_notes_are_parted_from_their_calls(
    make: Maker, garamond: tuple[Face, ...]
) -> None:
    """WeasyPrint by itself moves notes that it has set, whatever their policy."""
    options = Options(keep_notes=False)
    layout = laid_out(make, garamond, crowded(make), POLICY, options)
    calls = dict(layout.calls)

    assert [name for name, at in layout.notes if at > calls[name]]


# --- Lines are filled ---------------------------------------------------------------------------


@pytest.mark.parametrize("width", range(142, 146))
def test_a_text_that_fits_but_for_its_last_space_stays_on_its_line(
    make: Maker, garamond: tuple[Face, ...], width: int
) -> None:
    """The space before an inline element vanishes at the end of a line, and takes no room there."""
    lines = lines_at(make, garamond, width)

    assert lines == ["one two three four", "five six"]


def test_without_the_hook_a_line_is_ended_after_its_first_word(
    make: Maker, garamond: tuple[Face, ...]
) -> None:
    """WeasyPrint by itself leaves the rest of the line empty."""
    lines = lines_at(make, garamond, 144, Options(fill_lines=False))

    assert lines == ["one", "two three four five", "six"]


@pytest.mark.parametrize("width", [90, 104, 105, 141, 146, 172, 196])
def test_a_paragraph_without_the_fault_is_set_as_weasyprint_sets_it(
    make: Maker, garamond: tuple[Face, ...], width: int
) -> None:
    """A text that does not fit, or fits with its space, is broken as it would be."""
    lines = lines_at(make, garamond, width)

    assert lines == lines_at(make, garamond, width, Options(fill_lines=False))


def test_spaces_that_are_kept_take_room(make: Maker, garamond: tuple[Face, ...]) -> None:
    """Where the space does not collapse, the hook does nothing."""
    style = "p { font-size: 20px; text-indent: 0; width: 144px; white-space: pre-wrap }"
    hooked, plain = (
        laid_out(make, garamond, SHORT, style, Options(fill_lines=fill)) for fill in (True, False)
    )

    assert hooked == plain


KEPT = "<p>one two <b>three</b>, four five six seven</p>"


def kept_lines(make: Maker, faces: tuple[Face, ...], width: int, options: Options) -> list[str]:
    """Return the lines of a text whose spaces are kept."""
    style = "p { font: 20px/20px EB Garamond; text-indent: 0; text-align: left;"
    style += f" width: {width}px; white-space: pre-wrap }}"
    layout = laid_out(make, faces, KEPT, style, options)
    with pypdfium2.PdfDocument(layout.pdf) as document:
        text: str = document[0].get_textpage().get_text_range()
    return [line.rstrip() for line in text.splitlines()]


def test_a_space_that_is_kept_hangs_at_the_end_of_a_line(
    make: Maker, garamond: tuple[Face, ...]
) -> None:
    """However wide the column, a line of code holds what it has room for."""
    for width in range(160, 190):
        lines = kept_lines(make, garamond, width, Options())

        assert lines[0] in {"one two three, four", "one two three, four five"}


def test_without_the_hook_a_line_of_code_ends_too_early(
    make: Maker, garamond: tuple[Face, ...]
) -> None:
    """WeasyPrint by itself moves the last element down because of the space behind it."""
    options = Options(fill_lines=False)
    ends = {kept_lines(make, garamond, width, options)[0] for width in range(160, 190)}

    assert "one two" in ends


# --- Words are broken ---------------------------------------------------------------------------


PLAIN = "one two three four Darwin and <b>three</b> five six"
NESTED = (
    "<span>one two three four <a>Darwin</a> and <b>three</b> five six</span>",
    "<span>one two <i>three four <a>Darwin</a> and</i> <b>three</b> five six</span>",
    "<span>one two three four <i><a>Darwin</a></i> and <b>three</b></span> five six",
)


def lines_of(
    make: Maker, faces: tuple[Face, ...], html: str, width: int, options: Options | None = None
) -> list[str]:
    """Return the lines of a paragraph whose words may break anywhere."""
    style = f"p {{ font-size: 20px; text-indent: 0; overflow-wrap: anywhere; width: {width}px }}"
    layout = laid_out(make, faces, f"<p>{html}</p>", f"{style} b {{ font-weight: 400 }}", options)
    with pypdfium2.PdfDocument(layout.pdf) as document:
        text: str = document[0].get_textpage().get_text_range()
    return [line.rstrip() for line in text.splitlines()]


@pytest.mark.parametrize("html", NESTED)
@pytest.mark.parametrize("width", [99, 162, 170, 178, 190])
def test_a_word_that_a_line_can_hold_breaks_only_with_a_hyphen(
    make: Maker, garamond: tuple[Face, ...], html: str, width: int
) -> None:
    """A word inside elements inside a line is broken as it would be in the line itself."""
    assert lines_of(make, garamond, html, width) == lines_of(make, garamond, PLAIN, width)


def test_without_the_hook_a_word_breaks_bare(make: Maker, garamond: tuple[Face, ...]) -> None:
    """WeasyPrint by itself breaks the first word of an element anywhere, and shows no hyphen."""
    lines = lines_of(make, garamond, NESTED[0], 170, Options(break_long_words=False))

    assert lines[0] == "one two three four Da"


@pytest.mark.parametrize("html", ["{}", "<span>{}</span>", "<span>so <i><a>{}</a></i></span>"])
def test_a_word_longer_than_a_line_breaks_anywhere(
    make: Maker, garamond: tuple[Face, ...], html: str
) -> None:
    """However deep it stands in elements, nothing of it leaves the page."""
    word = "xyz" * 30
    lines = lines_of(make, garamond, html.format(word), 170)

    assert "".join(lines).removeprefix("so") == word
    assert max(map(len, lines)) < 25


# --- What is left behind ------------------------------------------------------------------------


def hooked() -> tuple[object, ...]:
    """Return the functions that the hooks stand in for."""
    lines = (block._linebox_layout, block.iter_line_boxes, inline.split_first_line)
    return (page.make_page, *lines, inline.split_inline_level)


def test_every_hook_is_taken_away_again(garamond: tuple[Face, ...]) -> None:
    """WeasyPrint is left as it was found, even when the work in it fails."""
    before = hooked()
    with pytest.raises(RuntimeError), typesetting(garamond):  # noqa: PT012 - the state inside
        assert not set(hooked()) & set(before)
        raise RuntimeError

    assert hooked() == before


def test_a_hook_that_is_not_wanted_is_not_installed(garamond: tuple[Face, ...]) -> None:
    """Each option governs its own hooks."""
    before = hooked()
    options = Options(keep_notes=False, fill_lines=False, break_long_words=False)
    with typesetting(garamond, options):
        assert hooked() == before


@pytest.mark.parametrize("function", [block.iter_line_boxes, inline.split_first_line])
def test_a_changed_signature_of_a_hooked_function_is_refused(
    monkeypatch: pytest.MonkeyPatch, function: Callable[..., Any]
) -> None:
    """A hook that no longer fits is found before a page is made."""
    monkeypatch.setitem(contract._SIGNATURES, function, "context")

    with pytest.raises(UnknownEngineError, match="takes"):
        check_contract(weasyprint.VERSION)


def test_a_paragraph_that_is_laid_out_otherwise_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one question whose answer the hook changes must still be asked, and once."""
    monkeypatch.setattr(contract, "_LINES_OF_A_BLOCK", lambda _: None)

    with pytest.raises(UnknownEngineError, match="asks 0 times"):
        check_contract(weasyprint.VERSION)


def test_a_silenced_log_is_heard_all_the_same(make: Maker, garamond: tuple[Face, ...]) -> None:
    """A program that disables loggers hides no loss, and finds its own setting afterwards."""
    log = weasyprint.LOGGER
    log.disabled, before = True, (log.disabled, log.level)
    log.setLevel(logging.CRITICAL)
    try:
        done = laid_out(make, garamond, "<p>A ☃</p>", "p { colour: red }")
        silenced = (log.disabled, log.level)
    finally:
        log.disabled = before[0]
        log.setLevel(before[1])

    assert silenced == (True, logging.CRITICAL)
    said = {problem.code for problem in done.problems}
    assert said == {"missing-character", "typesetting-remark"}
