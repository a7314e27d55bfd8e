"""What every message is coded with: its kind, its function, its receipt.

A display that begins in lower case is a short name of ours."""

from fellesjournal.norway.codes.lists import CodeList, code_list

_STYLESHEET = "Norsk helsenett: Pasientens-journaldokumenter, kodeverk.xsl of 2016-08-17"

FUNCTION = code_list(
    7309,
    "Meldingsfunksjon",
    _STYLESHEET,
    """
N Ny
M Endring
C Kansellering
A Tillegg
H Historikk
""",
    complete=False,
)

NOTE = code_list(
    7321,
    "Tema for notat (dialogmelding)",
    _STYLESHEET,
    """
1 Notat
2 Avvik
4 Supplerende
5 Overføring av journal
""",
    complete=False,
)

DIALOGUE = code_list(
    7322,
    "Tema for helsefaglig dialog",
    _STYLESHEET,
    """
6 Henvendelse om pasient
7 Tilbakemelding på utskrivningsklar pasient
8 Forespørsel om helseopplysninger
9 Forespørsel om legemiddelopplysninger
""",
    complete=False,
)

RECEIPT = code_list(
    8258,
    "Status for applikasjonskvittering",
    _STYLESHEET,
    """
1 OK
2 Avvist
3 OK, feil i delmelding
""",
)

RECEIPT_ERROR = code_list(
    8221,
    "Feilkode i applikasjonskvittering",
    _STYLESHEET,
    """
E10 Ugyldig meldingsidentifikator
E20 Lege finnes ikke
E21 Mottaker finnes ikke
E30 Pasientens fødselsnummer mangler
E31 Pasientens fødselsnummer er feil
E32 Pasientens navn mangler
E35 Pasienten finnes ikke i mottakersystemet
E36 Pasientopplysninger er utilstrekkelige
E53 Pasientens fødselsnummer eller D-nummer finnes ikke registrert i Folkeregisteret
E54 Pasientens fødselsnummer er ikke registrert i mottagersystemet
S01 Feil på signatur
S02 Ugyldig sertifikat
S03 Tilbaketrukket sertifikat
T01 Ikke XML / ikke 'well formed' / uleselig
T02 XML validerer ikke
T10 Støtter ikke meldingsformatet
T99 Annen feil på format
X99 Annen feil
""",
    complete=False,
)

MESSAGE = code_list(
    8279,
    "Meldingens type",
    _STYLESHEET,
    """
APPREC Applikasjonskvittering
BIVIRKNING Melding om bivirkning
DIALOG_AVVIK Avviksmelding
DIALOG_FORESPORSEL Forespørsel
DIALOG_HELSEFAGLIG Helsefaglig dialog
DIALOG_INNBYGGER_KOORDINATOR Dialog mellom innbygger og koordinator
DIALOG_INNBYGGER_TIMER Dialog med innbygger om timer
DIALOG_NOTAT Notat
DIALOG_OVERFORING_JOURNAL Overføring av journal
DIALOG_SVAR Svar på forespørsel
EPIKRISE Epikrise
FODSELS_EPIKRISE Fødselsepikrise
FRAVARSMELDING Fraværsmelding
HELSEOPPLYSNINGER_LEGE Helseopplysninger til lege
HELSEOPPL_SOKNAD Helseopplysninger
HENVISNING Henvisning
HENVISNING_BUP Henvisning til BUP
HENVISNING_REHAB Henvisning til rehabiliteringsinstitusjon
INNLEGGELSESRAPPORT Innleggelsesrapport
KONSULTASJON Konsultasjon hos lege
LEGEERKL Legeerklæring ved arbeidsuførhet
LEGEMIDDELHANDTERING Legemiddelhåndtering
LOG_AVMELDING Avmelding av utskrivningsklar pasient
LOG_DOD Orientering om dødsfall
LOG_INNLAGT Melding om innlagt pasient
LOG_UTSKREVET Melding om utskrevet pasient
LOG_UTSKRIVNINGSKLAR Melding om utskrivningsklar pasient
MEDISINSKE_OPPLYSNINGER Medisinske opplysninger
ORIENTERING_TJENESTETILBUD Orientering om tjenestetilbud
SVAR_CYT Svarrapport-Cytologi
SVAR_HIST Svarrapport-Histologi
SVAR_KKL Svarrapport-KKL
SVAR_LAB Svarrapport-Laboratoriemedisin
SVAR_MBIO Svarrapport-Mikrobiologi
SVAR_RTG Svarrapport-Radiologi
REQ_CYT Rekvisisjon-Cytologi
REQ_HIST Rekvisisjon-Histologi
REQ_KKL Rekvisisjon-KKL
REQ_LAB Rekvisisjon-Laboratoriemedisin
REQ_MBIO Rekvisisjon-Mikrobiologi
REQ_RTG Rekvisisjon-Radiologi
TILBAKEMELD Tilbakemelding på henvisning
TVERRFAGLIG_EPIKRISE Tverrfaglig epikrise
UTSKRIVNINGSRAPPORT Utskrivningsrapport
""",
    complete=False,
)

LISTS: tuple[CodeList, ...] = (
    FUNCTION,
    NOTE,
    DIALOGUE,
    RECEIPT,
    RECEIPT_ERROR,
    MESSAGE,
)
