"""Why a citation style cannot be had, as an author is told it."""

from __future__ import annotations


class StyleNotFound(LookupError):
    """There is no style of that name; its parts are as in :class:`~octavo.pandoc.PandocError`."""

    def __init__(self, name: str, hint: str) -> None:
        """Keep the parts of a finding apart."""
        self.code = "style-not-found"
        self.message = f"there is no citation style called “{name}”"
        self.hint = hint
        self.line = 0
        super().__init__(self.message)


class BadStyle(StyleNotFound):
    """There is a file, but the engine cannot cite by it."""

    def __init__(self, message: str, line: int = 0, hint: str = "") -> None:
        """Keep the parts of a finding apart; ``line`` is that of the style's own file."""
        super().__init__("", hint or "download the style again from zotero.org/styles")
        self.code = "bad-style"
        self.message = message
        self.line = line
        self.args = (message,)
