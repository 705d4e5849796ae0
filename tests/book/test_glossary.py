"""Laws of the glossary and of abbreviations: what is defined, where it leads, what is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.markup import serialize, text_of, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

BOOK = """title: T
contents: {body: [one.md, two.md], back: [abbreviations, glossary]}
"""
BOND = '[bond]{.term def="What *ties*."}'
WHO = "\n\n*[WHO]: World Health Organization"
EDITIONS = pytest.mark.parametrize("medium", list(Medium))


def _book(book: LittleBook, one: str, two: str = "Nothing.", yaml: str = "") -> LittleBook:
    (book.folder / "chapter.md").unlink()
    return book.add(book_yaml=BOOK + yaml, one_md=f"# One\n\n{one}\n", two_md=f"# Two\n\n{two}\n")


def _body(book: LittleBook, name: str, medium: Medium = Medium.EPUB) -> str:
    return serialize(*book.proof(medium).section(name).body)


def _terms(book: LittleBook) -> list[str]:
    page = book.proof().section("glossary").body
    return [text_of(each) for each in walk(*page) if each.tag == "dt"]


# --- Uses ---------------------------------------------------------------------------------------


def test_the_first_use_in_each_chapter_leads_to_the_entry(book: LittleBook) -> None:
    """The first in the book is set apart besides; all later ones are words like others."""
    _book(book, f"A {BOND}, a [bond]{{.term}}.", "[Bonds]{.term of=bond}, a [Bond]{.term}.")
    link = 'href="#glossary.bond" epub:type="glossref" role="doc-glossref"'

    one, two = _body(book, "one"), _body(book, "two")

    first = f'<a class="term" {link}><dfn id="one.term-1" class="term">bond</dfn></a>'
    assert one == f"<p>A {first}, a bond.</p>"
    assert two == f'<p><a class="term" {link}>Bonds</a>, a Bond.</p>'


def test_print_leads_to_the_entry_and_names_no_kinds(book: LittleBook) -> None:
    """What an EPUB calls an element says nothing on paper."""
    _book(book, f"A {BOND}.")

    one, page = (_body(book, name, Medium.PDF) for name in ("one", "glossary"))

    assert '<a class="term" href="#glossary.bond"><dfn' in one
    assert "epub:type" not in one + page
    assert page.startswith('<dl class="glossary"><dt><dfn id="glossary.bond">bond</dfn></dt><dd>')


def test_titles_headings_and_links_stay_as_they_are(book: LittleBook) -> None:
    """A term there is nothing but its words, and not the first use of it."""
    text = f"{BOND}\n\n## Of [bonds]{{.term of=bond}}\n\n[the [bond]{{.term}}](two.md)"
    _book(book, "Nothing.", text).add(one_md=f"# On the {BOND}\n\nNothing.\n")
    book.add(two_md="# Two\n\n" + text.replace(BOND, "The [bond]{.term}") + "\n")

    proof = book.proof()

    assert proof.section("one").title == ("On the bond",)
    body = serialize(*proof.section("two").body)
    assert '<h2 id="two--of-bonds">Of bonds</h2>' in body
    assert '<a href="#two">the bond</a>' in body
    assert 'id="two.term-1"' in body


def test_what_the_author_gave_a_mark_besides_is_kept(book: LittleBook) -> None:
    """A place to link to, a language and a class are no business of the glossary."""
    _book(book, f"{BOND}. [Bonds]{{.term .smallcaps #here lang=fr of=bond}}.", "[there](#here)")

    proof = book.proof()

    assert proof.codes == []
    assert '<span id="here" class="smallcaps" lang="fr">Bonds</span>' in _body(book, "one")


def test_a_use_in_a_definition_leads_on(book: LittleBook) -> None:
    """Entries refer to each other, each time, and a term may be used nowhere else."""
    _book(book, "[tie]{.term def='See [bond]{.term}.'}", yaml="glossary: t.yaml\n")
    book.add(t_yaml="bond: What ties.\n")

    proof = book.proof()

    assert proof.codes == []
    assert 'See <a class="term" href="#glossary.bond"' in _body(book, "glossary")


def test_a_list_of_figures_has_the_words_of_a_term(book: LittleBook) -> None:
    """The first use is in the caption, not in the list of captions before it."""
    _book(book, f"![A {BOND}, WHO.](dot.svg){{#fig-a}}" + WHO).add(
        book_yaml=BOOK.replace("{body", "{front: [list-of-figures], body"),
        dot_svg='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    )

    listed = _body(book, "list-of-figures")

    assert '<span class="title">A bond, WHO.</span>' in listed
    assert '<dfn id="one.term-1" class="term">bond</dfn>' in _body(book, "one")


# --- The page -----------------------------------------------------------------------------------


def test_entries_are_filed_and_lead_back(book: LittleBook) -> None:
    """Capitals and accents do not count; in the EPUB an entry leads to the first use."""
    _book(book, "[zeal]{.term def=z} [Éclat]{.term def=e} [10 rules]{.term def=t}"
                " [apple]{.term def=a}")  # fmt: skip

    assert _terms(book) == ["10 rules", "apple", "Éclat", "zeal"]
    back = '<a href="#one.term-1" role="doc-backlink" title="Back to the text">↑</a>'
    assert f'z <span class="used-at">{back}</span></dd>' in _body(book, "glossary")


@pytest.mark.parametrize(("yaml", "folios"), [("", 0), ("glossary: {pages: true}\n", 1)])
def test_print_names_the_page_where_it_is_asked(book: LittleBook, yaml: str, folios: int) -> None:
    """The page is that of the first use."""
    _book(book, f"A {BOND}.", yaml=yaml)

    page = _body(book, "glossary", Medium.PDF)

    assert page.count('<folio of="one.term-1">') == folios


@EDITIONS
@pytest.mark.parametrize("name", ["t.yaml", "t.md"])
def test_terms_may_stand_in_a_file(book: LittleBook, name: str, medium: Medium) -> None:
    """YAML and definition lists say the same; a definition may have several paragraphs."""
    texts = {
        "t.yaml": "bond: What *ties*.\nlong one: |\n  First.\n\n  Second.\n",
        "t.md": "bond\n: What *ties*.\n\nlong one\n: First.\n\n    Second.\n",
    }
    _book(book, "[bond]{.term}, a [long one]{.term}.", yaml=f"glossary: {name}\n")
    (book.folder / name).write_text(texts[name])

    proof = book.proof(medium)

    assert proof.codes == []
    page = serialize(*proof.section("glossary").body)
    assert "What <em>ties</em>." in page
    assert "<p>First.</p><p>Second." in page


def test_a_glossary_of_its_author_stays_where_it_is(book: LittleBook) -> None:
    """Its definition lists are definitions, and terms in the text lead there."""
    _book(book, "A [bond]{.term}.").add(
        book_yaml="title: T\ncontents: {body: [one.md, two.md], back: [glossary.md]}\n",
        glossary_md="# Words\n\nSaid before.\n\nbond\n: What ties.\n\n"
        "tie\ncord\n: See [bond]{.term}.\n",
    )

    proof = book.proof()

    assert proof.codes == ["glossary.md:8 unused-term"]
    own = next(s for s in proof.rendition.book.sections if s.role == "glossary")
    body = serialize(*own.body)
    assert f'<dt epub:type="glossterm"><dfn id="{own.id}.bond">bond</dfn></dt>' in body
    assert f'See <a class="term" href="#{own.id}.bond"' in body
    assert f'href="#{own.id}.bond"' in _body(book, "one")


def test_without_definitions_term_is_a_class_like_any_other(book: LittleBook) -> None:
    """Books that call a class of their own so are left alone."""
    book.add(chapter_md="# A\n\nA [bond]{.term}.\n")

    proof = book.proof()

    assert proof.codes == []
    assert serialize(*proof.section("chapter").body) == '<p>A <span class="term">bond</span>.</p>'


def test_only_what_an_edition_holds_is_defined_in_it(book: LittleBook) -> None:
    """A definition in a passage for print is none of the EPUB, and both may define a term."""
    _book(book, '::: only-print\n[bond]{.term def="Paper."}\n:::\n\n'
                '::: only-epub\n[bond]{.term def="Light."}\n:::')  # fmt: skip

    assert "Light." in _body(book, "glossary")
    assert "Paper." in _body(book, "glossary", Medium.PDF)
    assert book.proof().codes == []


# --- What is told -------------------------------------------------------------------------------


def test_a_term_that_nothing_defines_is_told(book: LittleBook) -> None:
    """The nearest is suggested."""
    _book(book, f"A {BOND}.\n\nA [bonf]{{.term}}.\n\n[]{{.term}}")

    proof = book.proof(draft=True)

    assert proof.codes == ["one.md:5 undefined-term", "one.md:7 empty-term"]
    assert proof.findings[0].hint == "did you mean “bond”?"


def test_a_term_that_is_defined_twice_is_told_with_both_places(book: LittleBook) -> None:
    """However it is written."""
    _book(book, f"A {BOND}.", '\n[Bond]{.term def="Other."}')

    (finding,) = book.proof(draft=True).findings

    assert (finding.code, str(finding.location)) == ("duplicate-term", "two.md:4")
    assert "one.md:3" in finding.message


def test_a_term_that_is_never_used_is_told_where_others_are(book: LittleBook) -> None:
    """A glossary to which no mark leads at all is meant so."""
    _book(book, "A [bond]{.term}.", yaml="glossary: t.yaml\n")
    book.add(t_yaml="bond: x\ntie: y\n")

    assert book.proof().codes == ["t.yaml:2 unused-term"]
    assert book.add(one_md="# One\n\nA bond.\n").proof().codes == []


def test_definitions_without_a_page_are_told_once(book: LittleBook) -> None:
    """The text is as it was, but that the first use is set apart."""
    _book(book, f"A {BOND}, a [tie]{{.term def=y}}.").add(
        book_yaml="title: T\ncontents: {body: [one.md, two.md]}\n"
    )

    proof = book.proof()

    assert proof.codes == ["book.yaml no-glossary"]
    assert '<p>A <dfn id="one.term-1" class="term">bond</dfn>,' in _body(book, "one")


def test_a_note_in_a_definition_is_told(book: LittleBook) -> None:
    """It would have no number in the glossary."""
    _book(book, "A [bond]{.term def='What ties.^[A note.]'}.")

    assert book.proof(draft=True).codes == ["one.md:3 note-in-definition"]


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("t.yaml", "bond: x\ntie: [y]\n", "t.yaml:2"),
        ("t.yaml", "bond: x\ntie:\n", "t.yaml:2"),
        ("t.yaml", 'bond: x\ntie: ""\n', "t.yaml:2"),
        ("t.yaml", "bond: x\ntie: |\n  *[A]: B\n", "t.yaml:2"),
        ("t.yaml", 'bond: x\n"- tie": y\n', "t.yaml:2"),
        ("t.yaml", 'bond: x\n"---": y\n', "t.yaml:2"),
        ("t.yaml", 'bond: x\n"": y\n', "t.yaml:2"),
        ("t.md", "bond\n: x\n\nWords.\n", "t.md:4"),
    ],
)
def test_what_is_no_definition_is_told(book: LittleBook, name: str, text: str, place: str) -> None:
    """Nothing in the file is dropped in silence."""
    _book(book, "A [bond]{.term}.", yaml=f"glossary: {name}\n")
    (book.folder / name).write_text(text)

    assert book.proof(draft=True).codes == [f"{place} bad-definition"]


# --- Abbreviations ------------------------------------------------------------------------------


def test_every_occurrence_is_explained_in_the_epub(book: LittleBook) -> None:
    """Whole words in the text of any file, but not code, addresses and what its author marks."""
    _book(book, "The WHO, `WHO`, WHOse, [WHO](https://who.int/WHO), <abbr>WHO</abbr>." + WHO,
          "WHO-led; the\nWHO’s. ^[By WHO.]")  # fmt: skip
    abbr = '<abbr title="World Health Organization">WHO</abbr>'

    one, two = _body(book, "one"), _body(book, "two")

    assert one == (
        f"<p>The {abbr}, <code>WHO</code>, WHOse,"
        f' <a href="https://who.int/WHO">{abbr}</a>, <abbr>WHO</abbr>.</p>'
    )
    assert two.startswith(f"<p>{abbr}-led; the\n{abbr}’s.")
    assert abbr in serialize(*book.proof().section("two").notes[0].content)


@pytest.mark.parametrize("short", ["Int'l", "Int’l"])
@EDITIONS
def test_an_apostrophe_may_be_written_either_way(
    book: LittleBook, short: str, medium: Medium
) -> None:
    """The text is typeset with its own sign, and so is the list; both are one abbreviation."""
    _book(book, f"The Int'l Bank.\n\n*[{short}]: International\n\n*[Int'l]: International")

    assert book.proof(medium).codes == []
    assert "<div><dt>Int’l</dt><dd>International</dd></div></dl>" in _body(
        book, "abbreviations", medium
    )
    assert '<abbr title="International">Int’l</abbr>' in _body(book, "one")


def test_print_says_nothing_but_in_the_list(book: LittleBook) -> None:
    """The list is filed, and the text is as it is written."""
    _book(book, "The WHO and a. m. of the AU." + WHO + "\n*[a. m.]: *ante* meridiem\n*[AU]: x")

    assert _body(book, "one", Medium.PDF) == "<p>The WHO and a. m. of the AU.</p>"
    page = _body(book, "abbreviations", Medium.PDF)
    assert page == (
        '<dl class="abbreviations"><div><dt>a. m.</dt><dd><em>ante</em> meridiem</dd></div>'
        "<div><dt>AU</dt><dd>x</dd></div>"
        "<div><dt>WHO</dt><dd>World Health Organization</dd></div></dl>"
    )


def test_an_abbreviation_may_stand_in_the_file_of_a_glossary(book: LittleBook) -> None:
    """It holds for the whole book, wherever its line stands."""
    _book(book, "The WHO on the [bond]{.term}.", yaml="glossary: t.yaml\n")
    book.add(t_yaml="bond: |\n  What ties.\n\n  *[WHO]: World Health Organization\n")

    assert book.proof().codes == []
    assert '<abbr title="World Health Organization">WHO</abbr>' in _body(book, "one")


def test_doubtful_abbreviations_are_told(book: LittleBook) -> None:
    """Two meanings are a mistake; the same meaning again is none."""
    _book(book, "The WHO and the UNESCO." + WHO + "\n*[UNSECO]: x",
          "WHO" + WHO + "\n*[WHO]: Who’s Here")  # fmt: skip

    proof = book.proof(draft=True)

    assert proof.codes == ["one.md:6 unused-abbreviation", "two.md:6 duplicate-abbreviation"]
    assert proof.findings[0].hint == "did you mean “UNESCO”?"
    assert "one.md:5" in proof.findings[1].message


def test_abbreviations_without_a_page_are_told(book: LittleBook) -> None:
    """Readers of the print edition would never learn what they stand for."""
    _book(book, "WHO" + WHO).add(book_yaml="title: T\ncontents: {body: [one.md, two.md]}\n")

    assert book.proof().codes == ["book.yaml no-abbreviations"]
