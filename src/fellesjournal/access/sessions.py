"""Sessions of people who have signed in: one role, a short life, a lock.

A session is looked up in the database on every request and never kept in memory: one that has been ended,
by anyone, in any process, is not there for the next request. What is kept is whose it was when it was last
met, by which requests are counted and nobody is let in.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import asyncpg

from fellesjournal.access import secret
from fellesjournal.access.people import Person
from fellesjournal.access.statements import SQL

KEPT = timedelta(days=30)
"""How long a session's row is kept after it has expired."""

MET = 50_000
"""Sessions that a process has met, at most; then it begins anew."""

NOTED_EVERY = timedelta(seconds=15)
"""How often the use of a session is written down."""


class Origin(NamedTuple):
    """Who vouched for the person: the provider ("practice": nobody did), and what it calls this sign-in."""

    provider: str
    issuer: str = ""
    subject: str = ""
    session: str = ""
    id_token: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """A session that has neither ended nor expired. `key` is the digest of its cookie."""

    key: bytes
    person: Person
    practitioner_role: str
    origin: Origin
    place: str
    began: datetime
    expires: datetime
    seen: datetime
    locked: datetime | None
    language: str = ""
    """What the person has chosen to read; "" when nothing has been chosen."""

    @property
    def name(self) -> str:
        """What logs call it: nobody can sign in with this."""
        return self.key[:8].hex()


def _now() -> datetime:
    return datetime.now(UTC)


class Sessions:
    """All sessions of the site. `idle`: locked when unused for so long; `life`: over after so long."""

    def __init__(
        self,
        pool: asyncpg.Pool,
        *,
        idle: timedelta,
        life: timedelta = timedelta(hours=12),
        clock: Callable[[], datetime] = _now,
    ) -> None:
        self._pool = pool
        self._idle = idle
        self._life = life
        self._clock = clock
        self._met: dict[bytes, str] = {}

    def whose(self, cookie: str) -> str:
        """The person whose session this process has last found by a cookie; "" when it has found none."""
        return self._met.get(secret.digest(cookie), "")

    async def begin(self, person: Person, origin: Origin) -> str:
        """A new session; gives what its cookie is to hold. Sessions of long ago are forgotten."""
        now, made = self._clock(), secret.make()
        async with self._pool.acquire() as connection:
            await connection.execute(SQL.forget_sessions, now - KEPT)
            await connection.execute(
                SQL.begin_session,
                secret.digest(made),
                person.reference,
                person.kind,
                person.display,
                *origin,
                now,
                now + self._life,
            )
        return made

    async def find(self, cookie: str, *, used: bool = True) -> Session | None:
        """The session of a cookie; unused for too long, it is locked from now on. `used`: somebody does
        something, and it is not an open page that asks by itself.
        """
        return await self.at(secret.digest(cookie), used=used)

    async def at(self, key: bytes, *, used: bool = True) -> Session | None:
        """The session with a key; otherwise as `find`."""
        now = self._clock()
        row = await self._pool.fetchrow(SQL.find_session, key, now)
        if row is None:
            self._met.pop(key, None)
            return None
        found = _session(row)
        self._meet(found)
        if found.locked is None and now - found.seen > self._idle:
            return await self.lock(found, "")
        if used and found.locked is None and now - found.seen > NOTED_EVERY:
            await self._pool.execute(SQL.touch_session, found.key, now)
            return replace(found, seen=now)
        return found

    def left(self, session: Session) -> timedelta:
        """How long it stays open when nobody does anything; nothing of a locked one."""
        if session.locked is not None:
            return timedelta()
        return max(session.seen + self._idle - self._clock(), timedelta())

    def _meet(self, session: Session) -> None:
        if len(self._met) >= MET:
            self._met.clear()
        self._met[session.key] = session.person.reference

    async def lock(self, session: Session, place: str) -> Session:
        """Lock it, and keep the path where the person was."""
        now = self._clock()
        await self._pool.execute(SQL.lock_session, session.key, now, place)
        return replace(session, locked=now, place=place)

    async def reopen(self, session: Session) -> str | None:
        """Open a locked session under a new cookie, which is given; None when it has ended meanwhile."""
        made = secret.make()
        done = await self._pool.execute(SQL.reopen_session, session.key, secret.digest(made), self._clock())
        return made if done.endswith(" 1") else None

    async def put_on(self, session: Session, practitioner_role: str) -> None:
        """Make a role the active one, and remember it for the next sign-in."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(SQL.put_on_role, session.key, practitioner_role)
            if practitioner_role:
                await connection.execute(
                    SQL.remember_role, session.person.reference, practitioner_role, self._clock()
                )

    async def speak(self, session: Session, language: str) -> Session:
        """The person reads this language from now on, on every machine."""
        await self._pool.execute(SQL.remember_language, session.person.reference, language, self._clock())
        return replace(session, language=language)

    async def last_role(self, person: Person) -> str:
        """The PractitionerRole that the person chose last; "" when there is none."""
        return await self._pool.fetchval(SQL.last_role, person.reference) or ""

    async def end(self, session: Session, because: str) -> None:
        """End it: the next request with its cookie, to any process, is from nobody."""
        await self._pool.execute(SQL.end_session, session.key, self._clock(), because)

    async def others(self, session: Session) -> list[Session]:
        """The other sessions of the same person, the one used last first."""
        rows = await self._pool.fetch(SQL.sessions_of_person, session.person.reference, self._clock())
        return [one for one in map(_session, rows) if one.key != session.key]

    async def end_at_provider(self, issuer: str, *, subject: str, session: str) -> int:
        """End what a provider has ended; gives how many. One of `subject` and `session` is not empty."""
        if not subject and not session:
            raise ValueError("neither a subject nor a session is named")
        done = await self._pool.execute(SQL.end_sessions_of_subject, issuer, subject, session, self._clock())
        return int(done.split()[-1])


def _session(row: asyncpg.Record) -> Session:
    person = Person(row["person"], row["kind"], row["display"])
    origin = Origin(row["provider"], row["issuer"], row["subject"], row["provider_session"], row["id_token"])
    return Session(
        row["id"],
        person,
        row["practitioner_role"],
        origin,
        row["place"],
        row["began"],
        row["expires"],
        row["seen"],
        row["locked"],
        row["language"],
    )
