"""What references say: *Figure 3*, *Figures 3–5*, *“A Place”*, *page 42*, in the book's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from octavo.book.pointing import WITH_PAGE
from octavo.book.words import words
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
            page = Element("span", (("class", WITH),), (" (", *self.pages(targets, "page"), ")"))
            return (link, page) if paged else (link,)
        if form == "page" and paged:
            row: Iterable[Node] = self.pages(targets, "page")
        else:
            row = self.named(reference, targets)
            if form == WITH_PAGE and paged:
                row = (*row, " ", *self.pages(targets, "on-page"))
        nodes = (*row, reference.get("after"))
        return (Element("span", (("class", REFERENCE),), joined(nodes)),)

    def pages(self, targets: Sequence[Target], kind: str) -> tuple[Node, ...]:
        """Return the pages of targets: *page 42*, or *on page 42*."""
        folio = Element("folio", (("of", " ".join(target.id for target in targets)),))
        forms = self.words.places[kind]
        template = forms.one if len(targets) == 1 else forms.many
        return _around(template, (folio,))

    def named(self, reference: Element, targets: Sequence[Target]) -> tuple[Node, ...]:
        """Return what targets are called, those of one kind together."""
        rows = [
            self._of_kind([*group], reference)
            for _, group in groupby(targets, key=lambda target: (target.kind, bool(target.number)))
        ]
        nodes = _listed(rows, self.words)
        if reference.get("capital") and nodes:
            return (_capital(nodes[0]), *nodes[1:])
        return nodes

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
        own = own_word(kind, self.labels)
        if len(targets) > 1 and own is None:
            return _around(self.words.places[kind].many, numbers)
        # The word belongs to the link: it is what a reader's finger finds.  Of a word of the
        # book's own, nobody knows the plural.
        one = self.words.places[kind].one if own is None else f"{own} {{}}".strip()
        template = _tied(one)
        links = ((_link(each, template.format(each.number)),) for each in targets)
        return _listed([*links], self.words)

    def _title(self, target: Target) -> Element:
        opening, closing = self.quotes
        return _link(target, f"{opening}{target.text}{closing}" if target.text else target.id)

    def _numbers(self, targets: Sequence[Target]) -> Iterator[tuple[Node, ...]]:
        """Yield the numbers, as ranges where they follow each other."""
        for run in _runs(targets):
            links = [_link(each, each.number) for each in run]
            if len(run) >= LEAST:
                yield (links[0], "–", links[-1])
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
            nodes.append(words["list-last"] if at == last else words["list-comma"])
        nodes += row
    return joined(nodes)


def _around(template: str, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    before, _, after = _tied(template).partition("{}")
    return joined((before, *nodes, after))


def _tied(template: str) -> str:
    """Return a template whose number stays on the line of its word."""
    return template.replace(" {}", f"{_NO_BREAK}{{}}")


def _capital(node: Node) -> Node:
    if isinstance(node, str):
        return node[:1].upper() + node[1:]
    return Element(node.tag, node.attributes, tuple(map(_capital, node.children[:1])), node.line)


def _link(target: Target, *nodes: Node) -> Element:
    return Element("a", (("href", f"#{target.id}"),), nodes)


def own_word(kind: str, labels: Labels) -> str | None:
    """Return the word that the book has for a kind of place; None for the language's own."""
    return labels.series.get(kind, getattr(labels, kind, None))
