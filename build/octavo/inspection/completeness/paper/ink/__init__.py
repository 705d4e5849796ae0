"""Whether the ink of every run can be seen: no word white, cut off, covered or too small to read.

Each page is drawn twice, as it is and without its words.  Where the two differ, words are seen;
where the stencil of the page is black and they do not differ, a word should be seen and is not.

A glance at every page finds those where that happens at all, in grey and at a coarse scale.  Only
they are looked at closely, in colour, and their words judged letter by letter.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pypdfium2
from PIL import ImageChops, ImageFilter

from octavo.inspection.completeness.paper.ink import pictures
from octavo.inspection.completeness.paper.ink.exposure import (
    View,
    drawn,
    left_by,
    parts_of,
    things_on,
    turned,
    words_and_rules,
)
from octavo.inspection.completeness.paper.ink.letters import Fonts
from octavo.inspection.completeness.paper.ink.stencil import pieces_of, stencil
from octavo.press.pdf.runs import PICTURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL.Image import Image

    from octavo.inspection.completeness.paper.ink.letters import Letter
    from octavo.press.pdf.runs import Box, Run, Sheet

_GLANCE = View(1.0)
_CLOSE = View(3.0, grey=False)
_FAINT = 0.05
"""The least difference between a letter and what it stands on, of that between black and white:
black ink of 5 %.  Paper is no whiter than that, and presses lose dots of 3 %."""
_EDGE = 64
"""The least black of a point of the stencil that counts, of 255: paler ones are edges."""
_CUT = 0.25
"""The part of a letter that may be hidden: less is a tail under the next line's background."""
_BATCH = 100
"""Pages that are cut into one stencil."""
_NEED = [round((255 - light) * _FAINT) if light <= 255 - _EDGE else 0 for light in range(256)]
"""What must be seen at a point of the page, by the light of that point of the stencil."""
_IS_BLACK = [255 if light <= 255 - _EDGE else 0 for light in range(256)]
_IS_ANY = [0] + [255] * 255
_SPECK = 4
"""Points on a plate that make a letter, or the visible part of one that runs off the page."""


def invisible(pdf: bytes, sheets: Sequence[Sheet]) -> Iterator[tuple[Run, str]]:
    """Yield the runs that cannot be seen whole, in order, with their words that cannot be seen.

    What stands outside the trim is not looked for.  A picture is told of only if all of it is
    hidden: it leaves nothing on its page, but would leave something on an empty one.
    """
    fonts = Fonts()
    with pypdfium2.PdfDocument(pdf) as document:
        for start in range(0, len(sheets), _BATCH):
            batch = sheets[start : start + _BATCH]
            with pypdfium2.PdfDocument(stencil(batch)) as stencils:
                for at, sheet in enumerate(batch):
                    with (
                        turned(document, sheet.number, sheet.box) as page,
                        turned(stencils, at, sheet.box) as wanted,
                    ):
                        yield from _Look(sheet, page, wanted, fonts).hidden()


