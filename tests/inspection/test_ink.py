"""What a reader cannot see is found, with its words, however it was hidden; and nothing else is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from pikepdf import Operator, Pdf
from PIL import Image as Picture

from octavo.inspection.completeness.paper import ink
from octavo.inspection.completeness.paper.ink import invisible
from octavo.line import Workshop, prepare
from octavo.model import Medium
from octavo.press import fonts
from octavo.press.pdf import bind
from octavo.press.pdf.positions import sheets_of
from octavo.press.pdf.runs import FURNITURE, PICTURE, moved
from octavo.store import Store

if TYPE_CHECKING:
    from octavo.press.pdf.runs import Run, Sheet

BOOK = "title: Unseen\nidentifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
WORDS = "reads quaggy words, a few, on one line"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><circle r="30" fill="{}"/></svg>'
)
HIDDEN = {
    "white": "color: white",
    "paper": "color: device-cmyk(0 0 0 0)",
    "fainter": "color: device-cmyk(0 0 0 0.02)",
    "nearly": "color: rgba(0, 0, 0, 0.02)",
    "opaque": "opacity: 0",
    "blackened": "color: black; background: black",
    "low": "overflow: hidden; height: 7pt",
    "tiny": "font-size: 1.9pt",
    "dust": "font-size: 0.1pt",
    "squeezed": "transform: scaleX(0.01)",
}
"""What hides a whole line."""
SHOWN = {
    "plain": "text-indent: 0",
    "grey": "color: device-cmyk(0 0 0 0.55)",
    "pale": "color: device-cmyk(0 0 0 0.15)",
    "reversed": "color: device-cmyk(0 0 0 0); background: device-cmyk(0 0 0 1)",
    "coloured": "color: #00a000; background: #c64040",
    "yellow": "color: #ff0",
    "through": "text-decoration: underline 2pt; text-underline-offset: -4pt",
    "small": "font-size: 4pt; line-height: 5pt",
    "tight": "line-height: 8pt; width: 90pt",
    "turned": "transform: rotate(30deg)",
    "half": "opacity: 0.5",
    "framed": "overflow: hidden; border: 4pt solid black; padding: 2pt",
    "lined": "line-height: 12pt; width: 90pt; background: #ccc",
}
"""What leaves a text to be read."""
PIECES = {
    "cut": ("overflow: hidden; white-space: nowrap; width: 78pt", "words, a few, on one line"),
    "veiled": ("position: relative", "quaggy words, a few,"),
}
"""What hides some words of a line, and which."""


def pdf_of(folder: Path, markdown: str, style: str, *, draft: bool = False) -> bytes:
    """Return the PDF of a book of one chapter with a stylesheet of its own."""
    (folder / "templates").mkdir()
    (folder / "book.yaml").write_text(BOOK)
    (folder / "one.md").write_text(markdown)
    (folder / "templates" / "book.css").write_text(style)
    (folder / "noise.png").write_bytes(png(Picture.effect_noise((60, 40), 80)))
    (folder / "white.png").write_bytes(png(Picture.new("L", (60, 40), 255)))
    (folder / "clear.png").write_bytes(png(Picture.new("RGBA", (60, 40))))
    (folder / "round.svg").write_text(DRAWING.format("black"))
    (folder / "blank.svg").write_text(DRAWING.format("white"))
    store = Store(Path(os.environ["OCTAVO_CACHE"]))
    workshop = Workshop(store, lambda _: None, "urn:x")
    proofs = prepare(folder, lambda e: e.medium is Medium.PDF, workshop, draft=draft)
    assert proofs is not None
    (rendition,) = proofs.renditions
    return bind(rendition, fonts.faces(store), lambda _: None, lambda *_: None).data


def png(picture: Picture.Image) -> bytes:
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def found_in(pdf: bytes) -> list[tuple[Run, str]]:
    return list(invisible(pdf, sheets_of(pdf)))


# --- By a stylesheet ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def styled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Words that cannot be seen, by the first word of their line."""
    rules = HIDDEN | SHOWN | {name: rule for name, (rule, _) in PIECES.items()}
    style = "".join(f".{name} p {{ {rule} }}\n" for name, rule in rules.items())
    veil = ".veil { position: absolute; left: 72pt; top: 0; width: 64pt; height: 14pt }"
    style += f"{veil} .veil {{ background: white }} div {{ break-inside: avoid; margin: 30pt 0 }}"
    text = "".join(f"::: {{.{name}}}\n{name} {WORDS}\n:::\n\n" for name in rules)
    text = text.replace(f"veiled {WORDS}", f'veiled {WORDS}<span class="veil"></span>')
    pdf = pdf_of(tmp_path_factory.mktemp("styled"), f"# Unseen\n\n{text}", style)
    assert all(name in "".join(run.text for run in runs_of(pdf)) for name in rules)
    return {run.text.split()[0]: words for run, words in found_in(pdf)}


