"""Sign-ins that have gone to an identity provider and have not come back yet."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import asyncpg

from fellesjournal.access import secret
from fellesjournal.access.statements import SQL

WITHIN = timedelta(minutes=10)
"""How long a person may take at the provider."""


class SignIn(NamedTuple):
    """One sign-in under way. `reopens`: the key of the locked session it is to open, or None."""

    provider: str
    nonce: str
    verifier: str
    proof_key: str
    place: str
    reopens: bytes | None
    began: datetime


def _now() -> datetime:
    return datetime.now(UTC)


class SignIns:
    """All that are under way. Each comes back once, to the browser that it went from."""

    def __init__(self, pool: asyncpg.Pool, *, clock: Callable[[], datetime] = _now) -> None:
        self._pool = pool
        self.clock = clock

    async def begin(self, state: str, browser: str, sign_in: SignIn) -> None:
        """Keep it under its `state`; `browser` is the secret in the cookie of the browser."""
        async with self._pool.acquire() as connection:
            await connection.execute(SQL.forget_sign_ins, self.clock() - WITHIN)
            await connection.execute(
                SQL.begin_sign_in, secret.digest(state), secret.digest(browser), *sign_in
            )

    async def take(self, state: str, browser: str) -> SignIn | None:
        """The sign-in of a `state`, taken out; None when there is none, or it is another browser's."""
        row = await self._pool.fetchrow(
            SQL.take_sign_in, secret.digest(state), secret.digest(browser), self.clock() - WITHIN
        )
        return SignIn(*row) if row else None
