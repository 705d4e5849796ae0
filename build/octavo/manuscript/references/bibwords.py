"""The words of BibTeX and BibLaTeX: kinds of entries, fields, and values that are words."""

from __future__ import annotations

from octavo.project.words import LANGUAGES

KINDS = frozenset(
    """
    article artwork audio bibnote book bookinbook booklet collection commentary conference dataset
    electronic image inbook incollection inproceedings inreference jurisdiction legal legislation
    letter manual mastersthesis misc movie music mvbook mvcollection mvproceedings mvreference
    newsarticle online patent performance periodical phdthesis proceedings reference report review
    set software standard suppbook suppcollection suppperiodical techreport thesis unpublished
    video www xdata
    """.split()
)
"""Kinds of entries (BibLaTeX manual 3.20, 2.1), and old names of some."""

FIELDS = frozenset(
    """
    abstract accessed acmid address addendum afterword annotation annotator annote archive
    archiveprefix articleno author authortype bibsource biburl bookauthor bookpagination
    booksubtitle booktitle booktitleaddon chapter collaboration comment commentator copyright
    crossref date day doi edition editor editora editorb editorc editortype eid endday endmonth
    endyear entryset entrysubtype eprint eprintclass eprinttype eventdate eventday eventmonth
    eventtitle eventyear file foreword gender group groups holder howpublished hyphenation ids
    indexsorttitle indextitle institution introduction isan isbn ismn isrn issn issue issue_date
    issuesubtitle issuetitle issuetitleaddon iswc journal journalsubtitle journaltitle key keyword
    keywords label langid langidopts language library location mainsubtitle maintitle
    maintitleaddon month mrnumber nameaddon note number numpages numvolumes options organization
    origdate origday origlanguage origlocation origmonth origpublisher origtitle origyear owner
    pages pagetotal pagination part pmcid pmid price primaryclass publisher pubstate related
    relatedoptions relatedstring relatedtype review reprinttitle school series shortauthor
    shorteditor shorthand shortjournal shortseries shorttitle size sortkey sortname sorttitle
    sortyear subtitle timestamp title titleaddon translator type url urlaccessdate urldate urlday
    urlmonth urlyear usera venue version volume volumes volumetitle xdata xref year zblnumber
    """.split()
)
"""Names of fields that are no misspelling of another (BibLaTeX manual 3.20, 2.2, and the fields
that reference managers add)."""

PRINTED = frozenset(
    """
    addendum afterword annotator articleno bookauthor booksubtitle booktitle booktitleaddon
    collaboration commentator editora editorb editorc eventtitle eventtitleaddon foreword holder
    howpublished institution introduction issuesubtitle issuetitle issuetitleaddon journal
    journalsubtitle journaltitle library mainsubtitle maintitle maintitleaddon nameaddon note
    organization origlocation origpublisher origtitle publisher pubstate reprinttitle school series
    shortauthor shorttitle subtitle titleaddon translator venue version
    """.split()
)
"""Fields whose words are meant for the reader, and stand in what CSL makes of the entry."""

PEOPLE = frozenset(
    """
    afterword annotator author bookauthor commentator editor editora editorb editorc foreword
    introduction translator
    """.split()
)
"""Fields that are names, joined by “and”."""

RAW = frozenset(
    "abstract annotation annote biburl comment doi eprint file ids isbn issn pdf review url".split()
)
"""Fields in which a percent sign hides nothing that is printed."""

WORDS = frozenset(
    """
    jan feb mar apr may jun jul aug sep oct nov dec january february march april june july august
    september october november december mathesis bathesis phdthesis candthesis resreport techreport
    software audiocd datacd video patent patentus patentuk patentde patenteu patentfr patreq
    inpreparation submitted forthcoming inpress prepublished
    """.split()
)
"""Words that stand for text without being defined in the file."""

TONGUES = LANGUAGES | {
    "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "eng": "en", "ngerman": "de", "austrian": "de-AT", "naustrian": "de-AT",
    "swissgerman": "de-CH", "nswissgerman": "de-CH", "deutsch": "de", "français": "fr",
    "francais": "fr", "canadien": "fr-CA", "español": "es", "castellano": "es", "italiano": "it",
    "nederlands": "nl", "português": "pt", "brazil": "pt-BR", "brazilian": "pt-BR",
    "svenska": "sv", "dansk": "da", "norsk": "nb", "nynorsk": "nn", "polski": "pl",
}  # fmt: skip
"""Languages by their English names, by those of LaTeX (babel), and by some of their own."""
