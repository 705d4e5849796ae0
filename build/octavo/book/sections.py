"""From the entries of ``contents`` to sections: role, title, label and number of each."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from octavo.book import titles
from octavo.book.ids import composed, section_ids
from octavo.book.notes import Series, numbered
from octavo.book.numbering import Count
from octavo.book.texts import written
from octavo.book.words import words
from octavo.diagnostics import Location, did_you_mean, error, warning
from octavo.manuscript import name_of
from octavo.markup import walk, with_attributes
from octavo.matter import ROLES, Numbering, role_of, role_of_page
from octavo.model import Element, Section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Entry, Manuscript, Node, Project, Source

UNNUMBERED = "unnumbered"
"""The class of a heading that takes no number: ``{.unnumbered}``, or ``{-}``."""


def sections_of(manuscript: Manuscript, report: Report) -> tuple[Section, ...]:
    """Return a section for every entry, in order, labelled and numbered.

    A file that could not be read, which reading reported, is a section that holds a fault.
    """
    project = manuscript.project
    sources = {source.name: with_image_names(source) for source in manuscript.sources}
    ids = section_ids(project)
    own = words(project.metadata.language)
    count = Count(own, project.labels, Series(project.noting.numbers))
    sections = []
    for entry in project.contents:
        if entry.generated:
            sections.append(_generated(entry, project, sources, count, report))
            continue
        role = role_of("", "", entry.matter, opens_part=entry.opens_part)
        part = ids.get(composed(entry.part), "")
        section = Section(ids[composed(entry.name)], role, entry.matter, entry.location, part=part)
        if entry.name in sources:
            sections.append(_written(section, entry, sources[entry.name], count, report))
        else:
            sections.append(_missing(section, entry))
    return tuple(sections)


def _missing(section: Section, entry: Entry) -> Section:
    """Return what stands in a draft for a file that could not be read."""
    fault = Element("fault", (("code", "missing-file"),), (entry.name,))
    return replace(section, body=(Element("p", (), (fault,)),))


def with_image_names(source: Source) -> Source:
    """Return a source whose pictures are called by their names in the manuscript's folder."""

    def named(element: Element) -> Element:
        if element.tag != "img":
            return element
        return with_attributes(element, src=name_of(source.name, element.get("src")))

    return written(source, named)


def _generated(
    entry: Entry,
    project: Project,
    sources: Mapping[str, Source],
    count: Count,
    report: Report,
) -> Section:
    role = role_of_page(entry.name)
    own = project.indexing.pages.get(entry.name)
    title = own or count.words.titles[ROLES[role].term]
    section = Section(
        id=entry.name,
        role=role,
        matter=entry.matter,
        location=entry.location,
        title=(title,),
        title_text=title,
        short_title=title,
        generated=True,
    )
    notice = sources.get(project.copyright_note)
    if entry.name != "copyright" or notice is None:
        return section
    section = replace(section, location=Location(notice.file, 1), body=notice.body)
    return numbered(section, notice, count.notes, report)


def _written(
    section: Section, entry: Entry, source: Source, count: Count, report: Report
) -> Section:
    header = source.header
    role = _role(entry, source, report)
    heading = next((block for block in source.body if block.tag == "h1"), None)
    _check_headings(source, heading, report)
    title = _title_of(heading) or ((header.title,) if header.title else _own_name(role, count))
    label, number = count.next(_numbering(role, source, heading))
    title, label = _once(title, label)
    text = titles.text(title)
    if not text and ROLES[role].listed:
        report(_no_title(source))
    whole = replace(
        section,
        role=role,
        location=Location(source.file, heading.line if heading else 1),
        anchor=_anchor(heading, section.id),
        title=title,
        title_text=text,
        short_title=header.short_title or text,
        subtitle=header.subtitle,
        author=header.author,
        label=label,
        number=number,
        epigraph=source.epigraph,
        body=tuple(block for block in source.body if block is not heading),
    )
    return numbered(whole, source, count.notes, report)


def _role(entry: Entry, source: Source, report: Report) -> str:
    stem, named = PurePosixPath(entry.name).stem, source.header.role
    role = role_of(stem, named, entry.matter, opens_part=entry.opens_part)
    if role in ROLES:
        return role
    report(_unknown_role(role, source))
    return role_of(stem, "", entry.matter, opens_part=entry.opens_part)


def _title_of(heading: Element | None) -> tuple[Node, ...]:
    """Return a heading's content, with a span around it for its language or classes."""
    if heading is None or not heading.children:
        return ()
    plain = with_attributes(heading, id=None)
    classes = " ".join(name for name in heading.classes if name != UNNUMBERED)
    plain = with_attributes(plain, class_=classes or None)
    if not plain.attributes:
        return heading.children
    return (replace(plain, tag="span"),)


def _own_name(role: str, count: Count) -> tuple[str, ...]:
    """Return the name of a section without a heading: display pages show none."""
    rule = ROLES[role]
    return (count.words.titles[rule.term],) if rule.term and rule.furniture else ()


def _numbering(role: str, source: Source, heading: Element | None) -> Numbering:
    """Return the series that numbers a section; what its header says goes first."""
    wanted = source.header.numbered
    unnumbered = heading is not None and UNNUMBERED in heading.classes
    if wanted is False or (wanted is None and unnumbered):
        return ""
    return ROLES[role].numbering or ("chapter" if wanted else "")


def _once(title: tuple[Node, ...], label: str) -> tuple[tuple[Node, ...], str]:
    """Return title and label, neither of them twice: a chapter may have nothing but a number."""
    if not title and label:
        return (label,), ""
    # A heading such as “Chapter 1” says the label already.
    return title, "" if titles.text(title).casefold() == label.casefold() else label


def _anchor(heading: Element | None, section: str) -> str:
    own = heading.get("id") if heading else ""
    return own if own != section else ""


def _check_headings(source: Source, title: Element | None, report: Report) -> None:
    """Warn of text before the title, which moves below it, and of every further title."""
    if title and source.body[0] is not title:
        place = Location(source.file, source.body[0].line)
        message = f"this stands before the heading on line {title.line}, and is set below it"
        hint = "move the “# Heading” to the top of the file, or write it with “##”"
        report(warning("text-before-title", message, place, hint))
    for element in walk(*source.body):
        if element.tag == "h1" and element is not title:
            place = Location(source.file, element.line)
            message = "this “# Heading” is not the title of its section, which is the whole file"
            hint = "write it with “##”, or give what follows a file of its own in `contents`"
            report(warning("heading-not-title", message, place, hint))


def _no_title(source: Source) -> Diagnostic:
    return warning(
        "no-title",
        "this section has neither a title nor a number to stand in the contents",
        Location(source.file, 1),
        "begin it with a “# Heading”, or write `title:` into its header",
    )


def _unknown_role(role: str, source: Source) -> Diagnostic:
    hint = did_you_mean(role, ROLES) or f"roles are: {', '.join(sorted(ROLES))}"
    return error(
        "unknown-role",
        f"“{role}” is not a kind of section that Octavo knows",
        Location(source.file, source.header.role_line or 1),
        hint,
    )
