"""Laws of the table of roles."""

from __future__ import annotations

import pytest

from octavo.book.words import words
from octavo.matter import DEFAULTS, GENERATED, HOMES, ROLES, Side, role_named, role_of
from octavo.model import Matter

DISPLAY = ("half-title", "title-page", "copyright", "dedication", "epigraph")


def test_a_header_goes_before_a_name_and_a_name_before_a_place() -> None:
    """The role is what the header says, else what the file is called, else what its place says."""
    body = Matter.BODY

    assert role_of("preface", "foreword", body, opens_part=True) == "foreword"
    assert role_of("preface", "", body, opens_part=True) == "part"
    assert role_of("preface", "", body, opens_part=False) == "preface"
    assert role_of("one", "", body, opens_part=False) == "chapter"


@pytest.mark.parametrize("role", list(ROLES))
def test_a_role_is_known_in_whatever_spelling(role: str) -> None:
    """Capitals, hyphens, spaces and underscores do not make another name."""
    spellings = (role, role.title(), role.upper().replace("-", "_"), role.replace("-", " "))

    assert {role_named(spelling) for spelling in spellings} == {role}


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Acknowledgements", "acknowledgments"),
        ("About the Authors", "about-author"),
        ("also-by-anna-berg", "also-by"),
        ("Praise for Space", "praise"),
        ("Appendix B", "appendix"),
        ("Table of Contents", "contents"),
        ("Prolog", "prologue"),
        ("preface-2", ""),
        ("by", ""),
        ("", ""),
    ],
)
def test_a_role_has_the_names_that_authors_give_it(name: str, role: str) -> None:
    """British and longer names are the same role; a name that only resembles one is none."""
    assert role_named(name) == role


def test_a_header_may_spell_a_role_as_a_file_may() -> None:
    """What a header says is read like a name, and kept as it is if it is none."""
    body = Matter.BODY

    assert role_of("one", "About the Author", body, opens_part=False) == "about-author"
    assert role_of("one", "dedcation", body, opens_part=False) == "dedcation"


@pytest.mark.parametrize("matter", list(Matter))
def test_every_division_has_a_plain_role_of_its_own(matter: Matter) -> None:
    """A file without a special name becomes a section of the division it stands in."""
    assert ROLES[DEFAULTS[matter]].matter is matter


def test_generated_pages_are_roles_with_names() -> None:
    """Each page that the press makes has a role, a home and a name in every language."""
    for page in GENERATED:
        assert ROLES[page].term in words("en").titles
        assert ROLES[page].term in words("de").titles
        assert page in HOMES


def test_homes_run_through_the_book_in_order() -> None:
    """Listed by home, front matter comes before the body and the body before the back."""
    order = [list(Matter).index(matter) for matter in HOMES.values()]

    assert order == sorted(order)


def test_display_pages_bear_no_furniture_and_are_not_listed() -> None:
    """Neither folio nor running head stands on a display page, nor its name in the contents."""
    shown = [ROLES[name] for name in DISPLAY]

    assert not any(role.furniture or role.listed for role in shown)
    assert ROLES["copyright"].side is Side.VERSO


def test_every_role_without_a_number_has_a_name_of_its_own() -> None:
    """What is listed can be named though its file has no heading; ``front`` and ``back`` cannot."""
    nameless = {name for name, role in ROLES.items() if not (role.term or role.numbering)}

    assert nameless == {"front", "back"}
