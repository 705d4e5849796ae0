"""Write what a PDF says of itself: title and authors, language, outline, page labels, names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pikepdf import Array, Dictionary, Name, OutlineItem, Stream, String

from octavo.book import titles
from octavo.markup import serialize
from octavo.matter import ROLES
from octavo.model import Element
from octavo.rendition.direction import direction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pikepdf import Object, Pdf

    from octavo.model import Leaf, Metadata, Rendition
    from octavo.press.pdf.paginate import Plan

_MAKER = "Octavo"


def catalogue(
    pdf: Pdf, rendition: Rendition, plan: Plan, destinations: Mapping[str, Object]
) -> None:
    """Fill in the document's catalogue and its two sets of metadata."""
    metadata = rendition.book.metadata
    root = pdf.Root
    root.Lang = String(metadata.language)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    if direction(metadata.language) == "rtl":
        root.ViewerPreferences.Direction = Name.R2L
    root.PageLayout = Name.TwoPageRight
    root.PageLabels = Dictionary(Nums=Array(_labels(plan)))
    root.Names = Dictionary(Dests=Dictionary(Names=Array(_names(destinations))))
    root.Metadata = Stream(pdf, _packet(metadata).encode(), Type=Name.Metadata, Subtype=Name.XML)
    for key, value in _information(metadata).items():
        pdf.docinfo[f"/{key}"] = String(value)
    with pdf.open_outline() as outline:
        outline.root.extend(_outline(rendition.leaves, plan, rendition.book.metadata.language))


def _labels(plan: Plan) -> Iterable[object]:
    if plan.body:
        yield from (0, Dictionary(S=Name("/r")))
    if plan.body < len(plan.pages):
        yield from (plan.body, Dictionary(S=Name("/D"), St=1))


def _names(destinations: Mapping[str, Object]) -> Iterable[object]:
    # A name tree is ordered by the bytes of its keys (ISO 32000-1, 7.9.6).
    encoded = sorted((bytes(String(name)), name) for name in destinations)
    for _, name in encoded:
        yield from (String(name), destinations[name])


# --- Outline ------------------------------------------------------------------------------------


def _outline(leaves: tuple[Leaf, ...], plan: Plan, language: str) -> list[OutlineItem]:
    """Return parts with their chapters, and whatever else the contents page could name."""
    roots: list[OutlineItem] = []
    parts: dict[str, OutlineItem] = {}
    for leaf, start in zip(leaves, plan.starts, strict=True):
        section = leaf.section
        if not ROLES[section.role].listed and section.role != "contents":
            continue
        item = OutlineItem(titles.labelled(section, leaf.title, language), start, "Fit")
        above = parts[section.part].children if section.part in parts else roots
        above.append(item)
        parts[section.id] = item
    return roots


# --- Metadata -----------------------------------------------------------------------------------


def authors(metadata: Metadata) -> tuple[str, ...]:
    """Return the names of the book's authors."""
    return tuple(person.name for person in metadata.contributors if person.role == "author")


def _information(metadata: Metadata) -> dict[str, str]:
    # Not `strftime`, which leaves out the zeros of an early year on some systems.
    day = f"D:{metadata.date.isoformat().replace('-', '')}000000Z" if metadata.date else ""
    every = {
        "Title": metadata.title,
        "Author": ", ".join(authors(metadata)),
        "Subject": metadata.description,
        "Keywords": ", ".join(metadata.keywords),
        "Creator": _MAKER,
        "Producer": _MAKER,
        "CreationDate": day,
        "ModDate": day,
    }
    return {key: value for key, value in every.items() if value}


_NAMESPACES = (
    ("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xmp", "http://ns.adobe.com/xap/1.0/"),
    ("xmlns:pdf", "http://ns.adobe.com/pdf/1.3/"),
)


def _packet(metadata: Metadata) -> str:
    """Return the XMP packet, which says what the information dictionary says (ISO 16684-1)."""
    day = f"{metadata.date.isoformat()}T00:00:00Z" if metadata.date else ""
    properties = (
        _listed("dc:title", "rdf:Alt", (metadata.title,), (("xml:lang", "x-default"),)),
        _listed("dc:creator", "rdf:Seq", authors(metadata)),
        _listed("dc:description", "rdf:Alt", (metadata.description,), (("xml:lang", "x-default"),)),
        _listed("dc:subject", "rdf:Bag", metadata.keywords),
        _listed("dc:language", "rdf:Bag", (metadata.language,)),
        _listed("dc:publisher", "rdf:Bag", (metadata.publisher,)),
        _listed("dc:rights", "rdf:Alt", (metadata.rights,), (("xml:lang", "x-default"),)),
        _listed("dc:identifier", "", (metadata.identifier,)),
        _listed("xmp:CreateDate", "", (day,)),
        _listed("xmp:ModifyDate", "", (day,)),
        _listed("xmp:MetadataDate", "", (day,)),
        _listed("xmp:CreatorTool", "", (_MAKER,)),
        _listed("pdf:Producer", "", (_MAKER,)),
        _listed("pdf:Keywords", "", (", ".join(metadata.keywords),)),
    )
    description = Element(
        "rdf:Description", (("rdf:about", ""), *_NAMESPACES[1:]), tuple(filter(None, properties))
    )
    tree = Element(
        "x:xmpmeta",
        (("xmlns:x", "adobe:ns:meta/"),),
        (Element("rdf:RDF", _NAMESPACES[:1], (description,)),),
    )
    begin = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    return f'{begin}\n{serialize(tree)}\n<?xpacket end="r"?>'


def _listed(
    name: str, kind: str, values: tuple[str, ...], attributes: tuple[tuple[str, str], ...] = ()
) -> Element | None:
    """Return a property with its values, in a container of that kind if it has one."""
    said = tuple(value for value in values if value)
    if not said:
        return None
    if not kind:
        return Element(name, (), said)
    items = tuple(Element("rdf:li", attributes, (value,)) for value in said)
    return Element(name, (), (Element(kind, (), items),))
