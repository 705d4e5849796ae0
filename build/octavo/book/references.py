"""Citations in the text, and the list of what they cite.

Checks every key against the references, lets the citation engine render all citations of the
book in one go, and puts each rendering in its place and the reference list on its page.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from octavo.book import citation, titles
from octavo.book.texts import elements, rewritten
from octavo.diagnostics import Location, did_you_mean, error, warning
from octavo.markup import rewrite_all
from octavo.model import Element
from octavo.pandoc import PandocError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from octavo.diagnostics import Diagnostic, Report
    from octavo.model import Manuscript, Node, Section
    from octavo.store import Store

PAGE = "bibliography"


def cite(
    sections: tuple[Section, ...], manuscript: Manuscript, report: Report, store: Store
) -> tuple[Section, ...]:
    """Return the sections with citations rendered and the reference list on its page."""
    places = [(section, e) for section in sections for e in elements(section) if _cites(e)]
    _check_keys(places, manuscript, report)
    if not places:
        return sections
    groups = tuple(group for _, group in places)
    rendered = _rendered(groups, manuscript, report, store)
    listed = _listed(sections)
    if not listed and rendered.bibliography:
        report(_no_page(manuscript))
    texts = iter(rendered.citations)
    return tuple(
        replace(section, body=rendered.bibliography)
        if section.generated and section.role == PAGE
        else _put(section, texts, linked=listed)
        for section in sections
    )


def _listed(sections: tuple[Section, ...]) -> bool:
    return any(section.generated and section.role == PAGE for section in sections)


def _cites(element: Element) -> bool:
    return element.tag == "citation"


def _put(section: Section, texts: Iterator[tuple[Node, ...]], *, linked: bool) -> Section:
    """Put the next renderings in place; the order of ``elements`` is that of ``rewritten``."""

    def unlink(element: Element) -> Node | tuple[Node, ...]:
        return element.children if element.tag == "a" else element

    def render(element: Element) -> Node:
        if not _cites(element):
            return element
        text = next(texts)
        inner = text if linked else rewrite_all(text, unlink)
        mode = f" {titles.NARRATIVE}" if element.get("mode") == titles.NARRATIVE else ""
        return Element("span", (("class", f"{titles.CITATION}{mode}"),), inner, element.line)

    return _retitled(section, rewritten(section, render))


def _retitled(before: Section, section: Section) -> Section:
    """Return a section with the words of its title, which a citation may be part of."""
    if section.title == before.title:
        return section
    text = titles.text(section.title)
    own = before.short_title != before.title_text
    return replace(section, title_text=text, short_title=before.short_title if own else text)


def _rendered(
    groups: tuple[Element, ...], manuscript: Manuscript, report: Report, store: Store
) -> citation.Rendered:
    """Return the renderings, or a fault for each citation where the engine cannot be had."""
    project = manuscript.project
    language = project.metadata.language
    try:
        rendered = citation.cite(
            groups, manuscript.references, project.citing.style, language, store
        )
    except (citation.StyleNotFound, PandocError) as problem:
        report(error(problem.code, problem.message, project.book_file, problem.hint))
        return citation.Rendered(tuple((_unrendered(group, problem.code),) for group in groups))
    for remark in rendered.warnings:
        report(warning("citation-remark", remark, project.book_file))
    return rendered


def _unrendered(group: Element, code: str) -> Element:
    return Element("fault", (("code", code),), (group.get("text"),), group.line)


def _check_keys(
    places: list[tuple[Section, Element]], manuscript: Manuscript, report: Report
) -> None:
    cited: set[str] = set()
    for section, group in places:
        location = Location(section.location.file, group.line)
        for key in (item.get("key") for item in group.children if isinstance(item, Element)):
            cited.add(key)
            if key not in manuscript.references:
                hint = did_you_mean(key, manuscript.references)
                hint = hint or "add it to the file that `references` in book.yaml names"
                report(error("undefined-key", f"no reference has the key “{key}”", location, hint))
    for key in sorted(set(manuscript.references) - cited):
        report(
            warning(
                "unused-reference",
                f"nothing in the text cites “{key}”, so the bibliography leaves it out",
                manuscript.project.book_file,
                f"cite it as [@{key}], or take it out of the references",
            )
        )


def _no_page(manuscript: Manuscript) -> Diagnostic:
    return warning(
        "no-bibliography",
        "the text cites sources, but `contents` has no `bibliography` page to list them",
        manuscript.project.book_file,
        "add `bibliography` to `contents: back:` in book.yaml",
    )
