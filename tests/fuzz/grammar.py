"""Markdown as nobody writes it: every construct inside every other, and then a few wounds."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st
from tests.fuzz.conftest import wounded_text

ROOT = Path(__file__).parents[2]
SAMPLES = tuple(
    path.read_text("utf-8")
    for folder in ("tests/cases", "manuscript")
    for path in sorted((ROOT / folder).glob("*.md"))
)
"""The repository's own texts: whatever is read anywhere is read in one of them."""

WORDS = (
    *("word", "Ada", "it's", '"said"', "'so'", "1984", "3", "--", "---", "...", "a_b", "2*3", "x"),
    *("naïve", "ﬁne", "e\u0301", "שלום", "مرحبا", "漢字", "ไทย", "👩‍👩‍👧", "𝒳", "ẞ", "İ"),
    *("\u202eevil\u202c", "\u2066x\u2069", "\ufeff", "\u200b", "\u00ad", "\xa0", "\u2028", "\x85"),
    *("\x00", "\x02", "\x03", "\x1f", "\x7f", "\ue000", "\U000f0000", "\U00100001", "\ufffe"),
    *("\\", "\\\\", "\\*", "\\[", "\\`", "\\ ", "\\\n", "  \n", "\n", "\t", " ", "\r", "\r\n"),
    *("&amp;", "&lt;", "&nbsp;", "&#0;", "&#x110000;", "&#xfffe;", "&#2;", "&nope;", "&", "<", ">"),
    *("http://a.b/c?d=e&f", "www.a.b", "<http://a.b>", "<a@b.cd>", "<javascript:x>", "a@b.cd"),
    *("@key", "-@key", "@{a b}", "[@key, p. 3; see @two]", "[-@key]", "@key [p. 3]", "[@key"),
    *("[^a]", "[^b]", "[^nope]", "^[a note]", "^[", "[a]", "[b][]", "[c][a]", "![a]", "[", "]"),
    *("klzzwxh:0000", "\x02klzzwxh:0000\x03", "wzxhzdk:0", "TABLE:", "{#id}", "{.c}", "{", "}"),
    *("(", ")", "](", "](a.md)", "![", "`", "``", "*", "**", "_", "__", "~", "~~", "^", "|", "!"),
)
FRAMES = (
    *("*{}*", "**{}**", "***{}***", "_{}_", "__{}__", "~~{}~~", "~{}~", "^{}^", "`{}`", "``{}``"),
    *("[{}](a.md)", "[{}](<a b.md> 'T')", "[{}](#id)", '[{}]( x.md "t" ){{.c}}', "[{}][a]", "[{}]"),
    *("[{}]{{.smallcaps}}", "[{}]{{#id .c k=v}}", '[{}]{{.index entry="A!B"}}', "^[{}]", "[^{}]"),
    *("[{}]{{.term}}", '[{}]{{.term def="A *b*."}}', '[a]{{.term def="{}"}}', "[{}]{{.term of=a}}"),
    *("![{}](pictures/a.png)", "![{}](a.png){{width=50% .decorative}}", '"{}"', "'{}'", "({})"),
    *("<em>{}</em>", "<b>{}", "{}</b>", '<span class="c" lang="de">{}</span>', "<br/>{}", "<br>{}"),
    *(
        "<note>{}</note>",
        "<script>{}</script>",
        "<svg><text>{}</text></svg>",
        "<!--{}-->",
        "<!--{}",
    ),
    *("<math><mi>{}</mi></math>", '<a href="{}">x</a>', "<ruby>{}<rt>x</rt></ruby>", "<EM>{}</EM>"),
    *("<fault>{}</fault>", "<citation><cite>{}</cite></citation>", '<x:y z="{}"/>', "<?php {}?>"),
    *("[see {} @key]", "[{}](javascript:x)", "![{}](data:image/png;base64,x)", "<![CDATA[{}]]>"),
)
LEAVES = (
    *("# {}", "## {} {{#id}}", "### {} ###", "{}\n===", "{}\n---", "# {} {{.unnumbered}}", "#{}"),
    *(
        "+---+---+\n| {} | b |\n+===+---+\n| c |\n+---+---+",
        "+---+\n| {}",
        "Table: {} {{decimal=1,9}}",
    ),
    *("::: {{#fig-x .columns}}\n{}\n\n![a](b.svg)\n:::", "::: {{.description for=fig-x}}\n{}\n:::"),
    *("| {} |\n|---|:-:|\n| {} | b |\n\nTable: {}", "{} | b\n- | -\nx", "Table: {}\n\n|a|\n|-|\n"),
    *("```py\n{}\n```", "~~~\n{}", "``` {{.rust #id}}\n{}\n```", "    {}", "{}\n: {}\n\n: b"),
    *("| {}\n| two\n  three", "| {}", "* * *", "---", "[a]: {} 'T'", "[b]: a.md", "[^a]: {}"),
    *("*[A]: {}", "*[{}]: B", "*[A]:"),
    *(
        "[^b]: {}\n\n    two",
        "Table: {}",
        "{{: .c}}",
        "{}\n{{: #id .c}}",
        "<<<<<<< a\n{}\n>>>>>>> b",
    ),
    *("=======", "<p>{}</p>", "<div>\n{}\n</div>", '<div markdown="1">\n{}\n</div>', "<table>{}"),
    *("<!-- {}\n\n-->", "![{}](a.png)\n*{}*", "<hr/>{}", "</div>{}", '<td markdown="1">{}</td>'),
    *("::: {}", ":::", "::: {{.only-print}}", "::: box\n{}\n:::", "#. {}", "1984. {}", "- [ ] {}"),
)
BOXES = ("> ", "- ", "1. ", "    ", "* ", "(@) ", ": ", ":   ", "10) ", "  ", "[^a]: ", "| ")


