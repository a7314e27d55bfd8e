"""In whose care the demo's citizens are: each invented unit has some, so that its roles see records."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import msgspec

from fellesjournal.app import staff
from fellesjournal.app.staff import Json

_ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"


class Care(NamedTuple):
    """A unit has so many citizens: staying there (IMP), coming there (AMB), or served by it (no class)."""

    unit: str
    citizens: int
    kind: str = ""


CARE = (
    Care(staff.WARD, 12, "IMP"),
    Care(staff.CLINIC, 15, "AMB"),
    Care(staff.HOME, 18),
    Care(staff.NURSING, 8),
    Care(staff.EMERGENCY, 5, "AMB"),
    Care(staff.SURGERY, 30),
)


def patients(citizens: Path) -> list[str]:
    """The ids of the patients in a file of resources, in alphabetical order."""
    with citizens.open("rb") as lines:
        found = [msgspec.json.decode(line) for line in lines if b'"resourceType":"Patient"' in line]
    return sorted(one["id"] for one in found if one["resourceType"] == "Patient")


def resources(ids: Iterable[str], today: date) -> Iterator[Json]:
    """The contacts and services that put citizens in the units' care; units take turns, and share some."""
    citizens = list(ids)
    for number, care in enumerate(CARE):
        ring = (citizens[(place * 3 + number) % len(citizens)] for place in range(len(citizens) * 3))
        for id in islice(dict.fromkeys(ring), care.citizens):
            yield _contact(care, id, today) if care.kind else _service(care, id)


def _contact(care: Care, id: str, today: date) -> Json:
    return {
        "resourceType": "Encounter",
        "id": f"{care.unit}-{id}"[:64],
        "status": "in-progress",
        "class": {"system": _ACT_CODE, "code": care.kind},
        "subject": {"reference": f"Patient/{id}"},
        "period": {"start": (today - timedelta(days=2)).isoformat()},
        "serviceProvider": {"reference": f"Organization/{care.unit}"},
    }


def _service(care: Care, id: str) -> Json:
    return {
        "resourceType": "EpisodeOfCare",
        "id": f"{care.unit}-{id}"[:64],
        "status": "active",
        "patient": {"reference": f"Patient/{id}"},
        "managingOrganization": {"reference": f"Organization/{care.unit}"},
        "period": {"start": staff.SINCE},
    }
