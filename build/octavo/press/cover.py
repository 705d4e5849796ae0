"""The front cover of an EPUB: the author's picture, or one made of type."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from importlib.metadata import version
from io import BytesIO
from typing import TYPE_CHECKING

from octavo.bounds import Crew, Stop
from octavo.diagnostics import Location, error, warning
from octavo.markup import parse, rewrite_all, text_of
from octavo.model import Element, Image
from octavo.press.pdf.compositors import Bounds, at_work, why
from octavo.press.pdf.typeset import as_tree
from octavo.rendition.direction import spoken
from octavo.store import Store, digest

if TYPE_CHECKING:
    from PIL import Image as Picture

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Metadata, Rendition
    from octavo.press.fonts import Face
    from octavo.press.pdf.engine import Engine

WIDTH, HEIGHT = 1600, 2560
"""Pixels: the size that Kindle Direct Publishing calls ideal, and every other shop takes."""
LEAST = (625, 1000)
"""Pixels: the smallest cover that Kindle Direct Publishing takes."""
LARGEST = 10_000
"""Pixels of a side: no shop takes more."""
QUALITY = 92
VERSION = "1"
"""Counts the ways of making covers; a change of one makes all of them again."""


@dataclass(frozen=True, slots=True)
class Size:
    """A size of type of the title, as the stylesheet has it, and what it has room for."""

    line: int
    """Characters of a line of the title, and so of its longest word."""
    title: int
    """Characters of the whole title."""
    subtitle: int = 34
    """Characters of a line of the subtitle."""


BOUNDS = Bounds(seconds=60.0)
SIZES = (Size(9, 16), Size(12, 34), Size(15, 64), Size(19, 100), Size(25, 180, 38), Size(34, 0, 46))
"""The sizes of type, largest first; the last takes every title."""
Problems = tuple[tuple[str, str], ...]
"""Codes, and what they are about."""
_KINDS = {"image/jpeg": "JPEG", "image/png": "PNG"}
_BOOK_FILE = Location("book.yaml")
_INSTEAD = "give the book a picture: `cover: cover.jpg` in book.yaml"


def jacket(
    rendition: Rendition,
    faces: tuple[Face, ...],
    report: Report,
    store: Store | None = None,
    bounds: Bounds = BOUNDS,
) -> Image:
    """Return the cover of a book: the picture that book.yaml names, or one made of type."""
    book = rendition.book
    place = Location(book.edition.location.file)
    if book.cover in book.images:
        return given_cover(book.images[book.cover], report, place)
    kept = store or Store()
    try:
        made = typographic_cover(book.metadata, faces, rendition.cover, kept, bounds)
    except CoverGivenUp as problem:
        report(why(problem.stop, "cover", place, bounds.seconds))
        return Image("cover.jpg", "image/jpeg", WIDTH, HEIGHT, _blank())
    image, problems = made
    for code, about in problems:
        report(_finding(code, about, place))
    return image


def given_cover(image: Image, report: Report, place: Location = _BOOK_FILE) -> Image:
    """Return the author's picture as it is, and report what a shop would refuse."""
    wanted = f"make it {WIDTH} pixels wide and {HEIGHT} high, as JPEG or PNG"
    size = f"the cover “{image.name}” is {image.width:.0f} by {image.height:.0f} pixels"
    if image.media_type not in _KINDS:
        message = f"the cover “{image.name}” is neither JPEG nor PNG, and shops take no other"
        report(error("cover-format", message, place, wanted))
    elif image.width < LEAST[0] or image.height < LEAST[1]:
        report(error("cover-too-small", f"{size}, too few for a shop", place, wanted))
    elif max(image.width, image.height) > LARGEST:
        report(error("cover-too-large", f"{size}, too many for a shop", place, wanted))
    elif image.width < WIDTH or image.height < HEIGHT:
        report(warning("cover-small", f"{size}, fewer than shops ask for", place, wanted))
    return image


class CoverGivenUp(Exception):
    """A cover that cannot be set within bounds, and is not to be kept."""

    def __init__(self, stop: Stop) -> None:
        """Keep why it was given up."""
        super().__init__(stop)
        self.stop = stop


def typographic_cover(
    metadata: Metadata,
    faces: tuple[Face, ...],
    page: tuple[str, str],
    store: Store,
    bounds: Bounds = BOUNDS,
) -> tuple[Image, Problems]:
    """Return a cover set in the largest type that fits, and what could not be set.

    The page is XHTML and its stylesheet.

    Raises:
        CoverGivenUp: it cannot be set within bounds.
    """
    if not page[0]:
        raise ValueError("the rendition brings no page for the cover")
    from octavo.press.pdf.engine import versions  # noqa: PLC0415 - slow to load

    tools = (version(name) for name in ("pypdfium2", "pillow"))
    made_of = (VERSION, *versions(), *tools, metadata.language, metadata.title, *page)
    key = digest(*made_of, *(face.data for face in faces))
    kept = store.get(key, lambda: _set(metadata, faces, page, bounds))
    told, _, picture = kept.partition(b"\n")
    problems = tuple((code, about) for code, about in json.loads(told))
    return Image("cover.jpg", "image/jpeg", WIDTH, HEIGHT, picture), problems


