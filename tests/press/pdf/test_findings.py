"""What the engine cannot do is told to the author: what, where, and never by halves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from PIL import Image as Picture

from octavo.diagnostics import Diagnostic, Location, Severity
from octavo.model import Image, Matter, Trim
from octavo.press.fonts import faces
from octavo.press.pdf.engine import typesetting
from octavo.press.pdf.geometry import geometry_of
from octavo.press.pdf.typeset import Job, Typeset, typeset
from octavo.store import Store

if TYPE_CHECKING:
    from tests.press.pdf.conftest import Binder, Maker

    from octavo.press.fonts import Face

Setting = Callable[..., Typeset]
Heads = Callable[..., list[Diagnostic]]


@pytest.fixture
def set_html(make: Maker, garamond: tuple[Face, ...]) -> Setting:
    """Return what sets the text of a chapter by itself."""

    def setting(html: str, *images: Image, style: str = "") -> Typeset:
        leaf = make.leaf("c1", "chapter", Matter.BODY, html)
        styles = (("print", make.style), ("book", style))
        geometry = geometry_of(Trim(396, 612))
        place = leaf.section.location
        job = Job(leaf.content, "en", styles, geometry, (), images, place)
        with typesetting(garamond) as press:
            return typeset(job, press)

    return setting


def told(done: Typeset) -> list[tuple[str, int]]:
    """Return the codes and lines of what was found."""
    return [(each.code, each.location.line) for each in done.findings]


# --- Over the edge ------------------------------------------------------------------------------


def test_a_note_over_the_side_is_reported(make: Maker, set_html: Setting) -> None:
    """A note is part of the page: what the knife would cut off it is an error with its line."""
    done = set_html(f"<p>A.</p>\n<p>B{make.note('n1', 1, 'x' * 200)}.</p>")

    assert told(done) == [("text-off-page", 2)]


@pytest.mark.parametrize("style", ["max-width: none; width: 900px", "margin-left: 500px"])
def test_a_picture_over_the_edge_is_reported(make: Maker, set_html: Setting, style: str) -> None:
    """A picture that the trimming knife would cut is an error, named, with its line."""
    html = f'<p>A.</p>\n<p><img src="images/dot.png" style="{style}" alt=""/></p>'
    done = set_html(html, make.dot())

    assert told(done) == [("picture-off-page", 2)]
    assert "“images/dot.png”" in done.findings[0].message


# --- Pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["a b.png", "50%.png", "50%25.png", "#1?.png", "a:b.png", "é.png"])
def test_a_picture_may_have_any_name(make: Maker, set_html: Setting, name: str) -> None:
    """What means something in an address means nothing in a file's name."""
    done = set_html(f'<p><img src="{name}" alt=""/></p>', replace(make.dot(), name=name))

    assert done.findings == ()


def test_a_picture_of_a_strange_kind_is_an_error_of_the_picture(set_html: Setting) -> None:
    """Pixels that WeasyPrint does not know are reported with the picture that has them."""
    out = BytesIO()
    Picture.new("I;16", (4, 4), 0).save(out, "PNG")
    odd = Image("odd.png", "image/png", 4, 4, out.getvalue())
    done = set_html('<p>A.</p>\n<p><img src="odd.png" alt=""/></p>', odd)

    assert told(done) == [("image-not-loaded", 2)]
    assert "“odd.png”" in done.findings[0].message


DRAWING = (
    '<svg viewBox="0 0 4 2" width="400" height="200"><defs><linearGradient id="deep">'
    '<stop offset="0" stop-color="#f00"/></linearGradient></defs>'
    '<rect width="2" height="2" fill="url(#deep)"/>'
    '<g id="half"><rect x="2" width="1" height="2" fill="#00f"/></g>'
    '<use xlink:href="#half" x="1"/></svg>'
)


def test_a_drawing_in_the_text_is_drawn(set_html: Setting) -> None:
    """SVG stands on the page in its shapes, sizes and colours, and refers to its own parts."""
    done = set_html(DRAWING)
    with pypdfium2.PdfDocument(done.pdf) as document:
        page = document[0].render(scale=1).to_pil().convert("RGB")
    left, top = page.convert("L").point(lambda grey: 255 * (grey < 250)).getbbox()[:2]

    drawn = [page.getpixel((left + x, top + 20)) for x in (20, 130, 170, 210, 260)]
    assert done.findings == ()
    assert drawn[0] == (255, 0, 0)
    assert drawn[2:4] == [(0, 0, 255)] * 2


def test_mathematics_is_refused(set_html: Setting) -> None:
    """MathML, of which print would show the bare letters, is an error with its line."""
    done = set_html("<p>A.</p>\n<p><math><mi>x</mi></math></p>")

    assert told(done) == [("mathematics-not-set", 2)]


# --- Places -------------------------------------------------------------------------------------


def test_a_missing_character_is_told_at_each_of_its_places(set_html: Setting) -> None:
    """The author mends all of them in one go: each line once, in order."""
    done = set_html("<p>漢 A.</p>\n<p>B.</p>\n<p><em>漢</em> 漢</p>")

    assert told(done) == [("missing-character", 1), ("missing-character", 3)]


