"""What Pandoc passes over in silence in an entry of BibTeX: what is put back, and what is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from octavo.diagnostics import Location, did_you_mean, warning
from octavo.manuscript.references import people
from octavo.manuscript.references.bibwords import FIELDS, KINDS, PEOPLE, PRINTED, RAW

if TYPE_CHECKING:
    from octavo.diagnostics import Report
    from octavo.manuscript.references.scan import Entry, Field

Item = dict[str, Any]
KEPT = {"title": "title", "author": "author", "editor": "editor", "url": "URL", "doi": "DOI"}
"""Fields whose loss nobody would notice before it is printed, and what CSL calls them."""
DATES = {"issued": ("date", "year"), "accessed": ("urldate",), "original-date": ("origdate",)}
"""What CSL calls a date, and the fields that it comes from."""
ALSO = {"articleno": "number"}
"""Fields that Pandoc does not know, and what CSL calls them."""
_PERCENT = re.compile(r"(?<!\\)%")
_LINK = re.compile(r"\\(?:url|href)\b")


def doubt(entry: Entry, path: str, report: Report) -> None:
    """Tell of what means nothing in an entry, or hides something."""
    if entry.kind not in KINDS:
        message = f"“@{entry.kind}” of “{entry.key}” is no kind of entry"
        hint = did_you_mean(entry.kind, sorted(KINDS)) or "write @misc for whatever has no kind"
        report(warning("unknown-type", message, Location(path, entry.line), hint))
    first: dict[str, Field] = {}
    for field in entry.fields:
        place = Location(path, field.line)
        before = first.setdefault(field.name, field)
        if before.source != field.source:
            message = f"“{entry.key}” has two fields “{field.name}”, of which the last counts"
            hint = f"remove one; the other stands on line {before.line}"
            report(warning("duplicate-field", message, place, hint))
        if _hides(field):
            message = f"what follows the sign % in “{field.name}” of “{entry.key}” is left out"
            report(warning("percent-sign", message, place, "write \\% for a percent sign"))
    for field in entry.fields:
        meant = "" if field.name in FIELDS else _meant(field.name)
        if meant and meant not in first:
            message = f"the field “{field.name}” of “{entry.key}” means nothing, and is left out"
            place = Location(path, field.line)
            report(warning("unknown-field", message, place, f"did you mean “{meant}”?"))
        if field.name in PEOPLE and (fault := people.fault(field.text)):
            message = f"{fault.message} (“{field.name}” of “{entry.key}”)"
            report(warning("bad-name", message, Location(path, field.line), fault.hint))


def _hides(field: Field) -> bool:
    """Tell whether a percent sign in a field begins a remark of LaTeX, which nobody means."""
    if field.name in RAW or _LINK.search(field.source):
        return False
    return bool(_PERCENT.search(field.source))


def _meant(name: str) -> str:
    """Return the field that a name is a slip of: one letter more, less, other, or exchanged."""
    slips = (field for field in sorted(FIELDS) if abs(len(field) - len(name)) <= 1)
    return next((field for field in slips if len(name) > 3 and _is_slip(name, field)), "")


def _is_slip(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    exchanged = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return short[at + 1 :] == long[at + 1 :] or exchanged


_COMMAND = re.compile(r"\\(?:[A-Za-z]+\s*|.)")


def restore(item: Item, entry: Entry, place: Location, report: Report) -> None:
    """Put back what Pandoc lost: a date in words; and tell of a field that it could not read."""
    for name, fields in DATES.items():
        written = next(filter(None, map(entry.get, fields)), "")
        if written and not item.get(name, {}).get("date-parts"):
            item[name] = {"literal": re.sub(r"[{}]", "", written)}
    # Pandoc makes two things of “forthcoming” for a year, and styles print both.
    if item.get("issued") == {"literal": item.get("status")}:
        del item["status"]
    for field, name in ALSO.items():
        if written := entry.get(field):
            item.setdefault(name, re.sub(r"[{}]", "", written))
    for field, name in KEPT.items():
        if entry.get(field).strip() and not item.get(name) and not entry.get("editortype"):
            message = f"the field “{field}” of “{entry.key}” cannot be read, and is left out"
            hint = "look for a $, a backslash or a brace that is one too many, or too few"
            report(warning("lost-field", message, place, hint))
    whole = _folded(" ".join(_texts(item)))
    for each in entry.fields:
        if each.name in PRINTED and not _stands_in(whole, entry.get(each.name)):
            message = f"what “{each.name}” of “{entry.key}” says is printed nowhere"
            hint = "write it in “note”, if readers should see it; citation styles lack this field"
            report(warning("lost-field", message, Location(place.file, each.line), hint))


def _stands_in(whole: str, written: str) -> bool:
    """Tell whether one of the words of a field stands in a text, or it has none."""
    words = list(map(_folded, re.findall(r"\w+", _COMMAND.sub("", written).translate(_NO_BRACES))))
    long = [word for word in words if len(word) > 2]
    return not words or any(word in whole for word in long or words)


_NO_BRACES = str.maketrans("", "", "{}")


def _folded(text: str) -> str:
    """Return the letters and digits of a text, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(filter(str.isalnum, plain))


def _texts(value: object) -> Iterator[str]:
    """Yield what an item says."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)
