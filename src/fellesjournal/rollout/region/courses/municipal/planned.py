"""The visits at home that are planned for today and the week to come, as the decision says; those of this
night have been."""

from collections.abc import Sequence
from datetime import date, timedelta

from fellesjournal.rollout.region.chart import appointments
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.units import Service

AHEAD = timedelta(days=7)
"""How long a home-care zone plans ahead."""
LONGEST = timedelta(hours=1, minutes=30)
"""From the hour of a visit until it is surely over."""


def visits(
    life: Life,
    first: date,
    every: int,
    hours: Sequence[int],
    minutes: int,
    what: str = "",
    until: date | None = None,
    asked: str | None = None,
    *,
    by_offices: bool = False,
) -> None:
    """From the first day on or after today that the rhythm has, every so many days at these hours, until the
    help ends. `what` is done there, else the time of the day says it; `asked` is the application, where it is
    not the one for nurses; who comes from an office (`by_offices`) does not when it is closed. Of one who is
    not at home today nothing is planned."""
    today, applied = life.era.until, life.decline.applied if asked is None else asked
    if life.person.died or life.days.outside(today, home_visit=True) != today:
        return
    last = min(today + AHEAD, until or today + AHEAD)
    day = first
    while day <= last:
        if day >= today and not (by_offices and working_day(day) != day):
            for hour in hours:
                _visit(life, day, hour, minutes, what or _time_of_day(life, hour), applied)
        day += timedelta(days=every)


def _visit(life: Life, day: date, hour: int, minutes: int, what: str, asked: str) -> None:
    unit, start = life.services.unit(Service.HOME_CARE), at(day, hour, _minute(life, hour))
    been = life.happened(at(day, hour) + LONGEST)
    if not been:
        start = life.days.begins(start, timedelta(minutes=minutes))
        life.days.take_hour(start, timedelta(minutes=minutes))
    booked = appointments.home_visit(life.chart, what, start, minutes, unit, asked=asked, been=been)
    if been:
        by = "helsefagarbeider"
        life.meet(Service.HOME_CARE, by, day, way=Way.HOME, hour=hour, minutes=minutes, booked=booked)


def _minute(life: Life, hour: int) -> int:
    """About the same time every day: each has a place of their own on the round."""
    return 5 * ((life.person.number * 7 + hour) % 12)


def _time_of_day(life: Life, hour: int) -> str:
    bokmaal, nynorsk = next(said for until, said in _TIMES if hour < until)
    return nynorsk if life.services.nynorsk else bokmaal


_TIMES = (
    (6, ("Nattilsyn", "Nattilsyn")),
    (11, ("Morgenbesøk", "Morgonbesøk")),
    (17, ("Middagsbesøk", "Middagsbesøk")),
    (24, ("Kveldsbesøk", "Kveldsbesøk")),
)
"""Before which hour, in bokmål and nynorsk."""
