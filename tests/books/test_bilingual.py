"""A book in English and Arabic, and one in Arabic alone, in both editions."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner

from octavo.cli import main
from octavo.markup import walk
from octavo.model import Medium

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import LittleBook

UUID = "identifier: urn:uuid:0b7e7a80-1111-4c4c-8d8d-5e5e5e5e5e5e\n"
ENGLISH = """# The First Shore

They call it [النهر]{lang=ar dir=rtl}, "the river".[^1]

::: {lang=ar dir=rtl}
كان النهر "قديمًا"، وكانت المراكب تعبره (حين يهدأ الهواء). وفي سنة 1912 بُني الجسر.
:::

| English | Arabic | Year |
|---------|--------|-----:|
| bridge  | [جسر]{lang=ar dir=rtl} | 1912 |

[^1]: So says the map: [خريطة المدينة]{lang=ar dir=rtl}, page 12.
"""
ARABIC = """# الضفة الثانية {lang=ar dir=rtl}

::: {lang=ar dir=rtl}
للنهر اسمان: *النهر*، و**البحر الصغير**.[^2] ويقول الإنجليز [the river]{lang=en dir=ltr} فقط.

1. الجسر الأول
2. صُفَّت الحجارة ورتّبت

| الكلمة | المعنى | السنة |
|--------|--------|------:|
| جسر | bridge | 1912 |
| مركب | boat | 1850 |
:::

[^2]: [هكذا تقول الخريطة، الصفحة 12.]{lang=ar dir=rtl}
"""
WHOLE = """# الضفة الأولى

للنهر اسمان.[^1] في الشمال يسمونه "النهر"، وفي الجنوب يسمونه **البحر الصغير** (وهو اسم قديم).

وفي سنة 1912 بُني الجسر.

- حجر
- خشب `f(1);`

```
run();
```

[^1]: هكذا تقول الخريطة، الصفحة 12–14.
"""


def bilingual(book: LittleBook) -> LittleBook:
    (book.folder / "chapter.md").unlink(missing_ok=True)
    return book.add(
        book_yaml="title: Two Shores\nsubtitle: ضفتان\n" + UUID + "contents: [one.md, two.md]\n",
        one_md=ENGLISH,
        two_md=ARABIC,
    )


def arabic(book: LittleBook) -> LittleBook:
    front = "contents:\n  front: [half-title, title-page, copyright, contents]\n"
    return book.add(
        book_yaml="title: ضفتان\nlanguage: ar\n" + UUID + front + "  body: [chapter.md]\n",
        chapter_md=WHOLE,
    )


@pytest.mark.parametrize("kind", [bilingual, arabic])
def test_both_editions_are_whole_and_valid(
    kind: Callable[[LittleBook], LittleBook], book: LittleBook
) -> None:
    """The proof finds every word, and EPUBCheck nothing."""
    kind(book)

    built = book.octavo("build")
    checked = book.octavo("check", "--epub")
    assert (built.code, checked.code) == (0, 0), built.said + checked.said
    assert checked.said.strip() == "No errors."


def test_arabic_letters_are_in_the_files_and_read_in_order(book: LittleBook) -> None:
    """Its face is embedded in both; what a reader copies from the PDF is the text."""
    bilingual(book).octavo("build")

    names = ZipFile(BytesIO(book.made("epub"))).namelist()
    assert "EPUB/fonts/Amiri-Regular.ttf" in names
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(book.made("pdf"))
    )
    assert "للنهر اسمان" in text


def test_a_book_without_arabic_has_no_face_for_it(book: LittleBook) -> None:
    """Other books cost nothing."""
    book.octavo("build")

    names = ZipFile(BytesIO(book.made("epub"))).namelist()
    assert [name for name in names if "Amiri" in name] == []


def test_a_book_from_right_to_left_says_so(book: LittleBook) -> None:
    """Pages are turned to the right: in the EPUB's spine, and in a viewer of the PDF."""
    arabic(book).octavo("build")

    package = ZipFile(BytesIO(book.made("epub"))).read("EPUB/content.opf").decode()
    assert 'page-progression-direction="rtl"' in package
    text = ZipFile(BytesIO(book.made("epub"))).read("EPUB/text/05-chapter.xhtml").decode()
    assert '<code dir="ltr">f(1);</code>' in text
    assert re.search('<pre[^>]* dir="ltr"><code><span class="line">run', text)
    with pikepdf.open(BytesIO(book.made("pdf"))) as pdf:
        assert pdf.Root.ViewerPreferences.Direction == pikepdf.Name.R2L


