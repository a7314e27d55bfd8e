"""A clinic that is booked with: two people, two rooms, a group, and their calendars, open every day."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from fellesjournal.booking.free.availability import OPEN
from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.holding import CAPACITY
from fellesjournal.booking.offered import MINUTES
from workplace.people import NEAR, to
from world import staff

Json = dict[str, Any]

UNIT = f"Organization-{staff.CLINIC}"
DOCTOR, NURSE = "Practitioner/klok-tindvik", "Practitioner/rask-bekkesildre"
ROOM, OTHER_ROOM, PLACE = "Location/ultralyd-1", "Location/ultralyd-2", f"Location/{staff.CLINIC}"
GROUP = "HealthcareService/hjerteskole"
KINDS = {
    "ultralyd": ("Ultralyd av hjertet", 30),
    "kontroll": ("Poliklinisk kontroll", 20),
    "skole": ("Hjerteskole", 60),
}
SYSTEM = "https://klinikk.example/besok"
ALL = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def kind(code: str) -> Json:
    text, minutes = KINDS[code]
    return {
        "extension": [{"url": MINUTES, "valuePositiveInt": minutes}],
        "coding": [{"system": SYSTEM, "code": code, "display": text}],
        "text": text,
    }


def week(start: str, end: str, **more: Any) -> Json:
    """Open every day, holidays too, so that tests do not hang on which day it is."""
    parts: list[Json] = [{"url": "day", "valueCode": day} for day in ALL]
    parts += [{"url": "from", "valueTime": f"{start}:00"}, {"url": "to", "valueTime": f"{end}:00"}]
    parts += [{"url": "holidays", "valueBoolean": True}, *({"url": name} | one for name, one in more.items())]
    return {"url": OPEN, "extension": parts}


def schedule(id: str, actor: str, start: str, end: str, *codes: str, capacity: int = 1) -> Json:
    return {
        "resourceType": "Schedule",
        "id": id,
        "active": True,
        "extension": [week(start, end), {"url": CAPACITY, "valuePositiveInt": capacity}],
        "serviceType": [kind(code) for code in codes],
        "actor": [{"reference": actor}],
    }


def resources() -> Iterator[Json]:
    """The places, the group, and the calendars of the clinic; one of its patients has been there before.

    The named workers' own calendars are closed: they keep working days, and these tests run on any day.
    """
    yield from (one | {"active": False} for one in staff.resources() if one["resourceType"] == "Schedule")
    unit = {"reference": f"Organization/{staff.CLINIC}"}
    yield {
        "resourceType": "Location",
        "id": staff.CLINIC,
        "name": "Poliklinikken",
        "managingOrganization": unit,
    }
    for number in (1, 2):
        room = {"resourceType": "Location", "id": f"ultralyd-{number}", "name": f"Ultralydrom {number}"}
        yield room | {"managingOrganization": unit, "partOf": {"reference": PLACE}}
    yield {
        "resourceType": "HealthcareService",
        "id": "hjerteskole",
        "name": "Hjerteskole",
        "providedBy": unit,
    }
    yield schedule("kalender-lege", DOCTOR, "08:00", "15:00", "ultralyd", "kontroll")
    yield schedule("kalender-sykepleier", NURSE, "09:00", "15:00", "kontroll")
    yield schedule("kalender-rom-1", ROOM, "10:00", "16:00", "ultralyd")
    yield schedule("kalender-rom-2", OTHER_ROOM, "11:00", "16:00", "ultralyd")
    yield schedule("kalender-skole", GROUP, "12:00", "13:00", "skole", capacity=8)
    yield {
        "resourceType": "EpisodeOfCare",
        "id": "near-clinic",
        "status": "active",
        "patient": to(NEAR),
        "managingOrganization": unit,
        "period": {"start": "2026-01-01"},
    }


def moment(days: int, clock: str) -> datetime:
    """A time of day some days from today, as the clock shows in Norway."""
    day = datetime.now(NORWAY).date() + timedelta(days=days)
    return datetime.combine(day, time.fromisoformat(clock), NORWAY)


def today(number: int) -> datetime:
    """A time of this day, some later than others, whatever the clock says."""
    return moment(0, f"{number:02}:00")


def appointment(id: str, start: datetime, minutes: int, *actors: str, **more: Any) -> Json:
    """An appointment that is booked."""
    return {
        "resourceType": "Appointment",
        "id": id,
        "status": "booked",
        "serviceType": [kind("kontroll")],
        "description": "Poliklinisk kontroll",
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=minutes)).isoformat(),
        "participant": [{"actor": {"reference": one}, "status": "accepted"} for one in actors],
        **more,
    }


def booked() -> Iterator[Json]:
    """Appointments of today and the day after, in several states."""
    ada, near = "Patient/ada", f"Patient/{NEAR}"
    yield appointment("today-waits", moment(0, "00:00"), 20, ada, DOCTOR, ROOM, status="arrived")
    yield appointment("today-late", moment(0, "00:00"), 20, near, NURSE, PLACE)
    yield appointment("group-ada", moment(1, "12:00"), 60, ada, GROUP, PLACE)
    yield appointment("group-near", moment(1, "12:00"), 60, near, GROUP, PLACE)
    yield appointment("elsewhere", moment(1, "13:00"), 45, "Patient/langtvekk", DOCTOR)
