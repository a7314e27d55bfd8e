"""Searches as a doctor, a nurse or a secretary types them, with the codes that must come early.

A line: what is typed, the system, how many codes are looked at, and the codes of which one must be among
them. A code stands for all that begin with it. The judgements are ours; the texts are those of the systems.
"""

from typing import NamedTuple

from fellesjournal.norway.codes import registry
from fellesjournal.terminology.sources import icd10, icpc2


def _list(number: int) -> str:
    return next(one.system for one in registry.lists() if one.number == number)


SYSTEMS = {
    "ICD": icd10.URL,
    "ICPC": icpc2.URL,
    "boform": _list(9112),
    "fagområde": _list(8451),
    "helsepersonell": _list(9060),
    "slektskap": _list(9033),
    "tjeneste": _list(9151),
    "kommune": _list(3402),
}

JUDGED = """
diabetes 2           | ICD  | 3  | E119
diabetes 2           | ICD  | 1  | E11
diabetes 2           | ICPC | 1  | T90
diabetes type 2      | ICD  | 3  | E119
dm2                  | ICD  | 3  | E119
DM 2                 | ICPC | 1  | T90
diabetes 1           | ICD  | 3  | E109
diabetes             | ICPC | 3  | T90
diabetes med øye     | ICD  | 3  | E113 E103
covid                | ICD  | 1  | U07
covid                | ICPC | 1  | R992
korona               | ICD  | 3  | U07
lungebettenelse      | ICD  | 3  | J18
lungebettenelse      | ICPC | 1  | R81
lungebettenel        | ICD  | 10 | J18
lungebetennelse      | ICD  | 3  | J189
lungebetennelse      | ICPC | 1  | R81
lungebetenelse barn  | ICPC | 1  | R81
lungebe              | ICPC | 1  | R81
pneumoni             | ICD  | 3  | J189
penumoni             | ICD  | 3  | J189
and                  | ICPC | 3  | R02
and                  | ICD  | 1  | B0
andp                 | ICPC | 3  | R02
andpusten            | ICD  | 3  | R060
hoftebrudd           | ICD  | 3  | S720
hofte brudd          | ICD  | 3  | S720
brudd hofte          | ICD  | 3  | S720
brudd i hoften       | ICD  | 3  | S720
lårhalsbrudd         | ICPC | 1  | L75
larhalsbrud          | ICD  | 3  | S720
hoftebrud            | ICD  | 3  | S720
brukket hofte        | ICD  | 3  | S720
håndleddsbrudd       | ICD  | 3  | S525 S526 S628
kols                 | ICD  | 3  | J44
kols forverring      | ICD  | 1  | J441
kols                 | ICD  | 3  | J440
KOLS infeksjon       | ICD  | 1  | J440
DVT                  | ICD  | 1  | I802
tykktarmskreft       | ICD  | 1  | C189
korsbåndsskade       | ICD  | 3  | S835
korsbåndsskade       | ICPC | 1  | L96
nakkesleng           | ICD  | 1  | S134
whiplash             | ICD  | 1  | S134
krystallsyke         | ICD  | 1  | H811
BPPV                 | ICD  | 1  | H811
AAA                  | ICD  | 3  | I714 I713
akutt hjertesvikt    | ICD  | 3  | I509 I50
høyresidig lungebetennelse | ICPC | 1 | R81
KOLS                 | ICPC | 1  | R95
uvi                  | ICD  | 1  | N390
UVI                  | ICPC | 3  | U71
urinveisinfekson     | ICD  | 3  | N390
af                   | ICD  | 3  | I48
AF                   | ICPC | 1  | K78
atrieflimer          | ICD  | 3  | I48
hjerteflimmer        | ICPC | 3  | K78
hjerneslag           | ICD  | 1  | I64
slag                 | ICD  | 3  | I64
slag                 | ICPC | 1  | K90
hjerneinfarkt        | ICD  | 3  | I639
tia                  | ICPC | 1  | K89
ami                  | ICD  | 3  | I219 I21
AMI                  | ICPC | 1  | K75
hjerteinfarkt        | ICD  | 3  | I219
hjarteinfarkt        | ICPC | 1  | K75
infarkt i hjertet    | ICD  | 10 | I21
hjertesvikt          | ICD  | 3  | I509 I50
hjertesvikt          | ICPC | 1  | K77
hjertsvikt           | ICPC | 1  | K77
hjerteinfrakt        | ICPC | 1  | K75
høyt blodtrykk       | ICPC | 3  | K86
hoyt blodtrykk       | ICD  | 3  | I10
blodtrykk høyt       | ICD  | 3  | I10
hypertensjn          | ICD  | 3  | I10
blindtarmbetennelse  | ICD  | 3  | K35 K37
blindtarmbetenelse   | ICPC | 1  | D88
øreverk              | ICPC | 1  | H01
oreverk              | ICD  | 1  | H920
ørebetennelse barn   | ICPC | 3  | H71
halsbetennelse       | ICPC | 3  | R76 R74
forkjølet            | ICPC | 1  | R74
forkjølelse          | ICD  | 1  | J00
forkølelse           | ICPC | 1  | R74
hodepine             | ICD  | 1  | R51
hodepin              | ICPC | 1  | N01
migræne              | ICPC | 1  | N89
vondt i ryggen       | ICPC | 3  | L02 L03
ryggsmerter          | ICD  | 3  | M549
rygg smerter         | ICPC | 3  | L02 L03
isjias               | ICD  | 3  | M543 M544
depresjon            | ICPC | 1  | P76
depresjn             | ICPC | 1  | P76
deprisjon            | ICPC | 1  | P76
angst                | ICD  | 3  | F41
sjukdom i skjoldbruskkjertelen | ICD | 10 | E07
søvnproblemer        | ICPC | 3  | P06
sovnvansker          | ICPC | 3  | P06
demens               | ICD  | 3  | F03
delir                | ICD  | 3  | F05
trykksår             | ICD  | 3  | L89
liggesår             | ICD  | 3  | L89
blodforgiftning      | ICD  | 3  | A419
sepsis               | ICD  | 3  | A419
nyresvikt kronisk    | ICD  | 3  | N18
gallestein           | ICPC | 1  | D98
prostatakreft        | ICD  | 1  | C61
brystkreft           | ICD  | 3  | C50
brystkref            | ICPC | 1  | X76
astma                | ICD  | 3  | J459 J45
astma hos barn       | ICPC | 1  | R96
allergi              | ICPC | 3  | A92
eksem                | ICPC | 3  | S87 S86 S88
psoriasis            | ICD  | 3  | L40
svangerskap          | ICPC | 3  | W78
gravid               | ICD  | 3  | Z33 Z34 Z32
I21                  | ICD  | 1  | I21
J18.9                | ICD  | 1  | J189
e11                  | ICD  | 1  | E11
K86                  | ICPC | 1  | K86
omsorgsbolig         | boform         | 1 | 3
sykehjem             | boform         | 3 | 5 6
kirurgi              | fagområde      | 1 | 010
kirugi               | fagområde      | 3 | 010
barnekirurgi         | fagområde      | 1 | 020
lege                 | helsepersonell | 3 | LE
sykepleier           | helsepersonell | 1 | SP
sjukepleiar          | helsepersonell | 1 | SP
bioingenior          | helsepersonell | 1 | BI
mor                  | slektskap      | 1 | MO
stefar               | slektskap      | 1 | SF
dagaktivitet         | tjeneste       | 1 | 4
praktisk bistand     | tjeneste       | 1 | 1 2 3
fredrikstad          | kommune        | 1 | 0106 3004 3107
tromso               | kommune        | 1 | 1902 5401 5501
akutt buk            | ICD  | 3  | R100
akutt buk            | ICPC | 3  | D01
rus                  | ICPC | 3  | P16 P19
rus                  | ICD  | 3  | F10
diare                | ICD  | 5  | A09
melanom              | ICD  | 3  | C43
kvalme og oppkast    | ICPC | 5  | D09 D10
cøliaki              | ICPC | 3  | D99
skrumplever          | ICPC | 3  | D97
hep c                | ICPC | 3  | D72
bekhterev            | ICPC | 3  | L84
skoliose             | ICPC | 3  | L85
ribbeinsbrudd        | ICPC | 3  | L76
kragebeinsbrudd      | ICPC | 3  | L76
autisme              | ICPC | 3  | P99
borreliose           | ICPC | 3  | A78
delir                | ICPC | 3  | P71
søvnapne             | ICPC | 3  | P06
frossen skulder      | ICPC | 3  | L92
føflekkreft          | ICPC | 3  | S77
anafylaksi           | ICPC | 3  | A92
radiusfraktur        | ICPC | 3  | L72
hælspore             | ICPC | 3  | L87
renner nese          | ICD  | 3  | J00
spysjuke             | ICPC | 3  | D73
vondt i akslinga     | ICPC | 3  | L08
mensplager           | ICPC | 3  | X02
vannlatingsbesvær    | ICPC | 3  | U05
sting i brystet      | ICD  | 5  | R07
nesleutslett         | ICD  | 3  | L50
hovne hender         | ICPC | 3  | L12
gå ned i vekt        | ICPC | 3  | T08
allergi mot katt     | ICD  | 3  | J30
glaukoma             | ICPC | 3  | F93
kul i brystet        | ICD  | 3  | N63
selvmordstanker      | ICD  | 3  | R458
restless legs        | ICD  | 3  | G258
"""


class Judged(NamedTuple):
    """What is typed, where, and the codes of which one must be among the first `within`."""

    text: str
    system: str
    within: int
    codes: tuple[str, ...]


def judged() -> list[Judged]:
    """The lines of the table."""
    rows = ([part.strip() for part in line.split("|")] for line in JUDGED.strip().splitlines())
    return [Judged(text, system, int(within), tuple(codes.split())) for text, system, within, codes in rows]


def place(found: list[str], codes: tuple[str, ...]) -> int:
    """Where the first code that answers stands, from 1; 0 for nowhere."""
    return next((n for n, code in enumerate(found, 1) if code.replace(".", "").startswith(codes)), 0)
