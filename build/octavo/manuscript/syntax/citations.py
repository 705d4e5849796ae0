"""Citations in Pandoc's syntax: ``[see @key, p. 3; -@other]`` and ``@key [p. 3; see @other]``.

A group is parted at its semicolons, and each part into prefix, key and suffix, before the markup
in it is read: what stands in brackets, emphasis or quotation marks of its own parts nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import unescape
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import normalize

from octavo.manuscript.syntax.branch import LINE, Branch, grow
from octavo.manuscript.syntax.emphasis import stretches
from octavo.manuscript.syntax.marks import ESCAPE, last_line, unmarked
from octavo.series import COLONED, PREFIXES, place_named

if TYPE_CHECKING:
    from octavo.manuscript.syntax.ledger import Ledger

_BRACED = r"\{(?P<braced>(?:[^{}\n\x02]|\x02[0-9]+\x03|\{[^{}\n\x02]*\})+)\}"
_BARE = r"(?P<bare>\w(?:[\w\u0300-\u036f]|[:/](?=/)|(?!&#?\w+;)[:.#$%&+?<>~/-](?=\w))*)"
_AT = r"(?<![\w.+/])(?P<minus>(?<![\w-])-)?@"
KEY = rf"{_AT}(?:{_BRACED}|{_BARE})"
"""A citation's key; braces allow any character (Pandoc's User's Guide, “Citation syntax”).

A sign of an address before the ``@`` makes it one, which Pandoc knows of full stops only.
"""
_OF_PLACES = rf"(?i:(?:{'|'.join(PREFIXES)})[-:]|(?:{'|'.join(COLONED)}):)"
PLACE = rf"{_AT}(?={{?{_OF_PLACES}\w)(?:{_BRACED}|{_BARE})"
"""The key of a place in the book, which is read whether the book has references or not."""
_TOKEN = re.compile(f"{KEY}|(?P<cut>;)")
_SHUT = re.compile(
    r"(?<!\w)\"(?=\S)[^\"]*(?<=\S)\"(?!\w)|(?<!\w)'(?=\S)[^']*(?<=\S)'(?!\w)"
    r"|~~(?=\S).+?(?<=\S)~~|<[^<>\s]*>|&#?\w{1,31};",
    re.DOTALL,
)
_FILLER = "x"
_BEGINS = re.compile(rf"[\s\U00100000-\U0010fffd]*{KEY}")
_KEYLESS = re.compile(
    r"[\s\U00100000-\U0010fffd]*-?@\s+\w[^@\[\]]*|(?:[^@]*(?<=[\s\x1f]))?-?@\s*", re.DOTALL
)
_ADDRESS = re.compile(r"://|<[A-Za-z][A-Za-z0-9+.-]*:[^<>]*$")
_LONGEST_ADDRESS = 500
_KEY_IN_BRACES = re.compile(r"@\{[^{}]*\}")
"""A key that may be an address itself, and ends one."""

_GAP = re.compile(r"[\s\U00100000-\U0010fffd]*")
_BROKEN = re.compile("\x02[^\x03]*$")
QUOTED = 40
"""Characters of the author's that a fault repeats."""

Shut = Iterable[tuple[int, int]]
"""From where to where a text has brackets of its own."""


class _Part(NamedTuple):
    """What stands between two semicolons: around its key, if it has one."""

    before: str
    key: str
    mode: str
    after: str
    start: int = 0
    """Where in the group it begins."""


def parenthetical(inside: str, shut: Shut, source: Callable[[str], str]) -> Branch | None:
    """Return the citation in a bracket, or None if its text is none and is not meant as one."""
    parts = _parts(inside, shut)
    text = f"[{_written(source(inside))}]"
    if all(part.key for part in parts):
        return _grown("parenthetical", text, parts)
    if _KEYLESS.fullmatch(inside):
        return miscited("missing-key", text, cut(text), _line_at(inside, inside.index("@")))
    keyless = next(part for part in parts if not part.key)
    line = _line_at(inside, keyless.start)
    is_blank = all(part.key or not unmarked(part.before).strip() for part in parts)
    if is_blank:
        at = min(max(keyless.start - 1, 0), len(inside))
        sides = (_written(source(half)) for half in (inside[:at], inside[at:]))
        return miscited("empty-part", text, _around(*sides), line)
    if not _BEGINS.match(inside):
        return None  # words before a citation may be a remark of their own
    quoted = _written(source(keyless.before)).strip()
    return miscited("keyless-part", text, cut(quoted), line)


def narrative(key: re.Match[str], text: str) -> Branch:
    """Return the citation of a key in running text; ``text`` is its source."""
    return _grown("narrative", _written(text), [_in_text(key)])


