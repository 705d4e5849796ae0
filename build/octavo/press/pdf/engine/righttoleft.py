"""What WeasyPrint does wrong where text runs from right to left, and the wrappers that mend it."""

from __future__ import annotations

import unicodedata
from functools import wraps
from itertools import groupby
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.text.ffi import ffi

from octavo.press.scripts import ARABIC

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SHADDA = "\u0651"


def indenting_at_the_right(next_line: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the maker of a line so that an indent is where the line begins.

    WeasyPrint leaves it free at the left, whichever way the text runs.
    """

    @wraps(next_line)
    def indented(context: Any, linebox: Any, *arguments: Any) -> Any:
        made = next_line(context, linebox, *arguments)
        line, *_ = made
        if line is not None and linebox.text_indent and line.style["direction"] == "rtl":
            for child in line.children:
                if child.is_in_normal_flow():
                    child.translate(-linebox.text_indent, 0)
        return made

    return indented


def measuring_pictures(measure: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the measuring of what is as wide as its block, so that a picture may be.

    WeasyPrint moves it to the right end at once, but only what is a block itself stands anywhere
    by then; a picture in a line is placed when its line is.
    """

    @wraps(measure)
    def measured(box: Any, *arguments: Any, **named: Any) -> Any:
        if isinstance(box, boxes.InlineReplacedBox):
            box.position_x = 0
        return measure(box, *arguments, **named)

    return measured


class _Unspaced:
    """A style that spaces no letters, and is otherwise the one it stands for."""

    __slots__ = ("style",)

    def __init__(self, style: Any) -> None:
        self.style = style

    def __getitem__(self, name: str) -> Any:
        return "normal" if name == "letter_spacing" else self.style[name]


def joining_letters(set_text: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the measuring of a text so that joined letters are not spaced.

    A design spaces its small capitals; Arabic among them would come apart (CSS Text 3, 8.2.1).
    """

    @wraps(set_text)
    def joined(layout: Any, text: str, *arguments: Any, **named: Any) -> Any:
        style = layout.style
        if not ARABIC.signs.search(text):
            return set_text(layout, text, *arguments, **named)
        layout.style = _Unspaced(style)
        try:
            return set_text(layout, text, *arguments, **named)
        finally:
            layout.style = style

    return joined


def telling_letters(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the drawing of a text so that each glyph is known by its own letters.

    Of several glyphs that are set for one letter with its marks, WeasyPrint says that the first
    drawn, a mark, is all of them, and that the others are nothing.
    """

    @wraps(draw)
    def told(stream: Any, box: Any, *arguments: Any) -> Any:
        drawn = draw(stream, box, *arguments)
        line, _ = box.pango_layout.get_first_line()
        text = box.pango_layout.text.encode()
        run = line.runs[0]
        while run != ffi.NULL:
            if run.data.item.analysis.level % 2:
                font, _ = stream.add_font(run.data.item.analysis.font)
                for glyphs, letters in _clusters(run.data, text):
                    _tell(font.to_unicode, glyphs, letters)
            run = run.next
        return drawn

    return told


def _tell(known: dict[int, str], glyphs: Sequence[int], letters: str) -> None:
    for glyph, part in zip(glyphs, shared(letters, len(glyphs)), strict=True):
        # What is no glyph of the font is not known either.
        if glyph in known and (len(glyphs) > 1 or not known[glyph]):
            known[glyph] = part


def _clusters(item: Any, text: bytes) -> Iterator[tuple[list[int], str]]:
    """Yield the glyphs of each cluster of a run as they are read, with what they stand for."""
    string, start = item.glyphs, item.item.offset
    number = string.num_glyphs
    rows = [(string.log_clusters[at], string.glyphs[at].glyph) for at in range(number)][::-1]
    parted = groupby(rows, lambda row: row[0])
    clusters = [(at, [glyph for _, glyph in row]) for at, row in parted]
    ends = [at for at, _ in clusters[1:]] + [item.item.length]
    for (at, glyphs), end in zip(clusters, ends, strict=True):
        yield glyphs, text[start + at : start + end].decode()


def shared(letters: str, glyphs: int) -> Sequence[str]:
    """Return which of some letters and their marks each glyph stands for, in reading order."""
    marks = [at for at, letter in enumerate(letters) if unicodedata.category(letter) == "Mn"]
    first = marks[0] if marks else len(letters)
    # A shadda is set before the marks that stand upon it (Unicode Technical Report 53).
    tail = "".join(sorted(letters[first:], key=lambda mark: mark != _SHADDA))
    parts = [letters[:first], *tail] if first else [*tail]
    if glyphs == 1:
        return (letters,)
    if len(parts) == glyphs:
        return parts
    head, *rest = parts or [""]
    return (head, "".join(rest), *[""] * (glyphs - 2))