def _framed(frame: str, inside: str) -> str:
    return frame.replace("{}", inside).replace("{{", "{").replace("}}", "}")


def _boxed(box: str, block: str) -> str:
    further = box if box in {"> ", "| "} else " " * len(box)
    return "\n".join(
        f"{further if number else box}{line}" for number, line in enumerate(block.split("\n"))
    )


def _divided(block: str) -> str:
    return f"::: aside\n{block}\n:::"


WORD = st.sampled_from(WORDS) | st.text(max_size=3)
INLINE = st.recursive(
    st.lists(WORD, min_size=1, max_size=3).map(" ".join),
    lambda inner: st.one_of(
        st.builds(_framed, st.sampled_from(FRAMES), inner),
        st.lists(inner, min_size=1, max_size=3).map("".join),
    ),
    max_leaves=6,
)
BLOCK = st.recursive(
    st.builds(_framed, st.sampled_from(LEAVES), INLINE) | INLINE,
    lambda inner: st.one_of(
        st.builds(_boxed, st.sampled_from(BOXES), inner),
        st.builds(_divided, inner),
        st.lists(inner, min_size=1, max_size=3).map("\n".join),
        st.lists(inner, min_size=1, max_size=3).map("\n\n".join),
    ),
    max_leaves=8,
)
DEFINED = "\n\n[^a]: A note.\n[^b]: Another, [^a].\n\n[a]: a.md\n[b]: #id\n"
MADE = st.builds(lambda text, tail: text + tail, BLOCK, st.sampled_from(("", DEFINED)))
DRAWN = st.builds(
    lambda piece, times, tail: piece * times + tail,
    st.lists(st.sampled_from((*WORDS, *BOXES)), min_size=1, max_size=4).map("".join),
    st.integers(1, 120),
    st.sampled_from((*WORDS, "\n\nEnd.\n")),
)
"""The same again and again: what nests, nests deep."""
WOUNDED = wounded_text(SAMPLES, [*WORDS, *BOXES, *LEAVES, *FRAMES])

SOUND = st.lists(
    st.sampled_from(
        (
            "A paragraph with *all* **of** `it`, [a link](a.md), and a note.^[Its *text*.]",
            "## A heading with a [link](b.md) and `code`\n\nText.",
            '[Ada]{.index entry="Lovelace!Ada"} counts, [Bab*bage*]{.index} builds.',
            (
                'A [tie]{.term def="What *holds*; see [it](a.md)."} by the [WHO]{.term of=tie}.'
                "\n\n*[WHO]: World *Health*"
            ),
            "::: {.only-print}\nPrinted.\n:::\n\n::: {.only-epub}\nRead.\n:::",
            "| a | b |\n|---|:-:|\n| `c` | ^[In a cell.] |\n\nTable: A caption.^[In a caption.]",
            "- one\n- two^[In an item.]\n\n  > quoted^[In a quotation.]\n\n1. three",
            "Term\n:   Its meaning.\n\n| A line\n|   of verse\n\n* * *",
            "```python\nprint('<&>')\n```\n\n    indented",
            "![A *caption*](a.png){width=50%}\n\nInline ![alt](a.png) picture.",
            "<div class='x'><p>Raw <b>text</b>.</p></div>\n\n[__]{.write lines=3}",
            "שלום עולם\n\n漢字、仮名。\n\nمرحبا",
        )
    ),
    min_size=1,
    max_size=3,
).map("\n\n".join)
"""What authors do write."""

MARKDOWN = st.one_of(MADE, MADE, DRAWN, WOUNDED)
