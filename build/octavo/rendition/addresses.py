"""Where an address that stands in the text may be broken at the end of a line, and where not.

So does The Chicago Manual of Style (17th edition, 14.18): after a double slash or another colon,
before or after an equals sign or an ampersand, and before any other sign.  No hyphen is added.
"""

from __future__ import annotations

import re
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from octavo.markup import with_attributes
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.model import Node

CLASS = "address"
"""The class of a link whose text is an address; stylesheets keep each ``span`` in it on a line."""
_ADDRESS = re.compile(r"(?:(?:https?|ftp)://|doi:|www\.|10\.\d{4,9}/)\S+", re.IGNORECASE)
_SIGN, _PAIR = r"[/~.,\-_?#%]", "[=&]"
_NOT_LAST = f"(?!{_SIGN}*$)"
"""Signs that end an address are not parted from it."""
_BREAK = re.compile(
    f"(?:(?<=:)(?!//)|(?<=//)|(?<={_PAIR})|(?={_PAIR})|(?<!{_SIGN})(?<!:)(?={_SIGN})){_NOT_LAST}"
)
_JOINED = re.compile(f"{_SIGN}+(?!{_SIGN}).")
"""A sign and what follows: after some signs, lines break by the rules of Unicode (UAX 14)."""


def broken_as_address(link: Element) -> Element:
    """Return a link with its breaks marked where its text is an address, or as it is."""
    match link:
        case Element(tag="a", children=(str() as text,)) if _ADDRESS.fullmatch(text):
            pieces = chain.from_iterable((Element("wbr"), *_kept(piece)) for piece in _pieces(text))
            classes = " ".join((*link.classes, CLASS))
            marked = with_attributes(link, class_=classes)
            return Element("a", marked.attributes, tuple(pieces)[1:], link.line)
    return link


def _pieces(text: str) -> Iterator[str]:
    places = (0, *(found.start() for found in _BREAK.finditer(text) if found.start()), len(text))
    return (text[start:end] for start, end in pairwise(places) if start < end)


def _kept(piece: str) -> Iterator[Node]:
    """Yield a piece with the sign that it begins with bound to the letter after it."""
    found = _JOINED.match(piece)
    if found is None:
        yield piece
        return
    yield Element("span", (), (found.group(),))
    if rest := piece[found.end() :]:
        yield rest
