"""book.yaml → :class:`~octavo.model.Project`: where everything is, checked and typed.

In comes a folder; out come a project and every mistake in its book.yaml at once:

1. ``folder`` finds book.yaml and lists the files beside it,
2. ``yamltext`` reads it into plain values, each with its line,
3. ``shape`` says which keys there are, ``kinds`` what text they take, ``complaints`` what is wrong,
4. ``contents`` puts the book in order, ``leftovers`` tells what is not in it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from octavo.diagnostics import Diagnostic, Location, Report, did_you_mean, error
from octavo.model import (
    Citing,
    Contributor,
    Glossary,
    Group,
    Indexing,
    Labels,
    Metadata,
    Noting,
    Numbers,
    Project,
    Series,
)
from octavo.project.complaints import checked
from octavo.project.contents import contents_of
from octavo.project.editions import editions_of
from octavo.project.folder import BOOK_FILE, MARKDOWN, Folder, find_folder, locate, missing
from octavo.project.identifier import with_identifier
from octavo.project.leftovers import check_whole
from octavo.project.schema import json_schema
from octavo.project.shape import ContentsShape
from octavo.project.words import BIBTEX_TYPES, CONTRIBUTOR_ROLES, NO_LABEL
from octavo.project.yamltext import LONGEST, TOO_LONG, Text, read_text
from octavo.project.yamltext import Path as Keys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octavo.project.apparatus import CitationsShape, IndexShape, LabelsShape
    from octavo.project.shape import BookShape

__all__ = ["BOOK_FILE", "CONTRIBUTOR_ROLES", "json_schema", "load", "with_identifier"]

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".svg", ".gif", ".webp"})
"""What a cover may be: the core media types of EPUB 3.3 for pictures."""
SOURCES = frozenset({".json", ".yaml", ".yml", ".bib"})
"""What references may be: CSL as JSON or YAML, BibTeX and BibLaTeX."""
GLOSSARIES = frozenset({".yaml", ".yml"}) | MARKDOWN
"""What the terms of a glossary may stand in."""
CSL = ".csl"
TERMS = frozenset({".yaml", ".yml"})
"""What a list of terms may be."""
NOTES = "notes"
"""The page of a book's notes."""


def load(folder: Path, report: Report) -> Project | None:
    """Read the book.yaml of a folder; None if nothing can be made of it."""
    found = find_folder(folder, report)
    text = _text(found, report) if found else None
    if found is None or text is None:
        return None
    listed = {line for path, line in text.lines.items() if path[:1] == ("contents",)}
    findings: list[Diagnostic] = []
    shape, text = checked(text, found.book_file, findings.append)
    project = _project(shape, found, text, findings.append)
    if not any(finding.location.line in listed for finding in findings):
        # After a fault in contents, files that it means to name would be called forgotten.
        named = frozenset({project.copyright_note, project.glossary.file})
        check_whole(project.contents, named, found, findings.append)
    for finding in findings:
        report(finding)
    return project


def _text(folder: Folder, report: Report) -> Text | None:
    file, path = folder.book_file, folder.path / BOOK_FILE
    try:
        if path.stat().st_size > 4 * LONGEST:  # bytes of its longest letters
            report(error("bad-yaml", TOO_LONG, Location(file), "is it the right file?"))
            return None
        text = path.read_bytes().decode()
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        hint = "open it in a text editor and save it again as UTF-8"
        report(error("not-utf8", "this file is not UTF-8 text", Location(file, line), hint))
        return None
    except OSError:
        hint = "allow your own account to read it"
        report(error("no-book-yaml", "this file may not be read", Location(file), hint))
        return None
    return read_text(text, file, report)


