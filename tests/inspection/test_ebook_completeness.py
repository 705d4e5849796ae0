"""A finished EPUB holds every block of its rendition, and whatever is done to it is seen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

import pytest
from PIL import Image as Picture

from octavo.inspection.completeness.ebook import package, prove_ebook
from octavo.line import Workshop, prepare
from octavo.model import Image, Medium
from octavo.press import epub
from octavo.store import Store

if TYPE_CHECKING:
    from collections.abc import Mapping

    from octavo.diagnostics import Diagnostic
    from octavo.inspection.completeness.faults import Fault
    from octavo.model import Rendition
    from octavo.press.fonts import Face

BOOK = """title: A Little Book
identifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e
contents:
  front: [title-page, contents]
  body: [one.md, two.md, three.md]
"""
ONE = """# The First

Opening words of the first, which go on.[^a] And the note again.[^a]

The second paragraph stands here.^[A note in its place.]

- an item

***

| Name | Age |
|------|-----|
| Ada  |     |

![A red dot](red.png)

![A blue dot](blue.png)

<p style="display: none">Never shown.</p>

[^a]: A note of one paragraph.

    And of another.
"""
FILES = {
    "book.yaml": BOOK,
    "one.md": ONE,
    "two.md": "# The Second\n\nIts only words.\n",
    "three.md": "# The Third\n\nThe last.\n",
}
PACKAGE, GUIDE = "EPUB/content.opf", "EPUB/nav.xhtml"
FIRST = "EPUB/text/03-one.xhtml"
NOTE = "A note of one paragraph. And of another."


@dataclass(frozen=True)
class Finished:
    """A finished EPUB, and what it was made of."""

    data: bytes
    rendition: Rendition
    faces: tuple[Face, ...] = ()

    def faults(self, **changes: str | None) -> tuple[Fault, ...]:
        """Prove the file with others in the place of some of its own."""
        return prove_ebook(self.repacked(changes), self.rendition, self.faces)

    def repacked(
        self,
        changes: Mapping[str, str | None],
        added: Mapping[str, tuple[str, int]] = MappingProxyType({}),
    ) -> bytes:
        """Return the file with others in it, or, for None, without them; some packed in a way."""
        result = BytesIO()
        with ZipFile(BytesIO(self.data)) as whole, ZipFile(result, "w") as archive:
            for name in whole.namelist():
                text = changes.get(name, "")
                if text is not None:
                    archive.writestr(name, text or whole.read(name))
            for name, (text, how) in added.items():
                archive.writestr(name, text, how)
        return result.getvalue()

    def read(self, name: str) -> str:
        """Return the text of one of its files."""
        with ZipFile(BytesIO(self.data)) as archive:
            return archive.read(name).decode()

    def said_of(self, name: str, old: str, new: str) -> list[tuple[str, str, str]]:
        """Change a file of the EPUB, by a pattern, and return what is said of it, and where."""
        text, times = re.subn(old, new, self.read(name), count=1, flags=re.DOTALL)
        assert times == 1
        faults = self.faults(**{name: text})
        assert all(fault.told().message for fault in faults)
        return [(fault.code, fault.about, str(fault.location)) for fault in faults]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Finished:
    """Return a little book with one of everything, finished."""
    folder = tmp_path_factory.mktemp("ebook")
    for name, text in FILES.items():
        (folder / name).write_text(text)
    for colour in ("red", "blue"):
        (folder / f"{colour}.png").write_bytes(_dot(colour))
    workshop = Workshop(Store(folder / "store"), _refuse)
    proofs = prepare(folder, lambda edition: edition.medium is Medium.EPUB, workshop)
    assert proofs
    (rendition,) = proofs.renditions
    cover = Image("cover.png", "image/png", 1, 1, _dot("white"))
    return Finished(epub.bind(rendition, (), cover, _refuse).data, rendition)


def _refuse(finding: Diagnostic) -> None:
    raise AssertionError(finding)


def _dot(colour: str) -> bytes:
    picture = BytesIO()
    Picture.new("RGB", (1, 1), colour).save(picture, "png")
    return picture.getvalue()


def test_a_sound_file(finished: Finished) -> None:
    """Nothing is said of a file to which nothing was done."""
    assert finished.faults() == ()


TEXT = {
    "a paragraph gone": (
        "<p>The second paragraph.*?</p>", "",
        ("text-missing", "The second paragraph stands here.2", "one.md:5"),
    ),
    "words gone": ("second paragraph ", "", ("text-missing", "second paragraph", "one.md:5")),
    "a word changed": ("stands", "sits", ("text-changed", "stands", "one.md:5")),
    "a word too many": ("stands", "stands and stands", ("text-stray", "and stands", "one.md:5")),
    "two blocks swapped": (
        r"(<p>The second.*?</p>)(\s*)(<ul>.*?</ul>)", r"\3\2\1",
        ("text-out-of-order", "The second paragraph stands here.2", "one.md:5"),
    ),
    "a block doubled": ("(<li>an item</li>)", r"\1\1", ("text-doubled", "an item", "one.md:7")),
    "a foreign block": ("<ul>", "<p>Buy now.</p><ul>", ("text-stray", "Buy now.", "one.md:5")),
    "a break gone": ("<hr[^>]*/>", "", ("text-missing", "<hr>", "one.md:9")),
    "an empty cell gone": ("<td></td>", "", ("text-missing", "<td>", "one.md:13")),
    "another element": (
        "<li>(an item)</li>", r"<p>\1</p>", ("text-changed", "an item", "one.md:7"),
    ),
    "text outside the section": ("<body(.*?)>", r"<body\1>Ad", ("text-stray", "Ad", "one.md:1")),
    "a picture gone": (r"<img [^>]*red[^>]*/>", "", ("text-missing", "￼", "one.md:15")),
    "a block hidden": (
        "<p>The second", "<p hidden=''>The second",
        ("text-invisible", "The second paragraph stands here.2", "one.md:5"),
    ),
    "words hidden": (
        "paragraph stands", "<span style='Visibility : hidden'>paragraph</span> stands",
        ("text-invisible", "paragraph", "one.md:5"),
    ),
}  # fmt: skip
"""What is done to a document, and what is to be said of it first."""


@pytest.mark.parametrize("name", TEXT)
def test_text(finished: Finished, name: str) -> None:
    """Every injury to the text is told with its words and its line in the manuscript."""
    old, new, (code, about, place) = TEXT[name]

    said = finished.said_of(FIRST, old, new)

    assert said[0] == (code, about, place)


def test_two_injuries(finished: Finished) -> None:
    """One injury does not hide another, and each is told once."""
    said = finished.said_of(FIRST, "second(.*)an item", r"next\1no item")

    assert [code for code, *_ in said] == ["text-changed", "text-changed"]


# --- Notes --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('<aside [^>]*note-1".*?</aside>', "", "text-missing"),
        ('(<aside [^>]*note-1".*?</aside>)', r"\1\1", "note-not-linked"),
        ('<a epub:type="noteref"[^>]*>1</a>', "1", "note-not-called"),
        ('(<a epub:type="noteref"[^>]*note-)1', r"\g<1>2", "note-not-called"),
        ('(one.call-1.2">)1<', r"\g<1>2<", "note-not-called"),
        ('<sup class="note-call"><a[^>]*call-1.2">1</a></sup>', "", "note-not-called"),
        ('(#one.call-)1" role="doc-b', r'\g<1>2" role="doc-b', "note-not-linked"),
        (' role="doc-backlink"', "", "note-not-linked"),
    ],
)  # fmt: skip
def test_note(finished: Finished, old: str, new: str, code: str) -> None:
    """A note stands once; each of its calls leads to it, and it leads back to one of them."""
    said = finished.said_of(FIRST, old, new)

    assert code in {found for found, *_ in said}
    assert NOTE in {about for _, about, _ in said}


# --- Pictures -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("images/red.png", "images/blue.png", ("picture-changed", "red.png")),
        ("images/red.png", "images/none.png", ("picture-missing", "red.png")),
        ('alt="A red dot"', 'alt="A dot"', ("text-changed", "A red dot")),
        ('alt="A red dot"', "", ("text-missing", "A red dot")),
    ],
)
def test_picture(finished: Finished, old: str, new: str, said: tuple[str, str]) -> None:
    """A picture is the manuscript's own, and says what it says there."""
    assert finished.said_of(FIRST, old, new) == [(*said, "one.md:15")]


