"""Typesetting: no note is lost, and nothing is read that was not given."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import weasyprint
from weasyprint.layout import LayoutContext, page

from octavo.diagnostics import Location
from octavo.markup import parse, serialize
from octavo.model import Element, Matter, Trim
from octavo.press.pdf.engine import (
    Options,
    UnknownEngineError,
    check_contract,
    contract,
    typesetting,
)
from octavo.press.pdf.geometry import geometry_of
from octavo.press.pdf.typeset import Job, Typeset, as_tree, filled, holes, typeset

if TYPE_CHECKING:
    from tests.press.pdf.conftest import Maker

    from octavo.press.fonts import Face

GEOMETRY = geometry_of(Trim(396, 612))


def job_of(make: Maker, html: str) -> Job:
    """Return the job of a chapter."""
    content = make.leaf("c1", "chapter", Matter.BODY, html).content
    return Job(
        content, "en", (("print", make.style),), GEOMETRY, (), (), Location("manuscript/c1.md")
    )


def typeset_alone(job: Job, faces: tuple[Face, ...], options: Options | None = None) -> Typeset:
    """Set a job by itself."""
    with typesetting(faces, options) as press:
        return typeset(job, press)


def torture(make: Maker, notes: int) -> str:
    """Return a chapter with so many notes, long and short, several to a paragraph."""
    return "".join(
        f"<p>{make.words(13 + at % 11, at)}"
        f"{make.note(f'n{at}', at, make.words(9 + 37 * (at % 7 == 0), at))}"
        f" {make.words(at * 7 % 40, at)}</p>"
        for at in range(notes)
    )


# --- Notes --------------------------------------------------------------------------------------


def test_of_300_notes_none_is_lost_and_none_is_set_twice(
    make: Maker, garamond: tuple[Face, ...]
) -> None:
    """However many notes are moved from page to page, each is printed once."""
    done = typeset_alone(job_of(make, torture(make, 300)), garamond)

    assert Counter(name for name, _ in done.notes) == {f"n{at}": 1 for at in range(300)}
    assert done.findings == ()


def test_without_the_hook_notes_are_lost_and_the_loss_is_reported(
    make: Maker, garamond: tuple[Face, ...]
) -> None:
    """WeasyPrint by itself forgets notes; that is seen, with the line of the note."""
    done = typeset_alone(job_of(make, torture(make, 300)), garamond, Options(keep_notes=False))
    lost = {f"n{at}" for at in range(300)} - {name for name, _ in done.notes}

    assert lost
    assert [each.code for each in done.findings] == ["lost-note"] * len(lost)
    assert all(each.location == Location("manuscript/c1.md", 1) for each in done.findings)


def test_notes_stand_on_the_page_of_their_call_or_later(
    make: Maker, garamond: tuple[Face, ...]
) -> None:
    """Notes are set in the order of their calls."""
    done = typeset_alone(job_of(make, torture(make, 120)), garamond)

    assert [name for name, _ in done.notes] == [f"n{at}" for at in range(120)]


def test_a_note_may_hold_blocks(make: Maker, garamond: tuple[Face, ...]) -> None:
    """Paragraphs and lists in a note inside a paragraph survive, which no HTML parser allows."""
    blocks = "One.</p><p>Two.</p><ul><li>Three.</li></ul><p>Four."
    done = typeset_alone(job_of(make, f"<p>A{make.note('n1', 1, blocks)} b.</p>"), garamond)

    assert done.notes == (("n1", 0),)


def test_a_note_longer_than_a_page_is_reported(make: Maker, garamond: tuple[Face, ...]) -> None:
    """A note is not split over pages, so one that is too long for a page is an error."""
    done = typeset_alone(job_of(make, f"<p>A{make.note('n1', 1, make.words(900))}.</p>"), garamond)

    assert [each.code for each in done.findings] == ["note-too-long"]


# --- The closed world ---------------------------------------------------------------------------


def test_a_character_without_a_shape_is_reported_where_it_stands(
    make: Maker, garamond: tuple[Face, ...]
) -> None:
    """No installed font steps in for a missing character: it is an error with its line."""
    done = typeset_alone(job_of(make, "<p>Plain.</p>\n<p>A \u6f22.</p>"), garamond)

    assert [(each.code, each.location.line) for each in done.findings] == [("missing-character", 2)]
    assert "U+6F22" in done.findings[0].message


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://example.org/x.png", "no.png"])
def test_nothing_is_fetched(make: Maker, garamond: tuple[Face, ...], address: str) -> None:
    """A picture that was not handed in is an error, whatever its address."""
    done = typeset_alone(job_of(make, f'<p>A.</p>\n<p><img src="{address}" alt=""/></p>'), garamond)

    assert [(each.code, each.location.line) for each in done.findings] == [("image-not-loaded", 2)]


def test_text_over_the_edge_is_reported(make: Maker, garamond: tuple[Face, ...]) -> None:
    """What the trimming knife would cut off is an error."""
    done = typeset_alone(job_of(make, f"<pre>{'unbreakable' * 20}</pre>"), garamond)

    assert [each.code for each in done.findings] == ["text-off-page"]


def test_a_style_that_is_not_understood_is_a_warning_and_no_log_line(
    make: Maker, garamond: tuple[Face, ...], caplog: pytest.LogCaptureFixture
) -> None:
    """What WeasyPrint logs becomes a value, and is said again for every job."""
    job = replace(
        job_of(make, "<p>A.</p>"),
        stylesheets=(("print", make.style), ("book", "p { colour: red }")),
    )
    with typesetting(garamond) as press:
        findings = [typeset(job, press).findings for _ in range(2)]

    assert [[each.code for each in said] for said in findings] == [["typesetting-remark"]] * 2
    assert caplog.records == []


def test_no_result_depends_on_an_earlier_one(make: Maker, garamond: tuple[Face, ...]) -> None:
    """A job gives the same pages whatever was set before it."""
    job, other = (job_of(make, torture(make, notes)) for notes in (12, 5))
    with typesetting(garamond) as press:
        typeset(other, press)
        after = typeset(job, press)

    assert after == typeset_alone(job, garamond)


def test_the_key_changes_with_the_text_and_the_pictures(make: Maker) -> None:
    """Equal jobs have equal keys, and no others."""
    job = job_of(make, "<p>A.</p>")
    picture = replace(job, images=(make.dot(),))
    changed = replace(job, images=(replace(make.dot(), data=b""),))

    assert job.key == job_of(make, "<p>A.</p>").key
    assert len({job.key, job_of(make, "<p>B.</p>").key, picture.key, changed.key}) == 4


# --- The contract -------------------------------------------------------------------------------


def test_this_weasyprint_is_known() -> None:
    """The hooks were written for the WeasyPrint that is installed."""
    check_contract(weasyprint.VERSION)


def test_another_weasyprint_is_refused() -> None:
    """A version nobody has looked at stops the press instead of losing notes."""
    with pytest.raises(UnknownEngineError, match="71"):
        check_contract("71.0")


def test_a_changed_signature_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hook that no longer fits is found before a page is made."""
    monkeypatch.setitem(contract._SIGNATURES, LayoutContext.report_footnote, ("self",))

    with pytest.raises(UnknownEngineError, match="report_footnote"):
        check_contract(weasyprint.VERSION)


