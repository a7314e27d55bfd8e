"""The weeks of those who are booked with: when each kind of worker, room and group is open, and for what."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region import kinds_of_visit as kinds
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.kinds_of_visit import Kind
from fellesjournal.rollout.region.moments import at
from fellesjournal.rollout.region.units import Service

OPEN = "https://fellesjournal.no/fhir/StructureDefinition/open"
"""On a Schedule: a line of its week (docs/decisions/booking.md)."""
_WEEKDAYS, _ALL = ("mon", "tue", "wed", "thu", "fri"), ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Line(NamedTuple):
    """Open from one hour to another ("08:00") on some days; with `kinds` for those alone, until `release`
    days before, when the rest is given to all.
    """

    start: str
    end: str
    days: tuple[str, ...] = _WEEKDAYS
    kinds: tuple[Kind, ...] = ()
    release: int = -1

    @property
    def extension(self) -> Json:
        """As a Schedule has it."""
        parts: list[Json] = [{"url": "day", "valueCode": day} for day in self.days]
        parts += [
            {"url": "from", "valueTime": f"{self.start}:00"},
            {"url": "to", "valueTime": f"{self.end}:00"},
        ]
        parts += [{"url": "visit", "valueCoding": one.coding} for one in self.kinds]
        if self.release >= 0:
            parts.append({"url": "release", "valueInteger": self.release})
        if self.days == _ALL:
            parts.append({"url": "holidays", "valueBoolean": True})
        return {"url": OPEN, "extension": parts}


class Week(NamedTuple):
    """The hours of a week, and the kinds of visit that they are for, the usual one first."""

    lines: tuple[Line, ...]
    kinds: tuple[Kind, ...]

    def starts(self, day: date, minutes: int) -> list[datetime]:
        """The times of a working day at which a visit of so many minutes can begin, one after another."""
        weekday, found = _ALL[day.weekday()], []
        for line in self.lines:
            if weekday in line.days and not line.kinds:
                begins, end = (at(day, *map(int, one.split(":"))) for one in (line.start, line.end))
                while begins + timedelta(minutes=minutes) <= end:
                    found.append(begins)
                    begins += timedelta(minutes=minutes)
        return found


def _office(start: str, end: str, *offered: Kind) -> Week:
    """Working days with half an hour for lunch."""
    return Week((Line(start, "11:30"), Line("12:00", end)), offered)


SURGERY = Week(
    (
        Line("08:00", "11:30"),
        Line("12:00", "14:00"),
        Line("14:00", "15:00", kinds=(kinds.URGENT,), release=0),
        Line("16:00", "18:00", ("thu",), (kinds.VIDEO, kinds.CONTROL)),
    ),
    (kinds.CONSULTATION, kinds.LONG, kinds.CONTROL, kinds.URGENT, kinds.VIDEO),
)
_CLINIC = _office("08:00", "15:00", kinds.FOLLOW_UP, kinds.NEW)
_CLINIC_NURSE = _office("08:00", "15:00", kinds.FOLLOW_UP, kinds.WOUND, kinds.SAMPLES)
HEART_CLINIC = _office("08:00", "15:00", kinds.FOLLOW_UP, kinds.NEW, kinds.ECHO)
_TALKS = _office("08:30", "15:30", kinds.THERAPY, kinds.FIRST_PSYCHIATRY)
_PHYSIO = _office("08:00", "15:30", kinds.PHYSIO, kinds.FIRST_PHYSIO)
_AT_HOME = _office("09:00", "15:00", kinds.HOME, kinds.ASSESSMENT)
_SURGEON = Week(
    (
        Line("08:00", "15:00", ("mon", "wed"), (kinds.OPERATION, kinds.DAY_SURGERY), 7),
        Line("08:30", "11:30", ("tue", "thu", "fri")),
        Line("12:00", "14:30", ("tue", "thu")),
    ),
    (kinds.FOLLOW_UP, kinds.NEW, kinds.OPERATION, kinds.DAY_SURGERY),
)
ROUND_THE_CLOCK = Week((Line("00:00", "00:00", _ALL),), (kinds.URGENT, kinds.HOME))

WORKERS: dict[Service, dict[str, Week]] = {
    Service.GP: {
        "lege": SURGERY,
        "helsesekretaer": _office("08:00", "14:30", kinds.SAMPLES, kinds.VACCINE, kinds.WOUND),
    },
    Service.LEGEVAKT: {"lege": ROUND_THE_CLOCK._replace(kinds=(kinds.URGENT,))},
    Service.HOME_CARE: {"fysioterapeut": _AT_HOME},
    Service.ALLOCATION: {"saksbehandler": _office("09:00", "15:00", kinds.ASSESSMENT, kinds.TALK)},
    Service.NURSING_HOME: {"lege": Week((Line("08:30", "14:00", ("tue", "thu")),), (kinds.CONTROL,))},
    Service.SHORT_STAY: {
        "lege": Week((Line("08:30", "14:00", ("mon", "wed", "fri")),), (kinds.CONTROL,)),
        "fysioterapeut": _PHYSIO,
    },
    Service.HEALTH_STATION: {
        "helsesykepleier": _office("08:30", "15:00", kinds.CHILD, kinds.VACCINE, kinds.TALK),
        "jordmor": _office("08:30", "15:00", kinds.PREGNANCY, kinds.AFTER_BIRTH),
        "lege": Week((Line("09:00", "14:00", ("tue",)),), (kinds.CHILD, kinds.PREGNANCY)),
    },
    Service.SCHOOL_HEALTH: {"helsesykepleier": _office("08:30", "14:30", kinds.TALK, kinds.VACCINE)},
    Service.PHYSIOTHERAPY: {"fysioterapeut": _PHYSIO},
    Service.OCCUPATIONAL_THERAPY: {"ergoterapeut": _office("08:30", "15:00", kinds.ADAPTING, kinds.HOME)},
    Service.HEALTHY_LIVING: {"fysioterapeut": _office("09:00", "15:00", kinds.TALK)},
    Service.PRISON_HEALTH: {
        "lege": Week((Line("09:00", "12:00", ("tue", "fri")),), (kinds.CONSULTATION,)),
        "sykepleier": _office("08:00", "15:00", kinds.CONSULTATION, kinds.SAMPLES),
    },
    Service.REFUGEE_HEALTH: {
        "lege": Week((Line("09:00", "14:00", ("mon", "thu")),), (kinds.LONG, kinds.CONSULTATION)),
        "helsesykepleier": _office("08:30", "15:00", kinds.LONG, kinds.VACCINE),
    },
    Service.INFECTION_CONTROL: {
        "smittevernlege": Week((Line("12:00", "15:00", ("mon", "wed")),), (kinds.CONSULTATION,))
    },
    Service.OVERDOSE_TEAM: {"sykepleier": _office("09:00", "15:00", kinds.TALK, kinds.HOME)},
    Service.SURGICAL_WARD: {"lege": _SURGEON},
    Service.ORTHOPAEDIC_WARD: {"lege": _SURGEON},
    Service.MATERNITY: {"jordmor": _office("08:30", "14:30", kinds.PREGNANCY, kinds.ULTRASOUND)},
    Service.OPERATING: {"lege": Week((Line("12:00", "15:00"),), (kinds.ANAESTHESIA,))},
    Service.HEART_CLINIC: {"lege": HEART_CLINIC, "sykepleier": _CLINIC_NURSE},
    Service.CLINIC: {"lege": _CLINIC, "sykepleier": _CLINIC_NURSE},
    Service.PSYCHIATRY: {"psykiatrisk-lege": _TALKS, "psykolog": _TALKS, "psykiatrisk-sykepleier": _TALKS},
    Service.RADIOLOGY: {"lege": _office("08:00", "15:00", kinds.ULTRASOUND)},
    Service.SPECIALIST: {"lege": _CLINIC},
}
"""By the unit and the policy of the role; others are not booked."""


def of_worker(service: Service | None, policy: str) -> Week | None:
    """The week of one in a role at a unit; None for one whose time is not booked."""
    return WORKERS[service].get(policy) if service in WORKERS else None
