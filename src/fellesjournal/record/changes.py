"""The change feed: every change in the order it took effect, for the rooms above.

A change is told of when every transaction that began before it has ended, so that nothing can appear behind
a reader: reading on from the last cursor neither skips nor repeats. Changes of one resource are in the order
of its versions.
"""

from datetime import datetime
from typing import NamedTuple

import asyncpg

from fellesjournal.record.draft import METHODS
from fellesjournal.record.means import Means
from fellesjournal.record.statements import SQL


class Cursor(NamedTuple):
    """A place in the feed; START is before the first change."""

    xid: int
    seq: int


START = Cursor(0, 0)


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
