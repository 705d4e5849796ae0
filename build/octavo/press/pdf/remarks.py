"""Turn what WeasyPrint logs into values: nothing it says is printed, and nothing is overheard."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from urllib.parse import unquote

from octavo.press.pdf.evidence import Problem

_PLACE = re.compile(r" at (\d+):\d+")
"""Where in a stylesheet something stands that is not understood."""
FAMILY = "No face of the family %r (line %d)"
"""What our own hooks log of a family that the design lacks."""


class Remarks(logging.Handler):
    """Collects what the engine logs, as problems."""

    _CODES = (
        (".notdef glyph", "missing-character", 0),
        ("Failed to load image", "image-not-loaded", 0),
        ("Failed to render SVG", "image-not-loaded", 0),
        ("Unknown image mode", "image-not-loaded", 0),
        ("Failed to load stylesheet", "stylesheet-not-loaded", 0),
        ("Font-face", "face-not-loaded", 0),
    )
    """The beginning of a message, its code, and which of its arguments it is about."""

    def __init__(self, base: str) -> None:
        """Collect; addresses are named without their base."""
        super().__init__(logging.WARNING)
        self._base = base
        self._problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record as a problem."""
        self._problems.append(self._problem(record))

    def take(self) -> tuple[Problem, ...]:
        """Return the problems since the last taking."""
        taken, self._problems = tuple(self._problems), []
        return taken

    def _problem(self, record: logging.LogRecord) -> Problem:
        text = record.getMessage()
        arguments = record.args if isinstance(record.args, tuple) else ()
        if record.msg == FAMILY:
            return Problem("unknown-typeface", str(arguments[0]), int(str(arguments[1])))
        for beginning, code, about in self._CODES:
            if text.startswith(beginning):
                return Problem(code, unquote(str(arguments[about]).removeprefix(self._base)))
        return Problem("typesetting-remark", text)


def in_sheet(problem: Problem, name: str) -> Problem:
    """Return a problem of a stylesheet with the place in it that the remark tells."""
    found = _PLACE.search(problem.about)
    line = int(found[1]) if found else 0
    return replace(problem, about=_PLACE.sub("", problem.about, count=1), line=line, sheet=name)