@pytest.mark.parametrize("lost", ["الإنجليز", "الهواء", "مركب", "خريطة", "الأول"])
def test_a_lost_arabic_word_is_told(lost: str, book: LittleBook) -> None:
    """A PDF that lacks one word of the manuscript does not pass, wherever the word stood."""
    whole = bilingual(book)
    whole.add(one_md=ENGLISH.replace(lost, ""), two_md=ARABIC.replace(lost, ""))
    assert whole.octavo("build").code == 0
    (made,) = (book.folder / "out").glob("*.pdf")
    bilingual(book)

    proved = CliRunner().invoke(main, ["prove", str(made)])
    assert proved.exit_code == 1
    assert lost in proved.output
    assert re.search(r"text-(missing|changed)", proved.output)


def test_an_arabic_index_is_found_by_another_reader(book: LittleBook) -> None:
    """A glyph that only joins letters says nothing: what is copied is the page's title alone."""
    arabic(book).add(chapter_md=WHOLE + "\nوالجزر يتبع [المد]{.index}.\n")
    settings = (book.folder / "book.yaml").read_text()
    book.add(book_yaml=settings + "  back: [index]\n")

    built = book.octavo("build")
    assert built.code == 0, built.said
    document = pypdfium2.PdfDocument(book.made("pdf"))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    assert "الكشاف" in text.replace("\u200d", "")


def test_lines_of_code_are_numbered_in_an_arabic_book(book: LittleBook) -> None:
    """A listing among text that runs to the left has its lines and their numbers, as elsewhere."""
    code = '\n``` {.python .numbered highlight="2"}\nx = 1\ny = 2\n```\n'
    for medium in Medium:
        content = arabic(book).add(chapter_md=WHOLE + code).proof(medium).leaf("chapter").content
        *_, listing = (e for e in walk(content) if e.tag == "pre")
        lines = [e for e in walk(listing) if "line" in e.classes]

        assert listing.get("dir") == "ltr"
        assert [(e.get("data-number"), "lit" in e.classes) for e in lines] == [
            ("1", False),
            ("2", True),
        ]


NUMBERS = """
| كلمة | عدد |
|------|----:|
| جسر | 12.5 |
| مركب | 3.75 |

Table: أعداد {decimal="2"}
"""


@pytest.mark.parametrize("language", ["ar", "en"])
def test_points_align_among_text_from_right_to_left(language: str, book: LittleBook) -> None:
    """The points of a column stand below each other; in the EPUB each cell says its direction."""
    arabic(book).add(chapter_md=f"# النهر\n\n::: {{dir=rtl}}\n{NUMBERS}\n:::\n")
    settings = (
        (book.folder / "book.yaml").read_text().replace("language: ar", f"language: {language}")
    )
    built = book.add(book_yaml=settings).octavo("build")
    assert built.code == 0, built.said

    pages = [page.get_textpage() for page in pypdfium2.PdfDocument(book.made("pdf"))]
    points = [
        text.get_charbox(at)[0]
        for text in pages
        for at in range(text.count_chars())
        if text.get_text_range(at, 1) == "."
    ]
    assert points == [pytest.approx(points[0], abs=0.1)] * 2
    made = ZipFile(BytesIO(book.made("epub")))
    said = "".join(made.read(name).decode() for name in made.namelist() if name.endswith("xhtml"))
    assert len(re.findall('<td[^>]* data-decimal="0?" dir="ltr">', said)) == 2
