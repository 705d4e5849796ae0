"""What authors call citation styles, and what their files are called."""

from __future__ import annotations

import re

ALIASES = {
    "ama": "american-medical-association",
    "apa-7": "apa",
    "apa-7th-edition": "apa",
    "apa7": "apa",
    "chicago": "chicago-author-date",
    "chicago-17": "chicago-author-date-17th-edition",
    "chicago-18": "chicago-author-date",
    "chicago-ibid": "chicago-notes-bibliography-subsequent-ibid",
    "chicago-notes": "chicago-notes-bibliography",
    "chicago-notes-ibid": "chicago-notes-bibliography-subsequent-ibid",
    "citing-medicine": "nlm-citation-sequence",
    "cite-them-right": "harvard-cite-them-right",
    "din-iso-690": "iso690-author-date-de",
    "hart": "new-harts-rules-notes",
    "harts-rules": "new-harts-rules-notes",
    "harvard": "harvard-cite-them-right",
    "iso-690": "iso690-author-date-en",
    "iso-690-de": "iso690-author-date-de",
    "iso-690-fr": "iso690-author-date-fr",
    "iso-690-numeric": "iso690-numeric-en",
    "iso690": "iso690-author-date-en",
    "iso690-de": "iso690-author-date-de",
    "iso690-fr": "iso690-author-date-fr",
    "iso690-numeric": "iso690-numeric-en",
    "mhra": "mhra-notes",
    "mla": "modern-language-association",
    "mla-9": "modern-language-association",
    "mla9": "modern-language-association",
    "new-harts-rules": "new-harts-rules-notes",
    "nlm": "nlm-citation-sequence",
    "turabian": "turabian-author-date",
    "turabian-notes": "turabian-notes-bibliography",
    "vancouver": "nlm-citation-sequence",
}
"""Short names; where a manual has both, the bare name is its author and date, not its notes."""

RENAMED = {
    "apa-5th-edition": "apa",
    "apa-no-doi-no-issue": "apa",
    "apa-old-doi-prefix": "apa",
    "apa5th": "apa",
    "chicago-author-date-no-em-dash": "chicago-author-date",
    "chicago-fullnote-bibliography": "chicago-notes-bibliography",
    "chicago-fullnote-bibliography-no-em-dash": "chicago-notes-bibliography",
    "chicago-fullnote-bibliography-no-ibid": "chicago-notes-bibliography",
    "chicago-fullnote-bibliography-short-title-subsequent": "chicago-notes-bibliography",
    "chicago-fullnote-bibliography-with-ibid": "chicago-notes-bibliography-subsequent-ibid",
    "harvard1": "harvard-cite-them-right",
    "ieee-w-url": "ieee",
    "ieee-with-url": "ieee",
    "mhra_note_without_bibliography": "mhra-notes",
    "mla-underline": "modern-language-association",
    "mla-url": "modern-language-association",
    "modern-humanities-research-association": "mhra-notes",
    "modern-humanities-research-association-notes": "mhra-notes",
    "modern-language-association-7th-edition": "modern-language-association",
    "modern-language-association-7th-edition-underline": "modern-language-association",
    "modern-language-association-7th-edition-with-url": "modern-language-association",
    "modern-language-association-8th-edition": "modern-language-association",
    "modern-language-association-underline": "modern-language-association",
    "modern-language-association-with-url": "modern-language-association",
    "turabian-fullnote-bibliography": "turabian-notes-bibliography",
    "turabian-fullnote-bibliography-no-ibid": "turabian-notes-bibliography",
    "university-of-york-mhra": "mhra-notes",
    "university-of-york-oscola": "oscola",
}
"""Names that bundled styles once had (``renamed-styles.json`` of the Citation Style Language)."""


def tidied(name: str) -> str:
    """Return a name as files are called: small letters, a hyphen between words, no apostrophes."""
    return re.sub(r"[\s_-]+", "-", re.sub("['’]", "", name.strip().casefold()))


def current(name: str) -> str:
    """Return what a style is called today; a name that is no old or short one stays as it is."""
    short = tidied(name)
    return ALIASES.get(short) or _RENAMED.get(short, short)


_RENAMED = {tidied(old): new for old, new in RENAMED.items()}
