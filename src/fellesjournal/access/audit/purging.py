"""Letting whole months of the log go, so that what is left can still be proven.

Before they go, the log notes where each chain stood at their end: an entry `purge`, in a chain like any
other, with the number and hash of the last entry of each. Verifying begins there. Each such entry has also
what the ones before it noted, so that it may itself go one day.

How long the log is kept is for whoever answers for the record (GDPR article 5 (1) e; Normen's faktaark 25 on
how to decide). LEAST is this project's floor.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta

import asyncpg

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access, access_of
from fellesjournal.access.audit.log import Log
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.statements import SQL
from fellesjournal.errors import Invalid

PURGE = "purge"
LEAST = timedelta(days=2 * 366)
"""Younger months are not let go: unusual access is asked about, and sued for, long afterwards."""

Ends = Mapping[int, tuple[int, bytes]]
"""Where chains were cut off: chain -> (number of the last entry that went, its hash)."""


async def purge(pool: asyncpg.Pool, log: Log, before: datetime, now: datetime) -> list[str]:
    """Drop the months before one that begins at a moment (UTC); gives the partitions that went.

    Raises Invalid for a moment that is not long enough ago.
    """
    if before > now - LEAST:
        raise Invalid(f"The log of the last {LEAST.days} days is kept: name an earlier month.")
    ends = dict(await cut_off(pool))
    for row in await pool.fetch(SQL.ends_before, before):
        ends[row["chain"]] = row["number"], row["hash"]
    noted = json.dumps({str(chain): [number, hash.hex()] for chain, (number, hash) in sorted(ends.items())})
    decision = Decision(True, Basis.SYSTEM, reason=f"All before {before:%Y-%m} was let go.")
    actor = Actor(person="", role="system", purpose="")
    await log.write([Access(now, actor, "D", PURGE, 0, "", (), noted, decision, "")])
    return [row[0] for row in await pool.fetch(SQL.drop_months, before)]


async def told(connection: asyncpg.Connection) -> list[str]:
    """What was let go and when, as the log notes it, newest first: whoever verifies should know of each."""
    entries = [access_of(row) for row in await connection.fetch(SQL.purges)]
    return [f"Noted at {one.moment:%Y-%m-%d %H:%M} UTC: {one.decision.reason}" for one in entries]


async def cut_off(connection: asyncpg.Pool | asyncpg.Connection) -> Ends:
    """Where the chains were cut off, as the newest note of it says; empty when nothing was ever let go."""
    rows = await connection.fetch(SQL.purges)
    if not rows:
        return {}
    noted = json.loads(access_of(rows[0]).query)
    return {int(chain): (int(number), bytes.fromhex(hash)) for chain, (number, hash) in noted.items()}
