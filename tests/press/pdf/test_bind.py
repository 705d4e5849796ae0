"""Binding: the laws of the finished PDF."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from octavo.model import Artifact, Matter
from octavo.press.pdf import _job
from octavo.press.pdf.engine import typesetting
from octavo.press.pdf.geometry import geometry_of
from octavo.press.pdf.typeset import typeset

if TYPE_CHECKING:
    from tests.press.pdf.conftest import Binder, Maker

    from octavo.press.fonts import Face

FURNITURE = re.compile(rb"/Artifact <</Type /Pagination>> BDC /Furniture Do EMC\n")


def opened(artifact: Artifact) -> pikepdf.Pdf:
    """Return the artifact as a PDF."""
    return pikepdf.open(BytesIO(artifact.data))


def texts(artifact: Artifact) -> list[str]:
    """Return the text of every page, as a reader copies it."""
    document = pypdfium2.PdfDocument(artifact.data)
    return [page.get_textpage().get_text_bounded() for page in document]


def labels(artifact: Artifact) -> list[str]:
    """Return the label of every page."""
    document = pypdfium2.PdfDocument(artifact.data)
    return [document.get_page_label(at) for at in range(len(document))]


def destinations(pdf: pikepdf.Pdf) -> dict[str, int]:
    """Return the named places with their pages."""
    names = list(pdf.Root.Names.Dests.Names)
    pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
    pairs = zip(names[::2], names[1::2], strict=True)
    return {str(name): pages[next(iter(place)).objgen] for name, place in pairs}


def fonts(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every Type 0 font of the file."""
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Subtype") == "/Type0":
            yield each


# --- Folios -------------------------------------------------------------------------------------


def test_the_contents_print_the_folios_of_the_pages(small: Artifact) -> None:
    """Every folio on the contents page is printed on the page it names, and labels it."""
    pages, places, names = texts(small), destinations(opened(small)), labels(small)
    lines = re.findall(r"^(preface|c\d|afterword) (\w+)\s*$", pages[2], re.MULTILINE)

    assert [name for name, _ in lines] == ["preface", "c1", "c2", "c3", "afterword"]
    for name, folio in lines:
        assert names[places[name]] == folio
        assert folio in pages[places[name]].split()


def test_every_page_reference_is_true(small: Artifact) -> None:
    """A folio printed in the text is the label of the page that its link leads to."""
    pdf, names = opened(small), labels(small)
    places = destinations(pdf)
    document = pypdfium2.PdfDocument(small.data)
    checked = 0
    for at, page in enumerate(pdf.pages):
        for note in page.obj.get("/Annots", []):
            if "/Dest" in note and re.match(r"c\d-\d", str(note.Dest)):
                printed = document[at].get_textpage().get_text_bounded(*map(float, note.Rect))
                assert printed.split()[-1] == names[places[str(note.Dest)]]
                checked += 1

    assert checked == 24


def test_front_matter_is_roman_and_the_body_begins_at_1(small: Artifact) -> None:
    """Labels run i, ii, iii … and then 1, 2, 3 … from the first recto of the body."""
    body = destinations(opened(small))["one"]

    assert labels(small)[:body] == ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii"][:body]
    assert labels(small)[body:] == [str(n) for n in range(1, small.pages - body + 1)]
    assert body % 2 == 0


def test_sections_begin_on_rectos(small: Artifact) -> None:
    """What begins on a recto begins on an odd page, counted from 1."""
    places = destinations(opened(small))

    assert all(places[name] % 2 == 0 for name in ("preface", "one", "c1", "c2", "c3", "afterword"))


def test_blank_pages_bear_nothing(small: Artifact) -> None:
    """A page between sections, and the last, is paper and nothing else."""
    blank = [at for at, page in enumerate(opened(small).pages) if not page.obj.Contents]

    assert blank
    assert small.pages % 2 == 0
    assert all(texts(small)[at].strip() == "" for at in blank)


def test_opening_pages_have_a_folio_and_the_others_a_head(small: Artifact) -> None:
    """Versos name the book, rectos the section; display pages bear neither."""
    pages, places = texts(small), destinations(opened(small))
    opening, following = pages[places["c1"]], pages[places["c1"] + 1]

    assert opening.count("The Chapter 1") == 1
    assert following.startswith("A Book & Its Proof")
    assert pages[places["c1"] + 2].startswith("The Chapter 1")
    assert pages[0].split() == ["A", "Book"]


# --- The same page ------------------------------------------------------------------------------


