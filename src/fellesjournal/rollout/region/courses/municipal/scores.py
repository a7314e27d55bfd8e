"""IPLOS scores that agree with how much help is given, with memory, and with the scores before.

Variables and scores are those of norway/codes/iplos.py; each citizen is a little better or worse at one
thing than another, and stays so.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from fellesjournal.norway.codes.iplos import SCORE, VARIABLE
from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import Term
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit

BODY = {1: 1.3, 2: 2.6, 4: 1.8, 5: 1.4, 6: 2.8, 7: 1.5, 8: 1.4, 9: 2.0, 10: 0.6, 11: 1.1, 12: 2.1}
"""What is needed at the first level, by variable."""
MORE = {1: 0.4, 2: 0.7, 4: 0.8, 5: 0.7, 6: 0.6, 7: 0.9, 8: 0.9, 9: 0.8, 10: 0.6, 11: 0.9, 12: 0.8}
"""What each further level adds."""
MIND = {3: 1.0, 15: 1.1, 16: 0.7, 17: 0.6}
"""How much of a failing memory shows."""
TOUCHED = (1, 4, 8, 9)
"""Of what the body does, where a failing memory shows too."""
OF_MIND = {1: 3.2, 2: 2.3, 3: 2.8, 4: 2.8, 6: 2.3, 9: 1.9, 15: 1.6, 16: 1.7, 17: 2.0}
"""What is needed by one who is ill in mind, or slow to learn, or autistic, and well in body."""
SLOW_TO_LEARN, CARED_FOR, GROWN = "P85", (7, 8), 16
"""ICPC-2 code, and what others do for such a child (slow_milestones.py says so), until that age: who is soon
eighteen is seen for the services of a grown one."""
FROM_CHILDHOOD = (SLOW_TO_LEARN, "P99")
"""ICPC-2 codes of what does not leave one who grows old and frail too."""
SENSES = (13, 14)
HEARING, HEARS_BADLY, UNHEARD = 14, "H86", timedelta(days=1350)
"""For so long one hears badly before a doctor is told, at most (onsets.py)."""
EATING, FED = 10, 8
"""Who has fewer points of MMSE than this is given food and drink by others."""
HEALTH = 4
"""Whom nurses visit is helped to look after their health."""
OUTDOORS, HELPED = 12, 3
"""Who has so many points of moving about outdoors is helped with it; it is no easier than to move indoors."""
INDOORS, WASHING, DRESSING, TOILET = 5, 7, 8, 11
"""Who is helped at the toilet is helped to wash."""
DRESSED = 19
"""Points of MMSE up to which others help with that (dementia.py says so at controls)."""
DONE_FOR_ALL = (2, 6, 9)
"""Shopping, cleaning and cooking are nobody's own affair in a nursing home, nor a child's."""


def scores(life: Life, day: date, level: Level, *, of_mind: bool = False) -> Iterator[tuple[int, int]]:
    """Every variable with its score on a day; `of_mind` for one whose body is as it should be."""
    slow = not of_mind and any(one.icpc in FROM_CHILDHOOD for one in life.known(day))
    within = 1
    for number in range(1, 18):
        found = score(life, day, level, number, of_mind=of_mind)
        if number == EATING and life.decline.mmse(day) < FED:
            found = max(found, 4)
        if number == HEALTH and level in (Level.SOME, Level.MUCH):
            found = max(found, 3)
        if number == HEARING and any(one.icpc == HEARS_BADLY for one in life.known(day + UNHEARD)):
            found = max(found, 2)
        if number in (INDOORS, TOILET) and _is_weakened(life, day):
            found = max(found, 3)
        if number in (WASHING, DRESSING) and life.decline.mmse(day) <= DRESSED:
            found = max(found, 3)
        if number == WASHING:
            found = max(found, score(life, day, level, TOILET, of_mind=of_mind))
        found = max(found, score(life, day, level, number, of_mind=True)) if slow else found
        within = found if number == INDOORS else within
        yield number, max(found, within) if number == OUTDOORS else found


def is_helped_outdoors(life: Life, day: date, level: Level) -> bool:
    """Whether who decides on help finds that it is needed outdoors."""
    return max(score(life, day, level, number) for number in (INDOORS, OUTDOORS)) >= HELPED


def _is_weakened(life: Life, day: date) -> bool:
    """Whether somebody is to train after a stay, or does: rises with the help of one."""
    spans = ((stay.day, life.trains_until.get(stay.reference)) for stay, _ in life.stays)
    return any(until and since <= day < until for since, until in spans)


def score(life: Life, day: date, level: Level, number: int, *, of_mind: bool = False) -> int:
    """The score of one variable."""
    child = life.age(day) < GROWN
    if number in DONE_FOR_ALL and (child or level is Level.INSTITUTION):
        return 9
    lost = (30 - life.decline.mmse(day)) / 6
    if of_mind:
        value = OF_MIND.get(number, 1.0)
    elif number in SENSES:
        value = 1 + max(0, life.age(day) - 72) * 0.05
    elif number in MIND:
        value = 1 + lost * MIND[number]
    else:
        value = BODY[number] + (level - 1) * MORE[number] + (lost * 0.15 if number in TOUCHED else 0)
    own = Chance(life.seed, life.person.id, "iplos", number).normal(0, 0.45)
    slow = child and any(one.icpc == SLOW_TO_LEARN for one in life.known(day))
    return max(3 if slow and number in CARED_FOR else 1, min(5, round(value + own)))


def assess(life: Life, visit: Visit, level: Level, *, of_mind: bool = False) -> dict[int, int]:
    """Write the scores of a visit; returns them."""
    found = dict(scores(life, visit.day, level, of_mind=of_mind))
    for number, score in found.items():
        visit.score(_VARIABLES[number], _SCORES[score])
    return found


_VARIABLES = {int(one.code): Term(VARIABLE.system, one.code, one.display) for one in VARIABLE.codes}
_SCORES = {int(one.code): Term(SCORE.system, one.code, one.display) for one in SCORE.codes}
