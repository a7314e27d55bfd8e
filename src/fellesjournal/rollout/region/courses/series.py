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


def is_changed(life: Life, day: date) -> bool:
    """Whether a medicine is begun, changed or stopped on the day; asked when the whole life is told."""
    return any(day in (one.since, one.until) for one in life.treatments)


CHANGED = ("Medisinlisten er endret i dag.", "Medisinlista er endra i dag.")
"""What is written then instead of that all goes on."""
