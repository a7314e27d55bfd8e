"""Units and workers as FHIR has them: Organization, Location, HealthcareService, Practitioner, roles.

HPR numbers and HER-ids run from 990000001, the far end of what our profiles allow, and RESH-ids from 9900001:
none has been seen there. Organisation numbers begin with 3 (numbers.py).
"""

from collections.abc import Iterable, Iterator
from datetime import date

from fellesjournal.access.policy_names import PROFESSION, ROLE
from fellesjournal.norway.codes.people import PROFESSION as PROFESSIONS
from fellesjournal.norway.identity.kinds import OID, Kind
from fellesjournal.rollout.region import rooms, self_service, waitlists
from fellesjournal.rollout.region.chart.coding import Json, reference
from fellesjournal.rollout.region.numbers import identity_number, organisation_number
from fellesjournal.rollout.region.reach import switchboard
from fellesjournal.rollout.region.staff import Post, Worker
from fellesjournal.rollout.region.units import Service, Unit

FIRST_NUMBER, FIRST_RESH = 990_000_001, 9_900_001
SINCE = "2026-01-01"
"""When the named workers' roles began."""
_MUNICIPAL_SERVICE, _SPECIALTY = OID + "1.8663", OID + "1.8451"

_CODES = {
    Service.GP: (_MUNICIPAL_SERVICE, "KA01"),
    Service.LEGEVAKT: (_MUNICIPAL_SERVICE, "KA02"),
    Service.HOME_CARE: (_MUNICIPAL_SERVICE, "KP02"),
    Service.ALLOCATION: (_MUNICIPAL_SERVICE, "KD0501"),
    Service.NURSING_HOME: (_MUNICIPAL_SERVICE, "KP01"),
    Service.HEALTH_STATION: (_MUNICIPAL_SERVICE, "KF01"),
    Service.SCHOOL_HEALTH: (_MUNICIPAL_SERVICE, "KF01"),
    Service.PHYSIOTHERAPY: (_MUNICIPAL_SERVICE, "KR01"),
    Service.OCCUPATIONAL_THERAPY: (_MUNICIPAL_SERVICE, "KR02"),
    Service.PRISON_HEALTH: (_MUNICIPAL_SERVICE, "KX01"),
    Service.REFUGEE_HEALTH: (_MUNICIPAL_SERVICE, "KA04"),
    Service.INFECTION_CONTROL: (_MUNICIPAL_SERVICE, "KA0301"),
    Service.OVERDOSE_TEAM: (_MUNICIPAL_SERVICE, "KX02"),
    Service.HEALTHY_LIVING: (_MUNICIPAL_SERVICE, "KX04"),
    Service.MEDICAL_WARD: (_SPECIALTY, "110"),
    Service.GERIATRIC_WARD: (_SPECIALTY, "350"),
    Service.SURGICAL_WARD: (_SPECIALTY, "010"),
    Service.ORTHOPAEDIC_WARD: (_SPECIALTY, "050"),
    Service.CHILDRENS_WARD: (_SPECIALTY, "220"),
    Service.MATERNITY: (_SPECIALTY, "200"),
    Service.HEART_CLINIC: (_SPECIALTY, "150"),
    Service.CLINIC: (_SPECIALTY, "110"),
    Service.PSYCHIATRY: (_SPECIALTY, "320"),
}
"""What partners address a service by: lists 8663 and 8451; the others are not addressed."""

DAY, EVENING, NIGHT = ("07:30:00", "15:30:00"), ("14:30:00", "22:00:00"), ("21:45:00", "07:45:00")
_ROUND_THE_CLOCK = frozenset(
    {
        Service.HOME_CARE, Service.NURSING_HOME, Service.SHORT_STAY, Service.LEGEVAKT, Service.SAFETY_ALARM,
        Service.EMERGENCY_ROOM, Service.MEDICAL_WARD, Service.GERIATRIC_WARD, Service.SURGICAL_WARD,
        Service.ORTHOPAEDIC_WARD, Service.CHILDRENS_WARD, Service.MATERNITY, Service.OPERATING,
        Service.AMBULANCE,
    }
)  # fmt: skip
_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def organization(unit: Unit) -> Json:
    """A unit. Businesses and municipal units have an organisation number, hospital departments a RESH-id."""
    if unit.within.endswith("-sykehus"):
        own = {"system": Kind.RESH_ID.system, "value": str(FIRST_RESH + unit.place)}
    else:
        own = {"system": Kind.ORGANISATION_NUMBER.system, "value": organisation_number(unit.place)}
    made: Json = {
        "resourceType": "Organization",
        "id": unit.id,
        "identifier": [own, {"system": Kind.HER_ID.system, "value": str(FIRST_NUMBER + unit.place)}],
        "active": True,
        "name": unit.name,
    }
    return made | ({"partOf": reference(f"Organization/{unit.within}")} if unit.within else {})


