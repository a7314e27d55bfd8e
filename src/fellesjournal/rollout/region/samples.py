"""Samples that are taken before the visit at which their answers are gone through.

Who comes to a planned control has been at the GP's laboratory some days before, so that the doctor has the
answers (Helsedirektoratet's guidelines on diabetes and on cardiovascular prevention ask for tests there).
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from fellesjournal.rollout.region.chart.measures import Measure
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.visit import Visit

EARLIEST, LATEST = 9, 4
"""Days before the visit: from when on, and until when."""
BEFORE_CURE = (6, 2)
"""The same before chemotherapy, that the values of the day decide on."""


def gone_through(
    life: Life, visit: Visit, values: Mapping[Measure, float], days: tuple[int, int] = (EARLIEST, LATEST)
) -> bool:
    """Tests that were taken so many days before a visit, none of which one lay in a ward or was tested for
    something else on, or at it where there is no such day. Returns whether they are answered at the visit."""
    if not visit.recorded:
        return False
    day = _day(life, visit, *days)
    if day is None:
        visit.tests(values)
        return False
    life.days.visit(day)
    visit.sampled(values, datetime.combine(day, time(8)) + timedelta(minutes=visit.start.minute * 2 + 5))
    return True


OLD = 15
"""Days before it from which on they are too old, where one was in a ward on the usual ones."""


def _day(life: Life, visit: Visit, earliest: int, latest: int) -> date | None:
    others = (LATEST - 1, LATEST - 2, *range(EARLIEST + 1, OLD)) if latest == LATEST else ()
    for before in (*range(latest, earliest + 1), *others):
        day = visit.day - timedelta(days=before)
        fits = day == working_day(day) == life.days.outside(day) and life.records(day)
        if fits and day not in life.chart.drawn:
            return day
    return None
