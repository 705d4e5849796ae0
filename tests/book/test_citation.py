"""Laws of citations: what APA prints, what links where, and what is said when it cannot be done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from octavo import pandoc
from octavo.book import citation
from octavo.book.citation import Group, Sources, keys_of, reference_id, unknown_keys
from octavo.book.styles import StyleNotFound, style_of
from octavo.diagnostics import Location
from octavo.markup import serialize, text_of, walk
from octavo.model import Element, Reference

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from octavo.model import Node
    from octavo.pandoc import Document


def _names(text: str) -> list[dict[str, str]]:
    pairs = (name.split(", ") for name in text.split("; "))
    return [{"family": family, "given": given} for family, given in pairs]


def _item(
    kind: str, title: str, authors: str = "", year: int = 0, **more: object
) -> dict[str, object]:
    item: dict[str, object] = {"type": kind, "title": title}
    if authors:
        item["author"] = _names(authors)
    if year:
        item["issued"] = {"date-parts": [[year]]}
    return item | {name.replace("_", "-"): value for name, value in more.items()}


def _body(name: str) -> list[dict[str, str]]:
    return [{"literal": name}]


TWENTY_ONE = "; ".join(f"Author{letter}, {letter}" for letter in "ABCDEFGHIJKLMNOPQRSTU")
ITEMS = {
    "rossi2012": _item("book", "Tides of the north", "Rossi, Anna Maria", 2012, publisher="Quay"),
    "rossi2014": _item("book", "Tides of the south", "Rossi, Anna Maria", 2014, publisher="Quay"),
    "rossi2015": _item(
        "article-journal",
        'Rain and "ruin": A history',
        "Rossi, Anna Maria; Okafor, Ben",
        2015,
        container_title="Journal of Weather",
        volume="12",
        issue="3",
        page="101-120",
        DOI="10.1000/xyz.123",
    ),
    "lindqvist2018": _item(
        "chapter",
        "Snow",
        "Lindqvist, Eva; Rossi, Anna Maria; Okafor, Ben",
        2018,
        container_title="The book of water",
        editor=_names("Bell, Dora; Kent, Max"),
        edition="2",
        page="5-19",
        publisher="Harbour Press",
    ),
    "tanaka-a": _item("book", "Clouds over the bay", "Tanaka, Yui", 2009, publisher="Quay"),
    "tanaka-b": _item("book", "Mist over the bay", "Tanaka, Yui", 2009, publisher="Quay"),
    "agency2020": _item(
        "report",
        "State of the sky",
        year=2020,
        author=_body("World Weather Agency"),
        number="7",
        genre="Report",
        URL="https://example.org/state%20of?sky=1&year=2020",
    ),
    "moreau": _item("book", "An undated almanac", "Moreau, Luc", publisher="Quay"),
    "lee2001": _item("book", "Wind", "Lee, Jane", 2001, publisher="Quay"),
    "lee2003": _item("book", "Fog", "Lee, Mark", 2003, publisher="Quay"),
    "anonymous": _item("book", "Handbook of tides", year=1999, publisher="Quay"),
    "unsigned": _item(
        "article-journal",
        "On rain",
        year=2004,
        container_title="Weather Notes",
        volume="2",
        page="7",
    ),
    "berg1987": _item(
        "book",
        "Dikes",
        publisher="Quay",
        author=[{"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"}],
        issued={"date-parts": [[1987]]},
    ),
    "haugen-s": _item(
        "book", "Ice", "Haugen, Liv; Silva, Rui; Ito, Ken; Park, Min", 2016, publisher="Quay"
    ),
    "haugen-p": _item(
        "book", "Frost", "Haugen, Liv; Park, Min; Ito, Ken; Silva, Rui", 2016, publisher="Quay"
    ),
    "crowd": _item("book", "Many hands", TWENTY_ONE, 2021, publisher="Quay"),
    "translated": _item(
        "book",
        "The <i>Cirrus</i> and the sea",
        "Novák, Jiří",
        2011,
        publisher="Quay",
        translator=_names("Hall, Sue"),
        original_date={"date-parts": [[1931]]},
    ),
    "thesis": _item(
        "thesis",
        "Measuring hail",
        "Adeyemi, Tolu",
        2019,
        genre="Doctoral dissertation",
        publisher="University of Porto",
    ),
}


def _known(items: Mapping[str, dict[str, object]]) -> dict[str, Reference]:
    return {key: Reference(key, item, Location("refs.json")) for key, item in items.items()}


REFERENCES = _known(ITEMS)


class Rendered(NamedTuple):
    """What stands in the text and in the list."""

    citations: tuple[tuple[Node, ...], ...]
    bibliography: tuple[Element, ...]
    warnings: tuple[str, ...]


def cite(
    groups: Sequence[Element], references: dict[str, Reference], style: str, language: str
) -> Rendered:
    """Render citations of the text, and the list of their sources."""
    sources = Sources(references, style_of(style), language)
    made = citation.cite([Group(group) for group in groups], sources)
    texts = tuple(each.text for each in made.citations)
    return Rendered(texts, tuple(entry for _, entry in made.sources), made.warnings)


"""Invented works, one for each rule of the manual that is tried below."""


def _cite(key: str, mode: str = "normal", **parts: str) -> Element:
    return Element("cite", (("key", key), ("mode", mode), *parts.items()))


def _group(*cites: Element, mode: str = "parenthetical", text: str = "") -> Element:
    return Element("citation", (("mode", mode), ("text", text)), cites, 7)


def _narrative(key: str, **parts: str) -> Element:
    return _group(_cite(key, "author-in-text", **parts), mode="narrative")


# Author-date rules by the Publication Manual of the American Psychological Association, 7th
# edition, chapter 8; citeproc-js with the same style prints the same strings, but for “and” in
# narrative citations, which CSL cannot say.
APA = {
    "one author": (_group(_cite("rossi2012")), "(Rossi, 2012)"),
    "two authors": (_group(_cite("rossi2015")), "(Rossi & Okafor, 2015)"),
    "three authors": (_group(_cite("lindqvist2018")), "(Lindqvist et al., 2018)"),
    "narrative": (_narrative("rossi2012"), "Rossi (2012)"),
    "narrative, two authors": (_narrative("rossi2015"), "Rossi and Okafor (2015)"),
    "narrative, three authors": (_narrative("lindqvist2018"), "Lindqvist et al. (2018)"),
    "narrative, locator": (_narrative("rossi2012", locator="p. 7"), "Rossi (2012, p. 7)"),
    "page": (_group(_cite("rossi2012", locator="p. 33")), "(Rossi, 2012, p. 33)"),
    "bare number": (_group(_cite("rossi2012", locator="33")), "(Rossi, 2012, p. 33)"),
    "pages": (_group(_cite("rossi2012", locator="pp. 33-35")), "(Rossi, 2012, pp. 33–35)"),
    "chapter": (_group(_cite("rossi2012", locator="chap. 3")), "(Rossi, 2012, Chapter 3)"),
    "synonym": (_group(_cite("rossi2012", locator="ch. 3")), "(Rossi, 2012, Chapter 3)"),
    "unknown label": (_group(_cite("rossi2012", locator="Table 3")), "(Rossi, 2012, Table 3)"),
    "prefix": (_group(_cite("rossi2012", prefix="see")), "(see Rossi, 2012)"),
    "suffix": (
        _group(_cite("rossi2012", prefix="see", locator="p. 3", suffix=", for a summary")),
        "(see Rossi, 2012, p. 3, for a summary)",
    ),
    "suffix without comma": (
        _group(_cite("rossi2012", suffix="and elsewhere")),
        "(Rossi, 2012 and elsewhere)",
    ),
    "suppressed author": (_group(_cite("rossi2012", "suppress-author")), "(2012)"),
    "suppressed author, locator": (
        _group(_cite("rossi2012", "suppress-author", locator="p. 5")),
        "(2012, p. 5)",
    ),
    "sorted": (
        _group(_cite("tanaka-a"), _cite("rossi2012"), _cite("lindqvist2018")),
        "(Lindqvist et al., 2018; Rossi, 2012; Tanaka, 2009a)",
    ),
    "same author": (_group(_cite("rossi2014"), _cite("rossi2012")), "(Rossi, 2012, 2014)"),
    "same author and year": (
        _group(_cite("tanaka-a"), _cite("tanaka-b")),
        "(Tanaka, 2009a, 2009b)",
    ),
    "organisation": (_group(_cite("agency2020")), "(World Weather Agency, 2020)"),
    "no date": (_group(_cite("moreau")), "(Moreau, n.d.)"),
    "same surname": (_group(_cite("lee2001"), _cite("lee2003")), "(J. Lee, 2001; M. Lee, 2003)"),
    "no author, book": (_group(_cite("anonymous")), "(Handbook of Tides, 1999)"),
    "no author, article": (_group(_cite("unsigned")), "(“On Rain,” 2004)"),
    "particle": (_group(_cite("berg1987")), "(van den Berg, 1987)"),
    "ambiguous et al.": (
        _group(_cite("haugen-p"), _cite("haugen-s")),
        "(Haugen, Park, et al., 2016; Haugen, Silva, et al., 2016)",
    ),
    "translation": (_group(_cite("translated")), "(Novák, 1931/2011)"),
    "others": (_group(_cite("crowd"), _cite("thesis")), "(Adeyemi, 2019; AuthorA et al., 2021)"),
}
ENTRIES = {
    "rossi2012": "Rossi, A. M. (2012). Tides of the north. Quay.",
    "rossi2015": "Rossi, A. M., & Okafor, B. (2015). Rain and “ruin”: A history. Journal of"
    " Weather, 12(3), 101–120. https://doi.org/10.1000/xyz.123",
    "lindqvist2018": "Lindqvist, E., Rossi, A. M., & Okafor, B. (2018). Snow. In D. Bell & M."
    " Kent (Eds.), The book of water (2nd ed., pp. 5–19). Harbour Press.",
    "tanaka-a": "Tanaka, Y. (2009a). Clouds over the bay. Quay.",
    "tanaka-b": "Tanaka, Y. (2009b). Mist over the bay. Quay.",
    "agency2020": "World Weather Agency. (2020). State of the sky (Report No. 7)."
    " https://example.org/state%20of?sky=1&year=2020",
    "moreau": "Moreau, L. (n.d.). An undated almanac. Quay.",
    "anonymous": "Handbook of tides. (1999). Quay.",
    "unsigned": "On rain. (2004). Weather Notes, 2, 7.",
    "crowd": "".join(f"Author{letter}, {letter}., " for letter in "ABCDEFGHIJKLMNOPQRS")
    + "… AuthorU, U. (2021). Many hands. Quay.",
    "translated": "Novák, J. (2011). The Cirrus and the sea (S. Hall, Trans.). Quay. (Original work"
    " published 1931)",
    "thesis": "Adeyemi, T. (2019). Measuring hail [Doctoral dissertation]. University of Porto.",
}


@pytest.fixture(scope="module")
def book() -> Rendered:
    """Return the renderings of all groups above, made in one run as a book's are."""
    return cite([group for group, _ in APA.values()], REFERENCES, "apa", "en-US")