def test_other_problems_are_told_at_their_first_place(set_html: Setting) -> None:
    """A picture that is shown twice is mended once."""
    done = set_html('<p><img src="no.png" alt=""/></p>\n<p><img src="no.png" alt=""/></p>')

    assert told(done) == [("image-not-loaded", 1)]


def test_a_character_that_shows_nothing_is_named(set_html: Setting) -> None:
    """An unseen character between quotation marks would look like none."""
    (finding,) = set_html("<p>A\u2028b</p>").findings

    assert "LINE SEPARATOR" in finding.message


def test_an_author_may_call_a_box_a_note(set_html: Setting) -> None:
    """Only the press's own notes are looked for at the foot of the page."""
    done = set_html('<div class="note"><p>Mind the tide.</p></div>')

    assert done.findings == ()


def test_what_cannot_be_laid_out_is_an_error_of_its_section(set_html: Setting) -> None:
    """HTML that WeasyPrint gives up on stops the book with a place, not the press."""
    done = set_html("<fieldset><legend>A</legend><p>B</p></fieldset>")

    assert [(each.code, str(each.location)) for each in done.findings] == [
        ("layout-failed", "manuscript/c1.md")
    ]
    assert done.pages == 1


def test_a_stylesheet_from_elsewhere_is_an_error(set_html: Setting) -> None:
    """Rules that are not in the book cannot be followed, and that is not a warning."""
    done = set_html("<p>A.</p>", style="@import url(https://example.org/a.css);")

    assert [(each.code, each.severity) for each in done.findings] == [
        ("stylesheet-not-loaded", Severity.ERROR)
    ]


def test_a_fault_of_a_stylesheet_is_told_once(make: Maker, bound: Binder) -> None:
    """It is the same in every section, and mended in one place."""
    leaves = (make.leaf(name, "chapter", Matter.BODY, "<p>A.</p>", name) for name in ("B", "C"))
    rendition = replace(make.rendition(*leaves), stylesheets=(("book", "p { colour: red }"),))

    assert [each.code for each in bound(rendition)[1]] == ["typesetting-remark"]


@pytest.mark.parametrize(
    ("style", "line"),
    [("\n\np { colour: red }", 3), ('p { color: red }\nem { font: 9pt "Comic Sans" }', 2)],
    ids=["a property", "a typeface"],
)
def test_a_remark_on_a_stylesheet_has_its_place(set_html: Setting, style: str, line: int) -> None:
    """Whoever wrote the rule finds it by file and line."""
    done = set_html("<p>A <em>B</em>.</p>", style=style)

    assert [str(each.location) for each in done.findings] == [f"templates/book.css:{line}"]


# --- Typefaces ----------------------------------------------------------------------------------


@pytest.fixture
def set_in(set_html: Setting) -> Callable[[str], Typeset]:
    """Return what sets a word in a family."""
    return lambda family: set_html(f"<p>A\n<em style='font-family: {family}'>B</em>.</p>")


def test_a_typeface_that_the_design_lacks_is_told(set_html: Setting) -> None:
    """Text in another face than was asked for is no secret, even where HTML asks for it."""
    done = set_html('<p>A.</p>\n<p style="font-family: Papyrus">B.</p>')

    assert [(each.code, each.severity, each.location.line) for each in done.findings] == [
        ("unknown-typeface", Severity.WARNING, 2)
    ]
    assert "“Papyrus”" in done.findings[0].message


@pytest.mark.parametrize(
    "family", ["eb garamond", "serif", "Georgia, serif", "Papyrus, EB Garamond"]
)
def test_a_family_at_hand_is_set_in_silence(set_in: Callable[[str], Typeset], family: str) -> None:
    """Who names a stand-in has chosen it; the names of CSS itself mean families of the design."""
    assert set_in(family).findings == ()


@pytest.mark.parametrize(
    ("family", "name"),
    [("monospace", "JetBrainsMono-Regular"), ("system-ui", "OctavoSans-Regular"), ("Papyrus", "")],
)
def test_a_family_has_its_stand_in(make: Maker, family: str, name: str) -> None:
    """What a family is set in hangs on its name alone, never on what else is at hand."""
    every = faces(Store(None))
    sheets = (("print", make.style), ("book", f"b {{ font: 9pt {family} }}"))
    content = make.leaf("c1", "chapter", Matter.BODY, "<p>A <b>B</b>.</p>").content
    job = Job(content, "en", sheets, geometry_of(Trim(396, 612)), (), (), Location("c1.md"))
    with typesetting(every) as press:
        done = typeset(job, press)

    used = {use.face for use in done.fonts}
    assert {face.name for face in every if face.digest in used} == {"EBGaramond-Regular", name} - {
        ""
    }


def test_a_drawing_is_held_to_the_typefaces_too(set_html: Setting) -> None:
    """Its words are set by the press like any other; they stand where the text shows it."""
    words = '<text y="9" font-family="Papyrus">B</text><text y="20">C</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">{words}</svg>'
    image = Image("b.svg", "image/svg+xml", 40, 30, svg.encode())

    done = set_html('<p>A.</p>\n<p><img src="b.svg" alt="" /></p>', image)

    assert told(done) == [("unknown-typeface", 2)]


