"""Bind typeset sections and furniture into one PDF: order, position, links, fonts, catalogue.

Everything a reader's software shows beside the pages is made here; what stands on them is not
touched, only moved: a verso is a recto shifted by the difference of the side margins.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

from octavo.diagnostics import Report, error
from octavo.press.pdf.catalogue import catalogue
from octavo.press.pdf.embedding import embed, share
from octavo.press.pdf.marks import SECTION
from octavo.press.pdf.placing import Placing, is_across
from octavo.press.pdf.typeset import LINK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pikepdf import Object

    from octavo.diagnostics import Diagnostic
    from octavo.model import Rendition, Section
    from octavo.press.fonts import Face
    from octavo.press.pdf.evidence import Layout
    from octavo.press.pdf.furniture import Strip
    from octavo.press.pdf.geometry import Geometry
    from octavo.press.pdf.paginate import Plan
    from octavo.press.pdf.typeset import Typeset

_FURNITURE = "/Furniture"
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC /Furniture Do EMC\n"


@dataclass(frozen=True, slots=True)
class Sheets:
    """All that a book is bound from."""

    rendition: Rendition
    plan: Plan
    sections: tuple[Typeset, ...]
    strips: tuple[Strip, ...]
    furniture: Layout | None
    """The strips as pages, in their order; None where there are none."""
    geometry: Geometry
    faces: tuple[Face, ...]


def assemble(sheets: Sheets, report: Report) -> bytes:
    """Bind the book; the same sheets make the same bytes."""
    pdf = Pdf.new()
    uses = [use for section in sheets.sections for use in section.fonts]
    uses.extend(sheets.furniture.fonts if sheets.furniture else ())
    embedded = embed(pdf, uses, sheets.faces)
    opened = [_opened(section.pdf) for section in sheets.sections]  # until the book is written
    across = _place_pages(pdf, sheets, opened, embedded)
    placing = Placing(sheets.geometry.width, sheets.geometry.verso_shift, across)
    _dress_pages(pdf, sheets, _furniture(pdf, sheets, embedded), placing)
    anchors = _anchors(sheets, placing)
    linked = _mend_links(pdf, sheets, anchors, placing, report)
    catalogue(pdf, sheets.rendition, sheets.plan, _destinations(pdf, anchors, linked))
    out = BytesIO()
    pdf.save(
        out,
        force_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
    )
    return out.getvalue()


def _opened(pdf: bytes) -> Pdf:
    return Pdf.open(BytesIO(pdf))


# --- Pages --------------------------------------------------------------------------------------


def _place_pages(
    pdf: Pdf, sheets: Sheets, opened: Sequence[Pdf], embedded: Mapping[str, Object]
) -> frozenset[int]:
    """Put the pages in their order; return those that are set across."""
    across: set[int] = set()
    size = (sheets.geometry.width, sheets.geometry.height)
    box = Array([0, 0, *size])
    for page in sheets.plan.pages:
        if page.section < 0:
            pdf.add_blank_page(page_size=size)
        else:
            pdf.pages.append(opened[page.section].pages[page.number])
        placed = pdf.pages[-1].obj
        if is_across(placed.MediaBox, sheets.geometry):
            across.add(len(pdf.pages) - 1)
        placed.MediaBox = placed.TrimBox = box
        if "/BleedBox" in placed:
            del placed.BleedBox
    for start, section in zip(sheets.plan.starts, sheets.sections, strict=True):
        share(pdf.pages[start].obj.Resources.Font, section.fonts, embedded)
    return frozenset(across)


def _furniture(pdf: Pdf, sheets: Sheets, embedded: Mapping[str, Object]) -> dict[int, Object]:
    """Return the furniture of each page that has any, as an object to be shown on it."""
    if sheets.furniture is None:
        return {}
    source = _opened(sheets.furniture.pdf)
    forms = {}
    for strip, page in zip(sheets.strips, source.pages, strict=True):
        form = pdf.copy_foreign(page.as_form_xobject())
        share(form.Resources.Font, sheets.furniture.fonts, embedded)
        forms[strip.page] = form
    return forms


def _dress_pages(
    pdf: Pdf, sheets: Sheets, furniture: Mapping[int, Object], placing: Placing
) -> None:
    """Put each page's text where its side wants it, and its furniture under it."""
    names = [leaf.section.id for leaf in sheets.rendition.leaves]
    shown, after = Stream(pdf, _ARTIFACT), Stream(pdf, b"\nQ EMC")
    for at, page in enumerate(pdf.pages):
        resources = Dictionary(dict(page.obj.get("/Resources", Dictionary()).items()))
        contents: list[Object] = [shown] if at in furniture else []
        if at in furniture:
            images = dict(resources.get("/XObject", Dictionary()).items())
            resources.XObject = Dictionary(images | {_FURNITURE: furniture[at]})
        if (section := sheets.plan.pages[at].section) >= 0:
            contents += [
                _begun(pdf, names[section], placing.operator(at)),
                page.obj.Contents,
                after,
            ]
        page.obj.Contents = Array(contents)
        page.obj.Resources = resources


