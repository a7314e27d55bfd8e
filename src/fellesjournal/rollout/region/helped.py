"""Whom others help around a stay: what is told of one on arrival, and who sees to what afterwards."""

import re
from datetime import date

from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit

_AT_HOME = "Dagsvekt hjemme"
FORGOTTEN = " Har glemt vanndrivende noen dager."


def on_arrival(life: Life, day: date, told: str) -> str:
    """What is told: nobody forgets the tablets that nurses bring. Asked when the whole life is told."""
    return told.replace(FORGOTTEN, "") if life.decline.is_helped(day, by_nurses=True) else told


def afterwards(life: Life, stay: Visit, asked: str) -> str:
    """What others are asked to do: a nursing home's doctor sees to its residents, and the GP waits for those
    who train at the health house first."""
    if life.decline.lives_in(stay.end.date()):
        return _GP.sub(lambda found: _HOMES[found[0][0]], asked).replace(_AT_HOME, "Dagsvekt på sykehjemmet")
    if stay.reference in life.trains_until:
        return _SOON.sub(r"\1 etter oppholdet ved helsehuset", asked).replace(_AT_HOME, "Daglig vekt")
    return asked


_GP = re.compile(r"\b[Ff]astlegen?\b|er på e-resept")
_HOMES = {"F": "Sykehjemslegen", "f": "sykehjemslegen", "e": "gis på sykehjemmet"}
"""One who lives in a nursing home is followed up by its doctor, and given medicines there."""
_SOON = re.compile(r"(hos fastlegen?) om (en uke|to uker)")
"""How it is said that somebody is to be seen while the training goes on."""
