"""The calendars of a region as FHIR has them: a Schedule for everybody and everything that is booked."""

from collections.abc import Iterator

from fellesjournal.rollout.region import hours, rooms, workforce
from fellesjournal.rollout.region.chart.coding import Json, coding, reference
from fellesjournal.rollout.region.hours import Week
from fellesjournal.rollout.region.reach import switchboard
from fellesjournal.rollout.region.rooms import Group
from fellesjournal.rollout.region.staff import Post
from fellesjournal.rollout.region.units import Unit

CAPACITY = "https://fellesjournal.no/fhir/StructureDefinition/capacity"
"""On a Schedule: how many are served at once (positiveInt)."""
_ROOM = "http://terminology.hl7.org/CodeSystem/location-physical-type"
LEAST_TEAM, LARGEST_TEAM = 12, 99
"""Visits that a team makes at once: as many as it has workers, since those of the morning are planned close;
in a region of few citizens it has few. More than 99 no calendar takes."""


def of_worker(role: str, worker: str, post: Post, unit: Unit) -> Iterator[Json]:
    """The calendar of one in a role, with the role's id; none for one whose time is not booked."""
    week = hours.of_worker(unit.service, post.policy)
    if week is not None and not post.until:
        actors = (f"Practitioner/{worker}", f"PractitionerRole/{role}")
        yield _schedule(role, f"{post.title}, {unit.name}", week, *actors)


def of_unit(unit: Unit) -> Iterator[Json]:
    """What a unit has beside its workers: rooms and machines (Locations), groups (HealthcareServices), each
    followed by its calendar, and the calendar of its team.
    """
    if unit.service is None:
        return
    for room in rooms.ROOMS.get(unit.service, ()):
        number = room.number(unit.serves)
        for turn in range(1, number + 1):
            id, name = f"{unit.id}-{room.word}-{turn}", f"{room.name} {turn}" if number > 1 else room.name
            yield _location(id, name, unit)
            yield _schedule(id, f"{name}, {unit.name}", room.week, f"Location/{id}")
    for group in rooms.GROUPS.get(unit.service, ()):
        yield from _group(group, unit)


def _group(group: Group, unit: Unit) -> Iterator[Json]:
    id = f"{unit.id}-{group.word}" if group.word else unit.id
    name = f"{unit.name}, {group.name}" if group.name else unit.name
    if group.word:
        yield _service(id, name, group.week, unit)
    made = _schedule(id, name, group.week, f"HealthcareService/{id}")
    made["extension"].insert(0, {"url": CAPACITY, "valuePositiveInt": group.capacity or _team(unit)})
    yield made


def _team(unit: Unit) -> int:
    return max(LEAST_TEAM, min(LARGEST_TEAM, sum(1 for _ in workforce.turns(unit))))


def _location(id: str, name: str, unit: Unit) -> Json:
    return {
        "resourceType": "Location",
        "id": id,
        "status": "active",
        "name": name,
        "mode": "instance",
        "physicalType": coding(_ROOM, "ro"),
        "managingOrganization": reference(unit.reference),
        "partOf": reference(f"Location/{unit.id}"),
    }


def _service(id: str, name: str, week: Week, unit: Unit) -> Json:
    return {
        "resourceType": "HealthcareService",
        "id": id,
        "active": True,
        "providedBy": reference(unit.reference),
        "type": [one.concept for one in week.kinds],
        "location": [reference(f"Location/{unit.id}")],
        "name": name,
        "telecom": [switchboard(unit.place)],
    }


def _schedule(id: str, what: str, week: Week, *actors: str) -> Json:
    return {
        "resourceType": "Schedule",
        "id": id,
        "extension": [line.extension for line in week.lines],
        "active": True,
        "serviceType": [one.concept for one in week.kinds],
        "actor": [reference(one) for one in actors],
        "comment": what,
    }
