"""Spirometry: what a citizen blows, in litres.

What is expected is of age, height and sex: ECSC 1993 (Quanjer and others) for adults, Polgar and Promadhat
(1971) for children.
"""

from datetime import date

from fellesjournal.rollout.region.chart.measures import FEV1, FVC
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit

GROWN = 18
OLD = 1.6
"""Litres that the least expected of the old is taken to be: the equations are of people up to 70."""
YOUNG = 25
"""Until that age nothing is lost."""


def spirometry(life: Life, visit: Visit, share: float, ratio: float) -> None:
    """Measured at a visit: `share` is FEV1 as a part of what is expected, `ratio` FEV1 as a part of FVC."""
    if visit.recorded:
        blown = share * _expected(life, visit.day)
        visit.measure(FEV1, blown)
        visit.measure(FVC, blown / ratio)


def _expected(life: Life, on: date) -> float:
    """FEV1 in litres."""
    age, height = life.age(on), life.body.height(on)
    if age < GROWN:
        return float(2.1e-6 * height**2.8)
    years, metres = max(age, YOUNG), height / 100
    if life.person.is_woman:
        return max(OLD, 3.95 * metres - 0.025 * years - 2.60)
    return max(OLD, 4.30 * metres - 0.029 * years - 2.49)
