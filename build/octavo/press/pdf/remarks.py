"""Turn what WeasyPrint logs into values: nothing it says is printed, and nothing is overheard."""

from __future__ import annotations

import logging
from urllib.parse import unquote

from octavo.press.pdf.evidence import Problem


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
        text = record.getMessage()
        arguments = record.args if isinstance(record.args, tuple) else ()
        for beginning, code, about in self._CODES:
            if text.startswith(beginning):
                named = unquote(str(arguments[about]).removeprefix(self._base))
                self._problems.append(Problem(code, named))
                return
        self._problems.append(Problem("typesetting-remark", text))

    def take(self) -> tuple[Problem, ...]:
        """Return the problems since the last taking."""
        taken, self._problems = tuple(self._problems), []
        return taken
