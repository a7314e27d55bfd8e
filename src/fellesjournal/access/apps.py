"""Apps: which are registered, launches from the journal, and requests that wait for a person's answer."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

import asyncpg

from fellesjournal.access import secret
from fellesjournal.access.statements import SQL
from fellesjournal.errors import Conflict

Kind = Literal["public", "confidential", "service"]

LAUNCH_LASTS = timedelta(minutes=5)
"""How long an app may take to come for its launch."""
REQUEST_LASTS = timedelta(minutes=20)
"""How long a person may take to sign in, choose a patient and answer."""


class App(NamedTuple):
    """A registered app. `public`: it can keep no key; `confidential`: it signs with its key; `service`: it
    signs with its key and acts for itself, without a person. `scopes` are all that it may ever be granted.
    """

    id: str
    name: str
    responsible: str
    kind: Kind
    redirect_uris: tuple[str, ...] = ()
    launch_uri: str = ""
    scopes: str = ""
    jwks: str = ""
    jwks_uri: str = ""
    introspects: bool = False


class Asked(NamedTuple):
    """A request for access (RFC 6749, 4.1.1). `launcher` is who launched the app from the journal."""

    app: str
    redirect_uri: str
    state: str
    scope: str
    challenge: str
    nonce: str = ""
    launcher: str = ""
    patient: str = ""


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


class Apps:
    """All apps of the site."""

    def __init__(self, pool: asyncpg.Pool, *, clock: Callable[[], datetime] = now) -> None:
        self._pool = pool
        self._clock = clock

    async def register(self, app: App) -> None:
        """Register an app. Raises Conflict when its id is taken, also by one that has been removed."""
        values = list(app)
        if not await self._pool.fetchval(SQL.register_app, *values, self._clock()):
            raise Conflict(f"There is, or has been, an app with the id '{app.id}'. Choose another id.")

    async def find(self, id: str) -> App | None:
        """A registered app."""
        row = await self._pool.fetchrow(SQL.find_app, id)
        return _app(row) if row else None

    async def all(self) -> list[App]:
        """Every registered app that is not suspended, by name."""
        return [app for app, suspended in await self.with_state() if not suspended]

    async def with_state(self) -> list[tuple[App, bool]]:
        """Every registered app, by name, and whether it is suspended."""
        return [(_app(row), row["suspended"]) for row in await self._pool.fetch(SQL.list_apps)]

    async def suspend(self, id: str, *, suspended: bool) -> bool:
        """Suspend an app (its tokens are void meanwhile), or let it in again. False when there is none."""
        since = self._clock() if suspended else None
        return bool(await self._pool.fetchval(SQL.suspend_app, id, since))

    async def remove(self, id: str) -> bool:
        """Remove an app: from now on all its tokens are void. False when there is none."""
        return bool(await self._pool.fetchval(SQL.remove_app, id, self._clock()))

    async def launch(self, app: App, person: str, patient: str) -> str:
        """Launch an app for a person with a patient in context; gives the `launch` parameter."""
        made, now = secret.make(), self._clock()
        async with self._pool.acquire() as connection:
            await connection.execute(SQL.forget_launches, now)
            key = secret.digest(made)
            await connection.execute(SQL.begin_launch, key, app.id, person, patient, now + LAUNCH_LASTS)
        return made

    async def launched(self, launch: str, app: App) -> tuple[str, str] | None:
        """Who launched the app with this parameter, and the patient; None when it is not its, or used."""
        row = await self._pool.fetchrow(SQL.use_launch, secret.digest(launch), app.id, self._clock())
        return (row["person"], row["patient"]) if row else None

    async def ask(self, asked: Asked) -> str:
        """Keep a request; gives what the address of the consent page holds."""
        made, now = secret.make(), self._clock()
        async with self._pool.acquire() as connection:
            await connection.execute(SQL.forget_requests, now)
            await connection.execute(SQL.begin_request, secret.digest(made), *asked, now + REQUEST_LASTS)
        return made

    async def asked(self, request: str) -> Asked | None:
        """A request that waits for its answer."""
        row = await self._pool.fetchrow(SQL.find_request, secret.digest(request), self._clock())
        return Asked(*row) if row else None

    async def choose(self, request: str, patient: str) -> None:
        """Put the patient that the person chose into a request's context; a launch's stays what it is."""
        await self._pool.execute(SQL.put_patient, secret.digest(request), patient)

    async def answered(self, request: str) -> bool:
        """The request has its answer; False when it had one before."""
        return bool(await self._pool.fetchval(SQL.answer_request, secret.digest(request), self._clock()))


def _app(row: asyncpg.Record) -> App:
    values = [row[name] for name in App._fields]
    return App(*values)._replace(redirect_uris=tuple(row["redirect_uris"]))
