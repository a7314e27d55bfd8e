"""Writing the log: durable before the answer is sent, and cheap: requests that wait share one commit."""

import asyncio
import os
import secrets
import socket
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import asyncpg
import msgspec

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit import chain
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.event import audit_event
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.statements import SQL

SEAL = "seal"
"""The interaction of an entry that notes where the other chains stand."""
MOST_AT_ONCE = 500
"""Entries in one statement."""
SEALED_AFTER = 5_000
"""Entries after which a chain notes how far all others have come."""
MOST_WAITING = 20_000
"""Entries that may wait before those who bring more have to."""

_encode = msgspec.json.Encoder().encode


_NO_OPENING: Mapping[str, object] = {}
_SYSTEM = Actor(person="", role="system", purpose="")


class _Waiting(NamedTuple):
    accesses: Sequence[Access]
    done: "asyncio.Future[None]"


class Log:
    """The log as one process writes it, on connections of a pool. Opens its chain at the first entry.

    When a write fails it is not known whether it was kept: those who wait get the error, and a new chain is
    opened, so that nothing is ever written twice under one number.
    """

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._pool = pool
        self._clock = clock
        self._opener = f"{socket.gethostname()} {os.getpid()}"
        self._waiting: list[_Waiting] = []
        self._room = asyncio.Event()
        self._room.set()
        self._count = 0
        self._writing: asyncio.Task[None] | None = None
        self._chain = 0
        self._number = 0
        self._hash = b""
        self._unsealed = 0
        self._month = ""

    async def write(self, accesses: Sequence[Access]) -> None:
        """Returns when the entries are on disk. Raises what the database raises; then answer nothing."""
        if not accesses:
            return
        await self._room.wait()
        done = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(accesses, done))
        self._count += len(accesses)
        if self._count >= MOST_WAITING:
            self._room.clear()
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        await done

    async def _write_all(self) -> None:
        while self._waiting:
            taken = self._taken()
            try:
                async with self._pool.acquire() as connection:
                    await self._write(connection, [one for each in taken for one in each.accesses])
            except BaseException as error:
                self._chain, self._month = 0, ""
                for each in taken:
                    if not each.done.done():
                        each.done.set_exception(error if isinstance(error, Exception) else ConnectionError())
                if not isinstance(error, Exception):
                    raise
            else:
                for each in taken:
                    if not each.done.done():
                        each.done.set_result(None)

    def _taken(self) -> list[_Waiting]:
        taken: list[_Waiting] = []
        entries = 0
        while self._waiting and entries < MOST_AT_ONCE:
            taken.append(self._waiting.pop(0))
            entries += len(taken[-1].accesses)
        self._count -= entries
        self._room.set()
        return taken

    async def _write(self, connection: asyncpg.Connection, accesses: list[Access]) -> None:
        entries = [(access, None) for access in accesses]
        if self._chain and self._unsealed < SEALED_AFTER:
            await self._put(connection, entries)  # one statement, which is a transaction: one round trip
            return
        async with connection.transaction():
            if self._chain:
                await self._seal(connection)
            else:
                await self._open(connection)
            await self._put(connection, entries)

    async def _put(
        self, connection: asyncpg.Connection, entries: Sequence[tuple[Access, bytes | None]]
    ) -> None:
        """Add entries to the chain; a body that is given stands for the act's AuditEvent."""
        rows: list[tuple[object, ...]] = []
        number, hash = self._number, self._hash
        for access, body in entries:
            number += 1
            row = self._row(access, number, body)
            hash = chain.link(hash, row)
            rows.append((*row, hash))
        await self._ensure_month(connection, max(access.moment for access, _ in entries))
        await connection.execute(SQL.write_accesses, *map(list, zip(*rows, strict=True)))
        self._number, self._hash = number, hash
        self._unsealed += len(rows)

    def _row(self, access: Access, number: int, body: bytes | None) -> chain.Row:
        actor, decision = access.actor, access.decision
        return chain.Row(
            access.citizen,
            access.moment,
            self._chain,
            number,
            actor.person,
            actor.role,
            actor.unit,
            access.action,
            access.interaction,
            decision.permit,
            decision.basis.value,
            body or audit_event(access, f"{self._chain}-{number}", self._opener),
        )

    async def _open(self, connection: asyncpg.Connection) -> None:
        now = self._clock()
        self._hash = chain.genesis(now, self._opener, secrets.token_bytes(16))
        self._chain = await connection.fetchval(SQL.open_chain, now, self._opener, self._hash)
        self._number = 0
        await self._seal(connection, {"opened": now, "opener": self._opener})

    async def _seal(
        self, connection: asyncpg.Connection, opening: Mapping[str, object] = _NO_OPENING
    ) -> None:
        """Note, in this chain, the last entries of all others: they cannot be cut off unseen any more.

        The first entry of a chain notes its `opening` too, which the chain covers thereby.
        """
        heads = await connection.fetch(SQL.chain_heads)
        told = {str(row["chain"]): [row["number"], row["hash"].hex()] for row in heads}
        seal = Access(self._clock(), _SYSTEM, "E", SEAL, 0, "", (), "", Decision(True, Basis.SYSTEM), "")
        await self._put(connection, [(seal, _encode({"heads": told, **opening}))])
        self._unsealed = 0

    async def _ensure_month(self, connection: asyncpg.Connection, moment: datetime) -> None:
        month = moment.astimezone(UTC).strftime("%Y-%m")
        if month != self._month:
            await connection.execute(SQL.ensure_month, moment)
            self._month = month
