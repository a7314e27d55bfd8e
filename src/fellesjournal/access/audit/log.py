"""Writing the log: durable before the answer is sent, and cheap: requests that wait share one commit."""

import asyncio
import os
import secrets
import socket
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import NamedTuple

import asyncpg
import msgspec

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit import chain
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.entries import Entry, entries_of
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.statements import SQL

SEAL = "seal"
"""The interaction of an entry that notes where the other chains stand."""
MOST_AT_ONCE = 500
"""Entries in one statement."""
SEALED_AFTER = 5_000
"""Entries after which a chain notes how far the others have come."""
SEALED_EVERY = timedelta(hours=1)
"""The time after which it does so too, when there is something to write."""
MARGIN = timedelta(hours=1)
"""How much clocks may differ, and a commit may take, without a chain's end going unnoted."""
LOOKS_BACK = timedelta(days=2)
"""A new chain notes the chains that were written to in the time before it."""
MOST_WAITING = 20_000
"""Entries that may wait before those who bring more have to."""
PATIENCE = (0.002, 0.01)
"""Seconds that entries wait, at most, for others to share their commit with: as long as the last commit took,
but no less than the first and no more than the second of these."""
NEARLY = 0.9
"""The part of those who came lately that is waited for."""
LINGERS = 0.05
"""Seconds that the connection is kept when there is nothing to write."""

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
_SYSTEM = Actor(person="", role="system", purpose="")
_encode = msgspec.json.Encoder().encode


class _Brought(NamedTuple):
    """Entries that wait, and the future of those who wait for them."""

    entries: Sequence[Entry]
    done: "asyncio.Future[None]"


