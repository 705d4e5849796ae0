"""The bundled citation styles, by the names of their files; NOTICE.md says whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources

from octavo.diagnostics import did_you_mean


class StyleNotFound(LookupError):
    """No style of that name is bundled."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        """Keep the parts of a finding, in the form of :class:`~octavo.book.pandoc.PandocError`."""
        self.code = "style-not-found"
        self.message = f"there is no citation style called “{name}”"
        styles = sorted(known)
        self.hint = did_you_mean(name, styles) or f"the styles are: {', '.join(styles)}"
        super().__init__(self.message)


def styles() -> tuple[str, ...]:
    """Return the names of the bundled styles, sorted."""
    names = (item.name for item in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".csl") for name in names if name.endswith(".csl")))


def style_text(name: str) -> str:
    """Return the CSL of a bundled style.

    Raises:
        StyleNotFound: no such style is bundled.
    """
    known = styles()
    if name not in known:
        raise StyleNotFound(name, known)
    return resources.files(__name__).joinpath(f"{name}.csl").read_text(encoding="utf-8")
