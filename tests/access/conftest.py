"""A small region behind the door: a hospital with two wards, a GP's office, three citizens, one record."""

from typing import Any

import asyncpg
import msgspec
import pytest

from fellesjournal.access.guard import Guard
from fellesjournal.access.policies import Policies
from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.registry import Registry
from fellesjournal.record.search.search import Search
from record.conftest import BASE, Clock, make_parts

EVERYONE = Scope.everyone()
PSYCHIATRY = ("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY")
NOW = date_bounds("2026-11-23T10:00:00Z")[0]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def record(pool: asyncpg.Pool, definitions: Definitions, clock: Clock) -> Record:
    validator, extractor, parameters = make_parts(definitions)
    search = Search(Registry(parameters), definitions, (BASE,))
    guard = Guard(definitions, Policies().labels, Policies().types_of_kinds)
    return Record(
        pool,
        definitions,
        validator.validate,
        extractor.extract,
        search,
        bases=(BASE,),
        clock=clock,
        guard=guard,
    )


def scope(*parties: str, moment: int = NOW, **chosen: Any) -> Scope:
    """The scope of somebody who takes part in care as these ("Organization/ward")."""
    keys = tuple(key_of(party) for party in parties)
    return Scope(whole=False, moment=moment, parties=keys, shut=(0, *keys), **chosen)


async def put(record: Record, resource: dict[str, Any], within: Scope = EVERYONE) -> None:
    """Store a resource under the id it names."""
    await record.update(resource["resourceType"], resource["id"], msgspec.json.encode(resource), scope=within)


def patient(id: str, **members: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id, "name": [{"family": id.title()}], **members}


def observation(id: str, citizen: str, *labels: tuple[str, str], **members: Any) -> dict[str, Any]:
    made: dict[str, Any] = {
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
        "subject": {"reference": f"Patient/{citizen}"},
        "effectiveDateTime": "2026-11-23",
        **members,
    }
    if labels:
        made["meta"] = {"security": [{"system": system, "code": code} for system, code in labels]}
    return made


def stay(id: str, citizen: str, unit: str, start: str, end: str = "", **members: Any) -> dict[str, Any]:
    period = {"start": start, "end": end} if end else {"start": start}
    return {
        "resourceType": "Encounter",
        "id": id,
        "status": "finished" if end else "in-progress",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
        "subject": {"reference": f"Patient/{citizen}"},
        "serviceProvider": {"reference": f"Organization/{unit}"},
        "period": period,
        **members,
    }


def block(id: str, citizen: str, **provision: Any) -> dict[str, Any]:
    return {
        "resourceType": "Consent",
        "id": id,
        "status": "active",
        "scope": {
            "coding": [
                {"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "patient-privacy"}
            ]
        },
        "category": [{"coding": [{"system": "urn:oid:2.16.578.1.12.4.1.1.9603", "code": "NORS"}]}],
        "patient": {"reference": f"Patient/{citizen}"},
        "policyRule": {"text": "pasient- og brukerrettighetsloven § 5-3"},
        "provision": {"type": "deny", **provision},
    }


def shut_out(who: str) -> list[dict[str, Any]]:
    """The actor of a block."""
    role = {"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}
    return [{"role": {"coding": [role]}, "reference": {"reference": who}}]
