"""What the places in a work are called: pages, chapters, verses, by language.

What stands in the table is what CSL's locales call these places, and so what citeproc takes for
a label in that language.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

KINDS = (
    "book chapter column figure folio issue line note opus page paragraph part section"
    " sub-verbo verse volume".split()
)
"""The places that citeproc reads from a text (CSL 1.0.2, “Locators”, without the later ones)."""
LABELS = {
    "en": (
        "book|books|bk.|bks.; chapter|chapters|chap.|chaps.|c.|cc.; "
        "column|columns|col.|cols.; figure|figures|fig.|figs.; folio|folios|fol.|fols.; "
        "issue|issues|no.|nos.; line|lines|l.|ll.; note|notes|n.|nn.; opus|opera|op.|opp.; "
        "page|pages|p.|pp.; paragraph|paragraphs|para.|paras.|¶|¶¶; part|parts|pt.|pts.; "
        "section|sections|sec.|secs.|§|§§; sub verbo|sub verbis|s.v.|s.vv.; "
        "verse|verses|v.|vv.; volume|volumes|vol.|vols."
    ),
    "cs": (
        "kniha|knihy|k.; kapitola|kapitoly|kap.; sloupec|sloupce|sl.; obrázek|obrázky|obr.;"
        " list|listy|l.; číslo|čísla|č.; řádek|řádky|ř.; poznámka|poznámky|pozn.; "
        "opus|opusy|op.; strana|strany|s.; odstavec|odstavce|odst.|¶|¶¶; část|části; "
        "sekce|sek.|§|§§; pod heslem|pod hesly|s.v.; verš|verše|v.; ročník|ročníky|roč."
    ),
    "da": (
        "bog|bøger|b.; kapitel|kapitler|kap.; kolonne|kolonner|kol.; figur|figurer|fig.; "
        "folio|fol.; nummer|numre|nr.; linje|linjer|l.; note|noter|n.; opus|op.; "
        "side|sider|s.; afsnit|afs.|¶|¶¶; del|dele|d.; paragraf|paragraffer|par.|§|§§; sub "
        "voce|s.v.; vers|v.; bind|bd."
    ),
    "de": (
        "buch|bücher|b.; kapitel|kap.; spalte|spalten|sp.; abbildung|abbildungen|abb.; "
        "blatt|blätter|fol.; nummer|nummern|nr.; zeile|zeilen|z.; "
        "anmerkung|anmerkungen|anm.; opus|opera|op.; seite|seiten|s.; "
        "absatz|absätze|abs.|¶|¶¶; teil|teile; abschnitt|abschnitte|abschn.|§|§§; sub "
        "verbo|sub verbis|s. v.|s. vv.; vers|verse|v.; band|bände|bd.|bde."
    ),
    "es": (
        "libro|libros|lib.; capítulo|capítulos|cap.; columna|columnas|col.; "
        "figura|figuras|fig.; folio|folios|f.; número|números|n.º; línea|líneas|l.; "
        "nota|notas|n.; opus|opera|op.; página|páginas|p.|pp.; párrafo|párrafos|párr.|§; "
        "parte|partes|pt.; sección|secciones|sec.; sub voce|sub vocibus|s. v.|s. vv.; "
        "verso|versos|v.|vv.; volumen|volúmenes|vol.|vols."
    ),
    "fi": (
        "kirja|kirjat; luku|luvut; palsta|palstat; kuvio|kuviot|kuv.; folio|foliot|fol.; "
        "numero|numerot|nro; rivi|rivit|r.; huomautus|huomautukset|huom.; opus|opukset|op.;"
        " sivu|sivut|s.; kappale|kappaleet|¶|¶¶; osa|osat; §|§§; sub verbo|sub "
        "verbis|s.v.|s.vv.; säkeistö|säkeistöt|säk.; volyymi|volyymit|vol."
    ),
    "fr": (
        "livre|livres|liv.; chapitre|chapitres|chap.; colonne|colonnes|col.; "
        "figure|figures|fig.; folio|folios|fᵒ|fᵒˢ; numéro|numéros|nᵒ|nᵒˢ; ligne|lignes|l.; "
        "note|notes|n.; opus|op.; page|pages|p.; paragraphe|paragraphes|paragr.|§; "
        "partie|parties|part.; section|sections|sect.; sub verbo|sub verbis|s. v.|s. vv.; "
        "verset|versets|v.; volume|volumes|vol."
    ),
    "it": (
        "libro|libri|lib.; capitolo|capitoli|cap.|capp.; colonna|colonne|col.; "
        "figura|figure|fig.; foglio|fogli|fgl.; fascicolo|fascicoli|fasc.; riga|righe|r.; "
        "nota|note|n.; opera|opere|op.; pagina|pagine|p.|pp.; "
        "paragrafo|paragrafi|par.|¶|¶¶; parte|parti|pt.; sezione|sezioni|sez.|§|§§; sub "
        "verbo|sub verbis|s.v.|s.vv.; verso|versi|v.|vv.; volume|volumi|vol.|voll."
    ),
    "nb": (
        "bok; kapittel|kap.; kolonne|kol.; figur|fig.; folio|fol.; nummer|nr.; linje; note;"
        " opus|op.; side|s.; avsnitt|avsn.|¶|¶¶; del; paragraf|pargr.|§|§§; sub verbo|sub "
        "verbis|s.v.|s.vv.; vers|v.; bind|bd."
    ),
    "nl": (
        "boek|boeken|bk.; hoofdstuk|hoofdstukken|hfdst.; column|columns|col.; "
        "figuur|figuren|fig.; folio|f.; nummer|nummers|nr.; regel|regels|l.; "
        "aantekening|aantekeningen|n.; opus|opera|op.; pagina|p.|pp.; "
        "paragraaf|paragrafen|par.|¶|¶¶; deel|delen; sectie|secties|sec.|§|§§; sub "
        "verbo|sub verbis|s.v.|s.vv.; vers|versen|v.|vv.; volume|volumes|vol.|vols."
    ),
    "pl": (
        "książka|książki; rozdział|rozdziały|rozdz.; kolumna|kolumny|kol.; "
        "rycina|ryciny|ryc.; folio|fol.; "
        "numer|numery|nr; wiersz|wiersze|l.; "  # codespell:ignore numer
        "notatka|notatki|n.; opus|opera|op.; strona|strony|s.; akapit|akapity|akap.|¶|¶¶; "
        "część|części|cz.; sekcja|sekcje|sekc.|§|§§; sub verbo|sub verbis|s.v.|s.vv.; "
        "wers|wersy|w.; tom|tomy|t."
    ),
    "pt": (
        "livro|livros|liv.; capítulo|capítulos|cap.; coluna|colunas|col.; "
        "figura|figuras|fig.; fólio|fólios|f.; número|números|n.º; linha|linhas|l.; "
        "nota|notas|n.; opus|opera|op.; página|páginas|p.|pp.; "
        "parágrafo|parágrafos|par.|¶|¶¶; parte|partes|pt.; secção|secções|sec.|§|§§; sub "
        "verbo|sub verbis|s.v.|s.vv.; versículo|versículos|v|vv; volume|volumes|vol.|vols."
    ),
    "sv": (
        "bok|böcker; kapitel|kap.; kolumn|kolumner|kol.; figur|figurer|fig.; "
        "folio|folios|f.; nummer|nr; rad|rader|l.; not|noter|n.; opus|opera|op.; "
        "sida|sidor|s.; stycke|stycken|st.|¶|¶¶; del|delar; avsnitt|avs.|§|§§; sub "
        "verbo|sub verbis|s.v.|s.vv.; vers|verser; volym|volymer|vol."
    ),
}
"""By language: the words of each kind, in the order of ``KINDS``; the first is a whole word."""
ALSO = {
    "en": {"chapter": "ch.|chs.", "section": "sect.|sects.", "page": "pg.|pgs."}
    | {"paragraph": "par.|pars."},
    "de": {"page": "ss.", "volume": "bdd."},
    "es": {"page": "pág.|págs.", "chapter": "caps."},
    "fr": {"page": "pp.", "volume": "t.|tome|tomes"},
    "nl": {"page": "blz.|pagina’s", "folio": "folio’s", "volume": "dl."},
    "pl": {"page": "str.|ss."},
    "pt": {"page": "pág.|págs.", "chapter": "caps."},
    "cs": {"page": "str.", "volume": "svazek"},
    "sv": {"page": "sid."},
}
"""What authors write too, and citeproc does not read."""
OTHERS = frozenset(
    "act acts act. app app. apps. appendix appendices art art. arts. article articles can. canon"
    " eq eq. eqs. equation ex. example exercise loc. location no number rule sc. scene table"
    " tables tab. tbl. theorem thm. lemma title version item items plate plates pl. map".split()
)
"""Words before a number that are printed as they stand."""
AFTER_NUMBERS = frozenset(
    "passim note notes above below also through circa sqq seqq bis recto verso under"
    " infra supra folgende emphasis italics".split()
)
"""Words that may stand behind the number of a page without a comma."""
_SAME = {"no": "nb", "nn": "nb"}


class Labels(NamedTuple):
    """The labels that are read in a book of one language."""

    pattern: str
    """What finds a label, whatever its case."""
    kinds: dict[str, str]
    """Each label without dots and spaces, and its kind."""
    spelt: dict[str, str]
    """Each label without dots and spaces, and as it is written."""
    own: dict[str, str]
    """Each kind, and the word by which citeproc knows it in this language."""

    def kind(self, label: str) -> str:
        """Return what a label stands for, if it is one."""
        return self.kinds.get(bare(label), "")

    def pattern_of(self, kind: str) -> str:
        """Return what finds the labels of one kind."""
        return _any(word for name, word in self.spelt.items() if self.kinds[name] == kind)


@cache
def labels_of(language: str) -> Labels:
    """Return the labels of a language, and those of English where it has no other use for them."""
    primary = language.partition("-")[0].lower()
    primary = _SAME.get(primary, primary)
    kinds: dict[str, str] = {}
    spelt: dict[str, str] = {}
    for name in dict.fromkeys((primary, "en")):
        for kind, words in (*rows(name), *ALSO.get(name, {}).items()):
            for word in words.split("|"):
                kinds.setdefault(bare(word), kind)
                spelt.setdefault(bare(word), word)
    own = {kind: words.split("|")[0] for kind, words in rows(primary)}
    return Labels(_any(spelt.values()), kinds, spelt, own)


def rows(language: str) -> tuple[tuple[str, str], ...]:
    """Return each kind and its words, with ``|`` between them; nothing for an unknown language."""
    words = LABELS.get(language, "").split("; ")
    return tuple(zip(KINDS, words, strict=True)) if len(words) > 1 else ()


def _any(words: Iterable[str]) -> str:
    """Return the pattern of any of some labels, the longest first."""
    return "|".join(map(_pattern, sorted(words, key=lambda word: (-len(word), word))))


def _pattern(word: str) -> str:
    """Return the pattern of a label; without a dot, letters must stand apart from the number."""
    inside = re.escape(word.rstrip(".")).replace(r"\ ", r"\s?")
    return rf"{inside}(?:\.|(?=\s))" if word.rstrip(".")[-1].isalpha() else inside


def bare(label: str) -> str:
    """Return a label as labels are compared: without dots, spaces and capitals."""
    return re.sub(r"[\s.]", "", label).casefold()
