"""About people: sex, kinds of number, kin, professions and roles towards the patient."""

from fellesjournal.norway.codes.lists import OTHER, CodeList, code_list

_HELSENORGE = "Helsenorge's FHIR profiles (CC0), code systems no-kodeverk"
_STYLESHEET = "Norsk helsenett: Pasientens-journaldokumenter, kodeverk.xsl of 2016-08-17"
_NO_BASIS = (
    "HL7 Norway: the practitioner among the examples of no-basis; no public copy of the list was found"
)

YES_NO = code_list(
    1101,
    "Ja, nei",
    _HELSENORGE,
    """
1 Ja
2 Nei
""",
)

SEX = code_list(
    3101,
    "Kjønn",
    _STYLESHEET,
    """
0 Ikke kjent
1 Mann
2 Kvinne
9 Ikke spesifisert
""",
)

REGISTRATION = code_list(
    3108,
    "Reservasjon mot registrering",
    _STYLESHEET,
    """
T Tillatelse
R Reservasjon
U Uavklart
""",
    complete=False,
)

IDENTITY_KIND = code_list(
    8116,
    "ID-type for personer",
    _HELSENORGE,
    f"""
FNR Fødselsnummer
DNR D-nummer
HNR H-nummer
HPR HPR-nummer
HER HER-id
PNR Passnummer
SEF Svensk personnummer
DKF Dansk personnummer
SSN Sosial security number
FPN Forsikringspolise nummer
UID Utenlandsk identifikasjon
DUF DUF-nummer
FHN Felles hjelpenummer
{OTHER} Annet
""",
)

OFFICIAL_IDENTITY = code_list(
    8327,
    "Offisiell personidentifikasjon",
    _HELSENORGE,
    """
DNR D-nummer
FHN Felles hjelpenummer (FH-nummer)
FNR Fødselsnummer
HNR Virksomhetsinternt hjelpenummer
""",
)

KIN = code_list(
    9033,
    "Slektskap mv. til pasient",
    _HELSENORGE,
    """
MO Mor
FA Far
SM Stemor
SF Stefar
FM Fostermor
FF Fosterfar
MF Medfar
MM Medmor
EF Ektefelle
SA Samboer
SI Søster
HS Halvsøster
SS Stesøster
BR Bror
HB Halvbror
SB Stebror
DA Datter
SO Sønn
SD Stedatter
SN Stesønn
GM Bestemor
GF Bestefar
BB Barnebarn
TO Foreldres søsken
AS Annen slektning
AN Annen foresatt
AP Annen personlig relasjon
BM Biologisk mor | until 2010-09-26
BF Biologisk far | until 2010-09-26
AM Adoptivmor | until 2010-09-26
AF Adoptivfar | until 2010-09-26
""",
)

REPRESENTATION = code_list(
    7611,
    "Representasjonsrolle",
    _HELSENORGE,
    """
FO Foreldreansvar
VE Vergemål
FU Fullmakt
TD Tildelt fullmakt
""",
)

ROLE_TO_PATIENT = code_list(
    9034,
    "Helsepersonells rolle i forhold til pasient",
    _STYLESHEET,
    """
3 Behandlingsansvarlig lege
4 Journalansvarlig
5 Informasjonsansvarlig
6 Fastlege
7 Faglig ansvarlig for vedtak i psykisk helsevern
8 Koordinator Individuell plan
9 Primærkontakt
10 Utskrivende lege
11 Utskrivende sykepleier
12 Instituerende lege
13 Innleggende lege
14 Ansvarlig jordmor
15 Vikar for fastlege
16 Turnuslege
17 Forløpskoordinator kreft
18 Koordinator (spesialisthelsetjenesteloven)
19 Kontaktlege
20 Kontaktpsykolog
21 Helsefaglig kontakt
22 Kontakt i primærhelseteam
23 Ønsket behandler
24 Kontakt hos mottaker
""",
)

PROFESSION = code_list(
    9060,
    "Kategori helsepersonell",
    _HELSENORGE,
    """
AA Ambulansearbeider
AT Apotektekniker
AU Audiograf
BI Bioingeniør
ET Ergoterapeut
FA1 Provisorfarmasøyt
FA2 Reseptarfarmasøyt
FB Fiskehelsebiolog
FO Fotterapeut
FT Fysioterapeut
HE Helsesekretær
HF Helsefagarbeider
HP Hjelpepleier
JO Jordmor
KE Klinisk ernæringsfysiolog
KI Kiropraktor
LE Lege
NP Naprapat
OA Omsorgsarbeider
OI Ortopediingeniør
OP Optiker
OR Ortoptist
OS Osteopat
PE Perfusjonist
PM Paramedisiner
PS Psykolog
RA Radiograf
SP Sykepleier
TH Tannhelsesekretær
TL Tannlege
TP Tannpleier
TT Tanntekniker
VE Veterinær
VP Vernepleier
XX Ukjent/uspesifisert
MT Manuellterapeut | retired
""",
)

APPROVAL = code_list(
    7704,
    "Godkjenningstype i helsepersonellregisteret",
    _NO_BASIS,
    """
1 Autorisasjon
""",
    complete=False,
)

SPECIALIST = code_list(
    7426,
    "Spesialiteter i helsepersonellregisteret",
    _NO_BASIS,
    """
1 Allmennmedisin
152 Ortopedisk kirurgi
""",
    complete=False,
)

LISTS: tuple[CodeList, ...] = (
    YES_NO,
    SEX,
    REGISTRATION,
    IDENTITY_KIND,
    OFFICIAL_IDENTITY,
    KIN,
    REPRESENTATION,
    ROLE_TO_PATIENT,
    PROFESSION,
    APPROVAL,
    SPECIALIST,
)