def test_picture_file(finished: Finished) -> None:
    """A picture's file must be declared, and hold what the manuscript's does."""
    undeclared = finished.said_of(PACKAGE, '<item [^>]*images/red.png"[^>]*/>', "")
    (other,) = finished.faults(**{"EPUB/images/red.png": "no picture"})

    assert undeclared == [("picture-missing", "red.png", "one.md:15")]
    assert (other.code, other.about, other.found) == (
        "picture-changed", "red.png", "EPUB/images/red.png",
    )  # fmt: skip


# --- Sections -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('<itemref idref="item-6"/>', "", "text-missing"),
        ('<itemref idref="item-6"/>', '<itemref idref="item-6" linear="no"/>', "text-missing"),
        (
            '(<item [^>]*)(id="item-6")([^>]*>)(.*<itemref idref="item-6"/>)',
            r'\1\2\3\1id="again"\3\4<itemref idref="again"/>', "text-doubled",
        ),
        (r'(<itemref[^>]*>)\s*(<itemref idref="item-6"/>)', r"\2\1", "section-out-of-order"),
    ],
)  # fmt: skip
def test_section(finished: Finished, old: str, new: str, code: str) -> None:
    """Every section is read once, and in its place."""
    assert finished.said_of(PACKAGE, old, new) == [(code, "The First", "one.md:1")]


