"""Citations as nobody writes them: what Pandoc reads in a text, the press reads too.

What differs is meant to, and is no part of the grammar or is told as an error:

- after ``/`` and ``+``, and in an address of the web, ``@`` begins no key;
- a key in braces may have spaces, and ends before an escaped sign;
- a key ends before the name of a character: ``@key&nbsp;3``;
- ``*`` is no key: a book that lists all its sources says so in book.yaml;
- two groups side by side, ``[@a][@b]``, are two groups;
- ``_@key_`` is a key in emphasis, and stars pair as they do elsewhere in the press;
- quotation marks around a citation do not pair with marks in it;
- a second key between two semicolons is an error, and no citation within a citation;
- a group that begins with a key and has a part without one is an error, and not text.
"""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st
from tests.fuzz.conftest import patience, sometimes

from octavo import pandoc
from octavo.manuscript.syntax import House, parse
from octavo.markup import walk

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Element

Cited = tuple[str, str, str, str]
"""Key, mode, prefix and what follows the key, in plain words."""
READER = "markdown-example_lists-fancy_lists-tex_math_dollars-raw_tex-subscript-superscript"
MODES = {
    "normal": "NormalCitation",
    "suppress-author": "SuppressAuthor",
    "author-in-text": "AuthorInText",
}
MARKS = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}
KEYS = (
    *("a", "doe2020", "a_b", "a:b.c", "Müller:1999", "漢字", "1", "a--b", "a/b", "http://x.y/z"),
    *("a.", "b;c", "_a", "a__b", "{a;b}", "{https://x.y/?a=b&c=d}", "{a{b}c}", "a's", "a?b!"),
)
PREFIXES = (
    *("", "see ", "*see* ", "see [sic] ", "`x;y` ", '"a; b" ', "see \\; ", "see \\@b ", "("),
    *("see **also** `c` ", "cf. [x](y;z) ", "me@a.b ", "see\n", "é ", "-- ", "  ", "see-", "1 "),
    *("[a; b] ", "~~a; b~~ ", "_x; y_ ", "see: ", "‘so’ ", "x, ", "don't "),
)
AFTERS = (
    *("", ", p. 3", " p. 3", ", pp. 33-35, and passim", ", *passim*", "{p. 3} x", "{}, 99 years"),
    *(": 3", " [sic; x]", ", x\\; y", " and more", ", `c;d`", " ~~x; y~~", " , 3", ")", ", 3--4"),
    *(', "so; it" is', ", it's", "\n3", " \\@b", ", see [x](y;z)", ", [2nd] p. 3", ", **a; b**"),
)
KEY = st.builds(
    lambda sign, key: f"{sign}@{key}", st.sampled_from(("", "", "-")), st.sampled_from(KEYS)
)
PART = st.builds(lambda *p: "".join(p), st.sampled_from(PREFIXES), KEY, st.sampled_from(AFTERS))
GROUP = st.lists(PART, min_size=1, max_size=3).map("; ".join)
BRACKET = st.one_of(
    GROUP.map("[{}]".format),
    st.sampled_from(AFTERS).map(lambda after: f"[{after.strip()}]"),
    st.builds(lambda after, group: f"[{after}; {group}]", st.sampled_from(AFTERS), GROUP),
)
CITATION = st.one_of(
    BRACKET,
    KEY,
    st.builds(lambda *p: "".join(p), KEY, st.sampled_from((" ", "", "\n", "  ")), BRACKET),
)
FRAMES = (
    "{}",
    "x {} y",
    "({})",
    "*x {} y*",
    "**{}**",
    "{}.",
    "{}, and",
    "“{}”",
    "x{}",
    "-{}",
    "x: {}",
)
LINE = st.builds(lambda frame, text: frame.replace("{}", text), st.sampled_from(FRAMES), CITATION)


def _ours(text: str) -> list[Cited] | None:
    """Return what the press reads, or nothing if it tells of an error."""
    findings: list[Diagnostic] = []
    with patience():
        parsed = parse(text, 1, "a.md", House("en"), findings.append)
    if any(finding.code == "citation-syntax" for finding in findings):
        return None
    return [_of_element(each) for each in walk(*parsed.body) if each.tag == "cite"]


def _of_element(cite: Element) -> Cited:
    after = f"{cite.get('locator')}{cite.get('suffix')}"
    return cite.get("key"), MODES[cite.get("mode")], _plain(cite.get("prefix")), _after(after)


def _theirs(texts: list[str]) -> list[list[Cited]]:
    """Return what Pandoc reads in each text, in one call."""
    written = "\n\n".join(f"::: {{}}\n{text}\n:::" for text in texts)
    command = [str(pandoc.program()), f"--from={READER}", "--to=json"]
    answer = subprocess.run(command, input=written.encode(), capture_output=True, check=True)
    return [list(_cited(block)) for block in json.loads(answer.stdout)["blocks"]]


def _cited(tree: Any) -> Any:
    if isinstance(tree, dict) and tree.get("t") == "Cite":
        for each in tree["c"][0]:
            prefix, suffix = _text(each["citationPrefix"]), _text(each["citationSuffix"])
            yield each["citationId"], each["citationMode"]["t"], _plain(prefix), _after(suffix)
    elif isinstance(tree, dict | list):
        for each in tree.values() if isinstance(tree, dict) else tree:
            yield from _cited(each)


def _text(tree: Any) -> str:
    """Return Pandoc's inline elements as plain words."""
    match tree:
        case list():
            return "".join(map(_text, tree))
        case {"t": "Quoted", "c": [{"t": kind}, inside]}:
            opening, closing = MARKS[kind]
            return f"{opening}{_text(inside)}{closing}"
        case {"t": "Code", "c": [_, text]} | {"t": "Str", "c": text}:
            return str(text)
        case {"t": "Link" | "Span", "c": [_, inside, *_]} | {"c": inside}:
            return _text(inside)
        case _:
            return " "


def _plain(text: str) -> str:
    return " ".join(text.split())


def _after(text: str) -> str:
    """Return what follows a key, without what only says where a place begins and ends."""
    braced = re.sub(r"^\s*,?\s*\{([^{}]*)\}", r"\1", text)
    return _plain(braced.strip().removeprefix(",").removeprefix(" ").replace("{}", ""))


@sometimes
@given(st.lists(LINE, min_size=20, max_size=20))
@example(["[see @a, p. 3; -@b]", "@a [p. 3; see @b]"])
@example(["@{https://x.y/?a=b&c=d}[(@b;c]"])
def test_citations_are_read_as_pandoc_reads_them(texts: list[str]) -> None:
    """Keys, modes, prefixes and suffixes are Pandoc's; where an error is told, nothing is said."""
    expected = _theirs(texts)

    for text, theirs in zip(texts, expected, strict=True):
        ours = _ours(text)
        assert ours is None or ours == theirs, text
