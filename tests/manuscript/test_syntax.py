"""What the case files cannot show: lines, invisible characters, depth, and hostile texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from octavo.manuscript.syntax import House, Parsed, ledger, parse
from octavo.manuscript.syntax.depth import DEEPEST as BOUND
from octavo.manuscript.syntax.flow import DEEPEST
from octavo.manuscript.syntax.marks import LAST_LINE
from octavo.markup import serialize, walk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from octavo.diagnostics import Diagnostic
    from octavo.manuscript.syntax.ledger import Line
    from octavo.model import Element

SAMPLE = """\
# L {#h1}

L, *L*
L **L** [L](x.md) `L` and [L
*L*](y.md
"title") *L* and `L
code` **L**

- L
  - L *L*
    L

    L
- L
goes on *L*

7. L

   ```python
   L

   L
   ```

   *L*

> L *L*
lazy *L*
>
> - L

Lterm
: *L*

    L

::: {.note
  title="x"}
L

::: inner
*L*
:::
:::

| L | *L* |
|---|---|
| L | `L` |

Table: L *L*

| L
|   *L*

L[^a]^[L *L*]
*L* ![L](x.png) [see @L,
p. 3] *L* @L [p. 3] <i
class="x"></i> <b>L</b> *L* <!-- x
--> *L*

![L *L*](fig.png)

<div>
<p>L</p>
<p>L</p>
</div>

<div markdown="1">
*L*
</div>

L
===

[^a]: L

    *L*

    - L

*L*
***
*L*
"""
"""Each L takes its line's number; an element's first text then names the line it stands on."""


def _parsed(text: str, first_line: int = 1) -> tuple[Parsed, list[Diagnostic]]:
    found: list[Diagnostic] = []
    return parse(text, first_line, "chapter.md", House(), found.append), found


def _elements(parsed: Parsed) -> list[Element]:
    notes = (block for note in parsed.notes for block in note.content)
    return list(walk(*parsed.body, *notes))


def _named(element: Element) -> str:
    """Return the number that an element's first text or its key begins with."""
    own = element.children[0] if element.children else element.get("key") or element.get("alt")
    found = re.match(r"L(\d+)", own) if isinstance(own, str) else None
    return found[1] if found else ""


@pytest.mark.parametrize("first_line", [1, 12])
def test_every_element_knows_its_line(first_line: int) -> None:
    """Blocks, items, cells, notes, and what stands inside a line carry the line they begin on."""
    lines = SAMPLE.split("\n")
    text = "\n".join(line.replace("L", f"L{n}") for n, line in enumerate(lines, first_line))

    parsed, found = _parsed(text, first_line)

    named = [(element, _named(element)) for element in _elements(parsed)]
    wrong = [(e.tag, e.line, name) for e, name in named if name and int(name) != e.line]
    assert found == []
    assert wrong == []
    assert sum(bool(name) for _, name in named) > SAMPLE.count("L") * 0.9


def test_findings_carry_the_line_of_the_word_that_is_wrong() -> None:
    """In the third line of a paragraph, a finding names the third line."""
    _, found = _parsed("One\ntwo <i>\nthree[^x] and\n<b>four")

    assert sorted((f.location.line, f.code) for f in found) == [
        (2, "malformed-html"),
        (3, "undefined-note"),
        (4, "malformed-html"),
    ]


def test_two_spaces_at_a_line_s_end_break_it() -> None:
    """Two spaces before a line's end make a hard break; at a paragraph's end they make none."""
    parsed, _ = _parsed("One  \ntwo  \n\nThree  ")

    assert [serialize(block) for block in parsed.body] == ["<p>One<br/>\ntwo</p>", "<p>Three</p>"]


@pytest.mark.parametrize(
    "character", ["\x00", "\x02", "\x1f", "\x7f", "\ufffe", "\U000f0000", "\U00100001"]
)
def test_a_character_that_no_book_can_hold_is_an_error(character: str) -> None:
    """Control and private characters are told with their line and leave a sign in their place."""
    parsed, found = _parsed(f"One\ntw{character}o")

    assert [(f.location.line, f.code) for f in found] == [(2, "private-use")]
    assert serialize(*parsed.body) == "<p>One\ntw\ufffdo</p>"


def test_a_misspelt_note_is_named() -> None:
    """The hint for an unknown note names the one that was meant."""
    _, found = _parsed("Text.[^smth]\n\n[^smith]: A note.")

    assert found[0].hint == "did you mean “smith”?"


HINTS = {
    "a year": ("1986. So.", "did you mean the year or the number 1986? write 1986\\."),
    "a note without its colon": (
        "One.[^b]\n\n[^b] Two.", "put a colon behind it on line 3: [^b]: …",
    ),
    "a brace that is never closed": ("::: {.letter\nM.\n:::", "write ::: {.letter}"),
    "a class": ("[a]{.smallcap}", "did you mean “smallcaps”?"),
    "an attribute of a mark": ("[a]{.index entr=b}", "did you mean “entry”?"),
    "an attribute that is near to none": ("[a]{.write xyz=b}", "it may have lines"),
    "a name in capitals": ("<DIV>a</DIV>", "write it in lower case: <div>"),
    "a misspelt name": ("a <stong>b</stong>", "did you mean <strong>?"),
    "text in angle brackets": ("press <enter>", "remove it, or write \\<enter> if it is text"),
    "a size": ("![a](b){height=big}", "write height=60%, or a number with in, cm, mm, pt or px"),
}  # fmt: skip


