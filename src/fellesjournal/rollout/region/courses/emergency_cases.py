"""What brings people to the legevakt: one line of triage, a story, and what was found and done, each."""

from typing import NamedTuple

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.vitals import Ill

CHEST, HEAD = "A11", "N79"
"""ICPC-2 codes of a pain in the chest, and of a head that was hit."""
CONCUSSION = Problem("Hjernerystelse", HEAD, "S060")
PLAY = (13, 20)
"""When one is at sports, or out with people and their dogs."""


class Case(NamedTuple):
    """Something acute, for those between two ages."""

    problem: Problem
    weight: float
    youngest: int
    oldest: int
    urgency: str
    told: str
    done: str
    days: int
    ill: Ill | None = None
    crp: float = 0
    picture: tuple[str, str] | None = None
    wears: str = ""
    """What holds a broken bone until it is controlled."""
    control: str = ""
    hours: tuple[int, int] = (0, 24)
    """Between which hours it is seen, where the story says when it happened."""
    summer: str = ""
    """What is told instead when there is neither ice nor snow."""
    others: tuple[str, ...] = ()
    """What else may be told, so that it is not the same the next time."""


CASES = (
    Case(
        Problem("Ankelforstuing", "L77", "S934"),
        14,
        10,
        50,
        "Grønn",
        "Tråkket over på fotballbanen, vondt på utsiden av ankelen.",
        "Ikke øm over benet, belaster litt. Kompresjon, is, bevegelse.",
        28,
        hours=PLAY,
        others=(
            "Tråkket over i en trapp, vondt på utsiden av ankelen.",
            "Vrikket ankelen på tur, hoven på utsiden.",
        ),
    ),
    Case(
        Problem("Kutt i finger", "S18", "S610"),
        13,
        5,
        85,
        "Grønn",
        "Skar seg på kjøkkenkniv i venstre pekefinger.",
        "Rent sår, god følelse og bevegelse. Skylt, tre sting.",
        12,
        control="Suturer fjernet, pent sår.",
        others=(
            "Skar seg på et knust glass i høyre tommel.",
            "Klemte og fikk kutt i venstre langfinger i en bildør.",
            "Skar seg på lokket av en boks i høyre ringfinger.",
        ),
    ),
    Case(
        Problem("Brudd i håndledd", "L72", "S525"),
        3,
        6,
        45,
        "Gul",
        "Falt på ski og tok seg for. Vondt håndledd.",
        "Hovent og ømt, god sirkulasjon. Gips.",
        40,
        hours=PLAY,
        picture=("RTG håndledd", "Udislosert brudd i distale radius."),
        wears="Gips for brudd i håndledd",
        control="Gips fjernet, fri bevegelse.",
        summer="Falt av sykkelen og tok seg for. Vondt håndledd.",
    ),
    Case(
        Problem("Brudd i ankel", "L73", "S826"),
        3,
        15,
        85,
        "Gul",
        "Gled på isen, kan ikke støtte på foten.",
        "Hovent og ømt over laterale malleol. Støvel i seks uker.",
        60,
        picture=("RTG ankel", "Udislosert brudd i laterale malleol."),
        wears="Støvel for brudd i ankel",
        control="Støvelen er av. Går fint, litt hoven.",
        summer="Trådte feil i en trapp, kan ikke støtte på foten.",
        others=("Vred foten på en kant, hørte et knekk.",),
    ),
    Case(
        CONCUSSION,
        5,
        3,
        85,
        "Gul",
        "Slo hodet i fall, kort bevisstløs, kvalm etterpå.",
        "GCS 15, normale pupiller. Kvikk nå. Reiser hjem med hodeskaderåd, ikke alene i natt.",
        14,
        ill=Ill(pulse=6),
        others=(
            "Falt bakover og slo bakhodet, husker ikke selve fallet. Hodepine.",
            "Smell i hodet mot en dørkarm, kvalm og svimmel etterpå.",
        ),
    ),
    Case(
        Problem("Brystsmerter", "A11"),
        7,
        30,
        90,
        "Oransje",
        "Stikkende smerter foran i brystet siden i ettermiddag.",
        "EKG normalt, troponin negativ ved to målinger. Trolig fra brystveggen.",
        5,
        hours=(16, 22),
        ill=Ill(pulse=12, systolic=10),
    ),
    Case(
        Problem("Magesmerter", "D06", "R104"),
        10,
        6,
        90,
        "Grønn",
        "Vondt i magen siden i går, kvalm.",
        "Myk mage uten slippømhet. Urin uten funn. Ser an, ny vurdering ved forverring.",
        5,
        ill=Ill(pulse=6),
        crp=9,
    ),
    Case(
        Problem("Nyrestein", "U95", "N209"),
        4,
        25,
        75,
        "Gul",
        "Intense takvise smerter i flanken, klarer ikke å ligge i ro.",
        "Blod i urin. Smertefri etter diklofenak. CT ved nye smerter.",
        10,
        ill=Ill(pulse=18, systolic=18),
    ),
    Case(
        Problem("Elveblest", "S98", "L509"),
        6,
        2,
        70,
        "Gul",
        "Kløende utslett over hele kroppen etter middag.",
        "Ingen tegn til anafylaksi. Antihistamin, observert en time.",
        4,
        hours=(18, 22),
    ),
    Case(
        Problem("Halsbetennelse", "R76", "J039"),
        9,
        5,
        50,
        "Grønn",
        "Sår hals og feber i to dager, vondt å svelge.",
        "Røde tonsiller, hurtigtest negativ. Smertestillende, drikke.",
        7,
        ill=Ill(pulse=14, temperature=1.5),
        crp=35,
    ),
    Case(
        Problem("Fall uten brudd", "A80", "T149"),
        7,
        70,
        104,
        "Gul",
        "Falt hjemme, vondt i hoften, men går.",
        "Ikke beinømhet, belaster. Blåmerke. Råd om tepper og sko.",
        21,
        ill=Ill(pulse=4),
    ),
    Case(
        Problem("Hundebitt", "S13", "S619"),
        2,
        5,
        80,
        "Grønn",
        "Bitt i hånden av kjent hund.",
        "Overfladisk. Skylt, ikke sydd. Antibiotika vurdert, ikke nødvendig nå. Ny kontakt ved rødme.",
        10,
        hours=PLAY,
    ),
    Case(
        Problem("Neseblødning", "R06", "R040"),
        5,
        40,
        120,
        "Grønn",
        "Blør fra nesen i en time.",
        "Stanset med kompresjon og etsing.",
        1,
    ),
    Case(
        Problem("Svimmelhet", "N17", "R42"),
        5,
        50,
        120,
        "Gul",
        "Ustø og svimmel siden morgenen.",
        "Normal nevrologi, ikke tegn til slag. Ortostatisk blodtrykk normalt.",
        7,
        hours=(13, 22),
        ill=Ill(systolic=6),
    ),
)