def test_hooks_act_only_while_typesetting(garamond: tuple[Face, ...]) -> None:
    """WeasyPrint is left as it was found."""
    before = page.make_page
    with typesetting(garamond):
        assert page.make_page is not before

    assert page.make_page is before


# --- The tree -----------------------------------------------------------------------------------


def test_a_hole_becomes_the_number_of_its_page(make: Maker) -> None:
    """Several places give each number once, never a link inside a link; blocks are numbered."""
    html = '<p><folio of="a b c"/> <a href="#a">A <folio of="a" class="r"/></a></p>'
    content = make.leaf("c1", "chapter", Matter.BODY, html).content

    made = serialize(filled(content, {"a": "iv", "b": "12", "c": "12"}))

    assert holes(content) == ("a", "b", "c", "a")
    assert made == (
        '<section id="c1" data-b="1"><p data-b="2">'
        '<span class="folio" data-b="3"><a href="#a">iv</a>, <a href="#b">12</a></span>'
        ' <a href="#a">A <span class="r" data-b="4">iv</span></a></p></section>'
    )


def test_a_hole_for_several_places_becomes_their_distinct_pages() -> None:
    """The index names a page once, however often the term stands on it, and links to each."""
    (content,) = parse('<li>tide <folio of="a b c"/></li>')
    assert isinstance(content, Element)

    xhtml = '<span class="folio" data-b="2"><a href="#a">3</a>, <a href="#c">7</a></span>'
    assert holes(content) == ("a", "b", "c")
    assert serialize(filled(content, {"a": "3", "b": "3", "c": "7"})) == (
        f'<li data-b="1">tide {xhtml}</li>'
    )


def test_links_inside_the_book_wait_for_assembly() -> None:
    """Only assembly knows where they lead; those that leave the book are kept."""
    (content,) = parse('<p><a href="#é">a</a><a href="https://example.org/#x">b</a></p>')
    assert isinstance(content, Element)

    hrefs = [tree.get("href") for tree in as_tree(content)]

    assert hrefs == ["octavo:%C3%A9", "https://example.org/#x"]
