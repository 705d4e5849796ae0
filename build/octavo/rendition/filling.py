"""Fill templates with what they ask for: the press's own here, a book's own within bounds.

All are filled in Jinja's sandbox.  It keeps a template from reaching anything, but not from
running for ever or taking all memory, so a book's own are filled by a worker that can be stopped.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from octavo.bounds import Crew, Limits, Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import TracebackType

    from octavo.rendition.templates import Templates

SANDBOX = ImmutableSandboxedEnvironment(
    autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
MISTAKES = (
    TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError,
    RuntimeError, SyntaxError,
)  # fmt: skip
"""What Jinja raises for a template that asks for what is not there, or is too deep for Python."""
SUFFIX = ".xhtml"
HINT = "compare it with the template of the same name that comes with Octavo"


@dataclass(frozen=True, slots=True)
class Bounds:
    """What all the templates of a book may take together, for one edition."""

    seconds: float = 20.0
    characters: int = 8_000_000
    """In all the pages they make."""
    memory: int = 1_000_000_000
    """Bytes; see :class:`octavo.bounds.Limits`."""


BOUNDS = Bounds()


class TemplateMistake(Exception):
    """A template that cannot be filled: why, on which of its lines, and under which code."""

    def __init__(self, message: str, line: int = 0, code: str = "template-error") -> None:
        """Keep what is wrong, and the line: zero where it is not known."""
        super().__init__(message)
        self.message = message
        self.line = line
        self.code = code


class GivenUpError(Exception):
    """A template that is not filled, because the templates of its book were given up before."""


_MEANINGS = {
    Stop.SLOW: ("template-too-slow", "filling it takes too long: a loop in it may have no end"),
    Stop.LARGE: ("template-too-large", "what it makes takes more memory than the press allows"),
    Stop.BROKEN: ("template-crashed", "the program that fills it breaks down over it"),
}
"""The code and the message of a template that was given up."""


@dataclass(slots=True)
class Filling:
    """The filling of one book's templates, and what is left of its bounds."""

    templates: Templates
    about: Mapping[str, object]
    """What the templates know on every page."""
    crew: Crew[_Desk] | None
    """Who fills the book's own, if it has any."""
    bounds: Bounds
    _seconds: float = field(default=0.0, init=False)
    _characters: int = field(default=0, init=False)
    _given_up: bool = field(default=False, init=False)

    def filled(self, name: str, own: Mapping[str, object]) -> str:
        """Return what a template makes of what it knows on this page.

        Raises:
            TemplateMistake: the template is faulty, or its book's templates are given up with it.
            GivenUpError: they were given up before.
        """
        file = f"{name}{SUFFIX}"
        if self.crew is None or file not in self.templates.files:
            return _filled(self.templates.texts[file], {**self.about, **own})
        if self._given_up:
            raise GivenUpError
        left = self.bounds.seconds - self._seconds
        answer = self.crew.call(_at_desk, (file, own), left)
        if isinstance(answer, Stop):
            raise self._stopped(answer)
        made, seconds = answer
        if isinstance(made, TemplateMistake):
            raise made
        self._seconds += seconds
        self._characters += len(made)
        if self._characters > self.bounds.characters:
            raise self._stopped(Stop.LARGE)
        return made

    def _stopped(self, stop: Stop) -> TemplateMistake:
        self._given_up = True
        code, message = _MEANINGS[stop]
        return TemplateMistake(message, code=code)


@contextmanager
def filling(
    templates: Templates, about: Mapping[str, object], bounds: Bounds = BOUNDS
) -> Iterator[Filling]:
    """Yield what fills the templates of a book, on all pages of an edition."""
    own = {name: templates.texts[name] for name in templates.files if name.endswith(SUFFIX)}
    if not own:
        yield Filling(templates, about, None, bounds)
        return
    limits = Limits(bounds.memory, answer=4 * bounds.characters)
    with Crew(_desk, _Desk(own, about), limits=limits) as crew:
        yield Filling(templates, about, crew, bounds)


# --- At the worker's desk -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Desk:
    """A book's own templates, and what they know on every page."""

    texts: Mapping[str, str]
    about: Mapping[str, object]


@contextmanager
def _desk(desk: _Desk) -> Iterator[_Desk]:
    yield desk


def _at_desk(
    desk: _Desk, page: tuple[str, Mapping[str, object]]
) -> tuple[str | TemplateMistake, float]:
    """Return what a template makes, or its mistake, and the seconds it took."""
    file, own = page
    begun = perf_counter()
    try:
        made = _filled(desk.texts[file], {**desk.about, **own})
    except TemplateMistake as mistake:
        return mistake, perf_counter() - begun
    return made, perf_counter() - begun


def _filled(text: str, known: Mapping[str, object]) -> str:
    try:
        return _compiled(text).render(known).strip()
    except TemplateSyntaxError as problem:
        raise TemplateMistake(problem.message or "syntax error", problem.lineno) from problem
    except MISTAKES as problem:
        raise TemplateMistake(str(problem), _line_in(problem.__traceback__)) from problem


@cache
def _compiled(text: str) -> Template:
    return SANDBOX.from_string(text)


def _line_in(trace: TracebackType | None) -> int:
    """Return the line of the template that was being filled; Jinja puts it into the traceback."""
    line = 0
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
