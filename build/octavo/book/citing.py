"""The citation engine as a book asks it: renderings, or faults where there can be none."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from octavo.book import citation
from octavo.book.citation import BadReference, Group, Rendered, Rendering, Sources, unrendered
from octavo.book.styles import BadStyle, Style, StyleNotFound, style_of
from octavo.diagnostics import error, warning
from octavo.markup import text_of, walk
from octavo.model import Element
from octavo.pandoc import PandocError

if TYPE_CHECKING:
    from octavo.book.bibliography import Citations
    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Manuscript, Reference

FAULTY = Style("", "", "")
"""What stands for a style that cannot be had: no citation is rendered in it."""


def style_for(manuscript: Manuscript, report: Report) -> Style:
    """Return the style of a book; a fault of it is told if the book cites anything."""
    citing = manuscript.project.citing
    if not citing.style:  # its file is missing, and was told of
        return FAULTY
    try:
        return style_of(citing.style, manuscript.style)
    except (StyleNotFound, BadStyle) as problem:
        if cited_in(manuscript):
            place = citing.location
            if problem.line:  # of the book's own style
                place = manuscript.project.place(citing.style, problem.line)
            report(error(problem.code, problem.message, place, problem.hint))
        return FAULTY


def cited_in(manuscript: Manuscript) -> frozenset[str]:
    """Return the keys that a manuscript cites, whatever the edition."""
    rows = (
        row
        for source in manuscript.sources
        for row in (source.body, source.epigraph, *(note.content for note in source.notes))
    )
    elements = (element for row in rows for element in walk(*row))
    return frozenset(each.get("key") for each in elements if each.tag == "cite")


def rendered(groups: Sequence[Group], within: Citations, *, uncited: bool = False) -> Rendered:
    """Return the renderings, or a fault for each citation where the engine cannot be had."""
    project, style = within.manuscript.project, within.style
    if not (groups or uncited):
        return Rendered()
    if style is FAULTY:  # it was told of
        return _unrendered(groups, "style-not-found")
    language = project.metadata.language
    if project.citing.groups:
        style = style.without_dashes()
    sources = Sources(within.manuscript.references, style, language, uncited)
    try:
        made = citation.cite(groups, sources, within.store)
    except PandocError as problem:
        by_style = project.citing.location
        place = problem.location if isinstance(problem, BadReference) else by_style
        within.report(error(problem.code, problem.message, place, problem.hint))
        return _unrendered(groups, problem.code)
    for remark in made.warnings:
        if not remark.startswith(_EMPTY):  # it is told below, with its place
            within.report(warning("citation-remark", remark, project.book_file))
    if not style.has_places:
        _tell_lost_places(groups, within)
    pairs = zip(groups, made.citations, strict=True)
    citations = tuple(_shown(*pair, within) for pair in pairs)
    printed = tuple(each for each in made.sources if text_of(each[1]).strip())
    for key in sorted(dict(made.sources).keys() - dict(printed).keys()):
        within.report(_unprinted(sources.references[key], style))
    return Rendered(citations, printed)


_EMPTY = ("Citeproc: Citation with no printed form", "Citeproc: Bibliography entry with no printed")


def _unprinted(reference: Reference, style: Style) -> Diagnostic:
    return warning(
        "unprinted-source",
        f"the style “{style.title}” prints nothing of “{reference.key}” in the list of sources",
        reference.location,
        "add its author and title, or see whether the type is right",
    )


def _shown(group: Group, made: Rendering, within: Citations) -> Rendering:
    """Return a rendering; where the style prints nothing, a fault after telling so."""
    if not made.is_empty:
        return made
    within.report(
        error(
            "empty-citation",
            f"the style “{within.style.title}” prints nothing for this citation",
            group.location,
            "name a page, or cite the work with its author",
        )
    )
    return unrendered(group.element, "empty-citation")


def _tell_lost_places(groups: Sequence[Group], within: Citations) -> None:
    for group in groups:
        cites = [each for each in group.element.children if isinstance(each, Element)]
        lost = [place for each in cites if (place := each.get("locator").strip())]
        if lost:
            within.report(
                warning(
                    "lost-locator",
                    f"the style “{within.style.title}” prints no places: “{'”, “'.join(lost)}” is"
                    " left out",
                    group.location,
                    "say it in the sentence, or take another style",
                )
            )


def _unrendered(groups: Sequence[Group], code: str) -> Rendered:
    return Rendered(tuple(unrendered(group.element, code) for group in groups))
