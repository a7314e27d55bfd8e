"""Months of the log are let go, and what is left can still be proven; taken out by hand they are missed."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from access.audit.test_log import access, tamper, verdict
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.purging import LEAST, cut_off, purge
from fellesjournal.access.audit.verifying import verify
from fellesjournal.errors import Invalid

OLD, LATER, NOW = (
    datetime(year, month, 15, tzinfo=UTC) for year, month in ((2020, 1), (2020, 3), (2026, 11))
)
MARCH, APRIL = datetime(2020, 3, 1, tzinfo=UTC), datetime(2020, 4, 1, tzinfo=UTC)


@pytest.fixture
async def log(pool: asyncpg.Pool) -> Log:
    """A chain that is all of January 2020, and one from January over March until now."""
    await Log(pool, lambda: OLD).write([access(number, moment=OLD) for number in range(1, 5)])
    times = [OLD]
    log = Log(pool, lambda: times[0])
    for moment in (OLD, LATER, NOW):
        times[0] = moment
        await log.write([access(number, moment=moment) for number in range(1, 5)])
    return log


async def months(pool: asyncpg.Pool) -> set[str]:
    return {
        f"{row[0]:%Y-%m}"
        for row in await pool.fetch("select distinct date_trunc('month', moment) from audit_event")
    }


async def test_what_is_left_after_a_month_was_let_go_is_proven(pool: asyncpg.Pool, log: Log) -> None:
    before = await verdict(pool)
    assert await purge(pool, log, MARCH, NOW) == ["audit_event_2020_01", "audit_event_2020_02"]
    assert await months(pool) == {"2020-03", "2026-11"}
    found = await verdict(pool, before.heads)
    assert found.faults == []
    assert found.entries < before.entries
    await Log(pool, lambda: NOW).write([access(moment=NOW)])
    assert (await verdict(pool, found.heads)).faults == []


async def test_it_can_be_done_again_and_the_first_note_may_go_too(pool: asyncpg.Pool, log: Log) -> None:
    await purge(pool, Log(pool, lambda: LATER), MARCH, LATER + LEAST)
    first = await cut_off(pool)
    await purge(pool, log, datetime(2024, 1, 1, tzinfo=UTC), NOW)
    assert first.keys() < (await cut_off(pool)).keys()
    assert await months(pool) == {"2026-11"}
    found = await verdict(pool)
    assert (found.faults, found.let_go) == (
        [],
        ["Noted at 2026-11-15 00:00 UTC: All before 2024-01 was let go."],
    )


async def test_a_changed_byte_an_entry_gone_or_a_month_taken_by_hand_is_still_found(
    pool: asyncpg.Pool, log: Log
) -> None:
    await purge(pool, log, MARCH, NOW)
    first = await pool.fetchval("select min(number) from audit_event where moment = $1", LATER)
    chain = await pool.fetchval("select chain from audit_event where moment = $1 limit 1", LATER)
    await tamper(pool, "delete from audit_event where chain = $1 and number = $2", chain, first)
    assert any("missing" in fault for fault in (await verdict(pool)).faults)


async def test_a_month_taken_out_by_hand_is_missed(pool: asyncpg.Pool, log: Log) -> None:
    await pool.execute("drop table audit_event_2020_01")
    assert (await verdict(pool)).faults


async def test_a_note_that_was_changed_is_found(pool: asyncpg.Pool, log: Log) -> None:
    await purge(pool, log, MARCH, NOW)
    forged = "convert_to(replace(convert_from(body, 'utf8'), 'let go', 'LET GO'), 'utf8')"
    await tamper(pool, f"update audit_event set body = {forged} where interaction = 'purge'")
    assert any("has been changed" in fault for fault in (await verdict(pool)).faults)


async def test_a_month_is_still_verified_by_itself(pool: asyncpg.Pool, log: Log) -> None:
    await purge(pool, log, MARCH, NOW)
    async with pool.acquire() as connection:
        found = [one async for one in verify(connection, {}, (MARCH, APRIL))][-1]
    assert (found.faults, found.entries > 0) == ([], True)


async def test_young_months_are_kept(pool: asyncpg.Pool, log: Log) -> None:
    with pytest.raises(Invalid, match="is kept"):
        await purge(pool, log, NOW - LEAST + timedelta(days=1), NOW)
    assert await months(pool) == {"2020-01", "2020-03", "2026-11"}
