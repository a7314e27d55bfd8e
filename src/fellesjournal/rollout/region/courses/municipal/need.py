"""How much help somebody needs at home, and since when: from a little practical help to nurses several
times a day.

How many: 3 of 10 from 80 on have care at home, 1 of 15 from 67 to 79 (Statistics Norway, 11642 and 12292);
what leads there is frailty, dementia, a stroke or broken hip, and the last years.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import IntEnum
from typing import NamedTuple

from fellesjournal.rollout.region.endings import Cause, Place
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.units import Service

OLD = 60
"""From which age on: from 60 also because of dementia (courses.dementia)."""
FRAIL: Risk = ((62, 3), (67, 9), (75, 24), (80, 42), (85, 75), (90, 130))
SERIOUS = ("K77", "K90", "R95", "T90", "N87", "L88", "K74", "K76", "U99", "P72", "P73")
"""ICPC-2 codes of illnesses that each make help likelier."""
HELPED_AT_LAST = 70
"""From which age on the last years lead to help at home, whatever the illness."""
ABLE = timedelta(days=120)
"""For so long after it was told of work nobody is so frail."""
AT_ONCE = (Cause.SUDDEN, Cause.ACCIDENT)


class Level(IntEnum):
    """How much help."""

    PRACTICAL = 1
    """With the house and shopping."""
    SOME = 2
    """Nurses a few times a week, up to once a day."""
    MUCH = 3
    """Nurses several times a day."""
    INSTITUTION = 4


class Step(NamedTuple):
    """Since when the need is so great, and the first day on which it is another."""

    since: date
    until: date | None
    level: Level

    def last(self, of_all: date) -> date:
        """The last day of it, no later than the last day of all."""
        return of_all if self.until is None else min(self.until - timedelta(days=1), of_all)


def steps(life: Life) -> list[Step]:
    """The need for help at home of one who is old, in order; the last goes on while its `until` is None."""
    end = life.decline.moves_in or _last_illness(life) or life.person.died
    begun = _progress(life, _begun(life))
    found: list[Step] = []
    days = [(day, level) for level, day in sorted(begun.items(), reverse=True)]
    later = end
    for day, level in days:
        if day <= life.last and (later is None or day < later - timedelta(days=14)):
            found.append(Step(day, later, level))
            later = day
    return found[::-1]


def _last_illness(life: Life) -> date | None:
    """From when palliative care takes over at home."""
    ending = life.ending
    at_home = ending is not None and ending.place is Place.HOME and ending.cause not in AT_ONCE
    return ending.since if ending and at_home else None


def _begun(life: Life) -> dict[Level, date]:
    """The earliest day of each level that something leads to, after the last on which it is told of work."""
    first: dict[Level, date] = {}
    able = life.decline.able_on
    for level, told in _reasons(life):
        day = max(told, able + ABLE) if able else told
        if life.age(max(day, life.person.born)) >= OLD:
            first[level] = min(day, first.get(level, day))
    return first


def _reasons(life: Life) -> Iterator[tuple[Level, date]]:
    ill = sum(one.icpc in SERIOUS for one in life.known(life.last))
    frail = life.onset(FRAIL, 0.3 + 0.15 * ill)
    some = life.chance.yes(0.4)
    if frail:
        yield (Level.SOME if some else Level.PRACTICAL), frail
    yield from _of_dementia(life)
    for stay, _ in life.stays:
        if stay.unit in (
            life.services.unit(Service.ORTHOPAEDIC_WARD),
            life.services.unit(Service.MEDICAL_WARD),
            life.services.unit(Service.GERIATRIC_WARD),
        ):
            older = life.age(stay.day) - 70
            if (stay.end - stay.start).days >= 4 and life.chance.yes(0.006 * max(0, older)):
                yield Level.SOME, stay.end.date()
    yield from _towards_the_end(life)


def _of_dementia(life: Life) -> Iterator[tuple[Level, date]]:
    dementia = life.decline.dementia
    later = life.chance.between(60, 700)
    if dementia:
        yield Level.SOME, dementia.since + timedelta(days=later)
        points = life.chance.uniform(12, 17)
        yield (
            Level.MUCH,
            dementia.since + timedelta(days=365 * max(0.3, (dementia.first - points) / dementia.pace)),
        )


def _towards_the_end(life: Life) -> Iterator[tuple[Level, date]]:
    some, much = life.chance.between(60, 1100), life.chance.between(10, 330)
    if life.decline.moves_in:
        yield Level.SOME, life.decline.moves_in - timedelta(days=some + 200)
        yield Level.MUCH, life.decline.moves_in - timedelta(days=much + 40)
    elif life.ending and life.ending.cause not in AT_ONCE and life.age(life.last) >= HELPED_AT_LAST:
        yield Level.SOME, life.ending.since - timedelta(days=some)
        yield Level.MUCH, life.ending.since - timedelta(days=much)


def _progress(life: Life, begun: dict[Level, date]) -> dict[Level, date]:
    """What begins by itself some years on, when nothing else leads to it."""
    for level in (Level.PRACTICAL, Level.SOME):
        days = life.chance.between(250, 2600)
        if level in begun and level + 1 not in begun:
            begun[Level(level + 1)] = begun[level] + timedelta(days=days)
    return begun
