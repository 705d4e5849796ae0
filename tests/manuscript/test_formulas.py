"""Formulas of a manuscript: what TeX becomes, and what is said of what it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from octavo import pandoc
from octavo.manuscript.formulas import converted
from octavo.manuscript.syntax import House, parse
from octavo.markup import serialize, text_of, walk
from octavo.model import Header, Source
from octavo.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from octavo.diagnostics import Diagnostic

NOTHING_KEPT = Store()


def read(text: str, store: Store = NOTHING_KEPT) -> tuple[Source, list[Diagnostic]]:
    """Return a text as the one source of a book, and what was found."""
    found: list[Diagnostic] = []
    parsed = parse(text, 1, "a.md", House(), found.append)
    source = Source("a.md", "a.md", Header(), parsed.body, notes=parsed.notes)
    (made,) = converted([source], found.append, store)
    return made, found


def formulas(source: Source) -> list[str]:
    """Return the MathML of a source's formulas."""
    notes = (block for note in source.notes for block in note.content)
    elements = walk(*source.body, *notes)
    return [serialize(*element.children) for element in elements if element.tag == "formula"]


def test_a_formula_is_mathml_with_its_tex() -> None:
    """A reader that shows no MathML, or speaks, has what the author wrote."""
    source, found = read("In a line, $a +\n b$.^[$c$]\n\n$$\nd\n$$")

    assert found == []
    assert formulas(source) == [
        '<math display="inline" alttext="a + b"><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></math>',
        '<math display="block" alttext="d"><mi>d</mi></math>',
        '<math display="inline" alttext="c"><mi>c</mi></math>',
    ]


@pytest.mark.parametrize(
    ("tex", "about", "hint"),
    [
        (r"\frac{1}{", "ends too early", "close every {"),
        (r"\alhpa", r"“\alhpa”", "misspelt"),
        (r"\ce{H2O}", r"“\ce”", "mhchem"),
        (r"a \\ b", r"“\\”", "aligned"),
        (r"\sqrt{" * 201 + "x" + "}" * 201, "nests too many things", "divide"),
    ],
)
def test_what_is_no_tex_is_told_at_its_line(tex: str, about: str, hint: str) -> None:
    """What Pandoc stumbles over is said at the line where it stands, and what to do."""
    source, (found,) = read(f"Some text.\n\nAnd $a$, ${tex}$ and $b$.")

    assert (found.code, str(found.location)) == ("bad-formula", "a.md:3")
    assert about in found.message
    assert hint in found.hint
    assert [text_of(e) for e in walk(*source.body) if e.tag == "fault"] == [tex]
    assert len(formulas(source)) == 2


def test_a_formula_that_would_keep_pandoc_busy_is_not_asked_about() -> None:
    """Powers of powers, forty deep, take Pandoc years: that one is told, the others are read."""
    source, (found,) = read(f"$a$ and $b$\n\n${'x^{' * 40}y{'}' * 40}$\n\n$c$")

    assert (found.code, str(found.location)) == ("bad-formula", "a.md:3")
    assert len(formulas(source)) == 3


def test_braces_that_are_signs_nest_nothing() -> None:
    """Only what Pandoc takes for a group is counted, and what is closed is deep no more."""
    signs = r"\{" * 30 + "a" + r"\}" * 30 + "{b}" * 30

    source, found = read(f"${signs}$")

    assert found == []
    assert len(formulas(source)) == 1


