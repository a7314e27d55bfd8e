"""IPLOS: what the municipality reports of a person's ability to manage, and how a score is read.

The variables are list 9111, the dwelling list 9112. The scores have no number in the national series that
could be found, so they have a system of ours. A display that begins in lower case is a short name of ours.
"""

from fellesjournal.norway.codes.lists import CodeList, code_list, codes

_SOURCE = "Helsedirektoratet: IPLOS questions and answers; HL7 Norway: FHIR-hackathon-2025-okt-ig"

VARIABLE = code_list(
    9111,
    "IPLOS-variabler",
    _SOURCE,
    """
1 Sosial deltakelse
2 Skaffe seg varer og tjenester
3 Beslutninger i dagliglivet
4 Ivareta egen helse
5 Bevege seg innendørs
6 Alminnelig husarbeid
7 Personlig hygiene
8 På- og avkledning
9 Lage mat
10 Spise
11 Toalett
12 Bevege seg utendørs
13 Syn
14 Hørsel
15 Hukommelse
16 Kommunikasjon
17 Styre atferd
18 økonomi
19 initiativ
20 trygghet
""",
    complete=False,
)

DWELLING = code_list(
    9112,
    "Boform",
    _SOURCE,
    """
1 ordinær bolig
2 kommunal bolig som ikke er omsorgsbolig
3 omsorgsbolig
4 aldershjem
5 sykehjem
8 annen institusjon
""",
    complete=False,
)
"""Code 6 (UFB) is left out: what the letters stand for was not found."""

SCORE = CodeList(
    "https://fellesjournal.no/fhir/CodeSystem/iplos-score",
    "IPLOS-skår",
    codes(
        """
1 Ingen problem eller utfordring
2 Ikke behov for personbistand
3 Middels behov: utfører deler selv, bistandsyter kan gå til og fra
4 Store behov: bistandsyter må være til stede hele tiden
5 Fullt bistandsbehov
9 Ikke relevant
"""
    ),
    _SOURCE,
    complete=True,
)
"""The scores of a variable, in our words. Higher is more help; 9 is no score and takes no part in a mean."""

HELP_FROM = 3
"""The lowest score at which another person's help is needed."""

LISTS: tuple[CodeList, ...] = (VARIABLE, DWELLING, SCORE)


def needs_help(score: str) -> bool:
    """Whether a score says that another person must help. Raises ValueError for what is no score."""
    if SCORE.find(score) is None:
        known = ", ".join(one.code for one in SCORE.codes)
        raise ValueError(f"'{score}' is not an IPLOS score: it is one of {known}.")
    return score != "9" and int(score) >= HELP_FROM
