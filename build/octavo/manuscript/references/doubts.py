"""What to ask an author about sources that can be read: gaps, slips of typing, twins."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from octavo.diagnostics import did_you_mean, note, warning
from octavo.manuscript.references import dates, needs, numbers

if TYPE_CHECKING:
    from datetime import date

    from octavo.diagnostics import Diagnostic
    from octavo.model import Reference

NAMES = (
    "author", "editor", "translator", "container-author", "collection-editor", "director",
    "composer", "illustrator", "interviewer", "recipient", "reviewed-author", "original-author",
)  # fmt: skip
UNPRINTED = frozenset(
    {"id", "type", "URL", "DOI", "ISBN", "ISSN", "PMID", "PMCID", "abstract", "annote", "keyword"}
    | {"custom", "file", "language", "source", "citation-key", "categories", "other-ids"}
)
"""Fields whose signs are no markup, or that styles do not print."""
MARKUP = frozenset({"i", "b", "sub", "sup", "sc", "span"})
"""Elements that CSL-JSON knows (CSL 1.0.2, “Rich text formatting within fields”)."""
LATEX = re.compile(
    r"\\(?:[A-Za-z]{2,}\b|[\"'`^~=.]\{?\\?[A-Za-z]|[{}&%$#_])|\{[^{}\n]*\}"
    r"|\$[^$\n]*[\\^_][^$\n]*\$"
)
ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{1,7}|#x[0-9a-fA-F]{1,6});")
TAG = re.compile(r"</?([A-Za-z][\w-]*)(?:\s[^<>]*)?/?>")
BODIES = frozenset(
    """
    agency association authority bureau commission committee consortium corporation department
    foundation gmbh inc institute institution laboratories ltd ministry nations organisation
    organization parliament society university
    """.split()
)
"""Words that end the name of a body, and no family’s."""


def doubts(references: Mapping[str, Reference], published: date | None) -> Iterator[Diagnostic]:
    """Yield what is doubtful of each source, and which of them may be one and the same."""
    for reference in references.values():
        yield from _gaps(reference)
        yield from _slips(reference)
        yield from _days(reference, published)
        yield from _leftovers(reference)
        yield from _people(reference)
    yield from _twins(references)


def _gaps(reference: Reference) -> Iterator[Diagnostic]:
    item, place = reference.item, reference.location
    kind = item.get("type") or ""
    if kind not in needs.TYPES and kind:
        message = f"“{reference.key}” is of the type “{str(kind)[:40]}”, which CSL does not know"
        hint = did_you_mean(str(kind)[:40], sorted(needs.TYPES)) or "use “document” for the rest"
        yield warning("unknown-type", message, place, hint)
    if lacking := list(needs.missing(item, dates.year(item.get("issued")))):
        listed = ", and no ".join(lacking)
        message = f"“{reference.key}” has no {listed}"
        yield warning("missing-field", message, place, "add it, or see whether the type is right")


def _slips(reference: Reference) -> Iterator[Diagnostic]:
    item, place, key = reference.item, reference.location, reference.key
    if (written := _text(item.get("DOI"))) and (fault := numbers.bad_doi(written)):
        hint = "a DOI looks like 10.1000/182; copy it from the first page or the publisher’s site"
        yield warning("bad-doi", f"{fault} (“{key}”)", place, hint)
    for fault in numbers.bad_isbns(_text(item.get("ISBN"))) if item.get("ISBN") else ():
        hint = "compare every digit with the book’s copyright page"
        yield warning("bad-isbn", f"{fault} (“{key}”)", place, hint)
    if (written := _text(item.get("URL"))) and (fault := numbers.bad_url(written)):
        hint = "copy the whole address from a browser’s address line"
        yield warning("bad-url", f"{fault} (“{key}”)", place, hint)


def _days(reference: Reference, published: date | None) -> Iterator[Diagnostic]:
    for name in dates.DATES:
        value = reference.item.get(name)
        if not value:
            continue
        if fault := dates.fault(value):
            message = f"the date “{name}” of “{reference.key}” cannot be right: {fault}"
            hint = "write 2020, 2020-05 or 2020-05-17; a span with /, and “about” as 1850~"
            yield warning("bad-date", message, reference.location, hint)
            continue
        year = dates.year(value)
        if published and year and year > published.year + 1:
            message = f"“{reference.key}” is of {year}, long after the book’s own date"
            hint = "correct the year, or the `date` in book.yaml"
            yield warning("future-date", message, reference.location, hint)


def _leftovers(reference: Reference) -> Iterator[Diagnostic]:
    for name, text in _printed(reference.item):
        left = LATEX.search(text) or ENTITY.search(text)
        left = left or next((t for t in TAG.finditer(text) if t[1].lower() not in MARKUP), None)
        if left:
            message = f"“{left[0][:40]}” in the {name} of “{reference.key}” is printed as it stands"
            hint = "write what it stands for; CSL knows only <i>, <b>, <sub>, <sup> and <span>"
            yield warning("markup-left", message, reference.location, hint)


def _printed(item: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Yield the texts of an item that styles print, those of names included, one a field."""
    for name, value in item.items():
        if name in UNPRINTED or name.endswith("-short"):
            continue
        if isinstance(value, str):
            yield name, value
        elif isinstance(value, list):
            parts = [
                part
                for person in value
                if isinstance(person, Mapping)
                for part in person.values()
                if isinstance(part, str)
            ]
            yield name, " ".join(parts)


