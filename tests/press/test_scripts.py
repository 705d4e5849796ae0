"""Faces of other scripts: loaded where a text has their letters, and nowhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from octavo.diagnostics import Location
from octavo.model import Book, Edition, Element, Leaf, Matter, Medium, Metadata, Rendition, Section
from octavo.press.fonts import characters_of, faces
from octavo.press.scripts import ARABIC, faces_of
from octavo.store import Store

STORE = Store()


def rendition(text: str) -> Rendition:
    """Return a book of one section."""
    section = Section("one", "chapter", Matter.BODY, Location("one.md", 1))
    book = Book(Metadata("A Book"), Edition("p", Medium.PDF), (section,), {}, {})
    return Rendition(book, (Leaf(section, Element("section", (), (text,)), "One"),), ())


@pytest.mark.parametrize("text", ["", "Words, слова, λόγοι: “… 12”"])
def test_other_books_cost_nothing(text: str) -> None:
    """A text in the design's own letters has the design's own faces."""
    assert faces_of(rendition(text), STORE) == faces(STORE)


def test_arabic_has_its_face() -> None:
    """One Arabic letter brings the family, upright and slanted, light and bold."""
    more = faces_of(rendition("the sea, البحر"), STORE)[len(faces(STORE)) :]

    assert {(face.family, face.weight, face.italic) for face in more} == {
        ("Amiri", 400, False),
        ("Amiri", 400, True),
        ("Amiri", 700, False),
        ("Amiri", 700, True),
    }
    assert all(set("البحر،؛؟«»٠١٢") <= characters_of(face) for face in more)


def test_the_press_s_own_words_count() -> None:
    """A title of the cover or the word across a draft may be the only Arabic there is."""
    plain = rendition("words")
    titled = replace(plain, book=replace(plain.book, metadata=Metadata("ضفتان")))
    draft = replace(plain.book, metadata=Metadata("T", language="ar"), draft=True)

    assert len(faces_of(titled, STORE)) == len(faces_of(plain, STORE)) + len(ARABIC.files)
    assert len(faces_of(replace(plain, book=draft), STORE)) == len(faces_of(titled, STORE))
