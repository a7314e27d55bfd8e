"""How a life ends in the recorded years: what the citizen dies of, where, and since when."""

from datetime import date
from enum import StrEnum
from typing import NamedTuple

EASED = 2
"""Days before death at a ward from which only what eases is given, and nothing is measured."""


class Cause(StrEnum):
    """What is written as the underlying cause of death."""

    CANCER = "kreft"
    HEART = "hjertesykdom"
    STROKE = "hjerneslag"
    LUNGS = "kols"
    INFECTION = "infeksjon"
    DEMENTIA = "demens"
    FRAILTY = "alderdom"
    SUDDEN = "plutselig hjertestans"
    ACCIDENT = "ulykke"


class Place(StrEnum):
    """Where the citizen dies."""

    WARD = "sykehus"
    NURSING_HOME = "sykehjem"
    HOME = "hjemme"


class Ending(NamedTuple):
    """The last illness: from `since` the citizen is where death comes."""

    cause: Cause
    place: Place
    since: date
