"""What the citations of a book say in its style: groups and references in, XHTML out.

One run of Pandoc's citeproc renders every citation and the reference list together, because what
a style prints at one place (*2010a*, *et al.*) depends on every other.  Only cited references are
passed, and only groups whose keys are all known; the caller reports the others beforehand.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from octavo import pandoc
from octavo.book.inlines import Tree, inlines, reference_id
from octavo.book.styles import StyleNotFound, style_of
from octavo.markup import joined
from octavo.model import Element, Node, Reference
from octavo.pandoc import NOTHING_KEPT

if TYPE_CHECKING:
    from octavo.store import Store

__all__ = ["Rendered", "StyleNotFound", "cite", "keys_of", "reference_id", "unknown_keys"]

References = Mapping[str, Reference]
"""The sources by their keys."""
CSL_JSON = "application/vnd.citationstyles.csl+json"
"""The media type by which Pandoc knows what it is given."""

MODES = {
    "normal": "NormalCitation",
    "suppress-author": "SuppressAuthor",
    "author-in-text": "AuthorInText",
}
"""What a citation's mode is called in Pandoc's tree."""
SPELLS_AND = frozenset({"apa"})
"""Styles with “&” in parentheses and the word in a sentence (APA manual, 7th edition, 8.17).

CSL knows no such difference, so the press makes it.
"""
AND = {
    "cs": "a", "da": "og", "de": "und", "en": "and", "es": "y", "fi": "ja", "fr": "et",
    "it": "e", "nb": "og", "nl": "en", "pl": "i", "pt": "e", "sv": "och",
}  # fmt: skip
"""The word in the languages that the style writes with “&”."""
SYNONYMS = {"en": {"ch.": "chap.", "chs.": "chaps.", "sect.": "sec.", "par.": "para."}}
"""Labels of locators that authors write, and the ones that citeproc reads, by language."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendering for each group, in the order given, and the reference list of those cited."""

    citations: tuple[tuple[Node, ...], ...] = ()
    bibliography: tuple[Element, ...] = ()
    warnings: tuple[str, ...] = ()
    """What the engine remarked; none is expected."""


def cite(
    groups: Sequence[Element],
    references: References,
    style: str,
    language: str,
    store: Store = NOTHING_KEPT,
) -> Rendered:
    """Render all citations of a book, given in document order, and its reference list.

    A group with a key that ``references`` lacks becomes a ``fault`` that shows its source.

    Raises:
        StyleNotFound: no such style is bundled.
        PandocError: the engine is missing, fails, or does not answer in time.
    """
    csl = style_of(style).csl
    sound = [group for group in groups if not unknown_keys(group, references)]
    if not sound:
        return Rendered(tuple(_fault(group) for group in groups))
    answer = _answer(sound, references, csl, language, store)
    *paragraphs, entries = answer.document["blocks"]
    rendered = (inlines(paragraph["c"]) for paragraph in paragraphs)
    if style in SPELLS_AND:
        pairs = zip(sound, rendered, strict=True)
        rendered = (_spelt(group, text, references, language) for group, text in pairs)
    citations = tuple(
        _fault(group) if unknown_keys(group, references) else next(rendered) for group in groups
    )
    return Rendered(citations, _bibliography(entries), answer.warnings)


def unknown_keys(group: Element, references: References) -> tuple[str, ...]:
    """Return the keys of a group that name no reference, once each, in the order written."""
    return tuple(dict.fromkeys(key for key in keys_of(group) if key not in references))


def keys_of(group: Element) -> tuple[str, ...]:
    """Return the keys that a group cites, in the order written."""
    return tuple(cited.get("key") for cited in _cites(group))


# --- Into Pandoc's tree ---------------------------------------------------------------------------


