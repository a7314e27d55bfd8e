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


class Page(NamedTuple):
    """One open page: of whose record (key), which, and who reads it."""

    citizen: int
    stream: UUID
    reader: Reader


def _now() -> datetime:
    return datetime.now(UTC)


class Attendance:
    """Kept in the database, as the pages of one record are open in several processes."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime] = _now) -> None:
        self._pool, self._clock = pool, clock

    async def come(self, pages: Sequence[Page]) -> None:
        """Pages are open; told again while they are."""
        rows = [(one.citizen, str(one.stream), *one.reader) for one in pages]
        await self._pool.execute(SQL.are_reading, *map(list, zip(*rows, strict=True)), self._clock())

    async def leave(self, pages: Sequence[Page]) -> None:
        """They have been closed; those that fell silent long ago are forgotten with them."""
        places = [one.citizen for one in pages], [str(one.stream) for one in pages]
        await self._pool.execute(SQL.have_left, *places)
        await self._pool.execute(SQL.forget_silent, self._clock() - 10 * SILENT)

    async def readers(self, citizen: int) -> list[Reader]:
        """Who reads a record, by name."""
        rows = await self._pool.fetch(SQL.readers, citizen, self._clock() - SILENT)
        return [Reader(*row) for row in rows]

    async def gatherings(self, citizens: Sequence[int]) -> dict[int, str]:
        """Of each citizen whose record is open, a text that is another when somebody comes or goes."""
        rows = await self._pool.fetch(SQL.gatherings, list(citizens), self._clock() - SILENT)
        return {row["citizen"]: row["who"] for row in rows}
