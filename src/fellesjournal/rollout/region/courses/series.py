"""Controls of what lasts: one who has several illnesses is not called in for each in the same days."""

from datetime import date, timedelta

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


BETWEEN = timedelta(days=330)
"""How long it is between two controls at the most."""


def since_last(life: Life, day: date, *codes: str) -> bool:
    """Whether somebody was met, since the control before the one of the day, about what has ICPC-2 codes that
    begin so; asked when the whole life is told."""
    met = life.meetings.between(day - BETWEEN, day - timedelta(days=1))
    return any(about.icpc.startswith(codes) for one in met for about in one.about)


HIGH = 149.5
"""mmHg of systolic pressure that is spoken of, whatever the control is about."""
MANAGES = 22
"""Points of MMSE below which nobody measures at home."""


def pressed(life: Life, visit: Visit, systolic: float) -> str:
    """What is said of a high pressure at a control, with a blank before it; "" of others."""
    if systolic < HIGH:
        return ""
    return f" {visit.say(*(_AT_HOME if life.decline.mmse(visit.day) >= MANAGES else _AGAIN))}"


_AT_HOME = (
    "Blodtrykket er høyt i dag, måles hjemme til neste time.",
    "Blodtrykket er høgt i dag, blir målt heime til neste time.",
)
_AGAIN = (
    "Blodtrykket er høyt i dag, måles igjen ved neste besøk.",
    "Blodtrykket er høgt i dag, blir målt igjen ved neste besøk.",
)
CHANGED = ("Medisinlisten er endret i dag.", "Medisinlista er endra i dag.")
"""What is written then instead of that all goes on."""
