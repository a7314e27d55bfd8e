"""Units, workers and municipalities: what they are, and how records refer to them."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple


class Service(StrEnum):
    """The kinds of unit, by the word that ends their ids."""

    GP = "legekontor"
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
    PRISON_HEALTH = "fengselshelsetjeneste"
    REFUGEE_HEALTH = "flyktninghelsetjeneste"
    INFECTION_CONTROL = "smittevern"
    OVERDOSE_TEAM = "overdoseteam"
    HEALTHY_LIVING = "frisklivssentral"
    EMERGENCY_ROOM = "akuttmottak"
    MEDICAL_WARD = "sengepost"
    GERIATRIC_WARD = "geriatrisk-sengepost"
    SURGICAL_WARD = "kirurgisk-sengepost"
    ORTHOPAEDIC_WARD = "ortopedisk-sengepost"
    CHILDRENS_WARD = "barneavdeling"
    MATERNITY = "fodeavdeling"
    OPERATING = "operasjon"
    HEART_CLINIC = "poliklinikk"
    CLINIC = "medisinsk-poliklinikk"
    PSYCHIATRY = "psykiatrisk-poliklinikk"
    RADIOLOGY = "radiologi"
    LABORATORY = "laboratorium"
    AMBULANCE = "ambulanse"
    SPECIALIST = "spesialist"
    """A private specialist with a contract."""


class Municipality(NamedTuple):
    """An invented municipality, with a number that no real one has."""

    number: str
    name: str
    slug: str
    share: float
    """Of the region's citizens."""
    citizens: int
    """How many the share is."""
    hospital: int
    """The place of the hospital that serves it."""
    nynorsk: bool = False


class Unit(NamedTuple):
    """A unit; `within` is the id of the business it is a part of, "" for a business itself."""

    id: str
    name: str
    place: int
    """In the region, from 0: its numbers follow from it."""
    service: Service | None = None
    within: str = ""
    serves: int = 0
    """About how many citizens; its workers follow from it."""

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


SHIFTS = (7.5, 15, 22)
"""Hours at which those of the day, the evening and the night begin at a ward."""
MIDWIFE = "jordmor"


def at_work(there: Sequence[Worker], moment: datetime) -> Worker:
    """Who of those who share a ward's shifts is at work then."""
    hour = moment.hour + moment.minute / 60
    return there[(3 * moment.toordinal() + sum(begins <= hour for begins in SHIFTS)) % len(there)]


def receives(there: Sequence[Worker], policy: str, start: datetime | None, turn: int) -> Worker:
    """Who of them receives one who is to stay: a midwife of that hour, else somebody by turn."""
    return at_work(there, start) if start and policy == MIDWIFE else there[turn % len(there)]