def runs_of(pdf: bytes) -> Iterator[Run]:
    return (run for sheet in sheets_of(pdf) for run in sheet.runs)


@pytest.mark.parametrize("name", HIDDEN)
def test_a_hidden_line_is_found(styled: dict[str, str], name: str) -> None:
    """A line that cannot be seen is found with all its words, whatever hides it."""
    assert styled.get(name) == f"{name} {WORDS}"


@pytest.mark.parametrize("name", PIECES)
def test_hidden_words_are_found(styled: dict[str, str], name: str) -> None:
    """Of a line that is cut off or covered in part, those words are told that are hit."""
    _, words = PIECES[name]

    assert styled.get(name) == words


def test_what_can_be_read_is_left_alone(styled: dict[str, str]) -> None:
    """Pale, reversed, coloured, struck, small, tight, turned: what can be read is no fault."""
    assert set(styled) == HIDDEN.keys() | PIECES.keys()


def test_a_line_over_a_hidden_one_is_left_alone(tmp_path: Path) -> None:
    """Of two lines in one place only the one that is cut off is told."""
    style = ".low p { overflow: hidden; height: 4pt; margin: 0 }"
    text = f"# Unseen\n\n::: {{.low}}\nunder {WORDS}\n:::\n\nabove {WORDS}"

    found = found_in(pdf_of(tmp_path, text, style))

    assert [words for _, words in found] == [f"under {WORDS}"]


# --- In the file --------------------------------------------------------------------------------

Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
Block = list[Instruction]
Fault = Callable[[Block], Block]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A chapter of two paragraphs, a line each."""
    text = f"# Unseen\n\nFirst {WORDS}\n\nSecond {WORDS}"
    return pdf_of(tmp_path_factory.mktemp("plain"), text, "p { text-indent: 0 }")


def say(operator: str, *operands: Any) -> Instruction:
    return pikepdf.ContentStreamInstruction(operands, Operator(operator))


def wrapped(*before: Instruction) -> Fault:
    return lambda block: [say("q"), *before, *block, say("Q")]


def clipped(block: Block) -> Block:
    """Cut off the lower halves of the letters; text is drawn upside down on a mirrored page."""
    _, *_, across, up = next(each.operands for each in block if str(each.operator) == "Tm")
    upper = say("re", float(across) - 2, float(up) - 16, 999, 12)
    return [say("q"), upper, say("W"), say("n"), *block, say("Q")]


def small(block: Block) -> Block:
    """Set the text too small to be read, though not to be seen."""
    return [
        say("Tf", each.operands[0], 2.5) if str(each.operator) == "Tf" else each for each in block
    ]


def with_fault(pdf: bytes, fault: Fault, at: int) -> bytes:
    """Return the file with a fault in one of the texts of its first page with text."""
    with Pdf.open(BytesIO(pdf)) as file:
        page = file.pages[sheet_of(pdf).number]
        code = list(pikepdf.parse_content_stream(page))
        starts = [n for n, each in enumerate(code) if str(each.operator) == "BT"]
        ends = [n + 1 for n, each in enumerate(code) if str(each.operator) == "ET"]
        code[starts[at] : ends[at]] = fault(code[starts[at] : ends[at]])
        page.obj.Contents = file.make_stream(pikepdf.unparse_content_stream(code))
        return saved(file)


def saved(file: Pdf) -> bytes:
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def sheet_of(pdf: bytes) -> Sheet:
    return next(sheet for sheet in sheets_of(pdf) if any(WORDS in run.text for run in sheet.runs))


FAULTS: dict[str, Fault] = {
    "white": wrapped(say("k", 0, 0, 0, 0)),
    "faint": wrapped(say("k", 0, 0, 0, 0.03)),
    "cut off": wrapped(say("re", 0, 0, 1, 1), say("W"), say("n")),
    "cut in half": clipped,
    "too small": small,
    "without ink": lambda block: [say("Tr", 3), *block, say("Tr", 0)],
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_of_the_file_is_found(plain: bytes, name: str) -> None:
    """What the press itself might draw wrongly is found, and only there."""
    pdf = with_fault(plain, FAULTS[name], -1)

    assert [(run.text, words) for run, words in found_in(pdf)] == [(f"Second {WORDS}",) * 2]


def test_a_grey_line_of_the_file_is_left_alone(plain: bytes) -> None:
    """Ink of a twelfth of black can be read, though not by everyone."""
    assert found_in(with_fault(plain, wrapped(say("k", 0, 0, 0, 0.08)), -1)) == []


def test_what_is_covered_is_found_in_order(plain: bytes) -> None:
    """A box drawn over the page hides its lines and its folio, told in the order they are drawn."""
    sheet = sheet_of(plain)
    with Pdf.open(BytesIO(plain)) as file:
        page = file.pages[sheet.number]
        page.contents_add(b"q 1 g 0 0 900 900 re f Q")
        found = found_in(saved(file))

    assert [run.turn for run, _ in found] == [run.turn for run in sheet.runs]
    assert found[0][0].generated == FURNITURE


def test_a_letter_is_enough(plain: bytes) -> None:
    """A word of which one letter is covered is found."""
    piece = next(run for run in runs_of(plain) if run.text.startswith("Second")).pieces[0]
    left, low = moved(piece.matrix, piece.offsets[2], -0.3 * piece.size)
    right, high = moved(piece.matrix, piece.offsets[3], 0.9 * piece.size)
    box = f"q 1 g {left} {low} {right - left} {high - low} re f Q"
    with Pdf.open(BytesIO(plain)) as file:
        file.pages[sheet_of(plain).number].contents_add(box.encode())
        found = found_in(saved(file))

    assert [words for _, words in found] == ["Second"]


def test_a_font_must_draw_its_glyphs(plain: bytes) -> None:
    """Text in a font that the file lacks, or whose glyphs are empty, is seen by nobody."""
    sheet = sheet_of(plain)
    runs = [run for run in sheet.runs if run.text.startswith("Second")]
    pieces = [replace(p, font=replace(p.font, program=b"")) for p in runs[0].pieces]
    lacking = replace(sheet, runs=(replace(runs[0], pieces=tuple(pieces)),))

    assert [words for _, words in invisible(plain, [lacking])] == [f"Second {WORDS}"]


def test_the_trim_is_what_counts(plain: bytes) -> None:
    """A page may be larger than its trim, which need not begin at its corner."""
    with Pdf.open(BytesIO(plain)) as file:
        for page in file.pages:
            left, low, right, top = (float(edge) for edge in page.trimbox)
            page.obj.MediaBox = [left - 20, low - 30, right + 20, top + 30]
            page.obj.TrimBox = [left + 9.5, low + 7, right - 9.5, top - 7]
        larger = saved(file)

    assert found_in(larger) == []
    assert len(found_in(with_fault(larger, FAULTS["white"], -1))) == 1


def test_long_books_are_read_in_parts(plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many pages make a stencil, the same is found."""
    pdf = with_fault(plain, FAULTS["white"], -1)
    whole = found_in(pdf)

    monkeypatch.setattr(ink, "_BATCH", 1)

    assert found_in(pdf) == whole != []


