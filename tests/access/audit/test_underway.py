"""Acts under way: others' entries wait a moment to share their commit, and for nobody longer."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
import pytest

from access.audit.test_log import access, verdict
from fellesjournal.access.audit import log as log_module
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.underway import Underway


async def commits(pool: asyncpg.Pool, least: int) -> int:
    """The number of transactions that entries of citizens from a number on were written in."""
    asked = "select count(distinct xmin::text) from audit_event where citizen >= $1"
    return int(await pool.fetchval(asked, least))


async def act(log: Log, citizen: int, turns: int) -> None:
    """An act that is answered after so many turns of the loop, and told of then."""
    with log.underway.act() as underway:
        for _ in range(turns):
            await asyncio.sleep(0)
        underway.over()
        await log.write([access(citizen)])


@contextmanager
def patience(monkeypatch: pytest.MonkeyPatch, seconds: float) -> Iterator[None]:
    with monkeypatch.context() as changed:
        changed.setattr(log_module, "PATIENCE", seconds)
        yield


async def test_entries_of_acts_that_are_under_way_together_share_commits(
    pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = Log(pool)
    await log.write([access()])
    with patience(monkeypatch, 20):
        await asyncio.gather(*(act(log, 100 + number, 5 * number) for number in range(16)))
    assert await commits(pool, 100) <= 6  # each time half of those that are left
    assert (await verdict(pool)).faults == []


async def test_an_act_that_takes_long_holds_nobody_up(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    with log.underway.act(), log.underway.act(), log.underway.act():
        await asyncio.wait_for(log.write([access(1)]), 20)
        await asyncio.wait_for(log.write([access(2)]), 20)
    assert (await verdict(pool)).entries == 3


async def test_who_is_alone_waits_for_nobody(pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    log = Log(pool)
    with patience(monkeypatch, 1000):
        await asyncio.wait_for(act(log, 1, 0), 20)
        await asyncio.wait_for(log.write([access(2)]), 20)
    assert (await verdict(pool)).entries == 3


async def test_an_act_that_fails_is_not_under_way_any_more() -> None:
    acts = Underway()
    with pytest.raises(ValueError, match="failed"):
        fail(acts)
    assert acts.number == 0


def fail(acts: Underway) -> None:
    with acts.act():
        assert acts.number == 1
        raise ValueError("failed")


def test_an_act_is_over_once() -> None:
    acts = Underway()
    with acts.act(), acts.act() as underway:
        underway.over()
        underway.over()
        assert acts.number == 1
    assert acts.number == 0


async def test_the_log_gives_its_connection_back(pool: asyncpg.Pool) -> None:
    log = Log(pool)
    await log.write([access()])
    await log.flush()
    assert pool.get_idle_size() == pool.get_size()
    await log.write([access()])
    while pool.get_idle_size() < pool.get_size():  # noqa: ASYNC110 -- it is the pool that changes
        await asyncio.sleep(0.01)