def _answer(
    groups: Sequence[Element], references: References, csl: str, language: str, store: Store
) -> pandoc.Answer:
    keys = tuple(dict.fromkeys(key for group in groups for key in keys_of(group)))
    items = [_item(references[key]) for key in keys]
    # Style and references travel inside the document, as data URLs, so that no file is written.
    meta = {
        "lang": _text(language),
        "csl": _text(_data_url("application/xml", csl)),
        "bibliography": _text(_data_url(CSL_JSON, json.dumps(items))),
        "link-citations": {"t": "MetaBool", "c": True},
    }
    blocks = [_paragraph(group, number, language) for number, group in enumerate(groups, 1)]
    document = {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": blocks}
    try:
        return pandoc.run(document, "--citeproc", store=store)
    except pandoc.PandocError as problem:
        raise _blamed(problem, keys) from problem


def _item(reference: Reference) -> dict[str, object]:
    # A null says the same as silence, but Pandoc refuses it.
    known = {name: value for name, value in reference.item.items() if value is not None}
    return {**known, "id": reference.key}


def _blamed(problem: pandoc.PandocError, keys: Sequence[str]) -> pandoc.PandocError:
    """Return the problem with the reference it lies in, where Pandoc says its place."""
    place = re.search(r"Error in \$\[(\d+)\]\S*: *(.+)", problem.message, re.DOTALL)
    if not place:
        return problem
    key, reason = keys[int(place[1])], " ".join(place[2].split())
    return pandoc.PandocError(
        "bad-reference",
        f"the reference “{key}” cannot be read: {reason}",
        f"compare the values of “{key}” with those of an entry that works",
    )


def _text(value: str) -> Tree:
    return {"t": "MetaString", "c": value}


def _data_url(media_type: str, text: str) -> str:
    return f"data:{media_type};base64,{b64encode(text.encode()).decode('ascii')}"


def _paragraph(group: Element, number: int, language: str) -> Tree:
    citations = [
        {
            "citationId": cited.get("key"),
            "citationPrefix": _words(cited.get("prefix")),
            "citationSuffix": _words(_after(cited, language)),
            "citationMode": {"t": MODES[cited.get("mode", "normal")]},
            "citationNoteNum": number,
            "citationHash": 0,
        }
        for cited in _cites(group)
    ]
    return {"t": "Para", "c": [{"t": "Cite", "c": [citations, []]}]}


def _after(cited: Element, language: str) -> str:
    """Return locator and suffix as Pandoc reads them: one text, the locator after a comma."""
    label, space, number = cited.get("locator").strip().partition(" ")
    label = SYNONYMS.get(_primary(language), {}).get(label.lower(), label)
    suffix = cited.get("suffix").strip()
    gap = "" if not suffix or suffix[0] in ",;:.)]" else " "
    return (f", {label}{space}{number}" if label else "") + gap + suffix


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()


def _words(text: str) -> list[Tree]:
    # Split at ordinary white space only: a no-break space is part of its word.
    pieces = re.split(r"([ \t\r\n]+)", text)
    return [
        {"t": "Str", "c": piece} if index % 2 == 0 else {"t": "Space"}
        for index, piece in enumerate(pieces)
        if piece
    ]


def _cites(group: Element) -> tuple[Element, ...]:
    return tuple(child for child in group.children if isinstance(child, Element))


# --- Out of Pandoc's tree -------------------------------------------------------------------------


def _fault(group: Element) -> tuple[Node, ...]:
    source = group.get("text") or " ".join(f"@{key}" for key in keys_of(group))
    return (Element("fault", (("code", "undefined-key"),), (source,), group.line),)


def _spelt(
    group: Element, text: tuple[Node, ...], references: References, language: str
) -> tuple[Node, ...]:
    """Return a narrative citation with the “&” before its last author as a word."""
    first = text[0] if text else ""
    word = AND.get(_primary(language))
    if group.get("mode") != "narrative" or not isinstance(first, str) or not word:
        return text
    item = references[keys_of(group)[0]].item
    # What may stand in the author's place; an “&” inside a name or title belongs to it.
    named = [value for name, value in item.items() if "title" in name or isinstance(value, list)]
    authors, parenthesis, after = first.rpartition(" (")
    before, ampersand, last = authors.rpartition(" & ")
    if not ampersand or "&" in json.dumps(named):
        return text
    return (f"{before} {word} {last}{parenthesis}{after}", *text[1:])


def _bibliography(entries: Tree) -> tuple[Element, ...]:
    return tuple(_entry(block) for block in entries["c"][1])


def _entry(block: Tree) -> Element:
    (identifier, _classes, _pairs), paragraphs = block["c"]
    key = identifier.removeprefix("ref-")
    content = joined(node for paragraph in paragraphs for node in inlines(paragraph["c"]))
    return Element("div", (("class", "csl-entry"), ("id", reference_id(key))), content)
