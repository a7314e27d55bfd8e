"""The rooms of wards and nursing homes, and in which of them somebody lies now.

Citizens are told one by one, in any process, so a room follows from who they are, and several may share it:
women lie in the rooms of even numbers, men in the others, and newborns with their mothers.
"""

from collections.abc import Iterator
from datetime import date

from fellesjournal.rollout.region.chart.coding import Json, coding, reference
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.units import Service, Unit

_ROOM = "http://terminology.hl7.org/CodeSystem/location-physical-type"
_WARDS = (
    *(Service.MEDICAL_WARD, Service.GERIATRIC_WARD, Service.SURGICAL_WARD, Service.ORTHOPAEDIC_WARD),
    *(Service.CHILDRENS_WARD, Service.MATERNITY),
)
ROOMS = dict.fromkeys(_WARDS, 14) | dict.fromkeys((Service.NURSING_HOME, Service.SHORT_STAY), 32)
"""How many a unit has."""


def of_unit(unit: Unit) -> Iterator[Json]:
    """The rooms of a unit as Locations; none of one where nobody stays the night."""
    for turn in range(1, ROOMS.get(unit.service, 0) + 1 if unit.service else 1):
        yield {
            "resourceType": "Location",
            "id": _id(unit, turn),
            "status": "active",
            "name": f"Rom {turn}",
            "mode": "instance",
            "physicalType": coding(_ROOM, "ro"),
            "managingOrganization": reference(unit.reference),
            "partOf": reference(f"Location/{unit.id}"),
        }


def room_of(unit: Unit, person: Person, on: date) -> str:
    """The reference to the room where somebody lies; "" at a unit that has none."""
    number = ROOMS.get(unit.service, 0) if unit.service else 0
    if not number:
        return ""
    who = (
        person.mother
        if person.mother and unit.service is Service.MATERNITY and person.age(on) < 1
        else person
    )
    return f"Location/{_id(unit, 1 + who.number % (number // 2) * 2 + who.is_woman)}"


def _id(unit: Unit, turn: int) -> str:
    return f"{unit.id}-rom-{turn}"
