"""Who moves into a nursing home for good, and when: told before other courses, since doctors come there.

About 32,000 live in one (Statistics Norway, 12209), two of three over 80, for two years on average; four of
five have dementia; half of all deaths are there (FHI).
"""

from datetime import date, timedelta
from math import log

from fellesjournal.rollout.region.endings import Cause, Place
from fellesjournal.rollout.region.life import Life, Risk

FRAIL: Risk = ((75, 1), (80, 2), (85, 6), (90, 18), (95, 45))
"""Of those who are not led there by dementia or a last illness."""
ALONE = 8
"""MMSE at which nobody manages at home for many years more, whatever help there is."""
MEAN_DAYS = 420
"""From moving in until death, of those who die there."""
COMES_TO_DIE = 0.2
"""Of those who die there, who come for the last weeks alone: nobody of those who have a stroke, which takes
everybody else to a ward."""


def decides(life: Life) -> None:
    """The day, if there is one: the last illness, wherever it is, takes nobody to another place."""
    days = [day for day in (_by_dementia(life), life.onset(FRAIL), _for_the_end(life)) if day]
    if not days:
        return
    day = min(days)
    died_at_home = life.ending is not None and life.ending.place is Place.HOME
    last = life.ending.since if life.ending else life.last
    if died_at_home or life.age(day) < 67 or day >= last:
        return
    life.decline.moves_in = day


def _by_dementia(life: Life) -> date | None:
    dementia = life.decline.dementia
    limit = life.chance.uniform(-12, 6)
    if dementia is None:
        return None
    longest = (dementia.first - ALONE) / dementia.pace + life.chance.uniform(0.5, 3)
    years = min((dementia.first - limit) / dementia.pace, longest)
    return dementia.since + timedelta(days=round(years * 365.25))


def _for_the_end(life: Life) -> date | None:
    draw = life.chance.share()
    if life.ending is None or life.ending.place is not Place.NURSING_HOME:
        return None
    if life.ending.cause is Cause.STROKE:
        draw = max(draw, COMES_TO_DIE)
    if draw < COMES_TO_DIE:
        return None
    return life.ending.since - timedelta(days=round(-log(1 - draw) * MEAN_DAYS))
