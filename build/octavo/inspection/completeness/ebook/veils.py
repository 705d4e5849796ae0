"""What declarations of CSS make text unseen, and what only seems to.

A value that is in no table here is none to a reading system either: it heeds what was said before.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from octavo.inspection.completeness.ebook import judges
from octavo.inspection.completeness.ebook.figures import CUTS, FILTERS, TRANSFORMS
from octavo.inspection.completeness.ebook.judges import (
    Judge,
    Verdict,
    of_figures,
    of_function,
    of_length,
    of_words,
    word_of,
)
from octavo.inspection.completeness.ebook.measures import spread
from octavo.inspection.completeness.ebook.vocabulary import (
    DISPLAYS,
    OTHER_NAMES,
    SIDES,
    UNSURE,
    WIDTHS,
)

if TYPE_CHECKING:
    from octavo.inspection.completeness.ebook.measures import Tokens

FILL = "-webkit-text-fill-color"
_WIDE: dict[str, Verdict] = {
    "inherit": "inherits",
    "unset": "inherits",
    "revert": "inherits",
    "revert-layer": "inherits",
    "initial": "shows",
}
"""The keywords that every property has (CSS Cascading and Inheritance 5, 7.3)."""


def verdicts(declaration: Any) -> Iterator[tuple[str, Verdict]]:
    """Yield the properties that a declaration sets, of those that can hide, and what it does."""
    name = OTHER_NAMES.get(declaration.lower_name, declaration.lower_name)
    tokens = [each for each in declaration.value if each.type not in {"whitespace", "comment"}]
    names = tuple(_JUDGES) if name == "all" else SIDES.get(name, (name,))
    if not tokens or names[0] not in _JUDGES:
        return
    word = word_of(tokens)
    if word in _WIDE or _is_unsure(tokens):
        yield from ((each, _wide(each, word)) for each in names)
    elif name in _WHOLLY:
        if verdict := _WHOLLY[name](tokens):
            yield names[0], verdict
    elif len(names) == 1 or len(tokens) <= len(names):
        parts = [[part] for part in spread(tokens, len(names))] if len(names) > 1 else [tokens]
        judged = [_JUDGES[each](part) for each, part in zip(names, parts, strict=True)]
        for each, verdict in zip(names, judged, strict=True):
            if verdict and None not in judged:
                yield each, verdict


def _wide(name: str, word: str) -> Verdict:
    verdict = _WIDE.get(word, "shows")
    return "open" if name == FILL and word == "initial" else verdict


def _is_unsure(tokens: Tokens) -> bool:
    """Tell whether a value hangs on what is not known here."""
    functions = [each for each in tokens if each.type == "function"]
    return any(each.lower_name in UNSURE or _is_unsure(each.arguments) for each in functions)


_AUTO = frozenset({"auto"})
_BOXES = "none border-box padding-box content-box margin-box fill-box stroke-box view-box"
_JUDGES: dict[str, Judge] = {
    "display": of_words(DISPLAYS, "none table-column table-column-group", 3),
    "visibility": of_words("visible", "hidden collapse"),
    "content-visibility": of_words("visible auto", "hidden"),
    "font-size": judges.font_size,
    "opacity": judges.opacity,
    "zoom": judges.zoom,
    "color": judges.colour,
    FILL: judges.fill,
    "-webkit-text-security": of_words("none", "disc circle square"),
    "letter-spacing": of_length(frozenset({"normal"}), judges.spacing),
    "text-indent": judges.indent,
    "clip": of_figures({"rect": CUTS["rect"]}, "auto"),
    "clip-path": of_figures(CUTS, _BOXES),
    "transform": of_figures(TRANSFORMS),
    "scale": of_function("scale"),
    "translate": of_function("translate"),
    "rotate": judges.rotation,
    "filter": of_figures(FILTERS),
    "mask-image": judges.mask,
    "position": judges.position,
    **dict.fromkeys(("left", "right", "top", "bottom"), of_length(_AUTO, judges.aside)),
    **dict.fromkeys(("margin-left", "margin-right"), of_length(_AUTO, judges.aside)),
    **dict.fromkeys(("padding-left", "padding-right"), of_length(frozenset(), judges.aside)),
    **dict.fromkeys(("margin-top", "padding-top"), of_length(_AUTO, judges.above)),
    **dict.fromkeys(("margin-bottom", "padding-bottom"), of_length(_AUTO, judges.below)),
    **dict.fromkeys(
        ("width", "height", "max-width", "max-height"), of_length(WIDTHS, judges.measure)
    ),
    **dict.fromkeys(("min-width", "min-height"), of_length(WIDTHS, judges.least)),
    **dict.fromkeys(("overflow-x", "overflow-y"), of_words("visible", "hidden clip auto scroll")),
}
_WHOLLY: dict[str, Judge] = {"font": judges.font}
"""Properties that are more than their parts."""
INHERITED = (
    "visibility",
    "font-size",
    "color",
    FILL,
    "text-indent",
    "letter-spacing",
    "-webkit-text-security",
)
WHOLE = (
    "display",
    "content-visibility",
    "opacity",
    "zoom",
    "clip-path",
    "transform",
    "scale",
    "translate",
    "rotate",
    "filter",
    "mask-image",
    "margin-left",
    "margin-right",
    "margin-top",
    "padding-left",
    "padding-right",
    "padding-top",
)
"""Those by which an element hides all that is in it, whatever that says."""