class _Look:
    """One page, and its stencil."""

    def __init__(self, sheet: Sheet, page: Any, wanted: Any, fonts: Fonts) -> None:
        self.sheet = sheet
        self.page = page
        self.wanted = wanted
        self.fonts = fonts
        self.things = things_on(page)

    def hidden(self) -> Iterator[tuple[Run, str]]:
        """Yield the runs that cannot be seen whole, with what of them cannot be seen."""
        seen = drawn(self.page, _GLANCE)
        words = {} if self.is_clean(seen) else dict(self.hidden_words())
        for run in self.sheet.runs:
            if run.generated == PICTURE:
                parts = parts_of(self.things, run.block)
                if pictures.is_hidden(self.page, parts, seen, _GLANCE):
                    yield run, run.text
            elif run.turn in words:
                yield run, words[run.turn]

    def is_clean(self, seen: Image) -> bool:
        """Tell whether a glance finds no word that cannot be seen."""
        if not all(self.fonts.draw(pieces_of(run)) for run in self.sheet.runs):
            return False
        ink = self.ink_of_words(seen, _GLANCE)
        return _missing(ink, drawn(self.wanted, _GLANCE)).getbbox() is None

    def hidden_words(self) -> Iterator[tuple[int, str]]:
        """Yield the turns of runs with words that a close look does not find."""
        ink = self.close_ink()
        every = _Plate.of(ink, self.wanted, self.sheet.box)
        for run in self.sheet.runs:
            words = self.hidden_on(every, run)
            if words and self.is_crowded(run):
                words = self.hidden_on(self.plate_of(run, ink), run)
            if words:
                yield run.turn, words

    def hidden_on(self, plate: _Plate, run: Run) -> str:
        """Return the words of a run that a plate hides."""
        hidden = filter(plate.hides, self.fonts.words(pieces_of(run)))
        return " ".join("".join(letter.text for letter in word) for word in hidden)

    def is_crowded(self, run: Run) -> bool:
        """Tell whether another run stands in the place of one."""
        own = [piece.box for piece in pieces_of(run)]
        others = (other for other in self.sheet.runs if other is not run)
        boxes = (piece.box for other in others for piece in pieces_of(other))
        return any(_meet(box, mine) for box in boxes for mine in own)

    def plate_of(self, run: Run, ink: Image) -> _Plate:
        """Return the plate of a run alone: what is missing in its place may be another's."""
        with (
            pypdfium2.PdfDocument(stencil([replace(self.sheet, runs=(run,))])) as stencils,
            turned(stencils, 0, self.sheet.box) as wanted,
        ):
            return _Plate.of(ink, wanted, self.sheet.box)

    def ink_of_words(self, seen: Image, view: View) -> Image:
        """Return what of a page's words is seen."""
        words = words_and_rules(self.things)
        if len(words) == len(self.things):
            return ImageChops.invert(seen)
        return left_by(self.page, words, seen, view)

    def close_ink(self) -> Image:
        """Return what of a page's words is seen closely, in the colour that shows it best."""
        red, green, blue = self.ink_of_words(drawn(self.page, _CLOSE), _CLOSE).split()
        strongest = ImageChops.lighter(red, ImageChops.lighter(green, blue))
        # A letter may fall on the next point of the picture, by rounding alone.
        return strongest.filter(ImageFilter.MaxFilter(3))


@dataclass(frozen=True, slots=True)
class _Plate:
    """A page looked at closely, each point of it white for yes, or black."""

    wanted: Image
    """Where there should be ink."""
    missing: Image
    """Where it cannot be seen."""
    box: Box
    """The trim of the page."""

    @classmethod
    def of(cls, ink: Image, stencil_page: Any, box: Box) -> _Plate:
        """Return what is on a page's stencil, and what of it is not on the page."""
        black = drawn(stencil_page, replace(_CLOSE, grey=True))
        return cls(black.point(_IS_BLACK), _missing(ink, black).point(_IS_ANY), box)

    def hides(self, word: Sequence[Letter]) -> bool:
        """Tell whether a letter of a word cannot be seen; what is off the page is left alone."""
        return any(not letter.is_drawn or self.cuts(letter) for letter in word)

    def cuts(self, letter: Letter) -> bool:
        place = self.place(letter.box)
        wanted = _count(self.wanted, place)
        return wanted >= _SPECK and _count(self.missing, place) > _CUT * wanted

    def place(self, box: Box) -> tuple[int, int, int, int]:
        """Return where on the plate a box of the page is, from the upper left."""
        left, bottom, right, top = self.box
        across, down = self.wanted.width / (right - left), self.wanted.height / (top - bottom)
        return (
            max(0, round((box[0] - left) * across)),
            max(0, round((top - box[3]) * down)),
            min(self.wanted.width, round((box[2] - left) * across)),
            min(self.wanted.height, round((top - box[1]) * down)),
        )


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _missing(ink: Image, stencil: Image) -> Image:
    """Return how much too little ink can be seen, point by point."""
    return ImageChops.subtract(stencil.point(_NEED), ink)


def _count(plate: Image, place: tuple[int, int, int, int]) -> int:
    left, upper, right, lower = place
    return plate.crop(place).histogram()[255] if left < right and upper < lower else 0
