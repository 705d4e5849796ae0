"""What stands in a tree for words that are no part of its texts: names, addresses, numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from octavo.manuscript.syntax.attributes import SYNONYMS
from octavo.manuscript.syntax.code import is_listing
from octavo.manuscript.syntax.ledger import normal
from octavo.manuscript.syntax.marks import plain
from octavo.markup import text_of, walk
from octavo.model import Element
from octavo.series import other_spelling

if TYPE_CHECKING:
    from octavo.manuscript.syntax.ledger import Link

Words = Sequence[str]


class Voucher(NamedTuple):
    """Words that a source has beyond its text, and how sure it is that it has them."""

    doubt: int
    words: Words
    instead: Words = ()
    """What it may have of them if it has not all."""
    parts: bool = False
    """Whether markup in the source may part the words themselves."""

    @property
    def ways(self) -> Sequence[Words]:
        """What the source may have, the likeliest first."""
        return (self.words, self.instead) if self.instead else (self.words,)


SURE, LIKELY, MAYBE, NEVER = range(4)
_WORD = re.compile(r"[^\W_]+|<(?<!\]\(<)/?[a-z][a-z0-9-]*(?=\s|/?>)")
"""A word, or a tag's name; an angle bracket around the target of a link begins no tag."""
_CHARACTER = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});")
_NUMBERED = re.compile(
    r"^(?:[ >]|[-+*:~](?= )|(?:\d{1,9}|#)[.)](?=\s)|\[\^[^\]\n]*\]:)+", re.MULTILINE
)
_NUMBER = re.compile(r"(\d+)[.)]")
_SAYINGS = (
    (SURE, re.compile(r"\b(markdown=[\"']?(?:1|block|span))\b")),
    (SURE, re.compile(r"<!\[(cdata)\[")),
    (MAYBE, re.compile(r"(?<!\w)(table|listing): ")),
    (LIKELY, re.compile(r"(?<!\w)(def)=")),
)
"""Words that say what something is, which the tree says in its own way."""
_WRITTEN = re.compile(r"(?<![\w:-])([\w:-]++)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'{}<>]*))")
_AUTOLINK = re.compile(r"(?<!\]\()<([^<>\s]+)>")
_DOTTED = re.compile(r"\.([\w-]+)")
_LABEL = re.compile(r"\](?=\s?\[([^\[\]^]+)\])")
_ALONE = frozenset({"class", "id", "href", "src", "alt", "title"})
"""Attributes whose values Markdown writes without their names."""
_DEFINED = frozenset({"href", "src", "title"})
"""Attributes that the definition of a link gives to those who name it."""
_TEXTS = frozenset("note citation fault formula".split())
"""Elements whose attributes are accounted for as texts, or are not the author's."""
_TIGHT = frozenset({"li", "dd"})
"""Elements in which a paragraph may be no element of its own."""
_OURS = frozenset({"line", "code", "equation", "runs-on"})
"""Classes that the press gives by itself, and that are words of a language."""


def words_of(text: str) -> list[str]:
    """Return the words of a text in lower case, and its tags as ``<name`` and ``</name``."""
    return _WORD.findall(text.casefold())


def spelt(text: str) -> str:
    """Return a text with characters in the place of their names."""
    return _CHARACTER.sub(lambda found: unescape(found.group()), text) if "&" in text else text


