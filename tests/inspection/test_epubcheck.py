"""EPUBCheck's findings become diagnostics; a run that says nothing is never taken for praise."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from octavo.diagnostics import Severity
from octavo.inspection.epubcheck import SEVERITIES, EpubcheckFailed, epubcheck

CONTAINER = """<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="p.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>"""
PACKAGE = """<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="i">urn:x:1</dc:identifier>
<dc:title>T</dc:title><dc:language>en</dc:language>
<meta property="dcterms:modified">2024-01-01T00:00:00Z</meta></metadata>
<manifest><item id="n" href="n.xhtml" media-type="application/xhtml+xml" properties="nav"/>
</manifest><spine><itemref idref="n"/></spine></package>"""
NAV = """<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
<head><title>T</title></head><body><nav epub:type="toc"><ol><li>
<a href="n.xhtml#nowhere">T</a></li></ol></nav></body></html>"""

pytestmark = pytest.mark.slow


def test_finding(tmp_path: Path) -> None:
    """A broken link is an error at its place, in EPUBCheck's own words."""
    file = tmp_path / "book.epub"
    with ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip", ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("p.opf", PACKAGE)
        archive.writestr("n.xhtml", NAV)

    errors = [found for found in epubcheck(file) if found.severity is Severity.ERROR]

    assert [(e.code, str(e.location)) for e in errors] == [("epubcheck-rsc-012", "n.xhtml:3")]
    assert errors[0].message == "Fragment identifier is not defined."


def test_not_an_epub(tmp_path: Path) -> None:
    """A file that is no archive is an error, not silence."""
    file = tmp_path / "book.epub"
    file.write_bytes(b"not a book")

    assert Severity.ERROR in {found.severity for found in epubcheck(file)}


def test_no_file(tmp_path: Path) -> None:
    """Of a file that is not there nothing is known, and that is said."""
    with pytest.raises(EpubcheckFailed, match="not found"):
        epubcheck(tmp_path / "none.epub")


def test_grades() -> None:
    """Only what EPUBCheck calls an error stops a book; an info merely informs."""
    assert [grade for grade in SEVERITIES if SEVERITIES[grade] is Severity.ERROR] == [
        "FATAL",
        "ERROR",
    ]
    assert SEVERITIES["WARNING"] is Severity.WARNING
    assert SEVERITIES["INFO"] is Severity.NOTE
