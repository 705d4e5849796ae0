"""Laws of numbered places, and of references in words that the press finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.markup import serialize, text_of, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook, Proof

PICTURE = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>'
FIGURES = """\
![The loop, *drawn*.](x.svg){#fig-loop alt="A" short="The loop"}

![The knot.](x.svg){#fig:knot alt="B"}

![The bow.](x.svg){#fig-bow alt="C"}

![Without a number.](x.svg){#bow-two alt="D"}

| a | b |
|---|---|
| 1 | 2 |

Table: Two cells. {#tbl-two}

::: {#thm-one .theorem title="Ada"}
It holds.
:::
"""


def _book(book: LittleBook, settings: str = "", **files: str) -> LittleBook:
    (book.folder / "chapter.md").unlink()
    files = {"one_md": f"# One\n\n{FIGURES}", **files}
    names = ", ".join(name.replace("_", ".") for name in files)
    head = "title: T\nidentifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
    return book.add(book_yaml=f"{head}{settings}contents: [{names}]\n", x_svg=PICTURE, **files)


def _said(proof: Proof, section: str) -> str:
    """Return the words of a section, a page number as ``#id``."""
    text = serialize(*proof.section(section).body)
    for folio in walk(*proof.section(section).body):
        if folio.tag == "folio":
            text = text.replace(serialize(folio), f"#{folio.get('of')}")
    return " ".join(_bare(text).split())


def _bare(text: str) -> str:
    while "<" in text:
        before, _, after = text.partition("<")
        text = before + after.partition(">")[2]
    return text


@pytest.mark.parametrize(
    ("written", "print_", "epub"),
    [
        ("[](#fig-loop)", "Figure 1", None),
        ("@fig-loop and @fig:knot", "Figure 1 and Figure 2", None),
        ("[@fig-loop; @fig-knot; @fig-bow]", "Figures 1–3", None),
        ("[@fig-loop; @fig-bow]", "Figures 1 and 3", None),
        ("[@fig-bow; @fig-loop; @tbl-two]", "Figures 3 and 1 and Table 1", None),
        ("[-@tbl-two]", "1", None),
        ("[Fig. @fig-loop, left]", "Fig. 1, left", None),
        ("[](#thm-one)", "Theorem 1", None),
        ("@tab:two", "Table 1", None),
        ("(@fig-loop) and (@tbl-two; @fig-knot)", "(Figure 1) and (Table 1; Figure 2)", None),
        ("[](one.md)", "Chapter 1", None),
        ("[@sec-one; @sec-two]", "Chapters 1 and 2", None),
        ("[](#a-place)", "“A Place”", None),
        ("[](#fig-loop){.title}", "“The loop, drawn”", None),
        ("[](#bow-two)", "“Without a number”", None),
        ("[](#fig-loop){.page}", "page #fig-loop", "Figure 1"),
        ("[](#fig-loop){.with-page}", "Figure 1 on page #fig-loop", "Figure 1"),
        ("[it](#fig-loop){.with-page}", "it (page #fig-loop)", "it"),
        ("[it](#fig-loop){.page}", "it (page #fig-loop)", "it"),
        ("[it](#fig-loop){.number}", "it", None),
        ("[](caf\u00e9\u00a0bar.md)", "Chapter 3", None),
        ("[](#^why)", "note 1", None),
    ],
)
@pytest.mark.parametrize("settings", ["", "references: refs.json\n"])
def test_reference_says_what_it_points_to(
    book: LittleBook, settings: str, written: str, print_: str, epub: str | None
) -> None:
    """A reference has the words of its place, and a page where there are pages."""
    texts = {
        "one_md": f"# One {{#sec-one}}\n\n{FIGURES}\n\n## A Place\n",
        "two_md": TWO,
        "caf\u00e9\u00a0bar_md": "# Bar",
    }
    _book(book, settings, **texts).add(two_md=TWO.format(written), refs_json="[]")

    for medium, expected in ((Medium.PDF, print_), (Medium.EPUB, epub or print_)):
        proof = book.proof(medium)

        assert proof.codes == []
        assert _said(proof, "two") == f"See {expected}."


TWO = "# Two {{#sec-two}}\n\nSee {}.[^why]\n\n[^why]: Because.\n"


def test_caption_bears_the_number(book: LittleBook) -> None:
    """What has an id of a series is numbered in its caption; what has none is not."""
    proof = _book(book).proof()

    captions = [text_of(e) for e in walk(*proof.section("one").body) if "caption" in e.tag]
    assert captions == [
        "Figure 1. The loop, drawn.",
        "Figure 2. The knot.",
        "Figure 3. The bow.",
        "Without a number.",
        "Table 1. Two cells.",
    ]
    assert "Theorem 1 (Ada). It holds." in _said(proof, "one")


def test_numbers_begin_anew_in_each_chapter(book: LittleBook) -> None:
    """A number within its chapter bears that of the chapter, and so do headings."""
    two = "# Two\n\n![X](x.svg){#fig-x alt=X}\n\n## A\n\n### B\n\n## C\n\n## D {-}\n\n@fig-x\n"
    proof = _book(book, "numbers: {within: chapter, sections: 2}\n", two_md=two).proof()

    assert _said(proof, "two") == "Figure 2.1. X2.1 A2.1.1 B2.2 CDFigure 2.1"


def test_parts_of_a_figure_are_letters(book: LittleBook) -> None:
    """A figure within a figure has a letter, and is referred to by both."""
    text = """# One

<figure id="fig-all">
<figure id="fig-left"><img src="x.svg" alt="L"/><figcaption>Left</figcaption></figure>
<figure id="fig-right"><img src="x.svg" alt="R"/><figcaption>Right</figcaption></figure>
<figcaption>Both.</figcaption>
</figure>

See @fig-right and @fig-all.
"""
    proof = _book(book, one_md=text).proof()

    assert _said(proof, "one") == "(a) Left (b) Right Figure 1. Both. See Figure 1b and Figure 1."


def test_words_are_the_language_s(book: LittleBook) -> None:
    """A caption begins with a capital; within a sentence, the language has its own habit."""
    two = "# Deux\n\nVoir [](#fig-loop) et @Tbl-two.\n"
    proof = _book(book, "language: fr\n", two_md=two).proof()

    assert "Figure 1" in _said(proof, "one")
    assert _said(proof, "two") == "Voir figure 1 et Tableau 1."


def test_parts_of_a_figure_go_on_through_what_holds_them(book: LittleBook) -> None:
    """Rows, lists and quotations within a figure begin no letters anew."""
    part = '<figure id="fig-{0}"><img src="x.svg" alt="A"/><figcaption>.</figcaption></figure>'
    rows = "".join(f"<div>{part.format(f'{n}x')}{part.format(f'{n}y')}</div>" for n in (1, 2))
    text = f'# One\n\n<figure id="fig-all">{rows}<figcaption>All</figcaption></figure>\n\n@fig-2y\n'
    proof = _book(book, one_md=text).proof()

    assert _said(proof, "one") == "(a) .(b) .(c) .(d) .Figure 1. AllFigure 1d"


def test_what_stands_in_a_note_is_numbered_where_it_is_called(book: LittleBook) -> None:
    """A figure of a note counts between those before and behind the call of the note."""
    text = (
        "# One\n\n![A](x.svg){#fig-a alt=A}\n\nSee.[^n]\n\n![C](x.svg){#fig-c alt=C}\n\n"
        "@fig-a @fig-b @fig-c\n\n[^n]: Note.\n\n    ![B](x.svg){#fig-b alt=B}\n"
    )
    proof = _book(book, one_md=text).proof()

    assert _said(proof, "one").endswith("Figure 3. CFigure 1 Figure 2 Figure 3")
    (note,) = proof.section("one").notes
    assert text_of(*note.content).endswith("Figure 2. B")


def test_a_label_may_end_with_a_space(book: LittleBook) -> None:
    """White space at the end of a label of one's own says nothing."""
    head = 'title: T\nlabels: {figure: "Abb. {} "}\n'
    _book(book).add(book_yaml=f"{head}contents: {{front: [list-of-figures], body: [one.md]}}\n")
    proof = book.proof()

    assert _said(proof, "list-of-figures").startswith("Abb. 1 The loop")
    assert "Abb. 1. The loop, drawn." in _said(proof, "one")


def test_sentence_begins_with_a_capital(book: LittleBook) -> None:
    """A reference that opens a paragraph or a sentence has a capital; behind *cf.* it has none."""
    line = "[](#fig-loop), cf. @fig-loop suit. @fig-loop (*@fig-loop*)!"
    two = f"# Deux\n\n{line}\n[](#fig-loop){{.page}}.\n"
    proof = _book(book, "language: fr\n", two_md=two).proof(Medium.PDF)

    said = "Figure 1, cf. figure 1 suit. Figure 1 (figure 1)! Page #fig-loop."
    assert _said(proof, "two") == said


def test_book_has_its_own_words(book: LittleBook) -> None:
    """``labels`` gives the word before a number, or takes the number away."""
    settings = "labels: {figure: Plate, table: none}\n"
    two = "# Two\n\n[@fig-loop; @fig-knot], [](#tbl-two)\n"
    proof = _book(book, settings, two_md=two).proof()

    assert _said(proof, "two") == "Plate 1 and Plate 2, “Two cells”"


def test_key_of_a_source_stays_a_citation(book: LittleBook) -> None:
    """A source may have a key that looks like a place."""
    refs = '[{"id": "fig-1", "type": "book", "title": "K", "issued": {"date-parts": [[2001]]}}]'
    text = "# One\n\nSo it is said [@fig-1].\n"
    _book(book, "references: refs.json\n", one_md=text).add(refs_json=refs)

    assert "2001" in _said(book.proof(), "one")


@pytest.mark.parametrize("settings", ["", "references: refs.json\n"])
def test_reference_to_nowhere_is_told(book: LittleBook, settings: str) -> None:
    """A reference that leads nowhere is an error with its line, with or without references."""
    text = f"# One\n\n{FIGURES}\n\nSee @fig-lop.\n"
    _book(book, settings, one_md=text).add(refs_json="[]")

    (finding,) = book.proof().findings
    assert (finding.code, finding.location.line) == ("dangling-link", 22)
    assert "fig-loop" in finding.hint


def test_lists_name_what_has_a_caption(book: LittleBook) -> None:
    """The list of figures has labels, captions or the short ones, and pages in print."""
    _book(book, one_md=f"# One\n\n{FIGURES}")
    contents = "contents:\n  front: [list-of-figures, list-of-tables, list-of-listings]\n"
    book.add(book_yaml=f"title: T\n{contents}  body: [one.md]\n")
    proof = book.proof(Medium.PDF)

    assert _said(proof, "list-of-figures") == (
        "Figure 1 The loop#fig-loopFigure 2 The knot.#fig-knotFigure 3 The bow.#fig-bow"
    )
    assert _said(proof, "list-of-tables") == "Table 1 Two cells.#tbl-two"
    assert "list-of-listings" not in [s.id for s in proof.rendition.book.sections]


def test_pandoc_crossref_s_examples_are_examples(book: LittleBook) -> None:
    """``ex:`` and ``tab:`` are names of examples and tables; ``ex-`` may begin any name."""
    text = (
        "# One\n\n::: {.example #ex:knot caption='Tie it'}\nSo.\n:::\n\n"
        "::: {#ex-libris}\nMine.\n:::\n\nSee @ex:knot.\n"
    )
    proof = _book(book, one_md=text).proof()

    assert proof.codes == []
    assert _said(proof, "one") == "Example 1 (Tie it). So.Mine.See Example 1."


def test_lists_and_titles_have_what_captions_have(book: LittleBook) -> None:
    """A formula stays a formula, a reference says its words, and no link stands in another."""
    text = (
        "# One {#sec-one}\n\n![Heights $h^2$, as in @fig-b and [](#sec-one){.with-page}.](x.svg)"
        "{#fig-a alt=A}\n\n![The other.](x.svg){#fig-b alt=B}\n\n## On [](#fig-b) {#on}\n\n"
        "See [](#fig-a){.title} and [](#on).\n"
    )
    _book(book).add(one_md=text)
    book.add(book_yaml="title: T\ncontents: {front: [list-of-figures], body: [one.md]}\n")
    proof = book.proof(Medium.PDF)

    assert proof.codes == []
    listed = "Figure 1 Heights h2, as in Figure 2 and Chapter 1.#fig-aFigure 2 The other.#fig-b"
    assert _said(proof, "list-of-figures") == listed
    assert "See “Heights h2, as in Figure 2 and Chapter 1” and “On Figure 2”." in _said(
        proof, "one"
    )
    for name in ("list-of-figures", "one"):
        links = [e for e in walk(*proof.section(name).body) if e.tag == "a"]
        assert not any(inner.tag == "a" for link in links for inner in walk(*link.children))
        (math,) = (e for e in walk(*proof.section(name).body[:1]) if e.tag == "math")
        assert math.get("alttext") == "h^2"


def test_title_of_a_section_says_its_references(book: LittleBook) -> None:
    """The words of a reference in a title stand in the contents and the running head."""
    proof = _book(book, two_md="# On [](#fig-loop)\n\nText.\n").proof()

    two = proof.section("two")
    assert (two.title_text, two.short_title) == ("On Figure 1", "On Figure 1")


def test_reference_of_a_note_is_told_where_the_note_is_written(book: LittleBook) -> None:
    """A note that stands at the end of the book is still a note of its file."""
    two = "# Two\n\nText.[^n]\n\n[^n]: See @fig-nowhere and [](#^m).\n\nMore.[^m]\n\n[^m]: M.\n"
    _book(book, two_md=two)
    contents = "contents: {body: [one.md, two.md], back: [notes]}\n"
    book.add(book_yaml=f"title: T\nnotes: {{place: book}}\n{contents}")

    (finding,) = book.proof().findings
    assert (finding.code, str(finding.location)) == ("dangling-link", "two.md:5")


WORDED = r"""
![A hall, long.[^n]](x.svg){#fig-x alt="A" short="The height \$5 $h$: 'n' *so* -- [-@k]"}

| a | b |
|---|---|
| 1 | 2 |

: Two. {#tbl-x short="Rock 'n' *roll*"}

::: {#thm-x .theorem title="Cauchy's *own* $h$ [@k] -- all"}
It holds.
:::

::: {#lem-x .lemma title="A *list*"}
- One
:::

See @thm-x, @lem-x, @fig-x, @tbl-x.

[^n]: A note.
"""
CITED = (
    '[{"id": "k", "type": "book", "title": "Limits", "author": [{"family": "Bo", "given": "A"}],'
    ' "publisher": "P", "issued": {"date-parts": [[2001]]}}]'
)


def _worded(book: LittleBook, settings: str = "") -> LittleBook:
    contents = "contents:\n  front: [list-of-figures, list-of-tables]\n  body: [one.md]\n"
    contents += "  back: [bibliography]\n"
    texts = {"one_md": f"# One\n{WORDED}", "refs_json": CITED}
    _book(book, **texts)
    head = "title: T\nidentifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
    return book.add(book_yaml=f"{head}references: refs.json\n{settings}{contents}")


@pytest.mark.parametrize("style", ["apa", "chicago-notes"])
@pytest.mark.parametrize("medium", Medium)
def test_short_captions_and_titles_are_markdown(
    book: LittleBook, style: str, medium: Medium
) -> None:
    """What is said in an attribute and printed is read as the text is, and none of it is lost."""
    proof = _worded(book, f"citations: {{style: {style}}}\n").proof(medium)
    figures, tables, one = (
        " ".join(_bare(serialize(proof.leaf(name).content)).split())
        for name in ("list-of-figures", "list-of-tables", "one")
    )

    assert proof.codes == []
    assert "The height $5 h: ’n’ so –" in figures
    assert "Rock ’n’ roll" in tables
    cited = " (Bo, 2001)" if style == "apa" else "2" if medium is Medium.EPUB else ""
    assert f"Theorem 1 (Cauchy’s own h{cited}" in one
    assert " – all). It holds." in one
    assert "Lemma 1 (A list). One" in one
    found = {e.tag for leaf in proof.rendition.leaves for e in walk(leaf.content)}
    assert "short" not in found


def test_title_of_what_has_no_number_is_its_head(book: LittleBook) -> None:
    """Without a number, a theorem has its title alone, and a short caption stands nowhere."""
    proof = _worded(book, "labels: {theorem: none, figure: none, table: none}\n").proof()
    text = " ".join(_bare(serialize(proof.leaf("one").content)).split())

    assert " – all. It holds." in text
    assert "Rock" not in text


def test_note_in_a_short_caption_is_told(book: LittleBook) -> None:
    """A list shows no notes, so none may be called in what is only for a list."""
    text = '# One\n\n![A](x.svg){#fig-a alt="B" short="C^[D]"}\n\nSee @fig-a.\n'
    proof = _book(book, one_md=text).proof(draft=True)

    assert proof.codes == ["one.md:3 note-in-short"]
