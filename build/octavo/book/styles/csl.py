"""What a citation style's file says of itself, and whether the engine can cite by it.

A style may come from a stranger: what XML could do to its reader (document types, entities) and
what macros could do to the engine (call themselves, or each other a million times) is refused.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from xml.parsers import expat

from octavo.book.styles.refusals import BadStyle

NAMESPACE = "http://purl.org/net/xbiblio/csl"
VERSION = re.compile(r"1\.0(\.\d+)?")
LONGEST = 2_000_000
"""Bytes; the longest of the 2,851 published styles has 250,000."""
DEEPEST = 200
"""Levels of nesting; published styles have some twenty."""
NUMBERS = frozenset({"citation-number", "citation-label"})
"""What a citation may be made of in place of names."""
LARGEST = 3_000_000
"""Elements, with every macro in the place of its call; published styles have 1,700,000 at most."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style's file, read: its title, its text made fit for the engine, and how it cites."""

    title: str
    text: str
    """Empty in a style that only points to its parent."""
    parent: str = ""
    """The name of the style that says how to cite, if this one does not."""
    is_note: bool = False
    locale: str = ""
    superscript: bool = False
    has_names: bool = True
    has_places: bool = True


def read(text: str) -> Sheet:
    """Read a style.

    ``<names>`` with a ``<label/>`` and no ``<name/>`` are given an empty one, which says the same:
    without it, the engine (Pandoc 3.9) prints the label before the names, and not after them.

    Raises:
        BadStyle: the text is not CSL 1.0, or no engine could cite by it.
    """
    content = text.encode()
    if len(content) > LONGEST:
        raise BadStyle(f"the citation style is longer than {LONGEST:,} bytes")
    reader = _Reader(content)
    reader.check()
    return Sheet(
        title=" ".join(reader.title.split()),
        text=reader.mended() if reader.cites else "",
        parent="" if reader.cites else reader.parent,
        # A style that does not say is one of notes to the engine.
        is_note=reader.root.get("class") != "in-text",
        locale=reader.root.get("default-locale", ""),
        superscript=reader.superscript,
        has_names=not reader.printed() & NUMBERS or "author" in reader.printed(),
        has_places="locator" in reader.printed(),
    )


@dataclass
class _Names:
    """What is known of an open ``<names>``: whether it has a name, and where its label begins."""

    has_name: bool = False
    label: int = -1