class Log:
    """The log as one process writes it, on a connection of a pool. Opens its chain at the first entry.

    When a write fails it is not known whether it was kept: those who wait get the error, and a new chain is
    opened, so that nothing is ever written twice under one number. Who stops waiting is written about all
    the same.
    """

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._pool = pool
        self._clock = clock
        self._opener = f"{socket.gethostname()} {os.getpid()}"
        self._waiting: deque[_Brought] = deque()
        self._count = 0
        self._room = asyncio.Event()
        self._writing: asyncio.Task[None] | None = None
        self._asleep: asyncio.Future[bool] | None = None
        self._expected = 0.0
        self._patience = self._settled = 0.0
        self._forget()

    async def write(self, accesses: Sequence[Access]) -> None:
        """Returns when the entries are on disk. Raises what the database raises; then answer nothing."""
        if not accesses:
            return
        entries = entries_of(accesses)
        while self._count >= MOST_WAITING:
            self._room.clear()
            await self._room.wait()
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(_Brought(entries, done))
        self._count += len(entries)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        elif self._asleep is not None and (len(self._waiting) == 1 or self._is_enough()):
            _wake(self._asleep, True)
        await done

    async def flush(self) -> None:
        """Returns when nothing waits to be written any more, and the connection has been given back."""
        while self._writing is not None and not self._writing.done():
            if self._asleep is not None:
                _wake(self._asleep, False)
            await asyncio.wait({self._writing})

    async def _write_all(self) -> None:
        while self._waiting:
            taken: list[_Brought] = []
            try:
                async with self._pool.acquire() as connection:
                    while await self._ready():
                        taken = self._taken()
                        await self._write_taken(connection, taken)
            except Exception as error:
                self._forget()
                _settle(taken or self._taken(), error)
            except BaseException:
                _settle([*taken, *self._waiting], ConnectionError("The log was stopped."))
                raise

    async def _write_taken(self, connection: asyncpg.Connection, taken: Sequence[_Brought]) -> None:
        """Write what some brought, and expect them and those who came meanwhile to come together next time:
        else those who ask one thing after another fall into two groups, each with commits of its own.
        """
        await self._write(connection, [entry for each in taken for entry in each.entries])
        now = asyncio.get_running_loop().time()
        least, most = PATIENCE
        self._patience = min(max(now - self._settled, least), most)
        self._settled = now
        self._expected = NEARLY * (len(taken) + len(self._waiting))
        _settle(taken, None)

    async def _ready(self) -> bool:
        """Whether there is something to write: once it is enough, or has waited for as long as it may."""
        await asyncio.sleep(0)  # requests that are ready just now bring theirs
        while not self._is_enough():
            is_something = bool(self._waiting)
            if not await self._woken(self._patience if is_something else LINGERS):
                return bool(self._waiting)
        return True

    def _is_enough(self) -> bool:
        """Whether nearly as many wait to be written as came in the time of the last commit."""
        return len(self._waiting) >= max(1, self._expected)

    async def _woken(self, seconds: float) -> bool:
        """Sleep until woken; False when nobody did it in this time."""
        loop = asyncio.get_running_loop()
        self._asleep = loop.create_future()
        timer = loop.call_later(seconds, _wake, self._asleep, False)
        try:
            return await self._asleep
        finally:
            timer.cancel()
            self._asleep = None

    def _taken(self) -> list[_Brought]:
        taken: list[_Brought] = []
        entries = 0
        while self._waiting and entries < MOST_AT_ONCE:
            taken.append(self._waiting.popleft())
            entries += len(taken[-1].entries)
        self._count -= entries
        self._room.set()
        return taken

    def _forget(self) -> None:
        """Let the next entry open a chain."""
        self._chain = self._number = self._unsealed = 0
        self._hash = b""
        self._sealed = self._first = self._end = _LONG_AGO

    async def _write(self, connection: asyncpg.Connection, entries: Sequence[Entry]) -> None:
        """Add entries, in a transaction of their own."""
        now = self._clock()
        if not self._chain:
            await self._open(connection, now)
        elif self._unsealed >= SEALED_AFTER or now - self._sealed > SEALED_EVERY:
            await self._seal(connection, now, self._sealed - MARGIN)
        await self._put(connection, entries)

    async def _put(self, connection: asyncpg.Connection, entries: Sequence[Entry]) -> None:
        number, hash = self._number, self._hash
        rows, met = [], []
        for entry in entries:
            number += 1
            row = entry.row(self._chain, number)
            hash = chain.link(hash, row)
            rows.append((*row, hash))
            met += [(citizen, row.moment, number) for citizen in entry.citizens]
        await self._ensure_months(connection, [entry.access.moment for entry in entries])
        if met:
            await connection.execute(
                SQL.write_accesses_of_several, rows, self._chain, *zip(*met, strict=True)
            )
        else:
            await connection.execute(SQL.write_accesses, rows)
        self._number, self._hash = number, hash
        self._unsealed += len(rows)

    async def _open(self, connection: asyncpg.Connection, now: datetime) -> None:
        self._hash = chain.genesis(now, self._opener, secrets.token_bytes(16))
        self._chain = await connection.fetchval(SQL.open_chain, now, self._opener, self._hash)
        opening = {"opened": now.astimezone(UTC).isoformat(), "opener": self._opener}
        await self._seal(connection, now, now - LOOKS_BACK, opening)

    async def _seal(
        self,
        connection: asyncpg.Connection,
        now: datetime,
        since: datetime,
        opening: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Note, in this chain, the last entries of the chains written to since a moment: they cannot be cut
        off unseen any more. When there is none, nobody has noted the others for long: note them all.
        `opening` is what the chain's first seal says of the chain itself.
        """
        heads = await connection.fetch(SQL.chain_heads, since, _month(since))
        if not heads:
            heads = await connection.fetch(SQL.chain_heads, _LONG_AGO, _LONG_AGO)
        told = {str(row["chain"]): [row["number"], row["hash"].hex()] for row in heads}
        seal = Access(now, _SYSTEM, "E", SEAL, 0, "", (), "", Decision(True, Basis.SYSTEM), "")
        await self._put(connection, [Entry(seal, _encode({"heads": told, **opening}))])
        self._sealed, self._unsealed = now, 0

    async def _ensure_months(self, connection: asyncpg.Connection, moments: Sequence[datetime]) -> None:
        """Make room for every month that is met; one look is enough while a month lasts."""
        for moment in moments:
            if not self._first <= moment < self._end:
                first = _month(moment)
                await connection.execute(SQL.ensure_month, moment)
                self._first, self._end = first, _month(first + timedelta(days=32))


def _month(moment: datetime) -> datetime:
    """When its month began, UTC."""
    return moment.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def _wake(asleep: "asyncio.Future[bool]", answer: bool) -> None:
    if not asleep.done():
        asleep.set_result(answer)


def _settle(brought: Sequence[_Brought], error: Exception | None) -> None:
    """Tell those who wait, and have not gone."""
    for each in brought:
        if not each.done.done():
            if error is None:
                each.done.set_result(None)
            else:
                each.done.set_exception(error)