def _project(shape: BookShape, folder: Folder, text: Text, report: Report) -> Project:
    book_file = folder.book_file

    def place(path: Keys) -> Location:
        return Location(book_file, text.line(path))

    def file(path: Keys, written: str, kinds: frozenset[str]) -> str:
        return _file(folder, written, place(path), report, kinds) if written else ""

    names = (
        file(("references", number), name, SOURCES) for number, name in enumerate(shape.references)
    )
    citing, style_at = _citing(shape.citations), ("citations", "style")
    terms_at = ("index", "terms")
    glossary_at = ("glossary", "file")
    own = citing.style.lower().endswith(CSL)
    style = file(style_at, citing.style, frozenset({CSL})) if own else ""
    return Project(
        root=folder.root,
        folder=folder.path,
        templates=folder.templates,
        metadata=_metadata(shape),
        contents=contents_of(shape, folder, place, report),
        editions=editions_of(shape.editions, place, report),
        references=tuple(name for name in names if name),
        citing=replace(citing, style=style if own else citing.style, location=place(style_at)),
        noting=replace(_noting(shape), location=place(("notes", "place"))),
        indexing=_indexing(shape.index, file(terms_at, shape.index.terms, TERMS), place(terms_at)),
        glossary=Glossary(
            file(glossary_at, shape.glossary.file, GLOSSARIES),
            shape.glossary.pages,
            place(glossary_at),
        ),
        cover=file(("cover",), shape.cover, PICTURES),
        labels=_labels(shape.labels),
        numbers=Numbers(shape.numbers.within, shape.numbers.sections),
        copyright_note=file(("copyright-note",), shape.copyright_note, MARKDOWN),
    )


def _file(
    folder: Folder, written: str, place: Location, report: Report, kinds: frozenset[str]
) -> str:
    """Return a file of one of the kinds, or nothing after telling what is wrong with it."""
    suffix = PurePosixPath(written).suffix.lower()
    if suffix in kinds:
        name = locate(folder, written, place, report)
        return name if name and not missing(folder, name, place, report, kinds) else ""
    known = [name for name in folder.files if PurePosixPath(name).suffix.lower() in kinds]
    usual = f"its name should end in {', '.join(sorted(kinds))}"
    hint = did_you_mean(written, known) or usual
    report(error("wrong-file", f"“{written}” is not a file of the right kind", place, hint))
    return ""


def _types(written: Iterable[str]) -> frozenset[str]:
    """Return types of sources as CSL calls them."""
    return frozenset(name for each in written for name in BIBTEX_TYPES.get(each, (each,)))


def _citing(shape: CitationsShape) -> Citing:
    groups = (
        Group(group.title, _types(group.types), frozenset(group.keywords)) for group in shape.groups
    )
    return Citing(
        style=shape.style,
        bibliography=shape.bibliography,
        uncited=shape.uncited,
        full_again=shape.full_again,
        groups=tuple(groups),
    )


def _indexing(shape: IndexShape, terms: str, place: Location) -> Indexing:
    return Indexing(terms, shape.sort, shape.ranges, tuple(shape.others.items()), place)


def _noting(shape: BookShape) -> Noting:
    """Return where notes stand: in the page for them, if contents name it and nothing else is said.

    The usual pages of a book, which it has without being asked, say nothing of its notes.
    """
    contents, notes = shape.contents, shape.notes
    if isinstance(contents, ContentsShape):
        names: tuple[object, ...] = (*contents.front, *contents.body, *contents.back)
    else:
        names = contents or ()
    return Noting(notes.place or ("book" if NOTES in names else "page"), notes.numbers)


def _labels(shape: LabelsShape) -> Labels:
    words: dict[str, str | None] = shape.model_dump()
    without = frozenset(name for name, word in words.items() if (word or "").lower() == NO_LABEL)
    given = {name: word for name, word in words.items() if word is not None and name not in without}
    divisions = {name: given.pop(name, None) for name in ("part", "chapter", "appendix")}
    return Labels(**divisions, unnumbered=without, series=given)


def _metadata(shape: BookShape) -> Metadata:
    series = shape.series
    return Metadata(
        title=shape.title,
        subtitle=shape.subtitle,
        contributors=tuple(
            Contributor(person.name, person.role, person.sort) for person in shape.contributors
        ),
        language=shape.language,
        date=shape.date,
        rights=shape.rights,
        publisher=shape.publisher,
        place=shape.place,
        identifier=shape.identifier,
        subjects=shape.subjects,
        description=shape.description,
        keywords=shape.keywords,
        series=Series(series.name, series.number) if series else None,
        edition=shape.edition,
        version=shape.version,
        printing=shape.printing,
    )
