"""What the privacy officer is pointed to."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import asyncpg

from access.audit.test_log import NURSE, access
from access.conftest import patient, put
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.unusual import Reason, unusual
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record

DAY = date(2026, 11, 23)


async def found(pool: asyncpg.Pool, record: Record, *acts: Any) -> dict[str, list[Reason]]:
    await Log(pool).write(acts)
    return {one.person: one.reasons for one in await unusual(pool, record, DAY, DAY)}


async def test_ordinary_work_is_not_unusual(pool: asyncpg.Pool, record: Record) -> None:
    acts = [access(citizen) for citizen in range(1, 40)]
    assert await found(pool, record, *acts) == {}


async def test_emergency_access_and_attempts_without_relation_are(pool: asyncpg.Pool, record: Record) -> None:
    acts = [
        access(1, decision=Decision(True, Basis.EMERGENCY, "Task/1", "Bevisstløs")),
        *(access(citizen, decision=Decision(False, Basis.NO_RELATION)) for citizen in (2, 3)),
    ]
    assert await found(pool, record, *acts) == {
        "Practitioner/nina": [
            Reason("emergency", 1),
            Reason("no-relation", 2),
        ]
    }


async def test_many_citizens_are_many_only_beside_colleagues(pool: asyncpg.Pool, record: Record) -> None:
    colleagues = [replace(NURSE, person=f"Practitioner/c{number}") for number in range(4)]
    acts = [access(citizen, actor=one) for one in colleagues for citizen in range(1, 6)]
    acts += [access(citizen) for citizen in range(1, 31)]
    acts += [access(citizen, actor=colleagues[0], named=False) for citizen in range(1, 31)]
    assert await found(pool, record, *acts) == {"Practitioner/nina": [Reason("many", 30, 5)]}


async def test_work_at_night_only_and_citizens_who_read_at_night(pool: asyncpg.Pool, record: Record) -> None:
    night = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # half past two in Norway
    kari = Actor("Patient/kari", "innbygger", "PATRQT")
    acts = [access(1, moment=night), access(1, moment=night, actor=kari)]
    assert await found(pool, record, *acts) == {"Practitioner/nina": [Reason("night", 1)]}


async def test_the_own_record_and_the_familys(pool: asyncpg.Pool, record: Record) -> None:
    number = {"system": "urn:oid:2.16.578.1.12.4.1.4.1", "value": "01830099999"}
    named = [{"family": "Nyseng", "given": ["Nina"]}]
    await put(record, {"resourceType": "Practitioner", "id": "nina", "identifier": [number], "name": named})
    await put(record, patient("self", identifier=[number], name=named))
    await put(record, patient("brother", name=[{"family": "NYSENG"}]))
    await put(record, patient("other"))
    acts = [access(key_of(f"Patient/{id}")) for id in ("self", "brother", "other")]
    assert await found(pool, record, *acts) == {
        "Practitioner/nina": [
            Reason("kin", patient="Patient/brother"),
            Reason("own", patient="Patient/self"),
        ]
    }
