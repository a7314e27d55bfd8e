"""Many writers at once: the first one wins, the others look again and go on.

Nothing is locked for the sake of order before it is needed. A write says which version it follows; when that
version has been followed already, the whole write is undone and made again on top. Only then does the writer
line up for the resources in demand, so that everyone gets a turn.

PostgreSQL numbers a transaction when it first writes, or takes a row lock or a number of a sequence. That
must come after all it builds on was read: then the numbers of the writers of one resource are in the order
of its versions (see changes).
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

import asyncpg

from fellesjournal.errors import Conflict
from fellesjournal.record.statements import SQL

T = TypeVar("T")

ATTEMPTS = 50
_LOST_RACE = "JR001"


class LostRace(Exception):
    """Other writers were first at `keys`; nothing of this write is in the record."""

    def __init__(self, keys: Iterable[int]) -> None:
        super().__init__("another writer was first")
        self.keys = frozenset(keys)


async def until_first(
    connection: asyncpg.Connection, attempt: Callable[[], Awaitable[T]], *, transaction: bool = False
) -> T:
    """Run `attempt` until no other writer gets in between; inside a transaction when asked, or in demand.

    `attempt` must read what it builds on by itself, every time. Raises Conflict when it never gets a turn.
    """
    contended: set[int] = set()
    for tried in range(ATTEMPTS):
        try:
            if not transaction and not contended:
                return await attempt()
            async with connection.transaction():
                await _line_up(connection, contended)
                return await attempt()
        except LostRace as lost:
            contended |= lost.keys
        except (asyncpg.DeadlockDetectedError, asyncpg.SerializationError):
            pass
        except asyncpg.PostgresError as error:
            if error.sqlstate != _LOST_RACE:
                raise
            contended.update(int(key) for key in (error.detail or "").split(",") if key)
        await asyncio.sleep(random.random() * 0.005 * min(tried, 10))
    raise Conflict(
        "So many others are writing to the same resources that this request found no turn. Try again."
    )


async def _line_up(connection: asyncpg.Connection, keys: set[int]) -> None:
    if keys:
        await connection.execute(SQL.lock_contended, sorted({(key >> 32) for key in keys}))
