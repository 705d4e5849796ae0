"""book.yaml as text: its values as they are written, and the line of every one.

Only what a book needs of YAML is read: groups of keys, lists and text.  Every plain value stays
the text that the author wrote, so that ``title: 1984`` and ``title: No`` are titles.  Anchors,
aliases and tags are refused: they let a small file grow without end, or make objects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import yaml
from yaml import events

from octavo.diagnostics import Location, Report, error, warning
from octavo.project.doubts import doubts, joined
from octavo.project.yamlfaults import explained, named

Value = None | str | list["Value"] | dict[str, "Value"]
"""What book.yaml says at one place; None where it says nothing."""
Path = tuple[str | int, ...]
"""The keys and list positions that lead to a value."""

LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 10
"""Levels of nesting; the deepest that a book uses is five."""
LONGEST = 1_000_000
"""Characters; a book.yaml of a thousand chapters has a tenth of them."""
TOO_LONG = "this file is too long to be a book.yaml"
UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What YAML does not allow in a file (YAML 1.1, 5.1)."""
UNTYPED = re.compile(f"{UNWRITABLE.pattern}|[\x85\u2028\u2029]")
"""What nobody types into a line: besides, ends of lines that YAML counts, and editors do not."""
NOTHING = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class Text:
    """What book.yaml says, and on which line it says it."""

    value: dict[str, Value]
    lines: Mapping[Path, int]

    def line(self, path: Path) -> int:
        """Return the line of a key or item, or of the nearest one around it; 0 for the file."""
        ends = (path[:length] for length in range(len(path), 0, -1))
        return next((self.lines[end] for end in ends if end in self.lines), 0)

    def without(self, paths: set[Path]) -> Text:
        """Return the text less the values at some paths; items after them move up."""
        lines: dict[Path, int] = {}

        def kept(value: Value, old: Path, new: Path) -> Value:
            if old in self.lines:
                lines[new] = self.lines[old]
            if isinstance(value, dict):
                names = [name for name in value if (*old, name) not in paths]
                return {name: kept(value[name], (*old, name), (*new, name)) for name in names}
            if isinstance(value, list):
                places = [place for place in range(len(value)) if (*old, place) not in paths]
                return [
                    kept(value[place], (*old, place), (*new, number))
                    for number, place in enumerate(places)
                ]
            return value

        group = kept(self.value, (), ())
        return Text(group if isinstance(group, dict) else {}, lines)


def read_text(text: str, file: str, report: Report, example: str = "title: My Book") -> Text | None:
    """Read book.yaml, or a file like it; None when it cannot be made out at all."""
    # The parser passes over a byte order mark in silence, and its offsets are then short by one.
    reader = _Reader(text.removeprefix("\ufeff"), file, report, example)
    try:
        value = reader.document()
    except _Unreadable as problem:
        reader.complain(problem.line, problem.message, problem.hint)
        return None
    return value


