"""The log: durable, shared commits, never changed unseen."""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.event import audit_event
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.verifying import Verdict, verify
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from fellesjournal.plumbing import database

NURSE = Actor(
    "Practitioner/nina",
    "sykepleier",
    "TREAT",
    display="Nina Nyseng",
    practitioner_role="PractitionerRole/nina",
    unit="Organization/ward",
    unit_display="Sengepost 4",
)
NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)


def access(citizen: int = 7, **changed: Any) -> Access:
    known: dict[str, Any] = {
        "moment": NOW,
        "actor": NURSE,
        "action": "R",
        "interaction": "read",
        "citizen": citizen,
        "patient": f"Patient/{citizen}" if citizen else "",
        "resources": ("Observation/1/_history/2",),
        "query": "",
        "decision": Decision(True, Basis.ADMISSION, "Encounter/5"),
        "request": "r1",
    }
    return Access(**known | changed)


async def verdict(pool: asyncpg.Pool, heads: dict[int, tuple[int, str]] | None = None) -> Verdict:
    async with pool.acquire() as connection:
        return [found async for found in verify(connection, heads or {})][-1]


async def tamper(pool: asyncpg.Pool, statement: str, *arguments: Any) -> None:
    """What somebody with the database's own rights can do."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local session_replication_role = replica")
        await connection.execute(statement, *arguments)


async def test_what_was_written_is_there_and_the_chain_holds(pool: asyncpg.Pool) -> None:
    log = Log(pool, lambda: NOW)
    await log.write([access(), access(8)])
    await asyncio.gather(*(log.write([access(number)]) for number in range(100, 200)))
    found = await verdict(pool)
    assert found.faults == []
    assert (found.entries, found.chains) == (103, 1)


async def test_those_who_wait_share_a_commit(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    await log.write([access()])
    await asyncio.gather(*(log.write([access(number)]) for number in range(300)))
    rows = await pool.fetch("select distinct xmin::text from audit_event where citizen < 300 and number > 2")
    assert len(rows) < 20


async def test_nothing_is_changed_or_taken_out_by_ordinary_means(pool: asyncpg.Pool) -> None:
    await Log(pool).write([access()])
    for statement in (
        "update audit_event set role = 'lege'",
        "delete from audit_event",
        "truncate audit_event",
        "update audit_chain set opener = ''",
    ):
        with pytest.raises(asyncpg.PostgresError, match="only ever added to"):
            await pool.execute(statement)


_COLUMNS = ("person", "role", "unit", "action", "interaction", "basis", "body", "citizen", "moment", "permit")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    column=st.sampled_from(_COLUMNS),
    number=st.integers(2, 9),
    place=st.integers(0, 400),
    bit=st.integers(0, 7),
)
async def test_a_single_changed_byte_is_found(
    pool: asyncpg.Pool, column: str, number: int, place: int, bit: int
) -> None:
    log = Log(pool)
    await log.write([access(one) for one in range(1, 10)])
    chain = await pool.fetchval("select max(chain) from audit_chain")
    row = await pool.fetchrow("select * from audit_event where chain = $1 and number = $2", chain, number)
    value: Any = row[column]
    if isinstance(value, bytes):
        at = place % len(value)
        value = value[:at] + bytes([value[at] ^ (1 << bit)]) + value[at + 1 :]
    elif isinstance(value, bool):
        value = not value
    elif isinstance(value, int):
        value ^= 1 << bit
    elif isinstance(value, datetime):
        value += timedelta(microseconds=1 << bit)
    else:
        value = value + "x" if place % 2 else value[:-1]
    place_of = "where chain = $2 and number = $3"
    await tamper(pool, f"update audit_event set {column} = $1 {place_of}", value, chain, number)
    found = await verdict(pool)
    assert any(f"Chain {chain}, entry {number} " in fault for fault in found.faults)


async def test_entries_taken_out_swapped_or_put_in_are_found(pool: asyncpg.Pool) -> None:
    await Log(pool).write([access(one) for one in range(1, 10)])
    await tamper(pool, "delete from audit_event where number = 4")
    assert "entries before it are missing" in (await verdict(pool)).faults[0]
    await tamper(pool, "update audit_event set number = 4 where number = 10")
    assert (await verdict(pool)).faults


async def test_the_end_of_a_chain_or_all_of_it_cannot_go_unseen(pool: asyncpg.Pool) -> None:
    await Log(pool).write([access(one) for one in range(1, 10)])
    await Log(pool).write([access(11)])
    chain = await pool.fetchval("select min(chain) from audit_chain")
    await tamper(pool, "delete from audit_event where chain = $1 and number > 8", chain)
    assert [fault for fault in (await verdict(pool)).faults if "has lost its end" in fault]
    await tamper(pool, "delete from audit_event where chain = $1", chain)
    await tamper(pool, "delete from audit_chain where chain = $1", chain)
    assert [fault for fault in (await verdict(pool)).faults if f"Chain {chain} has lost its end" in fault]


async def test_heads_that_were_kept_elsewhere_prove_the_last_chain_too(pool: asyncpg.Pool) -> None:
    await Log(pool).write([access(one) for one in range(1, 10)])
    heads = (await verdict(pool)).heads
    assert (await verdict(pool, heads)).faults == []
    await tamper(pool, "delete from audit_event where number > 5")
    assert (await verdict(pool, {})).faults == []
    assert (await verdict(pool, heads)).faults


@pytest.mark.parametrize(
    "change", ["opener = opener || 'x'", "opened = opened + interval '1 microsecond'", "genesis = 'x'"]
)
async def test_a_changed_opening_is_found(pool: asyncpg.Pool, change: str) -> None:
    await Log(pool).write([access()])
    await tamper(pool, f"update audit_chain set {change}")
    assert (await verdict(pool)).faults


async def test_an_entry_that_stands_twice_is_found(pool: asyncpg.Pool) -> None:
    await Log(pool).write([access(one) for one in range(1, 10)])
    copy = "select citizen + 1, moment, chain, number, person, role, unit, action, interaction, permit, basis"
    await tamper(pool, f"insert into audit_event {copy}, body, hash from audit_event where number = 4")
    assert any("stands more than once" in fault for fault in (await verdict(pool)).faults)


async def test_two_processes_and_one_that_is_killed_leave_chains_that_hold(
    pool: asyncpg.Pool, database_url: str
) -> None:
    """What a process says it has logged is there, also when it is killed in the midst of it."""
    arguments = (sys.executable, "-m", "access.audit.writing", database_url)
    paths = {"PYTHONPATH": os.pathsep.join(sys.path)}
    writers = [
        await asyncio.create_subprocess_exec(
            *arguments, stdout=asyncio.subprocess.PIPE, env=os.environ | paths
        )
        for _ in range(2)
    ]
    answered = []
    for writer in writers:
        assert writer.stdout is not None
        answered += [int(await writer.stdout.readline()) for _ in range(200)]
    for writer in writers:
        writer.kill()
        told = (await writer.communicate())[0]
        answered += [int(line) for line in told.splitlines()[:-1]]
    there = {row[0] for row in await pool.fetch("select citizen from audit_event")}
    assert set(answered) <= there
    found = await verdict(pool)
    assert (found.faults, found.chains) == ([], 2)


async def test_what_is_not_kept_is_not_answered_and_the_log_goes_on(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    await log.write([access()])
    await pool.execute("alter table audit_event add constraint full_disk check (citizen <> 13)")
    with pytest.raises(asyncpg.PostgresError):
        await log.write([access(13)])
    await log.write([access(14)])
    found = await verdict(pool)
    assert (found.faults, found.chains) == ([], 2)


async def test_the_commit_waits_for_the_disk_where_the_session_does_not(database_url: str) -> None:
    async with database.pool(database_url, 1) as pool:
        await pool.execute("set synchronous_commit = off")
        log = Log(pool)
        await log.write([access()])
        for citizen in range(20):
            before = await pool.fetchval("select pg_current_wal_insert_lsn()")
            await log.write([access(citizen)])
            assert await pool.fetchval("select pg_current_wal_flush_lsn() > $1::pg_lsn", before)
        assert await pool.fetchval("show synchronous_commit") == "off"


async def test_every_month_has_its_own_partition(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    await log.write([access(), access(moment=NOW + timedelta(days=40))])
    await log.write([access(moment=NOW + timedelta(days=70))])
    names = await pool.fetch("select distinct tableoid::regclass::text as name from audit_event order by 1")
    assert {"audit_event_2026_11", "audit_event_2027_01", "audit_event_2027_02"} <= {r["name"] for r in names}
    with pytest.raises(asyncpg.PostgresError, match="only ever added to"):
        await pool.execute("truncate audit_event_2027_02")


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"citizen": 0, "resources": ()},
        {"interaction": "search-type", "query": "code=8480-6&date=ge2020"},
        {"interaction": "login", "action": "E"},
        {"interaction": "everything"},
        {"decision": Decision(True, Basis.EMERGENCY, "Task/1", "Bevisstløs")},
        {"decision": Decision(False, Basis.NO_RELATION)},
        {"actor": Actor("Patient/7", "innbygger", "PATRQT", app="helseappen")},
        {"actor": Actor.practice()},
    ],
)
def test_an_act_is_a_valid_audit_event(definitions: Definitions, changed: dict[str, Any]) -> None:
    event = audit_event(access(**changed), "1-2", "server 1")
    assert Validator(definitions).validate(msgspec.json.decode(event)) == []
