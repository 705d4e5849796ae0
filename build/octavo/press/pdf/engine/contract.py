"""What the hooks rely on in WeasyPrint: its version, and the signatures of what they wrap."""

from __future__ import annotations

import dis
import inspect
from typing import TYPE_CHECKING, Any

import pyphen
import weasyprint
from weasyprint import draw
from weasyprint.draw import text as text_draw
from weasyprint.layout import LayoutContext
from weasyprint.layout import block as block_layout
from weasyprint.layout import inline as inline_layout
from weasyprint.layout import page as page_layout
from weasyprint.text import fonts as text_fonts
from weasyprint.text import line_break

if TYPE_CHECKING:
    from collections.abc import Callable

KNOWN_VERSION = "70."
"""The WeasyPrint whose insides the hooks were written for."""


class UnknownEngineError(RuntimeError):
    """WeasyPrint is not the one whose insides the hooks were written for."""


_LINES_OF_A_BLOCK = block_layout._linebox_layout  # noqa: SLF001 - the hook's
_SIGNATURES: dict[Callable[..., Any], str] = {
    page_layout.make_page: "context root_box page_type resume_at page_number page_state",
    _LINES_OF_A_BLOCK: (
        "context box index child new_children page_is_empty absolute_boxes fixed_boxes"
        " adjoining_margins bottom_space position_y skip_stack first_letter_style"
        " first_line_style draw_bottom_decoration max_lines"
    ),
    block_layout.block_level_width: "box containing_block with_min_max",
    block_layout.iter_line_boxes: (
        "context box position_y bottom_space skip_stack containing_block absolute_boxes"
        " fixed_boxes first_letter_style first_line_style"
    ),
    inline_layout.get_next_linebox: (
        "context linebox position_y bottom_space skip_stack containing_block absolute_boxes"
        " fixed_boxes first_letter_style first_line_style"
    ),
    inline_layout.split_first_line: (
        "text style context max_width justification_spacing is_line_start minimum"
    ),
    inline_layout.trailing_whitespace_size: "context box",
    inline_layout.split_text_box: "context box available_width skip is_line_start",
    inline_layout.split_inline_level: (
        "context box position_x max_x bottom_space skip_stack containing_block absolute_boxes"
        " fixed_boxes line_placeholders waiting_floats line_children first_letter_style"
        " first_line_style"
    ),
    draw.draw_text: "stream textbox offset_x text_overflow block_ellipsis",
    draw.draw_replacedbox: "stream box",
    text_draw.draw_first_line: "stream textbox text_overflow block_ellipsis matrix",
    line_break.get_font_description: "style",
    line_break.Layout.set_text: "self text justify",
    draw.draw_stacking_context: "stream stacking_context",
    LayoutContext.report_footnote: "self footnote",
    LayoutContext.layout_footnote: "self footnote",
    pyphen.Pyphen.iterate: "self word",
    text_fonts.FontConfiguration.__init__: "self",
    text_fonts.get_hb_object_data: "hb_object ot_color glyph",
    weasyprint.Document.write_pdf: "self target zoom finisher options",
}


def check_contract(version: str) -> None:
    """Refuse a WeasyPrint whose version or inner signatures are not those we know."""
    if not version.startswith(KNOWN_VERSION):
        raise UnknownEngineError(f"WeasyPrint {KNOWN_VERSION}* is needed, {version} is installed")
    for function, known in _SIGNATURES.items():
        found = " ".join(inspect.signature(function).parameters)
        if found != known:
            raise UnknownEngineError(f"{function.__qualname__} takes {found}, not {known}")
    asked = [step.argval for step in dis.get_instructions(_LINES_OF_A_BLOCK)].count("in_column")
    if asked != 1:
        raise UnknownEngineError(f"_linebox_layout asks {asked} times, not once, for a column")
