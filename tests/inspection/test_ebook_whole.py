"""The documents of an EPUB are their leaves to the letter, and its stylesheets hide nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from PIL import Image as Picture
from tests.fuzz.conftest import fuzzed, patience
from tests.fuzz.test_stylesheets import SHEETS
from tests.inspection.test_ebook_completeness import Finished

from octavo.inspection.completeness.ebook import prove_ebook, selection
from octavo.line import Workshop, prepare
from octavo.manuscript.styles import excess
from octavo.model import Element, Image, Medium
from octavo.press import epub
from octavo.press.fonts import faces
from octavo.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from octavo.diagnostics import Diagnostic
    from octavo.inspection.completeness.faults import Fault
    from octavo.model import Rendition
    from octavo.press.fonts import Face

ONE = """# The First

Opening words, *leaning*, of [the second](two.md) and [the web](https://example.org/a).[^a]

A paragraph {.odd lang="de"} of Nietzsche.

``` python
def  spaced():
    return 1
```

<p>A <span class="b" lang="fr">beau</span> here, &amp; a<br/>break.</p>

<div hidden="hidden">Never shown.</div>

<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Dot</title><path d="M0 0"/></svg>

<p>A formula, <math><mi>x</mi></math>, and <svg viewBox="0 0 9 9"><title>One</title>
<path id="it" d="M1 0"/><use xlink:href="#it"/></svg>.</p>

![A red dot](red.png){#dot}

[^a]: The note.
"""
TWO = """# The Second

Back to [the dot](one.md#dot).

:::: {.box}

In a box.

::::
"""
FILES = {
    "book.yaml": "title: A Little Book\n"
    "identifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
    "contents: {front: [title-page, contents], body: [one.md, two.md]}\n",
    "one.md": ONE,
    "two.md": TWO,
}
FIRST, SECOND = "EPUB/text/03-one.xhtml", "EPUB/text/04-two.xhtml"
DESIGN, FONTS = "EPUB/styles/epub.css", "EPUB/styles/fonts.css"


def _refuse(finding: Diagnostic) -> None:
    raise AssertionError(finding)


def _picture(colour: str) -> bytes:
    stream = BytesIO()
    Picture.new("RGB", (1, 1), colour).save(stream, "png")
    return stream.getvalue()


def _rendition(folder: Path, *, draft: bool = False) -> Rendition:
    for name, text in FILES.items():
        (folder / name).write_text(text)
    (folder / "red.png").write_bytes(_picture("red"))
    workshop = Workshop(Store(folder / "store"), _refuse)
    proofs = prepare(folder, lambda each: each.medium is Medium.EPUB, workshop, draft=draft)
    assert proofs
    return proofs.renditions[0]


def _bound(rendition: Rendition, fonts: tuple[Face, ...]) -> Finished:
    cover = Image("cover.png", "image/png", 1, 1, _picture("white"))
    return Finished(epub.bind(rendition, fonts, cover, _refuse).data, rendition, fonts)


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Return a little book, finished."""
    return _bound(_rendition(tmp_path_factory.mktemp("whole")), faces(Store()))


def _with_style(finished: Finished, css: str) -> Finished:
    """Return the book with a stylesheet of its own."""
    sheets = (*finished.rendition.stylesheets, ("book", css))
    return _bound(replace(finished.rendition, stylesheets=sheets), ())


def _faults(finished: Finished) -> tuple[Fault, ...]:
    return prove_ebook(finished.data, finished.rendition, finished.faces)


def _told(fault: Fault) -> tuple[str, str, str]:
    return fault.code, fault.about, str(fault.location)


# --- The whole of a document ------------------------------------------------------------------


@pytest.mark.parametrize("draft", [False, True])
def test_a_sound_book(tmp_path: Path, *, draft: bool) -> None:
    """Nothing is said of a book as it was bound, nor of a draft."""
    assert _faults(_bound(_rendition(tmp_path, draft=draft), faces(Store()))) == ()


@pytest.mark.parametrize("language", ["de-CH", "he", "he-Latn", "ckb", "uz-Arab"])
def test_a_language(finished: Finished, language: str) -> None:
    """A document says in which language it is, and which way that is read."""
    book = finished.rendition.book
    metadata = replace(book.metadata, language=language)
    other = _bound(replace(finished.rendition, book=replace(book, metadata=metadata)), ())

    assert _faults(other) == ()
    assert other.said_of(FIRST, ' lang="[^"]*"', "")[0][0] == "document-changed"


def test_line_ends(finished: Finished) -> None:
    """Every reader of XML takes the ends of lines for one sign, however they are written."""
    leaf = finished.rendition.leaves[-1]
    paragraph = Element("p", (), ("One\r\ntwo\rthree",))
    content = replace(leaf.content, children=(*leaf.content.children, paragraph))
    leaves = (*finished.rendition.leaves[:-1], replace(leaf, content=content))

    assert _faults(_bound(replace(finished.rendition, leaves=leaves), ())) == ()


CHANGES = {
    "a script": ("<h1", "<script src='a.js'></script><h1", "<h1>", "one.md:1"),
    "a template": (r"</section>\s*</body>", r"<template/>\g<0>", "nothing", "one.md:"),
    "a style": ("(<em>leaning)", r"<style/>\1", "<em>", "one.md:3"),
    "a frame in words": ("(<em>leaning)", r"<iframe/>\1", "<em>", "one.md:3"),
    "an element of another name": ("<em>(leaning)</em>", r"<i>\1</i>", "<em>", "one.md:3"),
    "words glued": ("Opening words", "Openingwords", "Opening words,", "one.md:3"),
    "capitals": ("Opening", "opening", "Opening words,", "one.md:3"),
    "white space in a listing": ("(def</span>) ", r"\1", None, "one.md:8"),
    "a class": (' class="b"', "", '<span class="b">', "one.md:12"),
    "another class": (' class="b"', ' class="c"', '<span class="b">', "one.md:12"),
    "a language": ('<span class="b" lang="fr"', '<span class="b"', '<span lang="fr">', "one.md:12"),
    "a handler": ('(<span class="b")', r'\1 onclick="a()"', "<span>", "one.md:12"),
    "a type": (' epub:type="chapter[^"]*"', "", None, "one.md:1"),
    "a break": ("a<br/>break", "abreak", "a", "one.md:12"),
    "a web address": (
        "https://example.org/a", "https://example.org/b",
        '<a href="https://example.org/a">', "one.md:3",
    ),
    "a link to another section": (
        r'(<a [^>]*href=")04-two.xhtml#two', r"\g<1>03-one.xhtml#one",
        '<a href="#two">', "one.md:3",
    ),
    "a drawing": ("M0 0", "M0 1", '<path d="M0 0">', "one.md:16"),
    "a namespace": ('<svg xmlns="[^"]*"', '<svg xmlns="urn:x"', None, "one.md:16"),
}  # fmt: skip
"""What is done to a document, what is missed, and where."""


@pytest.mark.parametrize("name", CHANGES)
def test_changes(finished: Finished, name: str) -> None:
    """Whatever a document says beside its leaf, or no more, is told with the line it stands at."""
    old, new, wanted, place = CHANGES[name]

    ((code, about, where),) = finished.said_of(FIRST, old, new)

    assert code == "document-changed"
    assert wanted in {about, None}
    assert where.startswith(place)


FRAMES = {
    "a second body": ("</body>", "</body><body></body>"),
    "a script": ("</head>", "<script src='a.js'></script></head>"),
    "a style": ("</head>", "<style>p {}</style></head>"),
    "a base": ("<head>", '<head><base href="http://example.org/"/>'),
    "another title": ("<title>The First", "<title>The 1st"),
    "another encoding": ('charset="UTF-8"', 'charset="latin-1"'),
    "a language": (' lang="en"', ' lang="de"'),
    "a namespace": ("http://www.w3.org/1999/xhtml", "urn:x"),
    "an instruction": (r"\?>", r'?><?xml-stylesheet href="a.css"?>'),
    "a declaration": ("<!DOCTYPE html>", '<!DOCTYPE html [<!ATTLIST p hidden CDATA "">]>'),
    "a second root": ("</html>", "</html><html/>"),
    "a class of the body": ("<body ", '<body class="x" '),
    "the division": ('<body epub:type="bodymatter"', '<body epub:type="backmatter"'),
}


@pytest.mark.parametrize("name", FRAMES)
def test_frames(finished: Finished, name: str) -> None:
    """Around its content a document has what every one has, and nothing else."""
    said = finished.said_of(FIRST, *FRAMES[name])

    assert [(code, place) for code, _, place in said] == [("document-changed", "one.md:1")]


@pytest.mark.parametrize("tag", ["html", "body"])
def test_a_handler_of_the_whole(finished: Finished, tag: str) -> None:
    """What is said beside an element's name is told with it."""
    text = finished.read(FIRST).replace(f"<{tag} ", f'<{tag} zoom="a" ')

    (fault,) = finished.faults(**{FIRST: text})

    assert fault.found == f'<{tag} zoom="a">'


def test_white_space_is_seen(finished: Finished) -> None:
    """A change that cannot be seen in print is told with signs that can."""
    faults = finished.faults(**{FIRST: finished.read(FIRST).replace("A <span", "A\u00a0<span")})

    assert [(each.about, each.found) for each in faults] == [("A␣", "A⍽")]


def test_blocks_come_first(finished: Finished) -> None:
    """Of a document whose blocks differ nothing more is said: they tell it better."""
    said = finished.said_of(FIRST, "Opening words(.*)<em>leaning</em>", r"Other words\1leaning")

    assert said == [("text-changed", "Opening", "one.md:3")]


def test_links_across(finished: Finished) -> None:
    """A link may be written in other ways, if it leads to the same place."""
    same = finished.said_of(FIRST, '"04-two.xhtml#two"', '"../text/04-two.xhtml"')
    other = finished.said_of(SECOND, '"03-one.xhtml#dot"', '"03-one.xhtml#one"')
    nowhere = finished.said_of(SECOND, '"03-one.xhtml#dot"', '"http://03-one.xhtml#dot"')

    assert same == []
    assert other == nowhere == [("document-changed", '<a href="#dot">', "two.md:3")]


# --- The stylesheets ----------------------------------------------------------------------------


def _sheets_said(faults: tuple[Fault, ...]) -> list[tuple[str, str]]:
    assert all(fault.code == "stylesheet-changed" and fault.told() for fault in faults)
    return [(fault.about, fault.found) for fault in faults]


def test_a_stylesheet_changed(finished: Finished) -> None:
    """A stylesheet of the rendition stands in the package to the letter; it is told once."""
    css = finished.read(DESIGN)
    faults = finished.faults(**{DESIGN: css.replace("hyphens: auto", "hyphens: none", 1)})

    assert _sheets_said(faults) == [("epub.css", "differs in line 5 of epub.css")]


LINK = '<link [^>]*epub.css"/>'
NOT_FIRST = ("fonts.css", "is not linked before the others")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (LINK, "", [("epub.css", "is not linked")]),
        (
            LINK, r'\g<0><link rel="stylesheet" type="text/css" href="../styles/cover.css"/>',
            [("EPUB/styles/cover.css", "is none of the design’s")],
        ),
        (
            r"(epub\.css\")", r'\1 media="print"',
            [("epub.css", "is not linked as it should be")],
        ),
        (
            f'(<link [^>]*fonts.css"/>)\\s*({LINK})', r"\2\1",
            [NOT_FIRST, ("EPUB/styles/fonts.css", "is none of the design’s")],
        ),
        (LINK.replace("epub", "fonts"), "", [NOT_FIRST]),
    ],
)  # fmt: skip
def test_links_of_stylesheets(
    finished: Finished, old: str, new: str, said: list[tuple[str, str]]
) -> None:
    """Every document links the stylesheets of the rendition, in cascade order, and no others."""
    text, times = re.subn(old, new, finished.read(FIRST), count=1)

    faults = finished.faults(**{FIRST: text})

    assert times == 1
    assert _sheets_said(faults) == said


def test_a_fault_behind_another(finished: Finished) -> None:
    """What is wrong with a link does not hide what is wrong with the stylesheet itself."""
    link = finished.read(FIRST).replace('fonts.css"', 'fonts.css" media="print"')
    css = finished.read(FONTS).replace("font-weight: 400", "font-weight: 900", 1)

    faults = finished.faults(**{FIRST: link, FONTS: css})

    assert sorted(name for name, _ in _sheets_said(faults)) == [FONTS, "fonts.css"]


def test_the_kind_of_a_stylesheet(finished: Finished) -> None:
    """A stylesheet that is declared as something else is heeded by no reading system."""
    package = finished.read("EPUB/content.opf")
    text, times = re.subn(r'(epub.css"[^>]*)text/css', r"\1application/octet-stream", package)

    assert times == 1
    assert _sheets_said(finished.faults(**{"EPUB/content.opf": text})) == [
        ("epub.css", "is declared as application/octet-stream")
    ]


FACE = '@font-face { font-family: "EB Garamond"; font-weight: 400; font-style: normal; src: url('


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (r"\Z", "p { display: none }"),
        (r"\A", "@import 'a.css';"),
        (r"\A@font-face[^}]*}", ""),
        ("EBGaramond-Regular.ttf", "EBGaramond-Italic.ttf"),
        (r"\Z", f'{FACE}"http://example.org/a.ttf") }}'),
        ('font-family: "EB Garamond";', 'font-family: "EB Garamond"; unicode-range: u+41;'),
        ('font-family: "EB Garamond";', 'font-family: "Bodoni";'),
        ('font-family: "EB Garamond";', 'font-family: "a";'),
        ("font-weight: 400", "font-weight: 900"),
        ("font-style: italic", "font-style: normal"),
        (r"\A@font-face[^}]*}", r"\g<0>\g<0>"),
    ],
)  # fmt: skip
def test_fonts(finished: Finished, old: str, new: str) -> None:
    """The stylesheet of the fonts says where those of the package are, and nothing more."""
    text, times = re.subn(old, new, finished.read(FONTS), count=1)

    faults = finished.faults(**{FONTS: text})

    assert times == 1
    assert {name for name, _ in _sheets_said(faults)} == {FONTS}


