"""What is written of a cold: by the season, by age, and of one who smokes."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.openings import opens
from fellesjournal.rollout.region.units import Service

ALL_YEAR = tuple(range(1, 13))
WINTER, AUTUMN, SUMMER = (12, 1, 2, 3), (8, 9, 10, 11), (6, 7)
SCHOOL = (1, 2, 3, 4, 5, 9, 10, 11, 12)
OLDEST = 120


class Cold(NamedTuple):
    """Words for a cold, in bokmål and nynorsk: from and to which age, in which months, of whom."""

    words: tuple[str, str]
    youngest: int = 0
    oldest: int = OLDEST
    months: tuple[int, ...] = ALL_YEAR
    smokes: bool | None = None
    """Whether it is said of those who smoke alone, or of those who do not; None of anybody."""


def told(life: Life, day: date) -> tuple[str, str]:
    """What is said of a cold on the day, in other words than the last times."""
    age = life.age(day)
    fits = _fitting(age, day.month, life.body.smokes and age >= SMOKES_FROM)
    unfit = [] if opens(Service.SCHOOL_HEALTH, day) == day else ["skolen"]
    return life.chance.other([one for one in fits if not any(word in one[0] for word in unfit)])


@lru_cache(maxsize=5_000)
def _fitting(age: int, month: int, smokes: bool) -> tuple[tuple[str, str], ...]:
    return tuple(
        one.words
        for one in COLDS
        if one.youngest <= age <= one.oldest and month in one.months and one.smokes in (None, smokes)
    )


SMOKES_FROM = 20
COLDS = (
    Cold(
        (
            "Sår hals og tett nese. Halsen lett rød, ikke belegg. Råd gitt.",
            "Sår hals og tett nase. Gitt råd.",
        ),
        youngest=3,
    ),
    Cold(
        (
            "Forkjølet i noen dager. Upåvirket, ren over lungene. Trolig virus, råd gitt.",
            "Forkjøla i nokre dagar. Upåverka, rein over lungene. Truleg virus, gitt råd.",
        ),
    ),
    Cold(
        (
            "Hoste og rennende nese i en uke, feberfri nå. Ser det an.",
            "Hoste og rennande nase i ei veke. Ser det an.",
        ),
        smokes=False,
    ),
    Cold(
        (
            "Langvarig hoste etter forkjølelse. Fin form, ren over lungene.",
            "Hoste lenge etter forkjøling. Fin form.",
        ),
        smokes=False,
    ),
    Cold(
        (
            "Snørr og hoste, spiser litt mindre enn vanlig. Ører og lunger uten funn, drikker godt.",
            "Snørr og hoste, et litt mindre enn vanleg. Øyre og lunger utan funn, drikk godt.",
        ),
        oldest=5,
    ),
    Cold(
        (
            "Går i barnehage, forkjølet igjen. Leker i rommet, rene lunger. Råd gitt.",
            "Går i barnehage, forkjøla igjen. Leikar i rommet, reine lunger. Gitt råd.",
        ),
        youngest=2,
        oldest=4,
        months=AUTUMN,
    ),
    Cold(
        (
            "Hoster om natten etter forkjølelse, flere syke i klassen. Rene lunger, kan gå på skolen.",
            "Hostar om natta etter forkjøling, fleire sjuke i klassen. Reine lunger, kan gå på skulen.",
        ),
        youngest=7,
        oldest=15,
        months=SCHOOL,
    ),
    Cold(
        (
            "Verk i kroppen og hoste i fire dager, flere syke i omgangskretsen. Trolig virus, bedre i dag.",
            "Verk i kroppen og hoste i fire dagar, fleire sjuke i omgangskrinsen. Truleg virus, betre i dag.",
        ),
        youngest=12,
        months=WINTER,
    ),
    Cold(
        (
            "Sommerforkjølet, rennende nese og hes. Ren over lungene. Ses an.",
            "Sommarforkjøla, rennande nase og hes. Rein over lungene. Ser det an.",
        ),
        youngest=3,
        months=SUMMER,
    ),
    Cold(
        (
            "Mistet stemmen etter en forkjølelse. Ikke vondt å svelge. Hviler stemmen, varm drikke.",
            "Mista stemma etter ei forkjøling. Ikkje vondt å svelgje. Kviler stemma, varm drikke.",
        ),
        youngest=16,
    ),
    Cold(
        (
            "Tett og trykk i ansiktet i fem dager, lite puss. Saltvann, nesespray i en uke.",
            "Tett og trykk i ansiktet i fem dagar, lite puss. Saltvatn, nasespray i ei veke.",
        ),
        youngest=16,
    ),
    Cold(
        (
            "Hoster mer enn den vanlige morgenhosten etter forkjølelse. Rene lunger, vurderer røykeslutt.",
            "Hostar meir enn den vanlege morgonhosten etter forkjøling. Reine lunger, vurderer røykeslutt.",
        ),
        smokes=True,
    ),
    Cold(
        (
            "Slim og hoste i to uker etter forkjølelse, røyker. Ingen knatrelyder. Snakket om å slutte.",
            "Slim og hoste i to veker etter forkjøling, røykjer. Ingen knatrelydar. Snakka om å slutte.",
        ),
        smokes=True,
    ),
    Cold(
        (
            "Forkjølet i en uke, sliten, men spiser og drikker. Rene lunger. Ringer hvis feberen kommer.",
            "Forkjøla i ei veke, sliten, men et og drikk. Reine lunger. Ringjer om feberen kjem.",
        ),
        youngest=70,
    ),
)
