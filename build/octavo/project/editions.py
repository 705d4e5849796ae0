"""The files to be made of a book."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from octavo.diagnostics import Location, Report, error, warning
from octavo.model import Edition, Medium
from octavo.project.kinds import isbn_digits

if TYPE_CHECKING:
    from octavo.project.shape import EditionShape
    from octavo.project.yamltext import Path

USUAL = (Edition("ebook", Medium.EPUB), Edition("paperback", Medium.PDF))
"""What is made when book.yaml names no edition."""
PRINT_ONLY = ("trim", "paper")


def editions_of(
    shapes: Mapping[str, EditionShape], place: Callable[[Path], Location], report: Report
) -> tuple[Edition, ...]:
    """Return the editions in the order of book.yaml, or the usual two."""
    if not shapes:
        return tuple(replace(edition, location=place(())) for edition in USUAL)
    _refuse_shared_isbns(shapes.items(), place, report)
    return tuple(_edition(name, shape, place, report) for name, shape in shapes.items())


def _edition(
    name: str, shape: EditionShape, place: Callable[[Path], Location], report: Report
) -> Edition:
    path: Path = ("editions", name)
    medium = Medium(shape.format)
    if medium is Medium.EPUB:
        _warn_of_print_only(shape, path, place, report)
    edition = Edition(name, medium, shape.isbn, location=place(path))
    return replace(
        edition,
        trim=shape.trim or edition.trim,
        paper=cast("Literal['cream', 'white']", shape.paper or edition.paper),
    )


def _warn_of_print_only(
    shape: EditionShape, path: Path, place: Callable[[Path], Location], report: Report
) -> None:
    for key in PRINT_ONLY:
        if getattr(shape, key) is not None:
            message = f"“{key}” says nothing about an EPUB, which has no pages of its own"
            hint = "remove it, or move it to an edition with format: pdf"
            report(warning("print-only", message, place((*path, key)), hint))


def _refuse_shared_isbns(
    shapes: Iterable[tuple[str, EditionShape]],
    place: Callable[[Path], Location],
    report: Report,
) -> None:
    """Report an ISBN given to two editions; each needs its own (ISBN Users' Manual, 7th ed.)."""
    owners: dict[str, str] = {}
    for name, shape in shapes:
        owner = owners.setdefault(isbn_digits(shape.isbn), name)
        if shape.isbn and owner != name:
            message = f"“{name}” has the same ISBN as “{owner}”"
            hint = "every edition needs an ISBN of its own; leave it out until you have one"
            report(error("shared-isbn", message, place(("editions", name, "isbn")), hint))
