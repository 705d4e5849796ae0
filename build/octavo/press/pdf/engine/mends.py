"""What WeasyPrint does wrong, and the wrappers that mend it.

Each takes one of its functions and returns what stands in for it; ``engine`` installs them.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline as inline_layout

from octavo.markup import DEEPEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import TypeAlias

    Mend: TypeAlias = Callable[[Callable[..., Any]], Callable[..., Any]]


@contextmanager
def with_room() -> Iterator[None]:
    """Let the mends, too, call themselves once for every element that stands inside another."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(before + DEEPEST)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def keeping_notes(make_page: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the maker of pages so that no called note is forgotten.

    When a line overflows and WeasyPrint makes room by moving earlier notes to the next page, it
    ends the page before it sets the notes called in that very line: they stay waiting for ever.
    """

    @wraps(make_page)
    def kept(context: Any, *arguments: Any, **named: Any) -> Any:
        made = make_page(context, *arguments, **named)
        for box in made[0].descendants():
            if box.footnote is not None and box.footnote in context.footnotes:
                context.footnotes.remove(box.footnote)
                context.reported_footnotes.append(box.footnote)
        return made

    return kept


class _AsInColumn:
    """A context that says it is in a column, and is otherwise the one it stands for."""

    __slots__ = ("context",)
    in_column = True

    def __init__(self, context: Any) -> None:
        self.context = context

    def __getattr__(self, name: str) -> Any:
        return getattr(self.context, name)


def leaving_notes(lay_lines: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the layout of a paragraph's lines so that no note leaves the page of its call.

    When a line does not fit and the lines before it are too few to stand alone, WeasyPrint moves
    notes it has set to the next page to win room, though their calls stay.  Only in a column does
    it not, and move the paragraph instead: so it hears that it is in one, and nobody else does.
    """

    @wraps(lay_lines)
    def left(context: Any, *arguments: Any) -> Any:
        return lay_lines(_AsInColumn(context), *arguments)

    return left


def in_no_column(lines_of: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the maker of lines so that what stands in a line sees the context itself."""

    @wraps(lines_of)
    def plain(context: _AsInColumn, *arguments: Any) -> Any:
        return lines_of(context.context, *arguments)

    return plain


def filling_lines(split: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the breaking of text so that a line is not ended after its first word.

    When a text before an inline element fits but for its last space, which would vanish at the
    end of a line, WeasyPrint takes its first word for one too long to stand on a line.
    """

    @wraps(split)
    def filled(
        text: str, style: Any, context: Any, width: float | None, *more: Any, **named: Any
    ) -> Any:
        made = split(text, style, context, width, *more, **named)
        bare = text.rstrip(" ")
        collapses = style["white_space"] in {"normal", "pre-line"}
        if width is None or made[2] is None or bare == text or not collapses:
            return made
        _, _, rest, needed, *_ = split(bare, style, context, width, *more, **named)
        fits = rest is None and needed <= width
        return split(text, style, context, None, *more, **named) if fits else made

    return filled


def hanging_spaces(size_of: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the measuring of the spaces at a line's end so that they hang where they are kept, too.

    In ``pre-wrap`` they take no room there (CSS Text 3, 4.1.3).  WeasyPrint takes a line for too
    long because of them, and ends it before its last elements, however much of it is then empty.
    """

    @wraps(size_of)
    def hanging(context: Any, box: Any) -> Any:
        last = box
        while isinstance(last, boxes.InlineBox) and last.children:
            last = last.children[-1]
        kept = isinstance(last, boxes.TextBox) and last.style["white_space"] == "pre-wrap"
        bare = last.text.rstrip(" ") if kept else ""
        if not kept or bare == last.text:
            return size_of(context, box)
        if not bare:
            return last.width
        without, *_ = inline_layout.split_text_box(context, last.copy_with_text(bare), None, 0)
        return last.width - without.width

    return hanging


def keeping_spelling(parts_of: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the hyphenation of a word so that no letter changes.

    Some languages spell a word otherwise where it is broken (Hungarian *hosz-szabbítás*);
    WeasyPrint prints the first part of that spelling and the second of the other.
    """

    @wraps(parts_of)
    def kept(dictionary: Any, word: str) -> Iterator[tuple[str, str]]:
        return (parts for parts in parts_of(dictionary, word) if "".join(parts) == word)

    return kept


class _Line(list[Any]):
    """What a line holds so far, as an inline element inside it sees it."""

    __slots__ = ("begins", "position_x")

    def __init__(self, line_children: list[Any], position_x: float) -> None:
        super().__init__(line_children)
        self.begins = _begins(line_children, position_x)
        self.position_x = position_x


def _begins(line_children: list[Any], position_x: float) -> bool:
    """Tell whether what stands there begins the line."""
    if line_children or not isinstance(line_children, _Line):
        return not line_children
    return line_children.begins and position_x == line_children.position_x


def breaking_long_words(split: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap the splitting of inline content so that only a word longer than a line is broken.

    ``overflow-wrap`` lets a word break anywhere where it begins a line.  WeasyPrint takes for a
    line's beginning every text in a line of which it has finished no child: all of it, where the
    line is inside one element.
    """

    @wraps(split)
    def broken(context: Any, box: Any, position_x: float, *more: Any) -> Any:
        *between, line_children, first_letter, first_line = more
        if isinstance(box, boxes.InlineBox):
            line_children = _Line(line_children, position_x)
        elif not _begins(line_children, position_x):
            line_children = line_children or [(0, box)]
        return split(context, box, position_x, *between, line_children, first_letter, first_line)

    return broken
