"""The typeface of formulas: STIX Two Math, which ziamath brings along, and is drawn with in print.

Its licence (SIL Open Font License 1.1) is in its name table, as that of the others; see ``fonts``.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from octavo.markup import walk
from octavo.press.fonts import Face

if TYPE_CHECKING:
    from octavo.model import Rendition

MATHS = "STIX Two Math"
_ITALIC = (*range(0x1D434, 0x1D468), 0x210E, *range(0x1D6E2, 0x1D71C), 0x1D6A4, 0x1D6A5)
"""What a reading system takes for letters that stand alone (MathML Core, 2.5)."""
DRAWN = frozenset(map(chr, _ITALIC)) | {"√"}
"""What a formula shows beside its own signs: slanted letters, and the sign of a root."""


def faces_for(rendition: Rendition) -> tuple[Face, ...]:
    """Return the typeface that a rendition needs for its formulas, if it has some."""
    if not any(
        element.tag == "math" for leaf in rendition.leaves for element in walk(leaf.content)
    ):
        return ()
    file = files("ziamath") / "fonts" / "STIXTwoMath-Regular.ttf"
    return (Face(MATHS, 400, italic=False, name="STIXTwoMath-Regular", data=file.read_bytes()),)
