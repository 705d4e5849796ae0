"""Laws of the bundled citation styles."""

from __future__ import annotations

from importlib import resources
from xml.etree import ElementTree as ET

import pytest

from octavo.book.styles import style_text, styles

CSL = "{http://purl.org/net/xbiblio/csl}"


def _style(name: str) -> ET.Element:
    return ET.fromstring(style_text(name))


def _info(name: str) -> ET.Element:
    info = _style(name).find(f"{CSL}info")
    assert info is not None
    return info


def test_has_apa() -> None:
    """The style that a book has unless it says otherwise is there."""
    assert "apa" in styles()


@pytest.mark.parametrize("name", styles())
def test_cites_in_the_text(name: str) -> None:
    """Every bundled style writes into the sentence: notes of a style are not set yet."""
    assert _style(name).get("class") == "in-text"


@pytest.mark.parametrize("name", styles())
def test_gives_notice(name: str) -> None:
    """The notice names every style with its title, authors, origin and date, as its header does."""
    notice = resources.files("octavo.book.styles").joinpath("NOTICE.md").read_text(encoding="utf-8")
    row = next(line for line in notice.splitlines() if line.startswith(f"| `{name}.csl`"))
    info = _info(name)
    facts = [info.findtext(f"{CSL}{tag}", "") for tag in ("title", "id")]
    facts += [author.findtext(f"{CSL}name", "") for author in info.iter(f"{CSL}author")]
    facts.append(info.findtext(f"{CSL}updated", "").partition("T")[0])

    assert all(fact and fact in row for fact in facts)


@pytest.mark.parametrize("name", styles())
def test_is_licensed_as_the_notice_says(name: str) -> None:
    """Every bundled style is under the one licence that the notice names."""
    rights = _info(name).find(f"{CSL}rights")

    assert rights is not None
    assert rights.get("license") == "http://creativecommons.org/licenses/by-sa/3.0/"
