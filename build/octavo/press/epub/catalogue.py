"""What a catalogue reads in an EPUB: title, people, identifiers, series, and accessibility."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from octavo.manuscript.syntax.descriptions import CLASS
from octavo.markup import walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.model import Contributor, Element, Metadata

Attributes = tuple[tuple[str, str], ...]

RELATORS = {
    "author": "aut",
    "editor": "edt",
    "translator": "trl",
    "illustrator": "ill",
    "photographer": "pht",
    "foreword": "wfw",
    "introduction": "win",
    "afterword": "waw",
    "designer": "bkd",
    "narrator": "nrt",
    "contributor": "ctb",
}
"""MARC relator codes by our roles (Library of Congress, MARC Code List for Relators)."""

_FAMILY_FIRST = frozenset({"zh", "ja", "ko", "hu", "vi"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of the package's metadata."""

    name: str
    """The name of a Dublin Core element, or ``meta``."""
    text: str
    attributes: Attributes = ()


def identifier(metadata: Metadata) -> str:
    """Return the book's own identifier.

    One that book.yaml lacks is derived from title and people: stable, but it would change with
    them, which is why it belongs in book.yaml.
    """
    names = "\n".join(person.name for person in metadata.contributors)
    fallback = uuid5(NAMESPACE_URL, f"{metadata.title}\n{metadata.subtitle}\n{names}")
    return metadata.identifier or fallback.urn


def statements(metadata: Metadata, isbn: str, leaves: tuple[Element, ...]) -> Iterator[Statement]:
    """Yield all that a catalogue and a reader with a disability want to know beforehand."""
    yield Statement("identifier", identifier(metadata), (("id", "id"),))
    if isbn:
        yield Statement("identifier", f"urn:isbn:{isbn.replace('-', '').replace(' ', '')}")
    yield from _titles(metadata)
    yield Statement("language", metadata.language)
    yield from _people(metadata)
    if metadata.date:
        yield Statement("date", metadata.date.isoformat())
    for name in ("publisher", "rights", "description"):
        if text := getattr(metadata, name):
            yield Statement(name, text)
    for subject in dict.fromkeys((*metadata.subjects, *metadata.keywords)):
        yield Statement("subject", subject)
    yield from _series(metadata)
    # Kept for shops and readers that know EPUB 2 only.
    yield Statement("meta", "", (("name", "cover"), ("content", "cover-image")))
    yield from _accessibility(leaves)


def filed(person: Contributor, language: str) -> str:
    """Return a person's name as a catalogue files it: ``Garcia, Natalie``."""
    given, _, family = person.name.rpartition(" ")
    if person.sort or not given or language.split("-", maxsplit=1)[0].lower() in _FAMILY_FIRST:
        return person.sort or person.name
    return f"{family}, {given}"


def _refined(target: str, name: str, text: str, *more: tuple[str, str]) -> Statement:
    return Statement("meta", text, (("refines", f"#{target}"), ("property", name), *more))


def _titles(metadata: Metadata) -> Iterator[Statement]:
    yield Statement("title", metadata.title, (("id", "title"),))
    yield _refined("title", "title-type", "main")
    if metadata.subtitle:
        yield Statement("title", metadata.subtitle, (("id", "subtitle"),))
        yield _refined("subtitle", "title-type", "subtitle")


def _people(metadata: Metadata) -> Iterator[Statement]:
    roles = {person.role for person in metadata.contributors}
    # A book that nobody wrote alone is its editor's.
    creator = "author" if "author" in roles else "editor"
    for number, person in enumerate(metadata.contributors, 1):
        id_ = f"person-{number}"
        element = "creator" if person.role == creator else "contributor"
        code = RELATORS.get(person.role, RELATORS["contributor"])
        yield Statement(element, person.name, (("id", id_),))
        yield _refined(id_, "role", code, ("scheme", "marc:relators"))
        yield _refined(id_, "file-as", filed(person, metadata.language))
        yield _refined(id_, "display-seq", str(number))


def _series(metadata: Metadata) -> Iterator[Statement]:
    if metadata.series is None:
        return
    attributes = (("property", "belongs-to-collection"), ("id", "series"))
    yield Statement("meta", metadata.series.name, attributes)
    yield _refined("series", "collection-type", "series")
    if metadata.series.number:
        yield _refined("series", "group-position", metadata.series.number)


def _accessibility(leaves: tuple[Element, ...]) -> Iterator[Statement]:
    # EPUB Accessibility 1.1, section 2.  Only what the press itself can know is said, and no
    # conformance is claimed: that takes a person's judgement.
    pictures = [element for element in walk(*leaves) if _is_picture(element)]
    described = all(map(_is_described, pictures))
    features = ["tableOfContents", "readingOrder", "structuralNavigation"]
    if pictures and described:
        features.append("alternativeText")
    if any(element.tag == "details" and CLASS in element.classes for element in walk(*leaves)):
        features.append("longDescription")
    yield _schema("accessMode", "textual")
    if pictures:
        yield _schema("accessMode", "visual")
    if described:
        yield _schema("accessModeSufficient", "textual")
    for feature in features:
        yield _schema("accessibilityFeature", feature)
    yield _schema("accessibilityHazard", "none")
    attributes = (("property", "schema:accessibilitySummary"), (_LANG, "en"))
    yield Statement("meta", _summary(pictures=bool(pictures), described=described), attributes)


def _schema(name: str, text: str) -> Statement:
    return Statement("meta", text, (("property", f"schema:{name}"),))


def _is_picture(element: Element) -> bool:
    return element.tag in {"img", "svg"}


def _is_described(picture: Element) -> bool:
    # Empty where the author says that a picture only adorns.
    attributes = dict(picture.attributes)
    decorative = attributes.get("role") in {"presentation", "none"}
    return decorative or bool(attributes.get("alt") or attributes.get("aria-label"))


def _summary(*, pictures: bool, described: bool) -> str:
    first = (
        "The text can be read aloud, enlarged and restyled; it has a table of contents, headings"
        " and a reading order."
    )
    if not pictures:
        return f"{first} There are no pictures."
    second = "All pictures are described." if described else "Some pictures are not described."
    return f"{first} {second}"
