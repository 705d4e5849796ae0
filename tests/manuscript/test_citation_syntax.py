"""Laws of citations in the text: which places citeproc understands, and what authors are told."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING, Any

import pytest

from octavo import pandoc
from octavo.diagnostics import Severity
from octavo.manuscript.syntax import House, parse
from octavo.manuscript.syntax.labels import ALSO, KINDS, LABELS, rows
from octavo.manuscript.syntax.locators import for_citeproc, located
from octavo.markup import walk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from octavo.diagnostics import Diagnostic
    from octavo.model import Element

NO_BREAK = "\xa0"
STYLE = """<?xml version="1.0"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
<info><title>t</title><id>t</id><updated>2020-01-01T00:00:00Z</updated></info>
<citation><layout><choose>{}<else><text value="nothing"/></else></choose>
<text variable="locator" prefix=" "/></layout></citation></style>
""".format(
    "".join(
        f'<{"else-" if number else ""}if locator="{kind}"><text value="{kind}"/>'
        f"</{'else-' if number else ''}if>"
        for number, kind in enumerate(KINDS)
    )
)
"""A citation in this style is the kind of its place, and the number."""


def _said(suffixes: Iterable[str], language: str) -> list[str]:
    """Return what citeproc reads in suffixes, in one call."""
    item = json.dumps([{"id": "a", "type": "book", "title": "A"}])
    meta = {
        "lang": language,
        "csl": _url("application/xml", STYLE),
        "bibliography": _url("application/vnd.citationstyles.csl+json", item),
    }
    document = {
        "pandoc-api-version": [1, 23, 1],
        "meta": {name: {"t": "MetaString", "c": value} for name, value in meta.items()},
        "blocks": [_paragraph(suffix) for suffix in suffixes],
    }
    blocks = pandoc.run(document, "--citeproc").document["blocks"]
    return [_text(block["c"]) for block in blocks if block["t"] == "Para"]


def _url(kind: str, text: str) -> str:
    return f"data:{kind};base64,{b64encode(text.encode()).decode()}"


def _paragraph(suffix: str) -> dict[str, Any]:
    cited = {
        "citationId": "a",
        "citationPrefix": [],
        "citationSuffix": [
            piece
            for word in suffix.split(" ")
            for piece in ({"t": "Space"}, {"t": "Str", "c": word})
        ][1:],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 1,
        "citationHash": 0,
    }
    return {"t": "Para", "c": [{"t": "Cite", "c": [[cited], []]}]}


def _text(tree: Any) -> str:
    if isinstance(tree, list):
        return "".join(map(_text, tree))
    if tree["t"] in {"Str", "Space"}:
        return str(tree.get("c", " "))
    return _text(tree["c"][1] if tree["t"] in {"Cite", "Span"} else tree["c"])


def _read(text: str, language: str = "en") -> tuple[list[Element], list[Diagnostic]]:
    found: list[Diagnostic] = []
    parsed = parse(text, 1, "a.md", House(language), found.append)
    return [each for each in walk(*parsed.body) if each.tag == "cite"], found


@pytest.mark.parametrize("language", LABELS)
def test_the_labels_are_those_of_citeproc(language: str) -> None:
    """Every word of the table is a label of its kind to citeproc, in that language."""
    words = [(kind, word) for kind, row in rows(language) for word in row.split("|")]

    # CSL writes “s. v.” with a no-break space.
    said = _said((f", {{{word.replace('. ', f'.{NO_BREAK}')} 12}}" for _, word in words), language)

    assert said == [f"{kind} 12" for kind, _ in words]


@pytest.mark.parametrize("language", [*LABELS, "de-CH", "ru"])
def test_english_labels_are_understood_in_any_language(language: str) -> None:
    """What citeproc is given has the label that it knows; a page is a page where it knows none."""
    written = [("page", "p. 12"), ("page", "pp. 12"), ("page", "12")]
    if language != "ru":
        written += [("chapter", "ch. 12"), ("volume", "volume 12"), ("section", "sect. 12")]

    said = _said((f", {for_citeproc(place, language)}" for _, place in written), language)

    assert said == [f"{kind} 12" for kind, _ in written]


@pytest.mark.parametrize("language", ALSO)
def test_what_authors_write_too_is_read(language: str) -> None:
    """Labels that citeproc lacks are given to it as those that it has."""
    words = [(kind, word) for kind, row in ALSO[language].items() for word in row.split("|")]
    places = [located(f", {word} 12", language).locator for _, word in words]

    said = _said((f", {for_citeproc(place, language)}" for place in places), language)

    assert said == [f"{kind} 12" for kind, _ in words]


@pytest.mark.parametrize(
    "suffix",
    [
        *(", pp. 33-35, and passim", ", 12", " p. 3", ", 1, 2, and 3", ", 12 ff.", ", 12th"),
        *(", p. xii", ", p. xii, 3 x", ", xii", ", and 3", ": 3", ", §7", ", A12", ", IV.2.1"),
        *(", [2] x", ", (12) x", ", vol. 2, p. 3", ", 12:3.", ", p.3", ", p. passim", ""),
        *("{pp. iv, vi-xi, (xv)-(xvii)} with suffix", "{}, 99 years later", ", C.3", ", 12 & 3"),
    ],
)
def test_a_place_ends_where_citeproc_ends_it(suffix: str) -> None:
    """Place and suffix, parted and joined again, say to citeproc what the author wrote."""
    place, rest = located(suffix, "en")
    ours = f", {for_citeproc(place, 'en')}{rest}" if place else rest

    assert _said([ours], "en") == _said([suffix], "en")


@pytest.mark.parametrize(
    ("language", "suffix", "place", "rest"),
    [
        ("de", ", s. v. Buch", "", "{}, s. v. Buch"),
        ("de", ", s.v. Buch, 3. Aufl.", "", "{}, s.v. Buch, 3. Aufl."),
        ("de", ", S. v", "S. v", ""),
        ("de", ", S. v-x", "S. v-x", ""),
        ("de", ", s. v. 12", "s. v. 12", ""),
        ("en", ", s.v. Book", "", ", s.v. Book"),
    ],
)
def test_a_word_of_a_dictionary_is_no_page(
    language: str, suffix: str, place: str, rest: str
) -> None:
    """German has “S.” for pages, and “s. v.” is no page five; citeproc takes it for one."""
    assert located(suffix, language) == (place, rest)


@pytest.mark.parametrize(
    ("suffix", "rest"),
    [
        (", vol. 2, pp. 3-5", ", pp. 3–5"),
        (", bk. 2, ll. 1-10, and 3-4", ", ll. 1–10, and 3-4"),
        (", vol. 2, no. 3, pp. xi-xv", ", no. 3, pp. xi–xv"),
        (", fol. 2, fols. 3r-5v", ", fols. 3r–5v"),
        (", vol. 2, p. 3, twenty-one", ", p. 3, twenty-one"),
    ],
)
def test_places_behind_the_first_are_spans_too(suffix: str, rest: str) -> None:
    """Citeproc makes the first a span, and prints the others as they stand."""
    assert located(suffix, "en").suffix == rest


@pytest.mark.parametrize("places", ["ll. 1-10", "vv. 3-5", "fols. 3r-5v", "§§ 3-5", "nos. 4-6"])
def test_every_kind_of_place_may_be_a_span(places: str) -> None:
    """Lines are parted by the dash that parts pages."""
    said = _said([f", {for_citeproc(places, 'en')}"], "en")

    assert said[0].endswith(places.partition(" ")[2].replace("-", "–"))


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("[@a, pge 3]", "“pge” is no label of a place", "did you mean “page”?"),
        ("[@a, chaptre 3]", "“chaptre” is no label of a place", "did you mean “chapter”?"),
        ("[@a, S. 3]", "“S.” is no label in the language of this book", "write “page” before"),
        ("[@a, p.]", "no number follows “p.”", "write which one: p. 12"),
        ("[@a, ]", "nothing follows the comma behind the key", "write the page, or no comma"),
        ("[@a, p. 3–]", "the span “p. 3–” has no end", "write the last page too"),
        ("[@a, 3--]", "the span “3–” has no end", "write the last page too"),
        ("[@a, 1981 edition]", "“1981” is taken for a page, and “edition” follows it", "write {}"),
        ("[@a 3 volumes]", "“3” is taken for a page, and “volumes” follows it", "write {}"),
        ("@a [p.]", "no number follows “p.”", "write which one: p. 12"),
    ],
)
def test_a_place_that_citeproc_cannot_read_is_told(text: str, message: str, hint: str) -> None:
    """A label that is none, and one without a number, are told on their line; all is kept."""
    _, (found,) = _read(f"One\n{text}\nthree.")

    assert (found.code, found.severity) == ("locator-malformed", Severity.WARNING)
    assert (found.message, found.location.line) == (message, 2)
    assert found.hint.startswith(hint)


@pytest.mark.parametrize(
    "text",
    [
        *("[@a, table 3]", "[@a, app. IV]", "[@a, born 1950]", "[@a, June 2020]", "[@a, ca. 1900]"),
        *(
            "[@a, note]",
            "[@a, and 3 more]",
            "[@a, p. passim]",
            "[@a: 3]",
            "[@a 3]",
            "[@a, d. 1950]",
            "[@a, 33 ff.]",
            "[@a, 33 passim]",
            "[@a, 3r and 4v]",
            "[@a, 33 n4]",
            "[@a, 33, my emphasis]",
            "[@a, 33 (my emphasis)]",
            "[@a{}, 1981 edition]",
            "[@a, 3 – and so on]",
            "[@a, 33 sqq.]",
        ),
    ],
)
def test_words_that_are_no_place_are_not_complained_of(text: str) -> None:
    """What may well be meant as it is written is not told."""
    assert _read(text)[1] == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[@a; ]", "a semicolon has no work"),
        ("[; @a]", "a semicolon has no work"),
        ("[@a; and others]", "names no work"),
        ("[@]", "no key follows the “@”"),
        ("[@ a]", "no key follows the “@”"),
        ("[see @]", "no key follows the “@”"),
        ("[@a, p. 3", "never ends"),
        ("[@a and @b]", "two works"),
        ("[see^[so] @a]", "a note is called within"),
    ],
)
def test_what_was_meant_as_a_citation_and_is_none_is_an_error(text: str, words: str) -> None:
    """Each is told once, on its line, with what to do."""
    _, (found,) = _read(f"One\n{text}")

    assert (found.code, found.severity) == ("citation-syntax", Severity.ERROR)
    assert found.location.line == 2
    assert words in found.message
    assert found.hint


@pytest.mark.parametrize(
    ("text", "line", "quoted"),
    [
        ("[@a;\nand others]", 3, "“and others”"),
        ("[@a, p. 3;\n@b; ]", 3, "“@a, p. 3; @b;”"),
        ("[see @a\nand @b]", 3, "“@b”"),
        ("[see\n@]", 3, "“[see @]”"),
        ("x [@a and so\non", 2, "“[@a and so on”"),
        ("[see[^x] @a]\n\n[^x]: So.", 2, "“[^x]”"),
        (f"[@a; {'and on ' * 20}]", 2, f"“{'and on ' * 5}and o…”"),
        (f"[@a, {'so ' * 20}; ; @b, {'so ' * 20}]", 2, " so ; ; @b, so so so so…”"),
    ],
)
def test_a_fault_says_which_words_are_wrong_and_on_which_line(
    text: str, line: int, quoted: str
) -> None:
    """A long paragraph may hold several citations, and a citation several lines."""
    _, (found,) = _read(f"One\n{text}")

    assert found.location.line == line
    assert quoted in found.message


@pytest.mark.parametrize(
    "text",
    [
        *("(@a, p. 3)", "(see @a, pp. 3-4)", "(@a; @b)", "(@a)", "(@a, §\n7)", "[[@a, p. 3]]"),
        *("[doe2020, p. 3]", "[van-den-berg2020a, pp. 3-4, 7]", "[see [@a]]", "[see also [@a, 3]]"),
        *("[@a] [p. 3]", "[@a][ch. 2]", "*@a* [pp. 3-4]", "**[see @a]**\n[§ 7]"),
    ],
)
def test_what_is_cited_in_the_way_of_another_program_is_doubted(text: str) -> None:
    """It stays as it stands, for it may be meant; the author is told how a citation is written."""
    _, found = _read(f"One\n{text}")

    assert {(each.code, each.severity) for each in found} == {
        ("doubtful-citation", Severity.WARNING)
    }
    assert found[0].location.line == 2
    assert "[@key, p. 3]" in found[0].hint or text.endswith("]]")


@pytest.mark.parametrize(
    "text",
    [
        *(
            r"\cite{a}",
            r"\citep[p.~3]{a}",
            r"\autocite[see][3]{a}",
            r"\footcite{a,b}",
            r"\Textcite*{a}",
        ),
        *(r"\parencite{a}", r"\citet{a}", r"\textcites{a}", r"\citeauthor{a}"),
    ],
)
def test_a_citation_of_latex_is_an_error(text: str) -> None:
    """It would be printed as it stands."""
    _, (found,) = _read(f"One\n{text}")

    assert (found.code, found.severity) == ("citation-syntax", Severity.ERROR)
    assert text in found.message
    assert found.location.line == 2


@pytest.mark.parametrize(
    "text",
    [
        *(
            "(@a, 1983)",
            "(so @a, and others)",
            "(as @a says)",
            "[[@a] and so]",
            "(@a",
        ),
        *(
            "[Section 2, p. 3]",
            "[doe2020]",
            "[in 2020, p. 3]",
            "[doe2020, p. 3](x.md)",
            "[A1, p. 3]",
        ),
        *("[@a] [sic]", "[@a] [1981]", "[@a] [p. 3](x.md)", "*@a* [A12]", "[@a] [page three]"),
        *(r"`\cite{a}`", r"\city{a}", r"\\cite{a}", r"\cite", "(see @a [p. 3])"),
    ],
)
def test_ordinary_words_are_not_doubted(text: str) -> None:
    """What is written in the press’s own way, or is no citation at all, is not told."""
    assert _read(text)[1] == []


@pytest.mark.parametrize("text", ["[a @ b; c]", "[a, me@b.c]", "[see @b.", "[x; @a]"])
def test_a_bracket_that_may_be_text_is_text(text: str) -> None:
    """Where nothing says surely that a citation was meant, nothing is told."""
    assert _read(text)[1] == []


def test_markup_is_kept_beside_the_plain_words() -> None:
    """A prefix with markup is there twice: in words for who wants words, and as it is."""
    (first, second), found = _read("[see *x* @a; see y @b]")

    assert found == []
    assert first.get("prefix") == "see x"
    assert [child.tag for child in first.children if not isinstance(child, str)] == ["prefix"]
    assert second.children == ()


@pytest.mark.parametrize(
    ("text", "place", "suffix"),
    [
        ("[@a, **p. 3**]", "p. 3", ""),
        ("[@a, p. *3*]", "p. 3", ""),
        ("[@a, *p. 3*, and `so`]", "p. 3", ", and so"),
    ],
)
def test_a_place_is_one_in_whatever_type_it_is(text: str, place: str, suffix: str) -> None:
    """Styles print places, and know no markup in them: the author is told that it goes."""
    (cite,), (found,) = _read(f"One\n{text}")

    assert (cite.get("locator"), cite.get("suffix")) == (place, suffix)
    assert (found.code, found.location.line) == ("citation-markup", 2)


@pytest.mark.parametrize("text", ["[@a, *3 Men in a Boat*]", "[@a, p. 3 *n*]", "[@a, see *x* 3]"])
def test_words_with_markup_that_are_no_place_keep_it(text: str) -> None:
    """A title that begins with a number is no page."""
    (cite,), found = _read(text)

    assert found == []
    assert [child.tag for child in cite.children if not isinstance(child, str)] == ["suffix"]


def test_without_references_nothing_is_told_of_a_citation_that_is_none() -> None:
    """A book that cites nothing may write “[@ home]”."""
    found: list[Diagnostic] = []
    parse("[@ home] [@a", 1, "a.md", House(cites=False), found.append)

    assert found == []


@pytest.mark.parametrize("text", ["[@Cre\u0301x, p. 3]", "@Cre\u0301x", "@{Cre\u0301x}"])
def test_a_key_is_the_same_however_its_accents_are_typed(text: str) -> None:
    """Editors write an accent as a letter of its own or not, and nobody sees which."""
    (cite,), _ = _read(text)

    assert cite.get("key") == "Cr\u00e9x"