# --- What rules hide ----------------------------------------------------------------------------

BOXED = ("text-invisible", "In a box.", "two.md:7")
HIDING = [
    "display: none",
    "visibility: hidden",
    "visibility: collapse",
    "font-size: 0",
    "font-size: 1px",
    "font: 0/0 a",
    "opacity: 0",
    "opacity: 1%",
    "content-visibility: hidden",
    "color: transparent",
    "color: rgb(0 0 0 / 0)",
    "clip-path: inset(50%)",
    "clip-path: inset(0 100% 0 0)",
    "clip-path: circle(0)",
    "clip-path: polygon(0 0, 0 0, 0 0)",
    "position: absolute; clip: rect(1px, 1px, 1px, 1px)",
    "text-indent: -9999px",
    "text-indent: -100%",
    "position: absolute; left: -9999px",
    "position: relative; inset: 0 0 0 -200em",
    "margin-left: -9999px",
    "overflow: hidden; height: 0",
    "overflow: hidden; width: 1px; height: 1px",
    "transform: scale(0)",
    "transform: translateX(-9999px)",
    "display: none; display: bogus",
    "color: transparent; color: nonsense",
    "font-size: 0; font-size: huge",
    "opacity: 0; opacity: x",
    "visibility: hidden; visibility: gone",
    "font: 0 a; font: 1em",
    "margin-left: -9999px; margin: 0 0 0 far",
    "transform: scale(0); transform: grow(1)",
    "text-indent: -9999px; text-indent: 1em 1em",
    "display: table-column",
    "-webkit-text-security: disc",
    "-webkit-text-fill-color: transparent; color: black",
    "-webkit-text-fill-color: currentcolor; color: transparent",
    "scale: 0",
    "scale: 1 0.01",
    "zoom: 0",
    "overflow: hidden; block-size: 0",
    "overflow: hidden; inline-size: 0",
    "overflow: clip; max-block-size: 0; min-height: 0",
    "overflow: auto; height: 0",
    "overflow: scroll; height: 0",
    "letter-spacing: -1em",
    "transform: matrix(0, 0, 0, 0, 0, 0)",
    "transform: matrix(1, 0, 0, 1, -9999, 0)",
    "transform: scale(.01)",
    "transform: rotateY(90deg)",
    "rotate: x 0.25turn",
    "translate: -9999px",
    "transform: translateX(-100vw)",
    "position: absolute; left: -100vw",
    "position: absolute; top: -100vh",
    "position: absolute; left: 100%",
    "position: absolute; right: 100%",
    "position: absolute; bottom: 100%",
    "position: absolute; inset-block-start: -9999px",
    "margin-left: -100%",
    "margin-left: -100vw",
    "margin-inline: -9999px 0",
    "margin-block-start: -9999px",
    "padding-left: 9999px",
    "text-indent: -100vw",
    "text-indent: 100%; overflow: hidden; white-space: nowrap",
    "filter: opacity(0)",
    "mask: linear-gradient(transparent, transparent)",
    "clip-path: inset(9999px)",
    "clip-path: xywh(0 0 0 0)",
    "clip-path: circle(0 at 50% 50%)",
]
SHOWING = [
    "visibility: visible",
    "font-size: 90%",
    "font: 500 1em serif",
    "opacity: 0.5",
    "color: #123",
    "clip-path: inset(10%)",
    "clip-path: circle(50%)",
    "clip: rect(1px, 1px, 1px, 1px)",
    "text-indent: -1.4em",
    "left: -9999px",
    "margin-left: -1em",
    "height: 0",
    "overflow: hidden; width: 1%",
    "transform: scale(0.9)",
    "display: none; all: unset",
    "display: none; display: block",
    "display: none; display: inline flow-root",
    "display: none; display: var(--shown)",
    "font-size: 0; font-size: calc(1em + 1px)",
    "display: bogus",
    "-webkit-text-fill-color: black; color: transparent",
    "clip-path: circle(at 0 0)",
    "clip-path: circle(closest-side at 0 0)",
    "transform: scale3d(1, 1, 0)",
    "transform: translate3d(0, 0, 1000px)",
    "transform: translate(-50%, -100%) rotate(90deg)",
    "rotate: 90deg",
    "margin: 0 auto 9999px",
    "margin: 100% 0",
    "overflow: hidden; height: 0; min-height: 20px",
    "overflow-x: hidden",
    "filter: blur(0) contrast(0)",
    "mask: linear-gradient(black, transparent)",
    "letter-spacing: -0.05em",
    "zoom: 1; scale: 0.9",
    "color: canvastext",
    "color: color-mix(in srgb, red, transparent)",
]


