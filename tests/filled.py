"""Databases that have the same in them for many tests: filled once, and copied for each.

What tests begin with is about today, and a run may pass midnight: each day has a database of its own.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import asyncpg

from conftest import a_database, url_with_database
from fellesjournal.norway.writing import OSLO
from fellesjournal.plumbing import database

Fill = Callable[[asyncpg.Pool], Awaitable[None]]


class Filled:
    """The databases of one kind on a server: `fill` puts in what all copies begin with."""

    def __init__(self, postgres: str, template: str, kind: str, fill: Fill) -> None:
        self._postgres = postgres
        self._template = template
        self._kind = kind
        self._fill = fill
        self._made: set[str] = set()

    async def copy(self) -> AsyncIterator[str]:
        """The URL of a copy, which goes afterwards."""
        now = datetime.now(UTC)
        name = f"{self._kind}_{now:%d}_{now.astimezone(OSLO):%d}"
        if name not in self._made:
            await self._make(name)
            self._made.add(name)
        async for url in a_database(self._postgres, name):
            yield url

    async def _make(self, name: str) -> None:
        server = await database.connect(self._postgres)
        await server.execute(f'create database "{name}" template "{self._template}" strategy file_copy')
        await server.close()
        async with database.pool(url_with_database(self._postgres, name)) as pool:
            await self._fill(pool)
