"""Pre-eclampsia: the pressure that it raises, and the days at the ward until the child is born."""

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.ward_rounds import Nurses

PREECLAMPSIA = Problem("Preeklampsi", "W81", "O140")
HIGH = (146, 94)
"""mmHg that it is at least."""
BEFORE_BIRTH = 3
"""Hours in which nothing is written but of the birth."""


def high_pressure(life: Life, visit: Visit, *, after: float = 0) -> None:
    """A pressure, so many hours into a contact."""
    systolic, diastolic = life.body.systolic(visit.day) + 30, life.body.diastolic(visit.day) + 15
    error = abs(life.chance.normal(0, 4))
    visit.pressure(max(HIGH[0], systolic) + error, max(HIGH[1], diastolic) + error / 2, after=after)


def waits(life: Life, stay: Visit, midwives: Nurses, hours: float) -> None:
    """Who is sent to the ward, as she comes and each morning of the `hours` until the child is born."""
    high_pressure(life, midwives.at())
    for day, said in enumerate(_SET_GOING, 1):
        after = stay.hours_to(day, life.chance.uniform(7.5, 9))
        if after < hours - BEFORE_BIRTH:
            high_pressure(life, midwives.at(after), after=after)
            midwives.note(("Før fødselen", said), after=after)


_SET_GOING = (
    "Fått tabletter for modning siden i går. Ingen synsforstyrrelser. Fosterlyden er fin.",
    "Sovet litt. Ikke hodepine nå. Ballongkateter lagt, fosterlyden er fin.",
    "Ballongkateteret er ute, noen kynnere. Livmorhalsen er fortsatt umoden. Fosterlyden er fin.",
    "Hviledag etter samtale med lege. Blodtrykket følges, fosterlyden er fin.",
    "Modningen begynner på nytt i dag. Kjenner godt med liv, fosterlyden er fin.",
    "Mer moden livmorhals nå. Venter på rier, fosterlyden er fin.",
)
"""Each morning, in the order of the days."""
