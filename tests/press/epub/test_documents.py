"""The pages are the rendition's own, unchanged but for where links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from octavo.press.epub.documents import UnfinishedRendition

if TYPE_CHECKING:
    from tests.press.epub.conftest import Archive, Beginning

TYPE = "{http://www.idpf.org/2007/ops}type"


def test_content_is_ours(bound: Archive) -> None:
    """No white space is added between inline elements, and none is lost."""
    text = bound.read("EPUB/text/04-ebb.xhtml").decode()

    assert '<p>Salt<em>y</em><strong>air</strong><a epub:type="noteref"' in text
    assert 'id="call-ebb-1">1</a> as in <a href="05-flood.xhtml#map">the map</a> and' in text
    assert "<title>Ebb &amp; Flow</title>" in text


def test_svg_keeps_its_case(bound: Archive) -> None:
    """Names of SVG are written as they were, in SVG's own namespace, and the manifest knows."""
    text = bound.read("EPUB/text/04-ebb.xhtml").decode()
    items = {i.get("href"): i.get("properties") for i in bound.package().iterfind(".//{*}item")}

    assert '<svg viewBox="0 0 10 10"' in text
    assert '<linearGradient id="deep">' in text
    assert 'xmlns="http://www.w3.org/2000/svg"' in text
    assert items["text/04-ebb.xhtml"] == "svg"
    assert items["text/05-flood.xhtml"] is None


def test_every_page_is_whole(bound: Archive) -> None:
    """Every page says its language twice, has a title, and belongs to a division of the book."""
    for name, page in bound.pages():
        language = {page.get("lang"), page.get("{http://www.w3.org/XML/1998/namespace}lang")}
        body = page.find("{*}body")
        assert body is not None

        assert language == {"en-GB"}
        assert page.findtext("{*}head/{*}title")
        assert name == "EPUB/nav.xhtml" or body.get(TYPE) in {
            "frontmatter",
            "bodymatter",
            "backmatter",
        }


@pytest.mark.parametrize("left", ['<folio of="ebb"/>', '<note label="x"/>', '<a href="#no">n</a>'])
def test_unfinished(beginning: Beginning, left: str) -> None:
    """What only print has, and a link to nowhere, never reach an EPUB."""
    with pytest.raises(UnfinishedRendition):
        beginning(f"<section>{left}</section>")
