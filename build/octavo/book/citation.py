"""What the citations of a book say in its style: groups and references in, XHTML out.

One run of Pandoc's citeproc renders the citations of a scope and its list of sources together,
because what a style prints at one place (*2010a*, *ibid.*) depends on every other.  A group with a
key that no reference has is not passed; whose it is, tells of it.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from octavo import pandoc
from octavo.book.citeproc import (
    Group,
    Rendering,
    citation,
    keys_of,
    paragraph,
    renderings,
    row_of,
    source,
)
from octavo.book.copyedit import in_brackets, lowered, named, numbered, spelt, stopped
from octavo.book.inlines import Tree, reference_id
from octavo.book.styles.naming import NAMING
from octavo.model import Element, Reference
from octavo.pandoc import NOTHING_KEPT

if TYPE_CHECKING:
    from octavo.book.styles import Style
    from octavo.diagnostics import Location
    from octavo.store import Store

__all__ = [
    "Group",
    "Rendered",
    "Rendering",
    "Sources",
    "cite",
    "keys_of",
    "reference_id",
    "unknown_keys",
    "unrendered",
]

References = Mapping[str, Reference]
"""The sources by their keys."""
CSL_JSON = "application/vnd.citationstyles.csl+json"
"""The media type by which Pandoc knows what it is given."""

_BRITISH = ("en-au", "en-ie", "en-in", "en-nz", "en-za")
_LOCALES = {"no": "nb", **dict.fromkeys(_BRITISH, "en-GB")}
"""Languages that citeproc knows by another name; it would take those of no land for American."""


def locale(language: str, style: Style) -> str:
    """Return a language as citeproc knows it.

    It takes a language without a region for that of one land; a style knows its own.
    """
    primary = language.partition("-")[0].lower()
    if language == primary == style.locale.partition("-")[0].lower():
        return style.locale
    return _LOCALES.get(language.lower(), language)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendering for each group, in the order given, and the list of sources."""

    citations: tuple[Rendering, ...] = ()
    sources: tuple[tuple[str, Element], ...] = ()
    """The entries of the list, each with the key of its reference."""
    warnings: tuple[str, ...] = ()
    """What the engine remarked."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What citations are made of: the references, and the style and language they are cited in."""

    references: References
    style: Style
    language: str
    uncited: bool = False
    """Whether all references are listed, or those alone that are cited."""

    @property
    def locale(self) -> str:
        """The language as citeproc knows it."""
        return locale(self.language, self.style)


class BadReference(pandoc.PandocError):
    """The engine refuses a reference."""

    def __init__(self, message: str, hint: str, location: Location) -> None:
        """Keep the place of the reference, too."""
        super().__init__("bad-reference", message, hint)
        self.location = location


def cite(groups: Sequence[Group], sources: Sources, store: Store = NOTHING_KEPT) -> Rendered:
    """Render the citations of a scope, given in the order of the text, and its list of sources.

    A group with a key that no reference has becomes a ``fault`` that shows its source.

    Raises:
        PandocError: the engine is missing, fails, or does not answer in time.
    """
    references = sources.references
    sound = [group for group in groups if not unknown_keys(group.element, references)]
    names = iter(_names([group for group in sound if group.is_name], sources, store))
    sound = [group for group in sound if not group.is_name]
    if not (sound or (sources.uncited and references)):
        return Rendered(tuple(unrendered(group.element) for group in groups))
    keys = dict.fromkeys(key for group in sound for key in keys_of(group.element))
    listed = [references[key] for key in (references if sources.uncited else keys)]
    rows = [tuple(row) for _, row in groupby(sound, row_of if sources.style.is_note else id)]
    blocks = [paragraph(row, sources.locale) for row in rows]
    answer = _answer(blocks, listed, sources, store)
    *paragraphs, entries = answer.document["blocks"]
    pairs = zip(rows, paragraphs, strict=True)
    shown = (each for row, block in pairs for each in renderings(row, block))
    made = (_edited(*pair, sources) for pair in zip(shown, sound, strict=True))
    citations = (
        unrendered(group.element)
        if unknown_keys(group.element, references)
        else next(names if group.is_name else made)
        for group in groups
    )
    return Rendered(tuple(citations), tuple(map(source, entries["c"][1])), answer.warnings)


