"""Laws of the text as XHTML: what each medium is given, and what no reading system may see."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.markup import parse, serialize, walk
from octavo.model import Medium

if TYPE_CHECKING:
    from tests.conftest import LittleBook

EPUB, PDF = Medium.EPUB, Medium.PDF
OWN_VOCABULARY = {"note", "citation", "cite", "fault"}
IMAGE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


def _text(book: LittleBook, markdown: str, medium: Medium = EPUB) -> str:
    """Return this text inside a chapter, as XHTML on one line."""
    book.add(chapter_md=f"# A\n\n* * *\n\n{markdown}\n", s_svg=IMAGE)
    text = serialize(book.proof(medium, draft=False).leaf("chapter").content).replace("\n", "")
    return text.partition('<hr class="scene-break"/>')[2].removesuffix("</section>")


def test_a_note_is_a_pop_up_and_leads_back(book: LittleBook) -> None:
    """In an EPUB a call leads to its note, the note to its first call; a second leads there too."""
    book.add(chapter_md="# A\n\nx[^n] y[^n]\n\n[^n]: N *m*\n\n    O\n")

    tree = book.proof(EPUB).leaf("chapter").content

    links = {e.get("id"): e.get("href") for e in walk(tree) if e.get("epub:type") == "noteref"}
    (aside,) = (e for e in walk(tree) if e.tag == "aside")
    (back,) = (e.get("href") for e in walk(aside) if e.tag == "a")
    assert links == {"chapter.call-1": "#chapter.note-1", "chapter.call-1.2": "#chapter.note-1"}
    assert (aside.get("id"), aside.get("role")) == ("chapter.note-1", "doc-footnote")
    assert back == "#chapter.call-1"
    assert "1</a>. N <em>m</em></p><p>O</p>" in serialize(aside)


def test_a_note_stands_in_its_place_in_print(book: LittleBook) -> None:
    """Print has the note where it is called, once, and only its number at the second call."""
    text = _text(book, "x[^n] y[^n]\n\n[^n]: N *m*\n    and more", PDF)

    assert text == (
        '<p>x<span class="octavo-note" id="chapter.note-1" data-mark="1" data-lead=". ">'
        "N <em>m</em> and more</span>"
        ' y<sup class="note-again">1</sup></p>'
    )


def test_a_note_may_begin_with_something_else_than_a_paragraph(book: LittleBook) -> None:
    """A note that begins with a list has its number before it."""
    text = _text(book, "x[^n]\n\n[^n]:\n    - a\n    - b")

    assert "1</a>. </p><ul>" in text


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[a]{onclick=x}", None),
        ("[a]{Foo=1 x:y=2}", '<span data-foo="1" data-x-y="2">a</span>'),
        ("[a]{href=b type=c start=2}", '<span data-href="b" data-type="c" data-start="2">a</span>'),
        ("[a]{style='color: red' lang=de}", '<span style="color: red" lang="de" xml:lang="de">'),
        ("[a]{aria-label=b role=note}", '<span aria-label="b" role="note">a</span>'),
        ("<ol start='3'><li value='4'>a</li></ol>", '<ol start="3"><li value="4">a</li></ol>'),
        ("<p align='right'>a</p>", '<p data-align="right">a</p>'),
        ("<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>", '<svg viewBox="0 0 1 1">'),
    ],
)
def test_only_attributes_of_xhtml_are_written(
    book: LittleBook, written: str, shown: str | None
) -> None:
    """What XHTML does not know at an element says nothing; a script is refused beforehand."""
    text = _text(book, written)

    assert "<span onclick" not in text
    assert shown is None or shown in text
    parse(text.replace("epub:", ""))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("![A](s.svg){width=60%}", '<figure style="width: 60%">'),
        ("![A](s.svg){width=300}", '<figure style="width: 300px">'),
        ("x ![A](s.svg){width=300}", 'alt="A" width="300"'),
        ("x ![A](s.svg){width=3in height=50%}", 'alt="A" style="width: 3in; height: 50%"'),
        ("x ![A](s.svg){width=50% style='border: 0;'}", 'style="border: 0; width: 50%"'),
        ("x ![A](s.svg){width=wide}", 'alt="A" data-width="wide"'),
    ],
)
def test_a_length_becomes_one_style(book: LittleBook, written: str, shown: str) -> None:
    """HTML knows pixels on pictures only; lengths are styles, and an element has one style."""
    assert shown.replace('alt="A" ', "") in _text(book, written).replace('alt="A" ', "")


@pytest.mark.parametrize(
    ("written", "rules"),
    [("lines=3", 3), ("lines=three", 1), ("lines=²", 1), ("lines=-2", 1), ("#x", 1)],
)
def test_writing_lines_are_as_many_as_asked_for(book: LittleBook, written: str, rules: int) -> None:
    """A prompt alone in its paragraph has rules below it, one where no number is given."""
    assert _text(book, f"[Say]{{.write {written}}}").count('class="rule"') == rules


def test_a_place_to_write_can_be_linked_to(book: LittleBook) -> None:
    """A prompt keeps its name and its other classes."""
    text = _text(book, "[Say]{.write .big #here lines=2} \n\n[there](#here)")

    assert '<div id="here" class="write big">' in text
    assert 'href="#here"' in text


def test_print_alone_has_folios(book: LittleBook) -> None:
    """An EPUB has no pages, even where a book's own template asks for them."""
    book.add(
        book_yaml="title: T\ncontents: [contents, chapter.md]\n",
        templates__contents_xhtml="<p>{{ contents[0].title }} <folio of='chapter'/></p>",
    )

    texts = [serialize(book.proof(m).leaf("contents").content) for m in (EPUB, PDF)]

    assert ["<folio" in text for text in texts] == [False, True]


@pytest.mark.parametrize("medium", list(Medium))
def test_nothing_of_our_own_vocabulary_is_left(book: LittleBook, medium: Medium) -> None:
    """Even of a book full of faults, a draft holds XHTML and nothing else."""
    book.add(
        book_yaml="title: T\ncontents: [chapter.md, gone.md, index, contents]\n",
        chapter_md=(
            "# A[^a] [b](#no) ![c](no.png)\n\n[@d] [^e] ![f](no.png)\n\n<p>g\n\n[h]{#1}\n\n"
            "[^a]: i[^a] [j](#no)\n"
        ),
    )

    proof = book.proof(medium, draft=True)

    tags = {e.tag for leaf in proof.rendition.leaves for e in walk(leaf.content)}
    assert tags & OWN_VOCABULARY == set()
    for leaf in proof.rendition.leaves:
        parse(serialize(leaf.content).replace("epub:", "").replace("xml:", ""))
