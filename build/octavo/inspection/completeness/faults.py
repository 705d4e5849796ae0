"""What a proof can find wrong, and how each is told to an author."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.diagnostics import Diagnostic, error, note, warning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from octavo.diagnostics import Location
    from octavo.press.pdf.runs import Box

_PRESS = (
    "this is a fault of the press, not of your text: write the passage in another way, and please"
    " report it"
)
_STYLE = (
    "look for a rule of your own stylesheet that does this, or write the passage in another way"
)
_HIDDEN = (
    "if a rule of your own stylesheet hides it, mark it with the attribute hidden; if none does, it"
    " is a fault of the press: please report it"
)
_KINDS: dict[str, tuple[Callable[..., Diagnostic], str, str]] = {
    "text-missing": (error, "“{about}” is missing {where}", _HIDDEN),
    "picture-missing": (error, "the picture “{about}” is missing {where}", _PRESS),
    "picture-changed": (error, "the picture “{about}” is another one {where}", _PRESS),
    "opening-missing": (
        error,
        "the title, subtitle or author “{about}” is shown nowhere {where}",
        "your own opening.xhtml leaves it out: show it there, or give it the attribute hidden",
    ),
    "text-doubled": (error, "“{about}” stands twice {where}", _PRESS),
    "text-changed": (error, "“{about}” reads otherwise {where}: “{found}”", _PRESS),
    "text-stray": (error, "“{about}” stands {where}, and in no place of the manuscript", _PRESS),
    "text-out-of-order": (error, "“{about}” does not stand in its place {where}", _STYLE),
    "text-off-page": (error, "“{about}” runs over the edge {where}", _STYLE),
    "text-invisible": (error, "“{about}” cannot be seen {where}", _STYLE),
    "text-overprinted": (
        error,
        "letters of “{about}” stand over letters of “{found}” {where}",
        _STYLE,
    ),
    "wrong-page-size": (error, "the page should be {about}, and {found} are seen, {where}", _PRESS),
    "wrong-shape": (error, "“{about}” is drawn with shapes of other letters {where}", _PRESS),
    "glyph-missing": (error, "“{about}” is an empty box {where}", _PRESS),
    "foreign-font": (error, "“{about}” is set in {found}, which the design does not know", _STYLE),
    "note-not-called": (error, "the note “{about}” has no number in the text {where}", _PRESS),
    "note-not-numbered": (error, "the note “{about}” bears the wrong number {where}", _PRESS),
    "note-not-linked": (
        error,
        "the note “{about}” and its number in the text do not lead to each other {where}",
        _PRESS,
    ),
    "note-before-call": (
        warning,
        "the note “{about}” stands before the page of its number in the text, {where}",
        "moving the call to another sentence mends it",
    ),
    "wrong-page-number": (error, "the page number {found} should be {about} {where}", _PRESS),
    "wrong-running-head": (error, "the head reads “{found}”, not “{about}”, {where}", _PRESS),
    "wrong-folio": (error, "the folio should be “{about}”, and reads “{found}”, {where}", _PRESS),
    "section-out-of-order": (error, "“{about}” does not stand in its place {where}", _PRESS),
    "witness-disagrees": (
        error,
        "another reader of PDF does not find “{about}” at the head of the page {where}",
        _PRESS,
    ),
    "document-changed": (error, "where “{about}” should stand, “{found}” does, {where}", _PRESS),
    "stylesheet-changed": (error, "the stylesheet “{about}” {found}, {where}", _PRESS),
    "stylesheet-unproved": (
        warning,
        "the stylesheet “{about}” cannot be proved to hide nothing: {found}",
        "say it with fewer, shorter or plainer selectors",
    ),
    "fault-marked": (error, "“{about}” is marked as a fault {where}, and told nowhere", _PRESS),
    "unreadable-file": (error, "the file cannot be read: {found}", "build the book again"),
}
"""Severity, message and hint of each fault, by its code."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a finished file, and where."""

    code: str
    location: Location
    """Where the manuscript has it."""
    about: str
    """The words."""
    where: str = ""
    """Where in the file: ``on page 12``."""
    found: str = ""
    """What stands there instead."""
    page: int = -1
    """The page of a PDF, from 0; -1 for none."""
    box: Box | None = None
    """Where on the page; for what is missing, where the text before it stands."""

    def told(self) -> Diagnostic:
        """Return the fault as an author reads it."""
        make, message, hint = _KINDS[self.code]
        words = {"about": shortened(self.about), "found": shortened(self.found)}
        text = " ".join(message.format(where=self.where, **words).split())
        return make(self.code, text, self.location, hint)


def shortened(text: str, longest: int = 60) -> str:
    """Return the beginning of a text, on one line."""
    text = " ".join(text.replace("\ufffc", "(picture)").split())
    return text if len(text) <= longest else f"{text[:longest].rsplit(' ', 1)[0]} …"


MOST = 40
"""Faults of one file that are told; whoever has more of them looks at the page of the account."""


def told(faults: Sequence[Fault], file: Location) -> Iterator[Diagnostic]:
    """Yield what to say of the faults of one file: of very many, the first."""
    for fault in faults[:MOST]:
        yield fault.told()
    if len(faults) > MOST:
        message = f"{len(faults) - MOST} more faults of the proof are not told here"
        yield note("more-faults", message, file, "octavo prove --html FILE shows pictures of them")
