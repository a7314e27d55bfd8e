"""About contacts with the specialist service: referral, waiting, appointment, payment."""

from fellesjournal.norway.codes.lists import CodeList, code_list

_HELSENORGE = "Helsenorge's FHIR profiles (CC0), code systems no-kodeverk"
_STYLESHEET = "Norsk helsenett: Pasientens-journaldokumenter, kodeverk.xsl of 2016-08-17"

CARE_LEVEL = code_list(
    8406,
    "Omsorgsnivå",
    _HELSENORGE,
    """
1 Døgnopphold
2 Dagbehandling
3 Poliklinisk konsultasjon/kontakt
8 Poliklinisk kontakt inneliggende pasient stråleterapi, radiologi, NM
""",
)

CONTACT = code_list(
    8432,
    "Kontakttype",
    _HELSENORGE,
    """
1 Utredning
2 Behandling
3 Kontroll
5 Indirekte pasientkontakt
6 Videokonsultasjon
7 Telefonkonsultasjon
12 Pasientadministrert behandling
13 Opplæring
14 Screening
""",
)

WAIT_ENDED = code_list(
    8445,
    "Ventetid sluttkode",
    _HELSENORGE,
    """
1 Helsehjelp er påbegynt
2 Pasienten ønsker ikke helsehjelp
3 Pasienten er henvist til et annet sykehus/institusjon (unntatt fritt behandlingsvalg)
4 Pasienten har valgt annet sykehus/institusjon
5 Pasienten mottar helsehjelp ved annet sykehus/institusjon rekvirert av HELFO
7 Pasienten er henvist til avtalespesialist
9 Annen årsak til ventetid slutt/helsehjelp uaktuelt
""",
)

POSTPONED = code_list(
    8446,
    "Utsettelseskode",
    _HELSENORGE,
    """
1 Institusjonen/sykehuset har bestemt utsettelsen av kapasitetsgrunner
21 Pasienten har ikke møtt opp
22 Pasienten har selv bestemt utsettelsen av velferdsgrunner
3 Medisinske årsaker hos pasienten til utsettelsen
4 Oppstart av helsehjelp er utsatt grunnet manglende kapasitet ved påfølgende behandlingssted
5 Pasienten har takket nei til tilbud fra HF om helsehjelp ved annet behandlingssted enn sitt primære ønske
6 Pasienten har takket nei til tilbud fra Helfo om helsehjelp ved annet behandlingssted enn sitt primære ønske
""",
)

REFERRAL_ANSWER = code_list(
    9148,
    "Henvisning (elektronisk melding)",
    _HELSENORGE,
    """
1 Innkalles til helsehjelp
2 Rett til helsehjelp, tidspunkt kommer
3 Henvisningen er videresendt
4 Henvisningen er avvist
11 Råd til henviser
""",
)

APPOINTMENT = code_list(
    7617,
    "Timetype innbyggerportal",
    _HELSENORGE,
    """
Ordinær Ordinær time
Hastetime Hastetime
Vaksine Time for vaksine
Lab Time på lab
Hjemmebesok Hjemmebesøk
Dagbehandling Dagbehandling
Innleggelse Innleggelse
Konsultasjon Konsultasjon
Poliklinisk Poliklinisk time
""",
)

CANCELLED = code_list(
    7621,
    "Avlysningskoder",
    _HELSENORGE,
    """
AAT Avlyst av tjeneste
AIH Avlyst - ikke hjemme
AAI Avlyst av innbygger
APVAI Avlyst på vegne av innbygger
IM Ikke møtt
""",
)

PAYMENT = code_list(
    4101,
    "Betalingskategori",
    _STYLESHEET,
    """
1 Ordinær pasient
11 Konvensjonspasient behandlet ved ø-hjelp
12 Utlending fra land uten avtale (selvbetalende)
20 Sykepengeprosjekt
22 Forskningsprogram
30 Selvbetalende norsk pasient og selvbetalende konvensjonspasient
40 Anbudspasienter finansiert via ISF
50 Opphold hos avtalespesialist finansiert via ISF
GR Gratis
IN Institusjon
OF Offentlig forsikring
PA Pasient
PF Privat forsikring
RE Rekvirent
TR Trygdekontor
""",
    complete=False,
)

LISTS: tuple[CodeList, ...] = (
    CARE_LEVEL,
    CONTACT,
    WAIT_ENDED,
    POSTPONED,
    REFERRAL_ANSWER,
    APPOINTMENT,
    CANCELLED,
    PAYMENT,
)
