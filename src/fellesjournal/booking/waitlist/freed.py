"""What is kept beside Appointments for those who wait, in the transaction that writes them.

Time that is free again is put down whoever freed it and by whatever way: a citizen, a screen, the API. And
nobody leaves a list by the way: an entry is closed with a reason, or the write is refused.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

import asyncpg
import msgspec

from fellesjournal.booking import holding
from fellesjournal.booking.statements import SQL
from fellesjournal.booking.waitlist import ended, offers
from fellesjournal.booking.waitlist.entry import Tree, actors, check_leaving, entry, is_entry
from fellesjournal.errors import Conflict
from fellesjournal.fhir.dates import date_span
from fellesjournal.fhir.search.terms import key_of

TAKEN = "booked"
"""The status of a time that an entry has been given."""
_encode = msgspec.json.Encoder().encode


async def changed(
    connection: asyncpg.Connection, before: Mapping[int, Tree], trees: Mapping[int, Tree]
) -> None:
    """Appointments (by key) are written; those in `before` were there already. The claims still say who was
    busy. Raises Unprocessable for an entry that lacks something, Conflict when one leaves its list.
    """
    for key, tree in trees.items():
        check_leaving(before.get(key, {}), tree)
    await _free(connection, {key: (old, trees[key]) for key, old in before.items()})
    await _forget(connection, before)
    await _keep(connection, trees)
    await _take(connection, before, trees)


async def gone(connection: asyncpg.Connection, before: Mapping[int, Tree]) -> None:
    """Appointments are deleted. Raises Conflict for an entry: it is closed, so that it can be seen why."""
    for old in before.values():
        if is_entry(old):
            text = f"Appointment/{old['id']} waits for a time: close it with a reason; it is not deleted."
            raise Conflict(text)
    await _free(connection, {key: (old, {}) for key, old in before.items()})
    await _forget(connection, before)


async def anew(connection: asyncpg.Connection, trees: Mapping[int, Tree]) -> None:
    """Keep anew what stands beside Appointments as they are; no time is freed by that."""
    await connection.execute(SQL.forget_waiting, list(trees))
    await _keep(connection, trees)


async def _free(connection: asyncpg.Connection, changes: Mapping[int, tuple[Tree, Tree]]) -> None:
    now = datetime.now(UTC)
    freed = {key: old for key, (old, new) in changes.items() if _is_freed(old, new, now)}
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


async def _forget(connection: asyncpg.Connection, before: Mapping[int, Tree]) -> None:
    if kept := [key for key, old in before.items() if is_entry(old) or ended.called_off_from(old)]:
        await connection.execute(SQL.forget_waiting, kept)


async def _keep(connection: asyncpg.Connection, trees: Mapping[int, Tree]) -> None:
    entries = {key: entry(tree) for key, tree in trees.items() if is_entry(tree)}
    if entries:
        rows = [
            (key_of(one.citizen), key, key_of(one.service), _encode(one).decode())
            for key, one in entries.items()
        ]
        await connection.execute(SQL.keep_waiting, *map(list, zip(*rows, strict=True)))
    ends = {key: until for key, tree in trees.items() if (until := ended.called_off_from(tree))}
    if ends:
        made = [(_citizen(trees[key]), key, trees[key]["id"], until) for key, until in ends.items()]
        await connection.execute(SQL.keep_offers, *map(list, zip(*made, strict=True)))


async def _take(
    connection: asyncpg.Connection, before: Mapping[int, Tree], trees: Mapping[int, Tree]
) -> None:
    """Put down what is booked for entries, and was not before: one may give up another time for it."""
    taken = [
        (name.partition("/")[2], tree["id"])
        for key, tree in trees.items()
        if tree.get("status") == TAKEN and before.get(key, {}).get("status") != TAKEN and not is_entry(tree)
        for name in offers.entries_of(tree)
    ]
    if taken:
        await connection.execute(SQL.take_for, *map(list, zip(*taken, strict=True)))


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
