"""The words that book.yaml knows: kinds of page, roles, sizes, languages."""

from __future__ import annotations

from octavo.matter import GENERATED
from octavo.model import Trim

UNUSUAL = frozenset({"colophon", "list-of-figures", "list-of-tables", "list-of-listings"})
"""The generated pages that a book has only where its contents name them."""
USUAL = tuple(name for name in GENERATED if name not in UNUSUAL)
"""The generated pages of a book whose contents name none, but for further indexes."""
DRAWN_UP = frozenset(
    {
        "contents",
        "notes",
        "bibliography",
        "index",
        *(name for name in GENERATED if "list-of" in name),
    }
)
"""The generated pages that are made of what the rest of the book says."""

NO_LABEL = "none"
"""What ``labels`` says of a series that has neither word nor number."""

CONTRIBUTOR_ROLES = (
    "author", "editor", "translator", "illustrator", "photographer", "foreword", "preface",
    "introduction", "afterword", "contributor", "compiler", "narrator", "designer",
    "cover-designer",
)  # fmt: skip
"""What a contributor can have done; ``foreword`` and its like mean who wrote that piece."""

POINTS = {"in": 72.0, "mm": 72 / 25.4, "cm": 720 / 25.4}
"""Points in one unit of length."""
SMALLEST, LARGEST = Trim(4 * 72.0, 6 * 72.0), Trim(8.5 * 72.0, 11.7 * 72.0)
"""What printers on demand take: 4 x 6 in to 8.5 x 11.7 in."""


def _inches(width: float, height: float) -> Trim:
    return Trim(width * POINTS["in"], height * POINTS["in"])


def _millimetres(width: float, height: float) -> Trim:
    return Trim(width * POINTS["mm"], height * POINTS["mm"])


TRIMS: dict[str, Trim] = {
    "pocket": _inches(4.25, 6.87),
    "digest": _inches(5.5, 8.5),
    "us-trade": _inches(6, 9),
    "letter": _inches(8.5, 11),
    "a-format": _millimetres(110, 178),
    "b-format": _millimetres(129, 198),
    "demy": _millimetres(138, 216),
    "royal": _millimetres(156, 234),
    "crown-quarto": _millimetres(189, 246),
    "a5": _millimetres(148, 210),
    "b5": _millimetres(176, 250),
    "a4": _millimetres(210, 297),
}
"""Sizes of books by their names in the trade."""

LANGUAGES: dict[str, str] = {
    "arabic": "ar", "bulgarian": "bg", "catalan": "ca", "chinese": "zh", "croatian": "hr",
    "czech": "cs", "danish": "da", "dutch": "nl", "english": "en", "estonian": "et",
    "finnish": "fi", "french": "fr", "german": "de", "greek": "el", "hebrew": "he",
    "hindi": "hi", "hungarian": "hu", "icelandic": "is", "indonesian": "id", "irish": "ga",
    "italian": "it", "japanese": "ja", "korean": "ko", "latin": "la", "latvian": "lv",
    "lithuanian": "lt", "norwegian": "nb", "persian": "fa", "polish": "pl", "portuguese": "pt",
    "romanian": "ro", "russian": "ru", "serbian": "sr", "slovak": "sk", "slovenian": "sl",
    "spanish": "es", "swedish": "sv", "turkish": "tr", "ukrainian": "uk", "vietnamese": "vi",
    "welsh": "cy",
}  # fmt: skip
"""Languages by their English names, for an author who writes the name and not the tag."""
COMMON_TAGS = frozenset(
    "en en-US en-GB en-AU en-CA en-IE en-IN en-NZ en-ZA de de-DE de-AT de-CH fr fr-FR fr-CA fr-BE"
    " fr-CH es es-ES es-MX es-AR es-CO it it-IT pt pt-PT pt-BR nl nl-NL nl-BE sv sv-SE da da-DK"
    " nb nb-NO nn fi fi-FI pl pl-PL cs cs-CZ ru ru-RU uk uk-UA el el-GR tr tr-TR ja ja-JP ko"
    " ko-KR zh zh-CN zh-TW ar he la".split()
)
"""Tags known without asking the registry, which takes ten times as long to load as a book.yaml."""

SOURCE_TYPES = tuple(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic
    collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic
    hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet
    paper-conference patent performance periodical personal_communication post post-weblog
    regulation report review review-book software song speech standard thesis treaty webpage
    """.split()
)
"""Every type of source in CSL 1.0.2 (appendix III)."""
BIBTEX_TYPES: dict[str, tuple[str, ...]] = {
    "article": ("article", "article-journal", "article-magazine", "article-newspaper"),
    "newsarticle": ("article-newspaper",),
    **dict.fromkeys(("artwork", "image"), ("graphic",)),
    **dict.fromkeys(("audio", "music"), ("song",)),
    **dict.fromkeys(("bookinbook", "inbook", "incollection", "suppbook"), ("chapter",)),
    "booklet": ("pamphlet",),
    **dict.fromkeys(("conference", "inproceedings"), ("paper-conference",)),
    **dict.fromkeys(("electronic", "online", "www"), ("webpage",)),
    "inreference": ("entry", "entry-dictionary", "entry-encyclopedia"),
    "jurisdiction": ("legal_case",),
    "letter": ("personal_communication",),
    **dict.fromkeys(("mastersthesis", "phdthesis"), ("thesis",)),
    "misc": ("", "document"),
    **dict.fromkeys(("movie", "video"), ("motion_picture",)),
    "techreport": ("report",),
    "unpublished": ("manuscript", "speech"),
}
"""Kinds of entries in BibTeX and BibLaTeX, and the types that their sources have in CSL."""
