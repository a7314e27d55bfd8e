"""Which hour a citizen has at the GP's or the heart clinic: no two have the same one.

Citizens are told one by one, in any process. What keeps them apart is their place on the GP's list, which the
census gave them: each place has an hour of its own, that is theirs if they come at all.
"""

from datetime import date, datetime, timedelta

from fellesjournal.rollout.region.hours import HEART_CLINIC, SURGERY
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.units import Service, Worker

CONSULTATION, HALF_HOUR = 20, 30
"""Minutes at the GP's and at the heart clinic."""
DAYS, STEP = 4, 7
"""On how many days the places of a list are; those of a day that follow each other come hours apart."""
LEFT_FREE = (10, 11)
"""From and until which hour the heart clinic sees those who take longer."""


def day_at_the_gp(life: Life) -> int | None:
    """How many working days ahead the citizen's place is: neighbours on the list, who are a family, come on
    different days."""
    place = life.person.place
    return None if place < 0 else place % DAYS


def at_the_gp(life: Life) -> datetime | None:
    """The hour at the GP's; None for one without a place, or who is elsewhere then."""
    ahead = day_at_the_gp(life)
    if ahead is None:
        return None
    starts = SURGERY.starts(_day(life, ahead), CONSULTATION)
    return _if_free(life, starts[life.person.place // DAYS * STEP % len(starts)], CONSULTATION)


def day_at_the_heart_clinic(life: Life) -> int | None:
    """How many working days ahead the citizen's place is."""
    if life.person.place < 0:
        return None
    return number(life) // (len(_half_hours(_day(life, 0))) * len(_heart_doctors(life)))


def at_the_heart_clinic(life: Life) -> tuple[datetime, Worker] | None:
    """The hour at the heart clinic, and with whom; None as `at_the_gp`."""
    ahead = day_at_the_heart_clinic(life)
    if ahead is None:
        return None
    doctors, starts = _heart_doctors(life), _half_hours(_day(life, ahead))
    of_day = number(life) % (len(starts) * len(doctors))
    start = _if_free(life, starts[of_day // len(doctors)], HALF_HOUR)
    return (start, doctors[of_day % len(doctors)]) if start else None


def is_at_the_heart_clinic(life: Life) -> bool:
    """Whether the place is one of those who have an hour there, and it is taken."""
    return day_at_the_heart_clinic(life) is not None and at_the_heart_clinic(life) is None


def number(life: Life) -> int:
    """The place among all on the lists of the hospital's GPs."""
    turn, lists = life.services.turn
    return life.person.place * lists + turn


def _heart_doctors(life: Life) -> list[Worker]:
    return life.services.workers(Service.HEART_CLINIC, "lege")


def _half_hours(day: date) -> list[datetime]:
    first, last = (at(day, hour) for hour in LEFT_FREE)
    return [one for one in HEART_CLINIC.starts(day, HALF_HOUR) if not first <= one < last]


def _day(life: Life, ahead: int) -> date:
    """So many working days from today, or from the first that is one."""
    day = working_day(life.era.until)
    for _ in range(ahead):
        day = working_day(day + timedelta(days=1))
    return day


def _if_free(life: Life, start: datetime, minutes: int) -> datetime | None:
    return start if life.days.hour_is_free(start, timedelta(minutes=minutes)) else None