def test_foreign_document(finished: Finished) -> None:
    """A document that says something and is no section of the book stands in no place."""
    said = finished.said_of("EPUB/cover.xhtml", "<body(.*?)>", r"<body\1><p>Buy now.</p>")

    assert said == [("text-stray", "Buy now.", "book.yaml")]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('<li><a href="text/04.*?</li>', "", "text-missing"),
        ('(<li><a href="text/04.*?</li>)', r"\1\1", "text-doubled"),
        ("The Second", "The 2nd", "text-changed"),
        ("text/04-two", "text/05-three", "text-changed"),
        ("(<li>[^/]*text/03.*?</li>)(<li>.*?</li>)", r"\2\1", "section-out-of-order"),
    ],
)
def test_navigation(finished: Finished, old: str, new: str, code: str) -> None:
    """The contents of the file list every section that the book's contents do, once, in order."""
    said = finished.said_of(GUIDE, old, new)

    assert (code, "two.md:1") in {(found, place) for found, _, place in said}


# --- Files that are none ------------------------------------------------------------------------


def test_unreadable(finished: Finished) -> None:
    """A file that no reading system could open is said to be one, and why."""
    whole = finished.data
    broken = [
        b"",
        b"text",
        whole[: len(whole) // 2],
        whole.replace(b"EPUB/text/03", b"EPUB/text/99"),
    ]

    faults = [prove_ebook(each, finished.rendition, ()) for each in broken]

    assert [[fault.code for fault in each] for each in faults] == [["unreadable-file"]] * 4
    assert faults[-1][0].found == "it has no “EPUB/text/03-one.xhtml”"


@pytest.mark.parametrize("name", ["META-INF/container.xml", PACKAGE, GUIDE, FIRST])
def test_malformed(finished: Finished, name: str) -> None:
    """A file that is not well-formed, or is not there, is said to be so."""
    (malformed,) = finished.faults(**{name: "<html><p>no end"})
    (absent,) = finished.faults(**{name: None})

    assert {malformed.code, absent.code} == {"unreadable-file"}


def _said(finished: Finished, data: bytes) -> str:
    (fault,) = prove_ebook(data, finished.rendition, ())
    assert fault.code == "unreadable-file"
    return fault.found


def test_a_spine_names_an_item_once(finished: Finished) -> None:
    """A spine that names an item twice is one that a reading system may refuse."""
    text = finished.read(PACKAGE)
    twice = re.sub('(<itemref idref="item-6"/>)', r"\1\1", text)

    said = _said(finished, finished.repacked({PACKAGE: twice}))

    assert said == f"its spine names “{FIRST}” more than once"


def test_what_is_named_and_not_declared(finished: Finished) -> None:
    """A package that declares no contents, or not what it reads, is told of in plain words."""
    text = finished.read(PACKAGE)
    other, bare = text.replace('idref="item-6"', 'idref="x"'), text.replace('"nav"', '""')

    said = [_said(finished, finished.repacked({PACKAGE: each})) for each in (other, bare)]

    assert said == [
        "it reads “x”, which it does not declare",
        "none of its files is declared as its contents",
    ]


@pytest.mark.parametrize("name", [FIRST, FIRST.upper(), "META-INF/Container.xml"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_are_unique(finished: Finished, name: str) -> None:
    """Of two files of one name, or nearly, some reading systems show the other one."""
    data = finished.repacked({}, {name: ("<p>Lies.</p>", ZIP_DEFLATED)})

    assert "more than one file" in _said(finished, data)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("mimetype", ".*", "text/plain", "does not say that it is an EPUB"),
        (
            PACKAGE, r'(03-one.xhtml"[^>]*)application/xhtml\+xml', r"\1text/plain",
            f"its page “{FIRST}” is declared as text/plain",
        ),
        (
            PACKAGE, r'(nav.xhtml"[^>]*)application/xhtml\+xml', r"\1text/html",
            f"its page “{GUIDE}” is declared as text/html",
        ),
    ],
)  # fmt: skip
def test_what_no_reader_opens(finished: Finished, name: str, old: str, new: str, said: str) -> None:
    """A file that is declared as something else is shown by no reading system."""
    text, times = re.subn(old, new, finished.read(name), count=1, flags=re.DOTALL)

    assert times == 1
    assert said in _said(finished, finished.repacked({name: text}))


def test_an_epub_without_its_kind(finished: Finished) -> None:
    """An archive that does not say what it is is none to a reading system."""
    assert _said(finished, finished.repacked({"mimetype": None})) == "it has no “mimetype”"


def test_encrypted(finished: Finished) -> None:
    """The press encrypts nothing: what is said to be encrypted cannot be read."""
    added = {"META-INF/encryption.xml": ("<encryption/>", ZIP_DEFLATED)}

    assert _said(finished, finished.repacked({}, added)) == "parts of it are encrypted"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(<nav[^>]*toc[^>]*)>", r'\1 hidden="hidden">'),
        ("<body", '<body style="display: none"'),
        ("<body", '<body style="opacity: 0"'),
    ],
)
def test_contents_that_are_hidden(finished: Finished, old: str, new: str) -> None:
    """Contents that nobody sees list nothing."""
    said = finished.said_of(GUIDE, old, new)

    assert {code for code, _, _ in said} == {"text-missing"}
    assert len(said) == 3