@pytest.mark.parametrize("style", HIDING)
def test_a_rule_that_hides(finished: Finished, style: str) -> None:
    """What a rule of the book's own hides is told, with its line and the rule's."""
    (fault,) = _faults(_with_style(finished, f"\n.box p {{ {style} }}"))

    assert _told(fault) == BOXED
    assert fault.where == f"in {SECOND}: line 2 of book.css hides it"


@pytest.mark.parametrize("style", SHOWING)
def test_a_rule_that_only_seems_to_hide(finished: Finished, style: str) -> None:
    """What looks like hiding and shows the text is no fault."""
    assert _faults(_with_style(finished, f".box {{ {style} }}")) == ()


HIDDEN = [
    ".box p { display: block } .box p { display: none }",
    ".box { display: none !important } .box { display: block }",
    "section .box { display: none } .box { display: block }",
    "@media screen { .box { display: none } }",
    "@media not print { .box { display: none } }",
    "@media (max-width: 300px) { .box { display: none } }",
    ".box { display: none } @media (min-width: 300px) { .box { display: block } }",
    "@supports (display: grid) { .box { opacity: 0 } }",
    "section { .box { display: none } }",
    ".box { & > p { display: none } }",
    ".box { @media screen { display: none } }",
    ".box p { display: none; @media (min-width: 300px) { display: block } }",
    ".box { font-size: 0 } .box p { font-size: 1em }",
    ".box { visibility: hidden } .box p { visibility: inherit }",
    ".box > :first-child:not(:hover) { display: none }",
    "@namespace x 'http://www.w3.org/1999/xhtml'; x|div.box { display: none }",
    "body > section > div.box { display: none }",
    "@media not amzn-kf8 { .box { display: none } }",
    "@media not amzn-mobi { .box { display: none } }",
    "@media not handheld { .box { display: none } }",
    ".box p::first-line { font-size: 0 }",
    ".box p::first-letter { color: transparent }",
    ".box p:first-line { color: black } .box p:first-line { color: transparent }",
    "@scope (.box) { p { display: none } }",
    "@scope (.box) to (i) { :scope { display: none } }",
    "@scope (.box) { opacity: 0 }",
]


