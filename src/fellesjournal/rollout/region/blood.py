"""What a citizen's blood tests show when nothing is wrong, and with what an illness adds.

Middle values of ordinary adult laboratory lists, rounded.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.chart import measures
from fellesjournal.rollout.region.chart.measures import (
    CREATININE,
    EGFR,
    HAEMOGLOBIN,
    Measure,
    childs_creatinine,
    usual,
)
from fellesjournal.rollout.region.life import Life

USUAL: dict[Measure, tuple[float, float]] = {
    measures.CRP: (2, 1.2),
    measures.LEUKOCYTES: (6.8, 1.2),
    measures.PLATELETS: (250, 45),
    measures.SODIUM: (140.5, 1.4),
    measures.POTASSIUM: (4.1, 0.2),
    measures.ALT: (26, 8),
    measures.TSH: (1.8, 0.6),
    measures.FREE_T4: (15, 1.8),
    measures.CHOLESTEROL: (5.2, 0.8),
    measures.LDL: (3.2, 0.7),
    measures.HBA1C: (36, 2.4),
    measures.GLUCOSE: (5.3, 0.4),
    measures.FERRITIN: (95, 32),
    measures.B12: (360, 75),
    measures.VITAMIN_D: (66, 15),
    measures.INR: (1.0, 0.06),
    measures.NT_PROBNP: (90, 45),
    measures.TROPONIN_T: (6, 2),
    measures.ALBUMIN: (42, 1.8),
    measures.PSA: (1.1, 0.6),
}
"""Middle and standard deviation."""
GROWN = 18
_SAMPLED = timedelta(days=30)
"""How long before the day they can have been taken."""
BETWEEN, WITHIN = 0.87, 0.5
"""Of the deviation, what is between citizens, and what is between two tests of one."""


def panel(
    life: Life, on: date, *wanted: Measure, ill: Mapping[Measure, float] | None = None
) -> dict[Measure, float]:
    """Values on a day: of `ill` as given, of the others as usual for this citizen. With creatinine comes
    the filtration that follows from it, of grown people: laboratories do not reckon it of a child's."""
    values = {one: _usual(life, one, on) for one in wanted} | dict(ill or {})
    age = life.age(on - _SAMPLED)
    if CREATININE in values and age < GROWN:
        values[childs_creatinine(age)] = values.pop(CREATININE)
    elif CREATININE in values:
        values[EGFR] = life.body.egfr(on, values[CREATININE])
    return values


def is_outside(measure: Measure, value: float, grown: Sex | None) -> bool:
    """Whether a value, as it is written, is outside what is usual, by the sex of one who is `grown`."""
    written = round(value, measure.decimals)
    low, high = usual(measure, grown)
    return (low or written) > written or (high or written) < written


def _usual(life: Life, measure: Measure, on: date) -> float:
    if measure is CREATININE:
        return life.body.creatinine_on(on) * life.chance.normal(1, 0.025)
    if measure is HAEMOGLOBIN:
        return life.body.haemoglobin_on(on) + max(-0.45, life.chance.normal(0, 0.3))
    middle, deviation = USUAL[measure]
    own, within = _level(life, measure), life.chance.normal(0, WITHIN)
    return max(1.0 if measure is measures.CRP else middle / 4, middle + deviation * (own + within))


def _level(life: Life, measure: Measure) -> float:
    """How many deviations from the middle the citizen usually is: drawn once."""
    levels = life.body.levels
    if measure.code not in levels:
        levels[measure.code] = 0.0 if measure is measures.CRP else life.chance.normal(0, BETWEEN)
    return levels[measure.code]
