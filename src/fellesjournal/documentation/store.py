"""Drafts: kept at every keystroke, found again on any machine, seen by nobody but their author."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple
from uuid import uuid4

import asyncpg

from fellesjournal.documentation.rules import Hand, Held, lay, settle
from fellesjournal.documentation.statements import SQL
from fellesjournal.errors import NotFound
from fellesjournal.fhir.search.terms import key_of

ALONE = Hand(seen=2**62)
"""The hand of what is no open form: it has seen everything."""


class Draft(NamedTuple):
    """What is typed and not signed. `patient` is the id of whom it is about, `id` what the note will be
    called; `note` the one being amended."""

    patient: str
    id: str
    template: str
    note: str
    held: Held
    begun: datetime
    changed: datetime

    @property
    def fields(self) -> Mapping[str, str]:
        """What was typed, by place."""
        return self.held.fields

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has been typed in it."""
        return self.changed == self.begun


class Key(NamedTuple):
    """Whose draft of what: the Patient's id, the author's reference, the template, amended note or ""."""

    patient: str
    author: str
    template: str
    note: str = ""

    @property
    def citizen(self) -> int:
        """The key under which rows of the citizen stand together."""
        return key_of(f"Patient/{self.patient}")

    @property
    def row(self) -> tuple[int, str, str, str]:
        """What finds the row."""
        return self.citizen, self.author, self.template, self.note


def _now() -> datetime:
    return datetime.now(UTC)


class Drafts:
    """All drafts of the site. What a citizen has begun `lasts` for so long after the last change."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        *,
        lasts: timedelta = timedelta(days=60),
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._pool, self.lasts, self._clock = pool, lasts, clock

    async def find(self, key: Key) -> Draft | None:
        """The draft, or None where none was begun."""
        row = await self._pool.fetchrow(SQL.find_draft, *key.row)
        return _draft(row) if row else None

    async def begin(self, key: Key, fields: Mapping[str, str]) -> Draft:
        """A draft with these fields; the one that has text already as it is."""
        id, now = key.note or str(uuid4()), self._clock()
        row = await self._pool.fetchrow(
            SQL.begin_draft, key.citizen, id, *key.row[1:], _json(fields), now, key.patient
        )
        return _draft(row) if row else _draft(await self._pool.fetchrow(SQL.find_draft, *key.row))

    async def keep(self, key: Key, fields: Mapping[str, str], hand: Hand = ALONE) -> Draft:
        """Lay what was typed in an open form over what a draft holds (rules.lay). Raises NotFound."""
        clean = {place: text.replace("\x00", "") for place, text in fields.items()}
        return await self._changed(key, hand, lambda held: lay(held, clean, hand))

    async def choose(self, key: Key, place: str, text: str, hand: Hand) -> Draft:
        """The one text that is to stand at a place. Raises NotFound."""
        text = text.replace("\x00", "")
        return await self._changed(key, hand, lambda held: settle(held, place, text, hand))

    async def _changed(self, key: Key, hand: Hand, change: Callable[[Held], Held]) -> Draft:
        async with self._pool.acquire() as connection, connection.transaction():
            row = await connection.fetchrow(SQL.lock_draft, *key.row)
            if row is None or hand.draft not in ("", row["id"]):
                raise NotFound("This note has been signed or thrown away, here or on another machine.")
            held = change(_draft(row).held)
            values = (_json(held.fields), _json(held.marks), _json(held.others), held.revision)
            kept = await connection.fetchrow(SQL.keep_draft, *key.row, *values, self._clock())
        return _draft(kept)

    async def of(self, patient: str, author: str) -> list[Draft]:
        """The drafts about a citizen in which an author has typed, the newest first."""
        citizen = key_of(f"Patient/{patient}")
        return [_draft(row) for row in await self._pool.fetch(SQL.list_drafts, citizen, author)]

    async def waiting(self, author: str, most: int) -> list[Draft]:
        """The drafts about anybody in which an author has typed, the newest first."""
        return [_draft(row) for row in await self._pool.fetch(SQL.list_waiting, author, most)]

    async def purge(self) -> int:
        """Forget the forms that citizens have not touched for so long, with their files; gives how many. A
        health worker's drafts stay: what they know of a citizen belongs in the record."""
        gone = await self._pool.fetch(SQL.purge_forms, self._clock() - self.lasts)
        return len(gone)

    async def drop(self, key: Key, id: str) -> None:
        """Forget a draft: it has been signed, or its author does not want it."""
        await self._pool.execute(SQL.drop_draft, key.citizen, id, key.author)


def _json(tree: Mapping[str, object]) -> str:
    return json.dumps(tree, ensure_ascii=False)


def _draft(row: asyncpg.Record) -> Draft:
    marks = {place: (int(at), str(by)) for place, (at, by) in json.loads(row["marks"]).items()}
    held = Held(json.loads(row["fields"]), marks, json.loads(row["others"]), row["revision"])
    return Draft(row["patient"], row["id"], row["template"], row["note"], held, row["begun"], row["changed"])
