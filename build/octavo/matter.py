"""What each kind of section is: its place, its side, its furniture, its name in an EPUB.

One table, read by both editions.  Names of structure follow the EPUB Structural Semantics
Vocabulary 1.1 and Digital Publishing WAI-ARIA 1.1; sides and furniture follow the Chicago Manual
of Style, 18th edition, chapter 1 (display pages carry neither folio nor running head, the
copyright page stands on the title page's verso).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from octavo.model import Matter


class Side(StrEnum):
    """The side of the leaf on which a section begins."""

    RECTO = "recto"
    VERSO = "verso"
    NEXT = "next"
    """Whichever comes."""


DIVISIONS = {
    Matter.FRONT: "frontmatter",
    Matter.BODY: "bodymatter",
    Matter.BACK: "backmatter",
}
"""What the parts of a book are called in an EPUB."""

Numbering = Literal["", "part", "chapter", "appendix"]


@dataclass(frozen=True, slots=True)
class Role:
    """How a kind of section is treated."""

    matter: Matter
    """Where it stands unless ``contents`` puts it elsewhere."""
    epub_type: str = ""
    aria: str = ""
    side: Side = Side.RECTO
    furniture: bool = True
    """Whether its pages carry running heads and folios (the opening page has a folio only)."""
    listed: bool = True
    """Whether the contents page and the navigation name it."""
    numbering: Numbering = ""
    """The series that numbers it, if any."""
    term: str = ""
    """The key of its own name in ``words``, for a section without a heading of its own."""


FRONT, BODY, BACK = Matter.FRONT, Matter.BODY, Matter.BACK


def _display(
    matter: Matter, epub_type: str = "", aria: str = "", side: Side = Side.RECTO, term: str = ""
) -> Role:
    return Role(matter, epub_type, aria, side, furniture=False, listed=False, term=term)


ROLES: dict[str, Role] = {
    "half-title": _display(FRONT, "halftitlepage", term="half-title"),
    "frontispiece": _display(FRONT, "frontispiece", side=Side.VERSO, term="frontispiece"),
    "praise": _display(FRONT, term="praise"),
    "also-by": _display(FRONT, side=Side.NEXT, term="also-by"),
    "title-page": _display(FRONT, "titlepage", term="title-page"),
    "copyright": _display(FRONT, "copyright-page", side=Side.VERSO, term="copyright"),
    "dedication": _display(FRONT, "dedication", "doc-dedication", term="dedication"),
    "epigraph": _display(FRONT, "epigraph", "doc-epigraph", term="epigraph"),
    "contents": Role(FRONT, "toc", "doc-toc", listed=False, term="contents"),
    "list-of-figures": Role(FRONT, "loi", term="figures"),
    "list-of-tables": Role(FRONT, "lot", term="tables"),
    "list-of-listings": Role(FRONT, term="listings"),
    "foreword": Role(FRONT, "foreword", "doc-foreword", term="foreword"),
    "preface": Role(FRONT, "preface", "doc-preface", term="preface"),
    "acknowledgments": Role(
        FRONT, "acknowledgments", "doc-acknowledgments", term="acknowledgments"
    ),
    "introduction": Role(BODY, "introduction", "doc-introduction", term="introduction"),
    "prologue": Role(BODY, "prologue", "doc-prologue", term="prologue"),
    "part": Role(BODY, "part", "doc-part", numbering="part"),
    "chapter": Role(BODY, "chapter", "doc-chapter", numbering="chapter"),
    "conclusion": Role(BODY, "conclusion", "doc-conclusion", term="conclusion"),
    "epilogue": Role(BODY, "epilogue", "doc-epilogue", term="epilogue"),
    "afterword": Role(BACK, "afterword", "doc-afterword", term="afterword"),
    "appendix": Role(BACK, "appendix", "doc-appendix", numbering="appendix"),
    "abbreviations": Role(BACK, term="abbreviations"),
    "glossary": Role(BACK, "glossary", "doc-glossary", term="glossary"),
    "notes": Role(BACK, "endnotes", "doc-endnotes", term="notes"),
    "bibliography": Role(BACK, "bibliography", "doc-bibliography", term="bibliography"),
    "index": Role(BACK, "index", "doc-index", term="index"),
    "about-author": Role(BACK, term="about-author"),
    "contributors": Role(BACK, "contributors", term="contributors"),
    "colophon": Role(
        BACK, "colophon", "doc-colophon", furniture=False, listed=False, term="colophon"
    ),
    "front": Role(FRONT),
    "back": Role(BACK),
}
"""Every role a section can have.  ``front`` and ``back`` are sections with no special name."""

GENERATED = (
    "half-title",
    "title-page",
    "copyright",
    "contents",
    "list-of-figures",
    "list-of-tables",
    "list-of-listings",
    "abbreviations",
    "glossary",
    "notes",
    "bibliography",
    "index",
    "colophon",
)
"""Pages that the press makes by their name in ``contents``."""

_SEVERAL = ("index",)
"""Those of which a book may have several, each with a hyphen and a name behind it."""

HOMES = {name: role.matter for name, role in ROLES.items() if name not in {"part", "front", "back"}}
"""Where a file of that name stands when book.yaml does not say, in the order of a book."""

DEFAULTS = {FRONT: "front", BODY: "chapter", BACK: "back"}

_BETWEEN = re.compile(r"[\s_-]+")
_SPELLINGS = {
    **{_BETWEEN.sub("", name): name for name in ROLES},
    "acknowledgements": "acknowledgments",
    "abouttheauthor": "about-author",
    "abouttheauthors": "about-author",
    "copyrightpage": "copyright",
    "epilog": "epilogue",
    "prolog": "prologue",
    "tableofcontents": "contents",
}
"""How roles are spelt when capitals, spaces, hyphens and underscores are passed over."""
_OPENINGS = {"alsoby": "also-by", "appendix": "appendix", "praisefor": "praise"}
"""How the names of roles begin that go on with a name or a letter: ``Also by Jane Doe``."""


def role_of_page(name: str) -> str:
    """Return the role of a generated page: that of ``index-names`` is ``index``."""
    return next((page for page in _SEVERAL if name.startswith(f"{page}-")), name)


def role_named(name: str) -> str:
    """Return the role that a name spells (``About the Author``), or nothing."""
    word = _BETWEEN.sub("", name).casefold()
    begun = (role for opening, role in _OPENINGS.items() if word.startswith(opening))
    return _SPELLINGS.get(word) or next(begun, "")


def role_of(stem: str, header_role: str, matter: Matter, *, opens_part: bool) -> str:
    """Return a file's role: what its header says, what its name says, or what its place says."""
    if header_role:
        return role_named(header_role) or header_role
    if opens_part:
        return "part"
    return role_named(stem) or DEFAULTS[matter]
