"""Every mistake that a book.yaml can hold is told at its line, in plain words, with a way out."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from octavo.diagnostics import Diagnostic, Severity
from octavo.project import load


class Mistake(NamedTuple):
    """A text of book.yaml, and where, by which code and in which words it is refused."""

    text: str
    line: int
    code: str
    message: str
    hint: str


X = "title: X\n"
MISTAKES = (
    Mistake("subtitle: x\n", 0, "missing-key", "“title” is missing", "title: My Book"),
    Mistake("", 0, "missing-key", "“title” is missing", "title: My Book"),
    Mistake("title:\n", 1, "missing-key", "“title” is missing", "title: My Book"),
    Mistake("title: ''\n", 1, "missing-key", "“title” is missing", "title: My Book"),
    Mistake("title: [a]\n", 1, "wrong-kind", "should be text, but it is a list", "My Book"),
    Mistake("titel: X\n", 1, "unknown-key", "“titel”", "did you mean “title”?"),
    Mistake("- X\n", 1, "bad-yaml", "made of keys", "title: My Book"),
    Mistake("X\n", 1, "bad-yaml", "made of keys", "title: My Book"),
    Mistake("title: Space: A Memoir\n", 1, "bad-yaml", "colon", "in quotes"),
    Mistake("title: 'Space\nplace: Rome\n", 1, "bad-yaml", "never closed", "close it"),
    Mistake('title: "a\\qb"\n', 1, "bad-yaml", "backslash", "single quotes"),
    Mistake('title: "a\\u0007b"\n', 1, "bad-yaml", "invisible", "single quotes"),
    Mistake("title: @home\n", 1, "bad-yaml", "cannot begin with", 'in quotes: "@home"'),
    Mistake("title: 'Space' and time\n", 1, "bad-yaml", "does not fit", "quoted as a whole"),
    Mistake(X + "labels:\n\tpart: Book\n", 3, "bad-yaml", "tab", "spaces"),
    Mistake(X + "contents:\n  -\tone.md: 1\n", 3, "bad-yaml", "tab", "one space after “-”"),
    Mistake("title: “Space: A Memoir”\n", 1, "bad-yaml", "curly", 'title: "Space: A Memoir"'),
    Mistake(X + " place: R\n", 2, "bad-yaml", "indented too far", "same column"),
    Mistake(X + "labels:\n  part: a\n   chapter: b\n", 4, "bad-yaml", "indented", "same column"),
    Mistake(X + "place: 'I didn't'\n", 2, "bad-yaml", "apostrophe ends the text", "didn''t"),
    Mistake(X + "subjects: ['it's']\n", 2, "bad-yaml", "apostrophe ends the text", "didn''t"),
    Mistake(X + "contents:\n- one.md\n-two.md\n", 4, "bad-yaml", "space is missing", "- two.md"),
    Mistake(X + "contents:\n  - one.md\n  -two.md\n", 4, "bad-yaml", "space is", "- two.md"),
    Mistake(X + "contents:\n - one.md\n  -two.md\n", 4, "bad-yaml", "space is", "- two.md"),
    Mistake(X + "contents:\n  -one.md\n  -two.md\n", 3, "bad-yaml", "space is", "- two.md"),
    Mistake(X + "contributors:\n  -name: J\n", 3, "bad-yaml", "space is missing", "- two.md"),
    Mistake(X + "contents:\n- one.md\n - two.md\n", 4, "bad-yaml", "no new item", "same column"),
    Mistake(X + "keywords: [#love, #pain]\n", 2, "bad-yaml", "not closed", "“#”"),
    Mistake(X + "subjects: [a, b\nplace: Rome\n", 2, "bad-yaml", "“[” is not closed", "[preface"),
    Mistake(X + "labels: {part: B\nplace: R\n", 2, "bad-yaml", "“{” is not closed", "{name:"),
    Mistake(X + "place\n", 2, "bad-yaml", "colon is missing", "title: My Book"),
    Mistake(X + "labels:\n  part: a\n chapter: b\n", 4, "bad-yaml", "does not fit", "column"),
    Mistake(X + "place: |x\n", 2, "bad-yaml", "“|”", "next line"),
    Mistake("title: *bold*\n", 1, "bad-yaml", "“*”", "in quotes"),
    Mistake("title: &a b\n", 1, "bad-yaml", "“&”", "in quotes"),
    Mistake(X + "&a place: b\n", 2, "bad-yaml", "“&”", "in quotes"),
    Mistake("title: !important b\n", 1, "bad-yaml", "“!”", "in quotes"),
    Mistake("title: !!python/object:os.system b\n", 1, "bad-yaml", "“!”", "in quotes"),
    Mistake(X + "{a: b}: c\n", 2, "bad-yaml", "a key must be a word", "quotes"),
    Mistake(X + "---\ntitle: Y\n", 2, "bad-yaml", "second document", "remove the line"),
    Mistake(X + "place: a\x07b\n", 2, "bad-yaml", "U+0007", "type it again"),
    Mistake("title: " + "[" * 5000, 1, "bad-yaml", "nested too deeply", "manual"),
    Mistake("#" * 1_000_001, 0, "bad-yaml", "too long", "right file"),
    Mistake(X + "place: a\ntitle: Y\n", 3, "duplicate-key", "on line 1", "keep one"),
    Mistake(X + "author: Jane\n", 2, "unknown-key", "“author”", "contributors: [Jane Doe]"),
    Mistake(X + "isbn: 9783161484100\n", 2, "unknown-key", "“isbn”", "under “editions”"),
    Mistake(X + "foo: bar\n", 2, "unknown-key", "“foo”", "the keys here are: title, subtitle"),
    Mistake(X + "labels:\n  chaptr: S\n", 3, "unknown-key", "in “labels”", "“chapter”"),
    Mistake(X + "citations:\n  stile: a\n", 3, "unknown-key", "in “citations”", "“style”"),
    Mistake(X + "series:\n  name: a\n  book: 2\n", 4, "unknown-key", "in “series”", "name, number"),
    Mistake(X + "series: [a]\n", 2, "wrong-kind", "a group of keys, but it is a list", "indented"),
    Mistake(X + "place: {a: b}\n", 2, "wrong-kind", "text, but it is a group", "quotes"),
    Mistake(X + "subjects:\n- a\n-\n", 4, "wrong-kind", "item 2 of “subjects”", "write something"),
    Mistake(
        X + "contributors:\n- Jane\n- {name: J, role: autor}\n", 4, "unknown-role",
        "“role” in item 2 of “contributors”: “autor” is not a role", "did you mean “author”?",
    ),
    Mistake(
        X + "contributors:\n- {role: editor}\n", 3, "missing-key", "“name” in item 1", "Jane Doe"
    ),
    Mistake(X + "contributors: [{nam: J}]\n", 2, "unknown-key", "“nam” in", "“name”"),
    Mistake(X + "language: English\n", 2, "unknown-language", "“English”", "did you mean “en”?"),
    Mistake(X + "language: en_US\n", 2, "unknown-language", "“en_US”", "did you mean “en-US”?"),
    Mistake(X + "language: en-UK\n", 2, "unknown-language", "“en-UK”", "did you mean “en-GB”?"),
    Mistake(
        X + "citations:\n  groups:\n  - {title: G, types: [book, tesis]}\n",
        4,
        "unknown-type",
        "“tesis” is not a type of source",
        "did you mean “thesis”?",
    ),
    Mistake(X + "language: zz\n", 2, "unknown-language", "“zz”", "such as en"),
    Mistake(X + "language: en-us-us\n", 2, "unknown-language", "“en-us-us”", "such as en"),
    Mistake(X + "language: x-own\n", 2, "unknown-language", "“x-own”", "such as en"),
    Mistake(X + "date: 2026\n", 2, "bad-date", "“2026” is not a day", "2026-11-22"),
    Mistake(X + "date: 2026-02-30\n", 2, "bad-date", "in the calendar", "2026-11-22"),
    Mistake(X + "date: 2026-1-5\n", 2, "bad-date", "not a full date", "2026-01-05"),
    Mistake(X + "date: 2026-11-22T10:00:00Z\n", 2, "bad-date", "not a day", "leave out the hour"),
    Mistake(X + "date: [2026]\n", 2, "wrong-kind", "should be a date", ""),
    Mistake(X + "identifier: 9783161484100\n", 2, "bad-identifier", "identifier", "remove"),
    Mistake(X + "identifier: urn:uuid:12\n", 2, "bad-identifier", "identifier", "remove"),
    Mistake(X + "editions: [epub]\n", 2, "wrong-kind", "“editions” should be", "{format: epub}"),
    Mistake(X + "editions:\n  ebook:\n", 3, "wrong-kind", "it is nothing", "write"),
    Mistake(X + "editions:\n  a b: {format: pdf}\n", 3, "bad-name", "“a b”", "hyphens"),
    Mistake(X + "index:\n  others:\n    A B: C\n", 4, "bad-name", "of an index", "small letters"),
    Mistake(X + "index: {sort: word}\n", 2, "unknown-sort", "“word”", "words"),
    Mistake(X + "index: {term: x.yaml}\n", 2, "unknown-key", "“term”", "terms"),
    Mistake(X + "index: {terms: x.md}\n", 2, "wrong-file", "“x.md”", ".yaml"),
    Mistake(X + "editions:\n  a: {format: mobi}\n", 3, "unknown-format", "“mobi”", "epub, pdf"),
    Mistake(X + "editions:\n  a: {isbn: ''}\n", 3, "missing-key", "“format” in “a”", "format:"),
    Mistake(
        X + "editions:\n  a: {format: pdf, isbn: 978-3-16-148410-1}\n", 3, "bad-isbn",
        "last digit", "compare",
    ),
    Mistake(
        X + "editions:\n  a: {format: pdf, isbn: 0-306-40615-3}\n", 3, "bad-isbn",
        "last digit", "compare",
    ),
    Mistake(X + "editions:\n  a: {format: pdf, isbn: 12}\n", 3, "bad-isbn", "“12”", "13 digits"),
    Mistake(
        X + "editions:\n  a: {format: pdf, isbn: 9783161484100}\n"
        "  b:\n    format: epub\n    isbn: 978-3-16-148410-0\n",
        6, "shared-isbn", "the same ISBN as “a”", "of its own",
    ),
    Mistake(X + "editions:\n  a: {format: pdf, trim: B-formt}\n", 3, "unknown-trim", "size", "“b-"),
    Mistake(
        X + "editions:\n  a: {format: pdf, trim: 6x9}\n", 3, "unknown-trim",
        "size of a book", "did you mean “6x9in” (us-trade)?",
    ),
    Mistake(
        X + "editions:\n  a: {format: pdf, trim: 6.1 by 9 inch}\n", 3, "unknown-trim",
        "size of a book", "did you mean “6.1x9in”?",
    ),
    Mistake(
        X + "editions:\n  a: {format: pdf, trim: 148x210}\n", 3, "unknown-trim",
        "size of a book", "did you mean “148x210mm” (a5)?",
    ),
    Mistake(X + "editions:\n  a: {format: pdf, trim: 1x2}\n", 3, "unknown-trim", "", "5.5x8.5in"),
    Mistake(X + "editions:\n  a: {format: pdf, trim: 3x5in}\n", 3, "bad-trim", "3x5in", "4 x 6"),
    Mistake(X + "editions:\n  a: {format: pdf, trim: 9x6in}\n", 3, "bad-trim", "9x6in", "width"),
    Mistake(X + "editions:\n  a: {format: pdf, paper: crem}\n", 3, "unknown-paper", "crem", "crea"),
    Mistake(X + "contents: one.md\n", 2, "wrong-kind", "“contents”", "[one.md, two.md]"),
    Mistake(X + "contents:\n  bdy: [one.md]\n", 3, "unknown-key", "“bdy”", "“body”"),
    Mistake(
        X + "contents:\n  body:\n  - part: one.md\n    chapter: [two.md]\n", 5, "unknown-key",
        "“chapter” in item 1 of “body”", "did you mean “chapters”?",
    ),
    Mistake(
        X + "contents:\n  body:\n  - chapters: [one.md]\n", 4, "missing-key", "“part”", "part-1.md"
    ),
    Mistake(
        X + "contents:\n  body:\n  - one.md\n  - part: Two\n", 5, "not-markdown", "“Two”", "heading"
    ),
    Mistake(
        X + "contents:\n  body:\n  - Part One:\n    - one.md\n", 4, "wrong-part",
        "“Part One” is written as a part", "- part: part-1.md",
    ),
    Mistake(
        X + "contents:\n  body:\n  - Part One:\n  - one.md\n", 4, "wrong-part",
        "“Part One” is written as a part", "chapters: [one.md, two.md]",
    ),
    Mistake(X + "contents:\n- Part One: [one.md]\n", 3, "wrong-part", "“body”", "front:, body:"),
    Mistake(X + "contents:\n- {part: one.md}\n", 3, "wrong-part", "“body”", "front:, body:"),
    Mistake(X + "contents:\n- One: Home.md\n", 3, "wrong-kind", "group of keys", "in quotes"),
    Mistake(X + "contents:\n- one.md\n- conents\n", 4, "unknown-page", "“conents”", "“contents”"),
    Mistake(X + "contents:\n- one.md\n- two\n", 4, "unknown-page", "“two”", "mean “two.md”"),
    Mistake(X + "contents:\n- one.md\n- qqq\n", 4, "unknown-page", "“qqq”", "half-title"),
    Mistake(X + "contents:\n- one.md\n- art.png\n", 4, "not-markdown", "art.png", "end in .md"),
    Mistake(X + "contents:\n- one.md\n- oen.md\n", 4, "missing-file", "“oen.md”", "“one.md”"),
    Mistake(X + "contents:\n- One.md\n", 3, "missing-file", "“One.md”", "“one.md”"),
    Mistake(X + "contents:\n- a\\b.md\n", 3, "missing-file", "b.md", "write “/”"),
    Mistake(X + "contents:\n- one.md\n- ./one.md\n", 4, "named-twice", "on line 3", "remove"),
    Mistake(X + "contents:\n- one.md\n- index\n- index\n", 5, "named-twice", "on line 4", "remove"),
    Mistake(X + "contents:\n- title-page\n", 3, "no-text", "no text", "chapter-1.md"),
    Mistake(X + "contents:\n- one.md\n- ../two.md\n", 4, "outside-the-book", "../two.md", "copy"),
    Mistake(X + "contents:\n- one.md\n- /etc/passwd\n", 4, "outside-the-book", "/etc", "copy"),
    Mistake(X + "contents:\n- one.md\n- C:\\two.md\n", 4, "outside-the-book", "C:", "copy"),
    Mistake(X + "cover: ~/me.png\n", 2, "outside-the-book", "~/me.png", "copy"),
    Mistake(X + "cover: art.pgn\n", 2, "wrong-file", "art.pgn", "did you mean “art.png”?"),
    Mistake(X + "cover: atr.png\n", 2, "missing-file", "atr.png", "did you mean “art.png”?"),
    Mistake(X + "references:\n- refs.json\n- x.doc\n", 4, "wrong-file", "x.doc", "end in .bib"),
    Mistake(X + "references: ref.json\n", 2, "missing-file", "ref.json", "“refs.json”"),
    Mistake(X + "copyright-note: note.txt\n", 2, "wrong-file", "note.txt", "end in .markdown, .md"),
)  # fmt: skip


def findings(folder: Path, text: str) -> list[Diagnostic]:
    """Load a small book with that book.yaml and return what was reported."""
    for name in ("one.md", "two.md", "art.png", "refs.json"):
        (folder / name).write_text("", encoding="utf-8")
    (folder / "book.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    found: list[Diagnostic] = []
    load(folder, found.append)
    return found


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda at: f"{at.code}-{at.text[:24]!r}")
def test_a_mistake_is_told_once_at_its_line_with_a_way_out(
    tmp_path: Path, mistake: Mistake
) -> None:
    """One mistake makes one error, with its line, its code, plain words and a hint."""
    found = findings(tmp_path, mistake.text)

    errors = [finding for finding in found if finding.severity is Severity.ERROR]
    (told,) = errors
    assert mistake.code == told.code
    assert ("book.yaml", mistake.line) == (told.location.file, told.location.line)
    assert mistake.message in told.message
    assert mistake.hint in told.hint


@pytest.mark.parametrize(
    ("line", "code", "message"),
    [
        ("subtitle: #1 Bestseller", "comment-in-value", "“#1 Bestseller” counts as a remark"),
        ("rights: (c) Jane #1", "comment-in-value", "“#1” counts as a remark"),
        ("rights: 'Jane' #1", "comment-in-value", "“#1” counts as a remark"),
        ("keywords: [a, 𝒳] #1", "", ""),
        ("keywords: #love, #pain", "comment-in-value", "“#love, #pain” counts as a remark"),
        ("subtitle: “My Book”", "curly-quotes", "printed"),
        ("subtitle: ‘My Book’", "curly-quotes", "printed"),
        ("subtitle: '“My Book”'", "", ""),
        ("subtitle: “My” or “Your”", "", ""),
        ("subtitle: x # 1", "", ""),
        ("subtitle: x ##", "", ""),
        ("subtitle: C#1 and '#1'", "", ""),
        ("subtitle: '#1 Bestseller'", "", ""),
        ("labels:\n#  part: Book", "", ""),
        ("description: |\n  a #1\n  #2\n #3", "", ""),
    ],
)
@pytest.mark.parametrize("head", ["title: X\n", "\ufefftitle: Zürich 𝒳\r\n"])
def test_what_is_hardly_meant_is_a_warning(
    tmp_path: Path, head: str, line: str, code: str, message: str
) -> None:
    """Text that YAML takes for a remark, and marks that quote nothing, do not pass unseen."""
    found = findings(tmp_path, f"{head}{line}\nplace: Rome\n")

    told = [(f.severity, f.code, f.location.line, message in f.message) for f in found]
    assert told == ([(Severity.WARNING, code, 2, True)] if code else [])


def test_no_message_speaks_of_the_program(tmp_path: Path) -> None:
    """The words of the parser and of the validator never reach an author."""
    jargon = ("pydantic", "dict", "str_", "_type", "None", "scalar", "token", "mapping", "Input")

    said = [
        f"{finding.message} {finding.hint}"
        for mistake in MISTAKES
        for finding in findings(tmp_path, mistake.text)
    ]

    assert [text for text in said if any(word in text for word in jargon)] == []


def test_every_mistake_is_told_in_one_run(tmp_path: Path) -> None:
    """Mistakes in different places do not hide one another, and each keeps its line."""
    text = (
        "titel: X\nlanguage: zz\ncontents:\n- {part: one.md}\n- one.md\n- oen.md\n"
        "editions:\n  a: {format: pdf, trim: tiny}\n"
    )

    found = findings(tmp_path, text)

    assert sorted(((at.code, at.location.line) for at in found), key=lambda at: at[1]) == [
        ("unknown-key", 1),
        ("unknown-language", 2),
        ("wrong-part", 4),
        ("missing-file", 6),
        ("unknown-trim", 8),
    ]


def test_a_faulty_entry_does_not_make_its_files_forgotten(tmp_path: Path) -> None:
    """Files below a misspelt key of contents are not called left over besides."""
    found = findings(tmp_path, X + "contents:\n  body:\n  - {part: one.md, chapter: [two.md]}\n")

    assert [finding.code for finding in found] == ["unknown-key"]


LETTERS = st.text("abx:-[]{}'\"#&*!|>%@`\t\n \\,?~\u2028é\0\ud800", max_size=40)
GOOD = X + (
    "contributors: [{name: J, role: author}]\nlanguage: en\ndate: 2026-11-22\n"
    "contents:\n  front: [contents]\n  body:\n  - part: one.md\n    chapters: [two.md]\n"
    "editions:\n  ebook: {format: epub, isbn: 9783161484100}\n  p: {format: pdf, trim: 6x9in}\n"
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """Return a good book.yaml with a stretch of it replaced."""
    start = draw(st.integers(0, len(GOOD)))
    length = draw(st.integers(0, 12))
    return GOOD[:start] + draw(LETTERS) + GOOD[start + length :]


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(text=st.one_of(LETTERS, mutated(), st.text(max_size=60)))
def test_no_text_makes_a_traceback(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """Whatever book.yaml holds, the author gets findings with a place, and never an exception."""
    found = findings(tmp_path_factory.mktemp("book"), text)

    assert all(finding.code and finding.message and finding.location.file for finding in found)