class _Unreadable(ValueError):
    """Text that is not YAML at all."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


class _Reader:
    """One reading of one file: the parser's events become values and lines."""

    def __init__(self, text: str, file: str, report: Report, example: str) -> None:
        self.text = text
        self.example = example
        self.rows = text.splitlines()
        self.file = file
        self.report = report
        self.lines: dict[Path, int] = {}
        self.events: Iterator[events.Event] = iter(())

    def document(self) -> Text | None:
        _refuse_unwritable(self.text)
        self.events = _events(self.text)
        next(self.events)  # the stream begins
        event = next(self.events)
        value: Value = None
        if isinstance(event, events.DocumentStartEvent):
            value = self.value(next(self.events), ())
            next(self.events)  # the document ends
            event = next(self.events)
        if not isinstance(event, events.StreamEndEvent):
            line = _line(event)
            raise _Unreadable(line, "a second document begins here", "remove the line “---”")
        if value is None or isinstance(value, dict):
            return Text(value or {}, self.lines)
        name = PurePosixPath(self.file).name
        message = f"a {name} is made of keys and their values"
        self.complain(1, message, f"write: {self.example}")
        return None

    def value(self, event: events.Event, path: Path) -> Value:
        if len(path) > DEEPEST:
            hint = "see the manual's page on book.yaml for an example"
            raise _Unreadable(_line(event), "this is nested too deeply for a book", hint)
        self.refuse_marks(event)
        if isinstance(event, events.MappingStartEvent):
            return self.mapping(path)
        if isinstance(event, events.SequenceStartEvent):
            return self.sequence(path)
        if isinstance(event, events.ScalarEvent):
            self.check(event)
            blank = event.implicit[0] and event.value in NOTHING
            return None if blank else str(event.value)
        return None

    def sequence(self, path: Path) -> Value:
        items: list[Value] = []
        while not isinstance(event := next(self.events), events.SequenceEndEvent):
            here = (*path, len(items))
            self.lines[here] = _line(event)
            items.append(self.value(event, here))
        return items

    def mapping(self, path: Path) -> Value:
        group: dict[str, Value] = {}
        while not isinstance(event := next(self.events), events.MappingEndEvent):
            name = self.key(event)
            line = _line(event)
            here = (*path, name or "")
            if name is None:
                self.complain(line, "a key must be a word", "put text that has braces in quotes")
                self.pass_over(event, path)
                self.pass_over(next(self.events), path)
            elif here in self.lines:
                self.twice(name, line, self.lines[here])
                self.pass_over(next(self.events), path)
            else:
                self.refuse_marks(event)
                self.lines[here] = line
                group[name] = self.value(next(self.events), here)
        return group

    def key(self, event: events.Event) -> str | None:
        if not isinstance(event, events.ScalarEvent):
            return None
        self.check(event)
        return str(event.value)

    def pass_over(self, event: events.Event, path: Path) -> None:
        """Read a value that has no place, so that what follows is understood."""
        self.value(event, (*path, f"\0{len(self.lines)}"))

    def refuse_marks(self, event: events.Event) -> None:
        """Report an anchor, an alias or a tag."""
        if isinstance(event, events.AliasEvent):
            self.complain(_line(event), *named("alias")[1:3])
        elif getattr(event, "anchor", None) is not None:
            self.complain(_line(event), *named("anchor")[1:3])
        elif getattr(event, "tag", None) is not None:
            self.complain(_line(event), *named("tag")[1:3])

    def check(self, event: events.ScalarEvent) -> None:
        """Refuse text that cannot be what was meant, and warn of what may not be."""
        if UNWRITABLE.search(event.value):
            # Written as an escape: no file of the book may hold it.
            hint = "use single quotes, in which a backslash is a backslash"
            raise _Unreadable(_line(event), "an escape here makes an invisible character", hint)
        if found := joined(self.rows, event):
            line, fault = found
            raise _Unreadable(line, fault.message, fault.hint)
        for code, message, hint in doubts(self.text, event):
            self.report(warning(code, message, Location(self.file, _line(event)), hint))

    def twice(self, name: str, line: int, first: int) -> None:
        message = f"“{name}” is given twice; it already stands on line {first}"
        hint = "keep one of the two, with everything in it"
        self.report(error("duplicate-key", message, Location(self.file, line), hint))

    def complain(self, line: int, message: str, hint: str) -> None:
        self.report(error("bad-yaml", message, Location(self.file, line), hint))


def _refuse_unwritable(text: str) -> None:
    if len(text) > LONGEST:
        raise _Unreadable(0, TOO_LONG, "is it the right file?")
    if found := UNTYPED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        message = f"an invisible control character (U+{ord(found[0]):04X}) stands on this line"
        raise _Unreadable(line, message, "delete the line and type it again")


def _events(text: str) -> Iterator[events.Event]:
    """Yield the parser's events; its own complaint becomes ours."""
    loader = LOADER(text)
    try:
        while loader.check_event():
            yield loader.get_event()
    except yaml.MarkedYAMLError as problem:
        line, fault = explained(problem, text)
        raise _Unreadable(line, fault.message, fault.hint) from problem
    except (yaml.YAMLError, ValueError, OverflowError) as problem:
        # The parser that is written in Python stumbles over the largest escapes and versions.
        raise _Unreadable(0, *named("")[1:3]) from problem
    finally:
        loader.dispose()


def _line(event: events.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
