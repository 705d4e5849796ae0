"""References: whatever a reference manager writes, or a stranger, is read or told of."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fuzz.conftest import fuzzed, patience, sometimes, unsound, wounded_text

from octavo.book import citation
from octavo.book.styles import style_of
from octavo.manuscript import references
from octavo.manuscript.references import yamlitems
from octavo.manuscript.references.scan import scan
from octavo.markup import is_name, parse, serialize, walk
from octavo.model import Element
from octavo.pandoc import PandocError

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.model import Node

TEXTS = (
    *("", " ", "Pride & Prejudice", "<i>x</i>", "<script>", "a\u202eb", "é", "\ud800", "\x00"),
    *("$x^2$", "{\\bf x}", "<span class='nocase'>x</span>", "<img src='x'>", "https://a.b/?c#d"),
    *("javascript:alert(1)", "file:///etc/passwd", "10.1000/x y#z", "2020", "forthcoming"),
)
NUMBERS = st.integers() | st.sampled_from([10**400, -(10**30), 1e999, -0.0, 1e-400])
LEAVES = st.none() | st.booleans() | NUMBERS | st.floats() | st.text(max_size=8)
PLAIN = LEAVES | st.sampled_from(TEXTS)
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = st.fixed_dictionaries(
    {},
    optional={
        "family": PLAIN, "given": PLAIN, "literal": PLAIN, "suffix": PLAIN,
        "non-dropping-particle": PLAIN, "comma-suffix": PLAIN,
    },
)  # fmt: skip
DATES = st.fixed_dictionaries(
    {},
    optional={
        "date-parts": st.lists(st.lists(PLAIN, max_size=4), max_size=3),
        "raw": PLAIN, "literal": PLAIN, "season": PLAIN, "circa": PLAIN,
    },
)  # fmt: skip
TYPES = ("book", "article-journal", "webpage", "chapter", "legal_case", "personal_communication")
ITEMS = st.fixed_dictionaries(
    {"id": st.sampled_from(["a", "b", "c d", "é", 7]) | PLAIN},
    optional={
        "type": st.sampled_from(TYPES) | PLAIN,
        **{name: st.lists(NAMES, max_size=3) | ANYTHING for name in ("author", "editor")},
        **dict.fromkeys(("issued", "accessed"), DATES | ANYTHING),
        **dict.fromkeys(("title", "container-title", "page", "volume", "DOI", "URL"), PLAIN),
        "custom": ANYTHING,
        "language": PLAIN,
    },
)
LISTS = st.lists(ITEMS | ANYTHING, max_size=4)
SAMPLE = json.dumps(
    [
        {"id": "a", "type": "book", "title": "T", "author": [{"family": "F", "given": "G"}]},
        {"id": "b", "issued": {"date-parts": [[2020, 1, 2]]}, "DOI": "10.1000/x"},
    ],
    indent=1,
)
PIECES = (
    *("[", "]", "{", "}", ",", ":", '"', "\\u0000", "\\ud83d", "NaN", "-Infinity", "1e999", "null"),
    *("[" * 600, '{"a":' * 600, "9" * 5000, "/**/", "\u2028", "\ufeff", "\x0c", "\x85", "é", "\r"),
)


def _json(items: object) -> str:
    return json.dumps(items, ensure_ascii=False).encode(errors="replace").decode()


BIBTEX = r"""@string{acm = "The {ACM}"}
% a remark
@book{a, author = {Smith, Jane and {The Body}}, title = {A {T} of $x^2$ \& \"{u}},
  publisher = acm # { Press}, year = 2020, month = jan, crossref = {b},
}
@InProceedings(b, title="Q {"}uoted{"}", date={2020-05/2021}, url={https://a.b/%20c})
@comment{@book{c, title={no}}}
@xdata{d, note = {100\% \emph{x}}}
"""
BIBTEX_PIECES = (
    *(
        "@",
        "{",
        "}",
        '"',
        ",",
        "=",
        "#",
        "%",
        "(",
        ")",
        "\\",
        "$",
        "\\{",
        "\n@book{e,",
        "\r\n",
        "\x00",
    ),
    *("{" * 200, "@string{acm = acm # acm}", "crossref = {a},", "xdata={a,b,d},", "year = {x},"),
    *(
        "@book{a,",
        "\\input{a.bib}",
        "\\def\\x{\\x\\x}\\x",
        "é",
        "\u2028",
        "\x85",
        "date = {9999-99}",
        "@@",
    ),
)
YAML = """---
references:
- id: a
  type: book
  title: A *T* of <i>x</i>
  author: [{family: Smith, given: "Jane"}, {literal: The Body}]
  issued: 2020-05/2021
- id: b
  issued: [{year: 1850, circa: true}]
  custom: {a: [b, {c: d}]}
  note: |
    one
    two
...
"""
YAML_PIECES = (
    *(
        ":",
        "-",
        "- ",
        "\n",
        "  ",
        "\t",
        "[",
        "]",
        "{",
        "}",
        "&a ",
        "*a",
        "!!python/object:x ",
        '"',
        "'",
    ),
    *(
        "---\n",
        "...\n",
        "[" * 500,
        "issued: ",
        "date-parts: [[2020, 99]]",
        "author: ",
        "? ",
        "|",
        "%TAG",
    ),
    *(
        "9" * 5000,
        "\x00",
        "\ufeff",
        "é",
        "\u2028",
        "\x85",
        "\\u0000",
        "<<: ",
        "\r",
        "- id: a\n",
        "~",
        "```",
    ),
)
SAMPLES = {"a.bib": ((BIBTEX,), BIBTEX_PIECES), "a.yaml": ((YAML,), YAML_PIECES)}
WRITTEN = LISTS.map(_json) | LISTS.map(json.dumps) | wounded_text((SAMPLE,), PIECES)


@fuzzed
@given(WRITTEN)
def test_any_references_are_listed_or_their_author_told(text: str) -> None:
    """What is listed has a key and can be written again; all else is told with its line."""
    findings: list[Diagnostic] = []

    with patience():
        items = references.read([references.File("refs.json", text)], findings.append)

    assert unsound(findings, {"refs.json": text}) == []
    assert all(items)
    plain = {key: each.item for key, each in items.items()}
    assert json.loads(json.dumps(plain)).keys() == items.keys()


@fuzzed
@given(wounded_text((BIBTEX,), BIBTEX_PIECES))
def test_any_bibtex_is_found_or_its_author_told(text: str) -> None:
    """Every entry has a key, a line and values that close; nothing is gone through twice."""
    with patience():
        found = scan(text)

    ends = text.count("\n") + 1
    lines = [*(entry.line for entry in found.entries), *(fault.line for fault in found.faults)]
    assert all(1 <= line <= ends for line in lines)
    assert all(entry.key and entry.kind for entry in found.entries)
    assert all(closes(field.source) for entry in found.entries for field in entry.fields)


def closes(source: str) -> bool:
    """Tell whether the braces of a value close, those aside that are escaped."""
    depth = 0
    for brace in re.findall(r"\\[{}]|[{}]", source):
        depth += {"{": 1, "}": -1}.get(brace, 0)
        if depth < 0:
            return False
    return not depth


@pytest.mark.parametrize("path", SAMPLES)
@sometimes
@given(st.data())
def test_any_file_for_pandoc_is_listed_or_its_author_told(path: str, data: st.DataObject) -> None:
    """What is listed has a key, a line and plain values; all else is told with its line."""
    text = data.draw(wounded_text(*SAMPLES[path]))
    findings: list[Diagnostic] = []

    with patience():
        items = references.read([references.File(path, text)], findings.append)

    assert unsound(findings, {path: text}) == []
    assert all(key and each.location.line for key, each in items.items())
    assert not any(finding.code.startswith("pandoc-") for finding in findings)
    json.dumps([each.item for each in items.values()])


@fuzzed
@given(wounded_text((YAML,), YAML_PIECES))
def test_any_yaml_is_a_list_or_its_author_told(text: str) -> None:
    """Every item is a group of plain values with a line, or the file's author is told why not."""
    findings: list[Diagnostic] = []

    with patience():
        found = list(yamlitems.items("a.yaml", text, findings.append))

    assert unsound(findings, {"a.yaml": text}) == []
    assert all(place.line for _, place in found)
    json.dumps([item for item, _ in found])


@sometimes
@given(st.lists(ITEMS, min_size=1, max_size=3))
def test_any_references_are_cited_or_their_author_told(written: list[Any]) -> None:
    """What a citation becomes is sound XHTML with sound ids, or a fault that says what is wrong."""
    keyed = [{**item, "id": f"key {number}"} for number, item in enumerate(written)]
    items = references.read([references.File("refs.json", json.dumps(keyed))], lambda _: None)
    if not items:
        return  # a group without a key is no citation
    cites = tuple(Element("cite", (("key", key),)) for key in items)
    group = Element("citation", (("text", "[@a]"),), cites, 1)

    try:
        with patience():
            sources = citation.Sources(items, style_of("apa"), "en")
            rendered = citation.cite([citation.Group(group)], sources)
    except PandocError as problem:
        nodes: tuple[Node, ...] = (problem.message, problem.hint)
    else:
        entries = (entry for _, entry in rendered.sources)
        nodes = (*rendered.citations[0].text, *entries)

    assert all(nodes)
    assert serialize(*parse(serialize(*nodes))) == serialize(*nodes)
    assert all(is_name(each.get("id", "a")) for each in walk(*nodes))
