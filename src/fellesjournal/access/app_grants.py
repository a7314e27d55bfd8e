"""Grants to apps, and the codes and tokens by which they are used (RFC 6749, RFC 7636, RFC 9700).

Tokens are random and say nothing; the database has their digests. A token is looked up on every request, with
its grant: what has been ended, by anyone, in any process, is void for the next request.
"""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

import asyncpg

from fellesjournal.access import secret
from fellesjournal.access.apps import now
from fellesjournal.access.statements import SQL

CODE_LASTS = timedelta(seconds=60)
KEPT = timedelta(days=90)
"""How long the row of a grant is kept after it has expired."""


class Wrong(Exception):
    """A code or token that cannot be used: the sentence says why. `person` is whose grant it belongs to."""

    def __init__(self, sentence: str, person: str = "") -> None:
        super().__init__(sentence)
        self.person = person


class Grant(NamedTuple):
    """What one app has been granted by one person (or, of a service, by the administrator)."""

    id: int
    app: str
    person: str
    kind: Literal["health-worker", "citizen", "service"]
    display: str
    practitioner_role: str
    patient: str
    scope: str
    nonce: str
    given: datetime
    expires: datetime

    @property
    def renewable(self) -> bool:
        """Whether it outlives its first access token."""
        return "offline_access" in self.scope.split()


class Live(NamedTuple):
    """A token that is in force."""

    kind: Literal["access", "refresh"]
    made: datetime
    expires: datetime
    used: datetime | None
    """When a refresh token was exchanged for the next."""
    grant: Grant


class Withdrawable(NamedTuple):
    """A grant as its giver sees it."""

    id: int
    app: str
    scope: str
    patient: str
    given: datetime
    expires: datetime


class Consented(NamedTuple):
    """What a person has said yes to once and for all: for an app (`id`), in a role ("": a citizen)."""

    id: str
    app: str
    scope: str
    practitioner_role: str
    given: datetime


class Handed(NamedTuple):
    """What an app is given."""

    access: str
    refresh: str
    lasts: int
    """Seconds."""
    grant: Grant


class Giving(NamedTuple):
    """A grant to be made: as Grant, without what is settled by making it."""

    app: str
    person: str
    kind: Literal["health-worker", "citizen", "service"]
    display: str
    practitioner_role: str
    patient: str
    scope: str
    nonce: str = ""


