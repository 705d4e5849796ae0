"""Little books of odd texts, taken down the whole line: sound files, or words to their author."""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from collections import Counter
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote
from xml.etree import ElementTree as ET
from zipfile import ZipFile

from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture
from tests.fuzz.conftest import PATIENCE, fuzzed, patience, sometimes
from tests.fuzz.grammar import INLINE, MADE, MARKDOWN, SOUND, WORDS

from octavo.cli import main
from octavo.diagnostics import has_errors
from octavo.line import Workshop, prepare
from octavo.markup import walk
from octavo.matter import GENERATED
from octavo.model import Image, Medium
from octavo.press import epub
from octavo.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from octavo.diagnostics import Diagnostic
    from octavo.model import Rendition

UUID = "urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e"
LANGUAGES = ("en", "de", "fr", "ar", "he", "ja", "en-GB", "zh-Hant")
OWN = {"note", "citation", "folio", "fault"}
"""Elements of the text's tree that no reader of XHTML knows."""


def _png() -> bytes:
    file = BytesIO()
    Picture.new("L", (4, 3), 255).save(file, "PNG")
    return file.getvalue()


PNG = _png()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A book's files by their names."""

    files: dict[str, str]

    def put_into(self, folder: Path) -> Path:
        """Write the files into a folder, and a picture that they may show; return the folder."""
        for name, text in self.files.items():
            (folder / name).write_bytes(text.encode("utf-8", "replace"))
        (folder / "a.png").write_bytes(PNG)
        return folder


def _printable(text: str) -> str:
    kinds = {"Cc", "Cn", "Co", "Cs"}
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in kinds)


TEXT = (INLINE | st.text(max_size=9)).map(_printable) | st.sampled_from(WORDS)
"""A value that an author may put anywhere, markup and all."""


def _chapter(header: dict[str, object], title: str, text: str, links: str) -> str:
    head = f"---\n{json.dumps(header, ensure_ascii=False)}\n---\n" if header else ""
    return f"{head}# {title}\n\n{text}\n\n{links}\n"


CHAPTERS = st.builds(
    _chapter,
    st.just({}) | st.dictionaries(st.sampled_from(("subtitle", "author", "short-title")), TEXT),
    INLINE.map(_printable) | st.just("A Title"),
    st.lists(MADE.map(_printable) | SOUND, max_size=3).map("\n\n".join) | MARKDOWN,
    st.sampled_from(("", "See [it](#id), [](b.md).", "See [one](a.md), [](b.md).", "![P](a.png)")),
)


def _manuscript(
    values: dict[str, str], language: str, chapters: Sequence[str], pages: Sequence[str]
) -> Manuscript:
    names = [f"{letter}.md" for letter in "abc"[: len(chapters)]]
    book = {
        "title": "A Title",
        **values,
        "identifier": UUID,
        "language": language,
        "contents": [*pages, *names],
        "editions": {"ebook": {"format": "epub"}, "print": {"format": "pdf"}},
    }
    return Manuscript(
        {
            "book.yaml": json.dumps(book, ensure_ascii=False),
            **dict(zip(names, chapters, strict=True)),
        }
    )


MANUSCRIPTS = st.builds(
    _manuscript,
    st.dictionaries(
        st.sampled_from(("title", "subtitle", "publisher", "rights", "description", "edition")),
        TEXT.filter(str.strip),
        max_size=3,
    ),
    st.sampled_from(LANGUAGES),
    st.lists(CHAPTERS, min_size=2, max_size=3),
    st.lists(st.sampled_from(GENERATED), unique=True, max_size=3),
)


def _rendition(
    manuscript: Manuscript, medium: Medium, *, draft: bool = False
) -> tuple[Rendition | None, list[Diagnostic]]:
    findings: list[Diagnostic] = []
    workshop = Workshop(Store(Path(os.environ["OCTAVO_CACHE"])), findings.append, UUID)
    with tempfile.TemporaryDirectory() as folder, patience():
        book = manuscript.put_into(Path(folder))
        proofs = prepare(book, lambda edition: edition.medium is medium, workshop, draft=draft)
    return (proofs.renditions[0] if proofs and proofs.renditions else None), findings


@fuzzed
@given(MANUSCRIPTS, st.sampled_from(Medium), st.booleans())
def test_no_fault_stands_in_a_book_without_an_error(
    manuscript: Manuscript,
    medium: Medium,
    draft: bool,  # noqa: FBT001
) -> None:
    """Every book is rendered for both media; a mark of a fault in it is told as an error."""
    rendition, findings = _rendition(manuscript, medium, draft=draft)

    elements = [e for leaf in rendition.leaves for e in walk(leaf.content)] if rendition else []
    strange = {"folio"} if medium is Medium.PDF else set[str]()
    if not has_errors(findings):
        assert not any("fault" in element.classes for element in elements)
        assert {element.tag for element in elements} & OWN <= strange


@fuzzed
@given(MANUSCRIPTS)
def test_a_book_without_an_error_makes_a_sound_epub(manuscript: Manuscript) -> None:
    """Its documents are XML, an id stands once in each, and every link lands."""
    rendition, findings = _rendition(manuscript, Medium.EPUB)
    if rendition is None:
        assert has_errors(findings)
        return

    cover = Image("cover.png", "image/png", 4, 3, PNG)
    with patience():
        artifact = epub.bind(rendition, (), cover, findings.append)

    if not has_errors(findings):
        assert list(_faults_of(artifact.data)) == []


@sometimes
@given(MANUSCRIPTS)
def test_a_pdf_is_made_or_its_author_told(manuscript: Manuscript) -> None:
    """The command ends with a file or with words, and never in the middle of itself."""
    with tempfile.TemporaryDirectory() as folder, patience(5 * PATIENCE):
        book = manuscript.put_into(Path(folder))
        result = CliRunner().invoke(main, ["pdf", str(book)])
        made = list((book / "out").glob("*.pdf"))

    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert (result.exit_code, len(made)) in {(0, 1), (1, 0)}


def _faults_of(data: bytes) -> Iterator[str]:
    """Yield what is wrong with an EPUB that a reader would stumble over."""
    with ZipFile(BytesIO(data)) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    pages = {
        n: ET.fromstring(c) for n, c in files.items() if n.endswith((".xhtml", ".opf", ".ncx"))
    }
    ids = {
        name: [e.get("id", "") for e in page.iter() if "id" in e.attrib]
        for name, page in pages.items()
    }
    for name, page in pages.items():
        yield from (f"{name}: id {i} {n} times" for i, n in Counter(ids[name]).items() if n > 1)
        for element in page.iter():
            yield from _strange(name, str(element.tag))
            for address in (
                v for k, v in element.attrib.items() if re.search(r"(?:^|})(?:href|src)$", k)
            ):
                yield from _astray(name, address, files, ids)


def _strange(name: str, tag: str) -> Iterator[str]:
    if re.fullmatch(r"\{http://www\.w3\.org/1999/xhtml\}(?:note|citation|folio|fault)", tag):
        yield f"{name}: {tag}"


def _astray(
    name: str, address: str, files: dict[str, bytes], ids: dict[str, list[str]]
) -> Iterator[str]:
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", address):
        return
    path, _, fragment = address.partition("#")
    target = normpath(join(dirname(name), unquote(path))) if path else name
    if target not in files or (fragment and unquote(fragment) not in ids.get(target, ())):
        yield f"{name}: {address} leads nowhere"
