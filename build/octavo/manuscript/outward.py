"""What reaches out of a book, or runs in it: a book holds all that it shows, and runs nothing."""

from __future__ import annotations

import re

SCHEMES = frozenset("http https mailto tel doi".split())
"""What an address may begin with that a reader can follow out of the book."""
_ABROAD = re.compile(rf"(?:{'|'.join(sorted(SCHEMES))}):", re.IGNORECASE)
_SCRIPTS = ("javascript:", "vbscript:")
_LISTENER = re.compile(r"on[a-z]+", re.IGNORECASE)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_FETCHING = re.compile(r"@import|(?:url|image-set)\((?!\s*[\"']?\s*(?:#|data:))", re.IGNORECASE)
"""The rule and the functions of CSS that name a file (CSS Values 4, 4.5; CSS Images 4, 2.4)."""
_LAST = 0x10FFFF


def is_outward(href: str) -> bool:
    """Tell whether a link leads out of the book."""
    return _ABROAD.match(href) is not None


def runs(name: str, value: str) -> bool:
    """Tell whether an attribute is a script."""
    scheme = "".join(value.split()).lower()
    return _LISTENER.fullmatch(name) is not None or scheme.startswith(_SCRIPTS)


def styled_from_outside(css: str) -> bool:
    """Tell whether CSS names a file; what it holds itself (``data:``, ``#id``) is none."""
    return _FETCHING.search(_ESCAPE.sub(_character, css)) is not None


def leads_out(address: str) -> bool:
    """Tell whether a drawing's address names anything but a part of it, or a picture within."""
    return not (address.strip().startswith("#") or is_picture(address))


def is_picture(address: str) -> bool:
    """Tell whether an address holds a picture itself."""
    return address.strip().lower().startswith("data:image/")


def _character(escape: re.Match[str]) -> str:
    return chr(min(int(escape[1], 16), _LAST)) if escape[1] else escape[2]
