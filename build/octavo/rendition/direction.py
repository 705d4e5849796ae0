"""Which way a language is read: the way of the script that it is written in."""

from __future__ import annotations

from functools import cache
from typing import Literal

_RIGHT_TO_LEFT = frozenset(
    "Adlm Arab Aran Armi Avst Chrs Cprt Elym Hatr Hebr Hung Khar Lydi Mand Mani Mend Merc Mero"
    " Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Syre Syrj"
    " Syrn Thaa Todr Yezi".split()
)
"""Scripts that run from right to left, by their names in ISO 15924."""


@cache
def direction(language: str) -> Literal["ltr", "rtl"]:
    """Return the direction in which a language is read, by its BCP 47 tag."""
    from langcodes import Language  # noqa: PLC0415  (slow, and needed only for a book that is made)

    script = Language.get(language).maximize().script
    return "rtl" if script in _RIGHT_TO_LEFT else "ltr"


def spoken(language: str) -> dict[str, str]:
    """Return the attributes of a document in a language: what it is, and its way if unusual."""
    return {"lang": language, **({"dir": "rtl"} if direction(language) == "rtl" else {})}
