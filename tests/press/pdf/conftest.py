"""A small book that holds one of everything a print PDF must carry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import cycle, islice

import pytest
from PIL import Image as Picture

from octavo.diagnostics import Diagnostic, Location
from octavo.markup import parse
from octavo.model import (
    Artifact,
    Book,
    Contributor,
    Edition,
    Element,
    Image,
    Leaf,
    Matter,
    Medium,
    Metadata,
    Rendition,
    Section,
)
from octavo.press.fonts import Face, faces
from octavo.press.pdf import bind
from octavo.store import Store

STYLE = """
html { font: 11pt/14pt "EB Garamond"; color: device-cmyk(0 0 0 1); hyphens: auto }
body, p, h1 { margin: 0 }
p { text-align: justify; text-indent: 14pt; orphans: 2; widows: 2 }
h1 { font-size: 18pt; line-height: 28pt; margin: 56pt 0 28pt; font-weight: 400 }
em { font-style: italic }
a { color: inherit; text-decoration: none }
img { width: 100pt }
.octavo-note { float: footnote; font-size: 9pt; line-height: 11pt; text-indent: 0 }
.octavo-note::footnote-call, .octavo-note::footnote-marker { content: attr(data-mark) }
.octavo-note::footnote-call { color: device-cmyk(0 0 0 1); line-height: 0 }
.octavo-note > p:first-child { display: inline }
"""
FURNITURE = '.sheet { font: 9pt "EB Garamond"; color: device-cmyk(0 0 0 1) }'
LOREM = (
    "the press sets every word it was given in a face of its own and leaves none of them behind"
    " however long the page may grow or the sentence that stands upon it"
).split()

Binder = Callable[[Rendition], tuple[Artifact, list[Diagnostic]]]


def words(count: int, start: int = 0) -> str:
    """Return so many words, the same ones every time."""
    return " ".join(islice(cycle(LOREM), start, start + count))


def note(name: str, mark: int, text: str) -> str:
    """Return a note at the place of its call."""
    return f'<span class="octavo-note" id="{name}" data-mark="{mark}"><p>{text}</p></span>'


def leaf(name: str, role: str, matter: Matter, html: str, title: str = "", **more: str) -> Leaf:
    """Return a section as the rendition would give it."""
    heading = f"<h1>{title}</h1>" if title else ""
    (content,) = parse(f'<section id="{name}">{heading}{html}</section>')
    assert isinstance(content, Element)
    section = Section(
        id=name,
        role=role,
        matter=matter,
        location=Location(f"manuscript/{name}.md"),
        title_text=title,
        short_title=title,
        generated=role in {"title-page", "contents"},
        label=more.get("label", ""),
        part=more.get("part", ""),
    )
    return Leaf(section, content, title or name)


def chapter(number: int, html: str = "") -> Leaf:
    """Return a chapter of a few pages, with notes and with page references to the others."""
    name = f"c{number}"
    paragraphs = "".join(
        f'<p id="{name}-{at}">{words(90, at)}{note(f"{name}-n{at}", at, words(12, at))}'
        f' {words(30 + 7 * number)}, see page <a href="#c{at % 3 + 1}-{at}">'
        f'<folio of="c{at % 3 + 1}-{at}"/></a>.</p>'
        for at in range(1, 9)
    )
    title = f"The Chapter {number}"
    return leaf(
        name, "chapter", Matter.BODY, paragraphs + html, title, label=f"Secret {number}", part="one"
    )


def small_book() -> Rendition:
    """Return a rendition with front matter, a part, chapters and back matter."""
    listed = ("preface", "one", "c1", "c2", "c3", "afterword")
    lines = (f'<p class="line"><a href="#{i}">{i}</a> <folio of="{i}"/></p>' for i in listed)
    front, body, back = Matter.FRONT, Matter.BODY, Matter.BACK
    leaves = (
        leaf("title-page", "title-page", front, "<p>A Book</p>"),
        leaf("contents", "contents", front, "".join(lines), "Contents"),
        leaf("preface", "preface", front, f"<p>{words(700)}</p>", "Preface"),
        leaf("one", "part", body, "", "All of It", label="Part One"),
        chapter(1),
        chapter(2, '<p><img src="images/dot.png" alt=""/> <em>A dot.</em></p>'),
        chapter(3),
        leaf(
            "afterword",
            "afterword",
            back,
            '<p>See <a href="https://example.org/">elsewhere</a>.</p>',
            "Afterword",
        ),
    )
    return rendition(*leaves, images={"images/dot.png": dot()})


def dot() -> Image:
    """Return the smallest picture."""
    out = BytesIO()
    Picture.new("L", (4, 4), 0).save(out, "PNG")
    return Image("images/dot.png", "image/png", 4, 4, out.getvalue())


def rendition(*leaves: Leaf, images: dict[str, Image] | None = None) -> Rendition:
    """Return a rendition of those leaves."""
    metadata = Metadata(
        "A Book & Its Proof",
        contributors=(Contributor("Ann Author"), Contributor("Ed Itor", "editor")),
        date=date(2026, 1, 2),
    )
    book = Book(
        metadata=metadata,
        edition=Edition("paperback", Medium.PDF),
        sections=tuple(leaf.section for leaf in leaves),
        targets={},
        images=images or {},
    )
    return Rendition(book, leaves, (("text", STYLE), ("furniture", FURNITURE)))


def drafted(rendition: Rendition) -> Rendition:
    """Return the rendition of a draft."""
    return replace(rendition, book=replace(rendition.book, draft=True))


class Maker:
    """All makers of fake renditions in one hand."""

    words = staticmethod(words)
    note = staticmethod(note)
    leaf = staticmethod(leaf)
    chapter = staticmethod(chapter)
    small_book = staticmethod(small_book)
    dot = staticmethod(dot)
    rendition = staticmethod(rendition)
    drafted = staticmethod(drafted)
    style = STYLE


@pytest.fixture(scope="session")
def make() -> Maker:
    """Return the makers of fake renditions."""
    return Maker()


@pytest.fixture(scope="session")
def garamond(tmp_path_factory: pytest.TempPathFactory) -> tuple[Face, ...]:
    """Return the faces of the text."""
    every = faces(Store(tmp_path_factory.mktemp("store")))
    return tuple(face for face in every if face.family == "EB Garamond")


@pytest.fixture(scope="session")
def bound(garamond: tuple[Face, ...]) -> Binder:
    """Return what binds a rendition and collects what it reports."""

    def binder(rendition: Rendition) -> tuple[Artifact, list[Diagnostic]]:
        findings: list[Diagnostic] = []
        artifact = bind(rendition, garamond, findings.append, lambda *_: None)
        return artifact, findings

    return binder


@pytest.fixture(scope="session")
def small(bound: Binder) -> Artifact:
    """Return the small book, bound without a finding."""
    artifact, findings = bound(small_book())
    assert findings == []
    return artifact
