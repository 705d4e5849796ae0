"""The shape of the press, held by rules: its rooms, its measures, its words."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest
from importlinter.cli import lint_imports

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
PRESS = ROOT / "build" / "octavo"
MODULES = sorted(PRESS.rglob("*.py"))

LONGEST_MODULE = 250
LONGER_MODULES = {"model.py": 570}
"""The values that flow are read in one place, though they are many."""
LONGEST_FUNCTION = 40
MEDIAN_FUNCTION = 9

WORDLESS = {"data", "handle", "helper", "helpers", "manager", "misc", "process", "util", "utils"}
"""Names that say nothing of what a module or function does."""

GIVEN = re.compile(r"data_url|^handleMatch$")
"""Names that others gave: RFC 2397, and Python-Markdown to what its inline patterns override."""

DOORS = {
    "ebooklib": "press/epub/",
    "epubcheck": "inspection/epubcheck.py",
    "pikepdf": "press/pdf/",
    "weasyprint": "press/pdf/engine/",
    "ziamath": "press/formulas/",
}
"""Where the press touches a library that it would survive: a module, or a folder."""

Function = ast.FunctionDef | ast.AsyncFunctionDef
Definition = Function | ast.ClassDef

every_module = pytest.mark.parametrize(
    "module", MODULES, ids=lambda module: module.relative_to(PRESS).as_posix()
)


def test_rooms_import_downwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Data flows one way: a room imports only rooms below it, and every room has its place."""
    monkeypatch.chdir(ROOT)

    assert lint_imports(no_cache=True) == 0


def test_build_is_no_package() -> None:
    """A package called build would hide the PyPA tool of that name."""
    assert not (ROOT / "build" / "__init__.py").exists()


@every_module
def test_module_is_short(module: Path) -> None:
    """A module is no longer than a reader keeps in mind."""
    lines = module.read_text("utf-8").count("\n")

    assert lines <= LONGER_MODULES.get(module.relative_to(PRESS).as_posix(), LONGEST_MODULE)


@every_module
def test_functions_are_short(module: Path) -> None:
    """A function fits on a screen."""
    lengths = {function.name: _length(function) for function in _functions(module)}

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FUNCTION} == {}


def test_functions_are_short_as_a_rule() -> None:
    """Half of all functions are a few lines long."""
    lengths = [_length(function) for module in MODULES for function in _functions(module)]

    assert median(lengths) <= MEDIAN_FUNCTION


@every_module
def test_module_opens_with_a_sentence(module: Path) -> None:
    """A module says first what it knows."""
    assert ast.get_docstring(_tree(module))


@every_module
def test_names_say_something(module: Path) -> None:
    """No module, class or function is named after nothing in particular."""
    named = [node.name for node in ast.walk(_tree(module)) if isinstance(node, Definition)]
    wordless = [name for name in named if _words(GIVEN.sub("", name)) & WORDLESS]

    assert _words(module.stem) & WORDLESS == set()
    assert wordless == []


@every_module
def test_nothing_is_left_to_do(module: Path) -> None:
    """What is still to be done stands in the tracker, where it is seen."""
    assert re.findall(r"\b(?:TODO|FIXME|XXX|HACK)\b", module.read_text("utf-8")) == []


@every_module
def test_libraries_stand_behind_doors(module: Path) -> None:
    """A library that could be replaced is imported in one place."""
    name = module.relative_to(PRESS).as_posix()

    astray = {library for library in _imported(module) if not name.startswith(DOORS[library])}

    assert astray == set()


def test_templates_are_there() -> None:
    """A source checkout holds the templates that a wheel carries inside the package."""
    assert any((ROOT / "templates").iterdir())
    assert not (PRESS / "templates").exists()


def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text("utf-8"))


def _functions(module: Path) -> Iterator[Function]:
    return (node for node in ast.walk(_tree(module)) if isinstance(node, Function))


def _length(function: Function) -> int:
    """Return the lines of a function, without its decorators."""
    return (function.end_lineno or function.lineno) - function.lineno + 1


def _words(name: str) -> set[str]:
    """Return the words of a snake_case or CamelCase name."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+", name)}


def _imported(module: Path) -> Iterator[str]:
    """Yield the libraries behind doors that a module imports, at its head or within."""
    for node in ast.walk(_tree(module)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        else:
            continue
        yield from (name.split(".")[0] for name in names if name.split(".")[0] in DOORS)