class _Reader:
    """One walk over the file, which gathers all that is asked of it."""

    def __init__(self, content: bytes) -> None:
        """Walk over the whole file."""
        self.root: dict[str, str] = {}
        self.title = ""
        self.parent = ""
        self.cites = False
        self.superscript = False
        self._content = content
        self._path: list[str] = []
        self._open: list[_Names] = []
        self._gaps: list[int] = []
        self._macros = {"citation"}
        self._sizes: Counter[str] = Counter()
        self._calls: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._prints: defaultdict[str, set[str]] = defaultdict(set)
        self._lines: dict[str, int] = {}
        self._owner = ""
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.StartDoctypeDeclHandler = self._refuse_document_type
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as problem:
            reason = expat.ErrorString(problem.code)
            message = f"the citation style is not well-formed XML: {reason}"
            raise BadStyle(message, problem.lineno) from problem

    # --- The walk ---

    def _refuse_document_type(self, *_: object) -> None:
        raise BadStyle(
            "the citation style begins with a document type, which no style needs",
            self._parser.CurrentLineNumber,
            "delete the line that begins with <!DOCTYPE",
        )

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, tag = name.rpartition(" ")
        if not self._path:
            self._begin(space, tag, attributes)
        elif len(self._path) == 1:
            self._owner = _macro(attributes.get("name", "")) if tag == "macro" else tag
            self._macros.add(self._owner)
            self.cites |= tag == "citation"
        elif len(self._path) > DEEPEST:
            message = "the citation style is nested too deeply"
            raise BadStyle(message, self._parser.CurrentLineNumber)
        self._sizes[self._owner] += 1
        self._path.append(tag)
        self._note(tag, attributes)

    def _begin(self, space: str, tag: str, attributes: dict[str, str]) -> None:
        line = self._parser.CurrentLineNumber
        if (space, tag) != (NAMESPACE, "style"):
            raise BadStyle(f"this is no citation style: the file begins with <{tag}>", line)
        version = attributes.get("version", "")
        if not VERSION.fullmatch(version):
            said = f"for version “{version}”" if version else "for no version"
            hint = "use a style for version 1.0, such as those from zotero.org/styles"
            raise BadStyle(f"the citation style is written {said} of CSL, not 1.0", line, hint)
        self.root = attributes

    def _note(self, tag: str, attributes: dict[str, str]) -> None:
        """Keep what an element says, whose path is complete."""
        parser = self._parser
        if called := attributes.get("macro"):
            self._calls[self._owner][_macro(called)] += 1
            self._lines.setdefault(_macro(called), parser.CurrentLineNumber)
        if tag in _PRINTED:
            names = attributes.get("variable", "").split()
            self._prints[self._owner] |= {*names, *([_macro(called)] if called else [])}
        if tag == "names":
            self._open.append(_Names())
        elif self._path[-2:-1] == ["names"] and tag == "name":
            self._open[-1].has_name = True
        elif self._path[-2:-1] == ["names"] and tag == "label":
            self._open[-1].label = parser.CurrentByteIndex
        elif self._path[1:] == ["citation", "layout"]:
            self.superscript = attributes.get("vertical-align") == "sup"
        elif self._path[1:] == ["info", "link"] and attributes.get("rel") == "independent-parent":
            self.parent = attributes.get("href", "").rstrip("/").rpartition("/")[2]

    def _end(self, _: str) -> None:
        if self._path.pop() == "names":
            names = self._open.pop()
            if names.label >= 0 and not names.has_name:
                self._gaps.append(names.label)

    def _characters(self, text: str) -> None:
        if self._path[1:] == ["info", "title"]:
            self.title += text

    # --- What it found ---

    def check(self) -> None:
        """Refuse a style that cites nothing, or has macros that lead nowhere or without end."""
        if not self.cites and not self.parent:
            raise BadStyle("the citation style does not say how to cite: it has no <citation>", 1)
        for macro in self._lines:
            if macro not in self._macros:
                self._refuse(macro, "is called, but stands nowhere")
        try:
            order = tuple(TopologicalSorter(self._calls).static_order())
        except CycleError as problem:
            self._refuse(problem.args[1][0], "calls itself")
        sizes = Counter(self._sizes)
        for owner in order:
            sizes[owner] += sum(sizes[macro] * n for macro, n in self._calls[owner].items())
            if sizes[owner] > LARGEST:
                self._refuse(owner, "calls others too often")

    def _refuse(self, macro: str, reason: str) -> None:
        message = f"in the citation style, {macro} {reason}"
        raise BadStyle(message, self._lines.get(macro, 0))

    def printed(self) -> set[str]:
        """Return the variables that a citation prints, and the macros that do."""
        found: set[str] = set()
        fresh = {"citation"}
        while fresh:
            found |= fresh
            fresh = set().union(*(self._prints[owner] for owner in fresh)) - found
        return found

    def mended(self) -> str:
        """Return the text with the names that the engine misses."""
        pieces, done = [], 0
        for gap in sorted(self._gaps):
            pieces += [self._content[done:gap], b"<%sname/>" % self._prefix(gap)]
            done = gap
        return b"".join([*pieces, self._content[done:]]).decode()

    def _prefix(self, place: int) -> bytes:
        """Return the prefix that the element at a place has, with its colon."""
        match = re.compile(rb"<([^\s:/>]+:)?").match(self._content, place)
        return (match and match[1]) or b""


_PRINTED = frozenset({"text", "number", "names"})
"""What prints a variable or calls a macro; a key of ``<sort>`` does not."""


def without_dashes(text: str) -> str:
    """Return a style's text without what it prints for the names of the entry before."""
    return _SUBSTITUTE.sub("", text)


_SUBSTITUTE = re.compile(r"""\s+subsequent-author-substitute(?:-rule)?\s*=\s*("[^"]*"|'[^']*')""")


def _macro(name: str) -> str:
    return f"the macro “{name}”"