@pytest.mark.parametrize("rule", APA)
def test_prints_apa(book: Rendered, rule: str) -> None:
    """A citation reads as the style's manual says."""
    _, expected = APA[rule]

    rendered = book.citations[list(APA).index(rule)]

    assert expected == text_of(*rendered).replace("\u00a0", " ")


@pytest.mark.parametrize("key", ENTRIES)
def test_prints_apa_entries(book: Rendered, key: str) -> None:
    """An entry of the reference list reads as the style's manual says."""
    entries = {entry.get("id"): entry for entry in book.bibliography}

    printed = text_of(entries[reference_id(key)]).replace("\u00a0", " ")

    assert ENTRIES[key] == printed


def test_lists_in_the_styles_order(book: Rendered) -> None:
    """The reference list holds what is cited, once each, by author, then year, then title."""
    authors = [text_of(entry).partition(" (")[0] for entry in book.bibliography]

    assert len(REFERENCES) == len(authors)
    assert sorted(authors, key=lambda name: re.sub(r"\W", "", name).lower()) == authors


def test_leaves_out_what_is_not_cited() -> None:
    """A reference that no citation names is not listed."""
    rendered = cite([_group(_cite("moreau"))], REFERENCES, "apa", "en")

    assert [entry.get("id") for entry in rendered.bibliography] == ["ref-moreau"]


