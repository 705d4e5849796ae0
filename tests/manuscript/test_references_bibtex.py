"""BibTeX and BibLaTeX files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest

from octavo.diagnostics import Location, Severity
from octavo.manuscript.references import File, asked, read, values
from octavo.manuscript.references.scan import scan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.diagnostics import Diagnostic
    from octavo.model import Reference

GOOD = "@misc{good,\n title = {Good}\n}\n"


def bib(text: str) -> tuple[Mapping[str, Reference], list[Diagnostic]]:
    found: list[Diagnostic] = []
    return read([File("a.bib", text)], found.append), found


def test_an_entry_becomes_an_item_with_its_line() -> None:
    """Pandoc says what the fields mean; the line is that of the entry's sign."""
    items, found = bib(
        "Some words.\n\n@ARTICLE{Šmíd2020+x,\n  author = {Šmíd, Jan and {The Body}},\n"
        '  title = "A {\\"u}ber Title",\n  journal = {J}, year = 2020, month = feb,\n}\n'
    )

    assert {key: (ref.location, ref.item) for key, ref in items.items()} == {
        "Šmíd2020+x": (
            Location("a.bib", 3),
            {
                "id": "Šmíd2020+x",
                "type": "article-journal",
                "author": [{"family": "Šmíd", "given": "Jan"}, {"literal": "The Body"}],
                "title": "A über title",
                "container-title": "J",
                "issued": {"date-parts": [[2020, 2]]},
            },
        )
    }
    assert found == []


