"""Drafts: kept at every keystroke, found again on any machine, seen by nobody but their author."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import uuid4

import asyncpg

from fellesjournal.documentation.statements import SQL
from fellesjournal.errors import NotFound


class Draft(NamedTuple):
    """What is typed and not signed. `id` is what the note will be called; `note` the one being amended."""

    id: str
    template: str
    note: str
    fields: Mapping[str, str]
    begun: datetime
    changed: datetime

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has been typed in it."""
        return self.changed == self.begun


class Key(NamedTuple):
    """Whose draft of what: the citizen's key, the author's reference, the template, amended note or ""."""

    citizen: int
    author: str
    template: str
    note: str = ""


def _now() -> datetime:
    return datetime.now(UTC)


class Drafts:
    """All drafts of the site."""

    def __init__(self, pool: asyncpg.Pool, *, clock: Callable[[], datetime] = _now) -> None:
        self._pool, self._clock = pool, clock

    async def find(self, key: Key) -> Draft | None:
        """The draft, or None where none was begun."""
        row = await self._pool.fetchrow(SQL.find_draft, *key)
        return _draft(row) if row else None

    async def begin(self, key: Key, fields: Mapping[str, str]) -> Draft:
        """A draft with these fields; the one that has text already as it is."""
        id, now = key.note or str(uuid4()), self._clock()
        row = await self._pool.fetchrow(
            SQL.begin_draft, key.citizen, id, key.author, key.template, key.note, _json(fields), now
        )
        return _draft(row) if row else _draft(await self._pool.fetchrow(SQL.find_draft, *key))

    async def keep(self, key: Key, fields: Mapping[str, str]) -> Draft:
        """Lay fields over those of a draft: what was typed elsewhere in it stays. Raises NotFound."""
        row = await self._pool.fetchrow(SQL.keep_draft, *key, _json(fields), self._clock())
        if row is None:
            raise NotFound("This note has been signed or thrown away, here or on another machine.")
        return _draft(row)

    async def of(self, citizen: int, author: str) -> list[Draft]:
        """The drafts about a citizen in which an author has typed, the newest first."""
        return [_draft(row) for row in await self._pool.fetch(SQL.list_drafts, citizen, author)]

    async def drop(self, key: Key, id: str) -> None:
        """Forget a draft: it has been signed, or its author does not want it."""
        await self._pool.execute(SQL.drop_draft, key.citizen, id, key.author)


def _json(fields: Mapping[str, str]) -> str:
    return json.dumps({name: text.replace("\x00", "") for name, text in fields.items()}, ensure_ascii=False)


def _draft(row: asyncpg.Record) -> Draft:
    return Draft(
        row["id"], row["template"], row["note"], json.loads(row["fields"]), row["begun"], row["changed"]
    )
