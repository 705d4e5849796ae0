"""The account of words: what a parser loses is told, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from octavo.manuscript.syntax import (
    House,
    Parsed,
    account,
    brackets,
    code,
    flow,
    leaves,
    ledger,
    parse,
    tables,
    tree,
)
from octavo.markup import serialize, text_of
from octavo.model import Element

if TYPE_CHECKING:
    from collections.abc import Callable

    from octavo.diagnostics import Diagnostic

    Break = Callable[[pytest.MonkeyPatch], None]

RICH = """\
# The *first* chapter {#first .chapter key="a value"}

Some &eacute;clairs, &amp;eacute; and don't -- "well"... un*frigging*believable H~2~O x^2^ A\\*B.
A line\\
and [a link](to/file.md "A title"){.quiet rel=nofollow}, [two][ref], [ref], <https://a.example/b>,
<me@example.org>, ![a *fine* picture](one.png), `code <b> &lt;` and `more`{.py}.[^one]
Then^[Inline *it*.] more.

Second
------

[ref]: <http://example.org/a b> "The
[other]: b.md
  'A title below'

[Small]{.sc} [other] 1984\\. <b class="strong">bold</b> <!-- a secret --> mid<!-- x -->word.
[see @key, p. 3; -@other2 suffix] @third [p. 4] says.

- [ ] a task
- item

  1. one
  7. seven

> quoted
> > twice

::: {.note
  title="A box"}
::: warning
Inner
:::
:::

