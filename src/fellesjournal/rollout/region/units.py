"""The kinds of unit that citizens meet, and units and workers as records refer to them."""

from enum import StrEnum
from typing import NamedTuple


class Service(StrEnum):
    """The kinds of unit that citizens meet."""

    GP = "fastlege"
    LEGEVAKT = "legevakt"
    HOME_CARE = "hjemmetjeneste"
    ALLOCATION = "tildeling"
    NURSING_HOME = "sykehjem"
    SHORT_STAY = "helsehus"
    HEALTH_STATION = "helsestasjon"
    SCHOOL_HEALTH = "skolehelsetjeneste"
    PHYSIOTHERAPY = "fysioterapi"
    OCCUPATIONAL_THERAPY = "ergoterapi"
    SAFETY_ALARM = "trygghetspatrulje"
    MEDICAL_WARD = "medisinsk-sengepost"
    SURGICAL_WARD = "kirurgisk-sengepost"
    ORTHOPAEDIC_WARD = "ortopedisk-sengepost"
    CHILDRENS_WARD = "barneavdeling"
    MATERNITY = "fodeavdeling"
    PSYCHIATRY = "psykiatrisk-poliklinikk"
    HEART_CLINIC = "hjertepoliklinikk"
    CLINIC = "poliklinikk"
    EMERGENCY_ROOM = "akuttmottak"
    RADIOLOGY = "radiologi"
    LABORATORY = "laboratorium"


class Unit(NamedTuple):
    """A unit as the citizen's record refers to it."""

    id: str
    name: str

    @property
    def reference(self) -> str:
        """How resources refer to it."""
        return f"Organization/{self.id}"


class Worker(NamedTuple):
    """A worker in one role at one unit."""

    id: str
    name: str

    @property
    def reference(self) -> str:
        """How resources refer to the person."""
        return f"Practitioner/{self.id}"


class Municipality(NamedTuple):
    """A municipality: invented, with a number that no real one has."""

    number: str
    name: str
    postcode: str
    share: float
    """Of the region's citizens."""
    nynorsk: bool = False