@pytest.mark.parametrize("how", [ZIP_BZIP2, ZIP_LZMA])
def test_packed_as_no_epub_may_be(finished: Finished, how: int) -> None:
    """A file that is packed in another way is refused before it is unpacked."""
    data = finished.repacked({FIRST: None}, {FIRST: (finished.read(FIRST), how)})

    assert _said(finished, data) == f"its file “{FIRST}” is packed as no EPUB may be"


def test_damaged(finished: Finished) -> None:
    """A file whose packed bytes are not sound is named, without a program's words."""
    whole = finished.repacked({FIRST: None}, {FIRST: (finished.read(FIRST), ZIP_DEFLATED)})
    begin = whole.index(FIRST.encode()) + len(FIRST)
    data = whole[:begin] + b"\xff" * 40 + whole[begin + 40 :]

    assert _said(finished, data) == f"its file “{FIRST}” is damaged"


@pytest.mark.parametrize(("size", "names"), [(1_000_001, ["red"]), (999_999, ["red", "blue"])])
def test_too_large(
    finished: Finished, monkeypatch: pytest.MonkeyPatch, size: int, names: list[str]
) -> None:
    """A file that becomes too large, alone or with others, is refused; others are not unpacked."""
    monkeypatch.setattr(package, "LARGEST", 1_000_000)
    monkeypatch.setattr(package, "LARGEST_OF_ALL", 2_000_000)
    large = ("x" * size, ZIP_DEFLATED)
    images = {f"EPUB/images/{name}.png": large for name in names}
    gone = dict.fromkeys(images)
    stray = finished.repacked({}, {f"EPUB/stray-{n}.txt": large for n in range(3)})

    said = _said(finished, finished.repacked(gone, images))

    assert said.endswith("it is too large to be unpacked")
    assert prove_ebook(stray, finished.rendition, ()) == ()
