"""Ages, and who decides on health care at which age.

Source: pasient- og brukerrettighetsloven (1999-07-02-63) §§ 3-4, 4-3 and 4-4, with Helsedirektoratet's
comments on § 3-4. The steps are the rule for somebody who understands what the care is about; who does not
(§ 4-3 second paragraph, §§ 4-5 to 4-8) and what a special law says otherwise is decided by people, not
here.
"""

from datetime import date
from enum import Enum
from typing import NamedTuple

from fellesjournal.errors import Invalid

HEARD = 12
"""From this age a child has a say in every question of its own health."""
HEALTH_MAJORITY = 16
"""From this age one decides on one's own health care."""
ADULT = 18
"""From this age parental responsibility is over."""


class Parents(Enum):
    """What those with parental responsibility are to learn of the care."""

    EVERYTHING = "everything"
    """Except what weighty regard for the child speaks against (§ 3-4 third paragraph)."""
    UNLESS_WITHHELD = "unless withheld"
    """Not what the child wants kept from them for good reasons (§ 3-4 second paragraph)."""
    NECESSARY = "necessary"
    """What they need to fulfil parental responsibility (§ 3-4 fourth paragraph)."""
    NOTHING = "nothing"


class Step(NamedTuple):
    """The rule from one age to the next."""

    from_age: int
    patient_decides: bool
    """Consents to health care; else those with parental responsibility do, after hearing the child."""
    may_decide_alone: bool
    """May consent to care that the parents are not told of."""
    parents_learn: Parents
    law: str
    """The sections, and what they say, in one sentence."""


STEPS = (
    Step(
        0,
        patient_decides=False,
        may_decide_alone=False,
        parents_learn=Parents.EVERYTHING,
        law="pbrl § 4-4: the parents consent, and hear what the child says.",
    ),
    Step(
        HEARD,
        patient_decides=False,
        may_decide_alone=True,
        parents_learn=Parents.UNLESS_WITHHELD,
        law="pbrl § 4-4 and § 4-3 c: the parents consent, and the child has its say in all; it consents "
        "alone to care that the parents are not told of.",
    ),
    Step(
        HEALTH_MAJORITY,
        patient_decides=True,
        may_decide_alone=True,
        parents_learn=Parents.NECESSARY,
        law="pbrl § 4-3 b: the patient consents, if no special law or the nature of the measure hinders.",
    ),
    Step(
        ADULT,
        patient_decides=True,
        may_decide_alone=True,
        parents_learn=Parents.NOTHING,
        law="pbrl § 4-3 a: the patient consents.",
    ),
)


def age_on(born: date, on: date) -> int:
    """Full years on the day. Who is born on 29 February has the birthday on 1 March in other years.

    No statute was found that says so; it is when the year since the last birthday is full. It moves no health
    majority and no twelfth year, which fall on leap years (except across 2100), only the eighteenth.
    Raises Invalid before the birth.
    """
    if on < born:
        raise Invalid(f"There is no age on {on}: the birth date is {born}. Check both dates.")
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def step_on(born: date, on: date) -> Step:
    """Who decides on health care on the day, and what the parents learn of it."""
    age = age_on(born, on)
    return next(step for step in reversed(STEPS) if step.from_age <= age)


def reaches(born: date, age: int) -> date:
    """The day on which somebody born then has reached the age: from then on the age's step holds."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
