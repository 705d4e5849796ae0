"""The YAML between ``---`` lines at the head of a Markdown file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import yaml

from octavo.diagnostics import Location, did_you_mean, error
from octavo.model import Epigraph, Header

if TYPE_CHECKING:
    from octavo.diagnostics import Report

TEXTS = ("title", "short-title", "subtitle", "author", "role")
"""Keys whose value is a line of text."""
KEYS = (*TEXTS, "numbered", "epigraph")
_HEADER = re.compile(
    r"---[ \t]*\n(?=[^\n]*\S)(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_OPENED = re.compile(r"---[ \t]*\n[A-Za-z-]+:(?:[ \t]|\n)")
_DEEPEST = 8
"""Levels of nesting; a header needs two, and a hostile one could exhaust the stack."""
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
    found = _HEADER.match(text)
    if found is None:
        if _OPENED.match(text):
            hint = "write a line --- below the last line of the header"
            message = "the header at the top of the file is never closed"
            report(error("bad-yaml", message, Location(file, 1), hint))
        return Opening(Header(), text, 1)
    first_line = 1 + found.group().count("\n")
    fields = _Fields(file, report)
    mapping = fields.compose(found.group(1))
    header = fields.header(mapping) if mapping is not None else Header()
    return Opening(header, text[found.end() :], first_line)


@dataclass(frozen=True, slots=True)
class _Fields:
    """The reading of one header: where it stands and who is told of its mistakes."""

    file: str
    report: Report

    def compose(self, text: str) -> yaml.MappingNode | None:
        """Return the header's mapping with its lines, or None after telling what is wrong."""
        try:
            if not self._plain(text):
                return None
            node = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.MarkedYAMLError as problem:
            mark = problem.problem_mark or problem.context_mark
            self._bad(mark.line if mark else 0, problem.problem or "it is not YAML")
            return None
        except yaml.reader.ReaderError as problem:
            self._bad(text.count("\n", 0, problem.position), "it holds a control character")
            return None
        if node is None or isinstance(node, yaml.MappingNode):
            return node
        self._bad(0, "it is not a list of “key: value” lines")
        return None

    def _plain(self, text: str) -> bool:
        """Tell whether the YAML is free of anchors and of nesting that no header needs."""
        depth = 0
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if getattr(event, "anchor", None):
                self._bad(_mark(event), "it uses an anchor or an alias (“&”, “*”)")
                return False
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                self._bad(_mark(event), "it is nested too deeply")
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
                message = f"“{key}” is given twice (first on line {_line(pairs[key])})"
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
            return Epigraph(str(value.value).strip(), line=_line(value))
        if not isinstance(value, yaml.MappingNode):
            self._wrong(key, value, "text, or a text and a source")
            return None
        pairs = dict(self._pairs(value, ("text", "source")))
        if "text" not in pairs:
            self._tell("missing-key", "an epigraph needs a “text”", value, "add “text: …”")
            return None
        text = self._text("text", pairs["text"])
        source = self._text("source", pairs["source"]) if "source" in pairs else ""
        return Epigraph(text, source, _line(pairs["text"]))

    def _wrong(self, key: str, value: yaml.Node, form: _Form) -> None:
        empty = isinstance(value, yaml.ScalarNode) and value.tag == _NULL
        message = f"“{key}” is empty" if empty else f"“{key}” must be {form}"
        hint = _HINTS[form].format(key=key)
        self._tell("wrong-type", message, value, hint)

    def _bad(self, line: int, problem: str) -> None:
        message = f"the header cannot be read: {problem}"
        hint = "write one “key: value” on each line; put a value that holds a colon in quotes"
        self.report(error("bad-yaml", message, Location(self.file, line + 2), hint))

    def _tell(self, code: str, message: str, node: yaml.Node, hint: str) -> None:
        self.report(error(code, message, Location(self.file, _line(node)), hint))


_HINTS: dict[_Form, str] = {
    "text": "write “{key}: …” with the words on the same line, or leave the line out",
    "yes or no": "write “{key}: yes” or “{key}: no”",
    "text, or a text and a source": "write “{key}: …”, or “text:” and “source:” below it",
}


def _mark(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _line(node: yaml.Node) -> int:
    # YAML counts from 0, and the header's first line is the file's second.
    return int(node.start_mark.line) + 2
