"""What is doubtful of sources that can be read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from octavo.diagnostics import Diagnostic, Location, Severity
from octavo.manuscript.references import File, doubts, read
from octavo.model import Reference

BOOK: dict[str, object] = {
    "type": "book",
    "title": "T",
    "author": [{"family": "B", "given": "A."}],
    "issued": {"date-parts": [[2020]]},
    "publisher": "P",
}
PUBLISHED = date(2026, 11, 22)


def asked(*items: object, published: date | None = PUBLISHED) -> list[Diagnostic]:
    references = {
        str(number): Reference(str(number), item, Location("r.json", number))
        for number, item in enumerate(items, 1)
        if isinstance(item, dict)
    }
    return list(doubts(references, published))


def codes(*items: object) -> list[tuple[str, int]]:
    return [(each.code, each.location.line) for each in asked(*items)]


SOUND: dict[str, dict[str, object]] = {
    "a book": {},
    "an edited book": {"author": None, "editor": [{"literal": "E"}]},
    "a book that is on its way": {"issued": {"literal": "in press"}},
    "a DOI as an address": {"DOI": "https://doi.org/10.1002/(SICI)1097<1::AID-X>3.0.CO;2-1"},
    "two ISBNs": {"ISBN": "978-3-16-148410-0 (hbk), 9780060160678"},
    "an old ISBN": {"ISBN": "0-8044-2957-X"},
    "an address with letters of all kinds": {"URL": "https://de.wikipedia.org/wiki/Köln_(x)?a=b#c"},
    "an address of the archive": {"URL": "https://web.archive.org/web/2020/http://a.b/c"},
    "a span": {"issued": {"date-parts": [[2019, 12, 31], [2020]]}},
    "a span without an end": {"issued": {"date-parts": [[2019], [0]]}},
    "a year before Christ": {"issued": {"date-parts": [[-44, 3, 15]]}},
    "numbers as text": {"issued": {"date-parts": [["2020", "02", "29"]]}},
    "a season": {"issued": {"date-parts": [[2020, 21]]}},
    "a raw date": {"issued": {"raw": "2020-05~/2021"}},
    "a raw date in words": {"issued": {"raw": "May 2020"}},
    "next year": {"issued": {"date-parts": [[2027]]}},
    "markup of CSL": {"title": '<i>T</i><sub>2</sub> <span class="nocase">x</span> < y & z'},
    "money": {"title": "From $5 to $10"},
    "markup in an abstract": {"abstract": "<p>\\emph{x}</p>"},
    "a family called Press": {"author": [{"family": "Press", "given": "William H."}]},
    "no type": {"type": ""},
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_source_is_not_asked_about(name: str) -> None:
    """Nobody reads remarks that are mostly false."""
    assert asked({**BOOK, **SOUND[name]}) == []


OLD: dict[str, object] = {"type": "book", "title": "T", "author": [{"literal": "A"}]}
WHOLE: dict[str, dict[str, object]] = {
    "a statute": {"type": "legislation", "title": "Act"},
    "a dictionary": {"type": "entry-dictionary", "title": "word", "container-title": "OED"},
    "a web page": {"type": "webpage", "title": "T", "URL": "https://a.de/"},
    "a news story": {
        "type": "article-newspaper",
        "title": "T",
        "container-title": "N",
        "issued": {"date-parts": [[2020]]},
    },
    "an old book": {**OLD, "issued": {"date-parts": [[1813]]}},
    "a letter": {"type": "personal_communication", "author": [{"literal": "A"}]},
}


@pytest.mark.parametrize("name", WHOLE)
def test_no_source_must_say_what_its_kind_does_without(name: str) -> None:
    """A law has no author, and an old book needs no publisher."""
    assert asked(WHOLE[name]) == []


DOUBTFUL: dict[str, tuple[dict[str, object], str]] = {
    "no title": ({"title": ""}, "missing-field"),
    "no author": ({"author": []}, "missing-field"),
    "no date": ({"issued": None}, "missing-field"),
    "no publisher": ({"publisher": None}, "missing-field"),
    "a type of nobody's": ({"type": "bok"}, "unknown-type"),
    "a number for a DOI": ({"DOI": "182/abc"}, "bad-doi"),
    "a DOI with a full stop": ({"DOI": "10.1000/182."}, "bad-doi"),
    "a wrong ISBN": ({"ISBN": "978-3-16-148410-1"}, "bad-isbn"),
    "a second wrong ISBN": ({"ISBN": "978-3-16-148410-0, 978-3-16-148410-1"}, "bad-isbn"),
    "a short ISBN": ({"ISBN": "97831614841"}, "bad-isbn"),
    "an address without its beginning": ({"URL": "www.a.de"}, "bad-url"),
    "an address with a space": ({"URL": "https://a.de/b c"}, "bad-url"),
    "an address with a backslash": ({"URL": r"https://a.de/b\_c"}, "bad-url"),
    "an address without a site": ({"URL": "https:///x"}, "bad-url"),
    "an address that breaks off": ({"URL": "https://[x"}, "bad-url"),
    "no such month": ({"issued": {"date-parts": [[2020, 32]]}}, "bad-date"),
    "no such day": ({"issued": {"date-parts": [[2021, 2, 29]]}}, "bad-date"),
    "no such year": ({"issued": {"date-parts": [[20200517]]}}, "bad-date"),
    "a date that is text": ({"issued": "2020"}, "bad-date"),
    "a date of words": ({"issued": {"date-parts": [["May"]]}}, "bad-date"),
    "a span backwards": ({"issued": {"date-parts": [[2020, 5], [2019]]}}, "bad-date"),
    "a raw date that is none": ({"issued": {"raw": "2020-5-6"}}, "bad-date"),
    "a year in words": ({"accessed": {"literal": "on 5.6.2020"}}, "bad-date"),
    "a year to come": ({"issued": {"date-parts": [[2028]]}}, "future-date"),
    "a command": ({"title": r"The \emph{T}"}, "markup-left"),
    "an accent": ({"publisher": r"M\"uller"}, "markup-left"),
    "braces": ({"author": [{"family": "{The Body}"}]}, "markup-left"),
    "a formula": ({"title": "$x^2$"}, "markup-left"),
    "an entity": ({"title": "T &amp; U"}, "markup-left"),
    "an element": ({"title": "<em>T</em>"}, "markup-left"),
    "a name that is text": ({"editor": "B, A"}, "bad-name"),
    "a body": ({"author": [{"family": "Organization", "given": "World Health"}]}, "body-as-person"),
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_a_slip_is_asked_about(name: str) -> None:
    """One slip is one remark, at its source, with a hint; it stops no book."""
    change, code = DOUBTFUL[name]

    found = asked(BOOK | {"title": "Other"}, {**BOOK, **change})

    assert [(each.code, each.location.line) for each in found] == [(code, 2)]
    assert found[0].hint
    assert found[0].severity is not Severity.ERROR


def test_without_a_date_of_the_book_nothing_is_of_the_future() -> None:
    """There is no clock."""
    assert asked({**BOOK, "issued": {"date-parts": [[2999]]}}, published=None) == []


def test_one_source_under_two_keys_is_told_with_both_places() -> None:
    """The same DOI, or the same title, year and first author, are most likely one source."""
    other = {**BOOK, "title": "U", "DOI": "10.1000/X", "author": [{"literal": "C"}]}
    again = {**other, "title": "V", "DOI": "https://doi.org/10.1000/x"}
    found = asked(BOOK, other, {**BOOK, "title": "<i>T.</i>"}, again)

    assert [(each.code, each.location.line) for each in found] == [
        ("near-duplicate", 3),
        ("near-duplicate", 4),
    ]
    assert "r.json:1" in found[0].hint
    assert "r.json:2" in found[1].hint


def test_two_volumes_are_two_sources() -> None:
    """What differs by its volume or edition alone is not the same."""
    assert codes({**BOOK, "volume": "1"}, {**BOOK, "volume": "2"}, {**BOOK, "edition": 2}) == []


def test_all_that_a_source_lacks_is_one_remark() -> None:
    """An author who fills a gap sees all of them."""
    (found,) = asked({"type": "article-journal", "title": "T"})

    assert "author" in found.message
    assert "date" in found.message
    assert "journal" in found.message


def test_the_sources_of_this_book_are_sound() -> None:
    """Nothing is asked about references that are right."""
    file = Path(__file__).parents[2] / "manuscript/references.json"
    found: list[Diagnostic] = []

    read([File("references.json", file.read_text("utf-8"))], found.append, published=PUBLISHED)

    assert found == []
