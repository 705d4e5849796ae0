"""What references say in the book's language: *Figure 3*, *Figures 3–5*, *“A Place”*, *page 42*."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from octavo.book.pointing import WITH_PAGE
from octavo.book.words import PLACE, capital, words
from octavo.manuscript import quotation_marks
from octavo.markup import joined
from octavo.model import Element, Medium

if TYPE_CHECKING:
    from octavo.book.words import Words
    from octavo.model import Edition, Labels, Node, Project, Target

REFERENCE = "reference"
"""The class of a reference in words that the press found, which stand for the author's."""
WITH = "page-reference"
"""The class of a page that the press adds behind an author's own words."""
_NO_BREAK = "\u00a0"
LEAST = 3
"""Of how many consecutive numbers the first and the last are named."""


@dataclass(frozen=True, slots=True)
class Voice:
    """How the references of an edition speak."""

    words: Words
    labels: Labels
    quotes: tuple[str, str]
    """The marks that open and close a title."""
    medium: Medium

    def said(self, reference: Element, targets: Sequence[Target]) -> tuple[Node, ...]:
        """Return what stands in the place of a reference to targets."""
        form = reference.get("form")
        paged = self.medium is Medium.PDF
        if reference.children:
            link = replace(_link(targets[0], *reference.children), line=reference.line)
            page = Element("span", (("class", WITH),), (" (", *self.pages(targets), ")"))
            return (link, page) if paged else (link,)
        if form == "page" and paged:
            row: Iterable[Node] = self.pages(targets)
        else:
            row = self.named(reference, targets)
            if form == WITH_PAGE and paged:
                row = (*row, " ", *_around(self._on_page(targets), (_folio(targets),)))
        first, *others = row
        opening = _capital(first) if reference.get("capital") else first
        nodes = (opening, *others, reference.get("after"))
        return (Element("span", (("class", REFERENCE),), joined(nodes)),)

    def pages(self, targets: Sequence[Target]) -> tuple[Node, ...]:
        """Return the pages of targets: *page 42*."""
        forms = self.words.places["page"]
        return _around(forms.one if len(targets) == 1 else forms.many, (_folio(targets),))

    def _on_page(self, targets: Sequence[Target]) -> str:
        return self.words["on-page" if len(targets) == 1 else "on-pages"]

    def named(self, reference: Element, targets: Sequence[Target]) -> tuple[Node, ...]:
        """Return what targets are called, those of one kind together."""
        rows = [
            self._of_kind([*group], reference)
            for _, group in groupby(targets, key=lambda target: (target.kind, bool(target.number)))
        ]
        return _listed(rows, self.words)

    def _of_kind(self, targets: Sequence[Target], reference: Element) -> tuple[Node, ...]:
        form, before = reference.get("form"), reference.get("before")
        if form == "title" or not targets[0].number:
            return _listed([(self._title(target),) for target in targets], self.words)
        numbers = _listed([*self._numbers(targets)], self.words)
        if form == "number":
            return numbers
        if before:
            return (f"{before}{_NO_BREAK}", *numbers)
        kind = targets[0].kind
        own = own_form(kind, self.labels)
        if len(targets) > 1 and own is None:
            return _around(self.words.places[kind].many, numbers)
        # The word belongs to the link: it is what a reader's finger finds.  Of a word of the
        # book's own, nobody knows the plural.
        template = _tied(self.words.places[kind].one if own is None else own)
        links = ((_link(each, template.replace(PLACE, each.number)),) for each in targets)
        return _listed([*links], self.words)

    def _title(self, target: Target) -> Element:
        opening, closing = self.quotes
        *before, last = target.title or ("",)
        words = last.rstrip().removesuffix(".") if isinstance(last, str) else last
        row = joined((*before, words))
        return _link(target, *joined((opening, *row, closing)) if row else (target.id,))

    def _numbers(self, targets: Sequence[Target]) -> Iterator[tuple[Node, ...]]:
        """Yield the numbers, as ranges where they follow each other."""
        for run in _runs(targets):
            links = [_link(each, each.number) for each in run]
            if len(run) >= LEAST:
                before, after = self.words["range"].split(PLACE)[1:]
                yield (links[0], before, links[-1], after)
            else:
                yield from ((link,) for link in links)


def voice_of(edition: Edition, project: Project) -> Voice:
    """Return how the references of an edition speak."""
    language = project.metadata.language
    quotes = quotation_marks(language)
    return Voice(words(language), project.labels, quotes, edition.medium)


def _runs(targets: Sequence[Target]) -> Iterator[list[Target]]:
    """Yield targets in rows whose last figures count up by one."""
    run: list[Target] = []
    for target in targets:
        if run and not _follows(run[-1].number, target.number):
            yield run
            run = []
        run.append(target)
    if run:
        yield run


def _follows(one: str, other: str) -> bool:
    home, _, last = one.rpartition(".")
    there, _, next_ = other.rpartition(".")
    return home == there and last.isdecimal() and next_.isdecimal() and int(next_) == int(last) + 1


def _listed(rows: Sequence[tuple[Node, ...]], words: Words) -> tuple[Node, ...]:
    """Return rows as a list: commas between them, and a word before the last."""
    last = len(rows) - 1
    nodes: list[Node] = []
    for at, row in enumerate(rows):
        if at:
            nodes.append(words["list-last"] if at == last else words["list-next"])
        nodes += row
    return joined(nodes)


def _around(template: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    before, _, after = _tied(template).partition(PLACE)
    return joined((before, *nodes, after))


def _tied(template: str) -> str:
    """Return a template whose number stays on the line of its word."""
    return template.replace(f" {PLACE}", f"{_NO_BREAK}{PLACE}")


def _capital(node: Node) -> Node:
    if isinstance(node, str):
        return capital(node)
    return replace(node, children=tuple(map(_capital, node.children)))


def _folio(targets: Sequence[Target]) -> Element:
    return Element("folio", (("of", " ".join(target.id for target in targets)),))


def _link(target: Target, *nodes: Node) -> Element:
    return Element("a", (("href", f"#{target.id}"),), nodes)


def own_form(kind: str, labels: Labels) -> str | None:
    """Return how the book itself names a kind of place; None for the language's own way."""
    own: str | None = labels.series.get(kind, getattr(labels, kind, None))
    if own is None or PLACE in own:
        return own
    return f"{own} {PLACE}".lstrip()
