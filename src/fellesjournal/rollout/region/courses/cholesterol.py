"""LDL cholesterol follows the list of medicines, whoever asks for the test: what it is with a statin is the
citizen's, and lower once there is a disease of the vessels (goals: ESC 2019, Helsedirektoratet on diabetes).

Each course asks for its own tests, and does not know what the others, told later, begin.
"""

from datetime import date, timedelta

import msgspec

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.coding import Json, quantity
from fellesjournal.rollout.region.chart.measures import LDL
from fellesjournal.rollout.region.courses.coronary import ANGINA, CORONARY, STRICTER
from fellesjournal.rollout.region.courses.stroke import STROKE
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import moment

WORKS = timedelta(days=35)
"""After so long a statin has done what it does."""
OF_VESSELS, OTHERS, LEAST = 1.5, 1.9, 1.2
"""mmol/L that are usual with a statin, of those with a disease of the vessels and of others; the least."""
GOAL, STRICT = 1.74, 1.34
"""mmol/L that nobody with a disease of the vessels is above, and of the coronaries now: their controls say
that the goal is reached, which is to be under 1.8 and 1.4 as it is written with one decimal."""
OWN, EACH = 0.2, 0.1
"""Deviations: of a citizen, and of one test from another."""
_CODE = f'"{LDL.code}"'.encode()


def follows(life: Life) -> None:
    """When all is told, and the list of medicines is settled."""
    life.at_the_end(lambda: _follow(life))


def _follow(life: Life) -> None:
    chance = Chance(life.seed, life.person.id, "LDL with a statin")
    own: float | None = None
    for place, body in enumerate(life.chart.bodies):
        if _CODE not in body:
            continue
        told: Json = msgspec.json.decode(body)
        day = moment(told["effectiveDateTime"]).date()
        if _works(life, day):
            own = chance.normal(0, OWN) if own is None else own
            ill = any(life.had(one, day) for one in (CORONARY, ANGINA, STROKE))
            value = max(LEAST, (OF_VESSELS if ill else OTHERS) + own + chance.normal(0, EACH))
            strict = day >= STRICTER and life.had(CORONARY, day)
            value = min(value, STRICT if strict else GOAL) if ill else value
            said = quantity(round(value, LDL.decimals), LDL.unit, LDL.ucum)
            life.chart.change(place, {"valueQuantity": said, "interpretation": None})


def _works(life: Life, day: date) -> bool:
    """Whether a statin is used on the day, and has been for some weeks."""
    return all(life.taking("C10", one) for one in (day, day - WORKS))
