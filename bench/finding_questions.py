"""Searches for diagnoses as people type them, each with codes of which one must be among the first ten.

ICD-10 codes without a dot, ICPC-2 codes as they are; a shorter code stands for all codes that begin with it.
"""

from bench.finding_later import LATER, WARD, WIDER, WIDEST

EVERYDAY = """
hoftebr | S720 L75
hoftebrudd | S720 L75
larhalsbrudd | S720 L75
lårhalsbrudd | S720
brudd larhals | S720 L75
brudd i lårhals | S720
lårhals brudd | S720
lungebetennelse | J18 R81
lungebet | J18 R81
pneumoni | J18
kols | J44 R95
KOLS forverring | J441 J440
copd | J44 R95
urinveisinf | N390 U71
urinveisinfeksjon | N390 U71
uvi | N390 U71 N30
blærekatarr | N30 U71
blaerebetennelse | N30 U71
hjerteinfarkt | I219 K75
infarkt hjerte | I21 K75
ami | I21 K75
blindtarmbet | K35 K37 D88
blindtarm | K35 K37 D88
appendisitt | K35 K37 D88
diabetes 2 | E11 T90
dm2 | E11 T90
type 2 diabetes | E11 T90
diabetes type 1 | E10 T89
sukkersyke | E14 T90 T89
høyt blodtrykk | I10 K86 K85
hoyt blodtrykk | I10 K86 K85
hoeyt blodtrykk | I10 K86 K85
hypertensjon | I10 K86
korsryggsmerter | M545 L03
vondt i ryggen | M545 M549 L03 L02
lumbago | M545
isjias | M543 M544 L86
prolaps ryggen | M51 L86
angst | F41 P74
panikkanfall | F410
depresjon | F32 P76
demens alzh | G30 F00
alzheimer | G30 F00
demens | F03 P70
slag | I64 K90
hjerneslag | I64 K90
drypp | G45 K89
tia | G45 K89
forkjølelse | J00 R74
forkjolelse | J00 R74
øreverk | H920 H01
oreverk | H920 H01
ørebetennelse | H66 H65 H71
mellomørebet | H66 H65 H71
astma barn | J45 R96
astma | J45 R96
hodepine | R51 N01
migrene | G43 N89
svimmelhet | R42 N17
krystallsyke | H811 H82
kvalme | R11 D09
oppkast | R11 D10
diare | A09 K591 D11
omgangssyke | A08 A09 D73
forstoppelse | K590 D12
magesår | K25 K27 D86
halsbrann | R12 K21 D03
reflukssykdom | K21
gallestein | K80 D98
lyskebrokk | K40 D89
hemorroider | K64 K649 I84 K96
vorter | B07 S03
eksem | L20 L30 S87
psoriasis | L40 S91
elveblest | L50 S98
helvetesild | B02 S70
kviser | L70 S96
brannsår | T30 T20 T21 S14
trykksår | L89 S97
føflekkreft | C43 S77
brystkreft | C50 X76
prostatakreft | C61 Y77
lungekreft | C34 R84
tykktarmskreft | C18 D75
atrieflimmer | I48 K78
hjertesvikt | I50 K77
angina pectoris | I20 K74
blodpropp i lungen | I26 K93
blodpropp i beinet | I80 I82 K94
åreknuter | I83 K95
lavt stoffskifte | E03 T86
hypotyreose | E03 T86
høyt kolesterol | E78 T93
overvekt | E66 T83 T82
gikt | M10 T92
leddgikt | M05 M06 L88
slitasjegikt kne | M17 L90
hofteartrose | M16 L89
beinskjørhet | M81 M80 L95
tennisalbue | M771 L93
overtråkk | S934 L77
hjernerystelse | S060 N79
håndleddsbrudd | S525 L72
feber | R50 A03
influensa | J10 J11 R80
halsbetennelse | J03 J02 R76
bihulebetennelse | J01 J32 R75
hoste | R05
korona | U07 R992
adhd | F90 P81
schizofreni | F20 P72
søvnløshet | G47 F51 P06
alkoholmisbruk | F10 P15 P16
blodmangel | D64 D50 B80 B82
sepsis | A41
gravid | Z33 Z34 W78
svangerskapsforgiftning | O14 W81
parkinson | G20 N87
epilepsi | G40 N88
ms | G35 N86
nyrestein | N20 U95
kronisk nyresvikt | N18 U891
grå stær | H26 H25 F92
grønn stær | H40 F93
øyekatarr | H10 F70
tinnitus | H93 H03
"""
"""What is asked for every day."""

PREFIXES = """
lung | J R81 R84
lungeb | J18 R81
hjertei | I21 K75
hjertesv | I50 K77
atriefl | I48 K78
nyresv | N17 N18 N19 U891
leddg | M05 M06 L88 M10 T92
epil | G40 N88
schiz | F20 P72
psor | L40 S91
mig | G43 N89
tonsil | J03 J35 R76 R90
sinu | J01 J32 R75
pyelo | N10 N12 N11 U70
gastri | K29
hepatitt b | B16 B18
divertik | K57 D92
menisk | S832 M23
skåld | S14 T
J18.9 | J189
J189 | J189
j18 | J18
J 18.9 | J189
R81 | R81
e11 | E11
K8 | K8
F32.1 | F321
"""
"""Words only begun, and codes."""

