"""The inline patterns taken over a text one after the other, in time that grows with its length.

Python-Markdown's own walk copies the whole text for every mark in it, and reads every text twice.
Here a pattern's findings are gathered and put into its text once.  A finding is a placeholder in
the text; when all patterns have been over it, the elements take the places that are held for them,
and their own texts are read in turn, generation by generation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from markdown.treeprocessors import Treeprocessor
from markdown.util import INLINE_PLACEHOLDER, INLINE_PLACEHOLDER_RE, AtomicString

from octavo.manuscript.syntax.branch import SOURCE, TAG, Branch, told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown import Markdown
    from markdown.inlinepatterns import InlineProcessor


DEEPEST = 180
"""Branches within each other: a bracket's element takes three, two of which vanish later."""


class Passes(Treeprocessor):
    """The walk over a tree that reads the text of every branch."""

    def __init__(self, md: Markdown) -> None:
        """Keep the parser, which has the patterns."""
        super().__init__(md)
        self.held: dict[str, Branch | str] = {}
        """What the placeholders stand for."""

    def run(self, root: Branch) -> None:
        """Read every text below a branch; leave what stands too deep as a sign with its source."""
        row = [root]
        for _ in range(DEEPEST):
            row = [child for branch in row for child in self._children(branch)]
        for branch in row:
            if self._children(branch):
                source = self.source("".join(branch.itertext()))
                branch.text, branch[:] = AtomicString(""), [told("too-deep", source)]

    def source(self, text: str) -> str:
        """Return a text with what its placeholders stand for written out again."""
        return INLINE_PLACEHOLDER_RE.sub(lambda found: self._written(found[1]), text)

    def _written(self, name: str) -> str:
        node = self.held[name]
        if isinstance(node, str):
            return self.source(node)
        if node.tag == TAG:
            return node.get("source", "")
        if written := node.get(SOURCE):
            return self.source(written)
        text = self.source("".join(node.itertext()))
        return f"`{text}`" if node.tag == "code" else text

    def _children(self, branch: Branch) -> list[Branch]:
        """Read a branch's own text and those behind its children; return all its children."""
        children: list[Branch] = []
        branch.text, planted = self._read(branch.text)
        children += planted
        for child in branch:
            children.append(child)
            child.tail, planted = self._read(child.tail)
            children += planted
        branch[:] = children
        return children

    def _read(self, text: str | None) -> tuple[str | None, list[Branch]]:
        """Return what is text at the head of a text, and the elements in it with their tails."""
        if not text or isinstance(text, AtomicString):
            return text, []
        for pattern in self.md.inlinePatterns:
            text = self._over(text, cast("InlineProcessor", pattern))
        return self._planted(text)

    def _over(self, text: str, pattern: InlineProcessor) -> str:
        """Return a text with placeholders for everything that one pattern finds in it."""
        pieces: list[str] = []
        at = 0
        for start, end, node in _findings(text, pattern):
            pieces += [text[at:start], self._hold(node)]
            at = end
        return "".join([*pieces, text[at:]]) if pieces else text

    def _hold(self, node: Branch | str) -> str:
        """Return the placeholder of a node."""
        name = f"{len(self.held):04}"
        self.held[name] = node
        return INLINE_PLACEHOLDER % name

    def _planted(self, text: str) -> tuple[str, list[Branch]]:
        """Return a text's head and its elements, each put where its placeholder stood."""
        texts: list[list[str]] = [[]]
        nodes: list[Branch] = []
        for number, piece in enumerate(INLINE_PLACEHOLDER_RE.split(text)):
            node = self.held[piece] if number % 2 else piece
            if isinstance(node, str):
                texts[-1].append(node)
            else:
                nodes.append(node)
                texts.append([])
        head, *tails = ("".join(each) for each in texts)
        for node, tail in zip(nodes, tails, strict=True):
            node.tail = tail
        return head, nodes


def _findings(text: str, pattern: InlineProcessor) -> Iterator[tuple[int, int, Branch | str]]:
    """Yield from where to where a pattern reads something in a text, and what."""
    find = pattern.getCompiledRegExp().search
    found = find(text)
    while found:
        node, start, end = pattern.handleMatch(found, text)
        if start is None or end is None:
            end = found.end()
        elif node is not None:
            yield start, end, node
        found = find(text, end)