def test_links_every_citation_to_its_entry(book: Rendered) -> None:
    """Every citation of every group is a link to an entry that is there."""
    ids = {f"#{entry.get('id')}" for entry in book.bibliography}

    for (group, _), rendered in zip(APA.values(), book.citations, strict=True):
        links = [e.get("href") for e in walk(*rendered) if e.tag == "a"]
        expected = {f"#{reference_id(key)}" for key in keys_of(group)}

        assert len(keys_of(group)) == len(links)
        assert expected == set(links) <= ids


def test_keeps_the_styles_italics_and_links(book: Rendered) -> None:
    """An entry is a ``div`` with the style's markup; its DOI is a link."""
    entry = next(e for e in book.bibliography if e.get("id") == "ref-rossi2015")

    assert serialize(entry) == (
        '<div class="csl-entry" id="ref-rossi2015">Rossi, A. M., &amp; Okafor, B. (2015). Rain and'
        " “ruin”: A history. <em>Journal of Weather</em>, <em>12</em>(3), 101–120."
        ' <a href="https://doi.org/10.1000/xyz.123">https://doi.org/10.1000/xyz.123</a></div>'
    )


def test_shows_a_fault_for_an_unknown_key() -> None:
    """A group with an unknown key shows its source; the others are rendered in their places."""
    bad = _group(_cite("moreau"), _cite("moraeu"), text="[@moreau; @moraeu]")

    rendered = cite([bad, _group(_cite("moreau")), bad], REFERENCES, "apa", "en")

    fault = Element("fault", (("code", "undefined-key"),), ("[@moreau; @moraeu]",), 7)
    assert unknown_keys(bad, REFERENCES) == ("moraeu",)
    assert ((fault,), "(Moreau, n.d.)", (fault,)) == (
        rendered.citations[0],
        text_of(*rendered.citations[1]),
        rendered.citations[2],
    )