def enlarged(key: re.Match[str], bracket: str, shut: Shut, text: str) -> Branch | None:
    """Return the citation of a key with what the bracket behind it adds, if it adds something.

    ``text`` is the source of both.
    """
    first, *parts = _in_text(key), *_parts(bracket, shut)
    if not parts[0].key:
        after = unmarked(parts.pop(0).before).strip()
        comma = "" if not after or after.startswith((",", "{")) else ", "
        first = first._replace(after=comma + after)
    is_whole = all(part.key for part in parts)
    return _grown("narrative", _written(text), (first, *parts)) if is_whole else None


def _in_text(key: re.Match[str]) -> _Part:
    part = _Part("", *_key(key), "")
    return part._replace(mode="author-in-text") if part.mode == "normal" else part


def miscited(reason: str, text: str, quoted: str, line: int = 0) -> Branch:
    """Return what looks like a citation and is none.

    The reason is one of ``cited.REASONS``; ``quoted`` is of the author's words what is wrong, and
    ``line`` where it stands, or 0 for the line on which the bracket opens.
    """
    return Branch("citation", {"-wrong": reason, "text": text, "-quoted": quoted, LINE: str(line)})


def beginning(data: str, at: int, source: Callable[[str], str]) -> str:
    """Return how a text goes on from a place, for a fault to repeat."""
    return cut(_written(source(_BROKEN.sub("", data[at : at + 2 * QUOTED]))))


def cut(text: str) -> str:
    """Return a text that is short enough to be repeated."""
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


def _around(before: str, after: str) -> str:
    """Return what stands around a place, of each side at most half of what is repeated."""
    half = QUOTED // 2
    left = before if len(before) <= half else f"…{before[-half:]}"
    return f"{left}{after if len(after) <= half else f'{after[:half]}…'}".strip()


def _line_at(inside: str, at: int) -> int:
    """Return the line of the first word from a place on; 0 if it is that of the bracket."""
    gap = _GAP.match(inside, at)
    return last_line(inside[: gap.end() if gap and gap.end() < len(inside) else at])


def meant(citation: Branch, ledger: Ledger) -> bool:
    """Tell whether a citation is one: without references, a book cites its own places alone."""
    names_places = len(citation) > 0 and all(place_named(c.get("key", "")) for c in citation)
    return ledger.cites or names_places


def is_address(data: str, at: int) -> bool:
    """Tell whether a sign stands within an address of the web."""
    words = data[max(0, at - _LONGEST_ADDRESS) : at].split()
    return (
        bool(words)
        and not data[at - 1].isspace()
        and bool(_ADDRESS.search(_KEY_IN_BRACES.sub("", words[-1])))
    )


def _grown(mode: str, text: str, parts: Iterable[_Part]) -> Branch:
    citation = Branch("citation", {"mode": mode, "text": text})
    for part in parts:
        cite = grow(citation, "cite", {"key": part.key, "mode": part.mode})
        grow(cite, "prefix").text = part.before
        grow(cite, "suffix").text = part.after
    return citation


def _key(found: re.Match[str]) -> tuple[str, str]:
    """Return a key, and how its author is named."""
    key = ESCAPE.sub(lambda escape: f"\\{chr(int(escape[1]))}", found["braced"] or found["bare"])
    return normalize("NFC", key), "suppress-author" if found["minus"] else "normal"


# --- Parting a group ------------------------------------------------------------------------------


def _parts(inside: str, shut: Shut) -> list[_Part]:
    """Part a text at its semicolons, and each part at its first key."""
    mask = _masked(inside, shut)
    parts: list[_Part] = []
    start, key = 0, None
    for found in (*_TOKEN.finditer(mask), None):
        if found is None or found["cut"]:
            end = found.start() if found else len(inside)
            parts.append(_part(inside, start, key, end))
            start, key = found.end() if found else end, None
        else:
            key = key or found
    return parts


def _part(inside: str, start: int, key: re.Match[str] | None, end: int) -> _Part:
    if key is None:
        return _Part(inside[start:end], "", "normal", "", start)
    return _Part(inside[start : key.start()], *_key(key), inside[key.end() : end], start)


def _masked(inside: str, shut: Shut) -> str:
    """Return a text in which nothing can be seen of what keeps its signs to itself."""
    mask = [*inside]
    for start, end in (*shut, *stretches(inside), *_addresses(inside)):
        mask[start:end] = _FILLER * (end - start)
    return "".join(mask)


def _addresses(inside: str) -> Iterator[tuple[int, int]]:
    for found in _SHUT.finditer(inside):
        # A sign that stands for no character is not shut: “&b;”.
        if not found.group().startswith("&") or unescape(found.group()) != found.group():
            yield found.span()


def _written(text: str) -> str:
    """Return source text on one line, with the backslashes that the author wrote."""
    text = ESCAPE.sub(lambda found: f"\\{chr(int(found[1]))}", text)
    return re.sub(r"\s+", _unbroken, unmarked(text))


def _unbroken(space: re.Match[str]) -> str:
    return " " if "\n" in space.group() else space.group()