MISSPELT = """
lungebetenelse | J18 R81
pnevmoni | J18
hjertinfarkt | I21 K75
hjertesvigt | I50 K77
diabtes | E10 E11 E14 T90
deppresjon | F32 P76
migrenne | G43 N89
schizofrenni | F20 P72
astmma | J45 R96
psoriaisis | L40 S91
epillepsi | G40 N88
blindtamr | K35 K37 D88
urinveisinfksjon | N390 U71
alzhiemer | G30 F00
parkinsson | G20 N87
forkjlelse | J00 R74
influenza | J10 J11 R80
bronkit | J20 J40 J42 R78
appendisit | K35 K37 D88
ekssem | L20 L30 S87
"""
"""One letter too many, too few, another, or two swapped."""

COMPOUNDS = """
lunge betennelse | J18 R81
betennelse i lungene | J18 R81 J
hjerte infarkt | I21 K75
brudd håndledd | S525 S628 L72
ankel brudd | S82 L73
leggbrudd | S82 L73
ankelbrudd | S82 L73
kragebeinsbrudd | S420
ribbeinsbrudd | S223 S224
nesebrudd | S022
overarmsbrudd | S42
nyrebekkenbetennelse | N10 U70
galleblærebetennelse | K81
bukspyttkjertelbetennelse | K85
hjernehinnebetennelse | G03 G00 N71
hjertemuskelbetennelse | I40 I51
øyelokkbetennelse | H01 F72
mandelbetennelse | J03 R76
tannkjøttbetennelse | K05
leverbetennelse | B19 K75 D72
kneleddsartrose | M17 L90
hofteleddsartrose | M16 L89
magesekkkreft | C16 D74
blærekreft | C67 U76
hudkreft | C44 S77
eggstokkreft | C56
skjoldbruskkjertelkreft | C73 T71
bukspyttkjertelkreft | C25 D76
sykdom i øyet | H F99
augesjukdom | H F99
hjartesvikt | I50 K77
sjukdom i skjoldbruskkjertel | E07 E0
beinbrot | S L76 T M
"""
"""Compounds put together and taken apart, and nynorsk."""

SYNONYMS = """
fractura colli femoris | S720
myokardinfarkt | I21 K75
cancer mammae | C50 X76
ca prostatae | C61 Y77
lues | A53 X70 Y70
varicella | B01 A72
pertussis | A37 R71
morbilli | B05 A71
otitis media | H66 H65 H71
pyelonefritt | N10 N12 U70
cystitt | N30 U71
gonartrose | M17 L90
coxartrose | M16 L89
commotio | S060 N79
vertigo | R42 N17 H82
dyspné | R060 R02
tungpustet | R060 R02
obstipasjon | K590 D12
hematuri | R31 N02 U06
insomni | G47 F51 P06
adipositas | E66 T82
myopi | H521 F91
katarakt | H26 H25 F92
glaukom | H40 F93
epistaxis | R040 R06
neseblod | R040 R06
urticaria | L50 S98
herpes zoster | B02 S70
scabies | B86 S72
skabb | B86 S72
barneorm | B80 D96
kyssesyke | B27 A75
falsk krupp | J05 J04 R77
halsbyll | J36
kul i brystet | N63 X19
spontanabort | O03 W82
trang forhud | N47 Y81
prostataplager | N40 Y85
ptsd | F431 P82
ocd | F42 P79
bipolar | F31 P73
utbrent | Z73 F43 P02 P78
rusmisbruk | F19 P19
selvmordstanker | R458 P77
hofteslitasje | M16 L89
frozen shoulder | M750 L92
hælspore | M773 M722
karpaltunnel | G560 N93
bekhterev | M45
crohns | K50 D94
ulcerøs kolitt | K51 D94
cøliaki | K900
"""
"""Lay, clinical and Latin words for one thing."""


GROUPS = {
    "EVERYDAY": EVERYDAY,
    "PREFIXES": PREFIXES,
    "MISSPELT": MISSPELT,
    "COMPOUNDS": COMPOUNDS,
    "SYNONYMS": SYNONYMS,
    "LATER": LATER,
    "WARD": WARD,
    "WIDER": WIDER,
    "WIDEST": WIDEST,
}


def questions(text: str) -> list[tuple[str, tuple[str, ...]]]:
    """The searches of a text, each with the codes that answer it."""
    rows = (line.split(" | ") for line in text.strip().splitlines())
    return [(asked, tuple(codes.split())) for asked, codes in rows]


def answered(codes: list[str], wanted: tuple[str, ...]) -> bool:
    """Whether one of the codes wanted is among the first ten found."""
    return any(code.replace(".", "").startswith(wanted) for code in codes[:10])
