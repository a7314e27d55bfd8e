"""Everything out again: all resources of one moment, type by type, without holding up those who write."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL

ROWS_AT_A_TIME = 1000


class Snapshot:
    """The record as it was at one moment, as far as a scope reaches."""

    def __init__(self, connection: asyncpg.Connection, scope: Scope) -> None:
        self._connection = connection
        self._reach = scope.reach

    async def numbers(self) -> dict[str, int]:
        """How many resources there are of each type that has any, by name."""
        rows = await self._connection.fetch(SQL.export_numbers, *self._reach)
        return {row["name"]: row["resources"] for row in rows}

    async def citizens(self) -> AsyncIterator[list[tuple[int, str]]]:
        """Whose resources there are, some hundred at a time: key, and id of the Patient ("": none)."""
        statement = await self._connection.prepare(SQL.export_citizens)
        cursor = await statement.cursor(*self._reach)
        while rows := await cursor.fetch(ROWS_AT_A_TIME):
            yield [(row["citizen"], row["id"]) for row in rows]

    async def bodies(self, type: str) -> AsyncIterator[list[bytes]]:
        """The bodies of all resources of `type`, some hundred at a time, in the order of their ids."""
        statement = await self._connection.prepare(SQL.export_bodies)
        cursor = await statement.cursor(type, *self._reach)
        while rows := await cursor.fetch(ROWS_AT_A_TIME):
            yield [row["body"] for row in rows]


@asynccontextmanager
async def snapshot(pool: asyncpg.Pool, scope: Scope) -> AsyncIterator[Snapshot]:
    """Open a snapshot: one read-only transaction at REPEATABLE READ for the length of the block."""
    async with (
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield Snapshot(connection, scope)
