"""Room 1: everything the author wrote, read once.

Markdown files become trees with lines, images are measured, references are listed.  Nothing
outside the manuscript's folder is opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo.diagnostics import Location, error, warning
from octavo.manuscript import (
    formulas,
    glossary,
    header,
    references,
    spreadsheets,
    syntax,
    terms,
)
from octavo.manuscript.folder import Folder
from octavo.manuscript.pictures import PictureError, name_of, picture
from octavo.manuscript.syntax.punctuation import quotation_marks
from octavo.manuscript.syntax.terms import is_term
from octavo.markup import walk
from octavo.model import Element, Epigraph, Image, Manuscript, Source
from octavo.pandoc import NOTHING_KEPT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Citing, Glossary, Indexing, Project, Reference, Term
    from octavo.store import Store

__all__ = ["is_term", "name_of", "quotation_marks", "read"]

STYLE = ".csl"
"""How the names of citation styles end."""
_REMOTE = ("http:", "https:", "ftp:", "data:", "//", "file:")


def read(project: Project, report: Report, store: Store = NOTHING_KEPT) -> Manuscript:
    """Read everything that a project names.

    1. every file of ``contents``, the copyright note and the terms of the glossary are read:
       header and text apart;
    2. every formula is converted to MathML;
    3. every image that the text shows, and the cover, is read and measured;
    4. every references file is read, and its items listed by key; the book's own style is, and its
       list of terms.

    What cannot be read is reported and left out; the rest is still read.
    """
    folder = Folder.of(project)
    sources = formulas.converted(_sources(project, folder, report), report, store)
    return Manuscript(
        project=project,
        sources=sources,
        images=_images(project, sources, folder, report),
        references=_references(project, folder, report, store),
        style=_style(project.citing, folder, report),
        terms=_terms(project.indexing, folder, report),
    )


def _style(citing: Citing, folder: Folder, report: Report) -> str:
    """Return the text of the book's own citation style; a name leads to one of the press's."""
    if not citing.style.lower().endswith(STYLE):
        return ""
    return folder.text(citing.style, "citation style", citing.location, report) or ""


def _terms(indexing: Indexing, folder: Folder, report: Report) -> tuple[Term, ...]:
    """Return the terms that lie beside the text for its indexes."""
    if not indexing.terms:
        return ()
    text = folder.text(indexing.terms, "list of terms", indexing.location, report)
    file = folder.location(indexing.terms).file
    return () if text is None else terms.read(text, file, report)


def _sources(project: Project, folder: Folder, report: Report) -> tuple[Source, ...]:
    asked: dict[str, Location] = {}
    for entry in project.contents:
        if not entry.generated:
            asked.setdefault(entry.name, entry.location)
    if project.copyright_note:
        asked.setdefault(project.copyright_note, project.book_file)
    house = syntax.House(project.metadata.language, cites=bool(project.references))
    found = [_source(name, place, folder, house, report) for name, place in asked.items()]
    if project.glossary.file:
        found.append(_glossary(project.glossary, folder, house, report))
    return tuple(source for source in found if source is not None)


def _glossary(
    named: Glossary, folder: Folder, house: syntax.House, report: Report
) -> Source | None:
    """Return the file of the terms of a glossary, as a definition list."""
    if not named.file.lower().endswith(glossary.YAML):
        source = _source(named.file, named.location, folder, house, report)
        if source:
            glossary.check_lists(source, report)
        return source
    text = folder.text(named.file, "file", named.location, report)
    file = folder.location(named.file).file
    return glossary.from_yaml(named.file, text, file, house, report) if text else None


def _source(
    name: str, place: Location, folder: Folder, house: syntax.House, report: Report
) -> Source | None:
    text = folder.text(name, "file", place, report)
    if text is None:
        return None
    file = folder.location(name).file
    opening = header.split(text, file, report)
    parsed = syntax.parse(opening.text, opening.first_line, file, house, report)
    if not parsed.body and not opening.header.title:
        hint = "write its text, or take it out of “contents”"
        report(error("empty-section", f"“{name}” holds no text", Location(file), hint))
    epigraph = _epigraph(opening.header.epigraph, file, house, report)
    source = Source(
        name, file, opening.header, parsed.body, epigraph, parsed.notes, parsed.abbreviations
    )

    def opened(named: str, asked_from: Location) -> tuple[str, str] | None:
        text = folder.text(named, "table", asked_from, report)
        return None if text is None else (text, folder.location(named).file)

    return spreadsheets.with_tables(source, house.language, opened, report)


def _epigraph(
    epigraph: Epigraph | None, file: str, house: syntax.House, report: Report
) -> tuple[Element, ...]:
    if epigraph is None:
        return ()
    text = syntax.parse(epigraph.text, epigraph.line, file, house, report).body
    if not epigraph.source:
        return text
    source = syntax.parse(epigraph.source, epigraph.line, file, house, report).body
    marked = (Element("p", (("class", "source"),), block.children, block.line) for block in source)
    return (*text, *marked)


@dataclass(frozen=True, slots=True)
class _Shown:
    """An image as some place asks for it."""

    name: str
    written: str
    location: Location


def _images(
    project: Project, sources: Iterable[Source], folder: Folder, report: Report
) -> Mapping[str, Image]:
    wanted = [*_shown(sources, report)]
    if project.cover:
        wanted.append(_Shown(project.cover, project.cover, project.book_file))
    images: dict[str, Image] = {}
    refused: dict[str, PictureError] = {}
    for shown in wanted:
        if shown.name in images:
            continue
        if shown.name in refused:
            report(refused[shown.name].at(shown.location))
            continue
        content = folder.read(shown.name, "image", shown.location, report, "missing-image")
        if content is None:
            continue
        try:
            images[shown.name] = picture(shown.name, content)
        except PictureError as problem:
            refused[shown.name] = problem
            report(problem.at(shown.location))
    return dict(sorted(images.items()))


def _shown(sources: Iterable[Source], report: Report) -> Iterator[_Shown]:
    """Yield the images of the text, and tell of those without a description."""
    for source in sources:
        notes = (block for note in source.notes for block in note.content)
        for element in walk(*source.body, *source.epigraph, *notes):
            if element.tag != "img":
                continue
            location = Location(source.file, element.line)
            written = element.get("src")
            if not _described(element):
                report(_undescribed(written, location))
            if written.lower().startswith(_REMOTE):
                report(_remote(written, location))
            elif written:
                yield _Shown(name_of(source.name, written), written, location)
            else:
                report(error("missing-image", "an image names no file", location))


def _described(image: Element) -> bool:
    decorative = image.get("role") in {"presentation", "none"} or "decorative" in image.classes
    return bool(image.get("alt").strip()) or decorative


def _undescribed(name: str, location: Location) -> Diagnostic:
    return warning(
        "missing-alt",
        f"the image “{name}” has no description for readers who cannot see it",
        location,
        f"write what it shows: ![…]({name}), or mark an ornament with {{.decorative}}",
    )


def _remote(name: str, location: Location) -> Diagnostic:
    message = f"the image “{name}” lies on the net, and a book must hold its own"
    hint = "save the picture into the folder of book.yaml, and name that file"
    return error("remote-image", message, location, hint)


def _references(
    project: Project, folder: Folder, report: Report, store: Store
) -> Mapping[str, Reference]:
    files = _reference_files(project, folder, report)
    return references.read(files, report, store, project.metadata.date)


def _reference_files(project: Project, folder: Folder, report: Report) -> Iterator[references.File]:
    for name in project.references:
        if not references.is_known(name):
            message = f"the references file “{name}” is not of a kind that is read"
            hint = "export it from your reference manager as CSL JSON, CSL YAML or BibTeX"
            report(error("references-format", message, project.book_file, hint))
            continue
        text = folder.text(name, "references file", project.book_file, report)
        if text is not None:
            yield references.File(folder.location(name).file, text)
