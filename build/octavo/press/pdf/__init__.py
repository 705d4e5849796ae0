"""Make the print PDF: a rendition comes in, one finished file goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from octavo.book.count import words_in
from octavo.bounds import Stop
from octavo.diagnostics import Diagnostic
from octavo.markup import walk
from octavo.model import Artifact
from octavo.press.pdf.compositors import BOUNDS, Bounds, Compositors, compositors
from octavo.press.pdf.findings import OF_SHEETS
from octavo.press.pdf.furniture import SHEET, Around, findings_of, strips
from octavo.press.pdf.geometry import geometry_of
from octavo.press.pdf.paginate import Settled, settle
from octavo.press.pdf.typeset import Job, Typeset, filled
from octavo.rendition.direction import direction

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from octavo.diagnostics import Report
    from octavo.model import Leaf, Rendition
    from octavo.press.fonts import Face
    from octavo.press.pdf.evidence import Layout
    from octavo.press.pdf.furniture import Strip
    from octavo.press.pdf.geometry import Geometry

    Progress = Callable[[str, int, int], None]
    """Told of each step by its name, what is done, and of how much."""

__all__ = ["bind"]


def bind(
    rendition: Rendition,
    faces: tuple[Face, ...],
    report: Report,
    progress: Progress,
    bounds: Bounds = BOUNDS,
) -> Artifact:
    """Make the PDF of a rendition.

    1. *Geometry*: the trim says where the text stands.
    2. *Typeset*: every leaf becomes pages, each set as a recto, without furniture.
    3. *Paginate*: page counts say where sections begin; leaves that print folios are set again
       until every folio is right.
    4. *Furniture*: running heads and folios are set as one document.
    5. *Assemble*: pages in order, versos shifted, links, outline and labels, each face once.

    What is wrong is reported; the file is worth keeping only if nothing of it is an error.
    """
    book = rendition.book
    geometry = geometry_of(book.edition.trim, direction(book.metadata.language))
    with compositors(faces, rendition.leaves, bounds) as crew:
        # Imported while the compositors are starting.
        from octavo.press.pdf.assemble import Sheets, assemble  # noqa: PLC0415

        settled = _settled(rendition, geometry, crew, report, progress)
        found = [finding for section in settled.sections for finding in section.findings]
        shown = strips(settled.plan, rendition.book)
        progress("furniture", 0, 1)
        around = _around(rendition, shown, geometry, crew, found) if shown else None
    _tell(found, report)
    progress("assemble", 0, 1)
    sheets = Sheets(rendition, settled.plan, settled.sections, shown, around, geometry, faces)
    return Artifact(
        edition=rendition.book.edition,
        data=assemble(sheets, report),
        words=words_in(rendition.book.sections),
        pages=len(settled.plan.pages),
    )


def _settled(
    rendition: Rendition,
    geometry: Geometry,
    crew: Compositors,
    report: Report,
    progress: Progress,
) -> Settled:
    """Typeset and paginate until every folio is right."""
    made: dict[str, Typeset] = {}
    given_up: dict[int, Typeset] = {}

    def set_sections(forms: Sequence[Mapping[str, str]]) -> list[Typeset]:
        pairs = zip(rendition.leaves, forms, strict=True)
        jobs = [_job(rendition, leaf, folios, crew.faces, geometry) for leaf, folios in pairs]
        keys = [job.key for job in jobs]
        new = [at for at, key in enumerate(keys) if key not in made and at not in given_up]
        coming = crew.set_sections([jobs[at] for at in new])
        for done, (which, section) in enumerate(coming, len(jobs) - len(new) + 1):
            at = new[which]
            if isinstance(section, Stop):
                given_up[at] = crew.set_empty(jobs[at], section)
            else:
                made[keys[at]] = section
            progress("typeset", done, len(jobs))
        return [given_up.get(at) or made[key] for at, key in enumerate(keys)]

    return settle(rendition.leaves, set_sections, report)


def _tell(findings: list[Diagnostic], report: Report) -> None:
    """Report what is wrong in the final pages, once."""
    told: set[tuple[str, object]] = set()
    for each in findings:
        # A stylesheet's fault is the same in every section, and a title's above every page.
        whole = each.location.file if not each.location.line else each.location
        place = each.code in OF_SHEETS or whole
        if (each.message, place) not in told:
            report(each)
        told |= {(each.message, place), (each.message, each.location.file)}


def _job(
    rendition: Rendition,
    leaf: Leaf,
    folios: Mapping[str, str],
    faces: tuple[str, ...],
    geometry: Geometry,
) -> Job:
    content = filled(leaf.content, folios)
    shown = {element.get("src") for element in walk(content) if element.tag == "img"}
    images = rendition.book.images
    return Job(
        content=content,
        language=rendition.book.metadata.language,
        stylesheets=tuple(sheet for sheet in rendition.stylesheets if sheet[0] != SHEET),
        geometry=geometry,
        faces=faces,
        images=tuple(images[name] for name in sorted(shown & images.keys())),
        location=leaf.section.location,
    )


def _around(
    rendition: Rendition,
    shown: tuple[Strip, ...],
    geometry: Geometry,
    crew: Compositors,
    found: list[Diagnostic],
) -> Layout | None:
    """Return the furniture as pages, or nothing if it cannot be used; add what is wrong with it."""
    stylesheet = "".join(text for name, text in rendition.stylesheets if name == SHEET)
    language = rendition.book.metadata.language
    made = crew.set_furniture(Around(shown, language, stylesheet, geometry))
    if isinstance(made, Diagnostic):
        found.append(made)
        return None
    found += findings_of(shown, rendition.book, made)
    return made if made.pages == len(shown) else None