@pytest.mark.parametrize("css", HIDDEN)
def test_the_cascade_hides(finished: Finished, css: str) -> None:
    """Whatever rule wins on some screen decides."""
    faults = _faults(_with_style(finished, css))

    assert [_told(fault)[:2] for fault in faults] == [BOXED[:2]]


SHOWN = [
    ".box { display: none } .box { display: block }",
    ".box { display: none } section .box { display: block }",
    ".box { display: none } .box { display: block !important }",
    "@media print { .box { display: none } }",
    "@media not screen { .box { display: none } }",
    "@media speech, print { .box { display: none } }",
    ".box { visibility: hidden } .box p { visibility: visible }",
    ".box { font-size: 0 } .box p { font-size: 12px }",
    ".box:hover { display: none }",
    ".box::before { display: none }",
    ".box { display: none } @media only screen { .box { display: block } }",
    ".box p::first-line { color: transparent } .box p::first-line { color: black }",
    ".box p::first-letter { font-size: 300%; display: none }",
    "[epub|type] { display: none } @namespace epub 'http://www.idpf.org/2007/ops';",
    "@keyframes k { from { opacity: 0 } to { opacity: 1 } } .box { animation: k 1s }",
    "@scope (.other) { :scope { display: none } p { display: none } }",
    "@namespace x 'urn:x'; x|div { display: none }",
    "div[hidden] { display: none }",
    "div[hidden] { font-size: 0 }",
    "br, hr, link, head, title { display: none }",
    "@page { .box { display: none } } @font-face { display: none }",
]


