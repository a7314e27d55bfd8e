"""The log: durable, shared commits, never changed unseen."""

import asyncio
import os
import subprocess
import sys
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import asyncpg
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as changed

from conftest import ROOT
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit import log as log_module
from fellesjournal.access.audit.access import Access, access_of, rest_of
from fellesjournal.access.audit.event import audit_event
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.verifying import Verdict, verify
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator

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


_COLUMNS = (
    "named",
    "person",
    "role",
    "unit",
    "action",
    "interaction",
    "basis",
    "body",
    "citizen",
    "moment",
    "permit",
)


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


async def test_what_is_not_kept_is_not_answered_and_the_log_goes_on(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    await log.write([access()])
    await pool.execute("alter table audit_event add constraint full_disk check (citizen <> 13)")
    with pytest.raises(asyncpg.PostgresError):
        await log.write([access(13)])
    await log.write([access(14)])
    found = await verdict(pool)
    assert (found.faults, found.chains) == ([], 2)


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
        {"asked": "Observation", "named": False},
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


async def test_who_stops_waiting_is_written_about_all_the_same(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    await log.write([access()])
    waiting = [asyncio.create_task(log.write([access(number)])) for number in range(50, 60)]
    await asyncio.sleep(0)
    for one in waiting[::2]:
        one.cancel()
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError, type(None)] * 5
    await log.flush()
    assert await pool.fetchval("select count(*) from audit_event where citizen between 50 and 59") == 10
    assert (await verdict(pool)).faults == []


async def test_at_the_end_all_that_waits_is_written(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    waiting = [asyncio.create_task(log.write([access(number)])) for number in range(1, 1500)]
    await asyncio.sleep(0)
    await log.flush()
    assert await pool.fetchval("select count(*) from audit_event where citizen > 0") == 1499
    await asyncio.gather(*waiting)


@pytest.mark.parametrize("person", ["Practitioner/\x00", "Practitioner/\ud800"])
async def test_what_cannot_be_kept_is_refused_to_whoever_brought_it_alone(
    pool: asyncpg.Pool, person: str
) -> None:
    log = Log(pool)
    strange = access(actor=replace(NURSE, person=person))
    outcomes = await asyncio.gather(
        log.write([access(1)]), log.write([strange]), log.write([access(2)]), return_exceptions=True
    )
    assert [isinstance(outcome, ValueError) for outcome in outcomes] == [False, True, False]
    assert (await verdict(pool)).chains == 1


async def test_many_who_wait_hold_back_those_who_bring_more(
    pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_module, "MOST_WAITING", 10)
    monkeypatch.setattr(log_module, "MOST_AT_ONCE", 4)
    log = Log(pool)
    await asyncio.gather(*(log.write([access(number)]) for number in range(1, 200)))
    assert (await verdict(pool)).entries == 200


async def test_a_lost_connection_is_told_to_those_who_wait_and_the_next_are_written(
    pool: asyncpg.Pool, database_url: str
) -> None:
    log = Log(pool)
    await log.write([access(1)])
    await pool.execute(
        "create function hang_up() returns trigger language plpgsql as "
        "$$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;"
        "create trigger hang_up before insert on audit_event for each row when (new.citizen = 13)"
        " execute function hang_up()"
    )
    with pytest.raises((asyncpg.PostgresError, ConnectionError, asyncpg.InterfaceError)):
        await log.write([access(13)])
    await log.write([access(2)])
    found = await verdict(pool)
    assert (found.faults, found.chains, found.entries) == ([], 2, 4)


async def test_a_new_month_waits_for_nobody_who_reads_the_log(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    await log.write([access()])
    async with pool.acquire() as reader, reader.transaction():
        await reader.fetch("select * from audit_event")
        later = [access(moment=NOW + timedelta(days=days)) for days in (400, 800)]
        await asyncio.wait_for(log.write(later), 20)
    assert (await verdict(pool)).faults == []


async def test_a_clock_that_goes_back_breaks_nothing(pool: asyncpg.Pool) -> None:
    times = iter([NOW + timedelta(days=900), NOW, NOW - timedelta(days=900)])
    moment = [NOW]
    log = Log(pool, lambda: moment[0])
    for one in times:
        moment[0] = one
        await log.write([access(moment=one), access(moment=one - timedelta(days=40))])
    assert (await verdict(pool)).faults == []


async def test_several_processes_write_their_own_chains_at_once(pool: asyncpg.Pool) -> None:
    logs = [Log(pool) for _ in range(4)]
    await asyncio.gather(*(log.write([access(n)]) for n in range(1, 60) for log in logs))
    found = await verdict(pool)
    assert (found.faults, found.chains, found.entries) == ([], 4, 4 * 59 + 4)


async def test_a_chain_notes_the_others_by_the_hour_and_only_those_that_have_grown(
    pool: asyncpg.Pool,
) -> None:
    moment = [NOW]
    old, new = Log(pool, lambda: moment[0]), Log(pool, lambda: moment[0])
    await old.write([access(1, moment=moment[0])])
    await new.write([access(2, moment=moment[0])])
    for days in (1, 30):
        moment[0] = NOW + timedelta(days=days)
        await new.write([access(3, moment=moment[0])])
    seals = await pool.fetch("select body from audit_event where interaction = 'seal' order by chain, number")
    told = [sorted(msgspec.json.decode(row["body"])["heads"]) for row in seals]
    chains = [str(row["chain"]) for row in await pool.fetch("select chain from audit_chain order by chain")]
    assert told == [[], chains[:1], chains, chains[1:]]
    await tamper(pool, "delete from audit_event where chain = $1 and number = 2", int(chains[0]))
    assert "has lost its end" in (await verdict(pool)).faults[0]


async def test_after_long_silence_a_chain_notes_all_others(pool: asyncpg.Pool) -> None:
    await Log(pool, lambda: NOW).write([access(1)])
    later = NOW + timedelta(days=100)
    await Log(pool, lambda: later).write([access(2, moment=later)])
    chain = await pool.fetchval("select min(chain) from audit_chain")
    await tamper(pool, "delete from audit_event where chain = $1 and number = 2", chain)
    assert "has lost its end" in (await verdict(pool)).faults[0]


async def test_a_month_is_verified_by_itself(pool: asyncpg.Pool) -> None:
    log = Log(pool, lambda: NOW)
    months = [access(n, moment=NOW + timedelta(days=31 * (n % 3))) for n in range(1, 30)]
    await log.write(months)
    begin = datetime(2026, 12, 1, tzinfo=UTC)
    december = begin, datetime(2027, 1, 1, tzinfo=UTC)
    async with pool.acquire() as connection:
        found = [one async for one in verify(connection, {}, december)][-1]
        assert (found.faults, found.entries) == ([], 10)
    await tamper(
        pool,
        "update audit_event set role = 'lege' where moment >= $1 and moment < $2 and number = 5",
        *december,
    )
    async with pool.acquire() as connection:
        found = [one async for one in verify(connection, {}, december)][-1]
        assert "entry 5 " in found.faults[0]


WRITER = """
import asyncio, sys
from access.audit.test_log import access
from fellesjournal.access.audit.log import Log
from fellesjournal.plumbing import database

async def main():
    async with database.pool(sys.argv[1], 4) as pool:
        log = Log(pool)

        async def writer(first):
            for number in range(first, 10_000_000, 8):
                await log.write([access(number)])
                print(number, flush=True)

        await asyncio.gather(*(writer(first) for first in range(1, 9)))

asyncio.run(main())
"""


async def test_what_was_answered_before_kill_9_is_in_the_log(pool: asyncpg.Pool, database_url: str) -> None:
    path = os.pathsep.join(str(ROOT / folder) for folder in ("src", "tests", "bin", "."))
    with subprocess.Popen(  # noqa: ASYNC220 -- nothing else runs meanwhile
        [sys.executable, "-c", WRITER, database_url],
        stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": path},
    ) as process:
        assert process.stdout is not None
        answered = [int(process.stdout.readline()) for _ in range(300)]
        process.kill()
        answered += [int(line) for line in process.stdout.read().split(b"\n")[:-1]]
    await Log(pool).write([access(1)])
    kept = {row["citizen"] for row in await pool.fetch("select citizen from audit_event")}
    assert len(answered) >= 300
    assert set(answered) <= kept
    assert (await verdict(pool)).faults == []


def test_an_act_is_the_same_when_it_is_read_again() -> None:
    act = access(
        query="code=1", named=False, asked="Observation", decision=Decision(False, Basis.ROLE, "", "æøå")
    )
    row = {
        "citizen": act.citizen,
        "moment": act.moment,
        "permit": act.decision.permit,
        "named": act.named,
        "person": act.actor.person,
        "role": act.actor.role,
        "unit": act.actor.unit,
        "action": act.action,
        "interaction": act.interaction,
        "basis": act.decision.basis.value,
        "body": rest_of(changed(act, actor=replace(act.actor, session="secret"))),
    }
    assert access_of(row) == act
    assert b"secret" not in row["body"]  # type: ignore[operator] # it is the body


@pytest.mark.parametrize("change", ["opener = 'somebody'", "opened = opened + interval '1 microsecond'"])
async def test_who_opened_a_chain_and_when_is_proven_too(pool: asyncpg.Pool, change: str) -> None:
    await Log(pool).write([access()])
    assert (await verdict(pool)).faults == []
    await tamper(pool, f"update audit_chain set {change}")
    assert ["is told of otherwise" in fault for fault in (await verdict(pool)).faults] == [True]


async def test_the_commit_waits_for_the_disk_whatever_the_session_says(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute("set local synchronous_commit = off")
        await Log(cast("asyncpg.Pool", _OfOne(connection))).write([access()])
        assert await connection.fetchval("show synchronous_commit") == "on"


class _OfOne:
    """A pool of one connection, in whose transaction the log is written."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self._connection = connection

    def acquire(self) -> "AbstractAsyncContextManager[asyncpg.Connection]":
        return nullcontext(self._connection)
