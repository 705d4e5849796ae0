"""From the entries of ``contents`` to sections: role, title, label and number of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from octavo.book.notes import numbered
from octavo.book.texts import blocks
from octavo.book.words import Words, words
from octavo.diagnostics import Location, did_you_mean, error
from octavo.manuscript import name_of
from octavo.markup import rewrite_all, text_of, with_attributes
from octavo.matter import GENERATED, ROLES, Numbering, role_of
from octavo.model import Element, Section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Entry, Labels, Manuscript, Project, Source

NAME_CHARACTERS = "-_"


def sections_of(manuscript: Manuscript, report: Report) -> tuple[Section, ...]:
    """Return a section for every entry that could be read, in order, labelled and numbered."""
    project = manuscript.project
    sources = {source.name: _with_image_names(source) for source in manuscript.sources}
    count = _Count(words(project.metadata.language), project.labels)
    taken: Counter[str] = Counter()
    sections = []
    for entry in project.contents:
        if entry.generated:
            sections.append(_generated(entry, project, sources))
        elif entry.name in sources:
            name = _section_id(entry.name, taken)
            sections.append(_written(entry, name, sources[entry.name], count, report))
        else:
            sections.append(_missing(entry, _section_id(entry.name, taken)))
    return tuple(sections)


def _missing(entry: Entry, name: str) -> Section:
    """Return what stands in a draft for a file that could not be read; reading reported it."""
    fault = Element("fault", (("code", "missing-file"),), (entry.name,))
    role = role_of("", "", entry.matter, opens_part=entry.opens_part)
    body = (Element("p", (), (fault,)),)
    return Section(name, role, entry.matter, entry.location, body=body)


def section_ids(manuscript: Manuscript) -> dict[str, str]:
    """Return the id of the section that each source file becomes, by the file's name."""
    taken: Counter[str] = Counter()
    files = [entry.name for entry in manuscript.project.contents if not entry.generated]
    return {name: _section_id(name, taken) for name in files}


def _section_id(name: str, taken: Counter[str]) -> str:
    """Return an XML name made of a file's path: ``part/One two.md`` → ``part-One-two``."""
    stem = PurePosixPath(name).with_suffix("").as_posix()
    clean = "".join(c if c.isalnum() or c in NAME_CHARACTERS else "-" for c in stem)
    clean = clean if clean[:1].isalpha() else f"s-{clean}"
    # A file that is called as a generated page is must not take that page's id.
    clean = f"{clean}-file" if clean in GENERATED else clean
    taken[clean] += 1
    return clean if taken[clean] == 1 else f"{clean}-{taken[clean]}"


def _with_image_names(source: Source) -> Source:
    """Return a source whose pictures are called by their names in the manuscript's folder."""

    def named(element: Element) -> Element:
        if element.tag != "img":
            return element
        return with_attributes(element, src=name_of(source.name, element.get("src")))

    notes = (
        replace(note, content=blocks(rewrite_all(note.content, named))) for note in source.notes
    )
    return replace(source, body=blocks(rewrite_all(source.body, named)), notes=tuple(notes))


def _generated(entry: Entry, project: Project, sources: Mapping[str, Source]) -> Section:
    title = words(project.metadata.language).titles[ROLES[entry.name].term]
    notice = sources.get(project.copyright_note) if entry.name == "copyright" else None
    return Section(
        id=entry.name,
        role=entry.name,
        matter=entry.matter,
        location=Location(notice.file, 1) if notice else entry.location,
        title=(title,),
        title_text=title,
        short_title=title,
        body=notice.body if notice else (),
        generated=True,
    )


def _written(entry: Entry, name: str, source: Source, count: _Count, report: Report) -> Section:
    header = source.header
    stem = PurePosixPath(entry.name).stem
    role = role_of(stem, header.role, entry.matter, opens_part=entry.opens_part)
    if role not in ROLES:
        report(_unknown_role(role, source))
        role = role_of("", "", entry.matter, opens_part=entry.opens_part)
    heading = next((block for block in source.body if block.tag == "h1"), None)
    title: tuple[Element | str, ...] = heading.children if heading else ()
    title = title or ((header.title,) if header.title else _own_name(role, count.words))
    numbering = ROLES[role].numbering if header.numbered is not False else ""
    if header.numbered and not numbering:
        numbering = "chapter"
    label, number = count.next(numbering)
    plain = " ".join(text_of(*_without_notes(title)).split())
    if plain.casefold() == label.casefold():
        label = ""  # a heading such as “Chapter 1” says it already
    if entry.opens_part:
        count.part = name
    section = Section(
        id=name,
        role=role,
        matter=entry.matter,
        location=Location(source.file, heading.line if heading else 1),
        anchor=heading.get("id") if heading and heading.get("id") != name else "",
        title=title,
        title_text=plain,
        short_title=header.short_title or plain,
        subtitle=header.subtitle,
        author=header.author,
        label=label,
        number=number,
        part=count.part if entry.part else "",
        epigraph=source.epigraph,
        body=tuple(block for block in source.body if block is not heading),
    )
    return numbered(section, source, report)


def _own_name(role: str, own: Words) -> tuple[str, ...]:
    """Return the name of a section without a heading: display pages show none."""
    rule = ROLES[role]
    return (own.titles[rule.term],) if rule.term and rule.furniture else ()


def _without_notes(nodes: tuple[Element | str, ...]) -> tuple[Element | str, ...]:
    return tuple(node for node in nodes if isinstance(node, str) or node.tag != "note")


def _unknown_role(role: str, source: Source) -> Diagnostic:
    hint = did_you_mean(role, ROLES) or f"roles are: {', '.join(sorted(ROLES))}"
    return error(
        "unknown-role",
        f"“{role}” is not a kind of section that Octavo knows",
        Location(source.file, 1),
        hint,
    )


@dataclass
class _Count:
    """Where the three numbered series stand; chapters run straight through the parts."""

    words: Words
    labels: Labels
    part: str = ""
    counts: Counter[str] = field(default_factory=Counter)

    def next(self, numbering: Numbering) -> tuple[str, str]:
        """Return label and number of the next member of a series: ``("Part One", "One")``."""
        if not numbering:
            return "", ""
        self.counts[numbering] += 1
        value = self.counts[numbering]
        figures = {
            "part": self.words.number(value),
            "chapter": str(value),
            "appendix": letter(value),
        }
        word = getattr(self.labels, numbering) or self.words[numbering]
        return f"{word} {figures[numbering]}", figures[numbering]


def letter(value: int) -> str:
    """Return A to Z, then AA, AB …, for an appendix counted from 1."""
    letters = ""
    while value:
        value, rest = divmod(value - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
