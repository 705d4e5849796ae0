"""What the manual says of book.yaml is what the press does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from octavo.matter import GENERATED, HOMES
from octavo.project import CONTRIBUTOR_ROLES, load
from octavo.project.kinds import as_trim
from octavo.project.shape import LEVELS, BookShape
from octavo.project.words import TRIMS

if TYPE_CHECKING:
    from octavo.diagnostics import Diagnostic
    from octavo.project.group import Shape

PAGE = (Path(__file__).parents[1] / "docs" / "manual" / "book-yaml.md").read_text(encoding="utf-8")
EXAMPLES = tuple(re.findall(r"^```yaml\n(.*?)^```", PAGE, flags=re.MULTILINE | re.DOTALL))
FILE = re.compile(r"[\w/-]+\.(?:md|json|bib|yaml|jpg|png)\b")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda text: text.splitlines()[-1].strip())
def test_every_example_of_the_manual_loads(tmp_path: Path, example: str) -> None:
    """An example can be copied as it stands, and nothing is wrong with it."""
    for name in ("one.md", *FILE.findall(example)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        if "contents:" not in example or name in example:
            (tmp_path / name).touch()
    (tmp_path / "book.yaml").write_text(example, encoding="utf-8")
    found: list[Diagnostic] = []

    project = load(tmp_path, found.append)

    assert project is not None
    assert found == []


def test_the_manual_explains_every_key() -> None:
    """No key is known to the press and not to the manual."""
    levels: dict[str, type[Shape]] = {"": BookShape, **LEVELS}
    keys = {key for level in levels.values() for key in level.known()}
    # A name's key is shown, not explained.
    words = set(re.findall(r"`([a-z-]+)`", PAGE)) | {"name"}

    assert keys - words == set()


def test_the_manual_lists_every_word() -> None:
    """Roles, generated pages and trims are listed whole."""
    words = set(re.findall(r"`([a-z0-9-]+)`", PAGE))

    assert {*CONTRIBUTOR_ROLES, *GENERATED, *TRIMS} - words == set()


def test_the_manual_names_every_file_that_has_a_place_of_its_own() -> None:
    """No file's name decides its place without the manual saying so."""
    named = set(re.findall(r"`([a-z-]+)\.md`", PAGE))

    assert set(HOMES) - {*GENERATED, "chapter"} - named == set()


def test_the_manual_gives_every_trim_its_size() -> None:
    """The table of trims says what the press makes."""
    rows = re.findall(r"^\| `([\w-]+)` \| ([\d.]+) x ([\d.]+) (\w+) \|$", PAGE, flags=re.MULTILINE)

    made = {name: as_trim(f"{width}x{height}{unit}") for name, width, height, unit in rows}

    assert made == TRIMS