def _begun(pdf: Pdf, section: str, operator: bytes) -> Object:
    """Return what puts a section's text in its place on a page, and says whose it is."""
    mark = b"/%b %b BDC\n" % (SECTION.encode(), Dictionary(S=String(section)).unparse())
    return Stream(pdf, mark + b"q" + operator)


# --- Links --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the book: page from 0, and points from the lower left."""

    page: int
    x: float
    y: float


def _anchors(sheets: Sheets, placing: Placing) -> dict[str, _Place]:
    anchors: dict[str, _Place] = {}
    for start, section in zip(sheets.plan.starts, sheets.sections, strict=True):
        for anchor in section.anchors:
            page = start + anchor.page
            x, y = placing.point(page, anchor.x, anchor.y)
            anchors.setdefault(anchor.id, _Place(page, round(x, 2), round(y, 2)))
    return anchors


def _mend_links(
    pdf: Pdf, sheets: Sheets, anchors: Mapping[str, _Place], placing: Placing, report: Report
) -> set[str]:
    """Make the links inside the book go to named places; return the names."""
    linked = set()
    for page in pdf.pages:
        _drop_repeats(page.obj)
    for at, note in _annotations(pdf):
        if at % 2 or at in placing.across:
            note.Rect = Array(placing.rectangle(at, [float(edge) for edge in note.Rect]))
        address = str(note.A.URI)
        if not address.startswith(LINK):
            continue
        name = unquote(address.removeprefix(LINK))
        if name not in anchors:
            section = sheets.rendition.leaves[sheets.plan.pages[at].section].section
            report(_leads_nowhere(name, section))
        linked.add(name)
        note.Dest = String(name)
        del note.A
    return linked & anchors.keys()


def _drop_repeats(page: Object) -> None:
    """Keep one annotation of a link: WeasyPrint makes one more for each element inside it."""
    kept: list[tuple[str, list[float]]] = []
    notes = Array()
    for note in page.get("/Annots", Array()):
        address, edges = str(note.A.URI), [float(edge) for edge in note.Rect]
        if not any(address == other and _inside(edges, around) for other, around in kept):
            kept.append((address, edges))
            notes.append(note)
    if kept:
        page.Annots = notes


def _inside(inner: list[float], outer: list[float], slack: float = 0.5) -> bool:
    left, bottom, right, top = (a - b for a, b in zip(inner, outer, strict=True))
    return left >= -slack and bottom >= -slack and right <= slack and top <= slack


def _annotations(pdf: Pdf) -> Iterator[tuple[int, Object]]:
    for at, page in enumerate(pdf.pages):
        for note in page.obj.get("/Annots", Array()):
            yield at, note


def _leads_nowhere(name: str, section: Section) -> Diagnostic:
    return error(
        "link-leads-nowhere",
        f"a link in “{section.title_text or section.id}” leads to “{name}”,"
        " which is not in the printed book",
        section.location,
        "give the place that name, or take the link away",
    )


def _destinations(pdf: Pdf, anchors: Mapping[str, _Place], linked: set[str]) -> dict[str, Object]:
    return {
        name: Array([pdf.pages[at.page].obj, Name.XYZ, at.x, at.y, 0])
        for name, at in ((name, anchors[name]) for name in sorted(linked))
    }