@pytest.mark.parametrize("name", HINTS)
def test_a_hint_says_what_to_write(name: str) -> None:
    """Whoever reads a finding knows what to type."""
    text, hint = HINTS[name]

    _, found = _parsed(text)

    assert found
    assert {f.hint.startswith(hint) for f in found} == {True}


FAULTS = {
    "<div>a & b</div>": "a lone < or &",
    "<div><p>a</div>": "another element",
    '<div a="1" a="2">b</div>': "the same attribute twice",
    "<div>&nosuch;</div>": "“&nosuch;” is not a character",
    '<i a="1" a="2">b</i>': "the same attribute twice",
}


@pytest.mark.parametrize("source", FAULTS)
def test_what_is_wrong_with_html_is_said_in_plain_words(source: str) -> None:
    """No finding repeats what a parser said to a programmer."""
    _, found = _parsed(source)

    assert found
    assert all(f.message.startswith("this HTML cannot be read: ") for f in found)
    assert all(FAULTS[source] in f.message for f in found)


@pytest.mark.parametrize("sign", ["> ", "- ", "::: x\n"])
def test_what_is_nested_too_deeply_is_an_error_and_not_a_crash(sign: str) -> None:
    """A thousand containers within each other are refused, and the innermost text is kept."""
    parsed, found = _parsed(sign * 1000 + "end")

    assert "too-deep" in {f.code for f in found}
    assert "end" in serialize(*parsed.body)
    assert DEEPEST < 1000


DEEP = {
    "brackets": "[{}]{{.a}}",
    "emphasis": "a *b **{}** c*",
    "tags in a line": "a <b>{}</b>",
    "notes": "^[{}]",
    "blocks": "<div>{}</div>",
}


@pytest.mark.parametrize("times", [70, 150, 1000])
@pytest.mark.parametrize("what", DEEP)
def test_no_tree_is_deeper_than_it_can_be_walked(what: str, times: int) -> None:
    """Whatever made it so deep, the tree has a bound; its words stay, the author is told where."""
    before, after = DEEP[what].format("\0").split("\0")

    deep = before * times + "end" + after * times
    parsed, found = _parsed(f"Above.[^a]\n\n{deep}\n\n[^a]: {deep}")

    notes = [block for note in parsed.notes for block in note.content]
    assert {f.location.line for f in found} <= {3, 5}
    assert {f.code for f in found} <= {"too-deep", "malformed-html"}
    assert max(map(_depth, [*parsed.body, *notes])) <= BOUND + 1  # the fault in the last place
    assert "end" in serialize(*parsed.body, *notes)


def _depth(element: Element) -> int:
    inside = [child for child in element.children if not isinstance(child, str)]
    return 1 + max(map(_depth, inside), default=0)


@pytest.mark.parametrize("line", ["<!-- a -->", "<div>", "<div><p>a</p></div>", "<!-- a", "</div>"])
def test_xhtml_is_looked_at_once(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading it takes as long as it is long: four times the text, four times the work."""
    looked: list[int] = []

    def source_of(lines: Sequence[Line]) -> str:
        looked[-1] += len(lines)
        return ledger.source_of(lines)

    monkeypatch.setattr("octavo.manuscript.syntax.raw.source_of", source_of)
    for times in (100, 400):
        looked.append(0)
        _parsed(f"{line}\n\n" * times)

    assert looked[1] <= 5 * looked[0]


@pytest.mark.parametrize("sign", ["[", "*a ", "`a ", "<b>", "![", "|", '"', "{", "^[", "a@", "~~a"])
def test_a_hostile_text_is_read_like_any_other(sign: str) -> None:
    """A long row of opening signs ends, and is still one paragraph."""
    parsed, _ = _parsed(sign * 3000)

    assert len(parsed.body) == 1


def test_a_file_of_too_many_lines_is_an_error() -> None:
    """Beyond the last line that has a mark, the author is asked to divide the file."""
    _, found = _parsed("\n" * LAST_LINE)

    assert [f.code for f in found] == ["too-many-lines"]


def test_an_empty_text_has_no_blocks() -> None:
    """Nothing but blank lines and comments gives nothing, and no finding."""
    parsed, found = _parsed("\n \n<!-- later -->\n\n")

    assert (parsed.body, parsed.notes, found) == ((), (), [])


def test_inline_notes_have_labels_that_no_author_can_write() -> None:
    """A note written in place never takes the name of one that has a definition."""
    parsed, found = _parsed("One^[in place][^1].\n\n[^1]: Defined.\n\n[^^1]: No name.")

    assert [note.label for note in parsed.notes] == ["^1", "1"]
    assert found == []
