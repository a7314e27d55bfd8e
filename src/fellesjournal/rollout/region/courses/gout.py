"""Gout: the red toe, cures, allopurinol for those who have it often.

How many: about 3 in 100 adults, three to four times as many men (HUNT, Norwegian prescription registry).
"""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import CREATININE, CRP, Measure
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.series import control
from fellesjournal.rollout.region.formulary import NAPROXEN, PREDNISOLONE
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.visit import Visit

GOUT = Problem("Urinsyregikt", "T92", "M109")
URATE = Measure("14933-6", "Urat", "µmol/L", "umol/L", 0, 155, 480)
ALLOPURINOL = Medicine("M04AA01", "Allopurinol 300 mg tablett", "1 tablett hver morgen")
CURE = Medicine("M01AE02", "Naproksen 500 mg tablett", "1 tablett morgen og kveld i 7 dager")

MEN: Risk = ((35, 1), (50, 2.6), (65, 4))
WOMEN: Risk = ((55, 0.5), (70, 1.6))


def attacks(life: Life) -> None:
    """The first attack and those that follow."""
    found = life.onset(WOMEN if life.person.is_woman else MEN)
    if found is None:
        return
    _attack(life, found, 560)
    often = life.chance.yes(0.45)
    if often:
        life.uses(ALLOPURINOL, found, GOUT)
    before = found
    for day in life.now_and_then(0.12 if often else 0.25, found):
        if day - before < OVER:
            continue
        before = day
        manages = life.decline.mmse(day) >= MANAGES and not life.decline.lives_in(day)
        advice = _AS_BEFORE if often else _AGAIN if manages else _OTHERS_SEE
        _attack(life, day, 390 if often else 540, advice)
    if often:
        for day in life.every(12, found):
            control(life, day, GOUT).tests(
                panel(life, day, CREATININE, ill={URATE: life.chance.normal(330, 30)})
            )


def _attack(life: Life, day: date, urate: float, advice: Sequence[str] = ("Råd om kost og øl.",)) -> None:
    suits = life.tolerates(NAPROXEN) and life.age(day) < 75
    visit = life.gp(day, GOUT)
    life.problem(GOUT, visit.day, visit=visit)
    visit.tests(
        panel(
            life,
            day,
            CREATININE,
            ill={CRP: life.chance.uniform(15, 70), URATE: life.chance.normal(urate, 40)},
        )
    )
    _noted(life, visit, life.chance.pick(("stortå", "ankel", "stortå", "fotrygg")), life.chance.other(advice))
    life.cure(CURE if suits else PREDNISOLONE, visit, 7 if suits else 5, GOUT)


def _noted(life: Life, visit: Visit, where: str, advice: str) -> None:
    """Written when it is known what is safe beside the list: what dampens it, or what eases pain alone."""

    def write() -> None:
        given = [one for since, _, one in life.on_cures if since == visit.day]
        dampened = next((one for one in given if one.atc.startswith(("M01", "H02"))), None)
        lasts = "fem dager" if dampened and dampened.atc.startswith("H02") else "en uke"
        plan = f"Betennelsesdempende i {lasts}." if dampened else "Smertestillende, ro og kulde på leddet."
        told = f"Akutt rød og svært øm {where} siden i natt."
        visit.note(("Aktuelt", told), ("Plan", f"{plan} {advice}"))

    life.at_the_end(write)


_AGAIN = (
    "Forebyggende medisin er drøftet. Ønsker å vente, vet når det bør tas opp igjen.",
    "Snakket om forebyggende medisin nå som det kommer igjen. Vil prøve med kost først.",
    "Ønsker ikke fast medisin nå. Drikker mindre øl enn før.",
)
OVER = timedelta(days=40)
"""After so long an attack is over, and another can begin."""
MANAGES = 18
"""Points of MMSE below which nobody chooses between medicines."""
_OTHERS_SEE = (
    "Forebyggende medisin er vurdert, gis ikke nå.",
    "Nok å drikke. Ny vurdering om det kommer igjen.",
    "Ses an uten fast medisin, de som hjelper, kjenner tegnene.",
)
_AS_BEFORE = (
    "Fortsetter med allopurinol, også under anfallet.",
    "Allopurinol som før. Råd om drikke og kost.",
)
