"""Entries wait a moment to share a commit with about as many as came lately, and for nobody longer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import pytest

from access.audit.test_log import access, verdict
from fellesjournal.access.audit import log as log_module
from fellesjournal.access.audit.log import Log


async def commits(pool: asyncpg.Pool, least: int) -> int:
    """The number of transactions that entries of citizens from a number on were written in."""
    asked = "select count(distinct xmin::text) from audit_event where citizen >= $1"
    return int(await pool.fetchval(asked, least))


async def reader(log: Log, first: int, acts: int, turns: int) -> None:
    """One act after another, each answered after so many turns of the loop."""
    for number in range(acts):
        for _ in range(turns):
            await asyncio.sleep(0)
        await log.write([access(first + number)])


@contextmanager
def patience(monkeypatch: pytest.MonkeyPatch, seconds: float) -> Iterator[None]:
    with monkeypatch.context() as changed:
        changed.setattr(log_module, "PATIENCE", (seconds, seconds))
        yield


async def test_readers_who_ask_one_thing_after_another_come_to_share_their_commits(
    pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(pool)
    with patience(monkeypatch, 1):
        await asyncio.gather(*(reader(log, 100 + 10 * number, 10, 5 * number) for number in range(16)))
    assert await commits(pool, 100) <= 24  # ten would be each time all sixteen
    assert (await verdict(pool)).faults == []


async def test_who_went_away_holds_nobody_up(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    await asyncio.gather(*(log.write([access(number)]) for number in range(1, 17)))
    await asyncio.wait_for(log.write([access(17)]), 20)
    await asyncio.wait_for(log.write([access(18)]), 20)
    assert (await verdict(pool)).entries == 19  # with the seal


async def test_who_is_alone_waits_for_nobody(pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log(pool)
    with patience(monkeypatch, 1000):
        await asyncio.wait_for(reader(log, 1, 3, 0), 20)
    assert (await verdict(pool)).entries == 4  # with the seal


async def test_the_log_gives_its_connection_back(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    await log.write([access()])
    await log.flush()
    assert pool.get_idle_size() == pool.get_size()
    await log.write([access()])
    while pool.get_idle_size() < pool.get_size():  # noqa: ASYNC110 -- it is the pool that changes
        await asyncio.sleep(0.01)
