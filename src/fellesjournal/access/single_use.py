"""What may be used once: the ids of tokens and proofs, and the nonces that proofs repeat."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import asyncpg

from fellesjournal.access import secret
from fellesjournal.access.statements import SQL

STRETCH = 120
"""Seconds for which one nonce is given out; it is taken for one more such stretch."""


def _now() -> datetime:
    return datetime.now(UTC)


class SingleUse:
    """Shared by all processes through the database."""

    def __init__(self, pool: asyncpg.Pool, *, clock: Callable[[], datetime] = _now) -> None:
        self._pool = pool
        self._clock = clock
        self._nonces: dict[int, str] = {}

    async def first_time(self, maker: str, jti: str, expires: datetime) -> bool:
        """Whether the id of `maker` has not been used before; it has from now on, until it expires."""
        used = await self._pool.fetchval(SQL.use_once, secret.digest(f"{maker}\n{jti}"), expires)
        if used and secret.digest(jti)[0] == 0:  # now and then is often enough
            await self._pool.execute(SQL.forget_used, self._clock() - timedelta(minutes=1))
        return bool(used)

    async def nonces(self) -> tuple[str, ...]:
        """The nonces that are good now, the one to give out first."""
        stretch = int(self._clock().timestamp()) // STRETCH
        if stretch not in self._nonces:
            async with self._pool.acquire() as connection:
                await connection.execute(SQL.offer_nonce, stretch, secret.make())
                await connection.execute(SQL.forget_nonces, stretch - 1)
                self._nonces = dict(await connection.fetch(SQL.newest_nonces, stretch - 1))
        return tuple(self._nonces[one] for one in (stretch, stretch - 1) if one in self._nonces)