@pytest.mark.parametrize("css", SHOWN)
def test_the_cascade_shows(finished: Finished, css: str) -> None:
    """Whatever another rule shows again, or nothing of a page is, is no fault."""
    assert _faults(_with_style(finished, css)) == ()


def test_a_picture_hidden(finished: Finished) -> None:
    """A picture that a rule hides is told with its description."""
    (fault,) = _faults(_with_style(finished, "img { display: none }"))

    assert _told(fault) == ("text-invisible", "A red dot", "one.md:21")


def test_told_once(finished: Finished) -> None:
    """A rule that hides much is told once."""
    faults = _faults(_with_style(finished, "p, li, h1 { display: none }"))

    assert len(faults) == 1


# --- Stylesheets of strangers -------------------------------------------------------------------


@pytest.mark.parametrize(
    "selector",
    [".a" + " .a" * 60, "p:not(" + ":not(" * 29 + "a" + ")" * 30, "p" * 2000, ", p" * 600 + ", a"],
)
def test_too_much_of_a_selector(finished: Finished, selector: str) -> None:
    """A rule whose selectors are too much to be matched is told of, not passed over."""
    (fault,) = _faults(_with_style(finished, f"a, {selector.strip(', ')} {{ font-size: 0 }}"))

    assert (fault.code, fault.found) == ("stylesheet-unproved", "line 1")


