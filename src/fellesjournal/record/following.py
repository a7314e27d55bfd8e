"""How the processes of a site come to work by the same search parameters, and by all else that is stored.

Each looks every second whether the stored SearchParameters, or other resources that are followed, changed.
For search parameters that is not all: by a shared lock a process declares which set of them it writes by;
whoever reindexes waits until no process holds another lock than its own. The locks go when their connection
does, so a process that has died is not waited for.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

import asyncpg

from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.posted import PostedParameters
from fellesjournal.record.statements import SQL

EVERY = 1.0
"""Seconds between two looks."""

Connect = Callable[[], Awaitable[asyncpg.Connection]]
"""Opens a connection that nobody else uses, and none of a pool: those give up their locks."""

log = logging.getLogger(__name__)


class Followed(Protocol):
    """Something that works by stored resources of some types, such as profiles."""

    types: frozenset[str]

    async def refresh(self, connection: asyncpg.Connection) -> None:
        """Work by what is stored now; cheap when nothing has changed."""


class Follower:
    """Follows what is stored, and declares what this process writes by, on a connection of its own."""

    def __init__(
        self, parameters: PostedParameters, connection: asyncpg.Connection, others: Sequence[Followed] = ()
    ) -> None:
        self._parameters = parameters
        self._others = others
        self._connection = connection
        self._declared: set[int] = set()

    async def begin(self) -> None:
        """Work by what is stored. Nothing may be written before: nobody waits for what is not declared."""
        while True:
            await self.look()
            declared = self._parameters.mark
            await self._parameters.refresh(self._connection)
            if self._parameters.mark == declared:
                break
        await self.refresh_others()

    async def look(self) -> None:
        """Work by what is stored now, and declare it; what writes under way go by stays declared."""
        await self._parameters.refresh(self._connection)
        in_use = self._parameters.marks_in_use()
        for mark in in_use - self._declared:
            await self._connection.execute(SQL.use_parameters, mark)
        for mark in self._declared - in_use:
            await self._connection.execute(SQL.leave_parameters, mark)
        self._declared = in_use

    async def refresh_others(self) -> None:
        """Whatever else is followed works by what is stored now."""
        for other in self._others:
            await other.refresh(self._connection)

    def close(self) -> None:
        """Declare nothing any more."""
        self._connection.terminate()


@asynccontextmanager
async def following(
    parameters: PostedParameters, others: Sequence[Followed], connect: Connect
) -> AsyncIterator[None]:
    """Follow what is stored for the length of the block."""

    async def begun() -> Follower:
        follower = Follower(parameters, await connect(), others)
        await follower.begin()
        return follower

    task = asyncio.create_task(_follow(await begun(), begun))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _follow(follower: Follower, begun: Callable[[], Awaitable[Follower]]) -> None:
    lost = False
    try:
        while True:
            await asyncio.sleep(EVERY)
            try:
                if lost:
                    follower = await begun()
                    lost = False
                await follower.look()
                await follower.refresh_others()
            except (OSError, Trouble, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                if not lost:
                    log.warning("New search parameters and profiles are not noticed for now: %s", error)
                lost = True
                follower.close()
    finally:
        follower.close()


async def all_agree(parameters: PostedParameters, connection: asyncpg.Connection, seconds: float) -> bool:
    """Wait until every process writes by what is stored; False when that takes longer than `seconds`."""
    end = time.monotonic() + seconds
    while True:
        await parameters.refresh(connection)
        elsewhere = await connection.fetchval(SQL.other_parameters_in_use, parameters.mark)
        if not elsewhere and parameters.marks_in_use() == {parameters.mark}:
            return True
        if time.monotonic() > end:
            return False
        await asyncio.sleep(0.05)
