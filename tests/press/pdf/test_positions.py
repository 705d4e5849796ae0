"""Where every text and picture of a finished PDF stands, read from the file alone."""

from __future__ import annotations

from collections import defaultdict
from ctypes import byref, c_double
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Dictionary, Name, Pdf

from octavo.model import Matter
from octavo.press.pdf.operators import instructions, shown
from octavo.press.pdf.positions import UnreadablePdfError, sheets_of
from octavo.press.pdf.runs import FURNITURE, PICTURE, moved

if TYPE_CHECKING:
    from collections.abc import Callable

    from octavo.model import Artifact
    from octavo.press.pdf.runs import Run, Sheet

Binder = Any
Maker = Any
"""What ``conftest.py`` makes: tests are no package."""


def runs_of(data: bytes, section: str) -> list[Run]:
    return [run for sheet in sheets_of(data) for run in sheet.runs if run.section == section]


def one_leaf(make: Maker, html: str, name: str = "one") -> Any:
    return make.leaf(name, "chapter", Matter.BODY, html, name.title())


def changed(data: bytes, change: Callable[[Pdf], object]) -> bytes:
    """Return a PDF with something done to it."""
    out = BytesIO()
    with Pdf.open(BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def with_first_page(change: Callable[[bytes], bytes]) -> Callable[[Pdf], object]:
    """Return what changes the content of the first page."""

    def act(pdf: Pdf) -> None:
        steps = pikepdf.parse_content_stream(pdf.pages[0])
        pdf.pages[0].obj.Contents = pdf.make_stream(change(pikepdf.unparse_content_stream(steps)))

    return act


# --- Labels -------------------------------------------------------------------------------------


def test_labels_are_those_of_the_section_alone(make: Maker, bound: Binder) -> None:
    """A chapter put before another one changes no label of it."""
    html = f"<p>{make.words(30)}</p><ul><li>{make.words(9)}</li></ul>"
    alone, _ = bound(make.rendition(one_leaf(make, html)))
    after, _ = bound(make.rendition(one_leaf(make, html * 3, "before"), one_leaf(make, html)))
    labels = [(run.block, run.generated, run.text) for run in runs_of(alone.data, "one")]

    assert labels == [(r.block, r.generated, r.text) for r in runs_of(after.data, "one")]
    assert {block for block, _, _ in labels} == {2, 3, 5}


def test_every_text_belongs_to_a_block_or_to_the_furniture(small: Artifact) -> None:
    """No words of a page are without a label, nor is any page's text left unread."""
    runs = [run for sheet in sheets_of(small.data) for run in sheet.runs]

    assert all(bool(run.section and run.block) != (run.generated == FURNITURE) for run in runs)
    assert len(runs) > 100


def test_text_without_a_label_is_a_run_of_no_block(make: Maker, bound: Binder) -> None:
    """What no mark is around is not passed over."""
    made, _ = bound(make.rendition(one_leaf(make, "<p>Some words.</p>")))
    unmarked = changed(
        made.data, with_first_page(lambda page: page.replace(b"/XXBlock", b"/XXOther"))
    )

    assert {run.block for run in runs_of(unmarked, "one")} == {0}
    assert "Some words." in "".join(run.text for run in runs_of(unmarked, "one"))


def test_text_outside_of_every_section_is_a_run(make: Maker, bound: Binder) -> None:
    """What stands after the text of a page is not passed over either."""
    made, _ = bound(make.rendition(one_leaf(make, "<p>Some words.</p>")))
    letter = runs_of(made.data, "one")[-1].pieces[0].codes[0]

    def add(pdf: Pdf) -> None:
        (font, *_) = pdf.pages[0].obj.Resources.Font.keys()
        more = f" BT {font} 10 Tf 1 0 0 1 50 50 Tm [<{letter:04x}>] TJ ET".encode()
        with_first_page(lambda page: page + more)(pdf)

    (run,) = (run for run in runs_of(changed(made.data, add), "") if not run.generated)

    assert (run.text, run.block, run.baseline) == ("S", 0, 50)


def test_what_a_stylesheet_makes_is_said_to_be_generated(small: Artifact) -> None:
    """The number that calls a note, and the one before it, are no text of their blocks."""
    runs = runs_of(small.data, "c1")
    generated = {kind: [r.text for r in runs if r.generated == kind] for kind in
                 ("footnote-call", "footnote-marker")}  # fmt: skip

    assert generated["footnote-call"] == [str(at) for at in range(1, 9)]
    assert sorted(generated["footnote-marker"]) == [str(at) for at in range(1, 9)]


def test_what_is_drawn_apart_is_said_to_be_outside(make: Maker, bound: Binder) -> None:
    """Floats, coordinates and layers are outside the flow, and each is told from the others."""
    html = (
        '<p>Flow <span style="float: right">float</span></p>'
        '<p style="position: relative">layer <b style="position: absolute">placed</b></p>'
        '<p style="opacity: 0.5">pale</p>'
    )
    made, _ = bound(make.rendition(one_leaf(make, html)))
    outside = {run.text.strip(): run.outside for run in runs_of(made.data, "one")}

    assert outside["Flow"] == outside["One"] == 0
    apart = [outside[word] for word in ("float", "layer", "placed", "pale")]
    assert len(set(apart)) == 4
    assert all(apart)


def test_a_picture_is_a_run_with_its_box(small: Artifact) -> None:
    """A picture stands where it is drawn, as large as it is drawn."""
    (picture,) = (run for run in runs_of(small.data, "c2") if run.generated == PICTURE)
    left, bottom, right, top = picture.box

    assert picture.text == "\ufffc"
    assert (right - left, top - bottom) == pytest.approx((100, 100))


# --- Places -------------------------------------------------------------------------------------


def test_every_letter_stands_where_another_reader_sees_it(small: Artifact) -> None:
    """PDFium puts each letter at the same place, to a tenth of a point."""
    sheets = sheets_of(small.data)

    assert max(distance for sheet in sheets[4:9] for distance in _apart(small.data, sheet)) < 0.1


def test_raised_letters_stand_where_another_reader_sees_them(make: Maker, bound: Binder) -> None:
    """Text rise and moves inside a row count."""
    made, _ = bound(make.rendition(one_leaf(make, "<p>AVAVA To fly.</p>")))
    letter = runs_of(made.data, "one")[-1].pieces[0].codes[0]
    more = b"TJ 5 Ts [-700 <%04x> 300 <%04x>] TJ 0 Ts" % (letter, letter)
    raised = changed(made.data, with_first_page(lambda page: page.replace(b"TJ", more)))
    (sheet, *_) = sheets_of(raised)

    assert max(_apart(raised, sheet)) < 0.1
    assert sheet.runs[-1].text == "AVAVA To fly.AA"


def _apart(data: bytes, sheet: Sheet) -> list[float]:
    """Return how far each letter of a page is from the nearest same one that PDFium sees."""
    seen = _origins(data, sheet.number)
    distances = []
    for piece in (piece for run in sheet.runs for piece in run.pieces):
        for code, along in zip(piece.codes, piece.offsets, strict=False):
            text = piece.font.texts[code]
            if len(text) == 1 and text.isalnum():
                x, y = moved(piece.matrix, along, 0)
                distances.append(min(abs(x - a) + abs(y - b) for a, b in seen[text]))
    return distances


def _origins(data: bytes, number: int) -> dict[str, list[tuple[float, float]]]:
    found = defaultdict(list)
    raw = pypdfium2.raw
    with pypdfium2.PdfDocument(data) as document:
        page = document[number]
        text = page.get_textpage()
        for at in range(text.count_chars()):
            x, y = c_double(), c_double()
            raw.FPDFText_GetCharOrigin(text, at, byref(x), byref(y))
            found[chr(raw.FPDFText_GetUnicode(text, at))].append((x.value, y.value))
        text.close()
        page.close()
    return found


# --- Files that are not the press's --------------------------------------------------------------


@pytest.mark.parametrize("damage", [lambda _: b"", lambda d: d[:900], lambda _: b"%PDF-1.7\n%%EOF"])
def test_a_damaged_file_is_refused(small: Artifact, damage: Callable[[bytes], bytes]) -> None:
    """What is no PDF, or only the beginning of one, has an error of its own."""
    with pytest.raises(UnreadablePdfError):
        sheets_of(damage(small.data))


def test_an_encrypted_file_is_refused(small: Artifact) -> None:
    """A file that wants a password is not read."""
    out = BytesIO()
    with Pdf.open(BytesIO(small.data)) as pdf:
        pdf.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))

    with pytest.raises(UnreadablePdfError):
        sheets_of(out.getvalue())


