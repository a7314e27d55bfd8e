"""What has come to an end is deleted after the time that a site sets: notices, freed time, addresses.

The appointments stay: such rows say only what was told of them, and to whom their time was offered.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

import asyncpg

from fellesjournal.booking.statements import SQL

EVERY = timedelta(hours=1)
AT_ONCE = 1_000
"""Rows of each kind in one round, so that nobody waits for them."""


class Purging:
    """Deletes what ended longer ago than it is `kept`. One per process: none waits for another."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime], kept: timedelta) -> None:
        self._pool, self._clock, self._kept = pool, clock, kept
        self._next: datetime | None = None

    async def round(self) -> int:
        """Delete some; gives how many. Nothing for an hour after there was no more."""
        now = self._clock()
        if self._next is not None and now < self._next:
            return 0
        before = now - self._kept
        gone = 0
        for statement in (SQL.forget_notices, SQL.forget_freed_time, SQL.forget_feeds):
            gone += await self._pool.fetchval(statement, before, AT_ONCE)
        if not gone:
            self._next = now + EVERY
        return gone
