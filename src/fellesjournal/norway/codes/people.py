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
    f"{_STYLESHEET}; some names are cut short there, and specialities no longer given not told apart",
    """
1 Allmennmedisin
2 Anestesiologi
3 Barnesykdommer
4 Barne- og ungdomspsykiatri
5 Arbeidsmedisin
6 Fysikalsk med. og rehabil.
7 Fødselshjelp og kvinnesykdom.
16 Hud og veneriske sykdommer
17 Idrettsmedisin
18 Immunologi og transfusjonsmed.
28 Kjevekirurgi og munnhulesykd.
29 Klinisk sosialmedisin
30 Klinisk fysiologi
31 Medisinsk biokjemi
32 Klinisk nevrofysiologi
33 Medisinsk genetikk
34 Medisinsk mikrobiologi
35 Radiologi
36 Nevrokirurgi
37 Nevrologi
38 Patologi
39 Plastikkirurgi
40 Psykiatri
41 Revmatologi
42 Samfunnsmedisin
43 Onkologi
44 Yrkesmedisin
45 Øre-nese-halssykdommer
46 Øyesykdommer
49 Almenpraktiker Dnlf
50 Bedriftslege Dnlf
51 Tropesykdommer
52 Tub. ben- og leddlid./skroful.
53 Epidemiske sykdommer
54 Ikke relatert til fagområdet
56 Almenpraktiker utland
57 Klinisk farmakologi
58 Psykoterapiveileder psykiatri
59 Psykoterapiveileder - B.U.P.
65 Anatomi
66 Biokjemi
67 Fysiologi
80 Generell Kirurgi
81 Barnekirurgi
82 Gastroenterologisk kirurgi
83 Karkirurgi
84 Ortopedisk kirurgi (gren)
85 Thoraxkirurgi
86 Urologisk kirurgi
87 Bryst- og endokrinkirurgi
97 Nevroradiologi
98 Militærmedisin
99 Trygdemedisin
151 Nukleærmedisin
152 Ortopedisk kirurgi
190 Indremedisin
191 Blodsykdommer
192 Endokrinologi
193 Fordøyelsessykdommer
194 Geriatri
195 Hjertesykdommer
196 Infeksjonssykdommer
197 Lungesykdommer
198 Nyresykdommer
199 Rus- og avhengighetsmedisin
515 Kjeveortopedi
523 Pedodonti
531 Periodonti
558 Oral-kirurgi og oralmedisin
559 Kjeve- og ansiktsradiologi
560 Endodonti
561 Oral protetikk
575 Kontaktlinsekompetanse
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
