"""What a source of each type must say of itself, so that a style can print it.

The table follows the required fields of BibLaTeX (manual 3.20, 2.1) and asks for what the usual
styles print besides; a row holds alternatives, of which one is enough.  Types that are not listed
need a title alone.  Whatever a reader finds a source by without it, such as the author of a
dictionary or of a web page, is not asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from octavo.project.words import SOURCE_TYPES

Row = tuple[str, ...]
TYPES = frozenset(SOURCE_TYPES)

TITLE = ("title", "title-short", "reviewed-title")
MAKER = (
    "author", "editor", "translator", "collection-editor", "container-author", "composer",
    "director", "compiler", "editorial-director", "illustrator", "organizer",
)  # fmt: skip
DATE = ("issued", "status", "original-date")
WHOLE = ("container-title", "collection-title", "event-title", "event")
PUBLISHER = ("publisher", "original-publisher")
SITE = ("URL", "DOI")
MADE = (TITLE, MAKER, DATE)

NEEDS: Mapping[str, tuple[Row, ...]] = {
    "article": (*MADE, (*SITE, *PUBLISHER, *WHOLE, "archive", "number")),
    "article-journal": (*MADE, WHOLE),
    "article-magazine": (TITLE, DATE, WHOLE),
    "article-newspaper": (TITLE, DATE, WHOLE),
    "book": (TITLE, MAKER, DATE, (*PUBLISHER, *SITE)),
    "chapter": (*MADE, WHOLE, (*PUBLISHER, *SITE)),
    "dataset": (TITLE, DATE, (*PUBLISHER, *SITE)),
    "entry": (TITLE, (*WHOLE, *SITE)),
    "entry-dictionary": (TITLE, (*WHOLE, *SITE)),
    "entry-encyclopedia": (TITLE, (*WHOLE, *SITE)),
    "manuscript": (TITLE, (*MAKER, "archive")),
    "paper-conference": (*MADE, (*WHOLE, *PUBLISHER, *SITE)),
    "patent": (TITLE, DATE, ("number",)),
    "post": (("title", "author"), SITE),
    "post-weblog": (TITLE, SITE),
    "report": (TITLE, (*MAKER, *PUBLISHER), DATE, (*PUBLISHER, *SITE, "number")),
    "review": ((*TITLE, "author"), DATE, WHOLE),
    "review-book": ((*TITLE, "author"), DATE, WHOLE),
    "thesis": (*MADE, (*PUBLISHER, *SITE)),
    "webpage": (TITLE, SITE),
    "interview": ((*TITLE, "author", "interviewer"),),
    "personal_communication": ((*TITLE, "author", "recipient"),),
    "legal_case": ((*TITLE, "number"),),
    "legislation": ((*TITLE, "number", "references"),),
    "bill": ((*TITLE, "number"),),
    "hearing": ((*TITLE, "number"),),
}
CALLED = {
    TITLE[0]: "title",
    MAKER[0]: "author or editor",
    DATE[0]: "date",
    "container-title": "title of the journal or book that it stands in",
    "publisher": "publisher or institution",
    "URL": "web address",
    "number": "number",
}
"""What to call the first of a row's alternatives."""
CHANGED = {("article", "URL"): "journal, publisher or web address"}
"""What to call it in a row that means more than that."""
NEVER_PUBLISHED = 1900
"""The year before which catalogues and styles do without the publisher (Chicago 18, 14.40)."""


def missing(item: Mapping[str, object], year: int | None) -> Iterator[str]:
    """Yield what a source lacks, in words."""
    kind = str(item.get("type", ""))
    for row in NEEDS.get(kind, ((*TITLE, "container-title", "genre", "note"),)):
        if any(_says(item.get(name)) for name in row):
            continue
        if row[0] in {*PUBLISHER} and year is not None and year < NEVER_PUBLISHED:
            continue
        yield CHANGED.get((kind, row[0]), CALLED[row[0]])


def _says(value: object) -> bool:
    """Tell whether a field says anything: a number does, zero included."""
    return bool(value) if not isinstance(value, int | float) else True
