"""What those who die in the recorded years die of, and where: told before everything else, so that the
diseases that follow can lead there.

Causes by age from the Norwegian Cause of Death Registry (FHI, 2022), and places from the same: about half die
in a nursing home, 30 in 100 at hospital, 15 at home; rounded.
"""

from datetime import timedelta

from fellesjournal.rollout.region.endings import Cause, Ending, Place
from fellesjournal.rollout.region.life import Life

CAUSES: tuple[tuple[int, tuple[tuple[Cause, float], ...]], ...] = (
    (0, ((Cause.INFECTION, 1),)),
    (1, ((Cause.ACCIDENT, 5), (Cause.INFECTION, 5))),
    (18, ((Cause.ACCIDENT, 50), (Cause.CANCER, 25), (Cause.SUDDEN, 15), (Cause.INFECTION, 10))),
    (45, ((Cause.CANCER, 48), (Cause.HEART, 14), (Cause.SUDDEN, 12), (Cause.STROKE, 5), (Cause.LUNGS, 7),
          (Cause.INFECTION, 5), (Cause.ACCIDENT, 9))),
    (70, ((Cause.CANCER, 35), (Cause.HEART, 19), (Cause.SUDDEN, 6), (Cause.STROKE, 7), (Cause.LUNGS, 10),
          (Cause.INFECTION, 8), (Cause.DEMENTIA, 9), (Cause.FRAILTY, 2), (Cause.ACCIDENT, 4))),
    (85, ((Cause.CANCER, 15), (Cause.HEART, 26), (Cause.SUDDEN, 3), (Cause.STROKE, 8), (Cause.LUNGS, 6),
          (Cause.INFECTION, 12), (Cause.DEMENTIA, 18), (Cause.FRAILTY, 12))),
)  # fmt: skip
"""From each age on."""

_IN_CARE = (Cause.DEMENTIA, Cause.FRAILTY)
_AT_ONCE = (Cause.SUDDEN, Cause.ACCIDENT)


def decides(life: Life) -> None:
    """The ending of a life that ends; its days at a ward are kept free of other contacts."""
    died = life.person.died
    if died is None or died > life.era.until:
        return
    age = life.age(died)
    causes = next(causes for since, causes in reversed(CAUSES) if age >= since)
    cause = life.chance.weighted(causes)
    place = _place(life, cause, age)
    nights = 0
    if place is Place.WARD:
        nights = life.chance.between(1, 9)
    elif cause not in _AT_ONCE:
        nights = life.chance.between(*((4, 14) if cause is Cause.INFECTION else (10, 60)))
    since = max(died - timedelta(days=nights), life.person.born)
    life.ending = Ending(cause, place, since)
    if cause not in _AT_ONCE:
        life.dying_since = since - timedelta(days=60)
    if cause not in _AT_ONCE:
        life.days.take(since, died, at_home=place is Place.HOME)


def _place(life: Life, cause: Cause, age: int) -> Place:
    if cause in _AT_ONCE:
        return Place.HOME
    if age < 60:
        return Place.WARD if cause is not Cause.CANCER or life.chance.yes(0.6) else Place.HOME
    if cause in _IN_CARE:
        return Place.NURSING_HOME
    nursed = 0.25 if age < 80 else 0.6
    choices = ((Place.NURSING_HOME, nursed), (Place.WARD, 0.8 - nursed), (Place.HOME, 0.2))
    place = life.chance.weighted(choices)
    if cause is Cause.STROKE and age < LIVES_IN_CARE:
        return Place.WARD
    acute = cause in {Cause.STROKE, Cause.INFECTION}
    return Place.WARD if acute and place is Place.HOME else place


LIVES_IN_CARE = 80
"""Age from which one who is struck may live in a nursing home; all others are taken to a ward."""