def _other_codes(pdf: Pdf) -> None:
    for font in dict(pdf.pages[0].obj.Resources.Font.items()).values():
        font.Encoding = Name.WinAnsiEncoding


def _loop(pdf: Pdf) -> None:
    form = pdf.make_stream(b"/Loop Do")
    form.Type, form.Subtype = Name.XObject, Name.Form
    form.Resources = Dictionary(XObject=Dictionary(Loop=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(Loop=form)
    with_first_page(lambda page: page + b" /Loop Do")(pdf)


@pytest.mark.parametrize(
    "change",
    [
        _other_codes,
        _loop,
        with_first_page(lambda page: page + b" Q Q Q Q Q Q Q Q Q Q"),
        with_first_page(lambda page: page + b" EMC EMC EMC EMC"),
        with_first_page(lambda page: b"/None 12 Tf " + page),
        with_first_page(lambda page: page.replace(b"Tm", b"Tm 0 5 Td")),
        with_first_page(lambda page: page + b" BT [<01>] TJ ET"),
        lambda pdf: setattr(pdf.pages[0].obj, "Contents", pdf.make_stream(b"BI /W 1 ID \x00> EI")),
    ],
)
def test_a_foreign_file_is_refused(small: Artifact, change: Callable[[Pdf], object]) -> None:
    """What the press never writes is an error of its own, never a guess."""
    foreign = changed(small.data, change)

    with pytest.raises(UnreadablePdfError):
        sheets_of(foreign)


# --- Instructions -------------------------------------------------------------------------------


def test_instructions_are_those_another_reader_finds(small: Artifact) -> None:
    """QPDF cuts the pages into the same operators, with as many operands."""
    with Pdf.open(BytesIO(small.data)) as pdf:
        for page in pdf.pages:
            own = [(name.decode(), len(operands)) for name, operands in instructions(page.obj)]
            steps = pikepdf.parse_content_stream(page)

            assert own == [(str(step.operator), len(step.operands)) for step in steps]


@pytest.mark.parametrize(
    ("operand", "expected"),
    [
        (b"[<0001>20<00020003>]", [(b"0001", b"20"), (b"00020003", b"")]),
        (b"[-30 <0001> 0]", [(b"", b"-30 "), (b"0001", b" 0")]),
        (b"<0001>", [(b"0001", b"")]),
        (rb"[(\(\)) 7 (\001\002)]", [(b"2829", b" 7 "), (b"0102", b"")]),
        (rb"(\(])", [(b"285d", b"")]),
    ],
)
def test_rows_are_read_in_any_form(operand: bytes, expected: list[tuple[bytes, bytes]]) -> None:
    """Strings in hexadecimal and in brackets show the same, and moves stay beside them."""
    pairs = [pair for pair in shown(operand) if any(pair)]

    assert pairs == expected


def test_content_that_the_press_never_writes_is_refused() -> None:
    """A procedure is no operand of a page."""
    with Pdf.new() as pdf, pytest.raises(UnreadablePdfError):
        list(instructions(pdf.make_stream(b"{ 1 } m")))