CIRCLE = """@misc{a, title={A}, crossref={b}}
@misc{b, crossref={a}, title={B}}
@misc{c, title={C}, xdata={c}}
"""
BROKEN = {
    "a brace left open": ("@book{a,\n title={X {y},\n year=2000\n}\n\n", 2, "bad-bibtex"),
    "a brace left open at the end": ("@misc{a,\n title={X}\n\n\n", 1, "bad-bibtex"),
    "a value cut off by the next entry": ("@misc{a,\n title={X\n", 2, "bad-bibtex"),
    "a value that a later brace closes": (
        "@misc{a,\n title={X\n@misc{b, title={Y}}\n}}\n",
        2,
        "bad-bibtex",
    ),
    "a quotation mark left open": ('@misc{a,\n title={X},\n note="N}\n', 3, "bad-bibtex"),
    "no comma after a key": ("@misc{a\n title={X}}\n", 1, "bad-bibtex"),
    "no comma after a field": ("@misc{a, title={X}\n note={N}}\n", 1, "bad-bibtex"),
    "no key": ("\n@misc{\n title={X}}\n", 2, "bad-bibtex"),
    "nothing in round brackets": ("@misc()\n", 1, "bad-bibtex"),
    "a comma for a key": ("@misc{, title={X}}\n", 1, "bad-bibtex"),
    "a key with a space": ("@misc{a b, title={X}}\n", 1, "bad-bibtex"),
    "no equals sign": ("@misc{a,\n title {X}}\n", 2, "bad-bibtex"),
    "no value": ("@misc{a,\n title=,\n}\n", 2, "bad-bibtex"),
    "a name of two words": ("@misc{a,\n ti tle={X}}\n", 2, "bad-bibtex"),
    "a brace too many": ("@misc{a,\n title={X}},\n year=2000\n}\n", 2, "bad-bibtex"),
    "no sign": ("misc{a,\n title={X}}\n", 1, "bad-bibtex"),
    "a stray sign": ("@misc{a,\n title={X}; note={N}}\n", 2, "bad-bibtex"),
    "a broken abbreviation": ("\n@string{acm}\n", 2, "bad-bibtex"),
    "a nest without bottom": ("@misc{a,\n title={" + "{" * 1_000_000, 2, "bad-bibtex"),
    "a circle": (CIRCLE, 1, "circular-crossref"),
    "one key twice": ("@misc{a, title={X}}\n@misc{a, title={Y}}\n", 2, "duplicate-reference"),
    "an invisible character": ("\n@misc{a, title={X\x01}}\n", 2, "bad-bibtex"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_fault_is_told_with_its_line_and_costs_no_other_entry(name: str) -> None:
    """The line is where the mistake is, not where reading could go no further."""
    text, line, code = BROKEN[name]

    items, found = bib(text + "\n" + GOOD)

    errors = [each for each in found if each.severity is Severity.ERROR]
    assert (errors[0].location, errors[0].code) == (Location("a.bib", line), code)
    assert all(each.hint for each in errors)
    assert "good" in items


FINE = {
    "round brackets": "@misc(a, title={X})",
    "a remark": "% @misc{b, title={Y}}\n@misc{a, % who?\n title={X},\n % note={N}\n}",
    "a comment": "@comment{jabref: {x}}\n@Comment{\n@misc{b, title={Y}}\n}\n@misc{a, title={X}}",
    "a preamble": '@preamble{"\\newcommand{\\x}{y}"}\n@misc{a, title={X}}',
    "an address": "written by foo@bar.de\n@misc{a, title={X}}",
    "an abbreviation": '@string{x = "X"}\n@misc{a, title = X}',
    "abbreviations joined": "@string(y = {})\n@misc{a, title = y # {X} # y}",
    "commas too many": "@misc{a,, title={X},,\n},",
    "ends of lines of Windows": "@misc{a,\r\n title={X}\r\n}\r\n",
    "a byte order mark": "\ufeff@misc{a, title={X}}",
    "a quoted brace": '@misc{a, title="{X}"}',
}


@pytest.mark.parametrize("name", FINE)
def test_what_authors_write_is_read(name: str) -> None:
    """All that BibTeX or Pandoc understands is understood."""
    items, found = bib(FINE[name])

    assert [(key, ref.item["title"]) for key, ref in items.items()] == [("a", "X")]
    assert found == []


DOUBTFUL = {
    "unknown-type": "@msic{a, title={X}}",
    "unknown-field": "@misc{a, title={X},\n\nautor={B, A}}",
    "duplicate-field": "@misc{a, title={X}, note={N},\n\nnote={O}}",
    "percent-sign": "@misc{a, title={X},\n\nnote={100% sure}}",
    "undefined-abbreviation": "@misc{a, title={X},\n\npublisher=acm}",
    "unknown-crossref": "@misc{a, title={X},\n\ncrossref={b}}",
    "lost-field": "@misc{a, note={X}, title={$x}}",
    "lost-field of a book": "@book{a, title={X}, author={B, A}, year=2000, publisher={P},\n\n"
    "foreword={Name, Another}}",
}


@pytest.mark.parametrize("name", DOUBTFUL)
def test_what_pandoc_passes_over_in_silence_is_told(name: str) -> None:
    """A remark bears the line of the field, and the entry is read all the same."""
    items, found = bib(DOUBTFUL[name])

    line, code = DOUBTFUL[name].count("\n") + 1, name.partition(" ")[0]
    assert [(f.code, f.location.line, f.severity) for f in found if f.code == code] == [
        (code, line, Severity.WARNING)
    ]
    assert list(items) == ["a"]


def test_fields_come_from_other_entries() -> None:
    """A chapter takes its book's title and what both share; shared data are no source."""
    items, found = bib(
        "@incollection{a, author={B, A}, title={Part}, crossref={b c}, xdata={d}}\n"
        "@collection{b, editor={C, D}, title={Whole}, publisher={P}}\n"
        "@xdata{d, date={1999}}\n".replace("b c", "b")
    )

    assert list(items) == ["a", "b"]
    assert items["a"].item["container-title"] == "Whole"
    assert items["a"].item["issued"] == {"date-parts": [[1999]]}
    assert [f.code for f in found] == ["missing-field"]  # the collection's own date


@pytest.mark.parametrize(
    ("written", "issued"),
    [
        ("year={in press}", {"literal": "in press"}),
        ("date={2020-05/2021}", {"date-parts": [[2020, 5], [2021]]}),
        ("date={1850~}", {"circa": True, "date-parts": [[1850]]}),
    ],
)
def test_a_date_is_kept_as_it_is_meant(written: str, issued: object) -> None:
    """Words in place of a year are printed, and not lost."""
    items, found = bib(f"@misc{{a, title={{X}}, {written}}}")

    assert items["a"].item["issued"] == issued
    assert found == []


def test_plain_formulas_become_text() -> None:
    """CSL-JSON has no formulas, so that one that is text must become text."""
    items, _ = bib(r"@misc{a, title={{CO$_2$ in the 5$^{th}$ of $12$, 3 \$}}}")

    assert items["a"].item["title"] == "CO<sub>2</sub> in the 5<sup>th</sup> of 12, 3 $"


def test_abbreviations_that_double_without_end_are_refused() -> None:
    """Twenty lines cannot make a value of a million letters."""
    lines = [f"@string{{a{n + 1} = a{n} # a{n}}}" for n in range(60)]

    found = scan("@string{a0 = {xxxxxxxxxx}}\n" + "\n".join(lines) + "\n" + GOOD)

    assert found.faults
    assert [entry.key for entry in found.entries] == ["good"]


def test_abbreviations_cannot_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long abbreviation that a thousand entries use counts a thousand times."""
    monkeypatch.setattr(values, "LARGEST", 1000)
    text = "@string{x = {" + "x" * 300 + "}}\n" + "@misc{a, title = x}\n" * 5

    assert len(scan(text).entries) == 2


def test_the_faults_of_a_file_come_to_an_end() -> None:
    """A file that is no BibTeX at all does not fill the screen."""
    found = scan("@misc{a\n" * 10_000)

    assert len(found.faults) == 101


@pytest.mark.parametrize(
    ("field", "name", "printed"),
    [
        ("publisher = {W. Strahan and T. Cadell}", "publisher", "W. Strahan and T. Cadell"),
        ('publisher = "A and B Press"', "publisher", "A and B Press"),
        ("type = {{PhD} {Thesis}}", "genre", "PhD Thesis"),
    ],
)
def test_a_name_stays_as_it_is_written(field: str, name: str, printed: str) -> None:
    """A firm is one, whatever words its name has; braces that protect capitals are not printed."""
    items, _ = bib(f"@thesis{{a,\n title = {{T}},\n {field},\n}}\n")

    assert items["a"].item[name] == printed


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("van der Berg, Jan", ("van der", "", "Berg", "Jan")),
        ("Jan van der Berg", ("van der", "", "Berg", "Jan")),
        ("von Humboldt, Alexander", ("von", "", "Humboldt", "Alexander")),
        ("Goethe, Johann Wolfgang von", ("", "von", "Goethe", "Johann Wolfgang")),
        ("Van der Berg, Jan", ("", "", "Van der Berg", "Jan")),
        ("d'Alembert, Jean", ("d’", "", "Alembert", "Jean")),
    ],
)
def test_a_particle_belongs_to_the_name_that_it_stands_before(
    written: str, parts: tuple[str, ...]
) -> None:
    """As BibTeX and citeproc-js have it: “van der Berg” is cited so, and “von Goethe” as Goethe."""
    items, _ = bib(f"@book{{a, author = {{{written}}}, title = {{T}}}}")

    author: Any = items["a"].item["author"]
    (name,) = author
    fields = ("non-dropping-particle", "dropping-particle", "family", "given")
    assert tuple(name.get(field, "") for field in fields) == parts


@pytest.mark.parametrize("options", ["useprefix=false", "skipbib, useprefix = false"])
def test_an_entry_may_drop_its_particles(options: str) -> None:
    """BibLaTeX's own option for one entry is heeded."""
    items, _ = bib(f"@book{{a, author={{von Humboldt, A.}}, title={{T}}, options={{{options}}}}}")

    author: Any = items["a"].item["author"]
    assert author[0]["dropping-particle"] == "von"


@pytest.mark.parametrize(
    ("entry", "name", "value"),
    [
        ("@misc{a, title={T}, journal={J}, url={https://a.org}}", "type", "article-journal"),
        ("@article{a, title={T}, journal={J}, articleno={15}}", "number", "15"),
        ("@conference{a, title={T}, booktitle={P}}", "type", "paper-conference"),
        ("@inproceedings{a, title={T}, eventtitle={Laws of Names}}", "event", "Laws of Names"),
    ],
)
def test_what_a_field_means_is_not_lost(entry: str, name: str, value: str) -> None:
    """A work in a journal is an article, an article may have a number, and events have names."""
    items, found = bib(entry)

    assert re.sub("<[^>]*>", "", str(items["a"].item[name])) == value
    assert "lost-field" not in {each.code for each in found}


def test_entries_are_asked_for_in_batches_with_their_parents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever takes fields from another has them, wherever the other stands, and in the order."""
    monkeypatch.setattr(asked, "BATCH", 2)
    parts = [f"@inbook{{k{n}, title={{T{n}}}, crossref={{z}}}}" for n in range(5)]
    text = "\n".join((*parts, "@misc{bad, author={a{$b}}", "@book{z, title={Whole}, xdata={y}}"))

    items, _ = bib(f"{text}\n@xdata{{y, publisher={{P}}}}\n{GOOD}")

    assert list(items) == ["k0", "k1", "k2", "k3", "k4", "z", "good"]
    assert {items[f"k{n}"].item["container-title"] for n in range(5)} == {"Whole"}
    assert {items[f"k{n}"].item["publisher"] for n in range(5)} == {"P"}


def test_hints_for_unknown_parents_and_words_come_to_an_end() -> None:
    """Each is compared with the whole file; nobody reads a thousand of them."""
    lines = [f"@misc{{key{n}, title={{T}}, crossref={{kye{n}}}, note=Word{n}x}}" for n in range(50)]
    _, found = bib("\n".join([*(f"@string{{word{n} = {{W}}}}" for n in range(50)), *lines]))

    for code in ("unknown-crossref", "undefined-abbreviation"):
        told = [each for each in found if each.code == code]
        assert len(told) == 50
        assert sum("did you mean" in each.hint for each in told) == 20


@pytest.mark.parametrize("language", ["de", "german", "German", "langgerman", "de_DE", "Deutsch"])
def test_the_language_of_a_title_keeps_its_capitals(language: str) -> None:
    """Zotero writes “language” for what BibLaTeX calls “langid”; German nouns have capitals."""
    items, _ = bib(f"@book{{a, title={{Kosmos: Eine Weltbeschreibung}}, language={{{language}}}}}")

    assert items["a"].item["title"] == "Kosmos: Eine Weltbeschreibung"
    assert str(items["a"].item["language"]).startswith("de")


def test_a_language_that_nobody_knows_says_nothing() -> None:
    """Words about languages are no language, and “langid” counts before all."""
    title = "title={Kosmos: Eine Weltbeschreibung}"
    items, _ = bib(
        f"@book{{a, {title}, language={{German and English}}}}\n"
        f"@book{{b, {title}, language={{german}}, langid={{french}}}}"
    )

    assert "language" not in items["a"].item
    assert items["b"].item["language"] == "fr-FR"


@pytest.mark.parametrize("written", ["{forthcoming}", "forthcoming", '"forthcoming"'])
def test_words_in_place_of_a_year_are_said_once(written: str) -> None:
    """Pandoc makes a date and a state of them, and styles print both."""
    items, _ = bib(f"@book{{a, title={{T}}, year={written}}}")

    assert items["a"].item["issued"] == {"literal": "forthcoming"}
    assert "status" not in items["a"].item


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("Smith, J., Jones, B., Brown, C.", "more commas"),
        ("Good, A. and Smith, J., Jones, B.", "more commas"),
        ("Smith, J. & Jones, B.", "“&” joins no names"),
        (r"Smith, J. \& Jones, B.", "“&” joins no names"),
        ("Smith, J.; Jones, B.", "“;” joins no names"),
        ("Smith, John Q., Jr.", "“Jr.” in"),
        ("Smith, John, III", "“III” in"),
        ("Smith, J., and Jones, B.", "“J.” in"),
    ],
)
def test_a_name_that_is_read_otherwise_than_it_is_meant_is_told(written: str, words: str) -> None:
    """Authors would be lost without a word; the remark bears the line of the field."""
    _, found = bib(f"@misc{{a, title={{T}},\n\nauthor={{{written}}}}}")

    (told,) = (each for each in found if each.code == "bad-name")
    assert (told.location.line, told.severity) == (3, Severity.WARNING)
    assert words in told.message
    assert told.hint


@pytest.mark.parametrize(
    "written",
    [
        *("Smith, Jr., John Q.", "Smith, III, J.", "de la Cruz, Juan and others", "{Smith & Co.}"),
        *("{Simon & Schuster} and A, B", "Anderson, B", "M{\\'e}tro, X.", "Silva, Filho, José"),
        *("family=Smith, given=John, suffix=Jr., prefix=van", "{A, B, C, D}", "King, I", ""),
    ],
)
def test_a_name_in_its_form_is_not_asked_about(written: str) -> None:
    """Suffixes stand in the middle, braces shut a body's name, and BibLaTeX may name the parts."""
    _, found = bib(f"@misc{{a, title={{T}}, author={{{written}}}}}")

    assert "bad-name" not in {each.code for each in found}


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Growth of {E}. coli", "Growth of E. coli"),
        ("Growth of E. coli", "Growth of E. coli"),
        (r"Growth of \textit{{E}. coli}", "Growth of <i>E. coli</i>"),
        (r"Growth of \emph{E.} coli", "Growth of <i>E.</i> coli"),
        ("E. coli in the U.S. economy", "E. coli in the U.S. economy"),
        ("The World of J. R. R. {Tolkien}", "The world of J. R. R. Tolkien"),
        ("Growth of Soil: a Study", "Growth of soil: A study"),
        ("Growth of Soil. The End", "Growth of soil. The end"),
    ],
)
def test_a_full_stop_changes_no_capitals(written: str, title: str) -> None:
    """It may end a sentence or an abbreviation, and only the source knows which."""
    items, _ = bib(f"@book{{a, title={{{written}}}}}")

    assert items["a"].item["title"] == title


def test_a_title_from_another_entry_keeps_its_capitals_too() -> None:
    """The title of a book stands in the entry of the book, however far that is."""
    items, _ = bib(
        "@inbook{a, title={T}, crossref={b}}\n@book{b, title={Growth of E. coli}, xdata={c}}\n"
        "@xdata{c, series={Lectures on S. aureus}}\n"
    )

    assert items["a"].item["container-title"] == "Growth of E. coli"
    assert items["b"].item["collection-title"] == "Lectures on S. aureus"
