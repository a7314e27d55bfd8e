"""Practice bases on one PostgreSQL server: copies of a template, each a database of its own.

What a base is, and when it expires, is noted on the database itself (comment on database): there is no list
that could disagree with what there is. Nothing here touches a database whose name does not begin as ours do.
"""

import re
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

import asyncpg
import msgspec

from fellesjournal.errors import Conflict, Invalid, NotFound
from fellesjournal.plumbing import database
from fellesjournal.rollout.practice.statements import SQL

BASE, TEMPLATE, UNFINISHED = "practice_base_", "practice_template_", "practice_unfinished_"
GONE = "practice_gone_"
"""How the names of the databases begin; what is gone waits to be taken away."""
PATIENCE = 5_000
"""Milliseconds that who is connected to a base that goes may take to leave."""
LONGEST_DAYS = 365
_NAME = re.compile("[a-z][a-z0-9-]{0,30}")


class Note(msgspec.Struct, frozen=True):
    """What is noted on a base: its template, the unit whose people practise there ("": all), the last day."""

    template: str
    unit: str
    until: date


class Base(NamedTuple):
    """One practice base."""

    name: str
    note: Note

    def expired(self, on: date) -> bool:
        """Whether its last day has passed."""
        return on > self.note.until


class Bases:
    """The bases of the server that `url` leads to, by whichever database of it."""

    def __init__(self, url: str) -> None:
        self._url = url

    async def all(self) -> list[Base]:
        """Every base, by name."""
        return [
            Base(row["name"].removeprefix(BASE), msgspec.json.decode(row["note"], type=Note))
            for row in await self._fetch(SQL.databases, BASE)
            if row["note"]
        ]

    async def find(self, name: str) -> Base:
        """The base of that name. Raises NotFound."""
        found = next((one for one in await self.all() if one.name == name), None)
        if found is None:
            raise NotFound(f"There is no practice base '{name}': `fellesjournal practice list` shows them.")
        return found

    async def create(self, name: str, template: str, unit: str, today: date, days: int) -> Base:
        """Make a base that lasts so many days. Raises Invalid for a name or days that will not do, Conflict
        for a name that is taken.
        """
        if not _NAME.fullmatch(name):
            raise Invalid(
                f"'{name}' will not do as a name: up to 31 of a to z, 0 to 9 and -, beginning with a letter."
            )
        if not 1 <= days <= LONGEST_DAYS:
            raise Invalid(f"A practice base lasts from 1 to {LONGEST_DAYS} days, not {days}.")
        if any(one.name == name for one in await self.all()):
            raise Conflict(f"There is a practice base '{name}' already: reset it, or remove it first.")
        base = Base(name, Note(template, unit, today + timedelta(days=days)))
        await self._make(base)
        return base

    async def reset(self, name: str) -> Base:
        """Put a base back to what it was when it was made. Raises NotFound.

        What was practised is out of reach then; `clear` takes it off the disk, which may take as long again.
        """
        base = await self.find(name)
        await self._make(base)
        return base

    async def clear(self, base: Base) -> None:
        """Take away what a base was before it was put back."""
        await self._run(SQL.removing, GONE + base.name)

    async def remove(self, name: str) -> None:
        """Take a base away, with all that was practised in it. Raises NotFound."""
        base = await self.find(name)
        await self._run(SQL.removing, BASE + base.name)
        await self.clear(base)

    async def remove_expired(self, today: date) -> list[Base]:
        """Take away the bases whose last day has passed; gives those."""
        every = await self.all()
        gone = [one for one in every if one.expired(today)]
        for one in gone:
            await self.remove(one.name)
        return gone

    async def template(self, name: str, fill: Callable[[str], Awaitable[None]]) -> bool:
        """Make sure that there is a template of that name: else `fill` is given the URL of an empty database.

        True when it was made now. Other templates go that no base was made from. One that was not finished
        is begun anew.
        """
        there = {row["name"].removeprefix(TEMPLATE) for row in await self._fetch(SQL.databases, TEMPLATE)}
        if name in there:
            return False
        await self._run(SQL.removing, UNFINISHED + name)
        await self._run(SQL.making_empty, UNFINISHED + name)
        await fill(self._url_of(UNFINISHED + name))
        await self._run(SQL.renaming, UNFINISHED + name, TEMPLATE + name)
        used = {one.note.template for one in await self.all()}
        for other in there - used:
            await self._run(SQL.removing, TEMPLATE + other)
        return True

    def url_of(self, base: Base) -> str:
        """The URL of a base's database."""
        return self._url_of(BASE + base.name)

    async def _make(self, base: Base) -> None:
        """A copy under another name first: the base there is goes only when the new one is whole."""
        unfinished, name, gone = UNFINISHED + base.name, BASE + base.name, GONE + base.name
        await self._run(SQL.removing, unfinished)
        await self._run(SQL.removing, gone)
        await self._run(SQL.making, unfinished, TEMPLATE + base.note.template)
        await self._run(SQL.noting, unfinished, msgspec.json.encode(base.note).decode())
        if await self._run(SQL.shutting, name):
            await self._fetch(SQL.emptying, name, PATIENCE)
            await self._run(SQL.renaming, name, gone)
        await self._run(SQL.renaming, unfinished, name)

    def _url_of(self, name: str) -> str:
        return urlsplit(self._url)._replace(path=f"/{name}").geturl()

    async def _fetch(self, statement: str, *values: str | int) -> list[asyncpg.Record]:
        connection = await database.connect(self._url)
        try:
            return list(await connection.fetch(statement, *values))
        finally:
            await connection.close()

    async def _run(self, statement: str, *values: str) -> bool:
        """Run a command that PostgreSQL has written: names in it are quoted as they must be. False where it
        has written none."""
        connection = await database.connect(self._url)
        try:
            command = await connection.fetchval(statement, *values)
            if command:
                await connection.execute(command)
            return command is not None
        finally:
            await connection.close()
