"""About services and units: addresses in the municipality, specialties, kinds of unit, municipal care.

A display that begins in lower case is a short name of ours."""

from fellesjournal.norway.codes.lists import CodeList, code_list

_HELSENORGE = "Helsenorge's FHIR profiles (CC0), code systems no-kodeverk"
_STYLESHEET = "Norsk helsenett: Pasientens-journaldokumenter, kodeverk.xsl of 2016-08-17"
_XCA = "Norsk helsenett: XcaXds, the constants of document sharing"
_OKT = "HL7 Norway: FHIR-hackathon-2025-okt-ig, services of the municipality"

SPECIALTY = code_list(
    8451,
    "Fagområde",
    _STYLESHEET,
    """
010 Generell kirurgi
020 Barnekirurgi (under 15 år)
030 Gastroenterologisk kirurgi
040 Karkirurgi
050 Ortopedisk kirurgi (inklusiv revmakirurgi)
060 Thoraxkirurgi (inklusiv hjertekirurgi)
070 Urologi
080 Kjevekirurgi og munnhulesykdom
090 Plastikk-kirurgi
100 Nevrokirurgi
105 Mamma- og para-/tyreoideakirurgi
110 Generell indremedisin
120 Blodsykdommer (hematologi)
130 Endokrinologi
140 Fordøyelsessykdommer
150 Hjertesykdommer
160 Infeksjonssykdommer
170 Lungesykdommer
180 Nyresykdommer
190 Revmatiske sykdommer (revmatologi)
200 Kvinnesykdommer og elektiv fødselshjelp
210 Anestesiologi
220 Barnesykdommer
230 Fysikalsk medisin og rehabilitering
233 Habilitering barn og unge
234 Habilitering voksne
240 Hud og veneriske sykdommer
250 Nevrologi
260 Klinisk nevrofysiologi
290 Øre-nese-hals sykdommer
300 Øyesykdommer
310 Psykisk helsevern barn og unge
320 Psykisk helsevern voksne
330 Yrkes- og arbeidsmedisin
340 Transplantasjon, utredning og kirurgi
350 Geriatri
360 Rus
365 LAR - Legemiddelassistert rehabilitering
370 Spillavhengighet
380 Palliativ medisin
410 Allergologi
420 Sykelig overvekt
430 Smertetilstander
821 Klinisk farmakologi
822 Medisinsk biokjemi
823 Medisinsk mikrobiologi
830 Immunologi og transfusjonsmedisin
840 Medisinsk genetikk
851 Nukleærmedisin
852 Radiologi
853 Onkologi
860 Patologi
900 Annet
999 Ukjent
""",
)

UNIT = code_list(
    8624,
    "Organisatorisk betegnelse",
    _HELSENORGE,
    """
01 Sykehus
02 Klinikk
03 Senter
04 Divisjon
05 Avdeling
06 Seksjon
07 Fagenhet
08 Post
09 Team
10 Avsnitt
11 Poliklinikk
12 Institusjon
13 Område
14 Laboratorium
21 Hotell
31 DPS
41 Tun
51 Skole
61 Privat avtalespesialist
71 Kontor
72 Ressurspool
73 Stab
88 Annet
""",
)

MUNICIPAL_UNIT = code_list(
    8663,
    "Tjenestetyper for kommunal helse- og omsorgstjeneste mv.",
    _STYLESHEET,
    """
KA01 Fastlege
KA02 Legevakt
KA03 Kommuneoverlege
KA0301 Smittevern
KA04 Migrasjonshelse
KA05 Kommunal nettlege
KD01 Sosialtjeneste
KD0501 Saksbehandling
KD0601 bolig
KF01 Helsestasjons- og skolehelsetjeneste
KF0103 Helsestasjon for ungdom
KP01 Legetjeneste ved sykehjem mv.
KP02 Sykepleietjeneste
KP05 Psykologtjeneste
KR01 Fysioterapi
KR02 Ergoterapi
KX01 Fengselshelsetjeneste
KX02 Overdoseteam
KX04 Frisklivssentral
KX05 Øyeblikkelig hjelp døgntilbud (ØHD)
KX06 Kreftkoordinator
KX07 Demenskoordinator
KX08 diabetes
KX09 syn
KX10 hørsel
KX12 Familieteam
KX13 IPLOS-samhandling
KX15 Barnevern
KX16 Pedagogisk-psykologisk tjeneste (PPT)
KX17 liste uten fast lege
KX18 Barnevernvakt
""",
    complete=False,
)

ORGANISATION = code_list(
    9040,
    "Type virksomhet",
    _XCA,
    """
101 helseforetak
102 kommune
103 Fastlege og annen privat virksomhet som yter helsetjenester
104 røntgen
105 laboratorium
108 apotek
113 Statlig forvaltning
114 interkommunal virksomhet
115 Øvrig virksomhet som ikke yter helsehjelp (dekker forsikringsselskap mv.)
""",
    complete=False,
)

ORGANISATION_IDENTITY = code_list(
    9051,
    "ID-type for virksomheter",
    _STYLESHEET,
    """
ENH Organisasjonsnummeret i Enhetsregisteret
RSH RESH-id
HER HER-id
NPR NPR avdelingsnummer
AVD Off. avd. id
SYS SYSVAK institusjonsnummer
APO Apotekets identifikasjonsnummer
AKO Apotekets konsesjonsnummer
LIN Lokal inst. id
LAV Lokal avd. id
LOK Lokal id
""",
    complete=False,
)

MUNICIPAL_SERVICE = code_list(
    9151,
    "Kommunal helse- og omsorgstjeneste",
    _OKT,
    """
1 Praktisk bistand - daglige gjøremål
2 Praktisk bistand - opplæring - daglige gjøremål
3 Praktisk bistand - brukerstyrt - personlig assistanse
4 Dagaktivitetstilbud
5 Matombringing
6 Trygghetsalarm | retired
7 Avlastning utenfor institusjon
8 Avlastning i institusjon
9 Støttekontakt
11 Omsorgsstønad
14 Bruk av tvang psykisk utviklingshemning - planlagte tiltak | retired
15 Helsetjenester i hjemmet
17 Dagopphold i institusjon
18 Tidsbegrenset opphold - utredning/behandling
19 Tidsbegrenset opphold - habilitering/rehabilitering
20 Tidsbegrenset opphold - annet
21 Langtidsopphold i institusjon
22 Nattopphold i institusjon
23 Bruk av tvang psykisk utviklingshemning - nødsituasjoner | retired
24 Helsehjelp med tvang | retired
25 Kommunal øyeblikkelig hjelp - døgnopphold
26 Lokaliseringsteknologi (GPS) | retired
27 Elektronisk medisineringsstøtte | retired
28 Digitalt tilsyn | retired
29 Bolig som kommunen disponerer for helse- og omsorgsformål
""",
)

LISTS: tuple[CodeList, ...] = (
    SPECIALTY,
    UNIT,
    MUNICIPAL_UNIT,
    ORGANISATION,
    ORGANISATION_IDENTITY,
    MUNICIPAL_SERVICE,
)
