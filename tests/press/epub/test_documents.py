"""The pages are the rendition's own, unchanged but for where links lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.press.epub.conftest import Archive, Beginning

    from octavo.diagnostics import Diagnostic

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


@pytest.mark.parametrize(
    ("left", "code", "instead"),
    [
        ('<folio of="ebb"/>', "meaningless-element", "<section><p>a b</p></section>"),
        ("<note>c</note>", "meaningless-element", "<section><p>a cb</p></section>"),
        ('<a href="#no">n</a>', "link-leads-nowhere", "<section><p>a <a>n</a>b</p></section>"),
    ],
)
def test_what_an_epub_cannot_hold(beginning: Beginning, left: str, code: str, instead: str) -> None:
    """What only print has, or leads nowhere, is an error where it stands, and is left out."""
    said: list[Diagnostic] = []
    archive = beginning(f"<section><p>a\n{left}b</p></section>", report=said.append)
    text = archive.read("EPUB/text/01-title-page.xhtml").decode().replace("\n", " ")

    assert [(each.code, str(each.location)) for each in said] == [(code, "title-page.md:2")]
    assert instead in text
