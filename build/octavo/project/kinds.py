"""The kinds of text that book.yaml asks for, each checked and turned into its value."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError, core_schema

from octavo.diagnostics import did_you_mean
from octavo.model import Trim
from octavo.project.words import COMMON_TAGS, LANGUAGES, LARGEST, POINTS, SMALLEST, TRIMS

LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*[x\u00d7]\s*(\d+(?:\.\d+)?)\s*(in|mm|cm)")
DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
NUMBERS = re.compile(r"(\d+(?:\.\d+)?)\D+(\d+(?:\.\d+)?)\D*")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
ISBN = re.compile(r"(97[89]\d{10})|(\d{9}[\dX])")
BEFORE_ISBN = re.compile(r"ISBN(-1[03])?:?\s*", re.IGNORECASE)
HYPHENS = re.compile(r"[\u2010-\u2013]")
"""What stands for a hyphen in text that was copied from a page."""
CHECKSUMS = {10: (tuple(range(10, 0, -1)), 11), 13: ((1, 3) * 6 + (1,), 10)}
"""Weights of the digits and what their sum divides by (ISBN Users' Manual, 7th edition)."""
SLACK = 0.01
"""Points by which a size may miss a limit through rounding."""


def fault(code: str, message: str, hint: str = "") -> PydanticCustomError:
    """Return what a check raises: the diagnostic's code, message and hint."""
    # The text travels as context, because braces in a template have a meaning.
    return PydanticCustomError(code, "see context", {"message": message, "hint": hint})


def as_date(value: object) -> date:
    """Read a whole day, year-month-day; the catalogues of stores know no half dates."""
    text = _text(value, "a date")
    hint = "write the year, the month and the day: 2026-11-22"
    found = DAY.fullmatch(text)
    if not found:
        if DAY.match(text):
            hint = f"leave out the hour: {text[:10]}"
        raise fault("bad-date", f"“{text}” is not a day", hint)
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        raise fault("bad-date", f"there is no day “{text}” in the calendar", hint) from None
    if day.isoformat() != text:
        raise fault("bad-date", f"“{text}” is not a full date", f"write {day.isoformat()}")
    return day


def as_isbn(value: object) -> str:
    """Read an ISBN and leave it as it is typed: its hyphens say how it is printed."""
    written = _text(value, "an ISBN")
    isbn = HYPHENS.sub("-", BEFORE_ISBN.sub("", written, count=1)).upper()
    digits = isbn_digits(isbn)
    if not ISBN.fullmatch(digits):
        hint = "an ISBN has 13 digits and begins with 978 or 979; older ones have 10"
        raise fault("bad-isbn", f"“{written}” is not an ISBN", hint)
    weights, divisor = CHECKSUMS[len(digits)]
    total = sum(
        weight * (10 if digit == "X" else int(digit))
        for weight, digit in zip(weights, digits, strict=True)
    )
    if total % divisor:
        hint = "compare every digit with the letter of the ISBN agency"
        raise fault("bad-isbn", f"the last digit of the ISBN “{written}” does not fit", hint)
    return isbn


def isbn_digits(isbn: str) -> str:
    """Return the digits of an ISBN, by which two are compared."""
    return re.sub(r"[\s-]", "", isbn)


def as_identifier(value: object) -> str:
    """Read ``urn:uuid:`` and a UUID, in small letters."""
    text = _text(value, "an identifier").lower()
    hint = "remove the line: Octavo writes a new one; an ISBN goes under an edition"
    try:
        written = UUID(text.removeprefix("urn:uuid:"))
    except ValueError:
        written = None
    if text != f"urn:uuid:{written}":
        raise fault("bad-identifier", f"“{value}” is not an identifier of a book", hint)
    return text


def as_language(value: object) -> str:
    """Read a BCP 47 tag whose language ISO 639 knows, in its usual capitals."""
    tag = _text(value, "a language tag")
    if tag in COMMON_TAGS:
        return tag
    standard = _standard(tag)
    if standard.lower() == tag.lower():
        return standard
    meant = standard or LANGUAGES.get(tag.lower().split(" ")[0], "")
    hint = f"did you mean “{meant}”?" if meant else "write a tag such as en, en-GB, de or pt-BR"
    raise fault("unknown-language", f"“{tag}” is not a language tag", hint)


def as_trim(value: object) -> Trim:
    """Read a trim size by its name or its measures, width before height."""
    text = _text(value, "a size")
    hint = "a trim is between 4 x 6 in and 8.5 x 11.7 in; the width comes first"
    name = re.sub(r"\s+", "-", text.lower())
    found = LENGTH.fullmatch(text.lower())
    if name in TRIMS:
        return TRIMS[name]
    if not found:
        usual = f"write 5.5x8.5in, or a name: {', '.join(TRIMS)}"
        hint = _trim_meant(text) or did_you_mean(name, TRIMS) or usual
        raise fault("unknown-trim", f"“{text}” is not a size of a book", hint)
    trim = _measured(found[1], found[2], found[3])
    if not _is_made(trim):
        raise fault("bad-trim", f"no printer on demand makes a book of {text}", hint)
    return trim


def _trim_meant(text: str) -> str:
    """Return what two numbers without a unit, or with one written otherwise, most likely mean."""
    found = NUMBERS.fullmatch(text)
    if not found:
        return ""
    width, height = found.groups()
    unit = next((unit for unit in POINTS if _is_made(_measured(width, height, unit))), None)
    if unit is None:
        return ""
    trim = _measured(width, height, unit)
    named = next((f" ({name})" for name, each in TRIMS.items() if each == trim), "")
    return f"did you mean “{width}x{height}{unit}”{named}?"


def _measured(width: str, height: str, unit: str) -> Trim:
    return Trim(float(width) * POINTS[unit], float(height) * POINTS[unit])


def _is_made(trim: Trim) -> bool:
    """Tell whether printers on demand make books of a size."""
    pairs = zip(_sides(SMALLEST), _sides(trim), _sides(LARGEST), strict=True)
    return all(least - SLACK <= side <= most + SLACK for least, side, most in pairs)


def _sides(trim: Trim) -> tuple[float, float]:
    return trim.width, trim.height


def _standard(tag: str) -> str:
    """Return the usual form of a tag, or nothing for a language that does not exist."""
    from langcodes import standardize_tag, tag_is_valid  # noqa: PLC0415  (slow and rarely needed)
    from langcodes.tag_parser import LanguageTagError  # noqa: PLC0415

    hyphened = tag.replace("_", "-")
    if not TAG.fullmatch(hyphened):
        return ""
    try:
        return standardize_tag(hyphened) if tag_is_valid(hyphened) else ""
    except LanguageTagError:
        return ""


def _text(value: object, what: str) -> str:
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise fault("wrong-kind", f"this should be {what}")


def _one_or_more(value: object) -> object:
    return value if isinstance(value, list) else [value]


class OneOrMore:
    """A list, or its only item without the list."""

    def __get_pydantic_core_schema__(
        self, source: type[object], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Turn a single item into a list of one."""
        return core_schema.no_info_before_validator_function(_one_or_more, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Allow both forms."""
        listed = handler(schema)
        return {"anyOf": [listed["items"], listed]}


@dataclass(frozen=True, slots=True)
class OneOf:
    """A word of a list, in whatever capitals, with hyphens or spaces."""

    code: str
    what: str
    words: tuple[str, ...]

    def __get_pydantic_core_schema__(
        self, _source: type[object], _handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Check the word."""
        return core_schema.no_info_plain_validator_function(self.choose)

    def __get_pydantic_json_schema__(
        self, _schema: core_schema.CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Offer the words."""
        return {"type": "string", "enum": list(self.words)}

    def choose(self, value: object) -> str:
        """Return the word as it is listed."""
        word = re.sub(r"\s+", "-", _text(value, self.what).lower())
        if word in self.words:
            return word
        hint = did_you_mean(word, self.words) or f"choose one of: {', '.join(self.words)}"
        raise fault(self.code, f"“{value}” is not {self.what}", hint)


Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    WithJsonSchema({"type": ["string", "number"]}),
]
"""Text that is not empty.  Editors read ``1984`` as a number, so their schema allows one."""
Line = Annotated[str, WithJsonSchema({"type": ["string", "number"]})]
"""Text that may be empty."""
Day = Annotated[date, PlainValidator(as_date), WithJsonSchema({"type": "string", "format": "date"})]
Isbn = Annotated[str, PlainValidator(as_isbn), WithJsonSchema({"type": ["string", "integer"]})]
Identifier = Annotated[
    str,
    PlainValidator(as_identifier),
    WithJsonSchema({"type": "string", "pattern": "^urn:uuid:[0-9A-Fa-f-]{36}$"}),
]
Language = Annotated[str, PlainValidator(as_language), WithJsonSchema({"type": "string"})]
TrimSize = Annotated[
    Trim,
    PlainValidator(as_trim),
    WithJsonSchema({"type": "string", "examples": ["5.5x8.5in", *TRIMS]}),
]
