"""What all tests share: the option that fills in expectations."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--update-golden``: what comes out is written as what is expected; read the diff."""
    parser.addoption("--update-golden", action="store_true", help="accept what comes out")