def _names(groups: Sequence[Group], sources: Sources, store: Store) -> list[Rendering]:
    """Return the names of authors that the style of the book does not say, or else titles."""
    if not groups:
        return []
    keys = [keys_of(group.element)[0] for group in groups]
    items = {key: sources.references[key] for key in keys}
    named_in = replace(sources, style=NAMING, uncited=False)
    blocks = [paragraph([group], sources.locale) for group in groups]
    answer = _answer(blocks, [*items.values()], named_in, store)
    # The last block is the list of sources.
    pairs = zip(groups, keys, answer.document["blocks"], strict=False)
    return [
        Rendering(named(made.text, items[key].item, sources.language))
        for group, key, block in pairs
        for made in renderings([group], block)
    ]


def unknown_keys(group: Element, references: References) -> tuple[str, ...]:
    """Return the keys of a group that name no reference, once each, in the order written."""
    return tuple(dict.fromkeys(key for key in keys_of(group) if key not in references))


# --- With Pandoc ---------------------------------------------------------------------------------


def _answer(
    blocks: Sequence[Tree], references: Sequence[Reference], sources: Sources, store: Store
) -> pandoc.Answer:
    items = [_item(reference) for reference in references]
    # Style and references travel inside the document, as data URLs, so that no file is written.
    meta: dict[str, Tree] = {
        "lang": _text(sources.locale),
        "csl": _text(_data_url("application/xml", sources.style.csl)),
        "bibliography": _text(_data_url(CSL_JSON, json.dumps(items))),
        "link-citations": {"t": "MetaBool", "c": True},
    }
    if sources.uncited:
        meta["nocite"] = {"t": "MetaInlines", "c": [{"t": "Cite", "c": [[citation("*")], []]}]}
    document = {"pandoc-api-version": [1, 23, 1], "meta": meta, "blocks": [*blocks]}
    try:
        return pandoc.run(document, "--citeproc", store=store)
    except pandoc.PandocError as problem:
        raise _blamed(problem, references, sources.style) from problem


def _item(reference: Reference) -> dict[str, object]:
    # A null says the same as silence, but Pandoc refuses it.
    known = {name: value for name, value in reference.item.items() if value is not None}
    return {**known, "id": reference.key}


def _blamed(
    problem: pandoc.PandocError, references: Sequence[Reference], style: Style
) -> pandoc.PandocError:
    """Return the problem with what it lies in, where Pandoc says so: a reference, or the style."""
    if "CiteprocParseError" in problem.message:
        message = f"the citation style “{style.name}” cannot be used: {problem.message}"
        return pandoc.PandocError("bad-style", message, "get the style anew, or take another")
    place = re.search(r"Error in \$\[(\d+)\]\S*: *(.+)", problem.message, re.DOTALL)
    if not place:
        return problem
    reference, reason = references[int(place[1])], " ".join(place[2].split())
    return BadReference(
        f"the reference “{reference.key}” cannot be read: {reason}",
        f"compare the values of “{reference.key}” with those of an entry that works",
        reference.location,
    )


def _text(value: str) -> Tree:
    return {"t": "MetaString", "c": value}


def _data_url(media_type: str, text: str) -> str:
    return f"data:{media_type};base64,{b64encode(text.encode()).decode('ascii')}"


def unrendered(group: Element, code: str = "undefined-key") -> Rendering:
    """Return what a draft shows of a group that is not rendered: its source."""
    written = group.get("text") or " ".join(f"@{key}" for key in keys_of(group))
    return Rendering((Element("fault", (("code", code),), (written,), group.line),))


def _edited(made: Rendering, group: Group, sources: Sources) -> Rendering:
    """Return a rendering as it is printed."""
    note = stopped(made.note, sources.locale)
    if group.note and sources.style.is_note and not group.own:
        return replace(made, text=stopped(in_brackets(made.text), sources.locale))
    if group.element.get("mode") != "narrative":
        text = lowered(made.text) if sources.style.superscript else made.text
        return Rendering(text, note)
    item = sources.references[keys_of(group.element)[0]].item
    text = spelt(made.text, item, sources.style.name, sources.language)
    if not sources.style.is_note:
        return Rendering(text)
    return Rendering(named(text, item, sources.language), numbered(note))