def test_assembly_moves_the_text_and_changes_nothing(
    make: Maker, garamond: tuple[Face, ...], bound: Binder
) -> None:
    """Furniture taken away, a bound page is the typeset page, a verso shifted by its margins."""
    rendition = make.rendition(make.leaf("c1", "chapter", Matter.BODY, f"<p>{make.words(900)}</p>"))
    artifact, _ = bound(rendition)
    geometry = geometry_of(rendition.book.edition.trim)
    with typesetting(garamond) as press:
        job = _job(rendition, rendition.leaves[0], {}, press.faces, geometry)
        alone = typeset(job, press).pdf

    plain = without_furniture(artifact)
    for at in (0, 1):
        shift = geometry.verso_shift * (at % 2)
        assert pixels(plain, at) == pixels(alone, at, shift)


def without_furniture(artifact: Artifact) -> bytes:
    """Return the PDF with the artifacts of pagination taken out."""
    pdf = opened(artifact)
    for page in pdf.pages:
        whole = b"\n".join(part.read_bytes() for part in page.obj.Contents)
        page.obj.Contents = pikepdf.Stream(pdf, FURNITURE.sub(b"", whole))
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def pixels(pdf: bytes, at: int, shift: float = 0) -> bytes:
    """Return a page as pixels at 144 dpi, moved right by so many points."""
    bitmap = pypdfium2.PdfDocument(pdf)[at].render(scale=2, grayscale=True)
    image = bitmap.to_pil()
    moved = image.transform(
        image.size,
        0,
        (1, 0, -2 * shift, 0, 1, 0),
        fillcolor=255,  # 0: an affine move
    )
    return bytes(moved.tobytes())


def test_two_runs_make_the_same_bytes(make: Maker, small: Artifact, bound: Binder) -> None:
    """Same input, same bytes."""
    again, _ = bound(make.small_book())

    assert again.data == small.data


# --- Fonts and colour ---------------------------------------------------------------------------


def test_a_face_is_embedded_once_and_only_from_the_faces(
    small: Artifact, garamond: tuple[Face, ...]
) -> None:
    """The regular and the italic are in the file, once each, and no other font."""
    names = sorted(str(font.BaseFont).split("+")[1] for font in fonts(opened(small)))

    assert names == ["EBGaramond-Italic", "EBGaramond-Regular"]
    faces = {face.name: face.data for face in garamond}
    for font in fonts(opened(small)):
        program = font.DescendantFonts[0].FontDescriptor.FontFile2.read_bytes()
        drawn = outlines(program)

        assert len(drawn) > 3
        assert drawn <= outlines(faces[str(font.BaseFont).split("+")[1]])


def outlines(font: bytes) -> set[bytes]:
    """Return the points of every shape of a font that is not made of others."""
    shapes = TTFont(BytesIO(font))["glyf"]
    plain = (shapes[name] for name in shapes.keys() if shapes[name].numberOfContours > 0)  # noqa: SIM118
    return {bytes(str(list(shape.coordinates)), "ascii") for shape in plain}


def test_every_glyph_of_the_pages_is_in_its_font(small: Artifact) -> None:
    """Cutting a face to the glyphs of all sections loses none of them: the text reads back."""
    everything = " ".join(texts(small))

    assert "the press sets every word" in everything.replace("\r\n", " ")
    assert "A dot." in everything
    assert "\ufffd" not in everything


def test_text_is_black_ink_alone(small: Artifact) -> None:
    """Body, furniture and rules are set in K: no RGB, which a press would print in four inks."""
    pdf = opened(small)
    forms = [
        each
        for each in pdf.objects
        if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"
    ]
    drawn = [step for each in (*pdf.pages, *forms) for step in pikepdf.parse_content_stream(each)]
    operators = {str(step.operator) for step in drawn}
    colours = {tuple(map(float, step.operands)) for step in drawn if str(step.operator) == "scn"}

    assert not operators & {"rg", "RG", "g", "G"}
    assert colours == {(0.0, 0.0, 0.0, 1.0)}


# --- Links and catalogue ------------------------------------------------------------------------


def test_every_internal_link_lands(small: Artifact) -> None:
    """Links go to names that are in the file; only those that leave the book keep an address."""
    pdf = opened(small)
    places = destinations(pdf)
    notes = [note for page in pdf.pages for note in page.obj.get("/Annots", [])]

    assert {str(note.Dest) for note in notes if "/Dest" in note} == set(places)
    assert [str(note.A.URI) for note in notes if "/A" in note] == ["https://example.org/"]


