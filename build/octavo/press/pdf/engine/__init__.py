"""Know WeasyPrint: only this package imports it, and every hook into it is installed here.

The engine sees what it is handed and nothing else: no file, no network, no installed font.  What
it complains of comes back as values.  All hooks into it are installed here, and act only inside
:func:`typesetting`; what they mend is told in ``mends``.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyphen
import weasyprint
from weasyprint import draw
from weasyprint.draw import text as text_draw
from weasyprint.layout import block as block_layout
from weasyprint.layout import inline as inline_layout
from weasyprint.layout import page as page_layout
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi, harfbuzz, pango

from octavo.press.fonts import font_css
from octavo.press.pdf import evidence
from octavo.press.pdf.engine import families, labels, mends, righttoleft
from octavo.press.pdf.engine.contract import KNOWN_VERSION, UnknownEngineError, check_contract
from octavo.press.pdf.engine.sources import BASE, ClosedFetcher, OnlyTheseFonts, TreeDocument
from octavo.press.pdf.evidence import Layout, Problem
from octavo.press.pdf.remarks import Remarks, in_sheet

__all__ = [
    "HOOKS",
    "KNOWN_VERSION",
    "Engine",
    "Options",
    "UnknownEngineError",
    "check_contract",
    "typesetting",
    "versions",
]

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import ModuleType
    from xml.etree.ElementTree import Element as Tree

    from octavo.press.fonts import Face
    from octavo.press.pdf.evidence import FontUse

HOOKS = "8"
"""Counts the ways in which the hooks set text; what was set in an earlier one is set again."""

ffi.cdef("const char * hb_version_string (void);")


@dataclass(frozen=True, slots=True)
class Options:
    """Which hooks act."""

    keep_notes: bool = True
    """Lose no note, and part none from its call if its ``footnote-policy`` is ``line``."""
    fill_lines: bool = True
    """Let a text that fits but for its last space stand on its line whole."""
    break_long_words: bool = True
    """Break a word anywhere only if no line can hold it."""
    keep_spelling: bool = True
    """Break no word where its language would spell it otherwise."""
    right_to_left: bool = True
    """Indent from the right what is read from there, measure its pictures, space no joined letters,
    and say of each glyph what it stands for."""
    own_families: bool = True
    """Set nothing in a family that the design lacks, and tell of it."""
    label_blocks: bool = True
    """Mark every text and picture with the number of its block."""


def _address(face: Face) -> str:
    return f"{BASE}faces/{face.digest}.ttf"


@contextmanager
def typesetting(faces: Sequence[Face], options: Options | None = None) -> Iterator[Engine]:
    """Install the hooks and the faces; yield what lays documents out, one after the other.

    Raises:
        UnknownEngineError: the hooks do not fit the WeasyPrint that is installed.
    """
    check_contract(weasyprint.VERSION)
    remarks = Remarks(BASE)
    log = weasyprint.LOGGER
    before = log.propagate, log.disabled, log.level
    log.addHandler(remarks)
    # A program around us may have silenced the log; what it says must still be heard.
    log.propagate, log.disabled = False, False
    log.setLevel(logging.WARNING)
    try:
        with mends.with_room(), _hooked(options or Options()):
            yield Engine(faces, remarks)
    finally:
        log.propagate, log.disabled, level = before
        log.setLevel(level)
        log.removeHandler(remarks)


@contextmanager
def _hooked(options: Options) -> Iterator[None]:
    found = [
        (module, name, getattr(module, name), wrap)
        for option, module, name, wrap in _HOOKS
        if getattr(options, option)
    ]
    for module, name, _, wrap in found:
        setattr(module, name, wrap(getattr(module, name)))  # some are wrapped twice
    try:
        yield
    finally:
        for module, name, function, _ in found:
            setattr(module, name, function)


def versions() -> tuple[str, ...]:
    """Return the versions of all that decides how text is set: the system brings some of it."""
    shaper = ffi.string(harfbuzz.hb_version_string()).decode()
    return weasyprint.VERSION, str(pango.pango_version()), shaper, HOOKS


class Engine:
    """WeasyPrint with the faces of a book: lays out documents from memory."""

    def __init__(self, faces: Sequence[Face], remarks: Remarks) -> None:
        """Load the faces; nothing else is ever used to set text."""
        self.faces = tuple(face.digest for face in faces)
        self._remarks = remarks
        self._fonts = OnlyTheseFonts()
        self._sheets: dict[str, tuple[Any, tuple[Problem, ...]]] = {}
        served = {_address(face): face.data for face in faces}
        self._css(font_css(faces, _address), ClosedFetcher(served))

    def lay_out(
        self,
        root: Tree,
        stylesheets: Iterable[tuple[str, str]],
        images: Mapping[str, bytes],
    ) -> Layout:
        """Lay out the tree of an XHTML document.

        Stylesheets come with their names; images are served by the addresses the document uses.
        """
        fetcher = ClosedFetcher(
            {BASE + quote(name, safe=""): data for name, data in images.items()}
        )
        sheets = [self._sheet(name, text, fetcher) for name, text in stylesheets]
        document = TreeDocument(root, fetcher).render(
            font_config=self._fonts,
            stylesheets=[sheet for sheet, _ in sheets],
            presentational_hints=True,  # the numbers of lists stand in attributes
        )
        uses: list[FontUse] = []
        pdf = document.write_pdf(finisher=lambda drawn, _: uses.extend(families.font_uses(drawn)))
        pages = [page._page_box for page in document.pages]  # noqa: SLF001 - the evidence
        of_sheets = (problem for _, problems in sheets for problem in problems)
        drawn = (evidence.named(remark, pages) for remark in self._remarks.take())
        said = (*of_sheets, *drawn, *evidence.cut_off(pages))
        return Layout(
            pdf=pdf,
            pages=len(pages),
            anchors=tuple(evidence.anchors_of(document)),
            calls=tuple(evidence.calls_of(pages)),
            notes=tuple(evidence.notes_of(pages)),
            fonts=tuple(uses),
            problems=tuple(dict.fromkeys(said)),
            crowded=tuple(evidence.crowded(pages)),
            stranded=tuple(evidence.stranded(pages)),
        )

    def _sheet(
        self, name: str, text: str, fetcher: ClosedFetcher
    ) -> tuple[Any, tuple[Problem, ...]]:
        # Parsed once; what was said of it is repeated, so that no result depends on an earlier.
        if text not in self._sheets:
            self._sheets[text] = (self._css(text, fetcher), self._remarks.take())
        parsed, problems = self._sheets[text]
        return parsed, tuple(in_sheet(problem, name) for problem in problems)

    def _css(self, text: str, fetcher: ClosedFetcher) -> Any:
        return weasyprint.CSS(
            string=text, base_url=BASE, url_fetcher=fetcher, font_config=self._fonts
        )


_HOOKS: tuple[tuple[str, ModuleType | type, str, mends.Mend], ...] = (
    ("keep_notes", page_layout, "make_page", mends.keeping_notes),
    ("keep_notes", block_layout, "_linebox_layout", mends.leaving_notes),
    ("keep_notes", block_layout, "iter_line_boxes", mends.in_no_column),
    ("fill_lines", inline_layout, "split_first_line", mends.filling_lines),
    ("fill_lines", inline_layout, "trailing_whitespace_size", mends.hanging_spaces),
    ("break_long_words", inline_layout, "split_inline_level", mends.breaking_long_words),
    ("keep_spelling", pyphen.Pyphen, "iterate", mends.keeping_spelling),
    ("right_to_left", inline_layout, "get_next_linebox", righttoleft.indenting_at_the_right),
    ("right_to_left", block_layout, "block_level_width", righttoleft.measuring_pictures),
    ("right_to_left", text_draw, "draw_first_line", righttoleft.telling_letters),
    ("right_to_left", line_break.Layout, "set_text", righttoleft.joining_letters),
    ("own_families", line_break, "get_font_description", families.in_families_of_the_design),
    ("own_families", text_draw, "draw_first_line", families.telling),
    ("label_blocks", draw, "draw_text", labels.labelling_text),
    ("label_blocks", draw, "draw_replacedbox", labels.labelling_pictures),
    ("label_blocks", draw, "draw_stacking_context", labels.marking_outside),
)
"""Which option installs which wrapper, and where."""