@pytest.mark.parametrize(("slow", "unread"), [(1, 1), (100, 200)])
def test_formulas_that_keep_pandoc_busy_are_found(
    slow: int, unread: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is found among two hundred, and the search for many ends: no book waits for an hour."""
    waited: list[float] = []
    ask = pandoc.mathematics

    def busy(document: dict[str, Any], *, timeout: float, store: Store) -> pandoc.Page:
        if "slow" not in str(document):
            return ask(document, timeout=timeout, store=store)
        waited.append(timeout)
        raise pandoc.PandocError("pandoc-timeout", "not ready")

    monkeypatch.setattr(pandoc, "mathematics", busy)
    last = [f"$slow_{{{n}}}$" if n < slow else f"$a_{{{n}}}$" for n in range(200)]

    source, found = read("\n\n".join(reversed(last)))

    assert {each.code for each in found} == {"bad-formula"}
    assert slow <= len(found) <= unread
    assert len(found) + len(formulas(source)) == 200
    assert sum(waited) < 41


def test_every_mistake_is_told_where_it_stands() -> None:
    """The same mistake twice is two mistakes, and one does not take the reason of another."""
    _, found = read("$\\aa$ $x$\n\n$\\bb$\n\n$\\aa$")

    assert [(each.location.line, each.message.split("“")[1][:3]) for each in found] == [
        (1, "\\aa"),
        (3, "\\bb"),
        (5, "\\aa"),
    ]


@pytest.mark.parametrize("command", [r"\tag{1}", r"\label{eq:x}"])
def test_a_number_in_tex_does_nothing(command: str) -> None:
    """The press numbers formulas, so that a number of TeX is told and not dropped in silence."""
    _, (found,) = read(f"$$\n{command} x\n$$")

    assert (found.code, found.location.line) == ("unread-tex", 1)
    assert "{#eq-name}" in found.hint


@pytest.mark.parametrize("text", ["<math></math>", "In a line, <math><mrow> </mrow></math>."])
def test_mathml_that_shows_nothing_is_told(text: str) -> None:
    """An author's own formula without a sign is told at its line, before any edition misses it."""
    source, (found,) = read(f"Text.\n\n{text}")

    assert (found.code, str(found.location)) == ("bad-formula", "a.md:3")
    assert [text_of(e) for e in walk(*source.body) if e.tag == "fault"] == ["<math>"]


def test_bold_letters_stand_upright() -> None:
    """What TeX keeps apart, a vector's upright letter and a slanted one, stays apart."""
    source, _ = read(r"$\mathbf{vA1}$ and $\boldsymbol{v}$")

    upright, slanted = formulas(source)
    assert "𝐯" in upright
    assert "𝐀" in upright
    assert "𝒗" in slanted


def test_accents_are_those_that_readers_draw() -> None:
    """A sign over one letter keeps its size; one over many is as long as they are."""
    source, _ = read(r"$\hat a + \overline{ab}$")

    (shown,) = formulas(source)
    assert '<mover accent="true"><mi>a</mi><mo accent="true" stretchy="false">ˆ</mo>' in shown
    assert '<mo accent="true" stretchy="true">‾</mo>' in shown


def test_a_continued_fraction_is_read() -> None:
    r"""``\cfrac``, which Pandoc does not know, is what it means."""
    source, found = read(r"$\cfrac{1}{1+\cfrac[l]{1}{x}}$")

    assert found == []
    assert formulas(source)[0].count("<mfrac>") == 2


def test_pandoc_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All formulas of a book are one question, and an answer that is kept is not asked again."""
    asked: list[Any] = []
    ask = pandoc._asked

    def counted(*given: Any) -> Any:
        asked.append(given)
        return ask(*given)

    monkeypatch.setattr(pandoc, "_asked", counted)

    first, _ = read("$a$ $b$ $a$", Store(tmp_path))
    second, _ = read("$a$ $b$ $a$", Store(tmp_path))

    assert first == second
    assert len(asked) == 1


def test_without_pandoc_formulas_are_told_of(monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing program is an error at the first formula, and no traceback."""
    monkeypatch.setattr(pandoc, "find_spec", lambda _name: None)

    _, (found,) = read("Text.\n\n$a$")

    assert (found.code, found.location.line) == ("pandoc-missing", 3)


def test_a_book_without_formulas_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most books have none."""
    monkeypatch.setattr(pandoc, "find_spec", lambda _name: None)

    _, found = read("It costs $5.")

    assert found == []
