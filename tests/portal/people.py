"""A mother, her child, and a stranger, beside the citizens of the workplace's tests."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from fellesjournal.access.guard.ties import TIES
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.rollout.region.numbers import identity_number
from workplace.people import ADA, laboratory, named, to

Json = dict[str, Any]

MOTHER, CHILD, STRANGER = "mild-rosevik", "liten-rosevik", "fremmed-rosevik"
HOME = {"line": ["Epleveien 1"], "postalCode": "9901", "city": "Isfjell"}


def resources() -> Iterator[Json]:
    """References point only to what comes before."""
    yield citizen(MOTHER, "Mild", date(1988, 3, 4), 300)
    yield citizen(CHILD, "Liten", date(2020, 5, 6), 500)
    yield citizen(STRANGER, "Fremmed", date(1980, 1, 2), 320)
    yield {
        "resourceType": "RelatedPerson",
        "id": "rosevik-mother",
        "active": True,
        "patient": to(CHILD),
        "identifier": [number(date(1988, 3, 4), 300)],
        "name": [{"given": ["Mild"], "family": "Rosevik"}],
        "relationship": [{"coding": [{"system": TIES, "code": "parent"}]}],
        "period": {"start": "2020-05-06"},
    }
    yield {
        "resourceType": "Appointment",
        "id": "ada-coming",
        "status": "booked",
        "serviceType": [{"text": "Kontroll hos fastlege"}],
        "start": in_days(3),
        "end": in_days(3, 20),
        "participant": [
            {"actor": to(ADA), "status": "needs-action"},
            {
                "actor": {"reference": "Practitioner/lun-rogneber", "display": "Lun Rognebær"},
                "status": "accepted",
            },
        ],
    }
    yield laboratory("ada-potassium", "Kalium", 3.9, "mmol/L", "2026-11-21T08:00:00+01:00")
    yield {
        "resourceType": "Immunization",
        "id": "liten-mmr",
        "status": "completed",
        "vaccineCode": {"text": "Meslinger, kusma, røde hunder"},
        "patient": to(CHILD),
        "occurrenceDateTime": "2021-08-10",
    }


def citizen(id: str, given: str, born: date, serial: int) -> Json:
    """A citizen of the family, all at one address."""
    made = named(id, given, "Rosevik", birthDate=born.isoformat(), address=[HOME])
    return made | {"identifier": [number(born, serial)]}


def number(born: date, serial: int) -> Json:
    """The first synthetic identity number from an individual number on."""
    found = next(one for at in range(serial, serial + 50) if (one := identity_number(born, at)))
    return {"system": Kind.BIRTH_NUMBER.system, "value": found}


def in_days(days: int, minutes: int = 0) -> str:
    """A moment to come."""
    return (datetime.now(UTC) + timedelta(days=days, minutes=minutes)).isoformat(timespec="seconds")
