"""The YAML between ``---`` lines at the head of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import yaml

from octavo.diagnostics import Location, did_you_mean, error
from octavo.manuscript.syntax.conflicts import HINT, MARKER, MESSAGE
from octavo.model import Epigraph, Header
from octavo.project.yamlfaults import Fault, explained, named
from octavo.project.yamltext import LOADER, UNTYPED, UNWRITABLE

if TYPE_CHECKING:
    from octavo.diagnostics import Report

TEXTS = ("title", "short-title", "subtitle", "author", "role")
"""Keys whose value is a line of text."""
KEYS = (*TEXTS, "numbered", "epigraph")
_HEADER = re.compile(
    r"---[ \t]*\n(?=[^\n]*\S)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_OPENED = re.compile(r"---[ \t]*\n[A-Za-z-]+:(?:[ \t]|\n)")
_ABOVE = re.compile(r"(?:[ \t\ufeff]*\n)*\ufeff*")
"""Blank lines, and the marks that editors put where a file was once divided."""
_KNOWN = re.compile(rf"---[ \t]*\n(?:{'|'.join(KEYS)}):\s")
"""What tells a header from a scene break where blank lines stand above it."""
_DEEPEST = 8
"""Levels of nesting; a header needs two, and a hostile one could exhaust the stack."""
_LONGEST = 100_000
"""Characters; a header with a page of epigraph has a few thousand."""
_TEXT, _BOOL, _NULL = (f"tag:yaml.org,2002:{name}" for name in ("str", "bool", "null"))
_Form = Literal["text", "yes or no", "text, or a text and a source"]


@dataclass(frozen=True, slots=True)
class Opening:
    """A file's header, the text below it, and the line on which that text starts."""

    header: Header
    text: str
    first_line: int


