"""Those who lie at the geriatric ward today: told before the care at home, which rests meanwhile.

What brings the old there: delirium, falls, and that they no longer manage (Norsk geriatrisk forening's
description of what the wards are for).
"""

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.today.beds import NIGHTS, free, lies
from fellesjournal.rollout.region.courses.today.reasons import Stay
from fellesjournal.rollout.region.courses.today.shares import missing
from fellesjournal.rollout.region.formulary import PARACETAMOL, PIVMECILLINAM
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Story

OLD, SHARE = 76, 0.05
"""From which age on, and how many of all are so old and live at home."""
TOLD, WANTED = 0.0001, 3
"""The share that other courses tell, and how many are wanted at the ward."""


def is_admitted(life: Life) -> None:
    """A stay that began in the last days and goes on."""
    today = life.era.until
    if life.person.died or life.age(life.last) < OLD or life.decline.lives_in(today):
        return
    if not life.chance.yes(missing(life, Service.GERIATRIC_WARD, TOLD, WANTED) / SHARE):
        return
    day = free(life, life.chance.weighted(NIGHTS), 8)
    if day is not None:
        lies(life, day, _as_one_was(life, STAYS[life.person.born.day % len(STAYS)]))


def _as_one_was(life: Life, why: Stay) -> Stay:
    """Who has dementia was calm before it, not clear."""
    if life.decline.dementia is None:
        return why
    return why._replace(story=why.story._replace(before=why.story.before.replace("Var klar", "Var rolig")))


STAYS = (
    Stay(
        Problem("Delir", "P71", "F059"),
        Story(
            "Siden i går urolig og forvirret, sov ikke i natt. Var klar før det. Svie ved vannlating.",
            "Oppmerksomheten svikter, 4AT 8. Ingen lammelser. Urinstix positiv på nitritt.",
            "Delir utløst av urinveisinfeksjon.",
            "Antibiotika, væske, faste ansikter, briller på, lys om dagen. Pårørende er hos om kvelden.",
        ),
        Ill(pulse=14, breaths=2, temperature=1.1, confused=True),
        (40, 120),
        PIVMECILLINAM,
        service=Service.GERIATRIC_WARD,
    ),
    Stay(
        Problem("Gjentatte fall", "A29", "R296"),
        Story(
            "Falt tre ganger på to uker, siste gang på vei til badet i natt. Ikke slått hodet.",
            "Blåmerker på hofte og underarm, ingen brudd. Blodtrykket faller 26 mmHg stående.",
            "Fall på grunn av lavt blodtrykk ved oppreising og svake bein.",
            "Legemiddelgjennomgang, blodtrykk liggende og stående, styrke- og balansetrening, kost.",
        ),
        Ill(systolic=-12),
        (2, 14),
        PARACETAMOL,
        service=Service.GERIATRIC_WARD,
    ),
    Stay(
        Problem("Akutt funksjonssvikt", "A28", "R53"),
        Story(
            "Klarte seg som vanlig for en uke siden, kommer nå ikke opp av sengen. Spist lite.",
            "Slapp, tørr i munnen. Reiser seg med hjelp av to. Ingen lammelser.",
            "Funksjonssvikt uten sikker årsak. Infeksjon, hjerte og legemidler må utelukkes.",
            "Bred geriatrisk vurdering: prøver, EKG, legemidler, ernæring, funksjon. Opp i stol hver dag.",
        ),
        Ill(pulse=10, systolic=-8),
        (5, 60),
        service=Service.GERIATRIC_WARD,
    ),
)
