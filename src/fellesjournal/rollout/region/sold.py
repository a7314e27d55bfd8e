"""Since when a medicine can be prescribed, and what was used before it.

Days are those of the European Commission's marketing authorisation (EMA, EPAR); of medicines that were
approved nation by nation the first day of the year after the first approval in Europe, rounded. What was
sold before 1996 has no row.
"""

from datetime import date
from typing import NamedTuple

from fellesjournal.rollout.region import formulary as given
from fellesjournal.rollout.region.chart.medicines import Medicine


class Novelty(NamedTuple):
    """How the ATC code begins, the first day on which it is prescribed, and what was used before: None for
    nothing."""

    atc: str
    since: date
    before: Medicine | None


NOVELTIES = (
    Novelty("A10AE04", date(2000, 6, 9), given.INSULIN_NPH),
    Novelty("A10BH05", date(2011, 8, 24), given.INSULIN_NPH),
    Novelty("A10BK01", date(2012, 11, 12), given.GLIMEPIRIDE),
    Novelty("A10BK03", date(2014, 5, 22), given.GLIMEPIRIDE),
    Novelty("B01AC04", date(1998, 7, 15), given.ASPIRIN),
    Novelty("B01AC24", date(2010, 12, 3), given.CLOPIDOGREL),
    Novelty("B01AF02", date(2012, 11, 19), given.WARFARIN),
    Novelty("C09CA06", date(1998, 1, 1), None),
    Novelty("C10AA05", date(1997, 1, 1), given.SIMVASTATIN),
    Novelty("G03AC08", date(1999, 1, 1), given.MINI_PILL_OLD),
    Novelty("G03AC09", date(1999, 1, 1), given.MINI_PILL_OLD),
    Novelty("L04AX07", date(2014, 1, 30), None),
    Novelty("M05BA04", date(1996, 1, 1), None),
    Novelty("M05BX04", date(2010, 5, 26), None),
    Novelty("N06AB10", date(2002, 1, 1), given.SERTRALINE),
    Novelty("N06BA12", date(2013, 1, 1), given.METHYLPHENIDATE),
    Novelty("N06DA02", date(1997, 1, 1), None),
    Novelty("N06DX01", date(2002, 5, 15), None),
    Novelty("R03BB04", date(2002, 1, 1), given.IPRATROPIUM),
)
"""Apixaban's is the day of its approval in atrial fibrillation, for which nearly all here use it."""


def novelty(medicine: Medicine, on: date) -> Novelty | None:
    """The row of a medicine that cannot be prescribed yet on the day; None when it can."""
    return next((one for one in NOVELTIES if on < one.since and medicine.atc.startswith(one.atc)), None)


def available(medicine: Medicine | None, on: date) -> Medicine | None:
    """The medicine, or what was used before it on a day on which it was not sold."""
    while medicine and (new := novelty(medicine, on)):
        medicine = new.before
    return medicine