def _people(reference: Reference) -> Iterator[Diagnostic]:
    place, key = reference.location, reference.key
    for name in NAMES:
        people = reference.item.get(name)
        if not people:
            continue
        if not isinstance(people, list) or not all(isinstance(each, Mapping) for each in people):
            hint = "write a list of names, each with “family” and “given”, or with “literal”"
            message = f"the field “{name}” of “{key}” is not a list of names"
            yield warning("bad-name", message, place, hint)
            continue
        for body in filter(_is_body, people):
            whole = f"{body['given']} {body['family']}"
            message = f"“{whole[:80]}” of “{key}” looks like a body, and is printed like a person"
            hint = "give the whole name as “literal”, or in BibTeX in two braces: {{…}}"
            yield note("body-as-person", message, place, hint)


def _is_body(person: Mapping[str, object]) -> bool:
    given, family = person.get("given"), person.get("family")
    if not isinstance(given, str) or not isinstance(family, str) or "." in given:
        return False
    return bool(given) and family.strip(" .").casefold() in BODIES


def _twins(references: Mapping[str, Reference]) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, ...], Reference] = {}
    for reference in references.values():
        marks = list(_marks(reference.item))
        first = next((seen[mark] for mark in marks if mark in seen), None)
        for mark in marks:
            seen.setdefault(mark, reference)
        if first:
            message = f"“{reference.key}” seems to be the same source as “{first.key}”"
            hint = f"compare it with {first.location}, and cite both by one key"
            yield warning("near-duplicate", message, reference.location, hint)


def _marks(item: Mapping[str, object]) -> Iterator[tuple[str, ...]]:
    """Yield by what a source is known: its DOI; its title, year and first author together."""
    if written := _text(item.get("DOI")):
        yield "DOI", numbers.doi(written)
    title, year = _folded(_text(item.get("title"))), dates.year(item.get("issued"))
    makers = item.get("author") or item.get("editor")
    maker = makers[0] if isinstance(makers, list) and makers else None
    if title and year and isinstance(maker, Mapping):
        name = _folded(_text(maker.get("family") or maker.get("literal")))
        whole = (item.get("volume"), item.get("container-title"), item.get("edition"))
        yield "title", title, str(year), name, *(_folded(_text(part)) for part in whole)


def _folded(text: str) -> str:
    """Return a text without markup, marks and accents, by which two compare."""
    plain = unicodedata.normalize("NFKD", TAG.sub("", text)).casefold()
    return "".join(sign for sign in plain if sign.isalnum())


def _text(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""