# --- Pictures and stamps ------------------------------------------------------------------------

FILES = ("noise.png", "round.svg", "white.png", "clear.png", "blank.svg")
WAYS = {
    "cover": ".cover .lid { position: absolute; background: white; left: -50pt; top: -5pt;"
    " width: 400pt; height: 200pt }",
    "clip": ".clip { overflow: hidden; height: 1pt } .clip img { margin-top: 30pt }",
    "ghost": ".ghost img { opacity: 0 }",
    "plain": ".plain { margin: 0 }",
}


def test_a_hidden_picture_is_found(tmp_path: Path) -> None:
    """A picture is seen, or would leave nothing anyhow: only white and clear ones may do that."""
    boxes = "".join(
        f'<div class="box {way}"><p>{way} {file}</p><p><img src="{file}" alt="{file}"/></p>'
        '<p class="lid"></p></div>\n\n'
        for way in WAYS
        for file in FILES
    )
    style = " ".join(WAYS.values())
    style += ".box { position: relative; break-before: page; text-indent: 0 }"
    pdf = pdf_of(tmp_path, f"# Unseen\n\n{boxes}", style)

    pages = [run.page for run, _ in found_in(pdf) if run.generated == PICTURE]

    captions = {run.page: run.text for run in runs_of(pdf) if run.text.endswith(FILES)}
    hidden = {f"{way} {file}" for way in WAYS if way != "plain" for file in FILES[:2]}
    assert [captions[page] for page in pages] == [c for c in captions.values() if c in hidden]


def test_the_word_of_a_draft_may_be_covered(tmp_path: Path) -> None:
    """A stamp lies under the text and its pictures, and is no text that must be read."""
    style = "img { width: 280pt; height: 400pt }"

    pdf = pdf_of(tmp_path, "# Unseen\n\n![Noise](noise.png)\n\nA line.", style, draft=True)

    assert any("DRAFT" in run.text for run in runs_of(pdf))
    assert found_in(pdf) == []