@pytest.mark.parametrize("family", ['""', '" "', '"", " "'])
def test_a_family_without_a_name_is_none(set_html: Setting, family: str) -> None:
    """Who asks for nothing is told of nothing."""
    words = f"<text y='9' font-family='{family}'>B</text>"
    drawing = f"<svg viewBox='0 0 9 9' width='9' height='9'>{words}</svg>"
    done = set_html(f"<p>A.</p>\n<p style='font-family: {family}'>B.</p>{drawing}")

    assert done.findings == ()


def test_a_blank_family_is_passed_over(set_in: Callable[[str], Typeset]) -> None:
    """Of several names the first that is one is told."""
    (finding,) = set_in('"", " ", Papyrus').findings

    assert "“Papyrus”" in finding.message


DRAWN = '<p>A.</p>\n<p><img src="b.svg" alt="" /></p>'
STYLED = "<p>A.</p>\n<p class='b'>B.</p>"
C1 = "manuscript/c1.md"


@pytest.mark.parametrize(
    ("name", "style", "place"),
    [
        ("Garamond", "p { font-family: 'EB Garamond' }", f"{C1}:2"),
        ("Sans", "p { font-family: 'Octavo Sans' }", f"{C1}:2"),
        ("Papyrus", ".other { font-family: Papyrus }", f"{C1}:2"),
        ("Papyrus", "/* Papyrus */", f"{C1}:2"),
    ],
)
def test_a_drawing_is_blamed_for_its_own_wish(
    set_html: Setting, name: str, style: str, place: str
) -> None:
    """A stylesheet that only says something alike, or the same of others, is not to be mended."""
    words = f'<text y="9" font-family="{name}">B</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30">{words}</svg>'
    image = Image("b.svg", "image/svg+xml", 40, 30, svg.encode())

    (finding,) = set_html(DRAWN, image, style=style).findings

    assert str(finding.location) == place


@pytest.mark.parametrize(
    ("style", "line"),
    [
        ("/* Georgia */\n.b { font-family: Geor\\67 ia }", 2),
        ("\n.b { font-family: Times   New\n Roman }", 2),
        (":root { --face: Papyrus }\n.b { font-family: var(--face) }", 1),
        ("\n.b { font: italic large Papyrus }", 2),
        ("\n\n@media print { .b { font: 9pt/1.2 serif2, 'Papyrus' } }", 3),
        ("@font-face { font-family: Papyrus2 }\n.b { font-family: Papyrus2 }", 2),
    ],
)
def test_a_stylesheet_is_blamed_where_it_asks(set_html: Setting, style: str, line: int) -> None:
    """A name may be written in many ways, and stand in other places that ask for nothing."""
    places = [str(each.location) for each in set_html(STYLED, style=style).findings]

    assert f"templates/book.css:{line}" in places


def test_a_box_in_the_margin_of_a_page(set_html: Setting) -> None:
    """What a stylesheet writes there is laid out like all else."""
    assert set_html("<p>A.</p>", style='@page { @top-center { content: "x" } }').findings == ()


# --- Furniture ----------------------------------------------------------------------------------


@pytest.fixture
def heads(make: Maker, bound: Binder) -> Heads:
    """Return what binds a chapter of three pages under some heads, and what it reports."""

    def heads(short: str = "", title: str = "A Book", *, draft: bool = False) -> list[Diagnostic]:
        leaf = make.leaf("c1", "chapter", Matter.BODY, f"<p>{make.words(900)}</p>", "A")
        leaf = replace(leaf, section=replace(leaf.section, short_title=short))
        rendition = make.rendition(leaf)
        metadata = replace(rendition.book.metadata, title=title)
        book = replace(rendition.book, metadata=metadata, draft=draft)
        return bound(replace(rendition, book=book))[1]

    return heads


def test_a_missing_character_in_a_head_is_reported(heads: Heads) -> None:
    """Each is told once, in the file that holds the head, however many pages bear it."""
    told = [(each.code, str(each.location)) for each in heads("Kurz 中文", "海")]

    assert told == [
        ("missing-character", "book.yaml"),
        ("missing-character", "manuscript/c1.md"),
        ("missing-character", "manuscript/c1.md"),
    ]


def test_a_head_wider_than_the_text_is_reported(heads: Heads) -> None:
    """A head stays on one line, so a long one is an error; the hint names the shorter one."""
    (chapter,) = heads("A very long title " * 12)
    (book,) = heads(title="A very long title " * 12)

    assert (chapter.code, chapter.location.file) == ("long-running-head", "manuscript/c1.md")
    assert "short-title" in chapter.hint
    assert (book.code, book.location.file) == ("long-running-head", "book.yaml")
    assert "subtitle" in book.hint


def test_a_draft_says_so_without_a_finding(heads: Heads) -> None:
    """The word across the page is not text that runs over its edge."""
    assert heads(draft=True) == []
