"""What care messages between municipality and hospital (PLO) and their care plans are coded with.

A display that begins in lower case is a short name of ours."""

from fellesjournal.norway.codes.lists import CodeList, code_list

_STYLESHEET = "Norsk helsenett: Pasientens-journaldokumenter, kodeverk.xsl of 2016-08-17"
_NORWAY = "Norsk helsenett: the display stylesheets of care messages (PLO 1.4 to 1.6)"

CARE_MESSAGE = code_list(
    9102,
    "Type melding (PLO)",
    _NORWAY,
    """
L1 innlagt
L2 utskrivningsklar
L3 avmelding (startdato)
L4 avmelding (stoppdato)
L5 utskrevet
I1 innleggelsesrapport
U1 utskrivningsrapport
F1 fagrapport
S1 tidlig melding
S2 henvisning til kommunale tjenester
""",
    complete=False,
)

HEALTH_REPORT = code_list(
    9137,
    "Helseopplysninger til lege",
    _STYLESHEET,
    """
2 Statusrapport
3 Ønske om legevurdering
""",
    complete=False,
)

APPLICATION_REPORT = code_list(
    9138,
    "Helseopplysninger",
    _STYLESHEET,
    """
1 Rapport etter konsultasjon
4 Svar på forespørsel
5 Opplysninger til søknad
""",
    complete=False,
)

DISCHARGE_REPORT = code_list(
    9139,
    "Utskrivningsrapport",
    _STYLESHEET,
    """
11 Utskrivningsrapport
12 Fødselsepikrise
""",
    complete=False,
)

ADMISSION_NOTICE = code_list(
    9140,
    "Melding om innlagt pasient",
    _STYLESHEET,
    """
1 Varsel om innlagt pasient
2 Oppdaterte opplysninger
""",
    complete=False,
)

NURSING_SECTION = code_list(
    9141,
    "Dokumentinndeling, sykepleie",
    _STYLESHEET,
    """
1 Innkomststatus
7 Sykepleiediagnose
8 Sykepleiesammenfatning
12 Status ved utskrivning
13 Pasientens egne vurderinger
14 Praktiske opplysninger
88 Annet
""",
    complete=False,
)

DOCTOR_ENQUIRY = code_list(
    9152,
    "Tema for forespørsel til lege",
    _STYLESHEET,
    """
1 Helseopplysninger
4 Legemiddelopplysninger
6 Fornye resept(er)
7 Time til undersøkelse/behandling
8 Status/plan for utskrivning
99 Annen henvendelse
""",
    complete=False,
)

CARE_ENQUIRY = code_list(
    9153,
    "Tema for forespørsel til kommunen",
    _STYLESHEET,
    """
3 Tjenestetilbud
5 Tilstandsvurdering
99 Annen henvendelse
""",
    complete=False,
)

LISTS: tuple[CodeList, ...] = (
    CARE_MESSAGE,
    HEALTH_REPORT,
    APPLICATION_REPORT,
    DISCHARGE_REPORT,
    ADMISSION_NOTICE,
    NURSING_SECTION,
    DOCTOR_ENQUIRY,
    CARE_ENQUIRY,
)
