"""Say what the engine saw as an author understands it: with a place in the manuscript, and a hint.

What a problem is about is looked for in the text, since the engine rarely knows where it came from.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from octavo.diagnostics import Diagnostic, Location, error, warning
from octavo.markup import text_of, walk
from octavo.model import Element
from octavo.press import glyphs
from octavo.press.fonts import MONO, SANS, SERIF
from octavo.press.pdf.evidence import Problem
from octavo.press.pdf.wishes import asks, drawing_asks, line_asking
from octavo.rendition.blocks import NOTE_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from octavo.press.pdf.evidence import Layout
    from octavo.press.pdf.typeset import Job

FAILED = "layout-failed"
_UNKNOWN = "unknown-typeface"
_PICTURE = "save it again as PNG, JPEG or SVG"
_MEANINGS = {
    glyphs.CODE: (error, glyphs.MESSAGE, glyphs.HINT),
    "image-not-loaded": (error, "the picture “{about}” cannot be shown", _PICTURE),
    "face-not-loaded": (error, "the typeface “{about}” cannot be loaded", ""),
    "stylesheet-not-loaded": (
        error,
        "a stylesheet asks for “{about}”, which is not part of the book",
        "write the rules into book.css itself",
    ),
    "note-too-long": (
        error,
        "this note is longer than a page, and its end would be cut off",
        "shorten it, or move part of it into the text",
    ),
    "text-off-page": (
        error,
        "“{about}” runs over the edge of the page",
        "break the line or the long word, or look for a rule of your own stylesheet that does this",
    ),
    "formula-off-page": (
        error,
        "the formula “{about}” is wider than the text",
        "divide it into lines: \\begin{aligned} … \\\\ … \\end{aligned}",
    ),
    "picture-off-page": (
        error,
        "the picture “{about}” runs over the edge of the page",
        "take away the width or style that makes it larger than the text",
    ),
    "long-running-head": (
        error,
        "the running head “{about}” is wider than the text below it",
        "give the file a shorter one: `short-title: …` in its header",
    ),
    FAILED: (
        error,
        "this section cannot be printed: the typesetting engine gives up on it",
        "write unusual HTML in it as Markdown, piece by piece, until it can",
    ),
    "typesetting-remark": (warning, "a stylesheet was not fully understood: {about}", ""),
    _UNKNOWN: (
        warning,
        "the design has no typeface “{about}”: another one stands in for it in print",
        f"it has “{SERIF}”, “{SANS}” and “{MONO}”; name one of these",
    ),
}
"""What a problem of the engine means to an author: severity, message and hint."""
OF_SHEETS = frozenset({"typesetting-remark", "face-not-loaded", "stylesheet-not-loaded", _UNKNOWN})
"""Problems of stylesheets, which are the same in every section."""


def findings_of(job: Job, layout: Layout) -> Iterator[Diagnostic]:
    """Yield what is wrong with a leaf as it was laid out."""
    content, location = job.content, job.location
    if FAILED not in {problem.code for problem in layout.problems}:
        yield from _lost_notes(content, location, layout)
    for element in walk(content):
        if element.tag == "math":
            place = _at(location, element.line)
            message, hint = "mathematics cannot be printed yet", "show it as a picture"
            yield error("mathematics-not-set", message, place, hint)
    missing = {p.about for p in layout.problems if p.code == _UNKNOWN}
    wishes = {family: _asking_for(family, job) for family in sorted(missing)}
    for problem in layout.problems:
        for place in _places(problem, job, wishes):
            yield finding(problem, place)


def _places(problem: Problem, job: Job, wishes: Mapping[str, Location]) -> Iterator[Location]:
    """Yield where an author finds what a problem is about."""
    if problem.code == _UNKNOWN:
        wish = wishes[problem.about]
        yield _at(wish, wish.line or problem.line)
    elif problem.sheet:
        yield of_sheet(problem.sheet, problem.line)
    else:
        lines = (problem.line,) if problem.line else lines_with(job.content, problem)
        yield from (_at(job.location, line) for line in lines or (0,))


def _asking_for(family: str, job: Job) -> Location:
    """Return the place that names a typeface: in what a page shows, or else in a stylesheet."""
    shown = (line for element, line in _lined(job.content) if asks(element, family))
    drawn = (
        line
        for image in job.images
        if drawing_asks(image, family)
        for line in lines_with(job.content, Problem(_UNKNOWN, image.name))
    )
    if line := next(chain(shown, drawn), 0):
        return _at(job.location, line)
    said = ((name, line_asking(css, family)) for name, css in reversed(job.stylesheets))
    return next((of_sheet(name, at) for name, at in said if at), job.location)


def _lined(element: Element, above: int = 0) -> Iterator[tuple[Element, int]]:
    """Yield an element and those in it, each with its line."""
    line = element.line or above
    yield element, line
    for child in element.children:
        if isinstance(child, Element):
            yield from _lined(child, line)


def of_sheet(name: str, line: int = 0) -> Location:
    """Return the place of a stylesheet of the book, or of the design, by its name."""
    return Location(f"templates/{name}.css", line)


def finding(problem: Problem, place: Location) -> Diagnostic:
    """Return what a problem means, at a place."""
    make, message, hint = _MEANINGS[problem.code]
    about = problem.about
    code = ord(about) if len(about) == 1 else 0
    # A character that shows nothing is called by its name.
    shown = unicodedata.name(about, "") if code and not about.isprintable() else _shortened(about)
    return make(problem.code, message.format(about=shown, code=code), place, hint)


def lines_with(content: Element, problem: Problem) -> tuple[int, ...]:
    """Return the lines that say or show what a problem is about: all for a missing character."""
    found = _lines_with(content, problem.about, 0) if problem.about else ()
    lines = tuple(dict.fromkeys(found))
    return lines if problem.code == glyphs.CODE else lines[:1]


def _lines_with(element: Element, about: str, above: int) -> Iterator[int]:
    line = element.line or above
    if line and about in {element.get("src"), element.tag}:
        yield line
    for child in element.children:
        if isinstance(child, Element):
            yield from _lines_with(child, about, line)
        elif line and (about in child or about in " ".join(child.split())):
            yield line


def _lost_notes(content: Element, location: Location, layout: Layout) -> Iterator[Diagnostic]:
    times = Counter(name for name, _ in layout.notes)
    for note in walk(content):
        if NOTE_CLASS not in note.classes or not note.get("data-mark"):
            continue
        name, text = note.get("id"), _shortened(text_of(note))
        place = _at(location, next((inner.line for inner in walk(note) if inner.line), 0))
        if times[name] == 0:
            yield error(
                "lost-note",
                f"the note “{text}” would be missing from the printed page",
                place,
                "move its call to another sentence, or shorten the note, and build again",
            )
        elif times[name] > 1:
            yield error(
                "repeated-note", f"the note “{text}” would be printed more than once", place
            )


def _at(location: Location, line: int) -> Location:
    return Location(location.file, line) if line else location


def _shortened(text: str, longest: int = 60) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"