class AppGrants:
    """All grants. `access_lasts`: access tokens; `renewable`: grants with offline_access."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        *,
        access_lasts: timedelta = timedelta(minutes=10),
        renewable: timedelta = timedelta(days=30),
        clock: Callable[[], datetime] = now,
    ) -> None:
        self._pool = pool
        self.access_lasts = access_lasts
        self.renewable = renewable
        self._clock = clock

    async def give(self, giving: Giving, redirect_uri: str, challenge: str) -> str:
        """Make a grant; gives the code by which the app gets its tokens."""
        at, code = self._clock(), secret.make()
        lasts = self.renewable if "offline_access" in giving.scope.split() else self.access_lasts + CODE_LASTS
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(SQL.forget_grants, at - KEPT)
            grant = await connection.fetchval(SQL.begin_grant, *giving, at, at + lasts)
            key = secret.digest(code)
            await connection.execute(SQL.hand_code, key, grant, redirect_uri, challenge, at + CODE_LASTS)
        return code

    async def give_service(self, giving: Giving) -> Handed:
        """Make a grant to a service, and its one access token."""
        at = self._clock()
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(SQL.forget_grants, at - KEPT)
            grant = await connection.fetchval(SQL.begin_grant, *giving, at, at + self.access_lasts)
            return await self._handed(connection, grant, at)

    async def redeem(self, code: str, app: str, redirect_uri: str, verifier: str) -> Handed:
        """The tokens of a code. Raises Wrong; a code that comes a second time ends its grant."""
        at, key = self._clock(), secret.digest(code)
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(SQL.find_code, key, app)
            if row is None:
                raise Wrong("There is no such code of this app.")
            if row["redirect_uri"] != redirect_uri:
                raise Wrong("redirect_uri is not the one that the code was sent to.")
            if not hmac.compare_digest(challenge_of(verifier).encode(), row["challenge"].encode()):
                raise Wrong("code_verifier does not belong to the code_challenge (PKCE, RFC 7636).")
            if row["used"] is None and row["expires"] <= at:
                raise Wrong("The code has expired: it lasts a minute.")
            async with connection.transaction():
                if await connection.fetchval(SQL.use_code, key, at):
                    return await self._handed(connection, row["grant_id"], at)
            await connection.fetchval(SQL.end_grant, row["grant_id"], at, "code-reused")
        raise Wrong("The code has been used before: all tokens that came of it are void now.")

    async def renew(self, refresh: str, app: str) -> Handed:
        """New tokens for a refresh token. Raises Wrong; one that comes a second time ends its grant."""
        at, key = self._clock(), secret.digest(refresh)
        found = await self.find(refresh)
        if found is None or found.kind != "refresh" or found.grant.app != app:
            raise Wrong("There is no such refresh token of this app: it has expired, or its grant has ended.")
        async with self._pool.acquire() as connection:
            async with connection.transaction():
                if await connection.fetchval(SQL.use_refresh, key, at):
                    await connection.execute(SQL.forget_tokens, at - timedelta(days=1))
                    return await self._handed(connection, found.grant.id, at)
            await connection.fetchval(SQL.end_grant, found.grant.id, at, "refresh-reused")
        raise Wrong(
            "The refresh token has been used before: all tokens of its grant are void now.",
            found.grant.person,
        )

    async def find(self, token: str) -> Live | None:
        """A token in force, with its grant. A refresh token counts even when it has been exchanged."""
        row = await self._pool.fetchrow(SQL.find_token, secret.digest(token), self._clock())
        if row is None:
            return None
        return Live(row["token_kind"], row["made"], row["token_expires"], row["used"], _grant(row))

    async def revoke(self, token: str, app: str) -> bool:
        """Make a token of an app void; of a refresh token, all of its grant (RFC 7009).

        Gives whether there was one.
        """
        found = await self.find(token)
        if found is None or found.grant.app != app:
            return False
        if found.kind == "refresh":
            await self.end(found.grant.id, "revoked")
        else:
            await self._pool.execute(SQL.end_access, secret.digest(token), self._clock())
        return True

    async def end(self, grant: int, because: str) -> None:
        """End a grant: all its tokens are void."""
        await self._pool.execute(SQL.end_grant, grant, self._clock(), because)

    async def remember(self, giving: Giving) -> None:
        """A person has said yes to this: the same app is not asked about for the same again."""
        values = giving.app, giving.person, giving.practitioner_role, giving.scope, self._clock()
        await self._pool.execute(SQL.remember_consent, *values)

    async def remembers(self, giving: Giving) -> bool:
        """Whether the person has said yes to all of it before, in the same role, and not withdrawn that."""
        asked = giving.app, giving.person, giving.practitioner_role
        rows = await self._pool.fetch(SQL.consented_scopes, *asked)
        return any(set(giving.scope.split()) <= set(row["scope"].split()) for row in rows)

    async def consents(self, person: str) -> list[Consented]:
        """What a person has said yes to, the newest first."""
        return [Consented(*row) for row in await self._pool.fetch(SQL.consents_of, person)]

    async def withdraw(self, grant: int, person: str) -> str:
        """Withdraw from the app of a grant all that a person gave it; gives the app, "" when the grant is
        not theirs, or has ended.
        """
        app = await self._pool.fetchval(SQL.app_of_grant, grant, person)
        return str(app) if app and await self.withdraw_all(app, person) else ""

    async def withdraw_all(self, app: str, person: str) -> bool:
        """Withdraw from an app all that a person gave it: its tokens are void, and it must ask again. False
        when there was nothing.
        """
        return bool(await self._pool.fetchval(SQL.end_consents, person, app, self._clock()))

    async def of(self, person: str) -> list[Withdrawable]:
        """The lasting grants of a person, the newest first."""
        return [Withdrawable(*row) for row in await self._pool.fetch(SQL.grants_of, person, self._clock())]

    async def _handed(self, connection: asyncpg.Connection, grant_id: int, at: datetime) -> Handed:
        row = await connection.fetchrow(SQL.find_grant, grant_id, at)
        if row is None:
            raise Wrong("The grant has ended.")
        grant = _grant(row)
        until = min(at + self.access_lasts, grant.expires)
        access = await _hand(connection, grant_id, "access", at, until)
        refresh = await _hand(connection, grant_id, "refresh", at, grant.expires) if grant.renewable else ""
        return Handed(access, refresh, int((until - at).total_seconds()), grant)


async def _hand(connection: asyncpg.Connection, grant: int, kind: str, at: datetime, until: datetime) -> str:
    made = secret.make()
    await connection.execute(SQL.hand_token, secret.digest(made), grant, kind, at, until)
    return made


def challenge_of(verifier: str) -> str:
    """code_challenge by the method S256 (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _grant(row: asyncpg.Record) -> Grant:
    return Grant(*(row[name] for name in Grant._fields))
