"""Controls of what lasts: one who has several illnesses is not called in for each in the same days."""

from datetime import date

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.visit import Visit


def control(life: Life, day: date, *reasons: Problem) -> Visit:
    """A control at the GP's on the day, or on the first that is three weeks from the other controls."""
    visit = life.gp(working_day(life.days.between_controls(day)), *reasons)
    if visit.recorded:
        life.days.control(visit.day)
    return visit
