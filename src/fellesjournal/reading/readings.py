"""Up to when each reader knows a citizen's record, and when letters were first opened."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import asyncpg

from fellesjournal.errors import Invalid
from fellesjournal.reading.statements import SQL

PAUSE = timedelta(minutes=30)
"""A visit has ended when nothing was looked at for so long."""


class Readings:
    """Kept in the database. A citizen is named by key, a reader by reference ("Practitioner/4")."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def until(self, citizen: int, reader: str) -> datetime | None:
        """What changed later is new to the reader; None for a record that the reader has not had open."""
        found: datetime | None = await self._pool.fetchval(SQL.read_until, citizen, reader)
        return found

    async def known(self, citizens: Sequence[int], reader: str) -> dict[int, datetime]:
        """The same of several records, those that the reader has not had open left out."""
        rows = await self._pool.fetch(SQL.known_until, list(citizens), reader)
        return {row["citizen"]: row["until"] for row in rows}

    async def visit(self, citizen: int, reader: str, now: datetime) -> datetime | None:
        """The reader looks at the record. What changed after the moment that is given back is new to them
        for as long as the visit goes on; None at the first visit.
        """
        before: datetime | None = await self._pool.fetchval(SQL.visit, citizen, reader, now, PAUSE)
        return before

    async def mark(self, citizen: int, reader: str, until: datetime, now: datetime) -> None:
        """The reader knows the record up to a moment; one before what was known changes nothing.

        Raises Invalid for a moment that has not come: nobody has read what is not yet written.
        """
        if until > now:
            raise Invalid(f"A record cannot have been read up to {until:%d.%m.%Y %H:%M}: that is to come.")
        await self._pool.execute(SQL.mark_read, citizen, reader, until)

    async def open(self, citizen: int, document: str, reader: str, now: datetime) -> None:
        """The reader ("Patient/4") opens a letter or note ("DocumentReference/7"); the first time is kept."""
        await self._pool.execute(SQL.note_opened, citizen, document, reader, now)

    async def opened(self, citizen: int, documents: Sequence[str]) -> dict[str, datetime]:
        """When each of some documents was first opened; those that were not are left out."""
        rows = await self._pool.fetch(SQL.first_opened, citizen, list(documents))
        return {row["document"]: row["at"] for row in rows}
