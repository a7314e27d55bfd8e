"""About help with medicines in the municipality's care."""

from fellesjournal.norway.codes.lists import CodeList, code_list

_STYLESHEET = "Norsk helsenett: Pasientens-journaldokumenter, kodeverk.xsl of 2016-08-17"

USE = code_list(
    9101,
    "Type legemiddelbruk",
    _STYLESHEET,
    """
1 Fast
2 Kur
3 Ved behov
4 Vaksine
5 Næringsmiddel/vitaminer
""",
)

MULTIDOSE = code_list(
    9103,
    "Multidose",
    _STYLESHEET,
    """
1 Legemiddeldosering inngår ikke i en multidose
2 Legemiddeldosering inngår i multidose og informasjon er sendt til leverandør
""",
    complete=False,
)

HELP = code_list(
    9132,
    "Hjelp til legemiddelhåndtering",
    _STYLESHEET,
    """
1 Fornyelse av resept hos fastlege
2 Innkjøp/henting av legemiddel på apotek
3 Oppbevaring av legemiddel
4 Vurdering av når legemiddel skal tas
5 Istandgjøring og kontroll av legemiddel
6 Overlevering av legemiddel
7 Overlevering og kontroll av at legemiddel blir anvendt
8 Hyppighet av sykepleiefaglig gjennomgang av legemiddelbruk
""",
    complete=False,
)

PACKING = code_list(
    9135,
    "Istandgjøring",
    _STYLESHEET,
    """
1 Enkeltdose
2 Dosett
3 Multidose
8 Annet
""",
    complete=False,
)

SPECIAL_HELP = code_list(
    9136,
    "Særskilt oppfølging",
    _STYLESHEET,
    """
1 Forberedelser til insulininjeksjon
2 Injeksjon av insulin
3 Oppfølging av marevanbehandling
""",
    complete=False,
)

LISTS: tuple[CodeList, ...] = (
    USE,
    MULTIDOSE,
    HELP,
    PACKING,
    SPECIAL_HELP,
)
