"""YAML as a list of items: every value as it is written, and the line of every item.

Anchors, aliases and tags are refused: they let a small file grow without end, or make objects.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import yaml
from yaml import events

from octavo.diagnostics import Location, error
from octavo.project.yamlfaults import explained, named
from octavo.project.yamltext import LOADER, NOTHING, UNTYPED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Report

Item = dict[str, Any]
DEEPEST = 8
"""Levels of nesting; an item of CSL has five."""
LIST = "references"
"""The key that the list may stand under."""
FLAGS = {"true": True, "false": False}
FLAGGED = frozenset({"circa", "comma-suffix", "static-ordering", "parse-names"})
"""What is said with yes or no; all else is text."""
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
"""What YAML calls a number without being one (YAML 1.2.2, 10.3.2)."""
EXAMPLE = "write each item so: - id: smith2020, and below it: type: book, title: …"


def items(path: str, text: str, report: Report) -> Iterator[tuple[Item, Location]]:
    """Yield the items of a file with the lines on which they begin."""
    reader = _Reader(path, text, report)
    try:
        found = reader.listed()
    except _Unreadable as problem:
        report(error("bad-yaml", problem.message, Location(path, problem.line), problem.hint))
        return
    for item, line in found:
        if isinstance(item, dict):
            yield item, Location(path, line)
        else:
            message = "a reference is not a group of keys and values"
            report(error("wrong-type", message, Location(path, line), EXAMPLE))


def is_plain(item: object) -> bool:
    """Tell whether an item holds no sign that cannot be written into a file."""
    waiting = [item]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and UNTYPED.search(value):
            return False
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
    return True


class _Unreadable(ValueError):
    """Text that is not YAML at all, or not a list of items."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line, self.message, self.hint = line, message, hint


class _Reader:
    """One reading of one file."""

    def __init__(self, path: str, text: str, report: Report) -> None:
        self.path = path
        self.text = text
        self.report = report
        self.events: Iterator[events.Event] = iter(())

    def listed(self) -> list[tuple[object, int]]:
        if found := UNTYPED.search(self.text):
            line = self.text.count("\n", 0, found.start()) + 1
            message = f"an invisible character (U+{ord(found[0]):04X}) stands on this line"
            raise _Unreadable(line, message, "delete the line and type it again")
        self.events = self.parsed()
        next(self.events)  # the stream begins
        found_list: list[tuple[object, int]] = []
        documents = 0
        while not isinstance(event := next(self.events), events.StreamEndEvent):
            first = next(self.events)
            if _is_nothing(first):
                self.value(first, "", 0)
            elif documents:
                hint = "put all items into one list, above the line “---”"
                raise _Unreadable(_line(event), "a second document begins here", hint)
            else:
                found_list = self.root(first)
            documents += 1
            next(self.events)  # the document ends
        return found_list

    def root(self, event: events.Event) -> list[tuple[object, int]]:
        if isinstance(event, events.SequenceStartEvent):
            return self.sequence("", 1)
        if not isinstance(event, events.MappingStartEvent):
            raise _Unreadable(_line(event), "the references are not a list", EXAMPLE)
        found: list[tuple[object, int]] | None = None
        while not isinstance(key := next(self.events), events.MappingEndEvent):
            name, below = self.value(key, "", 1), next(self.events)
            if name != LIST:
                self.value(below, "", 1)  # Pandoc's settings may stand beside the list
            elif isinstance(below, events.SequenceStartEvent):
                found = [*(found or ()), *self.sequence("", 2)]
            elif not _is_nothing(below):
                raise _Unreadable(_line(below), "the references are not a list", EXAMPLE)
            else:
                found = found or []
        if found is None:
            message = f"the file is neither a list, nor has it a list called “{LIST}”"
            raise _Unreadable(_line(event), message, EXAMPLE)
        return found

    def value(self, event: events.Event, name: str, depth: int) -> object:
        if depth > DEEPEST:
            raise _Unreadable(_line(event), "this is nested too deeply", "export the file again")
        self.refuse_marks(event)
        if isinstance(event, events.MappingStartEvent):
            return self.mapping(depth + 1)
        if isinstance(event, events.SequenceStartEvent):
            return [value for value, _ in self.sequence(name, depth + 1)]
        if isinstance(event, events.ScalarEvent):
            if event.implicit[0] and event.value in NOTHING:
                return None
            if event.implicit[0] and _NO_NUMBER.fullmatch(event.value):
                self.refuse_number(event)
                return None
            flag = FLAGS.get(event.value) if name in FLAGGED and not event.style else None
            return event.value if flag is None else flag
        return None

    def sequence(self, name: str, depth: int) -> list[tuple[object, int]]:
        found: list[tuple[object, int]] = []
        while not isinstance(event := next(self.events), events.SequenceEndEvent):
            found.append((self.value(event, name, depth), _line(event)))
        return found

    def mapping(self, depth: int) -> Item:
        group: Item = {}
        while not isinstance(event := next(self.events), events.MappingEndEvent):
            key = self.value(event, "", depth)
            if not isinstance(key, str):
                message, hint = "a key must be a word", "put text that has braces in quotes"
                raise _Unreadable(_line(event), message, hint)
            value = self.value(next(self.events), key, depth)
            if key in group:
                message = f"“{key[:40]}” is given twice in this item; the first counts"
                place = Location(self.path, _line(event))
                self.report(error("duplicate-key", message, place, "keep one of the two"))
            else:
                group[key] = value
        return group

    def refuse_marks(self, event: events.Event) -> None:
        """Refuse an anchor, an alias or a tag."""
        sign = "alias" if isinstance(event, events.AliasEvent) else ""
        sign = sign or ("anchor" if getattr(event, "anchor", None) else "")
        sign = sign or ("tag" if getattr(event, "tag", None) else "")
        if sign:
            raise _Unreadable(_line(event), *named(sign)[1:3])

    def refuse_number(self, event: events.ScalarEvent) -> None:
        """Tell of a word for a number that is none."""
        message, hint = f"“{event.value}” is no number", "write the number, or put it in quotes"
        self.report(error("bad-yaml", message, Location(self.path, _line(event)), hint))

    def parsed(self) -> Iterator[events.Event]:
        """Yield the parser's events; its own complaint becomes ours."""
        loader = LOADER(self.text)
        try:
            while loader.check_event():
                yield loader.get_event()
        except yaml.MarkedYAMLError as problem:
            line, fault = explained(problem, self.text)
            raise _Unreadable(line, fault.message, fault.hint) from problem
        except (yaml.YAMLError, ValueError, OverflowError) as problem:
            # The parser that is written in Python stumbles over the largest escapes and versions.
            raise _Unreadable(0, *named("")[1:3]) from problem
        finally:
            loader.dispose()


def _is_nothing(event: events.Event) -> bool:
    return isinstance(event, events.ScalarEvent) and event.implicit[0] and event.value in NOTHING


def _line(event: events.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0