Table: above {#t}

| a | b |
|---|:-:|
| c | `d|e` |

| f | g |
|---|---|
| h | i |

: below

| verse
|   more verse

Term
: Definition

    More.

![A caption](two.png){width=50% alt="A description"}

![Alone](three.png)

![Seen](four.png)
*Said*

```rust,ignore
let x = "1st\\n&eacute;"; <!-- kept --> // <b>
```

    $ indented <p>

<div class="raw" markdown="1">
In *Markdown*
</div>

<table id="x"><tr><td>raw &eacute;</td></tr></table> behind it

<!-- gone

entirely -->

<svg viewBox="0 0 1 1"><title>Drawn</title><path d="M0 0"/></svg>

A paragraph
{: .last #end}

[^one]: A note

    with two parts.
"""
"""All that the syntax knows."""


def _parsed(text: str, *, cites: bool = True) -> tuple[Parsed, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return parse(text, 1, "a.md", House(cites=cites), found.append), found


def _lost(text: str) -> list[Diagnostic]:
    return [finding for finding in _parsed(text)[1] if finding.code == "words-lost"]


def test_a_text_with_all_syntax_is_whole() -> None:
    """Every word of a text is in its tree, or in syntax whose meaning is."""
    _, found = _parsed(RICH)

    assert found == []


@pytest.mark.parametrize("cites", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "[![a @name](a.png)](b@c.md)",
        "![H~2~O, un*like*ly](a.png) b",
        "![a](a.png)\n*a*",
        "1984. was\n1985. a year",
        "`<!--` is code, and <!-- this --> is none; `-->`",
        "<p>a</p> b\n<!-- c\n\nd --> e\n\nf",
        "> <!-- a\n> b -->\n> c",
        "- a [^1]\n\n  [^1]: b\n\n  [c]: d.md\n\n  e [c]",
        "[a][ref] and [b](c.md)\n\n[ref]: c.md 'a'\n",
        '<a href="x.md">a</a> [b](x.md) <b>x</b> (<i>c</i>)',
        "[a](<b c.md>) and (<b>c</b>) ![](<b c.png>){.decorative}",
        "a <b and c> d, a<b*c*",
        '```html\n<p class="x">&eacute; <!-- a --></p>\n```\n\n&eacute;',
        '<pre class="code">a<b>b</b></pre>',
        "[a]{.b .b}",
        "::: {.a #b}\n![c](d.png){.e #f}\n{: #g}\n:::",
        "<ul><li><![CDATA[a < b]]></li></ul>",
        "- <p>a</p>\n- b",
        "a <b [x](y.md) a<b*c*",
        '::: {.a title="of"}\n```\n<!-- of -->\n```\n:::',
        "- ![a cat](b.png)\n- [x](a.md) [y](cat.md)",
        "[x]\n\n[x]: <a b.md>",
        "a\n\n[x]: b.md\n  'c d'",
        '`&eacute;of` [x]{title="of"}',
        '- [x]{title="of"}\n\n  ```\n  &eacute;of\n  ```',
        "<svg><q:a>b</q:a></svg>",
        '> a <b title="c\n> d">e</b>',
        '<pre class="code"><code><span title="a">b</span></code></pre>',
        '[a]{class="sc"}',
        "![title the](a.png) [b] ![c](a.png){title=e #e} <i title='g'>h</i>\n\n[b]: i.md 'e'",
    ],
)
def test_syntax_is_no_loss(text: str, *, cites: bool) -> None:
    """Signs, names and addresses that became something else are not missed."""
    found: list[Diagnostic] = []
    parse(text, 1, "a.md", House(cites=cites), found.append)

    assert [finding.message for finding in found if finding.code == "words-lost"] == []


def _nothing(*_: object) -> tuple[()]:
    return ()


def _without_words(patch: pytest.MonkeyPatch) -> None:
    real = tree.Freezer.text
    patch.setattr(tree.Freezer, "text", lambda walk, text: real(walk, text).replace("it ", "", 1))


def _without_emphasis(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(tree._KINDS, "em", _nothing)


def _without_cells(patch: pytest.MonkeyPatch) -> None:
    real = tables._cells
    patch.setattr(tables, "_cells", lambda text: ["" if c == "gone" else c for c in real(text)])


def _without_calls(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(tree._KINDS, "note", _nothing)


def _without_second_lines(patch: pytest.MonkeyPatch) -> None:
    real = flow.Flow.inner
    patch.setattr(flow.Flow, "inner", lambda outer, lines, **how: real(outer, lines[:1], **how))


def _without_last_blocks(patch: pytest.MonkeyPatch) -> None:
    real = tree.Freezer.blocks
    patch.setattr(tree.Freezer, "blocks", lambda walk, parent: real(walk, parent)[:-1])


def _without_pictures(patch: pytest.MonkeyPatch) -> None:
    patch.setitem(tree._KINDS, "img", _nothing)


def _without_targets(patch: pytest.MonkeyPatch) -> None:
    real = brackets.Brackets.read

    def read(*given: object) -> object:
        found = real(*given)  # type: ignore[arg-type]
        if found and not isinstance(found[0], str):
            found[0].attrib.pop("href", None)
        return found

    patch.setattr(brackets.Brackets, "read", read)


def _without_last_lines(patch: pytest.MonkeyPatch) -> None:
    real = code.listing
    patch.setattr(leaves, "listing", lambda text, *rest: real(text.rpartition("\n")[0], *rest))


@pytest.mark.parametrize(
    ("text", "fault", "line", "quoted"),
    [
        ("Here\n\nit is, it seems: *it*.", _without_words, 3, "“it”"),
        ("One, the line,\nthen *the* [line](x.md)", _without_emphasis, 2, "“the”"),
        ("| a | b |\n|---|---|\n| gone | d |", _without_cells, 3, "“gone”"),
        ("A[^label]\n\n[^label]: b", _without_calls, 1, "“label”"),
        ("A[^1]\n\n[^1]: b\n\n    gone too", _without_second_lines, 5, "“gone”, “too”"),
        ("A\n\nb\n\n- the end", _without_last_blocks, 5, "“the”, “end”"),
        ("A ![gone](b.png) c", _without_pictures, 1, "“gone”, “b”, “png”"),
        ("A [b](gone.md)", _without_targets, 1, "“gone”, “md”"),
        ("A\n\n```\nb\nA gone\n```", _without_last_lines, 5, "“a”, “gone”"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_a_loss_is_told_with_its_place(
    text: str, fault: Break, line: int, quoted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A parser that drops a word, a cell, a note or a block is found out, to the line."""
    assert _lost(text) == []
    fault(monkeypatch)

    (finding,) = _lost(text)

    assert (finding.severity, finding.location.line) == ("error", line)
    assert finding.message.endswith(f": {quoted}")


@pytest.mark.parametrize(
    ("text", "loss", "quoted"),
    [
        ("the cat *the dog*", "the ", "“the”"),
        ("![the cat](a.png)", "the ", "“the”"),
        ("![the cat](a.png)", "the cat", "“the”, “cat”"),
        ("<https://the.cat>", "https://the.cat", "“https”, “the”, “cat”"),
        ("<https://t\\_o.cat>", "https://t_o.cat", "“https”, “t”, “o”, “cat”"),
        ("| the line", "line", "“line”"),
        ("a^[b] *1 c*", "1", "“1”"),
    ],
)
def test_a_word_that_is_elsewhere_is_still_missed(text: str, loss: str, quoted: str) -> None:
    """A word is counted as often as it stands, and a description does not stand for a caption."""
    found: list[Diagnostic] = []
    parsed, _ = _parsed(text)
    (block,) = parsed.body
    *others, last = block.children
    assert isinstance(last, Element)
    broken = replace(last, children=(text_of(last).replace(loss, ""),))

    body = (replace(block, children=(*others, broken)),)
    account.settle(text, 1, body, parsed.notes, ledger.Ledger("a.md", found.append))

    assert [finding.message.partition(": ")[2] for finding in found] == [quoted]


def test_a_mistake_of_the_author_is_told_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an error is told already, the words of its passage are not told of beside it."""
    _without_words(monkeypatch)

    _, found = _parsed("Then it is[^none]\n\nand it is")

    assert [(f.location.line, f.code) for f in found] == [(1, "undefined-note"), (3, "words-lost")]


def test_many_lost_words_are_not_all_quoted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A message stays readable however much was lost."""
    _without_last_blocks(monkeypatch)

    (finding,) = _lost("A\n\n" + " ".join(f"word{n}" for n in range(40)))

    assert finding.message.endswith("“word11” and 28 more")


@pytest.mark.parametrize(
    ("text", "words"),
    [("", 0), ("# One\n\n*two* don't -- é", 4), ("a\tb\nc", 3), ("* * *", 0)],
)
def test_words_are_counted(text: str, words: int) -> None:
    """A word is what stands between spaces and has a letter or a digit."""
    assert _parsed(text)[0].words == words


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("```console\n$ echo\nlast line\n```", "last line"),
        ("```pycon\n>>> one\n```", "one"),
        ("a ![b @name c](d.png)", "b @name c"),
        ("a ![b<br/>c](d.png)", 'alt="b c"'),
        ("Term\n{: .kept}\n\n: text", 'class="kept"'),
        ("![a](b.png){#one}\n{: #two}", 'id="one"'),
        ("[a]{#one #two}", "{#one #two}"),
    ],
)
def test_nothing_is_lost_that_once_was(text: str, kept: str) -> None:
    """What the account found lost is in the tree now."""
    parsed, found = _parsed(text)

    assert kept in text_of(*parsed.body) + serialize(*parsed.body)
    assert [finding.code for finding in found if finding.severity == "error"] == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a ![b^[c]](d.png)", "link-in-image"),
        ("a ![b [c](e.md)](d.png)", "link-in-image"),
        ("a ![b](d.png){alt=c}", "two-descriptions"),
        ("[a]{#one #two}", "unread-attributes"),
    ],
)
def test_what_has_no_place_is_told(text: str, name: str) -> None:
    """An author is told of what no reader would see, and nothing is told twice."""
    assert [finding.code for finding in _parsed(text)[1]] == [name]