@pytest.mark.parametrize("groups", [(), (_group(_cite("nobody"), text="[@nobody]"),)])
def test_runs_nothing_for_nothing(
    groups: tuple[Element, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a group to render, the engine is not started."""
    monkeypatch.setattr(pandoc, "run", None)

    rendered = cite(groups, REFERENCES, "apa", "en")

    assert len(groups) == len(rendered.citations)
    assert rendered.bibliography == ()


def test_runs_once_for_a_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many groups there are, the engine is started once."""
    runs: list[Document] = []
    run = pandoc.run

    def counted(document: Document, *options: str, **_: object) -> pandoc.Answer:
        runs.append(document)
        return run(document, *options)

    monkeypatch.setattr(pandoc, "run", counted)
    cite([_group(_cite(key)) for key in REFERENCES], REFERENCES, "apa", "en")

    assert len(runs) == 1


def test_repeats_itself() -> None:
    """The same citations give the same renderings, whatever the order of the references."""
    groups = [group for group, _ in APA.values()]
    reversed_references = dict(reversed(REFERENCES.items()))

    first = cite(groups, REFERENCES, "apa", "en-US")

    assert first == cite(groups, reversed_references, "apa", "en-US")
    assert first.warnings == ()


@pytest.mark.parametrize(
    ("language", "locator", "expected"),
    [
        ("de", "S. 3-4", "Rossi und Okafor (2015, S. 3–4)"),
        ("de-CH", "Kap. 2", "Rossi und Okafor (2015, Kapitel 2)"),
        ("fr", "p. 3", "Rossi et Okafor (2015, p. 3)"),
        ("en-GB", "p. 3", "Rossi and Okafor (2015, p. 3)"),
        ("ja", "3", "Rossi & Okafor (2015年, p. 3)"),
    ],
)
def test_speaks_the_books_language(language: str, locator: str, expected: str) -> None:
    """Labels and the word for “and” are those of the book's language."""
    rendered = cite([_narrative("rossi2015", locator=locator)], REFERENCES, "apa", language)

    assert expected == text_of(*rendered.citations[0]).replace("\u00a0", " ")


def test_leaves_an_ampersand_inside_a_name() -> None:
    """Only the “&” before the last author becomes a word, not that of a firm."""
    firm = _item("book", "Soap", year=1990, author=_body("Salt & Pepper"), publisher="A & B")

    rendered = cite([_narrative("firm")], _known({"firm": firm}), "apa", "en")

    assert text_of(*rendered.citations[0]) == "Salt & Pepper (1990)"


def test_says_which_styles_there_are() -> None:
    """A style that is not bundled is named, with the nearest one."""
    with pytest.raises(StyleNotFound, match="“apaa”") as caught:
        cite([], REFERENCES, "apaa", "en")

    assert caught.value.hint == "did you mean “apa”?"


@pytest.mark.parametrize("name", ["", "../styles/apa", "/etc/passwd"])
def test_reads_styles_by_name_only(name: str) -> None:
    """Nothing but a bundled name leads to a file."""
    with pytest.raises(StyleNotFound) as caught:
        cite([], REFERENCES, name, "en")

    assert "apa" in caught.value.hint


@pytest.mark.parametrize(
    ("field", "value"), [("author", "Moreau, Luc"), ("issued", 2010), ("title", ["An almanac"])]
)
def test_names_the_reference_that_cannot_be_read(field: str, value: object) -> None:
    """A value that the engine refuses is reported with the key of its reference."""
    references = _known({**ITEMS, "broken": {**ITEMS["moreau"], field: value}})

    with pytest.raises(pandoc.PandocError, match="“broken”") as caught:
        cite([_group(_cite("rossi2012"), _cite("broken"))], references, "apa", "en")

    assert caught.value.code == "bad-reference"
    assert "base64" not in caught.value.message


def test_takes_null_for_silence() -> None:
    """A field that is null is as good as absent."""
    references = _known({"moreau": {**ITEMS["moreau"], "issued": None}})

    rendered = cite([_group(_cite("moreau"))], references, "apa", "en")

    assert text_of(*rendered.citations[0]) == "(Moreau, n.d.)"


def test_renders_any_key() -> None:
    """A key may hold any characters: they reach neither the id nor the engine's syntax."""
    key = "doe:2010/ä b_3a_<x>%20#;@"

    rendered = cite([_group(_cite(key))], _known({key: ITEMS["moreau"]}), "apa", "en")
    (link,) = (e for e in walk(*rendered.citations[0]) if e.tag == "a")

    assert link.get("href") == f"#{rendered.bibliography[0].get('id')}"
    assert rendered.bibliography[0].get("id") == reference_id(key)
