"""The last day: who is in a ward or nursing home, gets help at home, waits, or is expected.

Told last of all, of those who are free: what they come for follows from what they have. How many there are
of each: SSB's and Helsedirektoratet's figures for a day, rounded, in a large region; see shares.py for small
ones. Other courses tell most stays and services; here they are filled up.
"""

from collections.abc import Sequence

from fellesjournal.rollout.region.courses.today import (
    at_home,
    beds,
    expected,
    legevakt,
    places,
    slots,
    students,
)
from fellesjournal.rollout.region.courses.today.shares import missing, share
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service

ADULTS, OVER_45, OVER_60, OVER_68 = 0.6, 0.34, 0.11, 0.1
"""Of all: how many are of these ages and free for it; the old are elsewhere often."""
NURSING, HOME, APPLIED, RESULTS, LEGEVAKT = 8, 12, 4, 12, 10
"""Citizens wanted at the unit beside those of the stories; at the GP's office of all its doctors."""
AT_GP, AT_HEART_CLINIC = (0.8, 0.4, 0.25, 0.1), (0.8, 0.3, 0.2, 0.1)
"""How many come of those who have a place and can, today and on the following working days."""
WARDS = (
    (Service.MEDICAL_WARD, 0.001, 6),
    (Service.SURGICAL_WARD, 0.0006, 3),
    (Service.ORTHOPAEDIC_WARD, 0.0006, 3),
)
"""The wards that are filled up, with the share that other courses tell, and how many are wanted."""


def happens(life: Life) -> None:
    """One thing at most that takes a citizen's day; results may wait besides."""
    today, age = life.era.until, life.age(life.last)
    if life.person.died or life.decline.lives_in(today) or life.days.outside(today) != today:
        return
    draws = [life.chance.share() for _ in range(8)]
    ward = _ward(life, draws[0]) if age >= 18 else None
    if ward:
        beds.is_admitted(life, ward)
        students.write(life)
    elif age >= 68 and draws[1] < missing(life, Service.NURSING_HOME, 0.006, NURSING) / OVER_68:
        places.has_a_place(life)
    elif age >= 45 and not life.decline.helped and draws[2] < _helped(life):
        at_home.is_helped(life)
    elif age >= 60 and not life.decline.helped and draws[3] < _applied(life):
        at_home.applies(life)
    elif age >= 45 and draws[4] < _comes(AT_HEART_CLINIC, slots.day_at_the_heart_clinic(life)):
        expected.at_the_heart_clinic(life)
    elif draws[5] < _comes(AT_GP, slots.day_at_the_gp(life)):
        expected.at_the_gp(life)
    elif draws[6] < share(life, Service.LEGEVAKT, 0.0007, LEGEVAKT):
        legevakt.comes_to_legevakt(life)
    elif age >= 18 and draws[7] < share(life, Service.GP, 0.01, RESULTS) / ADULTS:
        expected.waits_for_results(life)


def _ward(life: Life, draw: float) -> Service | None:
    """The ward in which the citizen lies, by a number drawn from 0 to 1."""
    for service, told, wanted in WARDS:
        draw -= missing(life, service, told, wanted) / ADULTS
        if draw < 0:
            return service
    return None


def _comes(of_days: Sequence[float], ahead: int | None) -> float:
    """How likely one with a place so many working days ahead comes."""
    return of_days[ahead] if ahead is not None and ahead < len(of_days) else 0.0


def _helped(life: Life) -> float:
    return missing(life, Service.HOME_CARE, 0.03, HOME) / OVER_45


def _applied(life: Life) -> float:
    return share(life, Service.ALLOCATION, 0.0005, APPLIED) / OVER_60
