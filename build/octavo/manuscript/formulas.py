"""Formulas: what an author wrote in TeX, as MathML, which both editions are made of.

All formulas of a book are converted at once, by Pandoc; see decision 13.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from octavo import pandoc
from octavo.diagnostics import Location, error, warning
from octavo.manuscript.mathml import readable
from octavo.markup import MarkupError, parse, rewrite_all, text_of, walk
from octavo.model import Element, Source

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic, Report
    from octavo.store import Store

FORMULA, MATH = "formula", "math"
BAD = "bad-formula"
_API = [1, 23, 1]
SECONDS = 20.0
"""For all formulas of a book, a thousand take one; and as many to find those that take longer."""
_MOMENT, _EACH = 1.0, 0.005
"""Seconds for some formulas while that search goes on, and for each of them."""
_DEEPEST = 16
"""Braces in braces: each script in a script takes Pandoc twice as long, and 16 half a second."""
_SIGN, _BRACES = re.compile(r"\\.|[{}]", re.DOTALL), {"{": 1, "}": -1}
_LONGEST = 120
"""Characters of what Pandoc says that are repeated."""
_ANSWER = re.compile(r'<div id="f\d+">\n<p>(.*?)</p>\n</div>', re.DOTALL)
_REASON = re.compile(r"unexpected (?:control sequence )?(.*?)(?: expecting .*)?$")
_TOLD = "Could not convert TeX math"
_SPELT = ((re.compile(r"\\cfrac(?:\[[lr]\])?(?![A-Za-z])"), r"\\dfrac"),)
"""What Pandoc does not read, and what means the same."""
_NAMES = re.compile(r"\\(?:tag\*?|label)\s*\{([^{}]*)\}")
_HINTS = {
    "\\\\": "put \\begin{aligned} … \\end{aligned} around a formula of several lines",
    "\\ce": "write \\mathrm{H_2O}: the press does not know the package mhchem",
    "\\over": "write \\frac{a}{b} for {a \\over b}",
    "\\rm": "write \\mathrm{…}, \\mathbf{…} or \\text{…}",
    "\\bf": "write \\mathbf{…}",
    "\\def": "write out what the command stands for",
    "\\newcommand": "write out what the command stands for",
    "eof": "close every { and every \\begin, and write something behind ^, _ and \\frac",
}
"""What to do about what Pandoc stumbles over."""


class Formula(NamedTuple):
    """A formula as it is written, wherever it stands."""

    tex: str
    display: str
    """``block`` for one with lines of its own, else ``inline``."""


class _Refused(NamedTuple):
    """Why a formula is none."""

    message: str
    hint: str


_TOO_DEEP = _Refused("this formula nests too many things in each other", "divide it into several")
_UNASKED = _Refused(
    "no time was left to read this formula", "divide those that nest too many things"
)
_EMPTY = _Refused("this formula shows nothing", "write it, or take <math> out")
_Made = Mapping[Formula, Element | _Refused]


def converted(sources: Sequence[Source], report: Report, store: Store) -> tuple[Source, ...]:
    """Return the sources with each ``formula`` holding its ``math``, or a fault in its place."""
    places: dict[Formula, Location] = {}
    for source in sources:
        for element in _formulas(source, FORMULA):
            place = Location(source.file, element.line)
            places.setdefault(_key(element), place)
            if name := _NAMES.search(element.get("tex")):
                report(_unread(name, place))
    try:
        made = _mathml(tuple(places), store) if places else {}
    except pandoc.PandocError as problem:
        place = next(iter(places.values()))
        report(error(problem.code, problem.message, place, problem.hint))
        return tuple(sources)
    return tuple(_filled(source, made, report) for source in sources)


def _key(element: Element) -> Formula:
    return Formula(element.get("tex"), element.get("display"))


def _formulas(source: Source, *names: str) -> Iterator[Element]:
    notes = (block for note in source.notes for block in note.content)
    everything = walk(*source.body, *source.epigraph, *notes)
    return (element for element in everything if element.tag in names)


def _filled(source: Source, made: _Made, report: Report) -> Source:
    if not any(_formulas(source, FORMULA, MATH)):
        return source

    def refused(element: Element, reason: _Refused, shown: str) -> Element:
        report(error(BAD, reason.message, Location(source.file, element.line), reason.hint))
        return Element("fault", (("code", BAD),), (shown,), element.line)

    def fill(element: Element) -> Element:
        if element.tag == MATH and not text_of(element).strip():
            return refused(element, _EMPTY, f"<{MATH}>")
        if element.tag != FORMULA:
            return element
        answer = made[_key(element)]
        if isinstance(answer, Element):
            return replace(element, children=(replace(answer, line=element.line),))
        return refused(element, answer, element.get("tex"))

    def blocks(content: Iterable[Element]) -> tuple[Element, ...]:
        made = rewrite_all(content, fill)
        return tuple(node for node in made if isinstance(node, Element))

    return replace(
        source,
        body=blocks(source.body),
        epigraph=blocks(source.epigraph),
        notes=tuple(replace(note, content=blocks(note.content)) for note in source.notes),
    )


# --- Pandoc ---------------------------------------------------------------------------------------


def _mathml(formulas: Sequence[Formula], store: Store) -> _Made:
    """Return what becomes of each formula.

    One over which Pandoc takes too long is looked for among them, half by half.
    """
    flat = tuple(formula for formula in formulas if _depth(formula.tex) <= _DEEPEST)
    made: dict[Formula, Element | _Refused] = dict.fromkeys(formulas, _TOO_DEEP)
    waiting, left = [flat], 2 * SECONDS
    while waiting:
        some = waiting.pop()
        seconds = SECONDS if some is flat else min(left, _MOMENT + len(some) * _EACH)
        if seconds <= 0:
            made |= dict.fromkeys(some, _UNASKED)
            continue
        try:
            made |= _answers(some, store, seconds) if some else {}
        except pandoc.PandocError as problem:
            if problem.code != "pandoc-timeout":
                raise
            left -= seconds
            half = len(some) // 2
            waiting += [some[half:], some[:half]] if half else []
    return made


def _depth(tex: str) -> int:
    """Return how many braces are open at once in a formula."""
    return max(accumulate(_BRACES.get(sign, 0) for sign in _SIGN.findall(tex)), default=0)


def _answers(formulas: Sequence[Formula], store: Store, seconds: float) -> _Made:
    """Return what Pandoc makes of formulas."""
    blocks = [_asked(number, formula) for number, formula in enumerate(formulas)]
    document = {"pandoc-api-version": _API, "meta": {}, "blocks": blocks}
    page = pandoc.mathematics(document, timeout=seconds, store=store)
    reasons = (_refusal(each) for each in page.warnings if each.startswith(_TOLD))
    answers = _ANSWER.findall(page.text)
    return {
        formula: _read(formula, answer) or next(reasons, _TOO_DEEP)
        for formula, answer in zip(formulas, answers, strict=True)
    }


def _asked(number: int, formula: Formula) -> object:
    tex = formula.tex
    for old, new in _SPELT:
        tex = old.sub(new, tex)
    kind = "DisplayMath" if formula.display == "block" else "InlineMath"
    math = {"t": "Math", "c": [{"t": kind}, tex]}
    return {"t": "Div", "c": [[f"f{number}", [], []], [{"t": "Para", "c": [math]}]]}


def _read(formula: Formula, answer: str) -> Element | _Refused | None:
    """Return a formula's MathML, or None where Pandoc gave none."""
    if not answer.startswith("<math"):
        return None
    try:
        (root,) = parse(answer)
    except MarkupError:
        return _TOO_DEEP
    if not isinstance(root, Element):
        return None
    whole = tuple(node for node in root.children if isinstance(node, Element))
    if whole and whole[0].tag == "semantics":
        whole = tuple(node for node in whole[0].children if isinstance(node, Element))
    shown = tuple(node for node in whole if node.tag != "annotation")
    attributes = (("display", formula.display), ("alttext", " ".join(formula.tex.split())))
    return Element(MATH, attributes, readable(shown, formula.tex))


def _refusal(warned: str) -> _Refused:
    found = _REASON.search(warned)
    reason = (found[1] if found else "").strip()
    stumbled = (
        "it ends too early" if reason == "eof" else f"“{reason[:_LONGEST]}” is not known there"
    )
    hint = _HINTS.get(reason, "look for a misspelt command, or a bracket that is not closed")
    return _Refused(f"this formula cannot be read: {stumbled}", hint)


def _unread(name: re.Match[str], place: Location) -> Diagnostic:
    message = f"“{name.group()}” does nothing: the press numbers the formulas that have a name"
    hint = "take it out, and write a name behind the formula: $$ … $$ {#eq-name}"
    return warning("unread-tex", message, place, hint)
