"""What is kept beside Appointments for those who wait, in the transaction that writes them.

Time that is free again is put down whoever freed it and by whatever way: a citizen, a screen, the API. And
nobody leaves a list by the way: an entry is closed with a reason, or the write is refused.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import asyncpg
import msgspec

from fellesjournal.booking import holding
from fellesjournal.booking.statements import SQL
from fellesjournal.booking.waitlist import offers
from fellesjournal.booking.waitlist.entry import Tree, actors, check_leaving, entry, is_entry
from fellesjournal.errors import Conflict
from fellesjournal.fhir.dates import date_span
from fellesjournal.fhir.search.terms import key_of

Before = Callable[[asyncpg.Connection, Sequence[int], str], Awaitable[Mapping[int, Tree]]]
"""Reads resources of a type by key as they were before the version that is written now."""

APPOINTMENT = "Appointment"
_encode = msgspec.json.Encoder().encode


class Freed:
    """Keeps who waits, which offers stand, and which time is free again (record.beside).

    It has to be told before the claims are: those still say who was busy.
    """

    types = frozenset((APPOINTMENT,))
    anew = True

    def __init__(self, before: Before) -> None:
        self._before = before

    async def written(self, connection: asyncpg.Connection, trees: Mapping[int, dict[str, Any]]) -> None:
        """Raises Unprocessable for an entry that lacks something, Conflict when one leaves its list."""
        before = await self._before(connection, list(trees), APPOINTMENT)
        for key, tree in trees.items():
            check_leaving(before.get(key, {}), tree)
        await self._free(connection, {key: (old, trees[key]) for key, old in before.items()})
        await connection.execute(SQL.forget_waiting, list(trees))
        await _keep(connection, trees)

    async def deleted(self, connection: asyncpg.Connection, keys: Sequence[int]) -> None:
        """Raises Conflict for an entry: it is closed, so that it can be seen why nobody waits any more."""
        before = await self._before(connection, keys, APPOINTMENT)
        for old in before.values():
            if is_entry(old):
                text = f"Appointment/{old['id']} waits for a time: close it with a reason; it is not deleted."
                raise Conflict(text)
        await self._free(connection, {key: (old, {}) for key, old in before.items()})
        await connection.execute(SQL.forget_waiting, keys)

    async def _free(self, connection: asyncpg.Connection, changed: Mapping[int, tuple[Tree, Tree]]) -> None:
        now = datetime.now(UTC)
        freed = {key: old for key, (old, new) in changed.items() if _is_freed(old, new, now)}
        if not freed:
            return
        rows = await connection.fetch(SQL.busy_parties, list(freed))
        busy = {row["holder"]: row["parties"] for row in rows}
        for key, old in freed.items():
            citizens = {key_of(one) for one in actors(old) if one.startswith("Patient/")}
            parties = [one for one in busy.get(key, ()) if one not in citizens]
            if parties:
                told = _encode(offers.freed(old)).decode()
                await connection.execute(SQL.free_time, *_span(old), parties, told)


async def _keep(connection: asyncpg.Connection, trees: Mapping[int, Tree]) -> None:
    entries = {key: entry(tree) for key, tree in trees.items() if is_entry(tree)}
    if entries:
        rows = [
            (key_of(one.citizen), key, key_of(one.service), _encode(one).decode())
            for key, one in entries.items()
        ]
        await connection.execute(SQL.keep_waiting, *map(list, zip(*rows, strict=True)))
    standing = {key: tree for key, tree in trees.items() if offers.is_offer(tree)}
    if standing:
        made = [(_citizen(tree), key, tree["id"], offers.held_until(tree)) for key, tree in standing.items()]
        await connection.execute(SQL.keep_offers, *map(list, zip(*made, strict=True)))


def _is_freed(old: Tree, new: Tree, now: datetime) -> bool:
    """Whether an Appointment held time to come that it holds no more."""
    if not holding.of_appointment(old):
        return False
    start, end = _span(old)
    return start > now and (not holding.of_appointment(new) or _span(new) != (start, end))


def _span(tree: Tree) -> tuple[datetime, datetime]:
    return date_span(tree["start"])[0], date_span(tree["end"])[0]


def _citizen(tree: Tree) -> int:
    return key_of(next((one for one in actors(tree) if one.startswith("Patient/")), ""))
