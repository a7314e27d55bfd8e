"""The outbox: notices are written in the transaction of what they tell of, so that none is lost."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import asyncpg

from fellesjournal.booking.notices import rules
from fellesjournal.booking.notices.rules import Kind, Notice
from fellesjournal.booking.statements import SQL
from fellesjournal.fhir.search.terms import key_of

Tree = Mapping[str, Any]
Before = Callable[[asyncpg.Connection, Sequence[int], str], Awaitable[Mapping[int, Tree]]]
"""Reads resources of a type by key as they were before the version that is written now."""

MOST = 100
"""Notices of one citizen that are shown."""
APPOINTMENT = "Appointment"
WAITING, SENT = ("waiting", "failed"), ("sent", "delivered")
"""The states of what is still to go out, and of what has gone out."""


class Outbox:
    """Keeps notices beside Appointments, Communications and DocumentReferences.

    What an import brings in is no `news` to anybody: of that only reminders are kept.
    """

    def __init__(self, before: Before, *, news: bool = True) -> None:
        self._before, self._news = before, news

    async def changed(
        self, connection: asyncpg.Connection, before: Mapping[int, Tree], trees: Mapping[int, Tree]
    ) -> None:
        """Put down what citizens are to be told of what was written; `before` are Appointments."""
        now = datetime.now(UTC)
        made = await self._of_new(connection, trees, now)
        if before:
            await connection.execute(SQL.withdraw_notices, list(before))
        made += [
            (key, notice)
            for key, tree in trees.items()
            if tree["resourceType"] == APPOINTMENT
            for notice in rules.of_appointment(before.get(key, {}), tree, now)
        ]
        await self._keep(connection, made)

    async def gone(
        self, connection: asyncpg.Connection, before: Mapping[int, Tree], keys: Sequence[int]
    ) -> None:
        """What has not been sent of what is gone is void; an appointment to come is told of as cancelled."""
        await connection.execute(SQL.withdraw_notices, keys)
        now = datetime.now(UTC)
        made = [(key, one) for key, old in before.items() for one in rules.of_appointment(old, {}, now)]
        await self._keep(connection, made)

    async def _keep(self, connection: asyncpg.Connection, made: Sequence[tuple[int, Notice]]) -> None:
        rows = [
            (key_of(one.citizen), one.citizen, key, str(one.kind), one.moment, one.due)
            for key, one in made
            if self._news or one.kind is Kind.REMINDER
        ]
        if rows:
            await connection.execute(SQL.keep_notices, *map(list, zip(*rows, strict=True)))

    async def _of_new(
        self, connection: asyncpg.Connection, trees: Mapping[int, Tree], now: datetime
    ) -> list[tuple[int, Notice]]:
        """What is told of messages and letters, once each: when they are first there to be read."""
        made: list[tuple[int, Notice]] = []
        for type_name, told in (("Communication", rules.of_message), ("DocumentReference", rules.of_letter)):
            found = {
                key: notices
                for key, one in trees.items()
                if one["resourceType"] == type_name and (notices := told(one, now))
            }
            before = await self._before(connection, list(found), type_name) if found else {}
            made += [
                (key, notice)
                for key, notices in found.items()
                if key not in before or not told(before[key], now)
                for notice in notices
            ]
        return made


class Standing(NamedTuple):
    """How many notices stand so: by state, way ("": not chosen yet), kind and reason; since when."""

    state: str
    way: str
    kind: str
    reason: str
    number: int
    oldest: datetime


class Told(NamedTuple):
    """A notice to one citizen, with what came of it."""

    kind: str
    moment: datetime | None
    due: datetime
    state: str
    way: str
    reason: str
    tries: int
    ended: datetime | None


async def standings(pool: asyncpg.Pool, now: datetime) -> list[Standing]:
    """What stands in the outbox, of what is due."""
    rows = await pool.fetch(SQL.notices_by_state, now)
    return [
        Standing(
            row["state"], row["way"] or "", row["kind"], row["reason"] or "", row["number"], row["oldest"]
        )
        for row in rows
    ]


async def told(pool: asyncpg.Pool, citizen: str) -> list[Told]:
    """What a citizen ("Patient/7") has been or will be told, the last first, at most MOST."""
    return [_told(row) for row in await pool.fetch(SQL.notices_to, key_of(citizen), MOST)]


async def of_letters(pool: asyncpg.Pool, letters: Sequence[int]) -> dict[int, Told]:
    """What citizens are told of letters (keys): of each the notice that went out first, else what waits."""
    return {row["about"]: _told(row) for row in await pool.fetch(SQL.notices_of_letters, list(letters))}


def _told(row: asyncpg.Record) -> Told:
    return Told(
        row["kind"],
        row["moment"],
        row["due"],
        row["state"],
        row["way"] or "",
        row["reason"] or "",
        row["tries"],
        row["ended"],
    )
