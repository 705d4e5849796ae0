"""Laws of the one parser and the one serializer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from octavo.markup import (
    DEEPEST,
    MarkupError,
    is_name,
    joined,
    parse,
    rewrite_all,
    serialize,
    text_of,
    walk,
    with_attributes,
)
from octavo.model import Element, Node

TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\t"))
NAMES = st.sampled_from(["p", "em", "div", "br", "img"])
PAIRS = st.dictionaries(st.sampled_from(["id", "class", "alt"]), TEXT).map(dict.items).map(tuple)
TREES = st.recursive(
    TEXT,
    lambda inner: st.builds(Element, NAMES, PAIRS, st.lists(inner, max_size=4).map(joined)),
    max_leaves=12,
)


def _without_lines(node: Node) -> object:
    if isinstance(node, str):
        return node
    return node.tag, node.attributes, tuple(map(_without_lines, node.children))


@given(st.lists(TREES, max_size=3))
def test_what_is_written_is_read_again(nodes: list[Node]) -> None:
    """Serializing and parsing give the same tree, white space in texts and attributes included."""
    tree = joined(nodes)

    assert tuple(map(_without_lines, parse(serialize(*tree)))) == tuple(map(_without_lines, tree))


def test_elements_know_their_lines() -> None:
    """Each element has the line on which it begins, counted from the line given."""
    nodes = parse("<p>one</p>\n\n<p>two\n<em>three</em></p>", 40)

    assert [(e.tag, e.line) for e in walk(*nodes)] == [("p", 40), ("p", 42), ("em", 43)]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("<p>\n<em></p>", 8, "mismatched tag"),
        ("<p>one\n\n& two</p>", 9, "not well-formed"),
        ("\n<p>&nosuch;</p>", 8, "&nosuch;"),
        ('\n<p\ntitle="&nosuch;">', 9, "&nosuch;"),
        ("<!-- &nosuch;\n -->&no-such;", 8, "undefined entity"),
        ("\n<?php echo 1 ?>", 8, "<?php …?>"),
        ("<!DOCTYPE html>", 7, "not well-formed"),
        ("</fragment><fragment>", 7, "junk"),
    ],
)
def test_what_is_not_a_fragment_is_refused_with_its_line(text: str, line: int, words: str) -> None:
    """Nothing is repaired and nothing dropped: a faulty fragment is refused, line and reason."""
    with pytest.raises(MarkupError) as caught:
        parse(text, 7)

    assert caught.value.line == line
    assert words in caught.value.message


def test_depth_has_a_bound() -> None:
    """As many elements as may stand inside each other can be walked; one more is refused."""
    (tree,) = parse("<b>" * DEEPEST + "</b>" * DEEPEST)

    assert sum(1 for _ in walk(tree)) == DEEPEST
    with pytest.raises(MarkupError, match="inside each other"):
        parse("<b>" * (DEEPEST + 1) + "</b>" * (DEEPEST + 1))


def test_named_characters_of_html_are_read_and_comments_left_out() -> None:
    """``&eacute;`` is a letter, ``<!-- -->`` says nothing, CDATA is text."""
    assert parse("caf&eacute;<!-- &no; -->&nbsp;<![CDATA[<&eacute;]]>") == ("café\u00a0<&eacute;",)


def test_named_characters_are_read_in_attributes_too() -> None:
    """A name in an attribute is the character it stands for, even one that XML reserves."""
    (image,) = parse('<img alt="caf&eacute; &ndash; &quot;a&quot; &LT; &amp;eacute;"/>')

    assert walk(image).__next__().get("alt") == 'café – "a" < &eacute;'


def test_only_void_elements_are_written_without_an_end_tag() -> None:
    """A reader of HTML takes ``<p/>`` for an open paragraph, and ``<br></br>`` for two breaks."""
    text = serialize(Element("p"), Element("br"), Element("img", (("alt", '"<&'),)))

    assert text == '<p></p><br/><img alt="&quot;&lt;&amp;"/>'


def test_rewriting_begins_at_the_leaves_and_leaves_alone_what_it_is_told() -> None:
    """A change sees children that were changed; what is in ``leave`` keeps all of its own."""
    nodes = parse("<p>a<em>b<i>c</i></em><svg><i>d</i></svg></p>")

    changed = rewrite_all(nodes, lambda e: e.children if e.tag in {"em", "i"} else e, {"svg"})

    assert serialize(*changed) == "<p>abc<svg><i>d</i></svg></p>"
    assert changed[0] == Element("p", (), ("abc", *parse("<svg><i>d</i></svg>")), 1)


def test_attributes_are_set_removed_and_kept_in_order() -> None:
    """None removes; underscores are hyphens, double ones colons, a last one is for keywords."""
    element = Element("a", (("id", "x"), ("class", "y"), ("see-also", "z")))

    changed = with_attributes(element, see_also=None, class_="w", epub__type="noteref")

    assert changed.attributes == (("id", "x"), ("class", "w"), ("epub:type", "noteref"))


def test_text_is_what_is_between_the_tags() -> None:
    """Text has neither tags nor attributes."""
    assert text_of(*parse('<p title="no">a <em>b</em></p>c')) == "a bc"


@pytest.mark.parametrize("name", ["a", "_1", "über-uns", "日本", "a.b-c_d", "Ω1"])
def test_names_are_those_of_xml(name: str) -> None:
    """An id begins with a letter or underscore, of any script."""
    assert is_name(name)


@pytest.mark.parametrize("name", ["", "1a", "-a", "a b", "a:b", "a²", "a\n", "½", "a×b"])
def test_other_things_are_no_names(name: str) -> None:
    """Figures first, spaces, colons and superscripts make an id that XHTML refuses."""
    assert not is_name(name)
