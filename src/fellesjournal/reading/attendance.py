"""Who has a citizen's record open now, in every process of the site."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import asyncpg

from fellesjournal.reading.statements import SQL

SILENT = timedelta(seconds=40)
"""A page that has not been heard of for so long is closed: it tells that it is open every fifteen seconds."""


class Reader(NamedTuple):
    """One who reads: reference, name, the policy of the role, the unit's name."""

    person: str
    display: str
    role: str
    unit: str


def _now() -> datetime:
    return datetime.now(UTC)


class Attendance:
    """Kept in the database, as the pages of one record are open in several processes."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime] = _now) -> None:
        self._pool, self._clock = pool, clock

    async def come(self, citizen: int, stream: UUID, reader: Reader) -> None:
        """A page is open; told again while it is."""
        now = self._clock()
        await self._pool.execute(SQL.is_reading, citizen, str(stream), *reader, now)

    async def leave(self, citizen: int, stream: UUID) -> None:
        """It has been closed; those that fell silent long ago are forgotten with it."""
        await self._pool.execute(SQL.has_left, citizen, str(stream))
        await self._pool.execute(SQL.forget_silent, self._clock() - 10 * SILENT)

    async def readers(self, citizen: int) -> list[Reader]:
        """Who reads a record, by name."""
        rows = await self._pool.fetch(SQL.readers, citizen, self._clock() - SILENT)
        return [Reader(*row) for row in rows]

    async def gatherings(self, citizens: Sequence[int]) -> dict[int, str]:
        """Of each citizen whose record is open, a text that is another when somebody comes or goes."""
        rows = await self._pool.fetch(SQL.gatherings, list(citizens), self._clock() - SILENT)
        return {row["citizen"]: row["who"] for row in rows}
