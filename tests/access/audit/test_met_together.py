"""Who is met together on a list shares an entry of the log, and is told of alone."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.audit.test_log import NOW, NURSE, access, tamper, verdict
from fellesjournal.access.audit import reading
from fellesjournal.access.audit.access import Access, accesses_of
from fellesjournal.access.audit.entries import TOGETHER_AT_MOST, entries_of
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.purging import purge
from fellesjournal.access.audit.reading import FROM_THE_END, Asked, Logged, Place
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.statements import SQL

MEMBERS = range(101, 161)


def met(citizen: int, **changed: Any) -> Access:
    resources = (f"Encounter/{citizen}/_history/1", f"Patient/{citizen}/_history/3")
    decision = Decision(True, Basis.ADMISSION, f"Encounter/{citizen}")
    known = {"resources": resources, "decision": decision, "named": False, "query": "status=in-progress"}
    return access(citizen, **known | changed)


def worklist(**changed: Any) -> list[Access]:
    return [met(citizen, **changed) for citizen in MEMBERS]


async def log_of(pool: asyncpg.Pool, asked: Asked, most: int = 7) -> list[Logged]:
    """All of it, page by page; only the last is not full."""
    found: list[Logged] = []
    place: Place = FROM_THE_END
    while len(page := await reading.accesses(pool, asked, place, most)) == most:
        found += page
        place = page[-1].place
    return found + page


async def rows(pool: asyncpg.Pool, table: str) -> int:
    asked = "citizen <> 0" if table == "audit_event" else "true"
    return int(await pool.fetchval(f"select count(*) from {table} where {asked}"))


async def test_a_list_is_few_entries_and_an_act_for_each_who_stands_on_it(pool: asyncpg.Pool) -> None:
    await Log(pool, lambda: NOW).write(worklist())
    assert (await rows(pool, "audit_event"), await rows(pool, "audit_met")) == (2, len(MEMBERS))
    for citizen in MEMBERS:
        assert [one.access for one in await log_of(pool, Asked(citizen=citizen))] == [met(citizen)]
    assert (await verdict(pool)).faults == []


async def test_what_a_list_tells_is_kept_unpacked_in_every_month(pool: asyncpg.Pool) -> None:
    await Log(pool, lambda: NOW).write(worklist())
    asked = "select attstorage from pg_attribute where attrelid = $1::text::regclass and attname = 'body'"
    for table in ("audit_event", "audit_event_2026_11", "audit_event_2026_12"):
        assert await pool.fetchval(asked, table) == b"e"


async def test_by_person_and_by_all_each_act_is_met_once_on_pages_of_any_size(pool: asyncpg.Pool) -> None:
    log = Log(pool, lambda: NOW)
    await log.write([access(1), *worklist(), access(2)])
    await log.write(worklist(moment=NOW + timedelta(seconds=1)))
    for asked in (Asked(person=NURSE.person), Asked()):
        whole = await log_of(pool, asked, 1000)
        assert sorted(one.access.citizen for one in whole) == sorted([1, 2, *MEMBERS, *MEMBERS])
        for most in (1, 7, TOGETHER_AT_MOST):
            assert await log_of(pool, asked, most) == whole
        assert len({one.id for one in whole}) == len(whole)
        for one in whole:
            assert await reading.access(pool, one.id) == one


async def test_an_id_names_one_act_or_nothing(pool: asyncpg.Pool) -> None:
    await Log(pool, lambda: NOW).write([access(1), *worklist()])
    [listed] = await log_of(pool, Asked(citizen=MEMBERS[0]))
    [alone] = await log_of(pool, Asked(citizen=1))
    whole = listed.id.rpartition("-")[0]
    for id in (
        whole,
        f"{whole}-0",
        f"{whole}-51",
        f"{whole}-01",
        f"{whole}-1-1",
        f"{alone.id}-1",
        "x-1",
        "1",
    ):
        assert await reading.access(pool, id) is None, id


async def test_a_citizens_log_is_searched_in_old_entries_and_new(pool: asyncpg.Pool) -> None:
    citizen, log = MEMBERS[3], Log(pool, lambda: NOW)
    for hour in range(4):
        moment = NOW + timedelta(hours=hour)
        await log.write([met(citizen, moment=moment)])
        await log.write(worklist(moment=moment + timedelta(minutes=1)))
    found = [one.access.moment for one in await log_of(pool, Asked(citizen=citizen), 3)]
    assert found == sorted(found, reverse=True)
    assert len(found) == 8
    since = Asked(citizen=citizen, low=NOW + timedelta(hours=3))
    assert len(await log_of(pool, since)) == 2
    for nothing in ({"actions": ("U",)}, {"permit": False}, {"person": "Practitioner/olav"}):
        assert await log_of(pool, Asked(citizen=citizen, **nothing)) == []
    assert (await verdict(pool)).faults == []


CHANGES: tuple[dict[str, Any], ...] = (
    {"query": "code=1"},
    {"named": True},
    {"citizen": 0},
    {"action": "U"},
    {"moment": NOW + timedelta(microseconds=1)},
    {"decision": Decision(True, Basis.GP)},
    {"decision": Decision(True, Basis.EMERGENCY, "Task/1", "Bevisstløs")},
    {"decision": Decision(False, Basis.NO_RELATION)},
    {"request": "r2"},
    {"asked": "Observation"},
    {"interaction": "search-system"},
    {"query": "name=\0"},
)


@given(st.lists(st.tuples(st.integers(1, 9), st.sampled_from([{}, {}, {}, *CHANGES])), max_size=30))
def test_what_is_read_is_what_was_written_whatever_it_is(told: list[tuple[int, dict[str, Any]]]) -> None:
    accesses = [met(**({"citizen": citizen} | changed)) for citizen, changed in told]
    entries = entries_of(accesses)
    read = [one for entry in entries for _, one in accesses_of(entry.row(1, 1)._asdict())]
    assert sorted(map(repr, read)) == sorted(map(repr, accesses))
    assert [
        len(entry.citizens) for entry in entries if entry.body.find(b"\\u0000") > 0 and entry.citizens
    ] == []


@pytest.mark.parametrize("member", [0, 59])
async def test_a_byte_changed_in_an_entry_of_several_is_found(pool: asyncpg.Pool, member: int) -> None:
    log = Log(pool, lambda: NOW)
    await log.write([access(1)])
    await log.write(worklist())
    other = f"convert_to(replace(convert_from(body, 'utf8'), '{MEMBERS[member]},', '999,'), 'utf8')"
    await tamper(pool, f"update audit_event set body = {other} where citizen = -1")
    assert any("has been changed" in fault for fault in (await verdict(pool)).faults)


async def test_an_entry_taken_out_of_one_citizens_log_or_put_in_is_found(pool: asyncpg.Pool) -> None:
    log = Log(pool, lambda: NOW)
    await log.write([access(1), *worklist()])
    await tamper(pool, "delete from audit_met where citizen = $1", MEMBERS[5])
    [fault] = (await verdict(pool)).faults
    assert fault.endswith("is not in the log of 1 it is about.")
    put_in = (
        "insert into audit_met select $1, moment, chain, number from audit_event where citizen = -1 limit 1"
    )
    await tamper(pool, put_in, MEMBERS[5])
    assert (await verdict(pool)).faults == []
    await tamper(pool, put_in, 7)
    assert (await verdict(pool)).faults == ["In 1 places a citizen is led to an entry that is not theirs."]
    assert await log_of(pool, Asked(citizen=7)) == []


async def test_nobody_is_taken_from_a_list_by_ordinary_means(pool: asyncpg.Pool) -> None:
    await Log(pool, lambda: NOW).write(worklist())
    for statement in (
        "update audit_met set citizen = 1",
        "delete from audit_met",
        "truncate audit_met",
        "truncate audit_met_2026_11",
    ):
        with pytest.raises(asyncpg.PostgresError, match="only ever added to"):
            await pool.execute(statement)


async def test_days_are_counted_as_if_each_had_an_entry(pool: asyncpg.Pool) -> None:
    log = Log(pool, lambda: NOW)
    emergency = Decision(True, Basis.EMERGENCY, "Task/1", "Bevisstløs")
    acts = [access(1), *worklist(), *worklist(decision=emergency), access(0)]
    span = NOW - timedelta(hours=12), NOW + timedelta(hours=12)
    await log.write(acts)
    [together] = await pool.fetch(SQL.access_by_day, *span)
    for one in acts:
        await log.write([one])
    [both] = await pool.fetch(SQL.access_by_day, *span)
    assert (both["citizens"], both["listed"], both["by_emergency"]) == (1, 60, 60)
    assert dict(together) == {**both, "acts": 122, "at_night": 0}
    assert both["acts"] == 2 * together["acts"]


async def test_a_list_goes_with_its_month(pool: asyncpg.Pool) -> None:
    old = datetime(2020, 1, 15, tzinfo=UTC)
    times = [old, NOW]
    log = Log(pool, lambda: times[0])
    await log.write(worklist(moment=old))
    times.reverse()
    await log.write(worklist())
    gone = await purge(pool, log, datetime(2020, 2, 1, tzinfo=UTC), NOW)
    assert gone == ["audit_event_2020_01"]
    assert await rows(pool, "audit_met") == len(MEMBERS)
    assert len(await log_of(pool, Asked(citizen=MEMBERS[0]))) == 1
    assert (await verdict(pool)).faults == []
