"""Rooms, machines, teams and groups that are booked: what units of a kind have, and when each is open."""

from typing import NamedTuple

from fellesjournal.rollout.region import hours
from fellesjournal.rollout.region import kinds_of_visit as kinds
from fellesjournal.rollout.region.hours import Line, Week
from fellesjournal.rollout.region.kinds_of_visit import Kind
from fellesjournal.rollout.region.units import Service

MOST_ROOMS = 12
"""Of one kind at one unit."""


class Room(NamedTuple):
    """A room or a machine that has one: one for so many citizens that the unit serves, at least one."""

    word: str
    name: str
    citizens_each: int
    week: Week

    def number(self, serves: int) -> int:
        """How many of them a unit has that serves so many citizens."""
        return max(1, min(MOST_ROOMS, serves // self.citizens_each))


class Group(NamedTuple):
    """What several come to at once; `capacity` is how many, or 0 for as many as the team can serve."""

    word: str
    name: str
    capacity: int
    week: Week


def _open(start: str, end: str, *offered: Kind) -> Week:
    return Week((Line(start, end),), offered)


_ROOM = _open("08:00", "16:00", kinds.FOLLOW_UP, kinds.NEW)
_LATE = "18:00"
ROOMS: dict[Service, tuple[Room, ...]] = {
    Service.GP: (
        Room("skiftestue", "Skiftestue", 6_000, _open("08:00", "15:00", kinds.WOUND)),
        Room("laboratorium", "Laboratorium", 6_000, _open("08:00", "14:30", kinds.SAMPLES)),
    ),
    Service.HEALTH_STATION: (
        Room("rom", "Undersøkelsesrom", 5_000, _open("08:00", "16:00", kinds.CHILD, kinds.PREGNANCY)),
    ),
    Service.PHYSIOTHERAPY: (
        Room("sal", "Treningssal", 20_000, _open("08:00", _LATE, kinds.PHYSIO)),
        Room("rom", "Behandlingsrom", 5_000, _open("08:00", "16:00", kinds.PHYSIO, kinds.FIRST_PHYSIO)),
    ),
    Service.HEART_CLINIC: (
        Room("rom", "Undersøkelsesrom", 30_000, _ROOM),
        Room("ekko", "Ekkolab", 60_000, _open("08:00", "15:30", kinds.ECHO)),
    ),
    Service.CLINIC: (Room("rom", "Undersøkelsesrom", 15_000, _ROOM),),
    Service.PSYCHIATRY: (
        Room("rom", "Samtalerom", 10_000, _open("08:00", "16:00", kinds.THERAPY, kinds.FIRST_PSYCHIATRY)),
    ),
    Service.MATERNITY: (
        Room("ultralyd", "Ultralydrom", 80_000, _open("08:00", "15:30", kinds.ULTRASOUND, kinds.PREGNANCY)),
    ),
    Service.OPERATING: (
        Room("stue", "Operasjonsstue", 25_000, _open("08:00", "15:30", kinds.OPERATION, kinds.DAY_SURGERY)),
        Room(
            "akuttstue",
            "Operasjonsstue for øyeblikkelig hjelp",
            100_000,
            hours.ROUND_THE_CLOCK._replace(kinds=(kinds.OPERATION,)),
        ),
    ),
    Service.RADIOLOGY: (
        Room("mr", "MR-lab", 100_000, _open("07:30", "20:00", kinds.MR)),
        Room("ct", "CT-lab", 100_000, _open("07:30", _LATE, kinds.CT)),
        Room("ultralyd", "Ultralydlab", 60_000, _open("08:00", "15:30", kinds.ULTRASOUND)),
        Room("rontgen", "Røntgenlab", 60_000, _open("07:30", _LATE, kinds.X_RAY)),
    ),
    Service.LABORATORY: (Room("prove", "Prøvetakingsplass", 40_000, _open("07:30", "14:30", kinds.SAMPLES)),),
    Service.SPECIALIST: (Room("rom", "Undersøkelsesrom", 25_000, _ROOM),),
}

_TEAM = hours.ROUND_THE_CLOCK._replace(
    kinds=(kinds.HOME, kinds.LOOKING_IN, kinds.CARE, kinds.MEDICINES, kinds.WOUND)
)
GROUPS: dict[Service, tuple[Group, ...]] = {
    Service.HOME_CARE: (Group("", "", 0, _TEAM),),
    Service.SAFETY_ALARM: (Group("", "", 0, _TEAM._replace(kinds=(kinds.URGENT,))),),
    Service.LEGEVAKT: (Group("", "", 0, hours.ROUND_THE_CLOCK._replace(kinds=(kinds.URGENT,))),),
    Service.OVERDOSE_TEAM: (Group("", "", 0, _open("09:00", "21:00", kinds.HOME, kinds.TALK)),),
    Service.HEALTHY_LIVING: (
        Group(
            "trening",
            "treningsgruppe",
            12,
            Week((Line("10:00", "11:00", ("mon", "wed", "fri")),), (kinds.TRAINING,)),
        ),
        Group(
            "roykeslutt",
            "snus- og røykesluttkurs",
            10,
            Week((Line("16:30", _LATE, ("tue",)),), (kinds.NO_SMOKING,)),
        ),
    ),
    Service.PHYSIOTHERAPY: (
        Group(
            "fallgruppe",
            "gruppe mot fall",
            8,
            Week((Line("13:00", "14:00", ("tue", "thu")),), (kinds.TRAINING,)),
        ),
    ),
    Service.HEALTH_STATION: (
        Group("barsel", "barselgruppe", 8, Week((Line("10:00", "11:30", ("thu",)),), (kinds.NEW_PARENTS,))),
    ),
}
"""A group without a word of its own is the unit's team."""


def offered(service: Service) -> list[Kind]:
    """The kinds of visit that a unit of a kind gives: of its workers, its rooms and its team."""
    weeks = [*hours.WORKERS.get(service, {}).values(), *(one.week for one in ROOMS.get(service, ()))]
    weeks += [one.week for one in GROUPS.get(service, ()) if not one.word]
    return list(dict.fromkeys(kind for week in weeks for kind in week.kinds))