@pytest.mark.parametrize(
    "selector",
    [
        ".box:read-only",
        ".box:dir(ltr)",
        ":-webkit-any(.box)",
        ".box:matches(div)",
        ".box:defined",
        ".box:not(:popover-open)",
        ".box:unknown",
    ],
)
def test_a_selector_that_cannot_be_read(finished: Finished, selector: str) -> None:
    """What some reading system may understand is told of, not passed over."""
    (fault,) = _faults(_with_style(finished, f"{selector} {{ display: none }}"))
    shown = _faults(_with_style(finished, f"{selector} {{ display: block }}"))

    assert (fault.code, fault.found) == ("stylesheet-unproved", "line 1")
    assert shown == ()


def test_too_many_selectors(finished: Finished) -> None:
    """However many rules are too many, one sentence tells of them."""
    (fault,) = _faults(_with_style(finished, "i { opacity: 0 }\n" * (selection.MOST + 3)))

    line, more = map(int, re.findall(r"\d+", fault.found))
    assert (fault.code, line + more) == ("stylesheet-unproved", selection.MOST + 3)


def test_too_many_steps(finished: Finished, monkeypatch: pytest.MonkeyPatch) -> None:
    """Selectors that look at too many elements are told of, and the proof goes on."""
    monkeypatch.setattr(selection, "STEPS", 20)

    (fault,) = _faults(_with_style(finished, "ol * * ~ * a { display: none }"))

    assert (fault.code, fault.about) == ("stylesheet-unproved", "book.css")


@fuzzed
@given(css=SHEETS)
@example(css="a{&{" * 14 + "opacity:0" + "}}" * 14)
@example(css=":has(:has(:has(:has(.n)))){opacity:0}")
@example(css="*|*[*|a]{opacity:0}")
@example(css="a:nth-child(2n+1 of a{opacity:0}")
@example(css="@media{@media{p{display:none}}}@media ,{p{font:0 a}}")
@example(css="p{clip-path:inset();clip-path:polygon();opacity:;transform:scale();all:unset}")
@example(css="p{color:color();clip-path:xywh();margin:;mask:linear-gradient();rotate:x}")
@example(css="p{transform:matrix() rotateY();scale:;filter:opacity();font:;text-indent:a}")
@example(css="p{color:rgb(none none none/none);display:none}")
def test_any_stylesheet(finished: Finished, css: str) -> None:
    """No stylesheet that the press takes breaks the proof."""
    if excess(css):
        return
    rendition = replace(finished.rendition, stylesheets=(("epub", css),))

    with patience():
        faults = prove_ebook(finished.data, rendition, finished.faces)

    assert all(fault.told().message for fault in faults)