def split(text: str, file: str, report: Report) -> Opening:
    """Separate a file's header from its text."""
    above = _ABOVE.match(text)
    start = above.end() if above and _KNOWN.match(text, above.end()) else 0
    line = 1 + text.count("\n", 0, start)
    found = _HEADER.match(text, start)
    if found is None:
        if _OPENED.match(text, start):
            hint = "write a line --- below the last line of the header"
            message = "the header at the top of the file is never closed"
            report(error("bad-yaml", message, Location(file, line), hint))
        return Opening(Header(), text, 1)
    first_line = line + found.group().count("\n")
    fields = _Fields(file, line + 1, report)
    mapping = fields.compose(found.group(1))
    header = fields.header(mapping) if mapping is not None else Header()
    return Opening(header, text[found.end() :], first_line)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The reading of one header: where it stands and who is told of its mistakes."""

    file: str
    first_line: int
    """The line below its ``---``; YAML counts from 0."""
    report: Report

    def compose(self, text: str) -> yaml.MappingNode | None:
        """Return the header's mapping with its lines, or None after telling what is wrong."""
        try:
            if not self._plain(text):
                return None
            node = yaml.compose(text, Loader=LOADER)
        except yaml.MarkedYAMLError as problem:
            line, fault = explained(problem, text)
            self._bad(line - 1, fault)
            return None
        except (yaml.YAMLError, ValueError, OverflowError):
            # The parser that is written in Python stumbles over the largest escapes and versions.
            self._bad(0, named(""))
            return None
        if node is None or isinstance(node, yaml.MappingNode):
            return node
        self._bad(0, _NO_KEYS)
        return None

    def _plain(self, text: str) -> bool:
        """Tell whether the YAML is free of anchors and of nesting that no header needs."""
        if found := MARKER.search(text):
            place = self._place(text.count("\n", 0, found.start()))
            self.report(error("conflict-marker", MESSAGE, place, HINT))
            return False
        if found := UNTYPED.search(text):
            self._bad(text.count("\n", 0, found.start()), _CONTROL)
            return False
        if len(text) > _LONGEST:
            self._bad(0, _TOO_LONG)
            return False
        return self._shallow(text)

    def _shallow(self, text: str) -> bool:
        depth = 0
        for event in yaml.parse(text, Loader=LOADER):
            if getattr(event, "anchor", None):
                is_alias = isinstance(event, yaml.AliasEvent)
                self._bad(_mark(event), named("alias" if is_alias else "anchor"))
                return False
            if isinstance(event, yaml.ScalarEvent) and UNWRITABLE.search(event.value):
                self._bad(_mark(event), _ESCAPED)
                return False
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                self._bad(_mark(event), _TOO_DEEP)
                return False
        return True

    def header(self, mapping: yaml.MappingNode) -> Header:
        """Return the header that a mapping spells."""
        pairs = dict(self._pairs(mapping, KEYS))
        texts = {key: self._text(key, value) for key, value in pairs.items() if key in TEXTS}
        return Header(
            title=texts.get("title", ""),
            short_title=texts.get("short-title", ""),
            subtitle=texts.get("subtitle", ""),
            author=texts.get("author", ""),
            role=texts.get("role", ""),
            role_line=self._place(_mark(pairs["role"])).line if texts.get("role") else 0,
            numbered=self._truth("numbered", pairs["numbered"]) if "numbered" in pairs else None,
            epigraph=self._epigraph("epigraph", pairs["epigraph"]) if "epigraph" in pairs else None,
        )

    def _pairs(
        self, mapping: yaml.MappingNode, known: tuple[str, ...]
    ) -> list[tuple[str, yaml.Node]]:
        """Return the pairs of known keys, each once, and tell of all others."""
        pairs: dict[str, yaml.Node] = {}
        for key_node, value in mapping.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
            if key not in known:
                hint = did_you_mean(key, known) or f"the keys are {', '.join(known)}"
                self._tell("unknown-key", f"a header has no key “{key}”", key_node, hint)
            elif key in pairs:
                first = self._place(_mark(pairs[key])).line
                message = f"“{key}” is given twice (first on line {first})"
                self._tell("duplicate-key", message, key_node, "keep one of the two")
            else:
                pairs[key] = value
        return list(pairs.items())

    def _text(self, key: str, value: yaml.Node) -> str:
        if isinstance(value, yaml.ScalarNode) and value.tag != _NULL:
            return " ".join(str(value.value).split())
        self._wrong(key, value, "text")
        return ""

    def _truth(self, key: str, value: yaml.Node) -> bool | None:
        if isinstance(value, yaml.ScalarNode) and value.tag == _BOOL:
            return str(value.value).lower() in {"yes", "true", "on"}
        self._wrong(key, value, "yes or no")
        return None

    def _epigraph(self, key: str, value: yaml.Node) -> Epigraph | None:
        if isinstance(value, yaml.ScalarNode) and value.tag != _NULL:
            return Epigraph(str(value.value).strip(), line=self._place(_mark(value)).line)
        if not isinstance(value, yaml.MappingNode):
            self._wrong(key, value, "text, or a text and a source")
            return None
        pairs = dict(self._pairs(value, ("text", "source")))
        if "text" not in pairs:
            self._tell("missing-key", "an epigraph needs a “text”", value, "add “text: …”")
            return None
        text = self._text("text", pairs["text"])
        source = self._text("source", pairs["source"]) if "source" in pairs else ""
        return Epigraph(text, source, self._place(_mark(pairs["text"])).line)

    def _wrong(self, key: str, value: yaml.Node, form: _Form) -> None:
        empty = isinstance(value, yaml.ScalarNode) and value.tag == _NULL
        message = f"“{key}” is empty" if empty else f"“{key}” must be {form}"
        hint = _HINTS[form].format(key=key)
        self._tell("wrong-type", message, value, hint)

    def _bad(self, line: int, fault: Fault) -> None:
        self.report(error("bad-yaml", fault.message, self._place(line), fault.hint))

    def _tell(self, code: str, message: str, node: yaml.Node, hint: str) -> None:
        self.report(error(code, message, self._place(_mark(node)), hint))

    def _place(self, line: int) -> Location:
        return Location(self.file, self.first_line + line)


_PAIRS = "write one “key: value” on each line; put a value that holds a colon in quotes"
_NO_KEYS = Fault("", "the header is not made of keys and their values", _PAIRS)
_TOO_DEEP = Fault("", "the header is nested too deeply", _PAIRS)
_TOO_LONG = Fault("", "the header is too long", "write the text below its last line ---")
_ESCAPED = Fault(
    "",
    "an escape here makes an invisible character",
    "use single quotes, in which a backslash is a backslash",
)
_CONTROL = Fault("", "this line holds a control character", "delete the line and type it again")


_HINTS: dict[_Form, str] = {
    "text": "write “{key}: …” with the words on the same line, or leave the line out",
    "yes or no": "write “{key}: yes” or “{key}: no”",
    "text, or a text and a source": "write “{key}: …”, or “text:” and “source:” below it",
}


def _mark(place: yaml.Event | yaml.Node) -> int:
    return int(place.start_mark.line) if place.start_mark else 0