def location(unit: Unit) -> Json:
    """Where a unit is."""
    return {
        "resourceType": "Location",
        "id": unit.id,
        "status": "active",
        "name": unit.name,
        "mode": "instance",
        "managingOrganization": reference(unit.reference),
    }


def healthcare_service(unit: Unit) -> Json | None:
    """What a unit offers: as partners address it, where it answers, the kinds of visit that are booked, and
    the rules of its waitlist; None when it has no code and nothing that is booked."""
    offered = rooms.offered(unit.service) if unit.service else []
    if unit.service not in _CODES and not offered:
        return None
    made: Json = {
        "resourceType": "HealthcareService",
        "id": unit.id,
        "identifier": [{"system": Kind.HER_ID.system, "value": str(FIRST_NUMBER + unit.place)}],
        "active": True,
        "providedBy": reference(unit.reference),
        "location": [reference(f"Location/{unit.id}")],
        "name": unit.name,
        "telecom": [switchboard(unit.place)],
    }
    if offered:
        made |= self_service.offered(unit.service, offered)
    if unit.service in _CODES:
        system, code = _CODES[unit.service]
        made["specialty"] = [{"coding": [{"system": system, "code": code}]}]
    if rules := waitlists.rules(unit.service):
        made["extension"] = rules
    return made


def named_practitioner(worker: Worker, number: int) -> Json:
    """A worker of staff.py with identity number, and with HPR number when the profession has one."""
    professions = sorted({post.profession for post in worker.posts if post.profession})
    made = practitioner(worker.id, worker.given, worker.family, professions, number)
    made["identifier"] = [
        {"system": Kind.BIRTH_NUMBER.system, "value": pid_of(worker)},
        *made.get("identifier", ()),
    ]
    return made | {"birthDate": worker.born.isoformat()}


def pid_of(worker: Worker) -> str:
    """A named worker's synthetic identity number: of the first individual number from 300 that gives one."""
    found = (identity_number(worker.born, serial) for serial in range(300, 400))
    return next(number for number in found if number)


def practitioner(id: str, given: str, family: str, professions: Iterable[str], number: int) -> Json:
    """A health worker; `number` makes the HPR number of those with a profession."""
    made: Json = {
        "resourceType": "Practitioner",
        "id": id,
        "identifier": [],
        "active": True,
        "name": [{"family": family, "given": [given]}],
    }
    if qualified := [{"code": _profession(one)} for one in professions]:
        made["identifier"].append({"system": Kind.HPR_NUMBER.system, "value": str(FIRST_NUMBER + number)})
        made["qualification"] = qualified
    return {name: value for name, value in made.items() if value != []}


def practitioner_role(id: str, worker: str, post: Post, turn: int, service: Service | None) -> Json:
    """A role at a unit, with the shifts of its turn in the rota."""
    named = {"coding": [{"system": ROLE, "code": post.policy}], "text": post.title}
    return {
        "resourceType": "PractitionerRole",
        "id": id,
        "active": True,
        "period": {"start": SINCE} | ({"end": post.until} if post.until else {}),
        "practitioner": reference(f"Practitioner/{worker}"),
        "organization": reference(f"Organization/{post.unit}"),
        "code": [named, *([_profession(post.profession)] if post.profession else [])],
        "availableTime": list(_shifts(turn, service)),
    }


def _shifts(turn: int, service: Service | None) -> Iterator[Json]:
    """Office hours; where somebody is always there, three weekday shifts in turn and some weekends."""
    if service not in _ROUND_THE_CLOCK:
        yield _hours(_WEEK[:5], ("08:00:00", "15:30:00"))
        return
    shift = (DAY, DAY, EVENING, NIGHT)[turn % 4]
    free = turn % 5
    yield _hours([day for place, day in enumerate(_WEEK[:5]) if place != free], shift)
    if turn % 3 == 0:
        yield _hours(_WEEK[5:], shift)


def _hours(days: Iterable[str], between: tuple[str, str]) -> Json:
    start, end = between
    return {"daysOfWeek": list(days), "availableStartTime": start, "availableEndTime": end}


def _profession(code: str) -> Json:
    found = PROFESSIONS.find(code)
    if found is None:
        raise ValueError(f"there is no profession {code}")
    return {"coding": [{"system": PROFESSION, "code": code, "display": found.display}]}


def is_open(post: Post, on: date) -> bool:
    """Whether a role is held on a day."""
    return not post.until or date.fromisoformat(post.until) >= on
