"""About specimens and what is asked of them: cytology, pathology, microbiology."""

from fellesjournal.norway.codes.lists import CodeList, code_list

_HELSENORGE = "Helsenorge's FHIR profiles (CC0), code systems no-kodeverk"

CYTOLOGY_MATERIAL = code_list(
    8216,
    "Kodeverk for cytologisk materiale",
    _HELSENORGE,
    """
VAG Vagina
VUL Vulva
ASC Ascites
CVX Cervix
ENDM Endometrium
AN Annet materiale
FIN Finnålsaspirasjon
BRO Bronchialutstryk
PLR Plevravæske
PLRH Plevravæske Høyre
PLRV Plevravæske Venstre
UR Urin (spontan)
UR1 Urin Prøve 1
UR2 Urin Prøve 2
UR3 Urin Prøve 3
EKSP Ekspektorat
EKSP1 Ekspektorat Prøve 1
EKSP2 Ekspektorat Prøve 2
EKSP3 Ekspektorat Prøve 3
""",
)

PATHOLOGY_EXAMINATION = code_list(
    8219,
    "Kodeverk for patologisk-anatomiske undersøkelser",
    _HELSENORGE,
    """
K Kromosomundersøkelse
EM Ultrastrukturell diagnostikk
FLW Flowcytometri
PCR PCR-analyse
H Hormonreseptoranalyse
PL Ploidianalyse
M Molekylærgenetisk undersøkelse
MI Mikroskopisk undersøkelse
A Histologisk undersøkelse
MA Makroskopisk undersøkelse
MAMI Makro- og mikroskopisk undersøkelse
G Histologi relatert til genetisk us
H1 Vanlig obduksjon
H2 Nevropatologisk us
H3 Obduksjon + Nevropatologisk us
F Frysesnitt - hurtigdiagnostikk
BL Blodprøve
HPV HPV-test
C Cytologisk undersøkelse
VC Væskebasert cytologi
D Vaginal - Cervix cytologi
E Cytologisk us (non-gyn)
FNA Finnålsaspirasjon
P Punksjonscytologi
R Rescreening/Us av restmateriale
RM Rettsmedisinsk obduksjon
T Telepatologi
GO Gammel obduksjon
EMI Elektronmikroskopi
MP Molekylærpatologisk us
FISH FISH-analyse
LKP Likkjellerprotokoll
LP Likprotokoll
""",
)

BEFORE_SAMPLING = code_list(
    8232,
    "Forbehandling",
    _HELSENORGE,
    """
PFP Profylaktisk prosedyre
DI Diett
FA Faste
MEDB Medikamentell behandling
""",
)

RESISTANCE = code_list(
    8271,
    "Resistens",
    _HELSENORGE,
    """
S Sensitiv, standarddose
I Sensitiv, økt eksponering
R Resistent
""",
)

NEW_EXAMINATION = code_list(
    8272,
    "Anbefaling om ny undersøkelse",
    _HELSENORGE,
    """
CYT Cytologiprøve
HIST Histologisk undersøkelse
HPV HPV-test
""",
)

URGENCY = code_list(
    8273,
    "Hastegrad",
    _HELSENORGE,
    """
S Snarest
B Etter behandling
M01 Etter 1 måned
M03 Etter 3 måneder
M06 Etter 6 måneder
M12 Etter 12 måneder
""",
)

CYTOLOGY_TOOL = code_list(
    8275,
    "Cytologisk materiale tatt med",
    _HELSENORGE,
    """
BS Børste og spatel
S Spatel
A Annet
""",
)

MICROBIOLOGY_RESULT = code_list(
    8340,
    "Tekstlige resultatverdier for mikrobiologiske svar",
    _HELSENORGE,
    """
T001 Påvist
T002 Positiv
T003 Svakt postiv
T004 Grenseverdi
T005 Gråsone
T006 Reaktiv
T007 Ikke påvist
T008 Negativ
T009 Inkonklusiv
T010 Se kommentar
""",
)

LISTS: tuple[CodeList, ...] = (
    CYTOLOGY_MATERIAL,
    PATHOLOGY_EXAMINATION,
    BEFORE_SAMPLING,
    RESISTANCE,
    NEW_EXAMINATION,
    URGENCY,
    CYTOLOGY_TOOL,
    MICROBIOLOGY_RESULT,
)
