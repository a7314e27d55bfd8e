"""What follows from what is written, in its very transaction: freed time, and notices to citizens.

The Appointments as they were are read once for both.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg

from fellesjournal.booking.notices.outbox import APPOINTMENT, Before, Outbox
from fellesjournal.booking.waitlist import freed


class Aftermath:
    """Kept beside Appointments, Communications and DocumentReferences (record.beside).

    It has to be told before the claims are: those still say who was busy.
    """

    types = frozenset((APPOINTMENT, "Communication", "DocumentReference"))

    def __init__(self, before: Before, *, news: bool = True) -> None:
        self._before = before
        self._outbox = Outbox(before, news=news)

    async def written(self, connection: asyncpg.Connection, trees: Mapping[int, dict[str, Any]]) -> None:
        """Raises Unprocessable for an entry of a waitlist that lacks something, Conflict if one leaves it."""
        booked = _appointments(trees)
        before = await self._before(connection, list(booked), APPOINTMENT) if booked else {}
        if booked:
            await freed.changed(connection, before, booked)
        await self._outbox.changed(connection, before, trees)

    async def deleted(self, connection: asyncpg.Connection, keys: Sequence[int]) -> None:
        """Raises Conflict for an entry of a waitlist."""
        before = await self._before(connection, keys, APPOINTMENT)
        await freed.gone(connection, before)
        await self._outbox.gone(connection, before, keys)

    async def anew(self, connection: asyncpg.Connection, trees: Mapping[int, dict[str, Any]]) -> None:
        """Who waits and what is offered is kept anew; nobody is told again."""
        await freed.anew(connection, _appointments(trees))


def _appointments(trees: Mapping[int, dict[str, Any]]) -> dict[int, dict[str, Any]]:
    return {key: one for key, one in trees.items() if one["resourceType"] == APPOINTMENT}
