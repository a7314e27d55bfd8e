"""About documents: what kind a document is, and who may not read it."""

from fellesjournal.norway.codes.lists import CodeList, code_list

_HELSENORGE = "Helsenorge's FHIR profiles (CC0), code systems no-kodeverk"
_NO_BASIS = "HL7 Norway: no-basis 2.2.2, value set of document types; E02-2 from XcaXds of Norsk helsenett"
_XCA = "Norsk helsenett: XcaXds, the constants of document sharing"

LABORATORY_MESSAGE = code_list(
    8202,
    "Type laboratoriemelding",
    _HELSENORGE,
    """
BLD Bildediagnostikk
CLIN Medisinsk biokjemi
CT Computertomografi
CYTO Cytologi
FARM Klinisk farmakologi
HIST Histologi
IMTR Immunologi og transfusjonsmedisin
LAB Laboratoriemedisin
MA Mammografi
MBIO Medisinsk mikrobiologi
MGEN Medisinsk genetikk
MORS Mors
MPAT Molekylærpatologi
MR Magnettomografi
NUK Nukleærmedisin
OBD Obduksjon
PAT Patologi
RAD Radiologi
RTG Røntgen
SCI Scintigrafi
UL Ultralyd
AN Annet
""",
)

DOCUMENT = code_list(
    9602,
    "Dokumenttype",
    _NO_BASIS,
    """
A00-1 Epikriser og sammenfatninger
B00-1 Kontinuerlig/løpende journal
C00-1 Prøvesvar, vev og væsker
D00-1 Organfunksjon
E00-1 Bildediagnostikk og andre medisinske bilder
F00-1 Kurve, observasjon og behandling
I00-1 Korrespondanse
J00-1 Attester, melding og erklæringer
S00-1 Test og scoring
A01-2 Kriseplan
A02-2 Individuell plan
A03-2 Epikrise
A04-2 Sykepleiesammenfatning
A05-2 Fysioterapisammenfatning
A06-2 Ergoterapisammenfatning
A07-2 Psykologsammenfatning
A08-2 Sosionomsammenfatning
A09-2 Ernæringsfysiologsammenfatning
A10-2 Annet fagpersonell sammenfatning
A11-2 Tverrfaglig sammenfatning
A12-2 Utskrivings-/Pasientorientering
A13-2 Poliklinisk epikrise
B01-2 Tverrfaglig behandlingsplan
B02-2 Journalnotat
B03-2 Poliklinisk notat
C01-2 Medisinsk biokjemi
C02-2 Blodbank og immunologi
C03-2 Mikrobiologi, virologi og serologi
C04-2 Patologi, histologi og cytologi
C05-2 Klinisk farmakologi
C06-2 Medisinsk genetikk
C07-2 Allergiutredning
D01-2 Hjerte og kretsløp
D02-2 Lunge
D03-2 Fordøyelse
D04-2 Urinveier
D05-2 Gyn/Reproduksjon
D06-2 Nervesystemet
D07-2 Ledd/ ben/ skjelett
D08-2 ØNH
D09-2 Øye
D10-2 Hud
D11-2 Endokrinologi
D12-2 Metabolisme
D13-2 Beinmargsutstryk
E01-2 Diagnostiske bilder
E02-2 Foto og film
F01-2 Kurve
F02-2 Anestesi- og opr. Rapporter
F03-2 Intensiv/postoperativ observasjon
F04-2 Svangerskap og fødsel
F05-2 Diabetes/ endokrinologi
F06-2 Onkologi/ hematologi
F07-2 Nyre/ dialyse
F08-2 Smertebehandling
F09-2 Ambulansejournal
F10-2 Transplantasjon
I01-2 Henvisninger
I02-2 Brev
J01-2 Sykmeldinger og trygdesaker
J02-2 Legeerklæring om dødsfall
S01-2 Tester
S02-2 Systematiserte diagnostiske intervju
S03-2 Voldsrisikovurdering
""",
)

RESTRICTION = code_list(
    9603,
    "Sperring og nekting av dokumenter",
    _XCA,
    """
N Normal
NORN_FFL Nektet, fare for liv
NORN_KUT Nektet, klart utilrådelig
NORN_EPO Nektet, eget ønske
NORN_ALL Nektet, alle
NORN_FOR Nektet, foreldet
NORN_FORANS Nektet, foreldreansvarlig
NORN_UNGDOM Nektet, ungdom
NORN_FFH Nektet, fare for helsepersonell
NORN_FPB Nektet, forsvarlig pasientbehandling
NORN_DUP Nektet, duplikat
NORN_ANG Nektet, andre grunner
NORU Utsatt innsyn for innbygger
NORS Sperret
""",
)

LISTS: tuple[CodeList, ...] = (
    LABORATORY_MESSAGE,
    DOCUMENT,
    RESTRICTION,
)
