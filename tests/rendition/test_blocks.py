"""The blocks of a leaf: what each of them says, and how it is numbered."""

from __future__ import annotations

from octavo.markup import parse, walk
from octavo.model import Element
from octavo.rendition.blocks import LABEL, PICTURE, Block, Kind, blocks_of, labelled


def leaf(html: str) -> Element:
    (content,) = parse(f'<section id="s">{html}</section>', 7)
    assert isinstance(content, Element)
    return content


def blocks(html: str) -> list[Block]:
    """Return the blocks that have text of their own."""
    return [block for block in blocks_of(leaf(html)) if block.text.strip()]


def texts(html: str) -> list[tuple[str, str]]:
    return [(block.tag, block.text) for block in blocks(html)]


def test_the_numbers_on_paper_are_those_of_the_ledger() -> None:
    """The layout engine is given the same numbers that the proof looks for."""
    content = leaf(
        '<h1>Title</h1><p>Text<span class="octavo-note" id="n" data-mark="1"><p>Note</p></span>'
        ' see <folio of="s"/></p><ul><li>a<ul><li>b</li></ul></li></ul><svg><p>no</p></svg>'
    )
    numbers = [(e.tag, e.get(LABEL)) for e in walk(labelled(content)) if e.get(LABEL)]

    assert numbers == [(block.tag, str(block.number)) for block in blocks_of(content)]
    assert [number for _, number in numbers] == [str(n + 1) for n in range(len(numbers))]


def test_a_block_has_no_text_of_the_blocks_inside_it() -> None:
    """An item with a list in it has its own beginning and its own tail."""
    found = blocks("<ul><li>before<ul><li>inside</li></ul>after</li></ul>")

    assert [(block.tag, block.text) for block in found] == [("li", "beforeafter"), ("li", "inside")]
    assert [[place for place, _ in block.pieces] for block in found] == [[0, 2], [1]]


def test_inline_elements_are_text_of_their_block() -> None:
    """Emphasis and links belong to the paragraph, pictures count as one sign."""
    found = texts('<p>One <em>two <b>three</b></em> <img src="x" alt=""/> four</p>')

    assert found == [("p", f"One two three {PICTURE} four")]


def test_a_note_is_a_block_with_all_that_is_in_it() -> None:
    """Paragraphs and lists of a note are of its kind, and only the note itself bears its mark."""
    html = (
        '<p>Text<span class="octavo-note" id="n1" data-mark="1"><p>First.</p>'
        "<ul><li>Item</li></ul></span> goes on.</p>"
    )
    inside = [block for block in blocks_of(leaf(html)) if block.note]

    assert {(block.kind, block.note) for block in inside} == {(Kind.NOTE, "n1")}
    assert [block.mark for block in inside] == ["1", "", "", ""]
    assert texts(html) == [("p", "Text goes on."), ("p", "First."), ("li", "Item")]


def test_a_box_that_an_author_calls_a_note_is_none() -> None:
    """The class of the press's own notes is not an author's."""
    (block,) = blocks('<p class="note">A word</p>')

    assert (block.kind, block.note) == (Kind.BODY, "")


def test_only_a_span_is_a_note() -> None:
    """The class alone makes no block of an element inside a line."""
    assert texts('<p>One <em class="octavo-note">two</em></p>') == [("p", "One two")]


def test_the_heads_of_tables_are_repeated() -> None:
    """What stands in ``thead`` and ``tfoot`` may come once on every page."""
    found = blocks(
        "<table><thead><tr><th>H</th></tr></thead><tbody><tr><td>B</td></tr></tbody></table>"
    )

    assert [(block.text, block.kind) for block in found] == [("H", Kind.HEAD), ("B", Kind.BODY)]


def test_what_is_hidden_is_declared() -> None:
    """``hidden`` hides all that is inside, notes and all."""
    found = blocks(
        '<div hidden="hidden"><p>a<span class="octavo-note" id="n"><p>b</p></span></p></div>'
    )

    assert {block.kind for block in found} == {Kind.HIDDEN}


def test_a_page_reference_names_its_places() -> None:
    """The number of a page is a block of its own, for it is not known before the pages are."""
    (folio,) = (block for block in blocks_of(leaf('<p>See <folio of="a b"/>.</p>')) if block.of)

    assert (folio.kind, folio.of) == (Kind.FOLIO, ("a", "b"))


def test_ids_are_known_by_the_text_before_them() -> None:
    """A place inside a paragraph is so many characters from its beginning."""
    (block,) = blocks('<p id="p">One <a id="here"/>two</p>')

    assert block.marks == (("p", 0), ("here", 4))


def test_a_block_without_a_line_has_that_of_the_one_around_it() -> None:
    """Every block can be found in the source."""
    made = Element("p", (), ("made",))
    around = Element("section", (), (Element("blockquote", (), (made,), 12),), 3)

    assert [block.line for block in blocks_of(around)] == [3, 12, 12]