def test_a_link_on_a_verso_is_where_its_text_is(small: Artifact) -> None:
    """Annotations are shifted with the page: no link reaches over the text's margins."""
    checked = [0, 0]
    for at, page in enumerate(opened(small).pages):
        left, right = ((60, 345), (51, 336))[at % 2]
        for note in page.obj.get("/Annots", []):
            assert left - 1 <= float(note.Rect[0]) <= float(note.Rect[2]) <= right + 1
            checked[at % 2] += 1

    assert min(checked) > 5


def test_a_link_leads_to_where_its_target_stands(make: Maker, small: Artifact) -> None:
    """Where a place begins, recto or verso, the first word of its paragraph stands."""
    pdf = opened(small)
    document, pages = pypdfium2.PdfDocument(small.data), destinations(pdf)
    names = list(pdf.Root.Names.Dests.Names)
    paragraphs = 0
    for name, place in zip(map(str, names[::2]), names[1::2], strict=True):
        if found := re.fullmatch(r"c\d-(\d)", name):
            x, y = (float(edge) for edge in list(place)[2:4])
            text = document[pages[name]].get_textpage().get_text_bounded(x, y - 14, x + 99, y)
            assert x == (60, 51)[pages[name] % 2]
            assert make.words(1, int(found[1])) in text.split()
            paragraphs += 1

    assert paragraphs == 8


def test_a_link_to_nowhere_is_reported(make: Maker, bound: Binder) -> None:
    """A link whose target is not in the print edition is an error of its section."""
    leaf = make.leaf("c1", "chapter", Matter.BODY, '<p><a href="#gone">a</a></p>')

    _, findings = bound(make.rendition(leaf))

    assert [(each.code, each.location.file) for each in findings] == [
        ("link-leads-nowhere", "manuscript/c1.md")
    ]


def test_the_outline_has_chapters_below_their_part(small: Artifact) -> None:
    """The outline is what a reader leafs through: labels and titles as plain text."""
    with opened(small).open_outline() as outline:
        tree = [(item.title, [child.title for child in item.children]) for item in outline.root]

    chapters = [f"Secret {n}. The Chapter {n}" for n in (1, 2, 3)]
    assert tree == [
        ("Contents", []),
        ("Preface", []),
        ("Part One. All of It", chapters),
        ("Afterword", []),
    ]


def test_the_file_says_what_it_is(small: Artifact) -> None:
    """Title, author and date are in both sets of metadata; the language and title bar are set."""
    pdf = opened(small)
    xmp = pdf.open_metadata()
    title, creators, day = xmp["dc:title"], xmp["dc:creator"], xmp["xmp:CreateDate"]

    assert (title, creators, day) == ("A Book & Its Proof", ["Ann Author"], "2026-01-02T00:00:00Z")
    assert str(pdf.docinfo["/Title"]) == title
    assert str(pdf.docinfo["/Author"]) == "Ann Author"
    assert str(pdf.docinfo["/CreationDate"]) == "D:20260102000000Z"
    assert str(pdf.Root.Lang) == "en"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert pdf.pdf_version == "1.7"


def test_a_year_has_four_digits(make: Maker, bound: Binder) -> None:
    """An early date is written as ISO 32000-1, 7.9.4, has dates, on every system."""
    rendition = make.rendition(make.leaf("c1", "chapter", Matter.BODY, "<p>A.</p>"))
    metadata = replace(rendition.book.metadata, date=date(800, 1, 2))
    artifact, _ = bound(replace(rendition, book=replace(rendition.book, metadata=metadata)))
    pdf = opened(artifact)

    assert str(pdf.docinfo["/CreationDate"]) == "D:08000102000000Z"


def test_every_page_has_the_trim_size(small: Artifact) -> None:
    """Media and trim box are the page of the edition."""
    for page in opened(small).pages:
        assert [float(edge) for edge in page.obj.MediaBox] == [0, 0, 396, 612]
        assert page.obj.TrimBox == page.obj.MediaBox


def test_a_draft_says_so_on_every_page(make: Maker, bound: Binder) -> None:
    """DRAFT lies under the text of every page, blank ones too."""
    artifact, _ = bound(make.drafted(make.small_book()))

    assert all("DRAFT" in page for page in texts(artifact))


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_nothing_wrong(small: Artifact, tmp_path: Path) -> None:
    """An independent reader has no complaint."""
    file = tmp_path / "book.pdf"
    file.write_bytes(small.data)

    done = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)  # noqa: S607

    assert done.returncode == 0, done.stdout + done.stderr