class Attributes:
    """What is known of a passage's attributes: as its source writes them, and as its tree does."""

    def __init__(self, source: str, defined: Container[str]) -> None:
        """Look through a source as it is written; ``defined`` is what definitions of links hold."""
        found = _WRITTEN.findall(source)
        self.written = {(name.casefold(), _in_lower_case("".join(value))) for name, *value in found}
        self.named = {name for name, _ in self.written}
        self.autolinks = frozenset(map(_in_lower_case, _AUTOLINK.findall(source.replace("\\", ""))))
        self.dotted = Counter(_DOTTED.findall(source))
        self.given = _OURS - self.dotted.keys()
        self.has_figures = "![" in source and "<img" not in source
        self.has_listings = "<pre" in source
        self.source = source
        self.defined = defined
        self.standing: dict[str, bool] = {}
        """Whether what a definition holds stands in this source too."""

    def of(self, content: Sequence[Element]) -> Iterator[Voucher]:
        """Yield what the attributes of elements stand for."""
        doubts = dict(_doubts(content) if self.has_figures else ())
        for element in self._authored(content):
            for name, value in element.attributes:
                if name != "alt":
                    yield from self._one(name.casefold(), value)
                else:
                    yield from self._described(value, doubts.get(element, SURE))

    def _authored(self, content: Sequence[Element]) -> Iterator[Element]:
        """Yield the elements whose attributes may be the author's."""
        waiting = [*content]
        while waiting:
            element = waiting.pop()
            if element.tag not in _TEXTS:
                yield element
                if self.has_listings or not is_listing(element):
                    waiting += (node for node in element.children if isinstance(node, Element))

    def _one(self, name: str, given: str) -> Iterator[Voucher]:
        value = _in_lower_case(given)
        is_written = (name, value) in self.written
        if name in _DEFINED and not is_written and self._is_elsewhere(given):
            return
        words = words_of(value)
        full = [*words_of(name), *words]
        if name == "class":
            yield from self._classes(value, is_written=is_written)
        if is_written:
            yield Voucher(SURE, full, words if name in _ALONE else ())
        elif name == "data-info":
            # The first of a listing's words is its language as well.
            yield from (Voucher(LIKELY, [word]) for word in words)
        elif name in _ALONE - {"class"} and not (name == "href" and self._is_text(value)):
            other = other_spelling(value) if name == "id" else ""
            yield Voucher(SURE, words, words_of(other))
        if name in self.named and not is_written:
            yield Voucher(MAYBE, words_of(name) if name in _ALONE else full)

    def _described(self, given: str, doubt: int) -> Iterator[Voucher]:
        if ("alt", _in_lower_case(given)) in self.written:
            yield from self._one("alt", given)
        else:
            # What was read as text has its characters spelt out; what was code has not.
            yield Voucher(doubt, words_of(given), words_of(spelt(given)), parts=True)
            yield from (Voucher(MAYBE, [name]) for name in self.named & {"alt"})

    def _is_elsewhere(self, value: str) -> bool:
        """Tell whether a value stands in the definition of a link, and not in this source."""
        if value not in self.defined:
            return False
        if value not in self.standing:
            signs = (f'"{value}"', f"'{value}'", f"({value}", f"(<{value}")
            self.standing[value] = any(sign in self.source for sign in signs)
        return not self.standing[value]

    def _is_text(self, address: str) -> bool:
        """Tell whether an address is its link's text too, and so must be there as that."""
        return address in self.autolinks or address.removeprefix("mailto:") in self.autolinks

    def _classes(self, value: str, *, is_written: bool) -> Iterator[Voucher]:
        for name in sorted(frozenset(value.split()) - self.given):
            if not is_written:
                yield Voucher(SURE, words_of(name.removeprefix("language-")))
            if self.dotted[name] > 1:
                # A class may be written twice, and is given once.
                yield Voucher(MAYBE, words_of(name))
            others = (other for other, own in SYNONYMS.items() if own == name)
            yield from (Voucher(LIKELY, words_of(other)) for other in others)


def _in_lower_case(value: str) -> str:
    return spelt(value).casefold()


def _doubts(content: Sequence[Element]) -> Iterator[tuple[Element, int]]:
    """Yield the pictures of figures, and how doubtful it is that their sources describe them."""
    for figure in walk(*content):
        if figure.tag != "figure":
            continue
        inside = [node for node in figure.children if isinstance(node, Element)]
        captions = [node for node in inside if node.tag == "figcaption"]
        said = words_of(text_of(*captions))
        for picture in inside:
            if picture.tag == "img" and words_of(picture.get("alt")) == said:
                yield picture, LIKELY  # a copy of its caption, unless the author says it twice
            elif not said and not any(element.tag == "img" for element in walk(*captions)):
                yield picture, NEVER  # a copy of a caption that is no longer there


def of_tags(content: Sequence[Element]) -> Iterator[Voucher]:
    """Yield the names of the elements, as their tags have them."""
    for element in walk(*content):
        name = element.tag.casefold()
        signs = 2 * [words_of(name)] if ":" in name else [[f"<{name}"], [f"</{name}"]]
        yield from (Voucher(SURE, sign) for sign in signs)
        if name in _TIGHT:
            yield from (Voucher(MAYBE, [sign]) for sign in ("<p", "</p"))


def of_aside(texts: Iterable[str]) -> Iterator[Voucher]:
    """Yield what a tree has no place for."""
    for text in texts:
        words = plain(text).split()
        words += (other for other, own in SYNONYMS.items() if own in words)
        yield Voucher(SURE, words_of(plain(text)))
        yield from (Voucher(LIKELY, words_of(word)) for word in words)


def of_link(label: str, link: Link, source: str) -> Iterator[Voucher]:
    """Yield what the definition of a reference link holds."""
    yield Voucher(SURE, words_of(spelt(label)))
    pairs = (("href", link.target), ("title", link.title), *link.attributes)
    yield from Attributes(source, ()).of([Element("a", pairs)])


def of_source(source: str, links: Container[str]) -> Iterator[Voucher]:
    """Yield the words of a source, in lower case, that say how something is and not what."""
    for start in _NUMBERED.finditer(source):
        yield from (Voucher(LIKELY, [number]) for number in _NUMBER.findall(start.group()))
    for doubt, saying in _SAYINGS:
        yield from (Voucher(doubt, words_of(found[1])) for found in saying.finditer(source))
    for label in _LABEL.findall(source):
        if normal(label) in links:
            yield Voucher(SURE, words_of(label))