def first_size(title: str) -> int:
    """Return the number of the largest size, from 1, that a title may have by its length."""
    longest = max(map(len, _words(title)), default=0)
    fits = (
        number
        for number, size in enumerate(SIZES, 1)
        if longest <= size.line and len(title) <= size.title
    )
    return next(fits, len(SIZES))


def balanced(text: str, width: int) -> tuple[str, ...]:
    """Break a text into the fewest lines of a width in characters, as even as they can be.

    No line ends with a little word if that can be helped, since it belongs to what follows.
    """
    words = text.split()
    # For each number of words from the start: how many lines, how uneven, and the lines.
    best: list[tuple[int, int, tuple[str, ...]]] = [(0, 0, ())]
    for end in range(1, len(words) + 1):
        choices = []
        for start in range(end):
            line = " ".join(words[start:end])
            if len(line) > width and start < end - 1:
                continue
            count, cost, lines = best[start]
            dangling = _DANGLING if len(words[end - 1]) <= 3 and end < len(words) else 0
            choices.append((count + 1, cost + len(line) ** 2 + dangling, (*lines, line)))
        best.append(min(choices))
    return best[-1][2]


_DANGLING = 60  # as bad as a line some four characters too long


def _words(title: str) -> list[str]:
    return title.replace("-", "- ").replace("\u00ad", " ").split()


def _page(html: str, language: str, number: int) -> Element:
    size = SIZES[number - 1]
    widths = {"h1": size.line, "p": size.subtitle}

    def broken(element: Element) -> Element:
        if element.tag == "h1" or "subtitle" in element.classes:
            lines = balanced(text_of(element), widths[element.tag])
            return replace(element, children=_with_breaks(lines))
        return element

    body = Element("body", (), rewrite_all(parse(html), broken))
    return Element("html", (*spoken(language).items(), ("class", f"size-{number}")), (body,))


def _with_breaks(lines: tuple[str, ...]) -> tuple[Element | str, ...]:
    return tuple(node for line in lines for node in (Element("br"), line))[1:]


def _finding(code: str, about: str, place: Location) -> Diagnostic:
    messages = {
        "missing-character": "no typeface of the press has “{}”, which the cover needs",
        "text-off-page": "“{}” does not fit on the cover",
        "unknown-typeface": "the design has no typeface “{}”, which the cover asks for",
    }
    message = messages.get(code, "the cover's template or stylesheet is faulty: {}")
    return warning(f"cover-{code}", message.format(about), place, _INSTEAD)


def _set(
    metadata: Metadata, faces: tuple[Face, ...], page: tuple[str, str], bounds: Bounds
) -> bytes:
    with Crew(at_work, (faces, bounds.options), limits=bounds.limits) as crew:
        made = crew.call(_at_work, (metadata.title, metadata.language, page), bounds.seconds)
    if isinstance(made, Stop):
        raise CoverGivenUp(made)
    return made


def _at_work(engine: Engine, asked: tuple[str, str, tuple[str, str]]) -> bytes:
    title, language, (html, css) = asked
    for number in range(first_size(title), len(SIZES) + 1):
        layout = engine.lay_out(as_tree(_page(html, language, number)), (("cover", css),), {})
        if layout.pages == 1:
            break
    problems = [(problem.code, problem.about) for problem in layout.problems]
    if layout.pages > 1:
        problems.append(("text-off-page", title))
    # JSON, of one line, and the picture: a cover from the store repeats what was said of it.
    return json.dumps(problems).encode() + b"\n" + _photographed(layout.pdf)


def _photographed(pdf: bytes) -> bytes:
    import pypdfium2  # noqa: PLC0415 - slow to load, and a book may bring its own cover
    from PIL import Image as Picture  # noqa: PLC0415 - as above

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        drawn = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    return _jpeg(drawn.resize((WIDTH, HEIGHT), Picture.Resampling.LANCZOS))


def _blank() -> bytes:
    """Return the picture that stands in a draft for a cover that was given up."""
    from PIL import Image as Picture  # noqa: PLC0415 - as above

    return _jpeg(Picture.new("RGB", (WIDTH, HEIGHT), "white"))


def _jpeg(picture: Picture.Image) -> bytes:
    out = BytesIO()
    # No colour is subsampled: it would blur the edges of coloured letters.
    picture.save(out, "JPEG", quality=QUALITY, subsampling=0, optimize=True, dpi=(300, 300))
    return out.getvalue()
