"""Dates of sources: which are none, and which lie in the future."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from typing import Any

DATES = ("issued", "accessed", "event-date", "original-date", "submitted", "available-date")
SEASONS = frozenset(range(13, 25))
"""What counts as a month without being one: EDTF has 21 to 24, CSL processors 13 to 20 besides."""
FARTHEST = 9999
_DAY = r"-?\d{4}(?:-(?:\d\d)(?:-\d\d)?)?[~?%]?"
_EDTF = re.compile(rf"{_DAY}(?:/(?:{_DAY}|\.\.)?)?")
_SPOKEN = re.compile(r"(?:(?:[^\W\d]{3,}\.?|\d\d?\.?)\s+){0,2}\d{4}")
"""A day or month in words, which Pandoc reads: *May 2020*."""
_NUMBER = re.compile(r"-?\d{1,6}")


def fault(value: object) -> str:
    """Return what is wrong with a date as CSL-JSON has it, in words; empty if nothing is."""
    if not isinstance(value, Mapping):
        return f"“{str(value)[:40]}” is not a date"
    parts = value.get("date-parts")
    raw, literal = value.get("raw"), value.get("literal")
    if isinstance(raw, str) and not (_EDTF.fullmatch(raw) or _SPOKEN.fullmatch(raw)):
        return f"“{raw[:40]}” is not a date"
    if parts is None:
        return _in_words(literal) if raw or literal else "it names no year"
    days = [_day(day) for day in parts] if isinstance(parts, list) else [None]
    sound = [day for day in days if day]
    if len(sound) < len(days) or not 1 <= len(sound) <= 2:
        return "" if literal and parts == [] else "its numbers are not a year, month and day"
    first, last = sound[0], sound[-1]
    if last == (0,) and sound[1:]:
        sound = [first]  # so Pandoc writes a span without an end
    elif first[: len(last)] > last:
        return "its end lies before its beginning"
    return next(filter(None, map(_not_in_calendar, sound)), "")


def year(value: object) -> int | None:
    """Return the year of a date, the last of a span; None if it has none."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    days = [_day(day) for day in parts] if isinstance(parts, list) else []
    years = [day[0] for day in days if day and day[0]]
    return max(years, default=None)


def possible(value: object) -> object:
    """Return a date without the parts that no calendar has; None if nothing is left of it."""
    parts = value.get("date-parts") if isinstance(value, Mapping) else None
    if not isinstance(value, Mapping) or not isinstance(parts, list):
        return value
    days = [_possible(day) for day in parts]
    if days == parts:
        return value
    left = {name: each for name, each in value.items() if name != "date-parts"}
    if days and days[0]:
        return {**left, "date-parts": [day for day in days if day]}
    return left if left.get("literal") or left.get("raw") else None


def _possible(written: Any) -> Any:
    """Return the year, month and day of one day as far as they can be; nothing without a year."""
    day = _day(written)
    if not day or day == (0,):
        return written if day else []
    # The first of a month tells whether the month is one that has days.
    tries = zip((3, 2, 1), (day, (*day[:2], 1)[: len(day)], day[:1]), strict=True)
    return written[: next((size for size, each in tries if not _not_in_calendar(each)), 0)]


def _in_words(literal: object) -> str:
    """Return what is wrong with a date that is text: words are fine, a year in them is not."""
    if isinstance(literal, str) and re.search(r"\d\d", literal):
        return f"no year can be told from “{literal[:40]}”, and no list is put in order by it"
    return ""


def _day(written: Any) -> tuple[int, ...] | None:
    """Return one to three numbers; None if they are anything else."""
    if not isinstance(written, list) or not 1 <= len(written) <= 3:
        return None
    texts = [str(part) for part in written if not isinstance(part, bool)]
    if len(texts) < len(written) or not all(map(_NUMBER.fullmatch, texts)):
        return None
    return tuple(map(int, texts))


def _not_in_calendar(day: tuple[int, ...]) -> str:
    if not day[0] or not -FARTHEST <= day[0] <= FARTHEST:
        return f"there is no year {day[0]}"
    if len(day) > 1 and day[1] not in {*range(1, 13), *(SEASONS if len(day) < 3 else ())}:
        return f"there is no month {day[1]}"
    if len(day) > 2 and not 1 <= day[2] <= _length(day[0], day[1]):
        return f"there is no day {day[2]} in month {day[1]} of {day[0]}"
    return ""


def _length(year_of: int, month: int) -> int:
    # The calendar of the years before 1 repeats every 400 years, too.
    return monthrange(year_of % 400 + 400, month)[1]
