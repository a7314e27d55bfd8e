"""Low thyroid function: tiredness, TSH, levothyroxine by tests.

How many: about 9 in 100 women and 3 in 100 men over 40 (HUNT); dose by TSH as in Norsk elektronisk
legehåndbok's and the endocrinologists' (NEVF) advice.
"""

from datetime import timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import FREE_T4, TSH
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.series import control
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.shifts import Shift

HYPOTHYROIDISM = Problem("Hypotyreose", "T86", "E039")
LOW_DOSE = Medicine("H03AA01", "Levotyroksin 50 mikrog tablett", "1 tablett hver morgen, fastende")
FULL_DOSE = Medicine("H03AA01", "Levotyroksin 100 mikrog tablett", "1 tablett hver morgen, fastende")

WOMEN: Risk = ((20, 1.2), (40, 2.6), (60, 2.4))
MEN: Risk = ((30, 0.3), (50, 0.9))


def lives_with(life: Life) -> None:
    """From the day it is found to the last day."""
    found = life.onset(WOMEN if life.person.is_woman else MEN)
    if found is None:
        return
    level = life.chance.uniform(8, 45)
    first = life.gp(found, HYPOTHYROIDISM)
    gone_through(life, first, {TSH: level, FREE_T4: life.chance.uniform(5.5, 9)})
    first.note(
        (
            "Aktuelt",
            first.say(
                "Sliten, frossen og treg i magen siste halvår. Vektøkning.",
                "Sliten, frosen og treg i magen siste halvåret. Vektauke.",
            ),
        ),
        ("Plan", "Levotyroksin, kontroll av TSH om åtte uker."),
    )
    grows, back = first.day - timedelta(days=200), first.day + timedelta(days=60)
    life.body.weighs_more.append(Shift(life.chance.uniform(2.5, 4.5), grows, 195, back, 300))
    life.problem(HYPOTHYROIDISM, found, visit=first)
    life.uses(LOW_DOSE, found, HYPOTHYROIDISM)
    after = life.gp(first.day + timedelta(days=56), HYPOTHYROIDISM)
    more = life.chance.yes(0.6)
    high = life.chance.uniform(5.2, 8.5) if more else life.chance.uniform(1.2, 3.4)
    gone_through(life, after, panel(life, after.day, FREE_T4, ill={TSH: high}))
    said = "TSH er fortsatt for høy. Dosen økes." if more else "Bedre, TSH er innenfor. Dosen er riktig."
    after.note(("Vurdering", said))
    if more:
        life.uses(FULL_DOSE, after.day, HYPOTHYROIDISM)
    for day in life.every(10, after.day):
        visit = control(life, day, HYPOTHYROIDISM)
        level = min(3.9, max(0.5, life.chance.normal(2, 0.8)))
        values = panel(life, day, FREE_T4, ill={TSH: level})
        answered = gone_through(life, visit, values | {FREE_T4: max(10.0, values[FREE_T4])})
        visit.note(("Vurdering", "Velregulert hypotyreose. Samme dose." if answered else _TAKEN))


_TAKEN = "Ingen plager av stoffskiftet. Prøver er tatt i dag, dosen er den samme til de er besvart."
