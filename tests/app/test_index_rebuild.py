"""`fellesjournal index rebuild`: what was stored before a rule of who may see it gets its rows."""

from pathlib import Path

import asyncpg
import pytest

from access.conftest import PSYCHIATRY, block, clock, observation, patient, put, record, scope, stay
from app.prepared import Environment
from app.processes import environment_for, fellesjournal
from fellesjournal.record.record import Record

__all__ = ["clock", "record"]

WARD = "Organization/ward"


@pytest.fixture
def environment(database_url: str, tmp_path: Path) -> Environment:
    return environment_for(tmp_path) | {"DATABASE_URL": database_url}


async def seen(record: Record) -> list[str]:
    page = await record.search("Observation", [], scope=scope(WARD))
    return sorted(entry.stored.id for entry in page.entries)


async def test_what_was_stored_before_the_tables_of_reach_gets_its_rows(
    pool: asyncpg.Pool, record: Record, environment: Environment
) -> None:
    for id in ("kari", "ola"):
        await put(record, patient(id))
        await put(record, stay(f"stay-{id}", id, "ward", "2026-11-20"))
        await put(record, observation(f"o-{id}", id))
    await put(record, observation("secret", "kari", PSYCHIATRY))
    await put(record, block("b", "ola"))
    assert await seen(record) == ["o-kari"]
    care = await pool.fetch("select * from index_care order by 1, 2, 3")
    kept = await pool.fetch("select * from index_restriction order by 1, 2, 3")
    await pool.execute("delete from index_care")
    await pool.execute("delete from index_restriction")
    assert await seen(record) == []
    done = fellesjournal(environment, "index", "rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Consent: 1",
        "Encounter: 2",
        "Observation: 3",
        "Patient: 2",
        "8 resources are indexed anew.",
    ]
    assert await seen(record) == ["o-kari"]
    assert await pool.fetch("select * from index_care order by 1, 2, 3") == care
    assert await pool.fetch("select * from index_restriction order by 1, 2, 3") == kept
    again = fellesjournal(environment, "index", "rebuild", "Encounter")
    assert again.stdout == "Encounter: 2\n2 resources are indexed anew.\n"
    assert await pool.fetch("select * from index_care order by 1, 2, 3") == care


def test_a_type_that_is_none_is_told(environment: Environment) -> None:
    refused = fellesjournal(environment, "index", "rebuild", "Pasient")
    assert (refused.returncode, refused.stderr.strip()) == (1, "FHIR R4 has no resource type 'Pasient'.")
