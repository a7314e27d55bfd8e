"""The change feed: every change in the order it took effect, for the rooms above.

A change is told of when every transaction that began before it has ended, so that nothing can appear behind
a reader: reading on from the last cursor neither skips nor repeats. Changes of one resource are in the order
of its versions.
"""

import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg
import msgspec

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.draft import METHODS
from fellesjournal.record.means import Means
from fellesjournal.record.statements import SQL


class Cursor(NamedTuple):
    """A place in the feed; START is before the first change."""

    xid: int
    seq: int


START = Cursor(0, 0)
MOST_ASKED = 200
"""Changes of which it is looked up whom they concern: an import is not read twice."""

_decode = msgspec.json.Decoder().decode


class Change(NamedTuple):
    """One change. `citizen` is the key of the patient in whose record it happened, 0 for what is shared."""

    cursor: Cursor
    citizen: int
    key: int
    type: str
    id: str
    version: int
    method: str
    """POST, PUT, PATCH or DELETE."""
    updated: datetime


async def end(connection: asyncpg.Connection) -> Cursor:
    """Where the feed ends now: START when nothing has changed yet."""
    row = await connection.fetchrow(SQL.end_of_changes)
    return Cursor(row["xid"], row["seq"]) if row else START


async def changes(means: Means, connection: asyncpg.Connection, after: Cursor, limit: int) -> list[Change]:
    """The next changes after a place in the feed, `limit` at most."""
    rows = await connection.fetch(SQL.changes_after, str(after.xid), after.seq, limit)
    return [
        Change(
            Cursor(row["xid"], row["seq"]),
            row["citizen"],
            row["key"],
            means.preparer.type_name(row["type"]),
            row["id"],
            row["version"],
            METHODS[row["method"]],
            row["updated"],
        )
        for row in rows
    ]


async def concerned(
    connection: asyncpg.Connection, found: Sequence[Change]
) -> dict[int, frozenset[int] | None]:
    """Whom some changes concern: resource (key) -> the keys of all that it refers to, now or before the
    change; for a Patient also of those who take part in the care. None for each when they are more than
    MOST_ASKED.
    """
    if len(found) > MOST_ASKED:
        return {one.key: None for one in found}
    keys: dict[int, set[int]] = {one.key: set() for one in found}
    places = [one.key for one in found], [one.version for one in found]
    for row in await connection.fetch(SQL.said_round_changes, *places):
        keys[row["key"]].update(key_of(one) for one in _references(_decode(row["body"])))
    if patients := [one for one in found if one.type == "Patient"]:
        now = time.time_ns() // 1000
        rows = await connection.fetch(SQL.taking_part, [one.citizen for one in patients], now)
        parties = {row["citizen"]: row["parties"] for row in rows}
        for one in patients:
            keys[one.key].update(parties.get(one.citizen, ()))
    return {key: frozenset(named) for key, named in keys.items()}


async def guarded(connection: asyncpg.Connection, found: Sequence[Change]) -> set[tuple[int, int]]:
    """Those of some changes (key and version) that may be told only to who reaches the resource as it is: it
    is in a record of which something is kept from somebody. What came or went out of reach by the change
    itself, by a label or because it was deleted, must be told to whoever has seen it, so it is not among
    them, nor are Consents: one may be a block, with which much goes out of reach.
    """
    there = [one for one in found if one.citizen and one.method != "DELETE" and one.type != "Consent"]
    if not there:
        return set()
    places = zip(*((one.citizen, one.key, one.version) for one in there), strict=True)
    rows = await connection.fetch(SQL.guarded_changes, *map(list, places))
    return {(row["key"], row["version"]) for row in rows}


def _references(value: Any) -> Iterator[str]:
    """Every reference to another resource here, without its version."""
    if isinstance(value, dict):
        if type(reference := value.get("reference")) is str:
            yield reference.partition("/_history/")[0]
        for each in value.values():
            yield from _references(each)
    elif isinstance(value, list):
        for each in value:
            yield from _references(each)
