"""About reports from laboratories and imaging: texts, results, comments."""

from fellesjournal.norway.codes.lists import OTHER, CodeList, code_list

_HELSENORGE = "Helsenorge's FHIR profiles (CC0), code systems no-kodeverk"

MODERATOR = code_list(
    7305,
    "Moderator",
    _HELSENORGE,
    """
S ICD10 stjernekode
A ATC-kode
AN Anatomisk lokalisasjon
DI Diagnosestatus
FO Forløp
LA Lateralitet
""",
)

TEXT = code_list(
    8231,
    "Type tekstsvar",
    _HELSENORGE,
    """
BG Begrunnelse
BUP-BM Henvisningsgrunn barnets miljø
BUP-HG Henvisningsgrunn barnet
DIAG Diagnose
FA Familie/sosialt
FO Forløp og behandling
FU Funn og undersøkelsesresultater
HJ Funksjonsnivå/hjelpetiltak
IP Informasjon til pasient/pårørende
KF Kontroll pga. tidligere funn
MAAL Mål for oppholdet
MU Innkalt til masseundersøkelse
PROB Aktuell problemstilling
RU Rutineundersøkelse utenom masseundersøkelse
SVU Spesialistvurdering
UP Ubesvarte prøver
UTRED Forventet utredning/behandling
VU Vurdering
""",
)

COMPARISON = code_list(
    8239,
    "Forholdsoperatorer i svarrapportering av medisinske tjenester",
    _HELSENORGE,
    """
EQ Lik
GE Større eller lik
GT Større enn
LE Mindre eller lik
LT Mindre enn
MG Mye større enn
ML Mye mindre enn
NE Ikke lik
""",
)

RESULT_TEXT = code_list(
    8243,
    "Type tekstsvar i tekstlig resultat i svarrapportering av medisinske tjenester",
    _HELSENORGE,
    """
AN Analyse
DIAG Diagnose
FU Funn og undersøkelsesresultater
GR Gruppe
LR Laboratorieresultat
RSB Resistensbestemmelse
SY Sykmelding
UP Ubesvarte prøver
VU Vurdering
XX Uspesifisert
""",
)

OUTSIDE_REFERENCE = code_list(
    8244,
    "Avviksmarkør i svarrapportering av medisinske tjenester",
    _HELSENORGE,
    """
1 Over øvre referansegrense
2 Under nedre referansegrense
3 Utenfor referansegrensene
""",
)

RESULT_STATUS = code_list(
    8245,
    "Status for resultat i svarrapportering av medisinske tjenester",
    _HELSENORGE,
    """
1 Revidert
2 Foreløpig
3 Endelig
4 Tillegg
5 Henvisning registrert
6 Prosedyrer registrert/planlagt
7 Tildelt time
8 Undersøkelse gjennomført
9 Diktert
10 Skrevet (usignert svar foreligger)
11 Signert
12 Korrigert (usignert tilleggsbeskrivelse foreligger)
13 Signert korrigert/tilleggsbeskrivelse foreligger
14 Undersøkelse slettet
15 I prosess
""",
)

IDENTIFIER_TYPE = code_list(
    8268,
    "Type identifikator",
    _HELSENORGE,
    f"""
ENH Organisasjonsnummeret i Enhetsregister
RSH Nasjonalt register over enheter i spesialisthelsetjenesten (RESH-ID)
HER HER-id
NPR NPR avdelingsnummer
SYS SYSVAK institusjonsnummer
AVD Off. identifikator for avdelinger
APO Apotekenes identifikasjonsnummer
AKO Apotekenes konsesjonsnummer
LIN Lokal identifikator for institusjoner
LAV Lokal identifikator for avdelinger
LOK Lokal identifikator uten nærmere angivelse
HPR HPR-nummer
LOP Lokal identifikator for helsepersonell
FHN Felles hjelpenummer (FH-nummer)
FNR Norsk fødselsnummer
DNR D-nummer
HNR H-nummer
PNR Passnummer
SEF Svensk personnummer
DKF Dansk personnummer
SSN Sosial security number
EHK Europeisk helsetrygdkortnummer
FPN Forsikringspolise nummer
DUF DUF-nummer
{OTHER} Annet
""",
)

REPORT_COMMENT = code_list(
    8269,
    "Kommentar til svarrapport",
    _HELSENORGE,
    """
TA Telefonsvar avgitt
MSIS-N Nominativ MSIS-melding
MSIS-A Anonym MSIS-melding
VA Vesentlig avvik fra tidligere svar
""",
)

LISTS: tuple[CodeList, ...] = (
    MODERATOR,
    TEXT,
    COMPARISON,
    RESULT_TEXT,
    OUTSIDE_REFERENCE,
    RESULT_STATUS,
    IDENTIFIER_TYPE,
    REPORT_COMMENT,
)
