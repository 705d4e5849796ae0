"""Numbers and addresses of sources: DOI, ISBN and URL, and what is wrong with one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pydantic_core import PydanticCustomError

from octavo.project.kinds import as_isbn

_BEFORE_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[^\s{}\\]+", re.ASCII)
_ISBN = re.compile(r"(?:97[89][\s\u2010-\u2013-]*)?(?:\d[\s\u2010-\u2013-]*){9}[\dXx](?!\d)")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z\d+.-]*:")
_SERVED = frozenset({"http", "https", "ftp"})
_SCHEMES = frozenset(f"{name}:" for name in (*_SERVED, "urn", "doi", "hdl", "info", "ark"))
"""How the address of a source may begin."""
SHOWN = 60
"""Characters of what is shown."""


def doi(written: str) -> str:
    """Return a DOI without what may stand before it, in small letters, by which two compare."""
    return _BEFORE_DOI.sub("", written.strip(), count=1).lower()


def bad_doi(written: str) -> str:
    """Return what is wrong with a DOI; empty if nothing is."""
    shown = written[:SHOWN]
    if not _DOI.fullmatch(doi(written)):
        return f"“{shown}” is not a DOI"
    if written.rstrip()[-1] in ".,;":
        return f"the DOI “{shown}” ends with a sign that does not belong to it"
    return ""


def bad_isbns(written: str) -> Iterator[str]:
    """Yield what is wrong with the ISBNs of a field, which may be several."""
    candidates = [written] if len(written) <= 17 else _ISBN.findall(written) or [written]
    for candidate in candidates:
        try:
            as_isbn(candidate)
        except PydanticCustomError as problem:
            context = problem.context or {}
            yield str(context.get("message", ""))[: SHOWN * 2]


def bad_url(written: str) -> str:
    """Return what is wrong with an address; empty if nothing is."""
    shown = written[:SHOWN]
    if re.search(r"\s", written.strip()):
        return f"the address “{shown}” has a space in it"
    if found := re.search(r"[{}\\<>\"^`|]", written):
        return f"the address “{shown}” has the sign “{found[0]}” in it"
    scheme = _SCHEME.match(written)
    if not scheme or scheme[0].lower() not in _SCHEMES:
        return f"the address “{shown}” does not begin with https:// or http://"
    try:
        parts = urlsplit(written)
        host = parts.hostname or ""
    except ValueError:
        return f"“{shown}” is not an address"
    if parts.scheme.lower() in _SERVED and ("." not in host or ".." in host) and ":" not in host:
        return f"the address “{shown}” names no site"
    return ""
