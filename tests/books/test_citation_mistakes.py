"""Fourteen mistakes of citing in one manuscript, all told at once, each with its line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from click.testing import CliRunner

from octavo.cli import main

if TYPE_CHECKING:
    from tests.conftest import LittleBook

BOOK = """\
title: Fourteen Mistakes
language: en-GB
date: 2026-01-01
references: [sources.bib, more.json]
citations: {style: chicago-note}
contents: [chapter.md, bibliography]
"""
CHAPTER = """\
# One

Cited in vain [@darwn1859]. A place that is none [@gibbon1776, pge 3].

An empty place [@gibbon1776, p.]. Half a group [@gibbon1776; ]. No key [see @].

Two works in one part [@gibbon1776 and @shelley1818].
"""
BIBTEX = """\
@book{darwin1859,
  author = {Darwin, Charles},
  title  = {On the Origin of Species},
  publisher = {John Murray},
  year   = {1859},
  doi    = {10.5962-bhl.title.68064},
}
@book{gibbon1776,
  author = {Gibbon, Edward},
  title  = {The History of the Decline and Fall of the Roman Empire},
  publisher = {Strahan and Cadell},
  year   = {1776},
  isbn   = {978-0-14-043764-1},
}
@book{shelley1818,
  author = {Shelley, Mary},
  title  = {Frankenstein},
  publisher = {Lackington},
  year   = {2081},
}
@article{huxley1860,
  author = {Huxley, Thomas Henry},
  title  = {The Origin of Species},
  year   = {1860},
}
@book{broken1900,
  author = {Nobody
  title  = {Unclosed},
}
"""
ITEMS = """\
[{"id": "gibbon1776", "type": "book", "title": "Vindication",
  "author": [{"family": "Gibbon", "given": "Edward"}],
  "publisher": "Strahan", "issued": {"date-parts": [[1779]]}},
 {"id": "darwin-origin", "type": "book", "title": "On the origin of species",
  "author": [{"family": "Darwin", "given": "Charles"}],
  "publisher": "John Murray", "issued": {"date-parts": [[1859]]}, "URL": "htp:/example"}]
"""
TOLD = {
    "book.yaml:5 style-not-found",
    "more.json:1 duplicate-reference",
    "more.json:4 bad-url",
    "more.json:4 near-duplicate",
    "chapter.md:3 locator-malformed",
    "chapter.md:3 undefined-key",
    "chapter.md:5 citation-syntax",
    "chapter.md:5 locator-malformed",
    "chapter.md:7 citation-syntax",
    "sources.bib:1 bad-doi",
    "sources.bib:8 bad-isbn",
    "sources.bib:15 future-date",
    "sources.bib:21 missing-field",
    "sources.bib:21 unused-reference",
    "sources.bib:27 bad-bibtex",
}


def test_every_mistake_of_citing_is_told_with_its_place(book: LittleBook) -> None:
    """One run shows all of them, each where it is mended, and makes nothing."""
    book.add(book_yaml=BOOK, chapter_md=CHAPTER, sources_bib=BIBTEX, more_json=ITEMS)

    result = CliRunner().invoke(main, ["check", str(book.folder), "--json"])

    found = {
        "{location[file]}:{location[line]} {code}".format(**each)
        for each in json.loads(result.output)
    }
    assert result.exit_code == 1
    assert TOLD - found == set()
    assert {code.split()[1] for code in found} == {code.split()[1] for code in TOLD}


def test_every_mistake_has_a_way_out(book: LittleBook) -> None:
    """Whoever reads a message knows what to do."""
    book.add(book_yaml=BOOK, chapter_md=CHAPTER, sources_bib=BIBTEX, more_json=ITEMS)

    result = CliRunner().invoke(main, ["check", str(book.folder), "--json"])

    assert [each for each in json.loads(result.output) if not each["hint"]] == []
