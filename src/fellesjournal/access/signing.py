"""The key with which this site signs ID tokens: made when it is first needed, kept in the database."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import asyncpg
from joserfc import jwk, jwt

from fellesjournal.access import secret
from fellesjournal.access.apps import now
from fellesjournal.access.statements import SQL

ALGORITHM = "RS256"
"""The one algorithm that every client of OpenID Connect knows (OpenID Connect Core 1.0, 15.1)."""
_BITS = 2048


class Signing:
    """Signs with the newest key; all are published, so that a new one can be put beside the old."""

    def __init__(self, pool: asyncpg.Pool, *, clock: Callable[[], datetime] = now) -> None:
        self._pool = pool
        self._clock = clock
        self._known: list[jwk.RSAKey] = []

    async def signed(self, claims: dict[str, Any]) -> str:
        """Claims as a signed token."""
        key = (await self._keys())[0]
        header = {"alg": ALGORITHM, "kid": key.kid, "typ": "JWT"}
        return jwt.encode(header, claims, key, algorithms=[ALGORITHM])

    async def public(self) -> list[dict[str, Any]]:
        """The public keys, as a JWK set has them."""
        return [{**key.as_dict(private=False), "use": "sig", "alg": ALGORITHM} for key in await self._keys()]

    async def _keys(self) -> list[jwk.RSAKey]:
        if not self._known:
            rows = await self._pool.fetch(SQL.signing_keys)
            if not rows:
                kid = secret.make()[:16]
                made = jwk.RSAKey.generate_key(_BITS, parameters={"kid": kid})
                await self._pool.execute(
                    SQL.make_key, kid, json.dumps(made.as_dict(private=True)), self._clock()
                )
                rows = await self._pool.fetch(SQL.signing_keys)
            self._known = [jwk.RSAKey.import_key(json.loads(row["private"])) for row in rows]
        return self._known
